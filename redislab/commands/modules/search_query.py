"""What to search for, and how to give it: a query in the making.

Query("hello @price:[10 20]").return_fields("title").sort_by("price").paging(0, 5)
"""

from __future__ import annotations

from typing import Any, Self

from redislab.commands.run import option, switches

DIALECT = 2
"""The dialect of the query language, unless ``dialect`` says another."""


class Query:
    """A query and its options; each method gives the query itself."""

    def __init__(self, query_string: str) -> None:
        self._text = query_string
        self._switches: dict[str, bool] = {}
        self._options: dict[str, Any] = {}
        self._filters: list[Any] = []
        self._returned: list[str] = []
        self._marks: list[Any] = []
        self._page = (0, 10)
        self.encodings: dict[str, str | None] = {}
        """How fields are decoded that ``return_field`` named; None leaves them bytes."""

    # --- which documents ---------------------------------------------------------------

    def limit_ids(self, *ids: str) -> Self:
        """Only these documents."""
        return self._set("INKEYS", (len(ids), *ids))

    def limit_fields(self, *fields: str) -> Self:
        """Look only in these text fields."""
        return self._set("INFIELDS", (len(fields), *fields))

    def add_filter(self, flt: Filter) -> Self:
        """Only documents within a range, or near a place."""
        self._filters += flt.args
        return self

    def slop(self, slop: int) -> Self:
        """So many other words may stand between the words of a phrase."""
        return self._set("SLOP", (slop,))

    def in_order(self) -> Self:
        """The words must come in the order of the query."""
        return self._switch("INORDER")

    def verbatim(self) -> Self:
        """No other forms of the words."""
        return self._switch("VERBATIM")

    def no_stopwords(self) -> Self:
        """Do not ignore stop words."""
        return self._switch("NOSTOPWORDS")

    def language(self, language: str) -> Self:
        """The language of the words, for their other forms."""
        return self._set("LANGUAGE", (language,))

    def expander(self, expander: str) -> Self:
        """What makes other forms of the words."""
        return self._set("EXPANDER", (expander,))

    # --- in which order, which part ------------------------------------------------------

    def scorer(self, scorer: str) -> Self:
        """What judges how well a document fits: BM25STD, TFIDF ..."""
        return self._set("SCORER", (scorer,))

    def sort_by(self, field: str, asc: bool = True) -> Self:
        """In the order of a field, not of the scores."""
        return self._set("SORTBY", (field, "ASC" if asc else "DESC"))

    def paging(self, offset: int, num: int) -> Self:
        """Skip so many, give at most so many; 0 and 10 by default."""
        self._page = (offset, num)
        return self

    def timeout(self, timeout: float) -> Self:
        """Milliseconds after which the server gives up."""
        return self._set("TIMEOUT", (timeout,))

    def dialect(self, dialect: int) -> Self:
        """The dialect of the query language; 2 by default."""
        return self._set("DIALECT", (dialect,))

    # --- what comes back -----------------------------------------------------------------

    def no_content(self) -> Self:
        """Only the ids."""
        return self._switch("NOCONTENT")

    def with_scores(self) -> Self:
        """With the score of each document."""
        return self._switch("WITHSCORES")

    def with_payloads(self) -> Self:
        """With the payload of each document."""
        return self._switch("WITHPAYLOADS")

    def return_fields(self, *fields: str) -> Self:
        """Only these fields."""
        for field in fields:
            self.return_field(field)
        return self

    def return_field(
        self,
        field: str,
        as_field: str | None = None,
        decode_field: bool | None = True,
        encoding: str | None = "utf8",
    ) -> Self:
        """This field too, under another name if ``as_field``; bytes without decoding."""
        self._returned += (field, *option("AS", as_field))
        self.encodings[as_field or field] = encoding if decode_field else None
        return self

    def summarize(
        self,
        fields: list[str] | str | None = None,
        context_len: int | None = None,
        num_frags: int | None = None,
        sep: str | None = None,
    ) -> Self:
        """Of these fields, or all, only the parts around the words that were found."""
        self._marks += (
            *("SUMMARIZE", *_fields(fields), *option("LEN", context_len)),
            *option("FRAGS", num_frags),
            *option("SEPARATOR", sep),
        )
        return self

    def highlight(
        self, fields: list[str] | str | None = None, tags: list[str] | None = None
    ) -> Self:
        """Put two tags around the words that were found."""
        self._marks += ("HIGHLIGHT", *_fields(fields), *(("TAGS", *tags) if tags else ()))
        return self

    # --- what it says ------------------------------------------------------------------

    def has(self, word: str) -> bool:
        """Whether an option without a value was given: NOCONTENT, WITHSCORES ..."""
        return self._switches.get(word, False)

    def get_args(self) -> list[Any]:
        """The words it sends."""
        options = {"DIALECT": (DIALECT,), **self._options}
        returned = ("RETURN", len(self._returned), *self._returned)
        return [
            self._text,
            *switches(**self._switches),
            *self._filters,
            *(word for name, values in options.items() for word in (name, *values)),
            *(returned if self._returned else ()),
            *self._marks,
            *("LIMIT", *self._page),
        ]

    def _switch(self, word: str) -> Self:
        self._switches[word] = True
        return self

    def _set(self, word: str, values: tuple[Any, ...]) -> Self:
        self._options[word] = values
        return self


class Filter:
    """A condition beside the query's text."""

    def __init__(self, keyword: str, field: str, *args: Any) -> None:
        self.args = [keyword, field, *args]


class NumericFilter(Filter):
    """A field is within two numbers, or ``"-inf"`` and ``"+inf"``; both included."""

    def __init__(
        self,
        field: str,
        minval: float | str,
        maxval: float | str,
        minExclusive: bool = False,  # noqa: N803  redis-py's name
        maxExclusive: bool = False,  # noqa: N803  redis-py's name
    ) -> None:
        lowest = f"({minval}" if minExclusive else minval
        highest = f"({maxval}" if maxExclusive else maxval
        super().__init__("FILTER", field, lowest, highest)


class GeoFilter(Filter):
    """A place is within ``radius`` of another."""

    def __init__(
        self, field: str, lon: float, lat: float, radius: float, unit: str = "km"
    ) -> None:
        super().__init__("GEOFILTER", field, lon, lat, radius, unit)


def _fields(names: list[str] | str | None) -> tuple[Any, ...]:
    if not names:
        return ()
    several = [names] if isinstance(names, str) else names
    return ("FIELDS", len(several), *several)
