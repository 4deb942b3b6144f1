"""How long to wait before trying again: longer each time, and never two clients in step.

Thirty notebooks that lost the same server must not all come back in the same
millisecond, so each pause is drawn at random below a ceiling that doubles ("full
jitter", https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Backoff:
    """``attempts`` tries in all; pauses in seconds."""

    attempts: int = 5
    first: float = 0.02
    ceiling: float = 0.5

    def pauses(self) -> Iterator[float]:
        """The pauses between the tries: one fewer than tries."""
        limit = self.first
        for _ in range(self.attempts - 1):
            yield random.uniform(limit / 2, limit)
            limit = min(limit * 2, self.ceiling)
