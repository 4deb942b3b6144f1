"""The families' replies: both forms that Redis documents give one shape.

Neither server here has them, so the raw replies are written down, not received.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import isnan
from typing import Any

import pytest

from redislab import DataError, Redis, Server
from redislab.commands.modules import json, samples, sketches, vectors
from redislab.commands.modules import search_replies as replies
from redislab.commands.modules.search_query import Query
from redislab.commands.modules.search_schema import NumericField, TextField, VectorField
from redislab.commands.replies import numbers, stays_bytes

WITH_BOTH = partial(vectors.near, scores=True, attributes=True)
WITH_SCORES = partial(vectors.near, scores=True, attributes=False)
WITH_ATTRIBUTES = partial(vectors.near, scores=False, attributes=True)


@pytest.mark.parametrize(
    ("shape", "raw", "shaped"),
    [
        (json.read, b'{"a":[1,null]}', {"a": [1, None]}),
        (json.read, "null", None),
        (json.read, None, None),
        (json.read_each, [b"1", None, b'"x"'], [1, None, "x"]),
        (json.read_deep, b"1", 1),
        (json.read_deep, [b"1", None], [1, None]),
        (partial(json.counted, path="$.a"), b"[3,null]", [3, None]),
        (partial(json.counted, path="$.a"), [3, None], [3, None]),
        (partial(json.counted, path=".a"), b"3.5", 3.5),
        (partial(json.counted, path=".a"), [3.5], 3.5),
        (partial(json.kind, path=".a"), b"object", b"object"),
        (partial(json.kind, path=".a"), [b"object"], b"object"),
        (partial(json.kind, path="$.a"), [b"object"], [b"object"]),
        (partial(json.kind, path="$.a"), [[b"object"]], [b"object"]),
        (partial(json.kind, path=".a"), None, None),
        (json.toggled, b"true", True),
        (json.toggled, [1, 0, None], [1, 0, None]),
        (json.names, [b"a", b"b"], ["a", "b"]),
        (json.names, [[b"a"], None], [["a"], None]),
        (WITH_SCORES, [b"a", b"0.5"], {b"a": 0.5}),
        (WITH_SCORES, {b"a": 0.5}, {b"a": 0.5}),
        (WITH_ATTRIBUTES, [b"a", b'{"y":1}', b"b", None], {b"a": {"y": 1}, b"b": None}),
        (WITH_BOTH, [b"a", b"1", None], {b"a": {"score": 1.0, "attributes": None}}),
        (WITH_BOTH, {b"a": [1.0, b"{}"]}, {b"a": {"score": 1.0, "attributes": {}}}),
        (vectors.layers, [[b"a", b"0.5"], []], [{b"a": 0.5}, {}]),
        (vectors.layers, [{b"a": 0.5}], [{b"a": 0.5}]),
        (vectors.layers, None, None),
        (vectors.vector_of, [b"1", b"0.5"], [1.0, 0.5]),
        (vectors.vector_of, [1.0, 0.5], [1.0, 0.5]),
        (vectors.vector_of, None, None),
        (
            vectors.raw_vector,
            [b"int8", b"\xff", b"2.5", b"0.5"],
            {"quantization": b"int8", "raw": b"\xff", "l2": 2.5, "range": 0.5},
        ),
        (vectors.about, [b"vector-dim", 3], {"vector-dim": 3}),
        (vectors.about, None, None),
        (vectors.attributes_of, b"", None),
        (samples.sample, [5, b"1.5"], (5, 1.5)),
        (samples.sample, [5, 1.5], (5, 1.5)),
        (samples.sample, [], None),
        (samples.samples, [[5, b"1"], [6, b"2"]], [(5, 1.0), (6, 2.0)]),
        (samples.samples, [[5, b"1", b"2"]], [[5, 1.0, 2.0]]),
        (
            samples.last_of_series,
            [[b"t", [], []], [b"s", [[b"a", b"b"]], [5, b"1"]]],
            [{"s": [{"a": "b"}, 5, 1.0]}, {"t": [{}, None, None]}],
        ),
        (
            samples.last_of_series,
            {b"t": [{}, []], b"s": [{b"a": b"b"}, [5, 1.0]]},
            [{"s": [{"a": "b"}, 5, 1.0]}, {"t": [{}, None, None]}],
        ),
        (samples.many_series, [[b"s", [], [[5, b"1"]]]], [{"s": [{}, [(5, 1.0)]]}]),
        (
            samples.many_series,
            {b"s": [{}, {b"aggregators": [b"avg"]}, [[5, 1.0]]]},
            [{"s": [{}, [(5, 1.0)]]}],
        ),
        (
            samples.about_series,
            [b"totalSamples", 1, b"labels", [[b"a", b"b"]], b"rules", []],
            {"totalSamples": 1, "labels": {"a": "b"}, "rules": []},
        ),
        (
            samples.about_series,
            {b"labels": {b"a": b"b"}, b"rules": {b"d": [60, b"AVG", 0]}},
            {"labels": {"a": "b"}, "rules": [[b"d", 60, b"AVG", 0]]},
        ),
        (numbers, [b"1.5", 2, None], [1.5, 2, None]),
        (
            partial(replies.suggestions, scores=True, payloads=True),
            [b"x", b"0.5", b"p", b"y", b"0.25", None],
            [("x", 0.5, "p"), ("y", 0.25, None)],
        ),
        (partial(replies.suggestions, scores=False, payloads=False), None, []),
        (
            replies.corrections,
            [[b"TERM", b"hockye", [[b"0.5", b"hockey"]]], [b"TERM", b"qq", []]],
            {"hockye": [{"score": "0.5", "suggestion": "hockey"}]},
        ),
        (
            replies.corrections,
            {b"results": {b"hockye": [{b"hockey": 0.5}], b"qq": []}},
            {"hockye": [{"score": "0.5", "suggestion": "hockey"}]},
        ),
        (replies.synonyms, [b"boy", [b"g1", b"g2"]], {"boy": ["g1", "g2"]}),
        (replies.about_index, [b"num_docs", 5], {"num_docs": 5}),
    ],
)
def test_both_protocols_give_one_shape(
    shape: Callable[[Any], Any], raw: Any, shaped: Any
) -> None:
    assert shape(raw) == shaped
    assert type(shape(raw)) is type(shaped)


def test_a_quantile_of_nothing_is_not_a_number() -> None:
    assert isnan(numbers([b"nan"])[0])


@pytest.mark.parametrize("raw", [[b"Capacity", 100, b"Size", 240], {b"Capacity": 100}])
def test_a_sketch_tells_of_itself_by_both_names(raw: Any) -> None:
    told = sketches.facts(raw)
    assert told["Capacity"] == told.capacity == 100


def test_what_a_sketch_does_not_tell_is_an_error_that_says_what_it_does() -> None:
    with pytest.raises(AttributeError, match="no 'width', only Capacity"):
        sketches.facts([b"Capacity", 100]).width  # noqa: B018  the attribute is the test


def test_what_may_hold_any_bytes_is_never_decoded() -> None:
    assert stays_bytes(sketches.chunk)
    assert stays_bytes(vectors.raw_vector)
    assert not stays_bytes(json.read)


async def test_a_family_runs_on_the_client_or_pipeline_it_was_asked_of(
    valkey: Server,
) -> None:
    async with Redis.from_url(valkey.url) as client:
        pipe = client.pipeline(transaction=False)
        assert pipe.json().get("k") is pipe
        results = await pipe.execute(raise_on_error=False)
        assert "unknown command" in str(results[0])


# --- search ------------------------------------------------------------------------------

IN_TURN = [2, b"a", b"0.5", [b"t", b"x", b"$", b"{}"], b"b", b"0.25", None]
BY_NAME = {
    b"total_results": 2,
    b"results": [
        {b"id": b"a", b"score": 0.5, b"extra_attributes": {b"t": b"x", b"$": b"{}"}},
        {b"id": b"b", b"score": 0.25},
    ],
    b"warning": [],
}


@pytest.mark.parametrize("raw", [IN_TURN, BY_NAME])
def test_what_a_search_found(raw: Any) -> None:
    total, (a, b), warnings = replies.found(raw, Query("x").with_scores())
    assert (total, warnings) == (2, [])
    assert (a.id, a.score, a.t, a["t"], a.json, a.payload) == (
        "a",
        0.5,
        "x",
        "x",
        "{}",
        None,
    )
    assert (b.id, b.score, b.fields) == ("b", 0.25, {})
    assert repr(b) == "Document('b', {})"
    with pytest.raises(AttributeError, match="no field 'nosuch'"):
        _ = a.nosuch


def test_a_search_for_ids_finds_documents_without_fields() -> None:
    found = replies.found([2, b"a", b"b"], Query("x").no_content())
    assert [document.id for document in found.docs] == ["a", "b"]


def test_a_field_stays_bytes_when_the_query_says_so() -> None:
    query = Query("x").return_field("v", decode_field=False).with_payloads()
    (document,) = replies.found([1, b"a", b"p", [b"v", b"\xff"]], query).docs
    assert (document.v, document.payload) == (b"\xff", "p")


@pytest.mark.parametrize(
    "raw",
    [
        [1, [b"city", b"Rome", b"n", b"2"]],
        {
            b"total_results": 1,
            b"results": [{b"extra_attributes": {b"city": b"Rome", b"n": b"2"}}],
        },
    ],
)
def test_rows_of_an_aggregation(raw: Any) -> None:
    assert replies.rows(raw, False) == ([{"city": "Rome", "n": "2"}], None, 1)
    first = replies.rows([raw, 7], True)
    assert first.cursor is not None
    assert first.cursor.cid == 7
    assert replies.rows([raw, 0], True).cursor is None


def test_a_decoding_client_leaves_found_bytes_to_the_query() -> None:
    assert stays_bytes(partial(replies.found, query=Query("x")))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: NumericField("n", no_index=True), "neither indexed nor sortable"),
        (lambda: TextField("t", phonetic_matcher="dm:de"), "dm:en, dm:fr"),
        (lambda: VectorField("v", "TREE", {}), "FLAT, HNSW"),
        (lambda: VectorField("v", "FLAT", {}, sortable=True), "neither sortable"),
    ],
)
def test_a_field_that_cannot_be_is_refused(make: Callable[[], Any], words: str) -> None:
    with pytest.raises(DataError, match=words):
        make()
