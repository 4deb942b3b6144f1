"""The magics in a real kernel: awaited and not, interrupted, and given bad input."""

import time

import pytest

from tests.jupyter.kernel import Kernel

ANSWERED_WITHIN = 2.0
"""Seconds for the stop button. Usual is a tenth of one; the machine may be busy."""


def wait_until_blocked(tell, command: str) -> None:
    """Until the server has a client that waits in this command."""
    deadline = time.monotonic() + 20
    while f"cmd={command}".encode() not in tell("CLIENT", "LIST"):
        assert time.monotonic() < deadline, f"nobody waits in {command}"
        time.sleep(0.005)


# --- one command -------------------------------------------------------------------------


def test_one_command_is_answered_as_redis_cli_prints_it(kernel):
    assert kernel.run('%redis SET greeting "hello world"').text == "OK"
    assert kernel.run("%redis GET greeting").text == '"hello world"'
    assert kernel.run("%redis GET nothing").text == "(nil)"
    assert kernel.run("%redis INCR counter").text == "(integer) 1"
    assert kernel.run("%redis LRANGE nothing 0 -1").text == "(empty array)"


def test_the_reply_is_a_value(kernel):
    ran = kernel.run("%redis SET k '{name}'\nanswer = %redis GET k\nprint(answer.value)")
    assert ran.stdout == "b'{name}'\n"


def test_named_clients_are_clients_of_their_own(kernel):
    assert kernel.run("%redis --as bob CLIENT GETNAME").text == '"bob"'
    assert kernel.run("%redis CLIENT GETNAME").text == '"notebook"'
    ran = kernel.run("bob = %redis_client bob\nprint(bob.name, await bob.incr('n'))")
    assert ran.stdout == "bob 1\n"


def test_a_server_is_named_without_its_password(kernel, valkey):
    assert kernel.run(f"%redis_connect {valkey.url}").stdout == (
        f"connected to {valkey.address}\n"
    )
    assert ":***@" in kernel.run("%redis_client").text


def test_without_a_url_a_private_server_is_started(kernel):
    assert kernel.run("%redis_connect").stdout == "connected to a private server\n"
    assert kernel.run("%redis PING").text == "PONG"


def test_a_private_server_that_was_shut_down_is_brought_back(kernel):
    kernel.run("%redis_connect")
    assert kernel.run("%redis SHUTDOWN NOSAVE").error == "ConnectionError"
    assert kernel.run("%redis_connect").stdout == "connected to a private server\n"
    assert kernel.run("%redis PING").text == "PONG"


def test_the_help_is_shown_by_a_question_mark(kernel):
    payload = kernel.run("%%redis_pipeline?").payload
    assert "usage: %%redis_pipeline" in payload
    assert "--watch KEY" in payload


# --- where a magic may stand --------------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    [
        "%redis INCR n",
        "x = %redis INCR n\nx",
        "if True:\n    x = %redis INCR n\nx",
        "async def f():\n    x = %redis INCR n\n    return x\nawait f()",
        "def f():\n    x = %redis INCR n\n    return x\nf()",
        "f = lambda: get_ipython().run_line_magic('redis', 'INCR n')\nf()",
        "[get_ipython().run_line_magic('redis', 'INCR n') for _ in range(1)][0]",
        "def g():\n    x = %redis INCR n\n    yield x\nnext(g())",
        "class C:\n    x = %redis INCR n\nC.x",
        "await asyncio.sleep(0)\ndef f():\n    x = %redis INCR n\n    return x\nf()",
        "%time %redis INCR n",
        "%%time\n%redis INCR n",
        "%%capture out\n%redis INCR n\n",
        "get_ipython().run_cell('%redis INCR n').result",
    ],
)
def test_a_magic_runs_once_wherever_it_stands(kernel, tell, cell):
    ran = kernel.run(f"import asyncio\n{cell}" if not cell.startswith("%%") else cell)
    assert ran.status == "ok", ran.lines
    assert tell("GET", "n") == b"1"
    if "capture" not in cell:
        assert ran.text == "(integer) 1"


def test_an_awaited_magic_is_stopped_by_asyncio_timeout(kernel):
    ran = kernel.run(
        "import asyncio\n"
        "try:\n"
        "    async with asyncio.timeout(0.05):\n"
        "        %redis BLPOP nothing 0\n"
        "except TimeoutError:\n"
        "    print('in time')"
    )
    assert ran.stdout == "in time\n"
    assert kernel.run("%redis PING").text == "PONG"


def test_background_tasks_go_on_while_a_magic_is_awaited(kernel, tell):
    """The loop is not blocked: it is another task that ends the waiting."""
    ran = kernel.run(
        "import asyncio\n"
        "bob = %redis_client bob\n"
        "async def push():\n"
        "    await bob.rpush('queue', 'work')\n"
        "task = asyncio.create_task(push())\n"
        "%redis BLPOP queue 20"
    )
    assert ran.text == '1) "queue"\n2) "work"'


# --- the stop button and the cells behind -------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "error"),
    [
        ("%redis BLPOP nothing 0", "CancelledError"),
        ("def f():\n    %redis BLPOP nothing 0\nf()", "KeyboardInterrupt"),
        ("%redis PING\ndef f():\n    %redis BLPOP nothing 0\nf()", "KeyboardInterrupt"),
    ],
)
def test_the_stop_button_is_answered_and_the_next_cell_works(kernel, tell, cell, error):
    waiting = kernel.send(cell)
    wait_until_blocked(tell, "blpop")
    before = time.monotonic()
    kernel.interrupt()
    ran = kernel.collect(waiting)
    assert time.monotonic() - before < ANSWERED_WITHIN
    assert ran.error == error
    assert ran.lines[0] == "Stopped."
    assert len(ran.lines) == 2
    assert kernel.run("%redis PING").text == "PONG"


@pytest.mark.parametrize(
    "cell",
    ["%redis BLPOP queue 0", "def f():\n    x = %redis BLPOP queue 0\n    return x\nf()"],
)
def test_cells_submitted_meanwhile_all_run_in_order(kernel, tell, cell):
    kernel.run("ran = []")
    waiting = kernel.send(cell)
    wait_until_blocked(tell, "blpop")
    behind = [kernel.send(f"ran.append({number})") for number in range(20)]
    tell("RPUSH", "queue", "work")
    assert kernel.collect(waiting).text == '1) "queue"\n2) "work"'
    for sent in behind:
        assert kernel.collect(sent).status == "ok"
    assert kernel.run("ran == list(range(20))").text == "True"


# --- pipelines ----------------------------------------------------------------------------


def test_a_pipeline_gives_text_a_table_and_a_picture(kernel):
    ran = kernel.run("%%redis_pipeline\n# two commands\nSET a 1\n\nINCRBY a 41\n")
    assert ran.text == "1) OK\n2) (integer) 42"
    assert "<table>" in ran.html
    assert "INCRBY a 41" in ran.html
    assert 'src="data:image/svg+xml;base64,' in ran.html
    assert kernel.run(
        "result = _\nprint(result.values, result[1], len(result))"
    ).stdout == ("[b'OK', 42] 42 2\n")


def test_the_packet_is_framed_by_multi_and_exec_unless_told_not_to(kernel):
    names = "[e.arguments[0] for e in _.recording if type(e).__name__ == 'CommandIssued']"
    kernel.run("%%redis_pipeline\nSET a 1")
    assert kernel.run(names).text == "['MULTI', 'SET', 'EXEC']"
    kernel.run("%%redis_pipeline --no-transaction\nSET a 1")
    assert kernel.run(names).text == "['SET']"


def test_a_watched_key_is_watched_before_anything_is_buffered(kernel):
    kernel.run("%%redis_pipeline --watch a --watch 'b c'\nSET a 1")
    ran = kernel.run("[e.keys for e in _.recording if type(e).__name__ == 'WatchSet']")
    assert ran.text == "[(b'a', b'b c')]"


def test_a_pipeline_in_a_function_gives_its_result(kernel):
    ran = kernel.run(
        "def f():\n"
        "    return get_ipython().run_cell_magic('redis_pipeline', '', 'SET a 1')\n"
        "f()[0]"
    )
    assert ran.text == "b'OK'"


def test_a_very_long_cell_works(kernel, tell):
    ran = kernel.run(
        "lines = '\\n'.join(f'INCRBY total {number}' for number in range(20_000))\n"
        "get_ipython().run_cell_magic('redis_pipeline', '', lines)"
    )
    assert ran.status == "ok"
    assert ran.text.endswith("… and 19900 more")
    assert len(ran.html) < 100_000
    assert tell("GET", "total") == b"%d" % sum(range(20_000))


@pytest.mark.parametrize("wrapped", [False, True])
def test_live_shows_the_buffer_filling_above_the_result(kernel, wrapped):
    """``wrapped`` is the road through ``%%time``, which cannot await."""
    cell = "%%redis_pipeline --live\nSET a 1\nINCR a"
    ran = kernel.run(f"%%time\n{cell}" if wrapped else cell)
    assert ran.status == "ok", ran.lines
    assert "application/vnd.jupyter.widget-view+json" in ran.shown[0]
    assert ran.text == "1) OK\n2) (integer) 2"


# --- bad input ----------------------------------------------------------------------------


def bad(kernel: Kernel, cell: str) -> list[str]:
    """Run a cell that must fail, and give its error; the kernel and connection live."""
    ran = kernel.run(cell)
    assert ran.status == "error"
    assert kernel.run("%redis PING").text == "PONG"
    return ran.lines


def test_a_wrong_command_is_the_servers_error_on_two_lines(kernel):
    kernel.run("%redis SET text abc")
    assert bad(kernel, "%redis LPUSH text x") == [
        "WrongTypeError: WRONGTYPE Operation against a key holding the wrong kind of value",
        "The key holds another type: TYPE tells which, DEL makes room for a new one.",
    ]


@pytest.mark.parametrize("cell", ["%redis GTE k", "def f():\n    %redis GTE k\nf()"])
def test_an_unknown_command_is_answered_with_the_nearest_one(kernel, cell):
    first, second = bad(kernel, cell)
    assert first.startswith("ResponseError: ERR unknown command 'GTE'")
    assert second == "Did you mean GET?"


def test_a_line_that_cannot_be_read_is_named_and_nothing_is_sent(kernel, tell):
    lines = bad(kernel, '%%redis_pipeline\nSET a 1\nSET b "two')
    assert lines == ["DataError: line 3: a double quote is never closed", '→ SET b "two']
    assert tell("EXISTS", "a") == b"0"


def test_a_failing_line_is_named_and_the_others_keep_their_results(kernel, tell):
    kernel.run("%redis SET text abc")
    ran = kernel.run("%%redis_pipeline\nSET a 1\nINCR text\nINCR a")
    assert ran.status == "error"
    assert ran.error == "ResponseError"
    assert ran.lines[0] == (
        "ResponseError: line 3, INCR text: ERR value is not an integer or out of range"
    )
    assert ran.text == (
        "1) OK\n2) (error) ERR value is not an integer or out of range\n3) (integer) 2"
    )
    assert "✗ 2" in ran.html
    assert tell("GET", "a") == b"2"


def test_a_refused_transaction_shows_that_nothing_ran(kernel, tell):
    ran = kernel.run("%%redis_pipeline\nSET a 1\nGET too many")
    assert ran.lines[0].startswith("ResponseError: line 3, GET too many: ERR wrong number")
    assert ran.text == "(EXEC ran none of the 2 commands)"
    assert "did not run" in ran.html
    assert tell("EXISTS", "a") == b"0"


def test_a_command_that_has_no_place_in_a_pipeline_is_refused_unsent(kernel, tell):
    lines = bad(kernel, "%%redis_pipeline\nSET a 1\nSELECT 3")
    assert lines[0].startswith("RedisError: line 3, SELECT 3: ")
    assert tell("EXISTS", "a") == b"0"


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("%%redis_pipeline --wacth k\nSET a 1", "Did you mean --watch?"),
        ("%%redis_pipeline\n# nothing but a comment", "write one command a line"),
        (
            "%%redis_pipeline --watch k --no-transaction\nGET a",
            "--watch needs a transaction",
        ),
        ("%redis", "which command?"),
        ("%redis --sa bob PING", "Did you mean --as?"),
        ("def f():\n    %redis --sa bob PING\nf()", "Did you mean --as?"),
    ],
)
def test_a_wrong_option_shows_the_usage(kernel, cell, says):
    ran = kernel.run(cell)
    assert ran.status == "error"
    assert says in ran.stderr
    assert "usage: %" in ran.stderr


def test_a_server_that_is_not_there_is_an_error_and_the_old_one_stays(kernel, tell):
    tell("SET", "here", "yes")
    lines = bad(kernel, "%redis_connect redis://:secret@127.0.0.1:1/0")
    assert lines[0].startswith("ConnectionError: ")
    assert "secret" not in "".join(lines)
    assert kernel.run("%redis GET here").text == '"yes"'
    assert bad(kernel, "%redis_connect nonsense")[0].startswith("DataError: ")


def test_without_a_server_binary_the_error_names_the_remedy(kernel):
    kernel.run("import os; before = os.environ.copy()")
    try:
        kernel.run("os.environ['REDISLAB_SERVER'] = '/nonexistent'")
        kernel.run("get_ipython().redislab.notebook.classroom._server.stop()")
        ran = kernel.run("%redis_connect")
    finally:
        kernel.run("os.environ.clear(); os.environ.update(before)")
    assert ran.status == "error"
    assert len(ran.lines) == 2
    assert "redislab doctor" in "".join(ran.lines)


def test_a_value_of_a_type_redis_cannot_hold_is_refused_unsent(kernel, tell):
    ran = kernel.run("alice = %redis_client\nawait alice.set('k', object())")
    assert ran.error == "DataError"
    assert tell("EXISTS", "k") == b"0"


# --- the extension ------------------------------------------------------------------------


def test_another_extensions_magic_of_the_same_name_is_noticed(tmp_path):
    kernel = Kernel(tmp_path)
    try:
        kernel.run("get_ipython().register_magic_function(print, 'cell', 'redis')")
        ran = kernel.run("%load_ext redislab")
        assert ran.stderr == (
            "note: another extension's cell magic redis is now redislab's\n"
        )
        assert kernel.run("%reload_ext redislab").stderr == ""
    finally:
        kernel.stop()


def test_the_extension_may_be_reloaded_and_taken_away(tmp_path_factory):
    kernel = Kernel(tmp_path_factory.mktemp("kernel"))
    try:
        kernel.run("%load_ext redislab")
        kernel.run("%reload_ext redislab")
        assert kernel.run("len(get_ipython().input_transformers_post)").text == "1"
        kernel.run("%unload_ext redislab")
        assert kernel.run("get_ipython().input_transformers_post").text == "[]"
        assert "not found" in kernel.run("%redis PING").stderr
        loaded = "[m for m in ('anywidget', 'nest_asyncio2') if m in sys.modules]"
        assert kernel.run(f"import sys\n{loaded}").text == "[]"
    finally:
        kernel.stop()
