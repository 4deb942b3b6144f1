"""Search, which neither server here has: only its words are tested."""

from __future__ import annotations

from redislab.commands.modules.search_aggregation import (
    AggregateRequest,
    Asc,
    Cursor,
    Desc,
    Reducer,
)
from redislab.commands.modules.search_query import GeoFilter, NumericFilter, Query
from redislab.commands.modules.search_replies import Suggestion
from redislab.commands.modules.search_schema import (
    GeoField,
    GeoShapeField,
    IndexDefinition,
    IndexType,
    NumericField,
    TagField,
    TextField,
    VectorField,
)

from .story import Call, says

PAGE = ("LIMIT", 0, 10)

CALLS: list[Call] = [
    says(
        "ft.create_index",
        TextField("title"),
        sent=("FT.CREATE", "idx", "SCHEMA", "title", "TEXT", "WEIGHT", 1.0),
    ),
    says(
        "ft.create_index",
        [
            TextField("$.t", 2, True, "dm:en", True, as_name="t", sortable=True),
            NumericField("n", no_index=True, sortable=True, index_missing=True),
            TagField("g", "|", True, True, index_empty=True),
            GeoField("p"),
            GeoShapeField("q", "FLAT"),
            VectorField("v", "FLAT", {"TYPE": "FLOAT32", "DIM": 2}),
        ],
        True,
        True,
        ["the"],
        IndexDefinition(["book:"], "@n>1", "l", "french", "s", 0.5, "d", IndexType.JSON),
        True,
        60,
        True,
        True,
        True,
        sent=(
            *("FT.CREATE", "idx", "ON", "JSON", "PREFIX", 1, "book:", "FILTER", "@n>1"),
            *(
                "LANGUAGE_FIELD",
                "l",
                "LANGUAGE",
                "french",
                "SCORE_FIELD",
                "s",
                "SCORE",
                0.5,
            ),
            *("PAYLOAD_FIELD", "d", "MAXTEXTFIELDS", "TEMPORARY", 60, "NOOFFSETS", "NOHL"),
            *("NOFIELDS", "NOFREQS", "SKIPINITIALSCAN", "STOPWORDS", 1, "the", "SCHEMA"),
            *("$.t", "AS", "t", "TEXT", "WEIGHT", 2, "NOSTEM", "PHONETIC", "dm:en"),
            *("WITHSUFFIXTRIE", "SORTABLE", "n", "NUMERIC", "NOINDEX", "INDEXMISSING"),
            *("SORTABLE", "g", "TAG", "SEPARATOR", "|", "CASESENSITIVE", "WITHSUFFIXTRIE"),
            *("INDEXEMPTY", "p", "GEO", "q", "GEOSHAPE", "FLAT"),
            *("v", "VECTOR", "FLAT", 4, "TYPE", "FLOAT32", "DIM", 2),
        ),
    ),
    says(
        "ft.alter_schema_add",
        [NumericField("n")],
        sent=("FT.ALTER", "idx", "SCHEMA", "ADD", "n", "NUMERIC"),
    ),
    says("ft.dropindex", sent=("FT.DROPINDEX", "idx")),
    says("ft.dropindex", True, sent=("FT.DROPINDEX", "idx", "DD")),
    says("ft.info", sent=("FT.INFO", "idx")),
    says("ft.indexes", sent=("FT._LIST",)),
    says("ft.aliasadd", "a", sent=("FT.ALIASADD", "a", "idx")),
    says("ft.aliasupdate", "a", sent=("FT.ALIASUPDATE", "a", "idx")),
    says("ft.aliasdel", "a", sent=("FT.ALIASDEL", "a")),
    says("ft.search", "x", sent=("FT.SEARCH", "idx", "x", "DIALECT", 2, *PAGE)),
    says(
        "ft.search",
        Query("@n:[$low 9] x")
        .limit_ids("a", "b")
        .limit_fields("t")
        .add_filter(NumericFilter("n", 0, "+inf", minExclusive=True))
        .add_filter(GeoFilter("p", 1.5, 2.5, 3))
        .slop(0)
        .in_order()
        .verbatim()
        .no_stopwords()
        .language("french")
        .expander("x")
        .scorer("BM25STD")
        .sort_by("n", asc=False)
        .paging(10, 5)
        .timeout(500)
        .dialect(3)
        .no_content()
        .with_scores()
        .with_payloads()
        .return_fields("t", "n")
        .return_field("$.v", "v", decode_field=False)
        .summarize(["t"], 5, 2, "...")
        .highlight("t", ["<b>", "</b>"]),
        {"low": 1},
        sent=(
            *("FT.SEARCH", "idx", "@n:[$low 9] x", "INORDER", "VERBATIM", "NOSTOPWORDS"),
            *("NOCONTENT", "WITHSCORES", "WITHPAYLOADS", "FILTER", "n", "(0", "+inf"),
            *("GEOFILTER", "p", 1.5, 2.5, 3, "km", "DIALECT", 3, "INKEYS", 2, "a", "b"),
            *("INFIELDS", 1, "t", "SLOP", 0, "LANGUAGE", "french", "EXPANDER", "x"),
            *("SCORER", "BM25STD", "SORTBY", "n", "DESC", "TIMEOUT", 500),
            *("RETURN", 5, "t", "n", "$.v", "AS", "v"),
            *("SUMMARIZE", "FIELDS", 1, "t", "LEN", 5, "FRAGS", 2, "SEPARATOR", "..."),
            *("HIGHLIGHT", "FIELDS", 1, "t", "TAGS", "<b>", "</b>", "LIMIT", 10, 5),
            *("PARAMS", 2, "low", 1),
        ),
    ),
    says("ft.explain", "x", sent=("FT.EXPLAIN", "idx", "x", "DIALECT", 2, *PAGE)),
    says("ft.explain_cli", "x", sent=("FT.EXPLAINCLI", "idx", "x", "DIALECT", 2, *PAGE)),
    says(
        "ft.aggregate",
        AggregateRequest("x")
        .load("@a", "@b")
        .verbatim()
        .add_scores()
        .scorer("TFIDF")
        .group_by(["@a"], Reducer("SUM", "@b").alias("total"), Reducer("COUNT"))
        .apply(twice="@total * 2")
        .filter("@twice > 5")
        .sort_by(Desc("@twice"), Asc("@a"), "@b", max=5)
        .limit(0, 5)
        .cursor(100, 1.5)
        .dialect(4),
        {"p": "q"},
        sent=(
            *("FT.AGGREGATE", "idx", "x", "LOAD", 2, "@a", "@b", "VERBATIM", "ADDSCORES"),
            *(
                "SCORER",
                "TFIDF",
                "DIALECT",
                4,
                "GROUPBY",
                1,
                "@a",
                "REDUCE",
                "SUM",
                1,
                "@b",
            ),
            *("AS", "total", "REDUCE", "COUNT", 0, "APPLY", "@total * 2", "AS", "twice"),
            *("FILTER", "@twice > 5", "SORTBY", 5, "@twice", "DESC", "@a", "ASC", "@b"),
            *("MAX", 5, "LIMIT", 0, 5, "WITHCURSOR", "COUNT", 100, "MAXIDLE", 1500),
            *("PARAMS", 2, "p", "q"),
        ),
    ),
    says("ft.aggregate", Cursor(7), sent=("FT.CURSOR", "READ", "idx", 7)),
    says("ft.cursor_del", Cursor(7), sent=("FT.CURSOR", "DEL", "idx", 7)),
    says(
        "ft.profile",
        "x",
        True,
        sent=("FT.PROFILE", "idx", "SEARCH", "LIMITED", "QUERY", "x", "DIALECT", 2, *PAGE),
    ),
    says(
        "ft.profile",
        AggregateRequest().load(),
        sent=("FT.PROFILE", "idx", "AGGREGATE", "QUERY", "*", "LOAD", "*", "DIALECT", 2),
    ),
    says("ft.spellcheck", "x", sent=("FT.SPELLCHECK", "idx", "x")),
    says(
        "ft.spellcheck",
        "x",
        2,
        "d",
        "e",
        sent=(
            *("FT.SPELLCHECK", "idx", "x", "DISTANCE", 2),
            *("TERMS", "INCLUDE", "d", "TERMS", "EXCLUDE", "e"),
        ),
    ),
    says("ft.dict_add", "d", "x", "y", sent=("FT.DICTADD", "d", "x", "y")),
    says("ft.dict_del", "d", "x", sent=("FT.DICTDEL", "d", "x")),
    says("ft.dict_dump", "d", sent=("FT.DICTDUMP", "d")),
    says("ft.tagvals", "g", sent=("FT.TAGVALS", "idx", "g")),
    says(
        "ft.synupdate",
        "g",
        True,
        "x",
        "y",
        sent=("FT.SYNUPDATE", "idx", "g", "SKIPINITIALSCAN", "x", "y"),
    ),
    says("ft.syndump", sent=("FT.SYNDUMP", "idx")),
    says("ft.config_get", "TIMEOUT", sent=("FT.CONFIG", "GET", "TIMEOUT")),
    says("ft.config_set", "TIMEOUT", 500, sent=("FT.CONFIG", "SET", "TIMEOUT", 500)),
    says("ft.sugadd", "k", Suggestion("x"), sent=("FT.SUGADD", "k", "x", 1.0)),
    says(
        "ft.sugadd",
        "k",
        Suggestion("x", 2.0, "p"),
        True,
        sent=("FT.SUGADD", "k", "x", 2.0, "INCR", "PAYLOAD", "p"),
    ),
    says("ft.sugget", "k", "x", sent=("FT.SUGGET", "k", "x", "MAX", 10)),
    says(
        "ft.sugget",
        "k",
        "x",
        True,
        5,
        True,
        True,
        sent=("FT.SUGGET", "k", "x", "MAX", 5, "FUZZY", "WITHSCORES", "WITHPAYLOADS"),
    ),
    says("ft.sugdel", "k", "x", sent=("FT.SUGDEL", "k", "x")),
    says("ft.suglen", "k", sent=("FT.SUGLEN", "k")),
]
