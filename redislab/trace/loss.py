"""A watch that was lost, or stands and may be lost: what there is to judge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from redislab.trace.steps import Packet, Transaction, Watch
from redislab.trace.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Loss:
    """Watches of one connection that end together, and the EXEC that ended them."""

    watched: tuple[Watch, ...]
    exec_: Transaction | None
    """None while the watches stand."""
    numbers: tuple[int, ...]
    """Of the WATCH commands."""

    @property
    def keys(self) -> tuple[bytes, ...]:
        """All that was watched, in the order in which it was named."""
        return tuple(dict.fromkeys(key for watch in self.watched for key in watch.keys))

    @property
    def verdict(self) -> Verdict:
        """The verdict as long as nothing is known."""
        number = self.exec_.number if self.exec_ else None
        return Verdict(self.watched[0].client, self.keys, number)


def losses(
    packets: dict[int, Packet],
    transactions: Iterable[Transaction],
    watches: Iterable[Watch],
) -> Iterator[Loss]:
    """All whose EXEC answered nil, and all that stand."""
    ended = {(one.connection, one.step): one for one in transactions}
    groups: dict[tuple[int, int | None], list[Watch]] = {}
    for watch in watches:
        groups.setdefault((watch.connection, watch.last), []).append(watch)
    for (connection, last), watched in groups.items():
        exec_ = None if last is None else ended.get((connection, last))
        if last is None or (exec_ is not None and exec_.ending == "aborted"):
            begun = (packets[watch.first].commands for watch in watched)
            numbers = (
                c.number for commands in begun for c in commands if c.name == "WATCH"
            )
            yield Loss(tuple(watched), exec_, tuple(numbers))
