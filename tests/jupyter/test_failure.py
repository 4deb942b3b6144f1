"""Errors on two lines, and the command that was meant."""

import asyncio

import pytest

from redislab import Redis
from redislab.exceptions import DataError, ResponseError, WrongTypeError
from redislab.jupyter.failure import nearest, short_when_stopped, suggest_command, two_lines


def shown(error):
    return error._render_traceback_()


def test_an_error_is_its_class_its_message_and_its_hint():
    error = two_lines(DataError("no such type", hint="Use bytes."))
    assert shown(error) == ["DataError: no such type", "Use bytes."]
    assert isinstance(error, DataError)
    assert str(error) == "no such type"


def test_the_first_wording_stays():
    """What is nearest to the fault knows it best: the line of the cell, say."""
    error = two_lines(WrongTypeError("WRONGTYPE"), "line 3: WRONGTYPE")
    assert shown(two_lines(error))[0] == "WrongTypeError: line 3: WRONGTYPE"


def test_nothing_that_a_terminal_obeys_is_printed():
    error = two_lines(ResponseError("ERR \x1b[31mred\u202e"))
    assert "".join(shown(error)).isprintable()


@pytest.mark.parametrize(
    ("word", "meant"),
    [("GTE", "GET"), ("LPSUH", "LPUSH"), ("SETT", "SET"), ("XYZZY", None)],
)
def test_the_nearest_command_is_found_by_its_letters(word, meant):
    assert nearest(word, ["get", "getex", "set", "lpush", "lpushx"]) == meant


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        (b"GTE", "Did you mean GET?"),
        (b"zunoinstore", "Did you mean ZUNIONSTORE?"),
        (b"qqqqq", "The server has no such command."),
        (b"\xff\xff", "The server has no such command."),
    ],
)
async def test_the_server_itself_is_asked_which_commands_it_has(valkey, name, hint):
    async with Redis.from_url(valkey.url) as client:
        with pytest.raises(ResponseError) as caught:
            await client.execute_command("NOSUCH")
        await suggest_command(client, name, caught.value)
    assert caught.value.hint == hint


async def test_other_errors_keep_their_hint(valkey):
    async with Redis.from_url(valkey.url) as client:
        error = ResponseError("ERR no such key", hint="as it was")
        await suggest_command(client, b"SET", error)
    assert error.hint == "as it was"


async def test_a_stopped_magic_is_asyncios_own_cancelled_error():
    """A subclass would break ``asyncio.timeout``."""

    async def magic():
        with short_when_stopped():
            await asyncio.Event().wait()

    task = asyncio.create_task(magic())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError) as caught:
        await task
    assert type(caught.value) is asyncio.CancelledError
