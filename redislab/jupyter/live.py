"""The live view: a widget that shows what clients buffer, send and watch, as they do it.

    alice, bob = ...
    Live(alice, bob)            as the last line of a cell, or with display()

Whatever the clients do from then on is drawn, while a cell awaits and after it has ended.
The view only listens: it can neither hold nor change a command.

Python works out the scene (``scene.py``) and sends what changed; ``live.js`` draws it.
The whole scene is sent again when things have come to rest, so that a front end that
missed something is right in the end, and a saved notebook holds the last scene.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any, Self

import anywidget
import traitlets
from IPython.core.async_helpers import get_asyncio_loop

from redislab.client.redis import Redis
from redislab.jupyter.feed import Feed
from redislab.jupyter.scene import Json, compose, difference

_HERE = Path(__file__).parent


class Live(anywidget.AnyWidget):
    """Watch ``clients`` at work. ``with Live(...)`` and ``stop()`` end the listening; what
    is on the screen stays.
    """

    _esm = _HERE / "live.js"
    _css = _HERE / "live.css"
    scene: traitlets.Dict[str, Any] = traitlets.Dict(
        {"lanes": [], "steps": [], "flags": []}
    ).tag(sync=True)
    """The whole scene, as it was when things last came to rest."""

    def __init__(self, *clients: Redis[Any]) -> None:
        super().__init__()
        self._clients = clients
        self._sent: Json = self.scene
        self._feed = Feed(self._redraw, get_asyncio_loop())  # type: ignore[no-untyped-call]
        self.on_msg(self._asked)
        for client in clients:
            client.attach(self._feed)

    def stop(self) -> None:
        """Listen no more, and send the whole scene as it is now."""
        for client in self._clients:
            client.detach(self._feed)
        self._redraw(whole=True)

    def __repr__(self) -> str:
        return f"<Live view of {', '.join(client.name for client in self._clients)}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _redraw(self, whole: bool) -> None:
        now = self._now()
        if whole:
            self.scene = now
        else:
            self.send({"scene": difference(self._sent, now)})
        self._sent = now

    def _asked(self, _widget: object, content: Any, _buffers: object) -> None:
        """A front end that has just opened has missed what was sent before."""
        if content == {"ask": "scene"}:
            self.send({"scene": difference({"steps": []}, self._now())})

    def _now(self) -> Json:
        return compose(*self._feed.look(), lanes=[client.name for client in self._clients])
