"""What the live view shows, worked out from a timeline: plain JSON, no drawing.

    lanes   the clients, in the order of their first appearance
    steps   cards from top to bottom: a ``tray`` (buffered, not sent) or a ``packet`` (one
            write), each in its client's lane, with a row a command
    flags   the watches: green while the keys are untouched, red when one changed

A card keeps its ``id`` when the tray becomes a packet, so a front end can let the one
turn into the other. Every text is ready to be shown and already shortened; what it says
came from people and servers, so a front end must show it as text and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from redislab.trace import (
    NO_REPLY,
    Buffered,
    Command,
    Packet,
    Step,
    Timeline,
    Transaction,
    Verdict,
    Watch,
)
from redislab.views.words import answer, count, name, said

STEPS = 30
ROWS = 12
FLAGS = 4
TEXT = 48
"""Cells of a command."""

Json = dict[str, Any]

_ENDINGS = {
    "committed": "EXEC ran all of them",
    "aborted": "EXEC ran none of them",
    "refused": "refused: none of them ran",
    "failed": "the link was lost",
    "discarded": "discarded",
}


def compose(found: Timeline, totals: Mapping[int, int], lanes: Iterable[str] = ()) -> Json:
    """The scene for a timeline. ``totals``: commands of a step, by its first number;
    ``lanes``: clients to show even while they do nothing.
    """
    buffered = {
        command.number
        for step in found.steps
        if isinstance(step, Buffered)
        for command in step.commands
    }
    shown = [step for step in found.steps if not _became_a_packet(step)]
    return {
        "lanes": list(dict.fromkeys([*lanes, *found.lanes])),
        "steps": [_card(step, found, buffered, totals) for step in shown[-STEPS:]],
        "flags": [_flag(watch, found) for watch in found.watches[-FLAGS:]],
    }


def difference(before: Json, after: Json) -> Json:
    """What a front end that shows ``before`` needs to show ``after``: the changed cards,
    the order of all of them, and the small rest.
    """
    known = {card["id"]: card for card in before["steps"]}
    changed = [card for card in after["steps"] if known.get(card["id"]) != card]
    return {**after, "steps": changed, "order": [card["id"] for card in after["steps"]]}


def _became_a_packet(step: Step) -> bool:
    return isinstance(step, Buffered) and step.packet is not None


# --- cards -------------------------------------------------------------------------------


def _card(
    step: Step, found: Timeline, buffered: set[int], totals: Mapping[int, int]
) -> Json:
    numbers = [command.number for command in step.commands]
    total = max(totals.get(numbers[0], 0), len(numbers))
    rows = list(_rows(step.commands))
    ending = next((t.ending for t in found.transactions if t.step == step.index), None)
    spoils = next((v for v in found.verdicts if v.step == step.index), None)
    is_packet = isinstance(step, Packet)
    return {
        "id": next((number for number in numbers if number in buffered), numbers[0]),
        "kind": "packet" if is_packet else "tray",
        "client": step.client,
        "title": _title(step, total),
        "rows": rows,
        "more": total - len(rows),
        "bracket": is_packet and step.commands[0].name == "MULTI",
        "ending": ending,
        "spoils": spoils is not None,
        "note": _spoilt(spoils) if spoils else _ENDINGS[ending] if ending else "",
    }


def _title(step: Step, total: int) -> str:
    if isinstance(step, Packet):
        if total == 1:
            return f"{count(step.size, 'byte')} sent"
        return f"one packet: {count(total, 'command')}, {count(step.size, 'byte')}"
    if step.dropped:
        return f"{count(total, 'command')} thrown away, never sent"
    return f"{count(total, 'command')} buffered in Python, not sent"


def _spoilt(verdict: Verdict) -> str:
    assert verdict.key is not None, "a verdict that names a step names its key"
    return f"changes {name(verdict.key)}, which {name(verdict.watcher)} watches"


def _rows(commands: tuple[Command, ...]) -> Iterator[Json]:
    """The first commands and the last one, which may be EXEC."""
    listed = commands
    if len(commands) > ROWS:
        listed = (*commands[: ROWS - 1], commands[-1])
    for command in listed:
        yield {
            "said": said(command, TEXT),
            "reply": _shown(command, command.reply),
            "result": _shown(command, command.result),
            "failed": isinstance(command.outcome, Exception)
            or (command.name == "EXEC" and command.outcome is None),
        }


def _shown(command: Command, value: Any) -> str:
    return "" if value is NO_REPLY else answer(command, value, TEXT)


# --- flags -------------------------------------------------------------------------------


def _flag(watch: Watch, found: Timeline) -> Json:
    first = found.steps[watch.first].commands[0].number
    ended = next(
        (
            transaction
            for transaction in found.transactions
            if (transaction.connection, transaction.step) == (watch.connection, watch.last)
        ),
        None,
    )
    number = ended.number if ended else None
    verdict = next(
        (
            verdict
            for verdict in found.verdicts
            if (verdict.watcher, verdict.transaction) == (watch.client, number)
            and set(watch.keys) <= set(verdict.keys)
        ),
        None,
    )
    state, text = _state(watch, ended, verdict)
    return {"id": first, "client": watch.client, "state": state, "text": text}


def _state(
    watch: Watch, ended: Transaction | None, verdict: Verdict | None
) -> tuple[str, str]:
    who = name(watch.client)
    keys = ", ".join(name(key) for key in watch.keys)
    if verdict is not None:
        return "red", _blame(verdict, keys)
    if watch.last is None:
        return "green", f"{who} is watching {keys}"
    if ended is not None and ended.ending == "committed":
        return "kept", f"{keys} stayed as {who} saw it: EXEC ran"
    return "lifted", f"{who} watches {keys} no more"


def _blame(verdict: Verdict, keys: str) -> str:
    then = "EXEC will run nothing" if verdict.transaction is None else "EXEC ran nothing"
    if verdict.culprit is None or verdict.command is None or verdict.key is None:
        return f"{keys} changed, by someone who is not shown here: {then}"
    by = name(verdict.culprit) + ("" if verdict.certain else ", probably")
    return (
        f"{name(verdict.key)} was changed by {by} ({said(verdict.command, TEXT)}): {then}"
    )
