"""``%load_ext redislab``: hang our magics into IPython.

Every magic exists twice, made from one coroutine:
- as an ordinary magic, which IPython lists, completes and explains (``%redis?``), and
  which runs the coroutine to its end (``sync.py``);
- as its awaitable twin on ``get_ipython().redislab``, which cells are rewritten to call
  (``transform.py``) wherever they may await.
"""

from __future__ import annotations

import sys
from collections import ChainMap
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from IPython.core.magic import needs_local_scope, no_var_expand

from redislab.jupyter import arguments, looking_arguments, sync
from redislab.jupyter.completion import complete
from redislab.jupyter.failure import short_when_stopped
from redislab.jupyter.interrupt import drain, heartbeat
from redislab.jupyter.lint import note
from redislab.jupyter.looking import LookingMagics
from redislab.jupyter.magics import Magics
from redislab.jupyter.notebook import Notebook
from redislab.jupyter.options import Options
from redislab.jupyter.serving import ServerMagics
from redislab.jupyter.transform import TWIN, transformer
from redislab.jupyter.values import Names

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

Magic = Callable[..., Coroutine[Any, Any, Any]]


class Extension:
    """What is hung into one shell; the awaitable twins of its magics."""

    def __init__(self, shell: InteractiveShell) -> None:
        self.notebook = Notebook(shell.user_ns)
        sending = Magics(self.notebook)
        serving = ServerMagics(self.notebook)
        self._looking = LookingMagics(self.notebook)
        self._line: dict[str, tuple[Magic, Options]] = {
            "redis": (sending.redis, arguments.REDIS),
            "redis_connect": (serving.redis_connect, looking_arguments.CONNECT),
            "redis_client": (serving.redis_client, looking_arguments.CLIENT),
            "redis_server": (serving.redis_server, looking_arguments.SERVER),
            "redis_keys": (self._looking.redis_keys, looking_arguments.KEYS),
            "redis_help": (self._looking.redis_help, looking_arguments.HELP),
            "redis_explain": (self._looking.redis_explain, looking_arguments.EXPLAIN),
            "redis_trace": (self._looking.redis_trace, looking_arguments.TRACE),
            "redis_load": (self._looking.redis_load, looking_arguments.LOAD),
            "redis_monitor": (self._looking.redis_monitor, looking_arguments.MONITOR),
            "redis_lint": (self._looking.redis_lint, looking_arguments.LINT),
        }
        self._cell: dict[str, tuple[Magic, Options]] = {
            "redis": (sending.redis_cell, arguments.COMMANDS),
            "redis_pipeline": (sending.redis_pipeline, arguments.PIPELINE),
            "redis_transaction": (sending.redis_transaction, arguments.TRANSACTION),
        }
        self._transform = transformer(shell, {*self._line, *self._cell})
        self._matcher = complete(self.notebook, self._options())

    def run_line_magic(self, name: str, line: str) -> Coroutine[Any, Any, Any]:
        """The twin of IPython's method of this name, to be awaited.

        ``{name}`` in the line is looked up where the magic stands, here and now.
        """
        names = self._names(sys._getframe(1).f_locals)
        return _awaited(self._line[name][0](line, names))

    def run_cell_magic(self, name: str, line: str, cell: str) -> Coroutine[Any, Any, Any]:
        """The twin of IPython's method of this name, to be awaited."""
        names = self._names(sys._getframe(1).f_locals)
        return _awaited(self._cell[name][0](line, cell, names))

    def hang(self, shell: InteractiveShell) -> None:
        manager = shell.magics_manager
        assert manager is not None, "a shell that loads extensions has magics"
        for kind, magics in (("line", self._line), ("cell", self._cell)):
            for name, (magic, options) in magics.items():
                if name in manager.magics[kind]:
                    note(f"another extension's {kind} magic {name} is now redislab's")
                manager.register_function(self._ordinary(magic, options), kind, name)
        shell.input_transformers_post.append(self._transform)
        shell.events.register("post_run_cell", _after_cell)
        shell.Completer.custom_matchers.append(self._matcher)

    def take_away(self, shell: InteractiveShell) -> None:
        manager = shell.magics_manager
        assert manager is not None, "a shell that loads extensions has magics"
        for kind, magics in (("line", self._line), ("cell", self._cell)):
            for name in magics:
                manager.magics[kind].pop(name, None)
        shell.input_transformers_post.remove(self._transform)
        shell.events.unregister("post_run_cell", _after_cell)
        shell.Completer.custom_matchers.remove(self._matcher)
        self._looking.stop_monitor()

    def _options(self) -> dict[str, Options]:
        """The options of each magic, by its name with its signs."""
        lines = {f"%{name}": options for name, (_, options) in self._line.items()}
        return lines | {f"%%{name}": options for name, (_, options) in self._cell.items()}

    def _names(self, scope: dict[str, Any]) -> Names:
        """What ``{name}`` may stand for: names of the function first, if it is in one."""
        return ChainMap(scope, self.notebook.namespace)

    def _ordinary(self, magic: Magic, options: Options) -> Callable[..., Any]:
        """The magic as IPython knows magics. The line arrives as it was typed: a ``{`` in
        it is Redis data, not Python.
        """

        def run(*texts: str, local_ns: dict[str, Any] | None = None) -> Any:
            return sync.run(magic(*texts, self._names(local_ns or {})))

        run.__doc__ = options.format_help()
        ordinary: Callable[..., Any] = needs_local_scope(no_var_expand(run))
        return ordinary


async def _awaited(magic: Coroutine[Any, Any, Any]) -> Any:
    with heartbeat(), short_when_stopped():
        return await magic


def load(shell: InteractiveShell) -> None:
    """Called by ``%load_ext redislab``."""
    if hasattr(shell, TWIN):  # %reload_ext
        unload(shell)
    extension = Extension(shell)
    extension.hang(shell)
    setattr(shell, TWIN, extension)


def unload(shell: InteractiveShell) -> None:
    """Called by ``%unload_ext redislab``. A private server stays until the kernel ends."""
    extension: Extension = getattr(shell, TWIN)
    extension.take_away(shell)
    delattr(shell, TWIN)


def _after_cell(_result: object) -> None:
    drain()
