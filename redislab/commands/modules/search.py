"""Search: an index over hashes or JSON documents. ``client.ft("index")``.

Fields and documents are described in ``search_schema.py``, queries in ``search_query.py``,
aggregations in ``search_aggregation.py``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from redislab.commands.modules.family import Family
from redislab.commands.modules.search_aggregation import AggregateRequest, Cursor
from redislab.commands.modules.search_query import Query
from redislab.commands.modules.search_replies import (
    AggregateResult,
    Result,
    Suggestion,
    about_index,
    corrections,
    found,
    rows,
    suggestions,
    synonyms,
)
from redislab.commands.modules.search_schema import Field, IndexDefinition
from redislab.commands.replies import ok, pairs
from redislab.commands.run import Key, Run, T, Value, option, switches
from redislab.exceptions import DataError

if TYPE_CHECKING:
    from redislab.connection.session import Reply


class Search(Family[T]):
    """The groups ``search`` and ``suggestion``."""

    __slots__ = ("index_name",)

    def __init__(self, owner: Run[T], index_name: str = "idx") -> None:
        super().__init__(owner)
        self.index_name = index_name

    # --- the index -------------------------------------------------------------------

    def create_index(
        self,
        fields: Field | Sequence[Field],
        no_term_offsets: bool = False,
        no_field_flags: bool = False,
        stopwords: Sequence[str] | None = None,
        definition: IndexDefinition | None = None,
        max_text_fields: bool = False,
        temporary: int | None = None,
        no_highlight: bool = False,
        no_term_frequencies: bool = False,
        skip_initial_scan: bool = False,
    ) -> Reply[bool]:
        """``FT.CREATE index SCHEMA field ...``: True; documents are being indexed.

        - ``definition``: which keys; ``skip_initial_scan``: not those that are there.
        - ``stopwords``: words to ignore; none with an empty list.
        - ``temporary``: it is gone after so many seconds without use.
        - the others leave something out to save memory, or make room for many fields.

        https://redis.io/docs/latest/commands/ft.create/
        """
        words = (
            *(definition.args if definition else ()),
            *switches(MAXTEXTFIELDS=max_text_fields),
            *option("TEMPORARY", temporary),
            *switches(NOOFFSETS=no_term_offsets, NOHL=no_highlight),
            *switches(NOFIELDS=no_field_flags, NOFREQS=no_term_frequencies),
            *switches(SKIPINITIALSCAN=skip_initial_scan),
            *(() if stopwords is None else ("STOPWORDS", len(stopwords), *stopwords)),
            *("SCHEMA", *_schema(fields)),
        )
        return self._run(("FT.CREATE", self.index_name, *words), ok)

    def alter_schema_add(self, fields: Field | Sequence[Field]) -> Reply[bool]:
        """``FT.ALTER index SCHEMA ADD field ...``: True; the index has these too.

        https://redis.io/docs/latest/commands/ft.alter/
        """
        words = ("SCHEMA", "ADD", *_schema(fields))
        return self._run(("FT.ALTER", self.index_name, *words), ok)

    def dropindex(self, delete_documents: bool = False) -> Reply[bool]:
        """``FT.DROPINDEX index``: True; it is gone, and with ``delete_documents`` they are.

        https://redis.io/docs/latest/commands/ft.dropindex/
        """
        return self._run(
            ("FT.DROPINDEX", self.index_name, *switches(DD=delete_documents)), ok
        )

    def info(self) -> Reply[dict[str, Any]]:
        """``FT.INFO index``: its fields, documents, memory ... by the server's names.

        https://redis.io/docs/latest/commands/ft.info/
        """
        return self._run(("FT.INFO", self.index_name), about_index)

    def indexes(self) -> Reply[list[T]]:
        """``FT._LIST``: the names of all indexes.

        https://redis.io/docs/latest/commands/ft._list/
        """
        return self._run(("FT._LIST",))

    def aliasadd(self, alias: str) -> Reply[bool]:
        """``FT.ALIASADD alias index``: True; the index has this name too.

        https://redis.io/docs/latest/commands/ft.aliasadd/
        """
        return self._run(("FT.ALIASADD", alias, self.index_name), ok)

    def aliasupdate(self, alias: str) -> Reply[bool]:
        """``FT.ALIASUPDATE alias index``: True; the name belongs to this index now.

        https://redis.io/docs/latest/commands/ft.aliasupdate/
        """
        return self._run(("FT.ALIASUPDATE", alias, self.index_name), ok)

    def aliasdel(self, alias: str) -> Reply[bool]:
        """``FT.ALIASDEL alias``: True; nothing has this name.

        https://redis.io/docs/latest/commands/ft.aliasdel/
        """
        return self._run(("FT.ALIASDEL", alias), ok)

    # --- searching -------------------------------------------------------------------

    def search(
        self, query: str | Query, query_params: Mapping[str, Value] | None = None
    ) -> Reply[Result]:
        """``FT.SEARCH index query``: how many were found in all, and a page of documents.

        ``query_params`` stand in the query as ``$name``.
        https://redis.io/docs/latest/commands/ft.search/
        """
        asked = _query(query)
        words = (*asked.get_args(), *_parameters(query_params))
        return self._run(
            ("FT.SEARCH", self.index_name, *words), partial(found, query=asked)
        )

    def explain(
        self, query: str | Query, query_params: Mapping[str, Value] | None = None
    ) -> Reply[T]:
        """``FT.EXPLAIN index query``: how the server reads the query, as text.

        https://redis.io/docs/latest/commands/ft.explain/
        """
        words = (*_query(query).get_args(), *_parameters(query_params))
        return self._run(("FT.EXPLAIN", self.index_name, *words))

    def explain_cli(self, query: str | Query) -> Reply[list[T]]:
        """``FT.EXPLAINCLI index query``: ``explain`` as a list of lines.

        https://redis.io/docs/latest/commands/ft.explaincli/
        """
        return self._run(("FT.EXPLAINCLI", self.index_name, *_query(query).get_args()))

    def aggregate(
        self,
        query: AggregateRequest | Cursor,
        query_params: Mapping[str, Value] | None = None,
    ) -> Reply[AggregateResult]:
        """``FT.AGGREGATE index query ...``, or ``FT.CURSOR READ index cursor``: rows.

        For a cursor, the next ones.

        https://redis.io/docs/latest/commands/ft.aggregate/
        """
        parameters = _parameters(query_params)
        if isinstance(query, Cursor):
            words = ("FT.CURSOR", "READ", self.index_name, *query.build_args())
            return self._run((*words, *parameters), partial(rows, has_cursor=True))
        words = ("FT.AGGREGATE", self.index_name, *query.build_args())
        return self._run((*words, *parameters), partial(rows, has_cursor=query.has_cursor))

    def cursor_del(self, cursor: Cursor) -> Reply[bool]:
        """``FT.CURSOR DEL index cursor``: True; the server forgets the rows to come.

        https://redis.io/docs/latest/commands/ft.cursor-del/
        """
        return self._run(("FT.CURSOR", "DEL", self.index_name, cursor.cid), ok)

    def profile(
        self,
        query: str | Query | AggregateRequest,
        limited: bool = False,
        query_params: Mapping[str, Value] | None = None,
    ) -> Reply[Any]:
        """``FT.PROFILE index SEARCH|AGGREGATE QUERY query``: the raw reply: the results,
        and where the time went.

        https://redis.io/docs/latest/commands/ft.profile/
        """
        if isinstance(query, AggregateRequest):
            kind, words = "AGGREGATE", query.build_args()
        else:
            kind, words = "SEARCH", _query(query).get_args()
        how = (kind, *switches(LIMITED=limited), "QUERY")
        parameters = _parameters(query_params)
        return self._run(("FT.PROFILE", self.index_name, *how, *words, *parameters))

    # --- words -----------------------------------------------------------------------

    def spellcheck(
        self,
        query: str,
        distance: int | None = None,
        include: str | None = None,
        exclude: str | None = None,
    ) -> Reply[dict[str, list[dict[str, str]]]]:
        """``FT.SPELLCHECK index query``: for each unknown word those it may have meant.

        They differ in at most ``distance`` letters; ``include`` and ``exclude`` are
        dictionaries of words known besides, or not to be proposed.
        https://redis.io/docs/latest/commands/ft.spellcheck/
        """
        words = (
            *option("DISTANCE", distance),
            *(("TERMS", "INCLUDE", include) if include else ()),
            *(("TERMS", "EXCLUDE", exclude) if exclude else ()),
        )
        return self._run(("FT.SPELLCHECK", self.index_name, query, *words), corrections)

    def dict_add(self, name: str, *terms: str) -> Reply[int]:
        """``FT.DICTADD name word ...``: how many are new in the dictionary.

        https://redis.io/docs/latest/commands/ft.dictadd/
        """
        return self._run(("FT.DICTADD", name, *terms))

    def dict_del(self, name: str, *terms: str) -> Reply[int]:
        """``FT.DICTDEL name word ...``: how many there were and now are not.

        https://redis.io/docs/latest/commands/ft.dictdel/
        """
        return self._run(("FT.DICTDEL", name, *terms))

    def dict_dump(self, name: str) -> Reply[list[T]]:
        """``FT.DICTDUMP name``: all words of the dictionary.

        https://redis.io/docs/latest/commands/ft.dictdump/
        """
        return self._run(("FT.DICTDUMP", name))

    def tagvals(self, tagfield: str) -> Reply[list[T]]:
        """``FT.TAGVALS index field``: all values of a tag field.

        https://redis.io/docs/latest/commands/ft.tagvals/
        """
        return self._run(("FT.TAGVALS", self.index_name, tagfield))

    def synupdate(
        self, groupid: str, skipinitial: bool = False, *terms: str
    ) -> Reply[bool]:
        """``FT.SYNUPDATE index group word ...``: True; these words mean the same.

        https://redis.io/docs/latest/commands/ft.synupdate/
        """
        words = (*switches(SKIPINITIALSCAN=skipinitial), *terms)
        return self._run(("FT.SYNUPDATE", self.index_name, groupid, *words), ok)

    def syndump(self) -> Reply[dict[str, list[str]]]:
        """``FT.SYNDUMP index``: {word: its groups}.

        https://redis.io/docs/latest/commands/ft.syndump/
        """
        return self._run(("FT.SYNDUMP", self.index_name), synonyms)

    # --- the module's settings -----------------------------------------------------------

    def config_get(self, option: str) -> Reply[dict[T, Any]]:
        """``FT.CONFIG GET option``: settings that match.

        https://redis.io/docs/latest/commands/ft.config-get/
        """
        return self._run(("FT.CONFIG", "GET", option), pairs)

    def config_set(self, option: str, value: Value) -> Reply[bool]:
        """``FT.CONFIG SET option value``: True.

        https://redis.io/docs/latest/commands/ft.config-set/
        """
        return self._run(("FT.CONFIG", "SET", option, value), ok)

    # --- completing what somebody types --------------------------------------------

    def sugadd(
        self, key: Key, suggestion: Suggestion, increment: bool = False
    ) -> Reply[int]:
        """``FT.SUGADD key text score``: how many suggestions there are now.

        ``increment`` adds to the score of one that is there. Several go in a pipeline.
        https://redis.io/docs/latest/commands/ft.sugadd/
        """
        words = (*switches(INCR=increment), *option("PAYLOAD", suggestion.payload))
        return self._run(("FT.SUGADD", key, suggestion.string, suggestion.score, *words))

    def sugget(
        self,
        key: Key,
        prefix: str,
        fuzzy: bool = False,
        num: int = 10,
        with_scores: bool = False,
        with_payloads: bool = False,
    ) -> Reply[list[Suggestion]]:
        """``FT.SUGGET key prefix MAX n``: what begins with it, the best first.

        ``fuzzy``: or with something one letter away.
        https://redis.io/docs/latest/commands/ft.sugget/
        """
        asked = switches(FUZZY=fuzzy, WITHSCORES=with_scores, WITHPAYLOADS=with_payloads)
        shape = partial(suggestions, scores=with_scores, payloads=with_payloads)
        return self._run(("FT.SUGGET", key, prefix, "MAX", num, *asked), shape)

    def sugdel(self, key: Key, string: str) -> Reply[int]:
        """``FT.SUGDEL key text``: 1 when there was one, else 0.

        https://redis.io/docs/latest/commands/ft.sugdel/
        """
        return self._run(("FT.SUGDEL", key, string))

    def suglen(self, key: Key) -> Reply[int]:
        """``FT.SUGLEN key``: how many suggestions.

        https://redis.io/docs/latest/commands/ft.suglen/
        """
        return self._run(("FT.SUGLEN", key))


def _schema(fields: Field | Sequence[Field]) -> list[Any]:
    several = [fields] if isinstance(fields, Field) else fields
    if not several:
        raise DataError("an index needs at least one field")
    return [word for field in several for word in field.redis_args()]


def _query(query: str | Query) -> Query:
    return Query(query) if isinstance(query, str) else query


def _parameters(query_params: Mapping[str, Value] | None) -> tuple[Any, ...]:
    words = [word for pair in (query_params or {}).items() for word in pair]
    return ("PARAMS", len(words), *words) if words else ()
