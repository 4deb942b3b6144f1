"""Wrong, silent, rude and lying peers: a clear error, soon, and nothing sent twice."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import pytest

from redislab import (
    AuthenticationError,
    ConnectionError,
    DataError,
    InvalidResponse,
    Outcome,
    Redis,
    TimeoutError,
    WatchError,
)
from redislab.connection.socket import WRITE_LIMIT
from tests.connection.peers import Peer, Talk, close_at_once, greet_and_echo, peer

SECRET = "hunter2"
FOREVER = 3600


def client_of(peer: Peer, **options: object) -> Redis[bytes]:
    return Redis("127.0.0.1", peer.port, password=SECRET, **options)  # type: ignore[call-overload, no-any-return]  # whichever the test wants


async def until(condition: Callable[[], bool]) -> None:
    """Let the loop run until it is so."""
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110  nobody there to set an Event
            await asyncio.sleep(0.001)


async def refused(client: Redis[bytes], within: float = 1.0) -> ConnectionError:
    """The error of a command that cannot have been sent."""
    start = time.perf_counter()
    with pytest.raises(ConnectionError, match="cannot connect") as caught:
        await client.get("k")
    assert time.perf_counter() - start < within
    assert caught.value.outcome is Outcome.NOT_SENT
    assert SECRET not in f"{caught.value} {caught.value!r} {caught.value.__cause__!r}"
    await client.aclose()
    return caught.value


# --- no server there ----------------------------------------------------------------------


async def test_a_port_nobody_listens_on():
    async with peer(close_at_once) as gone:
        port = gone.port
    error = await refused(Redis("127.0.0.1", port, password=SECRET))
    assert f"redis://:***@127.0.0.1:{port}/0" in str(error)


@pytest.mark.parametrize("host", ["a..b", "x" * 70, "nul\0", "127.0.0.1 "])
async def test_a_host_name_that_is_none(host: str):
    await refused(Redis(host, 1, password=SECRET), within=5)


async def test_a_port_out_of_range():
    await refused(Redis("127.0.0.1", 70_000, password=SECRET))


async def test_a_unix_socket_that_is_not_there():
    await refused(Redis(unix_socket_path="/nonexistent/redis.sock", password=SECRET))


async def test_connect_tells_it_before_the_first_command():
    async with peer(close_at_once) as gone:
        pass
    async with client_of(gone) as client:
        with pytest.raises(ConnectionError, match="cannot connect"):
            await client.connect()


async def test_a_transaction_does_not_try_for_ever_to_reach_it():
    async with peer(close_at_once) as gone:
        pass
    async with client_of(gone) as client:
        with pytest.raises(ConnectionError) as caught:
            await client.transaction(lambda pipe: None, "k")
        assert caught.value.outcome is Outcome.NOT_SENT


# --- somebody else there ------------------------------------------------------------------


async def test_a_peer_that_hangs_up_at_once():
    async with peer(close_at_once) as rude:
        await refused(client_of(rude))
        assert rude.connections == 5


async def test_a_silent_peer():
    async def listen(talk: Talk) -> None:
        while True:
            await talk.hear()

    async with peer(listen) as silent:
        error = await refused(client_of(silent, socket_connect_timeout=0.2))
        assert "no answer in time" in str(error)


async def test_a_web_server():
    async def http(talk: Talk) -> None:
        await talk.hear()
        await talk.say(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")

    async with peer(http) as web:
        error = await refused(client_of(web))
        assert "not the Redis protocol" in str(error)
        assert web.connections == 1  # another try would fail the same way


async def test_a_peer_that_asks_for_another_password():
    async def deny(talk: Talk) -> None:
        await talk.hear()
        await talk.say(b"-WRONGPASS invalid username-password pair\r\n")
        await talk.hear()

    async with peer(deny) as strict, client_of(strict) as client:
        with pytest.raises(AuthenticationError) as caught:
            await client.get("k")
        assert caught.value.outcome is Outcome.NOT_SENT
        assert strict.connections == 1


async def test_a_server_that_is_loading_is_tried_again():
    async def loading(talk: Talk) -> None:
        await talk.hear()
        await talk.say(b"-LOADING Redis is loading the dataset in memory\r\n")

    async with peer(loading, greet_and_echo) as late, client_of(late) as client:
        assert await client.get("k") == b"k"


async def test_a_server_older_than_hello_gets_the_older_words():
    async def old(talk: Talk) -> None:
        await talk.hear()
        await talk.say(b"-ERR unknown command 'HELLO'\r\n")
        for _ in range(3):
            await talk.hear()
            await talk.say(b"+OK\r\n")
        await talk.echo()

    async with peer(old) as server, client_of(server, db=2, client_name="ann") as client:
        assert await client.get("k") == b"k"
        assert server.heard[1:4] == [
            [b"AUTH", SECRET.encode()],
            [b"CLIENT", b"SETNAME", b"ann"],
            [b"SELECT", b"2"],
        ]


# --- a peer that lies ---------------------------------------------------------------------


async def test_an_extra_reply_is_nobodys_answer():
    """It ends the connection; the next command gets its own answer on a new one."""

    async def extra(talk: Talk) -> None:
        await talk.greet()
        await talk.hear()
        await talk.say(b"+first\r\n+extra\r\n")
        await talk.hear()

    async with peer(extra, greet_and_echo) as liar, client_of(liar) as client:
        assert await client.get("a") == b"first"
        assert await client.get("b") == b"b"
        assert liar.connections == 2


async def test_a_reply_before_any_command_is_nobodys_answer():
    async def early(talk: Talk) -> None:
        await talk.hear()
        await talk.say(b"%1\r\n+proto\r\n:2\r\n+extra\r\n")

    async with peer(early, greet_and_echo) as liar, client_of(liar) as client:
        assert await client.get("b") == b"b"


async def test_garbage_in_the_middle_fails_what_is_in_flight():
    async def garble(talk: Talk) -> None:
        await talk.greet()
        await talk.echo(1)
        await talk.hear()
        await talk.say(b"garbage\r\n")
        await talk.hear()

    async with peer(garble, greet_and_echo) as liar, client_of(liar) as client:
        assert await client.get("a") == b"a"
        with pytest.raises(InvalidResponse) as caught:
            await client.get("b")
        assert caught.value.outcome is Outcome.UNKNOWN
        assert await client.get("c") == b"c"


# --- lost on the way ----------------------------------------------------------------------


@pytest.mark.parametrize("end", ["close", "reset"])
async def test_a_command_in_flight_has_an_unknown_outcome_and_is_not_sent_again(end: str):
    async def hear_and_die(talk: Talk) -> None:
        await talk.greet()
        await talk.hear()
        if end == "reset":
            talk.reset()

    async with peer(hear_and_die, greet_and_echo) as server, client_of(server) as client:
        with pytest.raises(ConnectionError, match="lost") as caught:
            await client.incr("k")
        assert caught.value.outcome is Outcome.UNKNOWN
        assert await client.get("after") == b"after"
        assert server.count(b"INCRBY") + server.count(b"INCR") == 1


async def test_a_transaction_in_flight_has_an_unknown_outcome_and_is_not_sent_again():
    async def die_at_exec(talk: Talk) -> None:
        await talk.greet()
        while await talk.hear() != [b"EXEC"]:
            pass

    async with peer(die_at_exec, greet_and_echo) as server, client_of(server) as client:
        with pytest.raises(ConnectionError) as caught:
            await client.pipeline().incr("k").execute()
        assert caught.value.outcome is Outcome.UNKNOWN
        assert await client.get("after") == b"after"
        assert server.count(b"EXEC") == 1


async def test_an_exec_in_flight_is_no_watch_error():
    """The usual loop would run it twice."""

    async def die_at_exec(talk: Talk) -> None:
        await talk.greet()
        await talk.hear()
        await talk.say(b"+OK\r\n")
        while await talk.hear() != [b"EXEC"]:
            pass

    async with peer(die_at_exec) as server, client_of(server) as client:
        pipe = client.pipeline()
        await pipe.watch("k")
        pipe.multi()
        pipe.incr("k")
        with pytest.raises(ConnectionError) as caught:
            await pipe.execute()
        assert caught.value.outcome is Outcome.UNKNOWN
        assert server.count(b"EXEC") == 1


async def test_a_connection_lost_while_watching_is_a_watch_error():
    async def die_at_get(talk: Talk) -> None:
        await talk.greet()
        await talk.hear()
        await talk.say(b"+OK\r\n")
        await talk.hear()

    async with peer(die_at_get) as server, client_of(server) as client:
        pipe = client.pipeline()
        await pipe.watch("k")
        with pytest.raises(WatchError, match="lost while watching"):
            await pipe.get("k")
        with pytest.raises(WatchError, match="lost while watching"):
            await pipe.get("k")
        pipe.multi()
        pipe.set("k", 1)
        with pytest.raises(WatchError, match="lost while watching"):
            await pipe.execute()
        assert len(pipe) == 0
        assert server.count(b"SET") == 0


async def test_a_write_lost_between_watch_and_multi_is_no_watch_error():
    """It may have run: the usual loop must not send it a second time."""

    async def die_at_incr(talk: Talk) -> None:
        await talk.greet()
        await talk.hear()
        await talk.say(b"+OK\r\n")
        await talk.hear()

    async with peer(die_at_incr) as server, client_of(server) as client:
        pipe = client.pipeline()
        await pipe.watch("k")
        with pytest.raises(ConnectionError) as caught:
            await pipe.incr("k")
        assert caught.value.outcome is Outcome.UNKNOWN
        assert server.count(b"INCR") == 1
        await pipe.reset()


async def test_a_server_with_no_place_left_is_named_and_nothing_is_sent():
    """HELLO is refused for another reason than being unknown."""

    async def full(talk: Talk) -> None:
        await talk.hear()
        await talk.say(b"-ERR max number of clients reached\r\n")
        await talk.hear()

    async with peer(full) as server, client_of(server) as client:
        with pytest.raises(ConnectionError, match="max number of clients") as caught:
            await client.incr("k")
        assert caught.value.outcome is Outcome.NOT_SENT
        assert server.count(b"INCR") == 0


async def test_what_never_left_goes_out_on_the_next_socket():
    """The flood fills the first socket; what is asked then still waits when it ends."""
    full = asyncio.Event()

    async def never_read(talk: Talk) -> None:
        await talk.greet()
        await full.wait()
        talk.reset()

    async with peer(never_read, greet_and_echo) as server, client_of(server) as client:
        flood = client.execute_command("ECHO", b"x" * 32 * WRITE_LIMIT)
        await until(lambda: client._pool().shared._paused)
        held = [client.execute_command("ECHO", number) for number in range(3)]
        full.set()
        with pytest.raises(ConnectionError) as caught:
            await flood
        assert caught.value.outcome is Outcome.UNKNOWN
        assert await asyncio.gather(*held) == [b"0", b"1", b"2"]
        assert server.connections == 2
        assert server.count(b"ECHO") == 3


async def test_a_peer_that_stops_reading_holds_us_back_and_loses_nothing():
    """The socket's own buffer stays small; the rest waits, in order."""
    go = asyncio.Event()

    async def slow(talk: Talk) -> None:
        await talk.greet()
        await talk.echo(1)
        await go.wait()
        await talk.echo()

    async with peer(slow) as server, client_of(server) as client:
        assert await client.execute_command("ECHO", "ready") == b"ready"
        words = [b"%d" % number + b"x" * WRITE_LIMIT for number in range(64)]
        replies = []
        for word in words[:32]:
            replies.append(client.execute_command("ECHO", word))
            await asyncio.sleep(0)
        pipe = client.pipeline(transaction=False)
        for word in words[32:]:
            pipe.execute_command("ECHO", word)
        batch = pipe.execute()
        last = client.execute_command("ECHO", "last")
        await asyncio.sleep(0)
        transport = client._pool().shared._transport
        assert transport is not None
        assert transport.get_write_buffer_size() < 4 * WRITE_LIMIT
        go.set()
        assert await asyncio.gather(*replies) == words[:32]
        assert await batch == words[32:]
        assert await last == b"last"


async def test_a_peer_that_falls_silent_is_a_time_out_with_unknown_outcome():
    async def fall_silent(talk: Talk) -> None:
        await talk.greet()
        await talk.hear()
        await asyncio.sleep(FOREVER)

    limit = 0.2
    async with (
        peer(fall_silent, greet_and_echo) as server,
        client_of(server, socket_timeout=limit) as client,
    ):
        start = time.perf_counter()
        with pytest.raises(TimeoutError, match="no answer") as caught:
            await client.incr("k")
        assert limit <= time.perf_counter() - start < 1.5 * limit + 0.1
        assert caught.value.outcome is Outcome.UNKNOWN
        assert SECRET not in str(caught.value)
        assert await client.get("after") == b"after"


async def test_a_slow_but_steady_answer_is_no_time_out():
    """The limit is on silence, not on the length of an answer."""
    limit = 0.2

    async def trickle(talk: Talk) -> None:
        await talk.greet()
        await talk.hear()
        for piece in b"$5\r\n", b"h", b"e", b"l", b"l", b"o\r\n":
            await asyncio.sleep(limit / 2)
            await talk.say(piece)
        await talk.hear()

    async with peer(trickle) as slow, client_of(slow, socket_timeout=limit) as client:
        assert await client.get("k") == b"hello"


# --- nothing is written that should not be ------------------------------------------------


async def test_buffering_writes_nothing():
    async with peer(greet_and_echo) as server, client_of(server) as client:
        pipe = client.pipeline()
        for number in range(100):
            await pipe.set("k", number)
        await asyncio.sleep(0)
        assert server.connections == 0
        await client.get("ready")
        pipe.get("k")
        await pipe.reset()
        await client.get("done")
        assert [command[0] for command in server.heard] == [b"HELLO", b"GET", b"GET"]


async def test_a_wrong_argument_is_refused_before_a_byte_is_sent():
    async with peer(greet_and_echo) as server, client_of(server) as client:
        with pytest.raises(DataError):
            await client.set("k", None)  # type: ignore[call-overload]  # that is the point
        for transaction in (False, True):
            pipe = client.pipeline(transaction=transaction)
            pipe.set("good", 1).set("k", [1])  # type: ignore[attr-defined, call-overload]  # a chain, and a list
            with pytest.raises(DataError):
                await pipe.execute()
            assert len(pipe) == 0
        await client.get("done")
        assert [command[0] for command in server.heard] == [b"HELLO", b"GET"]


async def test_commands_sent_before_the_connection_is_up_keep_their_order():
    async with peer(greet_and_echo) as server, client_of(server) as client:
        replies = [client.execute_command("ECHO", number) for number in range(50)]
        assert await asyncio.gather(*replies) == [b"%d" % number for number in range(50)]
        assert server.connections == 1


async def test_a_peer_that_speaks_first_is_named():
    """Also when its first bytes are there before the connection is ours."""

    async def banner(talk: Talk) -> None:
        await talk.say(b"SSH-2.0-OpenSSH_9.6\r\n")
        await talk.hear()

    for _ in range(20):
        async with peer(banner) as stranger:
            error = await refused(client_of(stranger))
            assert "an SSH server" in str(error)
            assert stranger.connections == 1
