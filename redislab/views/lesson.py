"""The lines at the foot of a picture: why a refused EXEC is good news, and what to do."""

from __future__ import annotations

from redislab.trace import Command, Timeline, Verdict
from redislab.trace.effects import as_bytes, changes
from redislab.trace.steps import NO_REPLY
from redislab.trace.values import spells
from redislab.views.headline import Phrase, Span
from redislab.views.words import name, value_of_key

_OVERWRITE = frozenset({"SET", "SETEX", "PSETEX", "GETSET", "MSET", "DEL", "UNLINK"})
_START = Span("Why this is good news. ", "strong")
_AGAIN = Span(" Start again from WATCH.")


def lesson(timeline: Timeline) -> tuple[Phrase, ...]:
    """Two lines about the last EXEC that was refused; none when all went through."""
    verdicts = [v for v in timeline.verdicts if v.transaction is not None]
    if not verdicts:
        return ()
    verdict = verdicts[-1]
    if not verdict.certain or verdict.culprit is None or verdict.key is None:
        return (
            (_START, Span("EXEC ran nothing, so nothing was overwritten.")),
            (Span("Read the new value."), _AGAIN),
        )
    if verdict.culprit == verdict.watcher:
        return (
            (_START, Span("WATCH takes no sides: a write of your own counts, too.")),
            (Span("Put the write behind MULTI instead."), _AGAIN),
        )
    return _averted(timeline, verdict, verdict.culprit, verdict.key)


def _averted(
    timeline: Timeline, verdict: Verdict, culprit: str, key: bytes
) -> tuple[Phrase, ...]:
    transaction = next(t for t in timeline.transactions if t.number == verdict.transaction)
    queued = [
        c for c in transaction.commands if c.name in _OVERWRITE and changes(c, (key,))
    ]
    watcher = Span(name(verdict.watcher), "client", verdict.watcher)
    if not queued:
        return (
            (_START, watcher, Span(" decided from a "), Span(name(key), "code"), _UNTRUE),
            (Span("EXEC ran nothing on the strength of it."), _AGAIN),
        )
    old, new = _stale(timeline, verdict, key), _wanted(queued[-1])
    first: Phrase = (
        _START,
        watcher,
        Span(" worked from a "),
        Span(name(key), "code"),
        _UNTRUE,
    )
    if old and new:
        worked = (Span(" worked out "), Span(new, "code"), Span(" from the old value "))
        first = (_START, watcher, *worked, Span(old, "code"), Span("."))
    loss = Span("'s change would have been lost.")
    return (
        first,
        (Span("Had EXEC run, "), Span(name(culprit), "client", culprit), loss, _AGAIN),
    )


_UNTRUE = Span(" that was no longer true.")


def _stale(timeline: Timeline, verdict: Verdict, key: bytes) -> str:
    """What the key held before the change, if the recording shows it."""
    found = spells(key, timeline.packets, timeline.transactions)
    before = [s.value for s in found if s.step is None or s.step < (verdict.step or 0)]
    return "" if before[-1] is NO_REPLY else value_of_key(before[-1])


def _wanted(command: Command) -> str:
    if command.name != "SET" or len(command.arguments) < 3:
        return ""
    return value_of_key(as_bytes(command.arguments[2]))
