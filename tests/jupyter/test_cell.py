"""Reading a cell: redis-cli's quoting, comments, and errors that name the line."""

import shutil
import subprocess
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redislab.exceptions import DataError
from redislab.jupyter.cell import Line, Name, read_cell, split


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("GET k", (b"GET", b"k")),
        ("  GET \t k  ", (b"GET", b"k")),
        ("", ()),
        ("   ", ()),
        ('SET k "a b"', (b"SET", b"k", b"a b")),
        ("SET k 'a b'", (b"SET", b"k", b"a b")),
        ('SET k ""', (b"SET", b"k", b"")),
        (r'"\n\r\t\b\a\\\""', (b'\n\r\t\b\a\\"',)),
        (r'"\x00\xfF\xZZ\q"', (b"\x00\xffxZZq",)),
        (r"'\n\'\x41'", (rb"\n'\x41",)),
        ('pre"fix ed"', (b"prefix ed",)),
        ("SET k user:{42}:name", (b"SET", b"k", b"user:{42}:name")),
        ('SET k "{name}"', (b"SET", b"k", b"{name}")),
        ("SET k {name}", (b"SET", b"k", Name("name"))),
        ("SORT list GET #", (b"SORT", b"list", b"GET", b"#")),
        ("SET k caf\u00e9", (b"SET", b"k", b"caf\xc3\xa9")),
        ("a\rb\x0bc", (b"a", b"b\x0bc")),
    ],
)
def test_a_line_is_split_as_redis_cli_splits_it(text, words):
    assert split(text) == words


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('SET k "open', "a double quote is never closed"),
        ("SET k 'open", "a single quote is never closed"),
        ('SET k "open\\', "a double quote is never closed"),
        ('SET k "a"b', "a letter follows a closing double quote"),
        ("SET k 'a'b", "a letter follows a closing single quote"),
        ("SET k a\x00b", "a zero byte"),
        ("SET k \ud800", "half a surrogate pair"),
    ],
)
def test_a_line_that_cannot_be_read_says_what_is_wrong(text, complaint):
    with pytest.raises(DataError, match=complaint):
        split(text)


def test_a_cell_is_its_lines_with_their_numbers_and_without_comments():
    """The magic's own line is line 1, so the body starts at 2."""
    body = "# greet\nSET k hello\n\n   # indented\r\nGET k\n"
    assert read_cell(body) == [Line(3, (b"SET", b"k", b"hello")), Line(6, (b"GET", b"k"))]


def test_an_error_in_a_cell_names_the_line_and_shows_it():
    with pytest.raises(DataError) as caught:
        read_cell('SET a 1\nSET b "oops\nGET a')
    assert str(caught.value) == "line 3: a double quote is never closed"
    assert caught.value.hint == '→ SET b "oops'


def test_the_line_shown_in_an_error_is_short_and_printable():
    with pytest.raises(DataError) as caught:
        read_cell('SET b "\x1b[31m' + "x" * 500)
    assert "\x1b" not in caught.value.hint
    assert len(caught.value.hint) < 80


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=6))
def test_any_bytes_can_be_written_in_double_quotes(words):
    """Every byte has its ``\\xHH``, so every command can be typed."""
    text = " ".join(
        '"' + "".join(f"\\x{byte:02x}" for byte in word) + '"' for word in words
    )
    assert split(text) == tuple(words)


@given(st.text(alphabet="ab '\"\\xn4{}#\t", max_size=24))
def test_splitting_gives_words_or_data_error_and_nothing_else(text):
    with suppress(DataError):
        assert all(isinstance(word, (bytes, Name)) for word in split(text))


@pytest.mark.skipif(shutil.which("redis-cli") is None, reason="redis-cli is not installed")
def test_redis_cli_itself_refuses_the_same_lines(tmp_path):
    """redis-cli prints "Invalid argument(s)" for a line its splitter refuses; it does so
    before it needs a server."""
    lines = ['"a"b', "'a'b", '"open', "'open", '"open\\', 'fine "a" b', "fi'ne'", '""']
    answers = [
        subprocess.run(
            ["redis-cli", "-s", str(tmp_path / "no.sock")],
            input=line + "\n",
            text=True,
            capture_output=True,
            timeout=10,
            check=False,
        )
        for line in lines
    ]
    refused = ["Invalid argument" in answer.stdout for answer in answers]

    def is_refused(line):
        try:
            split(line)
        except DataError:
            return True
        return False

    assert refused == [is_refused(line) for line in lines]
