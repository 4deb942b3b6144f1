"""Options are read, and a mistake is answered with the usage and a suggestion."""

import pytest
from IPython.core.error import UsageError

from redislab.exceptions import DataError
from redislab.jupyter.arguments import PIPELINE, REDIS
from redislab.jupyter.looking_arguments import CLIENT, CONNECT
from redislab.jupyter.options import as_words


def test_a_command_keeps_its_quoting_and_its_bytes_behind_the_options():
    options = REDIS.read(r'--as bob SET "a b" "\xff\x00" --odd -x')
    assert options.client == "bob"
    assert as_words(options.command) == (b"SET", b"a b", b"\xff\x00", b"--odd", b"-x")


def test_a_command_may_be_missing():
    assert REDIS.read("").command == []


def test_pipeline_options():
    options = PIPELINE.read('--watch stock --watch "order book" --no-transaction')
    assert options.watch == ["stock", "order book"]
    assert options.transaction is False
    assert options.live is False


def test_watched_keys_do_not_leak_from_one_cell_into_the_next():
    PIPELINE.read("--watch a")
    assert PIPELINE.read("").watch == []


@pytest.mark.parametrize(
    ("options", "line", "says"),
    [
        (PIPELINE, "--wacth k", "unknown option: --wacth. Did you mean --watch?"),
        (PIPELINE, "--no-transactoin", "Did you mean --no-transaction?"),
        (PIPELINE, "--zzz", "unknown option: --zzz\n"),
        (PIPELINE, "--watch", "expected one argument"),
        (PIPELINE, "SET k v", "unknown option: SET\n"),
        (REDIS, "--sa bob GET k", "Did you mean --as?"),
        (CONNECT, "redis://a redis://b", "unknown option: redis://b"),
    ],
)
def test_a_wrong_option_shows_the_usage_and_the_nearest_right_one(options, line, says):
    with pytest.raises(UsageError) as caught:
        options.read(line)
    assert says in str(caught.value)
    assert f"usage: {options.prog} " in str(caught.value)


def test_bad_quoting_in_the_magic_line_is_a_data_error():
    with pytest.raises(DataError, match="a double quote is never closed"):
        CLIENT.read('"bob')


@pytest.mark.parametrize("options", [REDIS, PIPELINE, CONNECT, CLIENT])
def test_the_help_is_made_from_the_same_specification(options):
    text = options.format_help()
    assert f"usage: {options.prog}" in text
    for action in options._actions:
        assert action.help in " ".join(text.split())
