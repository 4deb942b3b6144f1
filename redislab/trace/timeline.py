"""From events to the steps that a view draws.

Two passes: first what is known of each command wherever it stands in the recording (its
arguments, its reply, its place in EXEC's list), then the steps in the order of the events.

Rules:
- Pure: the same events give the same timeline. No clock, no I/O.
- A recording may begin in the middle (a full one loses its oldest events) and may have
  come from anywhere: whatever refers to something unknown is left out.
- Steps are in the order in which they were written. That is the server's own order
  unless two were under way at once; then nobody outside the server can know.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from redislab.events import (
    CommandBuffered,
    CommandIssued,
    ConnectionClosed,
    Ending,
    Event,
    PacketWritten,
    PipelineReset,
    ReplyReceived,
    TransactionEnded,
    WatchCleared,
    WatchSet,
)
from redislab.trace.account import Account
from redislab.trace.conflict import judge
from redislab.trace.steps import (
    Buffered,
    Command,
    Packet,
    Step,
    Transaction,
    Watch,
)
from redislab.trace.tracking import Tracked, without_hidden
from redislab.trace.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Timeline:
    """What happened in a recording."""

    lanes: tuple[str, ...]
    """The clients that did something, first come first."""
    steps: tuple[Step, ...]
    transactions: tuple[Transaction, ...]
    watches: tuple[Watch, ...]
    verdicts: tuple[Verdict, ...]
    """One for each EXEC that was refused because a watched key had changed."""
    refusal: str | None = None
    """Why the server did not let the spy listen, in its words."""

    @property
    def packets(self) -> tuple[Packet, ...]:
        return tuple(step for step in self.steps if isinstance(step, Packet))


def timeline(events: Iterable[Event]) -> Timeline:
    """Work out what happened from a recording, or from any part of one."""
    heard = tuple(events)
    account, tracked = Account(heard), Tracked(heard)
    found = account.arranged(without_hidden(heard))
    result = _timeline(found, account, tracked)
    refused = {transaction.number: transaction.step for transaction in result.transactions}
    late = next((v for v in result.verdicts if _after_exec(v, refused)), None)
    # Both were under way at once, and EXEC's answer tells which the server ran first.
    if late is None:
        return result
    return _timeline(_moved(found, late, result), account, tracked)


def _timeline(events: tuple[Event, ...], account: Account, tracked: Tracked) -> Timeline:
    steps = _steps(events, commands_of(events))
    transactions = _transactions(events, steps)
    watches = _watches(events, steps)
    return Timeline(
        lanes=tuple(dict.fromkeys(step.client for step in steps)),
        steps=steps,
        transactions=transactions,
        watches=watches,
        verdicts=judge(steps, transactions, watches, account, tracked),
        refusal=account.refusal,
    )


def _after_exec(verdict: Verdict, refused: dict[int, int]) -> bool:
    step = refused.get(verdict.transaction or 0)
    return verdict.step is not None and step is not None and verdict.step > step


def _moved(
    events: tuple[Event, ...], verdict: Verdict, result: Timeline
) -> tuple[Event, ...]:
    """The events with the culprit's packet in front of the packet of the EXEC."""
    writes = [event for event in events if isinstance(event, PacketWritten)]
    numbers = {step.index: step.commands[0].number for step in result.packets}
    refused = {transaction.number: transaction.step for transaction in result.transactions}

    def written(step: int) -> PacketWritten:
        return next(event for event in writes if numbers[step] in event.commands)

    assert verdict.step is not None
    assert verdict.transaction is not None
    culprit, exec_ = written(verdict.step), written(refused[verdict.transaction])
    rest = [event for event in events if event is not culprit]
    place = rest.index(exec_) if exec_ in rest else len(rest)
    return (*rest[:place], culprit, *rest[place:])


# --- commands ----------------------------------------------------------------------------


def commands_of(events: tuple[Event, ...]) -> dict[int, Command]:
    """What is known of each command, by its number."""
    commands: dict[int, Command] = {}
    for event in events:
        match event:
            case CommandBuffered():
                commands[event.command] = Command(
                    event.command, event.client, event.arguments
                )
            case CommandIssued():
                commands[event.command] = Command(
                    event.command,
                    event.client,
                    event.arguments,
                    event.connection,
                    event.transaction,
                )
            case ReplyReceived() if event.command in commands:
                commands[event.command] = replace(
                    commands[event.command], reply=event.value, answered=event.at
                )
            case _:
                pass
    return _with_results(commands)


def _with_results(commands: dict[int, Command]) -> dict[int, Command]:
    """Give each command of a committed transaction its place in EXEC's list."""
    done = dict(commands)
    for members in _by_transaction(commands.values()).values():
        queued = [command for command in members if command.name not in {"MULTI", "EXEC"}]
        answer = members[-1].reply
        if members[-1].name != "EXEC" or not isinstance(answer, list):
            continue
        for command, result in zip(queued, answer, strict=False):
            done[command.number] = replace(command, result=result)
    return done


def _by_transaction(commands: Iterable[Command]) -> dict[int, list[Command]]:
    groups: dict[int, list[Command]] = {}
    for command in commands:
        if command.transaction is not None:
            groups.setdefault(command.transaction, []).append(command)
    return groups


# --- steps -------------------------------------------------------------------------------


def _steps(events: tuple[Event, ...], commands: dict[int, Command]) -> tuple[Step, ...]:
    steps: list[Step] = []
    sent_in: dict[int, int] = {}
    dropped: set[int] = set()
    for event in events:
        match event:
            case CommandBuffered():
                _buffer(steps, event, commands[event.command])
            case PacketWritten():
                known = tuple(commands[n] for n in event.commands if n in commands)
                sent_in |= {command.number: len(steps) for command in known}
                if known:
                    steps.append(
                        Packet(
                            len(steps),
                            event.at,
                            event.client,
                            event.connection,
                            known,
                            event.size,
                        )
                    )
            case PipelineReset() if event.dropped:
                dropped |= {
                    step.index
                    for step in steps
                    if isinstance(step, Buffered) and step.pipeline == event.pipeline
                }
            case _:
                pass
    return tuple(_with_fate(step, sent_in, dropped) for step in steps)


def _buffer(steps: list[Step], event: CommandBuffered, command: Command) -> None:
    """Put the command into the tray that is being filled, or begin a new tray."""
    last = steps[-1] if steps else None
    if isinstance(last, Buffered) and last.pipeline == event.pipeline:
        steps[-1] = replace(last, commands=(*last.commands, command))
    else:
        steps.append(
            Buffered(len(steps), event.at, event.client, event.pipeline, (command,))
        )


def _with_fate(step: Step, sent_in: dict[int, int], dropped: set[int]) -> Step:
    if isinstance(step, Packet):
        return step
    packet = sent_in.get(step.commands[0].number)
    return replace(step, packet=packet, dropped=packet is None and step.index in dropped)


# --- transactions and watches ------------------------------------------------------------


def _transactions(
    events: tuple[Event, ...], steps: tuple[Step, ...]
) -> tuple[Transaction, ...]:
    endings: dict[int, Ending] = {
        event.transaction: event.ending
        for event in events
        if isinstance(event, TransactionEnded)
    }
    found: dict[int, Transaction] = {}
    for step in steps:
        if not isinstance(step, Packet):
            continue
        for number, members in _by_transaction(step.commands).items():
            queued = tuple(
                command
                for command in members
                if command.name not in {"MULTI", "EXEC", "DISCARD"}
            )
            earlier = found[number].commands if number in found else ()
            found[number] = Transaction(
                number,
                step.client,
                step.connection,
                step.index,
                earlier + queued,
                endings.get(number),
            )
    return tuple(found.values())


def _watches(events: tuple[Event, ...], steps: tuple[Step, ...]) -> tuple[Watch, ...]:
    packets = [step for step in steps if isinstance(step, Packet)]
    by_command = {command.number: p for p in packets for command in p.commands}
    watches = {c.number for p in packets for c in p.commands if c.name == "WATCH"}
    done: list[Watch] = []
    standing: dict[int, list[Watch]] = {}
    last: dict[int, int] = {}
    """For each connection, its latest packet so far."""
    for event in events:
        match event:
            case PacketWritten():
                sent = (by_command[n].index for n in event.commands if n in by_command)
                last[event.connection] = max(sent, default=last.get(event.connection, -1))
            case WatchSet() if event.command in watches:
                first = by_command[event.command].index
                watch = Watch(event.client, event.connection, event.keys, first, None)
                standing.setdefault(event.connection, []).append(watch)
            case TransactionEnded() | WatchCleared() | ConnectionClosed():
                ended = standing.pop(event.connection, [])
                done += [
                    replace(w, last=max(w.first, last.get(event.connection, 0)))
                    for w in ended
                ]
            case _:
                pass
    done += [watch for watches in standing.values() for watch in watches]
    return tuple(sorted(done, key=lambda watch: watch.first))
