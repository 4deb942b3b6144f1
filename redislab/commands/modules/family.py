"""What all families stand on: they run commands on whatever they were asked of."""

from __future__ import annotations

from typing import Generic

from redislab.commands.run import Run, T


class Family(Generic[T]):
    """Commands that are methods of their own object: ``client.json().get(...)``."""

    __slots__ = ("_run",)

    def __init__(self, owner: Run[T]) -> None:
        self._run = owner._run
