"""A cell's value: a sequence, a text, a table, a picture."""

import sys
from types import SimpleNamespace

import pytest

from redislab import Redis, record
from redislab.exceptions import RedisError, ResponseError
from redislab.jupyter.format import Style
from redislab.jupyter.result import (
    ROWS,
    Answer,
    PipelineResult,
    TransactionResult,
    server_words,
)


@pytest.fixture
async def ran(valkey):
    """Run commands in a pipeline and give the result."""
    async with Redis.from_url(valkey.url, client_name="alice") as client:
        await client.flushall()

        async def run(*commands):
            with record(client) as recording:
                pipe = client.pipeline()
                for command in commands:
                    pipe.execute_command(*command)
                values = await pipe.execute(raise_on_error=False)
            return PipelineResult(commands, values, recording)

        yield run


def test_an_answer_is_shown_as_redis_cli_prints_it_and_keeps_its_value():
    answer = Answer((b"GET", b"k"), b"v")
    assert repr(answer) == '"v"'
    assert answer.value == b"v"


async def test_a_result_is_the_sequence_of_the_replies(ran):
    result = await ran((b"SET", b"a", b"1"), (b"INCR", b"a"), (b"GET", b"nothing"))
    assert list(result) == result.values == [b"OK", 2, None]
    assert (result[1], result[-1], result[:2]) == (2, None, [b"OK", 2])
    assert len(result) == 3
    assert repr(result) == "1) OK\n2) (integer) 2\n3) (nil)"


async def test_errors_are_found_by_index_in_the_servers_own_words(ran):
    result = await ran((b"SET", b"a", b"x"), (b"INCR", b"a"), (b"GET", b"a"))
    assert list(result.errors) == [1]
    assert isinstance(result.errors[1], ResponseError)
    assert server_words(result.errors[1]) == "ERR value is not an integer or out of range"
    assert repr(result).split("\n")[1] == (
        "2) (error) ERR value is not an integer or out of range"
    )
    assert result._repr_html_().count("✗") == 1


def test_an_error_outside_a_pipeline_has_the_servers_words_only():
    assert server_words(RedisError("ERR no")) == "ERR no"


async def test_the_html_is_a_table_and_the_picture_of_the_packet(ran):
    result = await ran(
        (b"SET", b"a", b"1"),
    )
    html = result._repr_html_()
    assert html.startswith("<table>")
    assert "SET a 1" in html
    assert '<img src="data:image/svg+xml;base64,' in html
    assert "MULTI" in result.picture.svg


async def test_what_a_server_says_is_text_and_never_markup(ran):
    attack = b"<img src=x onerror=alert(1)>\x1b[31m"
    result = await ran((b"SET", b"k", attack), (b"GET", b"k"))
    html = result._repr_html_()
    assert "<img src=x" not in html
    assert "\x1b" not in html + repr(result) + result.picture.svg


async def test_a_long_result_is_cut_for_the_eye_and_whole_in_values(ran):
    result = await ran(*[(b"SET", b"k%d" % n, b"v") for n in range(ROWS + 50)])
    assert len(result.values) == ROWS + 50
    assert repr(result).endswith("… and 50 more")
    assert "… and 50 more" in result._repr_html_()
    assert result._repr_html_().count("<tr>") == ROWS + 2  # head and foot


async def test_a_long_reply_is_cut_in_the_table_only(ran):
    result = await ran(
        (b"RPUSH", b"k", *(b"%d" % n for n in range(500))), (b"LRANGE", b"k", b"0", b"-1")
    )
    assert '500) "499"' in repr(result)
    assert "499" not in result._table().__str__()
    assert len(result[1]) == 500


def test_a_dataframe_has_a_row_for_each_command(monkeypatch):
    """What pandas is given; pandas itself need not be here."""
    monkeypatch.setitem(sys.modules, "pandas", SimpleNamespace(DataFrame=dict))
    result = PipelineResult(
        [(b"SET", b"a", b"1"), (b"GET", b"a")], [b"OK", b"1"], labels=["", "seen"]
    )
    assert result.to_dataframe() == {
        "label": ["", "seen"],
        "command": ["SET a 1", "GET a"],
        "reply": [b"OK", b"1"],
    }


def test_a_transaction_is_printed_as_its_reads_and_what_exec_gave():
    result = TransactionResult(
        [(b"GET", b"a"), (b"SET", b"a", b"2"), (b"GET", b"a")],
        [b"1", b"OK", b"2"],
        reads=1,
        tries=2,
        labels=["seen", "", ""],
    )
    assert repr(result) == '"1"\n1) OK\n2) "2"'
    assert result["seen"] == b"1"
    with pytest.raises(KeyError):
        result["nobody"]


def test_in_other_styles_the_values_change_with_the_text():
    decoded = PipelineResult([(b"GET", b"a")], ["café".encode()], style=Style(decode=True))
    assert decoded.values == ["café"]
    assert repr(decoded) == '1) "café"'
    raw = PipelineResult(
        [(b"GET", b"a"), (b"GET", b"b")], [b"x", None], style=Style(raw=True)
    )
    assert repr(raw) == "x\n"
    assert raw.values == [b"x", None]


def test_without_a_recording_there_is_a_table_and_no_picture():
    result = PipelineResult([(b"SET", b"a", b"1")], [b"OK"])
    assert result.picture is None
    assert "<img" not in result._repr_html_()
