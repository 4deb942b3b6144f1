"""Derive the types of chained pipeline calls from the command methods.

    python -m tests.client.derive_kept         rewrites redislab/client/kept.pyi

On a client ``get`` gives a ``Reply[bytes | None]``. On a pipeline it gives the pipe, one
result longer: ``Kept[bytes, *Results, bytes | None]``. That is the same method with
another return type, so the stub is made from the methods' own source and never by hand;
``test_kept.py`` fails when it is not current.
"""

from __future__ import annotations

import ast
import builtins
import inspect
import subprocess
import sys
import textwrap
from pathlib import Path

from redislab.commands import Commands

STUB = Path(__file__).parents[2] / "redislab" / "client" / "kept.pyi"

HEAD = """\
# Made by `python -m tests.client.derive_kept` from redislab/commands: do not edit.
#
# There is no module of this name at run time. A pipeline's command methods are those of
# `Commands`; only type checkers see that they give the pipe, and what `execute` will give.

import builtins
from collections.abc import Generator
from typing import Any, Generic, TypeVarTuple

{imports}
from redislab.client.pipeline import Pipeline

Ts = TypeVarTuple("Ts")

class Chain(Generic[T, *Ts]):
{methods}

class Kept(Pipeline[T, *Ts]):
    # A pipe after a command. Awaiting it gives the pipe, or after WATCH the command's
    # reply: which of them, only running tells, so its type is Any.
    def __await__(self) -> Generator[Any, None, Any]: ...
"""


def derive() -> str:
    """The text of the stub."""
    methods: list[str] = []
    names: dict[str, str] = {"T": "redislab.commands.run"}
    hidden = _Qualified({name for name in dir(Commands) if hasattr(builtins, name)})
    for group in Commands.__bases__:
        source = inspect.getsource(inspect.getmodule(group))
        module = ast.parse(source)
        known = _importable(module, group.__module__)
        for method in map(hidden.visit, _methods(module, group.__name__)):
            methods.append(textwrap.indent(ast.unparse(method), "    "))
            used = {node.id for node in ast.walk(method) if isinstance(node, ast.Name)}
            names |= {name: known[name] for name in used & set(known)}
    imports = "\n".join(
        f"from {module} import {name}" for name, module in sorted(names.items())
    )
    text = HEAD.format(imports=imports, methods="\n".join(methods))
    return _tidied(text)


def _methods(module: ast.Module, group: str) -> list[ast.FunctionDef]:
    """The group's public methods that give a Reply, as a stub has them."""
    (body,) = [
        node.body
        for node in module.body
        if isinstance(node, ast.ClassDef) and node.name == group
    ]
    functions = [node for node in body if isinstance(node, ast.FunctionDef)]
    overloaded = {node.name for node in functions if node.decorator_list}
    return [
        _as_stub(node)
        for node in functions
        if not node.name.startswith("_")
        and (node.decorator_list or node.name not in overloaded)
        and _result(node) is not None
    ]


class _Qualified(ast.NodeTransformer):
    """``set[T]`` as ``builtins.set[T]``: in the stub's class, ``set`` is a method."""

    def __init__(self, names: set[str]) -> None:
        self._names = names

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id not in self._names:
            return node
        return ast.Attribute(ast.Name("builtins", ast.Load()), node.id, ast.Load())


def _result(node: ast.FunctionDef) -> ast.expr | None:
    """X of ``-> Reply[X]``."""
    returns = node.returns
    if isinstance(returns, ast.Subscript) and getattr(returns.value, "id", "") == "Reply":
        return returns.slice
    return None


def _as_stub(node: ast.FunctionDef) -> ast.FunctionDef:
    result = _result(node)
    assert result is not None
    node.returns = ast.parse(f"Kept[T, *Ts, {ast.unparse(result)}]", mode="eval").body
    node.body = [ast.Expr(ast.Constant(...))]
    dots: ast.expr = ast.Constant(...)
    node.args.defaults = [dots for _ in node.args.defaults]
    node.args.kw_defaults = [default and dots for default in node.args.kw_defaults]
    return node


def _importable(module: ast.Module, name: str) -> dict[str, str]:
    """Which names the module's annotations may use, and where each comes from."""
    known: dict[str, str] = {}
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and node.module:
            known |= {alias.name: node.module for alias in node.names}
    for node in module.body:
        if isinstance(node, (ast.AnnAssign, ast.Assign)):
            targets = [node.target] if isinstance(node, ast.AnnAssign) else node.targets
            known |= {target.id: name for target in targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.ClassDef):
            known[node.name] = name
    return {key: where for key, where in known.items() if where != "__future__"}


def _tidied(text: str) -> str:
    """As ruff, configured in pyproject.toml, writes it."""
    command = [sys.executable, "-m", "ruff"]
    sort = [*command, "check", "--select", "I", "--fix", "--quiet", "--stdin-filename"]
    for step in (
        [*sort, str(STUB), "-"],
        [*command, "format", "--stdin-filename", str(STUB), "-"],
    ):
        done = subprocess.run(step, input=text, capture_output=True, text=True, check=True)
        text = done.stdout
    return text


if __name__ == "__main__":
    STUB.write_text(derive(), encoding="utf-8")
