"""What a recording keeps of a value."""

import pytest

from redislab.exceptions import WrongTypeError
from redislab.trace.shorten import ITEMS, TEXT, Cut, CutList, shorten


@pytest.mark.parametrize(
    "value", [None, True, 7, 1.5, "text", b"bytes", b"\xff", ["a", [1]]]
)
def test_small_values_stay_what_they_are(value):
    assert shorten(value) == value
    assert type(shorten(value)) is type(value)


def test_long_bytes_keep_their_beginning_and_their_length():
    cut = shorten(b"x" * 5000)
    assert isinstance(cut, Cut)
    assert (bytes(cut), cut.size) == (b"x" * TEXT, 5000)


def test_long_text_is_cut_between_characters():
    text = "x" + "€" * 60
    cut = shorten(text)
    assert cut.decode() == "x" + "€" * 42
    assert cut.size == 181
    assert cut == shorten(text.encode())


def test_bytes_that_are_no_text_are_cut_too():
    assert len(shorten(b"\x80" * 500)) in range(TEXT - 4, TEXT + 1)


def test_text_of_just_the_limit_is_whole():
    assert shorten("é" * (TEXT // 2)) == "é" * (TEXT // 2)


def test_a_reply_list_is_copied():
    reply = [b"a", [b"b"]]
    kept = shorten(reply)
    reply[1].append(b"later")
    reply.append(b"later")
    assert kept == [b"a", [b"b"]]


def test_long_lists_keep_their_beginning_and_their_count():
    kept = shorten(list(range(5000)))
    assert isinstance(kept, CutList)
    assert (kept[-1], kept.size) == (ITEMS[0] - 1, 5000)


def test_lists_within_lists_end_somewhere():
    nested: list = []
    for _ in range(2000):
        nested = [nested]
    assert shorten(nested)[0][0][0].size == 1


def test_an_error_loses_its_traceback_and_keeps_its_words():
    try:
        raise WrongTypeError("WRONGTYPE no")
    except WrongTypeError as error:
        kept = shorten(error)
    assert type(kept) is WrongTypeError
    assert str(kept) == "WRONGTYPE no"
    assert kept.__traceback__ is None


def test_sets_and_maps_are_kept():
    assert shorten({b"b", b"a"}) == [b"a", b"b"]
    assert shorten({b"k": b"v" * 200}) == {b"k": Cut(b"v" * TEXT, 200)}


def test_a_cut_is_equal_to_its_like_only():
    assert Cut(b"a", 9) == Cut(b"a", 9)
    assert Cut(b"a", 9) != Cut(b"a", 8)
    assert Cut(b"a", 9) != b"a"
    assert hash(Cut(b"a", 9)) == hash(Cut(b"a", 9))
    assert repr(Cut(b"a", 9)) == "Cut(b'a', size=9)"
    assert repr(CutList([1], 9)) == "CutList([1], size=9)"


def test_memoryviews_and_strange_arguments_become_plain():
    assert shorten(memoryview(b"abc")) == b"abc"
    assert shorten(object).startswith("<class")
