"""Who changed a watched key: the judgement after EXEC answered nil.

EXEC's answer says only *that* a watched key changed. When a spy has recorded the server's
own account, that decides (level ``exact``). Without it the recorded clients' own commands
are the witnesses (level ``journal``), and the rules follow from what they can know:

- A suspect is a write to a watched key that was under way, at least in part, between
  WATCH and EXEC, and whose reply does not say that it changed nothing.
- ``certain`` means: that write began after WATCH was answered and was answered before
  EXEC was written, so it lies between them whatever the network did. That alone makes
  EXEC answer nil. A client that was not recorded may have been there first all the same.
- Two writes under way at once have no order that we could know. Then, and for anything
  less than certain, the words are "probably".
- No suspect: another client, the key's time to live, or the server itself.

When the server told of everything up to EXEC and of no touch, one cause is left that it
never tells of: the key's time to live ran out, and nobody has looked since (level
``after``).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from redislab.events import KeyTouched
from redislab.trace.account import Account, number_of
from redislab.trace.effects import changes, changes_surely, may_write
from redislab.trace.shorten import Cut
from redislab.trace.steps import Buffered, Command, Packet, Step, Transaction, Watch
from redislab.trace.verdict import Cause, Verdict


class _Write(NamedTuple):
    """A command that may have changed something, and while it was under way."""

    begun: int
    answered: float
    packet: Packet
    command: Command


class _Suspect(NamedTuple):
    packet: Packet
    command: Command
    key: bytes


def judge(
    steps: Iterable[Step],
    transactions: Iterable[Transaction],
    watches: Iterable[Watch],
    account: Account,
) -> tuple[Verdict, ...]:
    """A verdict for each aborted EXEC, and for each standing watch that is surely lost."""
    packets = {step.index: step for step in steps if not isinstance(step, Buffered)}
    known = {transaction.number: transaction for transaction in transactions}
    ended: dict[tuple[int, int | None], Transaction] = {
        (transaction.connection, transaction.step): transaction
        for transaction in known.values()
    }
    writes = _writes(packets, known)
    verdicts = []
    for watched in _together(watches):
        exec_ = ended.get((watched[0].connection, watched[0].last))
        if exec_ is not None and exec_.ending != "aborted":
            continue
        if exec_ is None and watched[0].last is not None:
            continue
        verdict = _told(watched, exec_, packets, account)
        if verdict is None:
            suspects = list(_suspects(watched, packets, writes))
            verdict = _verdict(watched, exec_, suspects, packets)
        if exec_ is not None or verdict.certain:
            verdicts.append(verdict)
    return tuple(verdicts)


def _told(
    watched: list[Watch],
    exec_: Transaction | None,
    packets: dict[int, Packet],
    account: Account,
) -> Verdict | None:
    """What the server's own account says, if there is one."""
    if exec_ is None:
        begun = (packets[watch.first].commands for watch in watched)
        touch = account.broke(c.number for commands in begun for c in commands)
    else:
        touch = account.culprit(exec_.number)
    if touch is not None:
        return _exact(watched, exec_, touch, packets)
    if exec_ is None or not account.saw_nothing(exec_.number):
        return None
    keys, (key, *others) = _keys(watched), _keys(watched)
    return Verdict(
        watched[0].client,
        keys,
        exec_.number,
        key=None if others else key,
        level="after",
        cause="expired",
    )


_CAUSES: dict[str, Cause] = {"expired": "expired", "evicted": "evicted"}


def _exact(
    watched: list[Watch],
    exec_: Transaction | None,
    touch: KeyTouched,
    packets: dict[int, Packet],
) -> Verdict:
    number = number_of(touch)
    step = next(
        (p.index for p in packets.values() for c in p.commands if c.number == number), None
    )
    culprit = touch.name or touch.address
    command = Command(number, culprit, touch.arguments) if touch.arguments else None
    return Verdict(
        watched[0].client,
        _keys(watched),
        exec_.number if exec_ else None,
        step=step,
        culprit=culprit or None,
        command=command,
        key=touch.key,
        certain=True,
        level="exact",
        cause=_CAUSES.get(touch.event, "command" if command else "unknown"),
        server_us=touch.server_us,
    )


def _keys(watched: list[Watch]) -> tuple[bytes, ...]:
    return tuple(dict.fromkeys(key for watch in watched for key in watch.keys))


def _together(watches: Iterable[Watch]) -> list[list[Watch]]:
    """Watches of one connection that end together are lost together."""
    groups: dict[tuple[int, int | None], list[Watch]] = {}
    for watch in watches:
        groups.setdefault((watch.connection, watch.last), []).append(watch)
    return list(groups.values())


def _writes(packets: dict[int, Packet], known: dict[int, Transaction]) -> list[_Write]:
    return [
        _Write(packet.at, math.inf if answered is None else answered, packet, command)
        for packet, answered in ((packet, packet.answered) for packet in packets.values())
        for command in packet.commands
        if may_write(command) and _ran(command, known)
    ]


def _suspects(
    watched: list[Watch], packets: dict[int, Packet], writes: list[_Write]
) -> Iterator[_Suspect]:
    for watch in watched:
        start = packets[watch.first].at
        end = packets[watch.last].answered if watch.last in packets else None
        for write in writes:
            if write.answered < start or (end is not None and write.begun > end):
                continue
            if write.packet.index == watch.first and not _after_watch(write):
                continue
            for key in changes(write.command, watch.keys):
                yield _Suspect(write.packet, write.command, key)


def _after_watch(write: _Write) -> bool:
    """In the packet of the WATCH itself: whether the command stands behind the WATCH."""
    names = [command.name for command in write.packet.commands]
    return write.packet.commands.index(write.command) > names.index("WATCH")


def _ran(command: Command, known: dict[int, Transaction]) -> bool:
    """A queued command runs only when its EXEC commits."""
    if command.transaction is None:
        return True
    transaction = known.get(command.transaction)
    return transaction is not None and transaction.ending == "committed"


def _verdict(
    watched: list[Watch],
    exec_: Transaction | None,
    suspects: list[_Suspect],
    packets: dict[int, Packet],
) -> Verdict:
    keys = _keys(watched)
    watcher, number = watched[0].client, exec_.number if exec_ else None
    if not suspects:
        return Verdict(watcher, keys, number)
    first = min(suspects, key=lambda suspect: (suspect.packet.at, suspect.command.number))
    certain = (
        any(_inside(first, watch, packets) for watch in watched if first.key in watch.keys)
        and changes_surely(first.command)
        and not isinstance(first.key, Cut)  # another key may begin the same way
        and not any(_overlap(first.packet, other.packet) for other in suspects)
    )
    return Verdict(
        watcher,
        keys,
        number,
        step=first.packet.index,
        culprit=first.command.client,
        command=first.command,
        key=first.key,
        certain=certain,
        cause="command",
    )


def _inside(suspect: _Suspect, watch: Watch, packets: dict[int, Packet]) -> bool:
    """Whether it ran between WATCH and EXEC on any reading of the times."""
    begun, done = packets[watch.first].answered, suspect.packet.answered
    if begun is None or done is None or suspect.packet.at < begun:
        return False
    return watch.last is None or watch.last not in packets or done <= packets[watch.last].at


def _overlap(one: Packet, other: Packet) -> bool:
    """Whether both were under way at once; on one connection the order is known."""
    if one.connection == other.connection:
        return False
    one_end, other_end = one.answered, other.answered
    return (one_end is None or other.at < one_end) and (
        other_end is None or one.at < other_end
    )
