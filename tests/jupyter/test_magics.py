"""What a person types into cells all day, in a real kernel."""

import re

import pytest


def note(ran):
    return [line for line in ran.stderr.split("\n") if line.startswith("note: ")]


# --- several commands --------------------------------------------------------------------


def test_the_commands_of_a_cell_are_answered_as_redis_cli_prints_them(kernel):
    ran = kernel.run(
        "%%redis\nSET a 1\n# a comment\n\nINCR a\nLRANGE none 0 -1\nRPUSH l x y"
    )
    assert ran.text == "OK\n(integer) 2\n(empty array)\n(integer) 2"
    assert "<table>" in ran.html
    assert 'src="data:image/svg+xml;base64,' in ran.html


def test_a_label_is_the_name_of_a_reply(kernel):
    kernel.run("%%redis\nSET a 1\nseen: GET a")
    assert kernel.run("_['seen'], _.labels").text == "(b'1', {'seen': 1})"
    ran = kernel.run("%%redis_pipeline\nSET a 2\nseen: GET a")
    assert "seen:" in ran.html
    assert kernel.run("_['seen']").text == "b'2'"


def test_the_first_command_that_fails_ends_the_cell(kernel, tell):
    ran = kernel.run("%%redis\nSET a x\nINCR a\nSET b 1")
    assert ran.text == "OK"
    assert ran.html.count("did not run") == 2
    assert ran.lines[0] == (
        "ResponseError: line 3, INCR a: ERR value is not an integer or out of range"
    )
    assert tell("EXISTS", "b") == b"0"


def test_a_wrong_number_of_arguments_is_answered_with_the_syntax(kernel):
    assert kernel.run("%redis GET").lines[1] == "GET key"
    assert kernel.run("%%redis\nSETEX k 1").lines[1] == "SETEX key seconds value"


def test_an_empty_cell_says_what_to_write(kernel):
    for magic in ("redis", "redis_pipeline", "redis_transaction"):
        ran = kernel.run(f"%%{magic}\n\n# nothing but this\n")
        assert "write one command a line" in ran.stderr


def test_a_cell_of_100_000_lines_works(kernel, tell):
    ran = kernel.run(
        "body = '\\n'.join(f'INCRBY total {number}' for number in range(100_000))\n"
        "get_ipython().run_cell_magic('redis_pipeline', '--no-transaction', body)"
    )
    assert ran.text.endswith("… and 99900 more")
    assert tell("GET", "total") == b"%d" % sum(range(100_000))


# --- Python values -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    [
        "%redis SET k {value}",
        "%%redis\nSET k {value}",
        "%%redis_pipeline\nSET k {value}",
        "%%redis_transaction\nMULTI\nSET k {value}",
        "%%redis_pipeline --watch {value}\nSET k {value}",
        "def f(value):\n    %redis SET k {value}\nf(value)",
        "async def f(value):\n    %redis SET k {value}\nawait f(value)",
        "async def f(n):\n    %redis SET k {value}\nawait f(1)",
        "%time %redis SET k {value}",
    ],
)
def test_a_value_is_one_argument_wherever_the_magic_stands(kernel, tell, cell):
    kernel.run('value = b"--a b\\r\\n\\xff{x}\\""')
    ran = kernel.run(cell)
    assert ran.status == "ok", ran.lines
    assert tell("GET", "k") == b'--a b\r\n\xff{x}"'


def test_the_names_of_a_function_come_before_those_of_the_notebook(kernel, tell):
    kernel.run("n = 1\ndef f(n):\n    %redis SET k {n}\nf(2)")
    assert tell("GET", "k") == b"2"


def test_a_line_with_an_unknown_name_is_named_and_nothing_is_sent(kernel, tell):
    kernel.run("price = 2")
    ran = kernel.run("%%redis_pipeline\nSET a 1\nSET b {prise}")
    assert ran.lines == [
        "DataError: line 3: there is no Python name prise",
        "Did you mean {price}?",
    ]
    assert tell("EXISTS", "a") == b"0"


@pytest.mark.parametrize(
    ("cell", "gives"),
    [
        ("%redis got << ECHO hi", "b'hi'"),
        ("%%redis got <<\nECHO hi", "[b'hi']"),
        ("%%redis got << --decode\nECHO hi", "['hi']"),
        ("%%redis_pipeline got << --no-transaction\nECHO hi", "[b'hi']"),
        ("%%redis_transaction got <<\nMULTI\nECHO hi", "[b'hi']"),
        ("%redis got << --wire ECHO hi", None),
    ],
)
def test_a_result_is_kept_under_a_name_instead_of_shown(kernel, cell, gives):
    ran = kernel.run(cell)
    assert ran.status == "ok", ran.lines
    assert ran.shown == []
    if gives:
        value = "getattr(got, 'values', None) or got.value"
        assert kernel.run(value).text == gives


def test_two_angles_further_on_are_an_argument(kernel, tell):
    kernel.run("%redis SET k <<")
    assert tell("GET", "k") == b"<<"
    assert (
        kernel.run("%redis 1x << PING").lines[0].startswith("DataError: '1x' is no Python")
    )


# --- options -----------------------------------------------------------------------------


def test_a_dry_run_shows_the_bytes_and_sends_nothing(kernel, tell):
    ran = kernel.run("%%redis_pipeline --dry-run\nSET a 1")
    assert ran.text.startswith("→ 56 bytes would be sent\n*1\\r\\n ")
    assert "MULTI" in ran.text
    assert "EXEC" in ran.text
    assert tell("EXISTS", "a") == b"0"
    ran = kernel.run("%redis --dry-run FLUSHALL")
    assert ran.status == "ok"


def test_a_dry_run_shows_the_packet_of_watch_too(kernel):
    ran = kernel.run("%%redis_pipeline --dry-run --watch k\nSET a 1")
    assert ran.text.startswith("→ 22 bytes would be sent")
    assert ran.text.count("would be sent") == 2


def test_a_dry_run_shows_no_password(kernel):
    assert "wonderland" not in kernel.run("%redis --dry-run AUTH wonderland").text


def test_wire_shows_the_bytes_there_and_back(kernel, tell):
    ran = kernel.run("%%redis --wire\nSET a 1\nLPUSH a x")
    assert ran.text.split("\n\n")[1] == (
        "← 5 bytes came back\n" + r"+OK\r\n".ljust(40) + "  a status"
    )
    assert "an error" in ran.text
    assert tell("GET", "a") == b"1"


def test_raw_and_decoded_replies(kernel):
    kernel.run("%redis SET k 'caf\u00e9 \"x\"'")
    assert kernel.run("%redis --raw GET k").text == 'caf\u00e9 "x"'
    assert kernel.run("%redis --decode GET k").text == '"caf\u00e9 \\"x\\""'
    assert kernel.run("_.value").text == "'caf\u00e9 \"x\"'"
    assert kernel.run('%redis --decode ECHO "\\xff"').text == r'"\xff"'
    assert kernel.run("_.value").text == r"b'\xff'"
    kernel.run("%redis RPUSH l a b")
    assert kernel.run("%redis --raw LRANGE l 0 -1").text == "a\nb"


def test_repeating_timing_and_delaying(kernel, tell):
    ran = kernel.run("%redis --repeat 5 --time --delay 3 INCR n")
    assert ran.text == "(integer) 5"
    shown = re.fullmatch(
        r"1 command, 1 round trip: ([\d.]+) ms \(median of 5; ([\d.]+) to [\d.]+\)\n",
        ran.stdout,
    )
    assert shown
    assert float(shown[2]) >= 3
    ran = kernel.run("%%redis_pipeline --time --watch n\nINCR n\nINCR n")
    assert ran.stdout.startswith("2 commands, 2 round trips: ")


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("%redis --repeat 0 PING", "0 is not between 1 and 1,000,000"),
        ("%redis --delay x PING", "invalid"),
        ("%redis --dryrun PING", "Did you mean --dry-run?"),
        ("%%redis_pipeline --retry 2\nPING", "--retry needs --watch"),
        ("%%redis PING\nPING", "unknown option: PING"),
        ("%redis_server restart", "invalid choice"),
    ],
)
def test_a_wrong_option_shows_the_usage(kernel, cell, says):
    ran = kernel.run(cell)
    assert says in ran.stderr
    assert "usage: %" in ran.stderr


# --- transactions ------------------------------------------------------------------------


def test_a_transaction_reads_and_writes_what_it_read(kernel, tell):
    tell("SET", "stock", "5")
    ran = kernel.run(
        "%%redis_transaction\nWATCH stock\nseen: GET stock\nMULTI\nSET copy {seen}\nEXEC"
    )
    assert ran.text == '"5"\n1) OK'
    assert tell("GET", "copy") == b"5"
    assert kernel.run("_['seen'], _.reads, _.tries, _.values").text == (
        "(b'5', 1, 1, [b'5', b'OK'])"
    )


def test_a_conflict_is_tried_again_and_each_try_is_told(kernel, tell):
    """The retry ends because bob's list has one element only, so he comes once."""
    tell("SET", "stock", "5")
    kernel.run("%redis --as bob PING\nbob = %redis_client bob")
    kernel.run(
        "import asyncio\n"
        "async def meddle():\n"
        "    await bob.brpop('go', 20)\n"
        "    await bob.decr('stock')\n"
        "    await bob.rpush('done', 1)\n"
        "task = asyncio.create_task(meddle())"
    )
    ran = kernel.run(
        "%%redis_transaction --retry 1\n"
        "WATCH stock\nseen: GET stock\nRPUSH go 1\nBRPOP done 20\nRPUSH done 1\n"
        "MULTI\nSET copy {seen}"
    )
    assert ran.status == "ok", ran.lines
    assert note(ran)[0].startswith("note: try 1: stock changed after WATCH")
    assert kernel.run("_.tries").text == "2"
    assert tell("GET", "copy") == b"4"
    assert kernel.run("%redis_explain").text == "EXEC ran: nothing to explain."


@pytest.mark.parametrize("retries", [0, 2])
def test_a_conflict_that_does_not_end_is_the_error_and_explained(kernel, retries):
    cell = f"%%redis_transaction --retry {retries}\nWATCH a\nINCR a\nMULTI\nSET a 1"
    ran = kernel.run(cell)
    assert ran.error == "WatchError"
    assert (
        sum("changes a, which this transaction watches" in n for n in note(ran))
        == 1 + retries
    )
    assert sum(": try " in n for n in note(ran)) == retries
    text = kernel.run("%redis_explain").text
    assert text.startswith("EXEC returned nil")
    assert "notebook changed a itself, after its WATCH" in text


def test_a_pipeline_is_retried_too(kernel, tell):
    """Its own connection is the only one that could conflict, and it does not."""
    ran = kernel.run("%%redis_pipeline --watch a --retry 3\nSET a 1")
    assert ran.text == "1) OK"


@pytest.mark.parametrize(
    ("cell", "first"),
    [
        ("WATCH a\nSET a 1\nEXEC", "the cell has no MULTI"),
        ("MULTI\nSET a 1\nEXEC\nGET a", "line 4: EXEC has no place between MULTI and EXEC"),
        ("MULTI\nWATCH a", "line 3: WATCH has no place"),
        ("MULTI\nSET a {nobody}", "there is no Python name nobody"),
        ("WATCH a\nLPUSH a\nMULTI\nSET a 1", "line 3, LPUSH a: ERR wrong number"),
        ("MULTI\nSET a 1\nGET too many", "line 4, GET too many: ERR wrong number"),
        (
            "WATCH a\nGET a\nMULTI\nSET a 1\nGET too many",
            "line 6, GET too many: ERR wrong number",
        ),
    ],
)
def test_what_is_no_transaction_is_named_and_writes_nothing(kernel, tell, cell, first):
    ran = kernel.run(f"%%redis_transaction\n{cell}")
    assert first in ran.lines[0], ran.lines
    assert len(ran.lines) == 2
    assert tell("EXISTS", "a") == b"0"


# --- notes -------------------------------------------------------------------------------


def test_what_loses_data_needs_a_yes_on_a_server_that_is_not_ours(kernel, tell):
    tell("SET", "precious", "1")
    for cell in (
        "%redis FLUSHALL",
        "%redis flushdb async",
        "%%redis\nGET a\nFLUSHALL",
        "%%redis_pipeline\nCONFIG SET maxmemory 0",
        "%%redis_transaction\nMULTI\nSWAPDB 0 1",
        "%redis --wire SHUTDOWN",
    ):
        ran = kernel.run(cell)
        assert ran.error == "DataError", cell
        assert "is not private to this notebook" in ran.lines[0]
        assert "--yes" in ran.lines[1]
    assert tell("EXISTS", "precious") == b"1"
    assert kernel.run("%redis --yes FLUSHALL").text == "OK"
    kernel.run("%redis_connect")
    assert kernel.run("%redis FLUSHALL").text == "OK"


def test_keys_on_a_large_database_is_noted_and_the_note_can_be_switched_off(kernel, tell):
    assert note(kernel.run("%redis KEYS none*")) == []
    tell("EVAL", "for n = 1, 10001 do redis.call('SET', 'k' .. n, n) end return 1", "0")
    try:
        assert "looks at all 10,001 keys" in note(kernel.run("%redis KEYS none*"))[0]
        assert "off keys" in kernel.run("%redis_lint off keys").stdout
        assert note(kernel.run("%redis KEYS none*")) == []
    finally:
        assert "on  keys" in kernel.run("%redis_lint on").stdout
        tell("FLUSHALL")
    assert "unknown note: kyes" in kernel.run("%redis_lint off kyes").stderr


def test_a_pipeline_cell_that_frames_itself_is_refused(kernel):
    ran = kernel.run("%%redis_pipeline\nMULTI\nSET a 1\nEXEC")
    assert ran.lines[0].startswith("DataError: line 2: MULTI has no place in")
    assert "%%redis_transaction" in ran.lines[1]


def test_watch_on_the_shared_connection_is_refused_with_the_way_to_do_it(kernel):
    for cell in ("%redis WATCH a", "%%redis\nWATCH a\nMULTI\nSET a 1\nEXEC"):
        assert "%%redis_transaction" in kernel.run(cell).lines[1]


def test_reading_without_watching_is_noted(kernel):
    ran = kernel.run("%%redis_transaction\nGET a\nMULTI\nSET a 1")
    assert "line 2 reads before MULTI, and nothing is watched" in note(ran)[0]
    assert ran.text == "(nil)\n1) OK"
