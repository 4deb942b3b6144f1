"""An overview of keys: type, time to live, size. Asked with SCAN, so nobody has to wait.

Bounded twice: so many keys are shown, and so many are looked at to find them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from redislab.client.redis import Redis
from redislab.commands.replies import string
from redislab.exceptions import RedisError
from redislab.jupyter.rows import cells
from redislab.views.markup import element
from redislab.views.words import count, shown

STEP = 500
"""Keys that one SCAN looks at."""
LOOKED_AT = 100_000


class Key(NamedTuple):
    """One key, as it was when we looked."""

    name: bytes
    type: str
    ttl_ms: int | None
    """Milliseconds to live; None for a key that stays."""
    size: int | None
    """Bytes the server needs for it; None when it does not tell."""


class Keys(Sequence[Key]):
    """The keys that were found, in the order of their names."""

    def __init__(self, found: Sequence[Key], total: int, whole: bool) -> None:
        self.rows = sorted(found)
        self.total = total
        """How many keys the database has."""
        self.whole = whole
        """Whether every key was looked at."""

    def __getitem__(self, index: Any) -> Any:
        return self.rows[index]

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def _summary(self) -> str:
        return f"{len(self):,} of {count(self.total, 'key')}" + (
            "" if self.whole else "; there may be more that match (--limit)"
        )

    def __repr__(self) -> str:
        rows = [_words(key) for key in self.rows]
        names, types, ttls, sizes = (
            max((len(row[column]) for row in rows), default=0) for column in range(4)
        )
        lines = [
            f"{name:{names}}  {kind:{types}}  {ttl:>{ttls}}  {size:>{sizes}}"
            for name, kind, ttl, size in rows
        ]
        return "\n".join([*lines, self._summary])

    def _repr_html_(self) -> str:
        return str(
            element(
                "table",
                element("thead", cells("th", ("key", "type", "time to live", "size"))),
                element("tbody", *(cells("td", _words(key)) for key in self.rows)),
                element("tfoot", cells("td", (self._summary,))),
            )
        )


async def overview(
    client: Redis[Any], pattern: str = "*", kind: str = "", limit: int = 100
) -> Keys:
    """Look at the keys that match, at most ``limit`` of them."""
    names, whole = await find(client, pattern, kind, limit)
    pipe = client.pipeline(transaction=False)
    for name in names:
        pipe.execute_command("TYPE", name)
        pipe.execute_command("PTTL", name)
        pipe.execute_command("MEMORY", "USAGE", name)
    replies = await pipe.execute(raise_on_error=False)
    facts = zip(replies[::3], replies[1::3], replies[2::3], strict=True)
    found = [
        Key(name, string(type_), ttl if _counts(ttl) else None, _size(size))
        for name, (type_, ttl, size) in zip(names, facts, strict=True)
        if isinstance(type_, (bytes, str)) and string(type_) != "none"
    ]
    return Keys(found, await client.execute_command("DBSIZE"), whole)


async def find(
    client: Redis[Any],
    pattern: str | bytes,
    kind: str = "",
    limit: int = 100,
    looked_at: int = LOOKED_AT,
) -> tuple[list[bytes], bool]:
    """Names of keys that match, and whether all keys were looked at.

    Sends SCAN until it has found ``limit`` or looked at ``looked_at`` keys.
    """
    found: dict[bytes, None] = {}
    only = ("TYPE", kind) if kind else ()
    cursor: Any = 0
    for _ in range(max(1, looked_at // STEP)):
        cursor, names = await client.execute_command(
            "SCAN", cursor, "MATCH", pattern, "COUNT", STEP, *only
        )
        found |= dict.fromkeys(names)
        if int(cursor) == 0:
            return list(found)[:limit], len(found) <= limit
        if len(found) >= limit:
            break
    return list(found)[:limit], False


def _counts(ttl: Any) -> bool:
    return isinstance(ttl, int) and ttl >= 0


def _size(reply: Any) -> int | None:
    return None if reply is None or isinstance(reply, RedisError) else int(reply)


def _words(key: Key) -> tuple[str, str, str, str]:
    return (
        shown(key.name, 60),
        key.type,
        "stays" if key.ttl_ms is None else f"{key.ttl_ms / 1000:,.3g} s",
        "?" if key.size is None else f"{key.size:,} bytes",
    )
