"""Reply shapes, on the raw forms of both protocols, on bytes and on decoded text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from redislab.commands import replies
from redislab.exceptions import ResponseError

ERROR = ResponseError("ERR no")


@pytest.mark.parametrize(
    ("shape", "raw", "shaped"),
    [
        (replies.ok, b"OK", True),
        (replies.ok, "OK", True),
        (replies.ok, None, None),
        (replies.flag, 1, True),
        (replies.flag, 0, False),
        (replies.flag, True, True),
        (replies.pong, b"PONG", True),
        (replies.pong, "PONG", True),
        (replies.pong, b"LOADING", False),
        (replies.flags, [1, 0], [True, False]),
        (replies.number, b"1.5", 1.5),
        (replies.number, "inf", float("inf")),
        (replies.number, 1.5, 1.5),
        (replies.number, None, None),
        (replies.time, [b"1700000000", b"42"], (1700000000, 42)),
        (replies.time, ["1700000000", "42"], (1700000000, 42)),
        (replies.moment, 1700000000, datetime.fromtimestamp(1700000000)),  # noqa: DTZ006  its shape
        (replies.string, b"caf\xc3\xa9", "café"),
        (replies.string, b"\xff", "\ufffd"),
        (replies.string, None, None),
        (replies.pairs, [b"f", b"1", b"g", b"2"], {b"f": b"1", b"g": b"2"}),
        (replies.pairs, {b"f": b"1"}, {b"f": b"1"}),
        (replies.pairs, [], {}),
        (replies.members, [b"a", b"b"], {b"a", b"b"}),
        (replies.members, [], set()),
        (replies.popped, [b"k", b"v"], (b"k", b"v")),
        (replies.popped, None, None),
        (replies.scanned, [b"17", [b"k"]], (17, [b"k"])),
        (replies.scanned, ["0", []], (0, [])),
        (replies.scored, [b"a", b"1", b"b", b"2.5"], [(b"a", 1.0), (b"b", 2.5)]),
        (replies.scored, [[b"a", 1.0], [b"b", 2.5]], [(b"a", 1.0), (b"b", 2.5)]),
        (replies.scored, [b"a", 1.0], [(b"a", 1.0)]),
        (replies.scored, ["a", "-inf"], [("a", float("-inf"))]),
        (replies.scored, [], []),
        (replies.ranked, [2, b"1.5"], [2, 1.5]),
        (replies.ranked, [2, 1.5], [2, 1.5]),
        (replies.ranked, None, None),
    ],
)
def test_both_protocols_give_one_shape(
    shape: Callable[[Any], Any], raw: Any, shaped: Any
) -> None:
    assert shape(raw) == shaped
    assert type(shape(raw)) is type(shaped)


@pytest.mark.parametrize(
    ("shape", "raw"),
    [
        (replies.ok, b"QUEUED"),
        (replies.ok, 1),
        (replies.ok, []),
        (replies.flag, b"OK"),
        (replies.number, b"many"),
        (replies.pairs, [b"odd"]),
        (replies.pairs, 7),
        (replies.members, 7),
        (replies.popped, [b"k"]),
        (replies.scanned, b"0"),
        (replies.scored, [b"a"]),
        (replies.scored, [b"a", b"b"]),
        (replies.ranked, 2),
    ],
)
def test_an_unexpected_reply_is_refused_so_that_the_raw_one_is_given(
    shape: Callable[[Any], Any], raw: Any
) -> None:
    with pytest.raises((LookupError, TypeError, ValueError)):
        shape(raw)


def test_scores_can_be_cast_to_something_else() -> None:
    assert replies.scored([b"a", b"2"], cast=str) == [(b"a", "2.0")]
    assert replies.scored([[b"a", 2.0]], cast=str) == [(b"a", "2.0")]
    assert replies.ranked([0, 2.0], cast=str) == [0, "2.0"]


# --- text ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "decoded"),
    [
        (b"caf\xc3\xa9", "café"),
        ([b"a", [b"b", None, 1, 1.5, True]], ["a", ["b", None, 1, 1.5, True]]),
        ({b"k": [b"v"]}, {"k": ["v"]}),
        (None, None),
        ([ERROR], [ERROR]),
        ("já", "já"),
    ],
)
def test_text_is_decoded_however_deep_and_errors_are_left_alone(
    raw: Any, decoded: Any
) -> None:
    assert replies.text(raw) == decoded


@pytest.mark.parametrize("raw", [b"\xff", [b"ok", b"\xff"], {b"\xff": 1}])
def test_what_is_not_utf8_is_an_error_and_never_a_changed_value(raw: Any) -> None:
    with pytest.raises(UnicodeDecodeError):
        replies.text(raw)
