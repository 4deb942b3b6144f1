"""``{name}`` is one argument, whatever the value holds, and nothing is ever evaluated."""

import pytest

from redislab.exceptions import DataError
from redislab.jupyter.arguments import REDIS
from redislab.jupyter.cell import Name, split
from redislab.jupyter.options import as_words
from redislab.jupyter.values import fill
from redislab.wire.encode import encode

HOSTILE = [
    "", " ", "a b", "  both  ", "\t", "\n", "a\r\nFLUSHALL\r\n", "\x00", "a\x00b", "'", '"',
    "it's", 'say "hi"', "\\", "\\n", "\\x41", "--as", "--yes", "--as=bob", "-", "--", "<<",
    "# no comment", "{name}", "{{name}}", "{", "}", "$HOME", "%s", "*", "?", "[a-z]",
    "result << GET k", "label: GET k", "caf\u00e9", "\u202egnp", "\U0001f600", b"\xff\x00",
    bytes(range(256)), bytearray(b"ab"), memoryview(b"abcd")[::2], 0, -1, 2**80, 0.1,
    float("inf"), "*3\r\n$3\r\nSET\r\n",
]  # fmt: skip


def sent(value) -> bytes:
    framed = encode((value,))
    return framed.split(b"\r\n", 2)[2][:-2]


@pytest.mark.parametrize("value", HOSTILE, ids=repr)
def test_a_value_arrives_whole_as_one_argument(value):
    """On a cell's line, and through argparse on a magic's line."""
    names = {"value": value}
    assert fill(split("SET k {value}"), names) == (b"SET", b"k", sent(value))
    for line in ("SET k {value}", "--as bob SET k {value}", "SET --as {value}"):
        options = REDIS.read(line, names)
        assert as_words(options.command)[-1] == sent(value)
        assert len(options.command) == 3


@pytest.mark.parametrize(
    "value", [v for v in HOSTILE if isinstance(v, str) and v.isprintable()], ids=repr
)
def test_a_value_behind_an_option_is_the_options(value):
    if value == "--":  # argparse would lose it
        with pytest.raises(DataError, match="cannot be an option's value"):
            REDIS.read("--as {value} PING", {"value": value})
        return
    options = REDIS.read("--as {value} PING", {"value": value})
    assert (options.client, options.command) == (value, ["PING"])


class Trap:
    """Notices if somebody touches it."""

    touched = False

    def __getattr__(self, name):
        Trap.touched = True
        raise AttributeError(name)

    def __getitem__(self, index):
        Trap.touched = True

    def __call__(self):
        Trap.touched = True

    def __str__(self):
        Trap.touched = True
        return "touched"

    __repr__ = __format__ = __bytes__ = __int__ = __float__ = __index__ = __str__


@pytest.mark.parametrize(
    "expression",
    [
        "trap.x", "trap[0]", "trap()", "trap!r", "trap!s", "trap:>10", "trap=", "trap+1",
        "-trap", "trap,", "(trap)", "[trap]", "*trap", "lambda:trap", "f(trap)",
        "__import__('os')", "1+1", "trap==trap", "{trap}", "", "0", "a-b",
        "'trap'",
    ],
)  # fmt: skip
def test_an_expression_is_refused_and_never_evaluated(expression):
    names = {"trap": Trap()}
    with pytest.raises(DataError):
        fill(split(f"SET k {{{expression}}} last"), names)
    assert not Trap.touched


def test_blanks_part_words_in_braces_as_anywhere():
    assert split("SET k {not trap}") == (b"SET", b"k", b"{not", b"trap}")


def test_an_object_is_refused_without_being_touched():
    with pytest.raises(DataError, match=r"\{trap\} is of type Trap, which Redis cannot"):
        fill((b"SET", b"k", Name("trap")), {"trap": Trap()})
    assert not Trap.touched


@pytest.mark.parametrize(
    "value", [None, True, [], {}, object(), "\ud800", 10**5000], ids=type
)
def test_what_redis_cannot_hold_is_refused(value):
    with pytest.raises(DataError, match=r"\{value\}|argument"):
        fill((b"SET", b"k", Name("value")), {"value": value})


def test_a_name_nobody_knows_is_answered_with_the_nearest_one():
    with pytest.raises(DataError, match="no Python name prise") as caught:
        fill((b"SET", b"k", Name("prise")), {"price": 1, "prize": print})
    assert caught.value.hint == "Did you mean {price}?"
    with pytest.raises(DataError) as caught:
        fill((b"SET", b"k", Name("prise")), {})
    assert '"{prise}"' in caught.value.hint


def test_a_command_is_written_out():
    with pytest.raises(DataError, match="a command's name is written out"):
        fill((Name("x"), b"k"), {"x": "GET"})
    with pytest.raises(DataError, match="a command's name is written out"):
        as_words(REDIS.read("{x} k", {"x": "GET"}).command)


@pytest.mark.parametrize("key", ["user:{42}:name", "{user}:1", "a{b}", "'{b}'", '"{b}"'])
def test_braces_inside_a_word_or_in_quotes_are_letters(key):
    (word,) = split(key)
    assert word == key.strip("'\"").encode()
