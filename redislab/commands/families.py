"""The ways to the families of Redis 8: ``client.json()``, ``client.bf()`` ...

A family is a folder's worth of methods that most programs never use, so it is imported when
it is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redislab.commands.run import Run, T

if TYPE_CHECKING:
    from redislab.commands.modules.bloom import Bloom, Cuckoo
    from redislab.commands.modules.counts import CountMinSketch, TopK
    from redislab.commands.modules.json import Json
    from redislab.commands.modules.search import Search
    from redislab.commands.modules.tdigest import TDigest
    from redislab.commands.modules.timeseries import TimeSeries
    from redislab.commands.modules.vectors import VectorSet


class Families(Run[T]):
    """One method a family; each gives an object whose methods say its commands."""

    __slots__ = ()

    def json(self) -> Json[T]:
        """JSON documents: ``client.json().set("k", "$", {"a": 1})``."""
        from redislab.commands.modules.json import Json

        return Json(self)

    def vset(self) -> VectorSet[T]:
        """Vector sets: ``client.vset().vsim("words", "king")``."""
        from redislab.commands.modules.vectors import VectorSet

        return VectorSet(self)

    def ft(self, index_name: str = "idx") -> Search[T]:
        """An index to search: ``client.ft("books").search("redis")``."""
        from redislab.commands.modules.search import Search

        return Search(self, index_name)

    def ts(self) -> TimeSeries[T]:
        """Time series: ``client.ts().add("heat", "*", 21.5)``."""
        from redislab.commands.modules.timeseries import TimeSeries

        return TimeSeries(self)

    def bf(self) -> Bloom[T]:
        """Bloom filters: ``client.bf().add("seen", "x")``."""
        from redislab.commands.modules.bloom import Bloom

        return Bloom(self)

    def cf(self) -> Cuckoo[T]:
        """Cuckoo filters: ``client.cf().add("seen", "x")``."""
        from redislab.commands.modules.bloom import Cuckoo

        return Cuckoo(self)

    def cms(self) -> CountMinSketch[T]:
        """Count-min sketches: ``client.cms().query("visits", "x")``."""
        from redislab.commands.modules.counts import CountMinSketch

        return CountMinSketch(self)

    def topk(self) -> TopK[T]:
        """The items counted most: ``client.topk().list("visits")``."""
        from redislab.commands.modules.counts import TopK

        return TopK(self)

    def tdigest(self) -> TDigest[T]:
        """Quantiles of numbers: ``client.tdigest().quantile("times", 0.99)``."""
        from redislab.commands.modules.tdigest import TDigest

        return TDigest(self)


FAMILIES = frozenset(name for name in vars(Families) if not name.startswith("_"))
"""The names of these methods."""
