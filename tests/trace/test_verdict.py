"""A verdict's words: each level has its own."""

import pytest

from redislab.trace import Command
from redislab.trace.verdict import Verdict

INCR = Command(1, "bob", ("INCR", "k"))


def verdict(**known):
    return Verdict("alice", (b"k",), 1, **known)


@pytest.mark.parametrize(
    ("found", "label", "sentence"),
    [
        (
            verdict(level="exact", key=b"k", culprit="bob", command=INCR, certain=True),
            "exact",
            "k was changed by bob (INCR k) after WATCH, so EXEC ran nothing",
        ),
        (
            verdict(level="exact", key=b"k", cause="evicted", certain=True),
            "exact",
            "k was evicted after WATCH, so EXEC ran nothing",
        ),
        (
            verdict(level="key", key=b"k"),
            "key exact, writer unknown",
            "k changed after WATCH, so EXEC ran nothing; who changed it is not known",
        ),
        (
            verdict(key=b"k", culprit="bob", command=INCR, certain=True),
            "seen by the recorded clients",
            "k changed after WATCH, so EXEC ran nothing: bob's INCR k came between",
        ),
        (
            verdict(key=b"k", culprit="bob", command=INCR),
            "probably",
            "k changed after WATCH, so EXEC ran nothing: probably bob's INCR k",
        ),
        (
            verdict(),
            "writer unknown",
            "k changed after WATCH, so EXEC ran nothing",
        ),
        (
            verdict(level="after", key=b"k", cause="expired"),
            "after the fact",
            "k probably expired after WATCH, so EXEC ran nothing",
        ),
    ],
)
def test_the_words_promise_what_is_known(found, label, sentence):
    assert (found.label, str(found)) == (label, sentence)


def test_of_many_keys_some_are_named():
    keys = tuple(b"%d" % number for number in range(7))
    said = str(Verdict("alice", keys, 1))
    assert said.startswith("one of 0, 1, 2, 3, 4 and 2 more changed")
    assert str(Verdict("alice", keys[:2], 1)).startswith("one of 0, 1 changed")


def test_nothing_in_a_sentence_can_leave_its_line():
    key = b"k\n\x1b[31m"
    said = str(Verdict("alice", (key,), 1, key=key, level="key"))
    assert said.isprintable()
