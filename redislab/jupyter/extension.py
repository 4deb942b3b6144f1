"""``%load_ext redislab``: hang our magics into IPython.

Every magic exists twice, made from one coroutine:
- as an ordinary magic, which IPython lists, completes and explains (``%redis?``), and
  which runs the coroutine to its end (``sync.py``);
- as its awaitable twin on ``get_ipython().redislab``, which cells are rewritten to call
  (``transform.py``) wherever they may await.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from IPython.core.magic import no_var_expand

from redislab.jupyter import sync
from redislab.jupyter.arguments import CLIENT, CONNECT, PIPELINE, REDIS, Options
from redislab.jupyter.failure import short_when_stopped
from redislab.jupyter.interrupt import drain, heartbeat
from redislab.jupyter.magics import Magics
from redislab.jupyter.transform import TWIN, transformer

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

Magic = Callable[..., Coroutine[Any, Any, Any]]


class Extension:
    """What is hung into one shell; the awaitable twins of its magics."""

    def __init__(self, shell: InteractiveShell) -> None:
        self.magics = Magics()
        self._line: dict[str, tuple[Magic, Options]] = {
            "redis": (self.magics.redis, REDIS),
            "redis_connect": (self.magics.redis_connect, CONNECT),
            "redis_client": (self.magics.redis_client, CLIENT),
        }
        self._cell: dict[str, tuple[Magic, Options]] = {
            "redis_pipeline": (self.magics.redis_pipeline, PIPELINE),
        }
        self._transform = transformer(shell, {*self._line, *self._cell})

    async def run_line_magic(self, name: str, line: str) -> Any:
        """The twin of IPython's method of this name."""
        with heartbeat(), short_when_stopped():
            return await self._line[name][0](line)

    async def run_cell_magic(self, name: str, line: str, cell: str) -> Any:
        """The twin of IPython's method of this name."""
        with heartbeat(), short_when_stopped():
            return await self._cell[name][0](line, cell)

    def hang(self, shell: InteractiveShell) -> None:
        manager = shell.magics_manager
        assert manager is not None, "a shell that loads extensions has magics"
        for name, (magic, options) in self._line.items():
            manager.register_function(_ordinary(magic, options), "line", name)
        for name, (magic, options) in self._cell.items():
            manager.register_function(_ordinary(magic, options), "cell", name)
        shell.input_transformers_post.append(self._transform)
        shell.events.register("post_run_cell", _after_cell)

    def take_away(self, shell: InteractiveShell) -> None:
        manager = shell.magics_manager
        assert manager is not None, "a shell that loads extensions has magics"
        for kind, magics in (("line", self._line), ("cell", self._cell)):
            for name in magics:
                manager.magics[kind].pop(name, None)
        shell.input_transformers_post.remove(self._transform)
        shell.events.unregister("post_run_cell", _after_cell)


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


def _ordinary(magic: Magic, options: Options) -> Callable[..., Any]:
    """The magic as IPython knows magics. The line arrives as it was typed: a ``{`` in it
    is Redis data, not Python.
    """

    def run(*texts: str) -> Any:
        return sync.run(magic(*texts))

    run.__doc__ = options.format_help()
    ordinary: Callable[..., Any] = no_var_expand(run)
    return ordinary


def _after_cell(_result: object) -> None:
    drain()
