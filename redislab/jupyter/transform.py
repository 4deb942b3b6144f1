"""Put ``await`` in front of our magics, where a cell may await.

IPython calls a magic and does nothing with an awaitable it returns, and
``await %redis GET k`` is a syntax error. But before a cell is compiled, IPython turns

    %redis GET k      into      get_ipython().run_line_magic('redis', 'GET k')

and this module, hooked in after that step, turns our own magics further into

    (await get_ipython().redislab.run_line_magic('redis', 'GET k'))

where ``redislab`` is the magics' awaitable twin, hung on the shell by the extension.
Autoawait does the rest: the cell is a coroutine on the kernel's own loop, where a
time-out, the stop button and a widget's buttons work as around any other await.

Where ``await`` is not allowed, or would change what the code means, the call stays as it
is, and the ordinary magic runs the same coroutine to its end (``sync.py``):
- in functions that are not async, lambdas, class bodies, comprehensions and f-strings;
- in code that a running cell hands back to IPython (``%%time``, ``%%capture``,
  ``get_ipython().run_cell``), told by IPython's ``run_code`` on the stack;
- when the user switched autoawait off, or runs cells on another loop than asyncio's.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Collection, Iterator
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

TWIN = "redislab"
"""The attribute of the shell that holds the awaitable twins."""


def await_magics(source: str, names: Collection[str]) -> str:
    """``source`` with every call of one of our magics awaited, where that is allowed.

    Code that does not parse is returned as it is: IPython will say what is wrong with it.
    """
    if not any(name in source for name in names):
        return source
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return source
    text = source.encode()
    starts = _line_starts(text)
    calls = sorted(_calls(tree, names), key=_position)
    for call in reversed(calls):
        text = _awaited(text, call, starts)
    return text.decode()


def transformer(
    shell: InteractiveShell, names: Collection[str]
) -> Callable[[list[str]], list[str]]:
    """The function for ``shell.input_transformers_post``: lines in, lines out."""

    def await_our_magics(lines: list[str]) -> list[str]:
        if not _cells_are_awaited(shell) or _inside_a_cell():
            return lines
        return await_magics("".join(lines), names).splitlines(keepends=True)

    return await_our_magics


def _cells_are_awaited(shell: InteractiveShell) -> bool:
    return bool(shell.autoawait) and str(shell.loop_runner) == "asyncio"


def _inside_a_cell() -> bool:
    """Whether IPython is running a cell further up this stack. What is compiled now is
    then executed without a loop of its own.
    """
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        code = frame.f_code
        if code.co_name == "run_code" and code.co_filename.endswith("interactiveshell.py"):
            return True
        frame = frame.f_back
    return False


_SYNCHRONOUS = (
    ast.FunctionDef,
    ast.Lambda,
    ast.ClassDef,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
    ast.JoinedStr,  # the positions inside an f-string are not its own before Python 3.12
)


def _calls(
    node: ast.AST, names: Collection[str], awaits: bool = True
) -> Iterator[ast.Call]:
    """Our magics' calls below ``node`` that may be awaited."""
    if isinstance(node, ast.AsyncFunctionDef):
        # Its defaults and decorators belong to the scope around it: left alone.
        for statement in node.body:
            yield from _calls(statement, names, awaits=True)
        return
    if awaits and isinstance(node, ast.Call) and _is_ours(node, names):
        yield node
        return
    awaits = awaits and not isinstance(node, _SYNCHRONOUS)
    for child in ast.iter_child_nodes(node):
        yield from _calls(child, names, awaits)


def _is_ours(call: ast.Call, names: Collection[str]) -> bool:
    """Is this ``get_ipython().run_line_magic("<ours>", ...)``, or its cell form?"""
    match call:
        case ast.Call(
            func=ast.Attribute(
                value=ast.Call(func=ast.Name(id="get_ipython"), args=[], keywords=[]),
                attr="run_line_magic" | "run_cell_magic",
            ),
            args=[ast.Constant(value=name), *_],
        ):
            return name in names
    return False


def _position(call: ast.Call) -> tuple[int, int]:
    return call.lineno, call.col_offset


def _line_starts(text: bytes) -> list[int]:
    """Where each line of the parsed source begins; Python knows three line ends."""
    return [0, *(end.end() for end in re.finditer(rb"\r\n|\r|\n", text))]


def _end(node: ast.expr, starts: list[int]) -> int:
    line, column = node.end_lineno, node.end_col_offset
    assert line is not None
    assert column is not None
    return starts[line - 1] + column


def _awaited(text: bytes, call: ast.Call, starts: list[int]) -> bytes:
    """``text`` with one call rewritten. Later calls must be rewritten before earlier
    ones, so that the positions still hold; ast counts them in UTF-8 bytes.
    """
    assert isinstance(call.func, ast.Attribute)
    start = starts[call.lineno - 1] + call.col_offset
    middle = _end(call.func.value, starts)
    end = _end(call, starts)
    twin = b"." + TWIN.encode()
    return b"%b(await %b%b%b)%b" % (
        text[:start],
        text[start:middle],
        twin,
        text[middle:end],
        text[end:],
    )
