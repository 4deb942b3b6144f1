"""A recording: the events of some clients, in the order in which they happened.

Every view is a function of a recording or of its beginning, ``recording[:n]``; so a
picture can be replayed step by step. A recording can be saved and loaded again
(``redislab.trace.lines`` describes the file).
"""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import overload

from redislab.events import Event
from redislab.trace import lines
from redislab.trace.chrome import chrome_trace

LIMIT = 10_000


class Recording(Sequence[Event]):
    """A bounded sequence of events: ``len``, index, slice, iterate, save, load."""

    def __init__(
        self, events: Iterable[Event] = (), *, dropped: int = 0, limit: int = LIMIT
    ) -> None:
        if limit < 1:
            raise ValueError(f"a recording keeps at least one event, not {limit}")
        self._events: deque[Event] = deque(maxlen=limit)
        self.dropped = dropped
        """Events that came before the first one kept here, and are gone."""
        for event in events:
            self.append(event)

    def append(self, event: Event) -> None:
        """Add what happened last. A full recording loses its oldest event."""
        if len(self._events) == self._events.maxlen:
            self.dropped += 1
        self._events.append(event)

    def __len__(self) -> int:
        return len(self._events)

    def __iter__(self) -> Iterator[Event]:
        """The events so far; those that come while you look are not in it."""
        return iter(tuple(self._events))

    @overload
    def __getitem__(self, index: int) -> Event: ...
    @overload
    def __getitem__(self, index: slice) -> Recording: ...
    def __getitem__(self, index: int | slice) -> Event | Recording:
        if isinstance(index, int):
            return self._events[index]
        first, last, step = index.indices(len(self._events))
        if step != 1:
            raise ValueError("a part of a recording is a run of events: no step but 1")
        kept = islice(tuple(self._events), first, last)
        return Recording(kept, dropped=self.dropped + first, limit=max(1, last - first))

    @property
    def clients(self) -> tuple[str, ...]:
        """The names of the clients in it, first come first."""
        names = (getattr(event, "client", None) for event in self)
        return tuple(dict.fromkeys(name for name in names if name is not None))

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write it to a file, one line an event. It holds keys and values, no secrets
        of the connection.
        """
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.writelines(lines.encode(self, dropped=self.dropped))

    def save_chrome(self, path: str | os.PathLike[str]) -> None:
        """Write it as a Chrome trace, for chrome://tracing or https://ui.perfetto.dev:
        packets on tracks, watches as spans, an arrow from each culprit to the EXEC it
        spoilt.
        """
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            json.dump(chrome_trace(self), file)

    @classmethod
    def load(cls, path: str | os.PathLike[str], limit: int = LIMIT) -> Recording:
        """Read a saved recording.

        Lines that are no event, or of a kind this version does not know, are skipped:
        of a file that was cut off you get what is there. ``ValueError``: the file is no
        recording, or of a later version that cannot be read.
        """
        with open(path, "rb") as file:
            dropped, events = lines.decode(file)
            return cls(events, dropped=dropped, limit=limit)

    def __repr__(self) -> str:
        who = ", ".join(self.clients) or "nobody yet"
        lost = f", {self.dropped} earlier ones dropped" if self.dropped else ""
        return f"<Recording of {who}: {len(self)} events{lost}>"
