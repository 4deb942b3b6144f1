"""The magics that look: at the server, its keys, its help, and how the last cell went."""

import pytest


@pytest.fixture
def private(kernel):
    """A kernel on a private server of its own, with nothing in it."""
    assert kernel.run("%redis_connect").status == "ok"
    kernel.run("%redis FLUSHALL")
    return kernel


# --- %redis_server -----------------------------------------------------------------------


def test_the_status_names_the_server_without_its_password(kernel, valkey):
    lines = kernel.run("%redis_server").stdout.split("\n")
    assert lines[0] == f"server {valkey.address}"
    assert lines[1].split() == ["version", *valkey.version.split()]
    assert kernel.run("%redis_server status").stdout.split("\n")[-2].startswith("  clients")


def test_a_private_server_is_stopped_started_and_renewed(private):
    private.run("%redis SET k v")
    assert "new and empty" in private.run("%redis_server fresh").stdout
    assert private.run("%redis DBSIZE").text == "(integer) 0"
    assert "stopped" in private.run("%redis_server stop").stdout
    assert "not running" in private.run("%redis_server").stdout
    ran = private.run("%redis PING")
    assert ran.error == "ConnectionError"
    assert ran.lines[1].startswith("The private server is down: %redis_server start")
    assert private.run("%redis_server start").stdout == "connected to a private server\n"
    assert private.run("%redis PING").text == "PONG"


def test_a_server_that_was_shut_down_inside_a_cell_is_named_with_the_way_on(private):
    ran = private.run("%redis SHUTDOWN NOSAVE")
    assert ran.error == "ConnectionError"
    assert "%redis_server start" in private.run("%%redis\nPING").lines[1]
    assert private.run("%redis_server start").status == "ok"


@pytest.mark.parametrize("action", ["start", "stop", "fresh"])
def test_a_server_that_is_not_ours_is_left_alone(kernel, tell, action):
    ran = kernel.run(f"%redis_server {action}")
    assert ran.lines[0] == (
        f"DataError: {action} is for a private server, and you connected to another one"
    )
    assert tell("PING") == b"PONG"


# --- %redis_keys -------------------------------------------------------------------------


def test_keys_are_listed_with_type_time_to_live_and_size(kernel, tell):
    tell("SET", "a", "1")
    tell("HSET", "b <b>", "f", "v")
    tell("SET", "gone soon", "1", "EX", "100")
    ran = kernel.run("%redis_keys")
    lines = ran.text.split("\n")
    assert lines[0].split()[:3] == ["a", "string", "stays"]
    assert lines[1].startswith('"b <b>"')
    assert " hash " in lines[1]
    assert " 100 s " in lines[2]
    assert lines[3] == "3 of 3 keys"
    assert "<b>" not in ran.html.replace("<tbody>", "")


def test_keys_are_chosen_by_pattern_and_type_and_bounded(kernel, tell):
    tell("EVAL", "for n = 1, 3000 do redis.call('SET', 'k' .. n, n) end return 1", "0")
    tell("RPUSH", "list", "x")
    assert kernel.run("%redis_keys --type list").text.split("\n")[0].startswith("list")
    assert kernel.run("%redis_keys k299[0-9]").text.split("\n")[-1] == "10 of 3001 keys"
    ran = kernel.run("%redis_keys --limit 5")
    assert ran.text.split("\n")[-1] == (
        "5 of 3001 keys; there may be more that match (--limit)"
    )
    kernel.run("%redis_keys found << k29*")
    assert kernel.run("len(found), found[0].type").text == "(100, 'string')"


def test_no_keys_are_no_error(kernel):
    assert kernel.run("%redis_keys nothing*").text == "0 of 0 keys"


# --- %redis_help -------------------------------------------------------------------------


def test_help_is_the_servers_own(kernel):
    lines = kernel.run("%redis_help getex").text.split("\n")
    assert lines[0].startswith("GETEX key [EX seconds | PX milliseconds |")
    assert "expiration" in lines[1]
    assert kernel.run("%redis_help client kill").text.startswith("CLIENT KILL ")
    assert "CLIENT GETNAME: " in kernel.run("%redis_help CLIENT").text


def test_an_unknown_command_is_answered_with_the_nearest_one(kernel):
    assert kernel.run("%redis_help GTE").lines == [
        "DataError: the server has no command GTE",
        "Did you mean GET?",
    ]


# --- %redis_trace, %redis_explain --------------------------------------------------------


def test_the_trace_counts_packets_commands_and_bytes(kernel):
    kernel.run("%%redis\nSET a 1\nGET a")
    ran = kernel.run("%redis_trace")
    lines = ran.text.split("\n")
    assert "ms  notebook: SET a 1, 27 bytes, answered after" in lines[0]
    assert lines[2] == "2 round trips, 2 commands, 47 bytes sent"
    assert 'src="data:image/svg+xml;base64,' in ran.html
    kernel.run("%%redis_pipeline\nSET a 1\nGET a")
    assert kernel.run("%redis_trace").text.split("\n")[-1] == (
        "1 round trip, 4 commands, 76 bytes sent"
    )


def test_a_recording_of_python_code_is_traced_and_explained(kernel):
    kernel.run(
        "import redislab\n"
        "alice = %redis_client alice\n"
        "bob = %redis_client bob\n"
        "with redislab.record(alice, bob) as story:\n"
        "    async with alice.pipeline() as pipe:\n"
        "        await pipe.watch('k')\n"
        "        pipe.multi()\n"
        "        pipe.incr('k')\n"
        "        await bob.incr('k')\n"
        "        try:\n"
        "            await pipe.execute()\n"
        "        except redislab.WatchError:\n"
        "            pass\n"
    )
    text = kernel.run("%redis_explain story").text
    assert text.startswith("EXEC returned nil: bob changed k while alice was watching it")
    assert kernel.run("%redis_trace story").text.endswith("bytes sent")
    assert "is no recording" in kernel.run("%redis_explain bob").lines[0]
    assert "is no recording" in kernel.run("%redis_trace nobody").lines[0]


def test_without_an_exec_there_is_nothing_to_explain(kernel):
    kernel.run("%redis PING")
    assert kernel.run("%redis_explain").text == "There was no EXEC in what was recorded."


# --- %redis_load -------------------------------------------------------------------------


def test_a_file_of_commands_is_loaded(kernel, tell, tmp_path):
    path = tmp_path / "my commands.txt"
    path.write_text("# prices\nSET apples 1\n\nINCR apples\n", encoding="utf-8")
    assert kernel.run(f"%redis_load '{path}'").stdout == "2 commands, 0 errors\n"
    assert tell("GET", "apples") == b"2"
    path.write_text("SET a x\nINCR a\nSET b 1", encoding="utf-8")
    ran = kernel.run(f"%redis_load '{path}'")
    assert ran.stdout == "3 commands, 1 error\n"
    assert ran.lines[0].startswith("ResponseError: line 2, INCR a: ERR value is not")
    assert tell("GET", "b") == b"1"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("SET a {n}", "line 1: there is no Python name n"),
        ('SET a "', "line 1: a double quote is never closed"),
        ("FLUSHALL", "is not private to this notebook"),
        ("SET a 1\nSELECT 2", "SELECT would change the connection"),
    ],
)
def test_a_file_that_cannot_be_run_is_refused_whole(kernel, tell, tmp_path, text, says):
    (tmp_path / "file").write_text(f"SET before 1\n{text}".split("\n", 1)[1])
    kernel.run("n = 1")
    assert says in kernel.run(f"%redis_load {tmp_path}/file").lines[0]
    assert tell("EXISTS", "a") == b"0"


def test_a_file_that_is_not_there_is_named(kernel):
    lines = kernel.run("%redis_load /nonexistent/file").lines
    assert lines[0].startswith("DataError: /nonexistent/file cannot be read")


# --- %redis_monitor ----------------------------------------------------------------------


def test_the_monitor_shows_what_the_server_runs_while_later_cells_run(kernel, tell):
    assert kernel.run("%redis_monitor --seconds 60").text == "(listening)"
    kernel.run('%redis SET seen "by \\x1b[2J everybody"')
    kernel.wait_for_update('SET seen "by \\x1b[2J everybody"')
    kernel.run("%redis_monitor off")
    kernel.wait_for_update("(ended after")
    assert b"name=monitor" not in tell("CLIENT", "LIST")
    assert b"cmd=monitor" not in tell("CLIENT", "LIST")


def test_the_monitor_ends_after_so_many_commands(kernel, tell):
    kernel.run("%redis_monitor --lines 2")
    tell("SET", "a", "1")
    tell("GET", "a")
    kernel.wait_for_update("(ended after 2 commands)")
    assert kernel.run("%redis PING").text == "PONG"


# --- reloading ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "magic",
    [
        "redis_server", "redis_keys", "redis_help", "redis_explain", "redis_trace",
        "redis_load", "redis_monitor", "redis_lint", "redis_connect", "redis_client",
    ],
)  # fmt: skip
def test_each_magic_explains_itself(kernel, magic):
    assert f"usage: %{magic}" in kernel.run(f"%{magic}?").payload
