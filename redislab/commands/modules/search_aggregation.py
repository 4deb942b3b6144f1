"""Aggregations: documents grouped, counted, sorted, as a pipeline of steps.

AggregateRequest("*").group_by("@city", Reducer("COUNT").alias("people"))
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from redislab.commands.modules.search_query import DIALECT
from redislab.commands.run import option


class Reducer:
    """What becomes of a group: COUNT, COUNT_DISTINCT, SUM, MIN, MAX, AVG, STDDEV, QUANTILE,
    TOLIST, FIRST_VALUE, RANDOM_SAMPLE; and its arguments.
    """

    def __init__(self, name: str, *args: Any) -> None:
        self._words: tuple[Any, ...] = ("REDUCE", name, len(args), *args)

    def alias(self, alias: str) -> Self:
        """The name of its result."""
        self._words = (*self._words, "AS", alias)
        return self

    @property
    def args(self) -> tuple[Any, ...]:
        """The words it sends."""
        return self._words


class SortDirection:
    """A field to sort by; see ``Asc`` and ``Desc``."""

    direction = "ASC"

    def __init__(self, field: str) -> None:
        self.field = field


class Asc(SortDirection):
    """From the least up."""


class Desc(SortDirection):
    """From the greatest down."""

    direction = "DESC"


class AggregateRequest:
    """An aggregation; steps run in the order in which they are added, and each method gives
    the request itself.
    """

    def __init__(self, query: str = "*") -> None:
        self._query = query
        self._before: list[Any] = []
        self._steps: list[Any] = []
        self._cursor: tuple[Any, ...] = ()
        self._dialect = DIALECT

    def load(self, *fields: str) -> Self:
        """Read these fields of the documents; all, when none is named."""
        self._before += ("LOAD", len(fields), *fields) if fields else ("LOAD", "*")
        return self

    def verbatim(self) -> Self:
        """No other forms of the query's words."""
        self._before.append("VERBATIM")
        return self

    def add_scores(self) -> Self:
        """With the documents' scores, as ``@__score``."""
        self._before.append("ADDSCORES")
        return self

    def scorer(self, scorer: str) -> Self:
        """What judges how well a document fits."""
        self._before += ("SCORER", scorer)
        return self

    def group_by(self, fields: str | Sequence[str], *reducers: Reducer) -> Self:
        """One row for each value of these fields."""
        names = [fields] if isinstance(fields, str) else fields
        self._steps += ("GROUPBY", len(names), *names)
        for reducer in reducers:
            self._steps += reducer.args
        return self

    def apply(self, **kwexpr: str) -> Self:
        """A new field from an expression: ``apply(total="@price * @count")``."""
        for alias, expression in kwexpr.items():
            self._steps += ("APPLY", expression, "AS", alias)
        return self

    def filter(self, expressions: str | Sequence[str]) -> Self:
        """Only rows for which these are true."""
        for one in [expressions] if isinstance(expressions, str) else expressions:
            self._steps += ("FILTER", one)
        return self

    def sort_by(self, *fields: str | SortDirection, max: int = 0) -> Self:  # noqa: A002  redis-py's
        """In the order of these fields; only the first ``max``, if given."""
        words: list[str] = []
        for one in fields:
            words += (
                (one.field, one.direction) if isinstance(one, SortDirection) else (one,)
            )
        self._steps += ("SORTBY", len(words), *words, *option("MAX", max or None))
        return self

    def limit(self, offset: int, num: int) -> Self:
        """Skip so many rows, give at most so many."""
        self._steps += ("LIMIT", offset, num)
        return self

    def cursor(self, count: int = 0, max_idle: float = 0.0) -> Self:
        """Give ``count`` rows a call; the server forgets the rest after ``max_idle``
        seconds.
        """
        idle = int(max_idle * 1000) or None
        self._cursor = (
            "WITHCURSOR",
            *option("COUNT", count or None),
            *option("MAXIDLE", idle),
        )
        return self

    def dialect(self, dialect: int) -> Self:
        """The dialect of the query language; 2 by default."""
        self._dialect = dialect
        return self

    @property
    def has_cursor(self) -> bool:
        """Whether rows come in several calls."""
        return bool(self._cursor)

    def build_args(self) -> list[Any]:
        """The words it sends."""
        dialect = ("DIALECT", self._dialect)
        return [self._query, *self._before, *dialect, *self._steps, *self._cursor]


class Cursor:
    """Where an aggregation goes on. Set ``count`` for another number of rows."""

    def __init__(self, cid: int) -> None:
        self.cid = cid
        self.max_idle = 0
        self.count = 0

    def build_args(self) -> list[Any]:
        """The words it sends."""
        counts = option("COUNT", self.count or None)
        return [self.cid, *option("MAXIDLE", self.max_idle or None), *counts]
