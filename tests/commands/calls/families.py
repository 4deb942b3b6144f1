"""The families of Redis 8, which neither server here has: only their words are tested."""

from __future__ import annotations

from typing import Any

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

from .story import Call, Unsent, call

NOT_HERE = Unsent("neither server has it")


def says(method: str, *given: Any, sent: tuple[Any, ...], **named: Any) -> Call:
    return call(method, *given, **named) >> sent >> NOT_HERE


JSON = [
    says(
        "json.set",
        "k",
        "$",
        {"a": [1, None]},
        sent=("JSON.SET", "k", "$", '{"a": [1, null]}'),
    ),
    says("json.set", "k", ".a", "x", nx=True, sent=("JSON.SET", "k", ".a", '"x"', "NX")),
    says(
        "json.set",
        "k",
        "$",
        {b"a": 1},
        xx=True,
        decode_keys=True,
        fpha="FP32",
        sent=("JSON.SET", "k", "$", '{"a": 1}', "XX", "FPHA", "FP32"),
    ),
    says("json.get", "k", sent=("JSON.GET", "k", ".")),
    says("json.get", "k", "$.a", "$.b", sent=("JSON.GET", "k", "$.a", "$.b")),
    says("json.get", "k", "$", no_escape=True, sent=("JSON.GET", "k", "noescape", "$")),
    says(
        "json.mset",
        [("k", "$", 1), ("l", ".", True)],
        sent=("JSON.MSET", "k", "$", "1", "l", ".", "true"),
    ),
    says("json.mget", ["k", "l"], "$.a", sent=("JSON.MGET", "k", "l", "$.a")),
    says("json.merge", "k", "$", {"a": 1}, sent=("JSON.MERGE", "k", "$", '{"a": 1}')),
    says("json.delete", "k", sent=("JSON.DEL", "k", ".")),
    says("json.forget", "k", "$.a", sent=("JSON.FORGET", "k", "$.a")),
    says("json.clear", "k", sent=("JSON.CLEAR", "k", ".")),
    says("json.type", "k", sent=("JSON.TYPE", "k", ".")),
    says("json.resp", "k", sent=("JSON.RESP", "k", ".")),
    says("json.debug", "MEMORY", "k", sent=("JSON.DEBUG", "MEMORY", "k", ".")),
    says("json.debug", "HELP", sent=("JSON.DEBUG", "HELP")),
    says("json.numincrby", "k", ".a", 1.5, sent=("JSON.NUMINCRBY", "k", ".a", "1.5")),
    says("json.nummultby", "k", "$.a", 2, sent=("JSON.NUMMULTBY", "k", "$.a", "2")),
    says("json.strappend", "k", "x", sent=("JSON.STRAPPEND", "k", ".", '"x"')),
    says("json.strlen", "k", sent=("JSON.STRLEN", "k")),
    says("json.strlen", "k", ".a", sent=("JSON.STRLEN", "k", ".a")),
    says("json.toggle", "k", ".a", sent=("JSON.TOGGLE", "k", ".a")),
    says(
        "json.arrappend", "k", ".a", 1, "x", sent=("JSON.ARRAPPEND", "k", ".a", "1", '"x"')
    ),
    says("json.arrindex", "k", ".a", "x", sent=("JSON.ARRINDEX", "k", ".a", '"x"')),
    says("json.arrindex", "k", ".a", 1, 2, 3, sent=("JSON.ARRINDEX", "k", ".a", "1", 2, 3)),
    says(
        "json.arrinsert",
        "k",
        ".a",
        0,
        1,
        2,
        sent=("JSON.ARRINSERT", "k", ".a", 0, "1", "2"),
    ),
    says("json.arrlen", "k", sent=("JSON.ARRLEN", "k", ".")),
    says("json.arrpop", "k", sent=("JSON.ARRPOP", "k", ".", -1)),
    says("json.arrtrim", "k", ".a", 0, 5, sent=("JSON.ARRTRIM", "k", ".a", 0, 5)),
    says("json.objkeys", "k", sent=("JSON.OBJKEYS", "k", ".")),
    says("json.objlen", "k", sent=("JSON.OBJLEN", "k", ".")),
]

VECTORS = [
    says("vset.vadd", "v", [1, 0.5], "x", sent=("VADD", "v", "VALUES", 2, 1, 0.5, "x")),
    says(
        "vset.vadd",
        "v",
        b"\x00\x00\x80?",
        "x",
        2,
        True,
        "Q8",
        100,
        {"year": 1984},
        16,
        sent=(
            *("VADD", "v", "REDUCE", 2, "FP32", b"\x00\x00\x80?", "x", "CAS", "Q8"),
            *("EF", 100, "SETATTR", '{"year": 1984}', "M", 16),
        ),
    ),
    says("vset.vrem", "v", "x", sent=("VREM", "v", "x")),
    says("vset.vismember", "v", "x", sent=("VISMEMBER", "v", "x")),
    says("vset.vcard", "v", sent=("VCARD", "v")),
    says("vset.vdim", "v", sent=("VDIM", "v")),
    says("vset.vrandmember", "v", sent=("VRANDMEMBER", "v")),
    says("vset.vrandmember", "v", -5, sent=("VRANDMEMBER", "v", -5)),
    says("vset.vrange", "v", "[a", "+", sent=("VRANGE", "v", "[a", "+")),
    says("vset.vrange", "v", "-", "+", 5, sent=("VRANGE", "v", "-", "+", 5)),
    says("vset.vsim", "v", "x", sent=("VSIM", "v", "ELE", "x")),
    says("vset.vsim", "v", b"\x00\x00\x80?", sent=("VSIM", "v", "FP32", b"\x00\x00\x80?")),
    says(
        "vset.vsim",
        "v",
        [1.0, 2.0],
        True,
        True,
        5,
        100,
        ".year > 1950",
        50,
        True,
        True,
        0.2,
        sent=(
            *("VSIM", "v", "VALUES", 2, 1.0, 2.0, "WITHSCORES", "WITHATTRIBS"),
            *("COUNT", 5, "EPSILON", 0.2, "EF", 100, "FILTER", ".year > 1950"),
            *("FILTER-EF", 50, "TRUTH", "NOTHREAD"),
        ),
    ),
    says("vset.vlinks", "v", "x", sent=("VLINKS", "v", "x")),
    says("vset.vlinks", "v", "x", True, sent=("VLINKS", "v", "x", "WITHSCORES")),
    says("vset.vemb", "v", "x", sent=("VEMB", "v", "x")),
    says("vset.vemb", "v", "x", raw=True, sent=("VEMB", "v", "x", "RAW")),
    says("vset.vsetattr", "v", "x", sent=("VSETATTR", "v", "x", "{}")),
    says("vset.vsetattr", "v", "x", '{"a":1}', sent=("VSETATTR", "v", "x", '{"a":1}')),
    says("vset.vgetattr", "v", "x", sent=("VGETATTR", "v", "x")),
    says("vset.vinfo", "v", sent=("VINFO", "v")),
]

FILTERS = [
    says("bf.create", "b", 0.01, 1000, sent=("BF.RESERVE", "b", 0.01, 1000)),
    says(
        "bf.reserve",
        "b",
        0.01,
        1000,
        2,
        True,
        sent=("BF.RESERVE", "b", 0.01, 1000, "EXPANSION", 2, "NONSCALING"),
    ),
    says("bf.add", "b", "x", sent=("BF.ADD", "b", "x")),
    says("bf.madd", "b", "x", "y", sent=("BF.MADD", "b", "x", "y")),
    says("bf.insert", "b", ["x"], sent=("BF.INSERT", "b", "ITEMS", "x")),
    says(
        "bf.insert",
        "b",
        ["x", "y"],
        10,
        0.1,
        True,
        2,
        True,
        sent=(
            *("BF.INSERT", "b", "CAPACITY", 10, "ERROR", 0.1, "EXPANSION", 2, "NOCREATE"),
            *("NONSCALING", "ITEMS", "x", "y"),
        ),
    ),
    says("bf.exists", "b", "x", sent=("BF.EXISTS", "b", "x")),
    says("bf.mexists", "b", "x", "y", sent=("BF.MEXISTS", "b", "x", "y")),
    says("bf.card", "b", sent=("BF.CARD", "b")),
    says("bf.scandump", "b", 0, sent=("BF.SCANDUMP", "b", 0)),
    says("bf.loadchunk", "b", 1, b"\xff", sent=("BF.LOADCHUNK", "b", 1, b"\xff")),
    says("bf.info", "b", sent=("BF.INFO", "b")),
    says("cf.create", "c", 1000, sent=("CF.RESERVE", "c", 1000)),
    says(
        "cf.reserve",
        "c",
        1000,
        1,
        2,
        20,
        sent=(
            *("CF.RESERVE", "c", 1000, "EXPANSION", 1),
            *("BUCKETSIZE", 2, "MAXITERATIONS", 20),
        ),
    ),
    says("cf.add", "c", "x", sent=("CF.ADD", "c", "x")),
    says("cf.addnx", "c", "x", sent=("CF.ADDNX", "c", "x")),
    says("cf.insert", "c", ["x"], sent=("CF.INSERT", "c", "ITEMS", "x")),
    says(
        "cf.insertnx",
        "c",
        ["x"],
        10,
        True,
        sent=("CF.INSERTNX", "c", "CAPACITY", 10, "NOCREATE", "ITEMS", "x"),
    ),
    says("cf.exists", "c", "x", sent=("CF.EXISTS", "c", "x")),
    says("cf.mexists", "c", "x", "y", sent=("CF.MEXISTS", "c", "x", "y")),
    says("cf.delete", "c", "x", sent=("CF.DEL", "c", "x")),
    says("cf.count", "c", "x", sent=("CF.COUNT", "c", "x")),
    says("cf.scandump", "c", 0, sent=("CF.SCANDUMP", "c", 0)),
    says("cf.loadchunk", "c", 1, b"\xff", sent=("CF.LOADCHUNK", "c", 1, b"\xff")),
    says("cf.info", "c", sent=("CF.INFO", "c")),
]

SKETCHES = [
    says("cms.initbydim", "m", 100, 5, sent=("CMS.INITBYDIM", "m", 100, 5)),
    says("cms.initbyprob", "m", 0.01, 0.1, sent=("CMS.INITBYPROB", "m", 0.01, 0.1)),
    says("cms.incrby", "m", ["x", "y"], [1, 2], sent=("CMS.INCRBY", "m", "x", 1, "y", 2)),
    says("cms.query", "m", "x", "y", sent=("CMS.QUERY", "m", "x", "y")),
    says("cms.merge", "d", 2, ["a", "b"], sent=("CMS.MERGE", "d", 2, "a", "b")),
    says(
        "cms.merge",
        "d",
        2,
        ["a", "b"],
        [1, 3],
        sent=("CMS.MERGE", "d", 2, "a", "b", "WEIGHTS", 1, 3),
    ),
    says("cms.info", "m", sent=("CMS.INFO", "m")),
    says("topk.reserve", "t", 3, 8, 7, 0.9, sent=("TOPK.RESERVE", "t", 3, 8, 7, 0.9)),
    says("topk.add", "t", "x", "y", sent=("TOPK.ADD", "t", "x", "y")),
    says("topk.incrby", "t", ["x"], [5], sent=("TOPK.INCRBY", "t", "x", 5)),
    says("topk.query", "t", "x", sent=("TOPK.QUERY", "t", "x")),
    says("topk.count", "t", "x", sent=("TOPK.COUNT", "t", "x")),
    says("topk.list", "t", sent=("TOPK.LIST", "t")),
    says("topk.list", "t", withcount=True, sent=("TOPK.LIST", "t", "WITHCOUNT")),
    says("topk.info", "t", sent=("TOPK.INFO", "t")),
    says("tdigest.create", "d", sent=("TDIGEST.CREATE", "d", "COMPRESSION", 100)),
    says("tdigest.reset", "d", sent=("TDIGEST.RESET", "d")),
    says("tdigest.add", "d", [1, 2.5], sent=("TDIGEST.ADD", "d", 1, 2.5)),
    says("tdigest.merge", "d", 2, "a", "b", sent=("TDIGEST.MERGE", "d", 2, "a", "b")),
    says(
        "tdigest.merge",
        "d",
        1,
        "a",
        compression=50,
        override=True,
        sent=("TDIGEST.MERGE", "d", 1, "a", "COMPRESSION", 50, "OVERRIDE"),
    ),
    says("tdigest.min", "d", sent=("TDIGEST.MIN", "d")),
    says("tdigest.max", "d", sent=("TDIGEST.MAX", "d")),
    says("tdigest.quantile", "d", 0.5, 0.9, sent=("TDIGEST.QUANTILE", "d", 0.5, 0.9)),
    says("tdigest.cdf", "d", 1, 2, sent=("TDIGEST.CDF", "d", 1, 2)),
    says(
        "tdigest.trimmed_mean", "d", 0.1, 0.9, sent=("TDIGEST.TRIMMED_MEAN", "d", 0.1, 0.9)
    ),
    says("tdigest.rank", "d", 1, 2, sent=("TDIGEST.RANK", "d", 1, 2)),
    says("tdigest.revrank", "d", 1, sent=("TDIGEST.REVRANK", "d", 1)),
    says("tdigest.byrank", "d", 0, 1, sent=("TDIGEST.BYRANK", "d", 0, 1)),
    says("tdigest.byrevrank", "d", 0, sent=("TDIGEST.BYREVRANK", "d", 0)),
    says("tdigest.info", "d", sent=("TDIGEST.INFO", "d")),
]

LABELS = {"city": "Rome", "room": "2"}
SAID_LABELS = ("LABELS", "city", "Rome", "room", "2")

SERIES = [
    says("ts.create", "s", sent=("TS.CREATE", "s")),
    says(
        "ts.create",
        "s",
        60000,
        True,
        LABELS,
        128,
        "last",
        5,
        0.5,
        sent=(
            *("TS.CREATE", "s", "RETENTION", 60000, "ENCODING", "UNCOMPRESSED"),
            *(
                "CHUNK_SIZE",
                128,
                "DUPLICATE_POLICY",
                "last",
                *SAID_LABELS,
                "IGNORE",
                5,
                0.5,
            ),
        ),
    ),
    says("ts.alter", "s", 0, LABELS, sent=("TS.ALTER", "s", "RETENTION", 0, *SAID_LABELS)),
    says("ts.info", "s", sent=("TS.INFO", "s")),
    says("ts.add", "s", "*", 21.5, sent=("TS.ADD", "s", "*", 21.5)),
    says(
        "ts.add",
        "s",
        1000,
        2,
        labels=LABELS,
        on_duplicate="sum",
        sent=("TS.ADD", "s", 1000, 2, *SAID_LABELS, "ON_DUPLICATE", "sum"),
    ),
    says(
        "ts.madd",
        [("s", 1, 2.0), ("t", "*", 3)],
        sent=("TS.MADD", "s", 1, 2.0, "t", "*", 3),
    ),
    says("ts.incrby", "s", 1, sent=("TS.INCRBY", "s", 1)),
    says(
        "ts.incrby",
        "s",
        1,
        5,
        9,
        sent=("TS.INCRBY", "s", 1, "TIMESTAMP", 5, "RETENTION", 9),
    ),
    says("ts.decrby", "s", 1, chunk_size=64, sent=("TS.DECRBY", "s", 1, "CHUNK_SIZE", 64)),
    says("ts.delete", "s", 0, 5, sent=("TS.DEL", "s", 0, 5)),
    says("ts.get", "s", sent=("TS.GET", "s")),
    says("ts.get", "s", latest=True, sent=("TS.GET", "s", "LATEST")),
    says("ts.range", "s", "-", "+", sent=("TS.RANGE", "s", "-", "+")),
    says(
        "ts.range",
        "s",
        0,
        9,
        5,
        "avg",
        10,
        [1, 2],
        0,
        1,
        "start",
        True,
        "+",
        True,
        sent=(
            *(
                "TS.RANGE",
                "s",
                0,
                9,
                "LATEST",
                "FILTER_BY_TS",
                1,
                2,
                "FILTER_BY_VALUE",
                0,
                1,
            ),
            *("COUNT", 5, "ALIGN", "start", "AGGREGATION", "avg", 10),
            *("BUCKETTIMESTAMP", "+", "EMPTY"),
        ),
    ),
    says(
        "ts.revrange",
        "s",
        "-",
        "+",
        aggregation_type=["min", "max"],
        bucket_size_msec=10,
        sent=("TS.REVRANGE", "s", "-", "+", "AGGREGATION", "min,max", 10),
    ),
    says(
        "ts.createrule",
        "s",
        "d",
        "avg",
        60000,
        5,
        sent=("TS.CREATERULE", "s", "d", "AGGREGATION", "avg", 60000, 5),
    ),
    says("ts.deleterule", "s", "d", sent=("TS.DELETERULE", "s", "d")),
    says("ts.queryindex", ["city=Rome"], sent=("TS.QUERYINDEX", "city=Rome")),
    says("ts.mget", ["a=b"], sent=("TS.MGET", "FILTER", "a=b")),
    says(
        "ts.mget",
        ["a=b", "c!="],
        select_labels=["a"],
        latest=True,
        sent=("TS.MGET", "LATEST", "SELECTED_LABELS", "a", "FILTER", "a=b", "c!="),
    ),
    says("ts.mrange", "-", "+", ["a=b"], sent=("TS.MRANGE", "-", "+", "FILTER", "a=b")),
    says(
        "ts.mrange",
        0,
        9,
        ["a=b"],
        5,
        "sum",
        10,
        True,
        groupby="a",
        reduce="max",
        sent=(
            *("TS.MRANGE", 0, 9, "WITHLABELS", "COUNT", 5, "AGGREGATION", "sum", 10),
            *("FILTER", "a=b", "GROUPBY", "a", "REDUCE", "max"),
        ),
    ),
    says(
        "ts.mrevrange",
        "-",
        "+",
        ["a=b"],
        align="-",
        sent=("TS.MREVRANGE", "-", "+", "ALIGN", "-", "FILTER", "a=b"),
    ),
]

PAGE = ("LIMIT", 0, 10)

SEARCH = [
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

CALLS: list[Call] = [*JSON, *VECTORS, *FILTERS, *SKETCHES, *SERIES, *SEARCH]
