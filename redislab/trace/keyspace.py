"""Which keys exist, as far as the server's own events tell.

FLUSHDB and SWAPDB touch a watched key only if it exists, and no event says whether it
does. But each event before told whether its key was there afterwards. What nobody has
told yet is unknown: None.
"""

from __future__ import annotations

LIMIT = 100_000
"""Keys remembered; of more, the one heard of first is forgotten."""

DATABASES = 16
"""How many a server has unless told otherwise; of more, FLUSHALL tells us less."""

GONE = frozenset({"del", "expired", "evicted", "rename_from", "move_from"})
"""Events after which the key is not there. After any other it is."""


class Keyspace:
    """What is known of the keys of one server."""

    def __init__(self) -> None:
        self._there: dict[tuple[int, bytes], bool] = {}
        self._emptied: set[int] = set()
        """Databases in which a key of which nothing is known does not exist."""

    def exists(self, database: int, key: bytes) -> bool | None:
        """Whether the key is there; None when nobody has told."""
        unknown = False if database in self._emptied else None
        return self._there.get((database, key), unknown)

    def event(self, database: int, key: bytes, event: str) -> None:
        """The server told what happened to a key."""
        self._there[database, key] = event not in GONE
        if len(self._there) > LIMIT:
            forgotten = next(iter(self._there))
            del self._there[forgotten]
            self._emptied.discard(forgotten[0])

    def flush(self, database: int) -> None:
        """All keys of this database are gone."""
        self._there = {
            place: there for place, there in self._there.items() if place[0] != database
        }
        self._emptied.add(database)

    def flush_all(self) -> None:
        """All keys of all databases are gone."""
        self._there.clear()
        self._emptied.update(range(DATABASES))

    def swap(self, one: int, other: int) -> None:
        """SWAPDB: the keys of each are now the other's."""
        names = {one: other, other: one}
        self._there = {
            (names.get(database, database), key): there
            for (database, key), there in self._there.items()
        }
        self._emptied = {names.get(database, database) for database in self._emptied}
