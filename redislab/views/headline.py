"""What a picture says in words: the headline and the line under it.

A phrase is a tuple of spans, so that a picture can set a client's name in its colour and
a key in code; ``plain`` gives the same words as text. The words promise no more than the
facts do: a verdict that is not certain says "probably".
"""

from __future__ import annotations

from collections import defaultdict
from typing import Literal, NamedTuple

from redislab.trace import Timeline, Transaction, Verdict
from redislab.views.lettering import fit
from redislab.views.markup import visible
from redislab.views.words import count, name, said

Manner = Literal["plain", "code", "client", "bad", "good", "strong"]


class Span(NamedTuple):
    text: str
    manner: Manner = "plain"
    client: str | None = None


Phrase = tuple[Span, ...]


def plain(phrase: Phrase) -> str:
    """The words alone."""
    return "".join(span.text for span in phrase)


def headline(timeline: Timeline) -> Phrase:
    """The whole answer in one line: how the transactions ended, and why."""
    ended = [t for t in timeline.transactions if t.ending is not None]
    aborted = [t for t in ended if t.ending == "aborted"]
    lost = [v for v in timeline.verdicts if v.transaction is None]
    if lost:
        return _lost(lost[-1])
    if not ended:
        return _quiet(timeline)
    last = ended[-1]
    if last.ending == "aborted" and len(aborted) == 1:
        return (Span("EXEC returned "), Span("nil", "bad"), Span(": "), *_cause(timeline))
    if last.ending == "aborted":
        return (
            Span("EXEC returned "),
            Span("nil", "bad"),
            Span(f" {_times(len(aborted))}: "),
            *_cause(timeline),
        )
    if last.ending == "committed" and aborted:
        return (
            Span("EXEC returned "),
            Span("nil", "bad"),
            Span(f" {_times(len(aborted))}, then "),
            Span("ran", "good"),
            Span(": try again from WATCH and it works"),
        )
    return _single(timeline, last)


def byline(timeline: Timeline) -> Phrase:
    """The line under the headline: the culprit's command, and what did not run."""
    verdicts = [v for v in timeline.verdicts if v.transaction is not None]
    if not verdicts:
        return _tally(timeline)
    if len(verdicts) == 1 and timeline.transactions[-1].ending == "aborted":
        return (*_blame(verdicts[0]), Span(" · "), Span(_unrun(timeline, verdicts[0])))
    deeds = list(dict.fromkeys(_deed(verdict) for verdict in verdicts))
    if len(deeds) == 1:
        return (*deeds[0], Span(" each time")) if len(verdicts) > 1 else deeds[0]
    return (*deeds[0], Span(f" · and {count(len(deeds) - 1, 'other write')}"))


def witness(timeline: Timeline) -> str:
    """What the judgement rests on, for the small print; empty when nothing was judged."""
    levels = {verdict.level for verdict in timeline.verdicts}
    worst = next((words for level, words in _WITNESSES.items() if level in levels), "")
    if worst and timeline.refusal is not None:
        return f"{worst}. The spy was not let in: {fit(visible(timeline.refusal), 60)}"
    return worst


_WITNESSES = {
    "journal": "judged by the recorded clients' own commands; others are not seen",
    "after": "judged after the fact: nothing else is left that could have done it",
    "key": "key exact, writer unknown: the server tells a watcher only which key it was",
    "exact": "exact: from the server's own account of what it ran",
}
"""From the weakest level to the strongest: a picture promises what its weakest can."""


# --- headlines ---------------------------------------------------------------------------


def _cause(timeline: Timeline) -> Phrase:
    verdict = next((v for v in reversed(timeline.verdicts) if v.transaction), None)
    if verdict is None:  # the WATCH was before the recording
        return (Span("a watched key had changed"),)
    watcher = Span(name(verdict.watcher), "client", verdict.watcher)
    if verdict.culprit is None or verdict.key is None:
        return (*_watched(verdict), Span(_fate(verdict)), watcher, Span(" was watching"))
    key = Span(name(verdict.key), "code")
    culprit = Span(name(verdict.culprit), "client", verdict.culprit)
    if verdict.culprit == verdict.watcher:
        probably = "" if verdict.certain else "probably "
        return (
            watcher,
            Span(f" {probably}changed "),
            key,
            Span(" itself, after its WATCH"),
        )
    deed = (
        culprit,
        Span(" changed "),
        key,
        Span(" while "),
        watcher,
        Span(" was watching it"),
    )
    return deed if verdict.certain else (Span("probably "), *deed)


def _fate(verdict: Verdict) -> str:
    """What happened to the key, when no client is blamed."""
    match verdict.cause, verdict.level:
        case "expired", "exact":
            return " expired while "
        case "expired", _:
            return " probably expired while "
        case "evicted", _:
            return " was evicted, as memory was full, while "
        case _:
            return " changed while "


def _watched(verdict: Verdict) -> Phrase:
    if verdict.key is not None:
        return (Span(name(verdict.key), "code"),)
    if len(verdict.keys) == 1:
        return (Span(name(verdict.keys[0]), "code"),)
    return (Span(f"one of {len(verdict.keys)} keys"),)


def _lost(verdict: Verdict) -> Phrase:
    key = Span(name(verdict.key or b""), "code")
    deed: Phrase = (key, Span(" expired" if verdict.cause == "expired" else " changed"))
    if verdict.culprit is not None:
        culprit = Span(name(verdict.culprit), "client", verdict.culprit)
        probably = "" if verdict.certain else "probably "
        deed = (culprit, Span(f" {probably}changed "), key)
    return (
        *deed,
        Span(": "),
        Span(name(verdict.watcher), "client", verdict.watcher),
        Span("'s EXEC will return "),
        Span("nil", "bad"),
    )


def _single(timeline: Timeline, last: Transaction) -> Phrase:
    client = Span(name(last.client), "client", last.client)
    number = count(len(last.commands), "command")
    match last.ending:
        case "committed":
            return (Span("EXEC "), Span("ran", "good"), *_ran(timeline, last, number))
        case "refused":
            wrong = "a command was wrong when it was queued"
            return (Span("EXEC "), Span("ran nothing", "bad"), Span(f": {wrong}"))
        case "discarded":
            return (Span("DISCARD: "), client, Span(f" threw {number} away, none ran"))
        case _:
            return (Span("The link was lost", "bad"), Span(" before EXEC was answered"))


def _ran(timeline: Timeline, last: Transaction, number: str) -> Phrase:
    every = Span(f" {'' if len(last.commands) == 1 else 'all '}{number}")
    wrong = sum(isinstance(command.result, Exception) for command in last.commands)
    if wrong:
        fault = f"{wrong} answered with an error, and nothing was rolled back"
        return (every, Span(": "), Span(fault, "bad"))
    if any(w.last == last.step for w in timeline.watches):
        return (every, Span(": no watched key had changed"))
    return (every, Span(", with nobody else's in between"))


def _quiet(timeline: Timeline) -> Phrase:
    packets = len(timeline.packets)
    commands = sum(len(packet.commands) for packet in timeline.packets)
    if not timeline.steps:
        return (Span("Nothing was recorded"),)
    if not packets:
        return (Span("Nothing was sent yet: the commands wait in Python"),)
    return (Span(f"{count(commands, 'command')} in {count(packets, 'packet')}"),)


def _tally(timeline: Timeline) -> Phrase:
    if len(timeline.lanes) == 1 and not timeline.transactions:
        (client,) = timeline.lanes  # the headline has the figures already
        return (Span("by "), Span(name(client), "client", client))
    spans: list[Span] = []
    for client in timeline.lanes[:3]:
        own = [packet for packet in timeline.packets if packet.client == client]
        number = sum(len(packet.commands) for packet in own)
        spans += [Span(" · ")] if spans else []
        spans.append(Span(name(client), "client", client))
        sent = f"{count(number, 'command')} in {count(len(own), 'packet')}"
        spans.append(Span(f" sent {sent}"))
    if len(timeline.lanes) > 3:
        spans.append(Span(f" · and {count(len(timeline.lanes) - 3, 'more client')}"))
    return tuple(spans)


# --- blame -------------------------------------------------------------------------------


def _blame(verdict: Verdict) -> Phrase:
    if verdict.command is None or verdict.culprit is None:
        return (Span(_UNBLAMED[verdict.cause, verdict.level]),)
    command = Span(said(verdict.command, 32), "code", verdict.culprit)
    return (Span("by " if verdict.certain else "probably by "), command)


_ANYBODY = "no recorded client wrote it: another client did, or it expired"
_UNBLAMED = defaultdict(
    lambda: _ANYBODY,
    {
        ("expired", "exact"): "by the server: its time to live ran out",
        ("expired", "after"): "nobody touched it, so its time to live ran out",
        ("evicted", "exact"): "by the server, to make room",
        ("unknown", "key"): "the server told which key it was, and not who wrote it",
    },
)
"""Why the key changed, when no client is blamed."""


def _deed(verdict: Verdict) -> Phrase:
    """Who did it, when the headline had no room for it."""
    if verdict.command is None or verdict.culprit is None:
        return _blame(verdict)
    culprit = Span(name(verdict.culprit), "client", verdict.culprit)
    command = Span(said(verdict.command, 24), "code", verdict.culprit)
    return (culprit, Span("'s " if verdict.certain else "'s (probably) "), command, _CAME)


_CAME = Span(" came between WATCH and EXEC")


def _unrun(timeline: Timeline, verdict: Verdict) -> str:
    transaction = next(t for t in timeline.transactions if t.number == verdict.transaction)
    number = len(transaction.commands)
    match number:
        case 0:
            return "nothing was queued"
        case 1:
            return "the queued command did not run"
        case _:
            return f"none of the {number} queued commands ran"


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")
