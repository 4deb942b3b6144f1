"""Notes on what is easily meant otherwise, before a cell is run.

Each has a name and can be switched off with ``%redis_lint off NAME``. A note is a line on
stderr and the cell runs; what would do harm or could never work is refused, and nothing
is sent.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any

from redislab.client.redis import Redis
from redislab.commands import table
from redislab.commands.positions import upper
from redislab.connection.private import is_private
from redislab.exceptions import DataError, RedisError
from redislab.jupyter.cell import Said, Words

LARGE = 10_000
"""Keys from which on KEYS is worth a note."""

LINTS = {
    "destructive": "what loses data is refused on a server that is not ours, without --yes",
    "keys": f"KEYS in a database of more than {LARGE:,} keys",
    "nested-multi": "MULTI, EXEC or WATCH in %%redis_pipeline, which sends them itself",
    "shared-watch": "WATCH or MULTI on the connection that all commands share",
    "no-multi": "a transaction cell that never says MULTI",
    "no-watch": "a transaction that reads before MULTI without watching",
    "own-write": "a write of one's own to a watched key, before MULTI",
}

_FRAMING = frozenset({"MULTI", "EXEC", "DISCARD", "WATCH", "UNWATCH"})


class Lints:
    """Which notes one notebook wants."""

    def __init__(self) -> None:
        self.off: set[str] = set()

    def wants(self, lint: str) -> bool:
        return lint not in self.off

    async def look(
        self, client: Redis[Any], commands: Iterable[Said], *, yes: bool
    ) -> None:
        """Say what there is to say about commands that are about to be sent to this client.

        Raises DataError for what is refused.
        """
        ours = yes or is_private(client.address) or not self.wants("destructive")
        seen: dict[str, Said] = {}
        for words in commands:
            seen.setdefault(_key(words), words)
        for words in seen.values():
            row = table.row(words)
            if row and row.destructive and not ours:
                raise DataError(
                    f"{row.name} is not sent: {client.address} is not private to this "
                    "notebook",
                    hint="If you mean it, say --yes. %redis_connect without a URL goes "
                    "back to a private server.",
                )
            if row and row.name == "KEYS" and self.wants("keys"):
                await _note_keys(client)

    def refuse_framing(self, number: int, words: Words) -> None:
        """In a pipeline cell: the magic frames it already."""
        name = upper(words[0])
        if name in _FRAMING and self.wants("nested-multi"):
            raise DataError(
                f"line {number}: {name} has no place in %%redis_pipeline, which sends "
                "MULTI and EXEC itself",
                hint="Leave it out, and watch with --watch KEY; or write the cell as "
                "%%redis_transaction.",
            )

    def refuse_sharing(self, words: Words) -> None:
        """On the connection that everybody shares, nobody may watch or open MULTI."""
        name = upper(words[0])
        if name in _FRAMING and self.wants("shared-watch"):
            raise DataError(
                f"{name} would concern everybody who shares this connection",
                hint="Write WATCH, MULTI and EXEC in one %%redis_transaction cell; it has "
                "a connection of its own.",
            )

    def note_own_write(self, words: Words, watched: Sequence[bytes]) -> None:
        """Between WATCH and MULTI: a change of one's own counts like anybody's."""
        row = table.row(words)
        if row is None or row.readonly or not self.wants("own-write"):
            return
        own = [bytes(key) for key in table.keys(words) if bytes(key) in watched]
        if own:
            shown = own[0].decode("utf-8", "backslashreplace")
            note(
                f"{row.name} changes {shown}, which this transaction watches itself: EXEC "
                "will run nothing. Write behind MULTI."
            )


def note(text: str) -> None:
    """One line beside the result."""
    print(f"note: {text}", file=sys.stderr)


def _key(words: Said) -> str:
    """Commands of one name, or name and subcommand, are looked at once."""
    name = upper(words[0])
    return f"{name} {upper(words[1])}" if name in table.CONTAINERS and words[1:] else name


async def _note_keys(client: Redis[Any]) -> None:
    try:
        size = await client.execute_command("DBSIZE")
    except RedisError:
        return  # what is wrong will be said about the command itself
    if size > LARGE:
        note(
            f"KEYS looks at all {size:,} keys, and everybody else waits meanwhile. "
            "%redis_keys PATTERN asks in small steps (SCAN)."
        )
