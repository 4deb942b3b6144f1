"""The reply queue without a socket: every answer goes to who asked, and to nobody else."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import pytest

from redislab.connection.session import Batch, Reply, Session, reply_of
from redislab.exceptions import (
    ConnectionError,
    InvalidResponse,
    Outcome,
    ResponseError,
    WatchError,
    WrongTypeError,
)


def ask(session: Session, shape: Any = None) -> Reply[Any]:
    reply: Reply[Any] = Reply(loop=asyncio.get_running_loop())
    session.expect((reply, shape))
    return reply


def ask_batch(session: Session, expected: int, *, writes: bool = True) -> Reply[Any]:
    """A batch whose result is (answers, whether an error is among them)."""
    reply: Reply[Any] = Reply(loop=asyncio.get_running_loop())
    pair = lambda answers, failed: (answers, failed)  # noqa: E731  said in a word
    session.expect_batch(Batch(reply, expected, pair, writes))
    return reply


def receive(session: Session, data: bytes) -> int:
    return session.receive(bytearray(data), len(data))


async def test_answers_go_to_the_oldest_first():
    session = Session()
    first, second = ask(session), ask(session)
    assert receive(session, b"+one\r\n+two\r\n") == 2
    assert (first.result(), second.result()) == (b"one", b"two")
    assert not session.waiting


async def test_only_the_bytes_named_are_read():
    """The buffer behind them holds older bytes."""
    session = Session()
    reply = ask(session)
    session.receive(bytearray(b"+one\r\n+old\r\n"), 6)
    assert reply.result() == b"one"


async def test_an_answer_in_pieces_settles_when_it_is_whole():
    session = Session()
    reply = ask(session)
    assert [receive(session, piece) for piece in (b"$5\r", b"\nhel", b"lo\r\n")] == [
        0,
        0,
        1,
    ]
    assert reply.result() == b"hello"


async def test_a_cancelled_call_keeps_its_place_and_swallows_its_answer():
    session = Session()
    gone, second = ask(session), ask(session)
    gone.cancel()
    receive(session, b"+one\r\n+two\r\n")
    assert second.result() == b"two"


async def test_a_cancelled_batch_swallows_all_its_answers():
    session = Session()
    for before in (0, 1):  # alone in the queue, and behind another
        others = [ask(session) for _ in range(before)]
        gone = ask_batch(session, 2)
        after = ask(session)
        gone.cancel()
        receive(session, b"+one\r\n" * before + b"+x\r\n-ERR y\r\n+two\r\n")
        assert [reply.result() for reply in others] == [b"one"] * before
        assert after.result() == b"two"


async def test_an_error_answer_fails_its_own_call_only():
    session = Session()
    first, second, third = ask(session), ask(session), ask(session)
    receive(session, b"+one\r\n-WRONGTYPE no list\r\n+three\r\n")
    assert isinstance(second.exception(), WrongTypeError)
    assert (first.result(), third.result()) == (b"one", b"three")


async def test_an_error_inside_an_answer_is_a_value_there():
    session = Session()
    first, second = ask(session), ask(session)
    receive(session, b"*2\r\n:1\r\n-ERR inside\r\n+two\r\n")
    one, error = first.result()
    assert one == 1
    assert isinstance(error, ResponseError)
    assert second.result() == b"two"


@pytest.mark.parametrize("seed", range(20))
async def test_batches_and_calls_settle_alike_however_the_bytes_are_cut(seed: int):
    """Batches begun in one piece and ended in another, with errors among the answers."""
    rng = random.Random(seed)
    session, data, expected = Session(), b"", []
    asked: list[Reply[Any]] = []
    for number in range(30):
        if rng.random() < 0.5:
            asked.append(ask(session))
            data += b":%d\r\n" % number
            expected.append(number)
        else:
            failing = rng.random() < 0.3
            asked.append(ask_batch(session, 3))
            data += b"$1\r\na\r\n:%d\r\n" % number
            data += b"-ERR no\r\n" if failing else b"*1\r\n:7\r\n"
            expected.append((number, failing))
    while data:
        size = rng.randrange(1, 40)
        receive(session, data[:size])
        data = data[size:]
    for reply, wanted in zip(asked, expected, strict=True):
        if isinstance(wanted, int):
            assert reply.result() == wanted
        else:
            (text, number, last), failed = reply.result()
            assert (text, number, failed) == (b"a", *wanted)
            assert isinstance(last, ResponseError) if failed else last == [7]


async def test_a_batch_that_waits_behind_others_gets_its_own_answers():
    session = Session()
    first, batch, last = ask(session), ask_batch(session, 2), ask_batch(session, 1)
    receive(session, b"+one\r\n+a\r\n+b\r\n+c\r\n")
    assert first.result() == b"one"
    assert batch.result() == ([b"a", b"b"], False)
    assert last.result() == ([b"c"], False)


async def test_an_error_of_a_batch_is_not_blamed_on_the_next():
    session = Session()
    first, second = ask_batch(session, 1), ask_batch(session, 1)
    receive(session, b"-ERR no\r\n+fine\r\n")
    assert first.result()[1] is True
    assert second.result() == ([b"fine"], False)


async def test_an_answer_nobody_asked_for_ends_the_conversation():
    session = Session()
    reply = ask(session)
    with pytest.raises(InvalidResponse, match="no command had asked"):
        receive(session, b"+one\r\n+extra\r\n")
    assert reply.result() == b"one"


async def test_an_answer_behind_a_batch_ends_the_conversation():
    session = Session()
    batch = ask_batch(session, 2)
    with pytest.raises(InvalidResponse):
        receive(session, b"+a\r\n+b\r\n+extra\r\n")
    assert batch.result() == ([b"a", b"b"], False)


@pytest.mark.parametrize(
    "garbage", [b"HTTP/1.1 200 OK\r\n", b"\x16\x03\x01\x02", b"$x\r\n"]
)
async def test_garbage_is_an_invalid_response(garbage: bytes):
    session = Session()
    reply = ask(session)
    with pytest.raises(InvalidResponse, match="not the Redis protocol"):
        receive(session, garbage)
    assert not reply.done()


async def test_a_push_is_refused_where_none_can_come():
    session = Session()
    reply = ask(session)
    with pytest.raises(InvalidResponse, match="push"):
        receive(session, b">2\r\n+invalidate\r\n+k\r\n+one\r\n")
    assert not reply.done()


async def test_pushes_go_to_who_listens_and_take_nobodys_place():
    pushes: list[Any] = []
    session = Session(push=pushes.append)
    first, batch = ask(session), ask_batch(session, 2)
    message = b">2\r\n+message\r\n:1\r\n"
    receive(session, message + b"+one\r\n" + message + b"+a\r\n" + message + b"+b\r\n")
    assert first.result() == b"one"
    assert batch.result() == ([b"a", b"b"], False)
    assert list(map(list, pushes)) == [[b"message", 1]] * 3


async def test_an_answer_of_an_unknown_form_is_given_as_it_came():
    session = Session()
    reply = ask(session, shape=lambda answer: answer["no"]["such"])
    receive(session, b"+one\r\n")
    assert reply.result() == b"one"


@pytest.mark.parametrize(
    "error", [IndexError("i"), KeyError("k"), StopIteration(), ValueError()]
)
async def test_a_failing_shape_is_not_taken_for_a_lost_stream(error: Exception):
    def shape(answer: Any) -> Any:
        raise error

    session = Session()
    first, second = ask(session, shape), ask(session)
    receive(session, b"+one\r\n+two\r\n")
    assert (first.result(), second.result()) == (b"one", b"two")


async def test_text_that_is_no_utf8_fails_one_call_and_not_the_connection():
    session = Session()
    first, second = ask(session, bytes.decode), ask(session, bytes.decode)
    receive(session, b"+\xff\r\n+two\r\n")
    assert isinstance(first.exception(), UnicodeDecodeError)
    assert second.result() == "two"


async def test_a_failing_batch_shape_is_the_batchs_result():
    def shape(answers: list[Any], failed: bool) -> Any:
        raise ValueError("no")

    session = Session()
    batch: Reply[Any] = Reply(loop=asyncio.get_running_loop())
    session.expect_batch(Batch(batch, 1, shape, True))
    after = ask(session)
    receive(session, b"+one\r\n+two\r\n")
    assert isinstance(batch.exception(), ValueError)
    assert after.result() == b"two"


# --- the end of the stream ----------------------------------------------------------------


async def test_a_loss_fails_what_was_sent_and_keeps_what_was_not():
    session = Session()
    sent, unsent = ask(session), ask(session)
    session.lose(ConnectionError("gone"), unsent=1, watching=False)
    error = sent.exception()
    assert isinstance(error, ConnectionError)
    assert error.outcome is Outcome.UNKNOWN
    assert list(map(reply_of, session.waiting)) == [unsent]


async def test_each_caller_gets_an_error_object_of_its_own():
    session = Session()
    first, second = ask(session), ask(session)
    session.lose(ConnectionError("gone"), unsent=0, watching=False)
    assert first.exception() is not second.exception()


async def test_a_loss_while_watching_says_that_one_may_begin_again():
    """But not to a batch that may have written."""
    session = Session()
    read, batch = ask(session), ask_batch(session, 2)
    session.lose(ConnectionError("gone"), unsent=0, watching=True)
    assert isinstance(read.exception(), WatchError)
    error = batch.exception()
    assert isinstance(error, ConnectionError)
    assert error.outcome is Outcome.UNKNOWN


async def test_half_an_answer_is_forgotten_with_its_socket():
    session = Session()
    lost, kept = ask(session), ask(session)
    receive(session, b"$10\r\nhalf")
    session.lose(ConnectionError("gone"), unsent=1, watching=False)
    receive(session, b"+new\r\n")
    assert isinstance(lost.exception(), ConnectionError)
    assert kept.result() == b"new"


async def test_a_batch_that_never_left_is_answered_on_the_next_socket():
    """Whatever the parser was told of it on the old one."""
    session = Session()
    batch = ask_batch(session, 2)
    session.lose(ConnectionError("gone"), unsent=1, watching=False)
    receive(session, b"+a\r\n")
    receive(session, b"+b\r\n")
    assert batch.result() == ([b"a", b"b"], False)


# --- pushes of too many items -------------------------------------------------------------


def receive_in_steps(session: Session, data: bytes, step: int) -> None:
    for start in range(0, len(data), step):
        receive(session, data[start : start + step])


BOMBS = [b">100000000\r\n", b"*2\r\n:1\r\n>100000000\r\n", b"+ok\r\n>00100000\r\n"]


@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("step", [1, 3, 7, 100])
async def test_a_push_that_claims_too_many_items_is_refused_however_it_is_cut(
    bomb: bytes, step: int
):
    session = Session()
    ask(session), ask(session)
    with pytest.raises(InvalidResponse, match="9,999 items"):
        receive_in_steps(session, bomb, step)


@pytest.mark.parametrize("step", [1, 2, 5, 16, 100])
async def test_text_that_looks_like_such_a_push_is_text(step: int):
    """Inside a bulk string a > is a letter like any other."""
    text = b"\r\n>100000000\r\n<td>12345</td>>1"
    data = b"$%d\r\n%b\r\n" % (len(text), text)
    session = Session()
    one, batch = ask(session), ask_batch(session, 2)
    stream = data * 3
    receive_in_steps(session, stream, step)
    assert one.result() == text
    assert batch.result() == ([text, text], False)


@pytest.mark.parametrize("step", [1, 2, 3, 100])
async def test_short_pushes_pass(step: int):
    pushes: list[list[Any]] = []
    session = Session(lambda items: pushes.append(list(items)))
    reply = ask(session)
    data = b">2\r\n+a\r\n:12345\r\n>1\r\n+b\r\n+ok\r\n>1\r\n+c\r\n"
    receive_in_steps(session, data, step)
    assert reply.result() == b"ok"
    assert pushes == [[b"a", 12345], [b"b"], [b"c"]]


async def test_a_map_whose_key_is_a_list_is_no_answer_and_no_other_error():
    """Python could not hold it."""
    session = Session()
    ask(session)
    with pytest.raises(InvalidResponse, match="unhashable"):
        receive(session, b"%1\r\n*1\r\n:1\r\n:2\r\n")
