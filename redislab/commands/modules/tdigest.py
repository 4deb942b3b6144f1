"""Quantiles of a stream of numbers: ``client.tdigest()``.

A t-digest answers "below what are 99 % of them?" from a summary of fixed size, best near
the ends. Of an empty one there is nothing to tell: the number is NaN.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from redislab.commands.modules.family import Family
from redislab.commands.modules.sketches import Facts, facts
from redislab.commands.replies import number, numbers, ok
from redislab.commands.run import Key, T, option, switches

if TYPE_CHECKING:
    from redislab.connection.session import Reply


class TDigest(Family[T]):
    """The group ``tdigest``."""

    __slots__ = ()

    def create(self, key: Key, compression: int = 100) -> Reply[bool]:
        """``TDIGEST.CREATE key COMPRESSION n``: True; a new digest. More is more exact.

        https://redis.io/docs/latest/commands/tdigest.create/
        """
        return self._run(("TDIGEST.CREATE", key, "COMPRESSION", compression), ok)

    def reset(self, key: Key) -> Reply[bool]:
        """``TDIGEST.RESET key``: True; it is empty.

        https://redis.io/docs/latest/commands/tdigest.reset/
        """
        return self._run(("TDIGEST.RESET", key), ok)

    def add(self, key: Key, values: Iterable[float]) -> Reply[bool]:
        """``TDIGEST.ADD key number ...``: True.

        https://redis.io/docs/latest/commands/tdigest.add/
        """
        return self._run(("TDIGEST.ADD", key, *values), ok)

    def merge(
        self,
        destination_key: Key,
        num_keys: int,
        *keys: Key,
        compression: int | None = None,
        override: bool = False,
    ) -> Reply[bool]:
        """``TDIGEST.MERGE dest n source ...``: True; ``dest`` has what any of them has.

        ``override``: and loses what it had.
        https://redis.io/docs/latest/commands/tdigest.merge/
        """
        words = (*option("COMPRESSION", compression), *switches(OVERRIDE=override))
        return self._run(("TDIGEST.MERGE", destination_key, num_keys, *keys, *words), ok)

    def min(self, key: Key) -> Reply[float]:
        """``TDIGEST.MIN key``: the least number.

        https://redis.io/docs/latest/commands/tdigest.min/
        """
        return self._run(("TDIGEST.MIN", key), number)

    def max(self, key: Key) -> Reply[float]:
        """``TDIGEST.MAX key``: the greatest number.

        https://redis.io/docs/latest/commands/tdigest.max/
        """
        return self._run(("TDIGEST.MAX", key), number)

    def quantile(self, key: Key, quantile: float, *quantiles: float) -> Reply[list[float]]:
        """``TDIGEST.QUANTILE key quantile ...``: for each, from 0 to 1, the number below
        which that part of them is.

        https://redis.io/docs/latest/commands/tdigest.quantile/
        """
        return self._run(("TDIGEST.QUANTILE", key, quantile, *quantiles), numbers)

    def cdf(self, key: Key, value: float, *values: float) -> Reply[list[float]]:
        """``TDIGEST.CDF key number ...``: for each the part of them that is below it.

        https://redis.io/docs/latest/commands/tdigest.cdf/
        """
        return self._run(("TDIGEST.CDF", key, value, *values), numbers)

    def trimmed_mean(
        self, key: Key, low_cut_quantile: float, high_cut_quantile: float
    ) -> Reply[float]:
        """``TDIGEST.TRIMMED_MEAN key low high``: the mean of those between two quantiles.

        https://redis.io/docs/latest/commands/tdigest.trimmed_mean/
        """
        words = (key, low_cut_quantile, high_cut_quantile)
        return self._run(("TDIGEST.TRIMMED_MEAN", *words), number)

    def rank(self, key: Key, value: float, *values: float) -> Reply[list[int]]:
        """``TDIGEST.RANK key number ...``: how many are below each.

        https://redis.io/docs/latest/commands/tdigest.rank/
        """
        return self._run(("TDIGEST.RANK", key, value, *values))

    def revrank(self, key: Key, value: float, *values: float) -> Reply[list[int]]:
        """``TDIGEST.REVRANK key number ...``: how many are above each.

        https://redis.io/docs/latest/commands/tdigest.revrank/
        """
        return self._run(("TDIGEST.REVRANK", key, value, *values))

    def byrank(self, key: Key, rank: int, *ranks: int) -> Reply[list[float]]:
        """``TDIGEST.BYRANK key rank ...``: the number of each rank, from the least.

        https://redis.io/docs/latest/commands/tdigest.byrank/
        """
        return self._run(("TDIGEST.BYRANK", key, rank, *ranks), numbers)

    def byrevrank(self, key: Key, rank: int, *ranks: int) -> Reply[list[float]]:
        """``TDIGEST.BYREVRANK key rank ...``: the number of each rank, from the greatest.

        https://redis.io/docs/latest/commands/tdigest.byrevrank/
        """
        return self._run(("TDIGEST.BYREVRANK", key, rank, *ranks), numbers)

    def info(self, key: Key) -> Reply[Facts]:
        """``TDIGEST.INFO key``: compression, capacity, nodes, memory ...

        https://redis.io/docs/latest/commands/tdigest.info/
        """
        return self._run(("TDIGEST.INFO", key), facts)
