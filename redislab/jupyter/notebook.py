"""What the magics of one notebook share: names, clients, notes, the last recording."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from redislab.jupyter.classroom import Classroom
from redislab.jupyter.lint import Lints
from redislab.trace.recording import Recording


class Notebook:
    """One for each shell."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self.namespace = namespace
        """The notebook's own variables."""
        self.classroom = Classroom()
        self.lints = Lints()
        self.last: Recording | None = None
        """How the last cell that sent something went."""

    def keep(self, options: Namespace, result: Any) -> Any:
        """``name << ...``: put the result there, and show nothing; else give it."""
        if not options.capture:
            return result
        self.namespace[options.capture] = result
        return None
