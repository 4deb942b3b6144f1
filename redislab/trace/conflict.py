"""Who changed a watched key: the judgement after EXEC answered nil, or while one watches.

EXEC's answer says only *that* a watched key changed. What else is known decides, the best
first (``verdict.py`` names the levels):

1. The server's own account, when a spy recorded it (``account.py``).
2. The recorded clients' own commands (``journal.py``). When the server told the watcher
   which key it was (``tracking.py``), only writes to that one are suspect.
3. The key that the server told, if nobody recorded wrote it.
4. What is left. When the server told of everything up to EXEC, or told the watcher of
   every change, and there was nothing, then one cause remains that it never tells of: the
   key's time to live ran out, and nobody has looked since.
5. Nothing: another client, the key's time to live, or the server itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from redislab.events import KeyTouched
from redislab.trace.account import Account, number_of
from redislab.trace.journal import Journal
from redislab.trace.loss import Loss, losses
from redislab.trace.steps import Buffered, Command, Packet, Step, Transaction, Watch
from redislab.trace.tracking import Tracked
from redislab.trace.verdict import Cause, Verdict


def judge(
    steps: Iterable[Step],
    transactions: Iterable[Transaction],
    watches: Iterable[Watch],
    account: Account,
    tracked: Tracked,
) -> tuple[Verdict, ...]:
    """A verdict for each aborted EXEC, and for each standing watch that is lost."""
    packets = {step.index: step for step in steps if not isinstance(step, Buffered)}
    known = tuple(transactions)
    bench = _Bench(packets, known, account, tracked)
    found = (bench.verdict(loss) for loss in losses(packets, known, watches))
    return tuple(verdict for verdict in found if verdict is not None)


class _Bench:
    """All the evidence there is."""

    def __init__(
        self,
        packets: dict[int, Packet],
        transactions: Iterable[Transaction],
        account: Account,
        tracked: Tracked,
    ) -> None:
        self._packets = packets
        self._journal = Journal(packets, transactions)
        self._account = account
        self._tracked = tracked
        self._steps = {c.number: p.index for p in packets.values() for c in p.commands}

    def verdict(self, loss: Loss) -> Verdict | None:
        """The best there is; None for a watch that stands and is not known to be lost."""
        exact = self._by_account(loss)
        if exact is not None:
            return exact
        key = self._tracked.changed(loss.numbers)
        suspected = self._journal.verdict(loss, key)
        if suspected is not None and (loss.exec_ or suspected.certain or key is not None):
            return suspected
        if key is not None:
            return replace(loss.verdict, key=key, level="key")
        return self._by_elimination(loss) if loss.exec_ else None

    def _by_account(self, loss: Loss) -> Verdict | None:
        if loss.exec_ is None:
            touch = self._account.broke(loss.numbers)
        elif self._account.saw_nothing(loss.exec_.number):
            return self._by_elimination(loss)
        else:
            touch = self._account.culprit(loss.exec_.number)
        return None if touch is None else self._exact(loss, touch)

    def _exact(self, loss: Loss, touch: KeyTouched) -> Verdict:
        number, culprit = number_of(touch), touch.name or touch.address
        command = Command(number, culprit, touch.arguments) if touch.arguments else None
        return replace(
            loss.verdict,
            step=self._steps.get(number),
            culprit=culprit or None,
            command=command,
            key=touch.key,
            certain=True,
            level="exact",
            cause=_CAUSES.get(touch.change, "command" if command else "unknown"),
            server_us=touch.server_us,
        )

    def _by_elimination(self, loss: Loss) -> Verdict:
        assert loss.exec_ is not None
        number, step = loss.exec_.number, self._packets.get(loss.exec_.step)
        over = (step and step.answered) or 0
        key = self._tracked.expired(loss.numbers, over)
        if key is None and not self._account.saw_nothing(number):
            return loss.verdict
        if key is None and len(loss.keys) == 1:
            (key,) = loss.keys
        return replace(loss.verdict, key=key, level="after", cause="expired")


_CAUSES: dict[str, Cause] = {"expired": "expired", "evicted": "evicted"}
