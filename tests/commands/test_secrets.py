"""No secret leaves a command that is shown; what is no secret stays."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redislab.commands.secrets import redact, redact_reply

PW = "wonderland"


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        (("AUTH", PW), "AUTH ***"),
        (("AUTH", "alice", PW), "AUTH alice ***"),
        (("auth", b"alice", PW.encode()), "auth alice ***"),
        ((b"AUTH", PW), "AUTH ***"),
        (("HELLO", 3, "AUTH", "alice", PW), "HELLO 3 AUTH alice ***"),
        (
            ("hello", "3", b"auth", "alice", PW, "SETNAME", "tea"),
            "hello 3 auth alice *** SETNAME tea",
        ),
        (("HELLO", 3, "AUTH", "AUTH", PW), "HELLO 3 AUTH AUTH ***"),
        (
            ("ACL", "SETUSER", "alice", "on", ">" + PW, "~*", "#abc", "<old", "!def"),
            "ACL SETUSER alice on *** ~* *** *** ***",
        ),
        (("CONFIG", "SET", "requirepass", PW), "CONFIG SET requirepass ***"),
        (
            ("config", "set", "maxmemory", 0, "primaryauth", PW, "tls-key-file-pass", PW),
            "config set maxmemory 0 primaryauth *** tls-key-file-pass ***",
        ),
        (("CONFIG", "SET", "masterauth", PW), "CONFIG SET masterauth ***"),
        (
            ("MIGRATE", "h", 1, "", 0, 5, "COPY", "AUTH", PW, "KEYS", "k"),
            "MIGRATE h 1  0 5 COPY AUTH *** KEYS k",
        ),
        (
            ("MIGRATE", "h", 1, "k", 0, 5, "AUTH2", "alice", PW),
            "MIGRATE h 1 k 0 5 AUTH2 alice ***",
        ),
        (
            ("SENTINEL", "SET", "tea", "auth-pass", PW),
            "SENTINEL SET tea auth-pass ***",
        ),
        (
            ("SENTINEL", "CONFIG", "SET", "sentinel-pass", PW),
            "SENTINEL CONFIG SET sentinel-pass ***",
        ),
    ],
)
def test_a_secret_is_replaced_and_the_rest_stays(
    command: tuple[Any, ...], shown: str
) -> None:
    assert " ".join(_text(word) for word in redact(command)) == shown


def _text(word: Any) -> str:
    return word.decode() if isinstance(word, bytes) else str(word)


@pytest.mark.parametrize(
    "command",
    [
        ("AUTH", PW, "too", "many"),
        ("HELLO", 3, "AUTH", PW),
        ("ACL", "SETUSER", "alice", f"on >{PW} ~*"),
        ("CONFIG", "SET", "maxmemory", "requirepass", PW),
        ("MIGRATE", "h", 1, "k", 0, 5, "AUTH2", PW),
        ("CONFIG SET", "requirepass", PW),
        (f"AUTH {PW}",),
        (f"auth alice {PW}".encode(),),
        (memoryview(b"AUTH"), PW),
    ],
)
def test_a_malformed_command_leaks_no_secret_either(command: tuple[Any, ...]) -> None:
    assert PW not in " ".join(_text(word) for word in redact(command))


@pytest.mark.parametrize(
    "command",
    [
        ("GET", PW),
        ("SET", "requirepass", PW),
        ("HELLO", 3),
        ("ACL", "WHOAMI"),
        ("ACL", "DELUSER", ">alice"),
        ("ACL",),
        ("CONFIG", "GET", "requirepass"),
        ("CONFIG", "SET", "maxmemory", 0),
        ("MIGRATE", "h", 1, "k", 0, 5),
        ("AUTH",),
        (),
        (7,),
        ("",),
    ],
)
def test_with_nothing_to_hide_it_is_the_very_same_tuple(command: tuple[Any, ...]) -> None:
    assert redact(command) is command


@given(
    st.sampled_from(
        ["AUTH", "HELLO", "ACL", "CONFIG", "MIGRATE", "SENTINEL", "config set"]
    ),
    st.lists(
        st.one_of(
            st.sampled_from(["SET", "SETUSER", "AUTH", "AUTH2", "requirepass", ">", "#"]),
            st.text(max_size=3),
            st.binary(max_size=3),
            st.integers(),
            st.none(),
        ),
        max_size=7,
    ),
)
def test_nothing_typed_makes_it_fail(name: str, rest: list[Any]) -> None:
    """It runs inside the telling of an event: it may hide, never raise."""
    command = (name, *rest)
    assert len(redact(command)) == len(command) + (" " in name) * (
        redact(command) is not command
    )


# --- replies ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "reply", "shown"),
    [
        (
            ("CONFIG", "GET", "*"),
            [b"port", b"1", b"requirepass", b"pw"],
            [b"port", b"1", b"requirepass", "***"],
        ),
        (
            ("config", "get", "*"),
            {b"port": b"1", b"masterauth": b"pw"},
            {b"port": b"1", b"masterauth": "***"},
        ),
        (("CONFIG GET", "*"), [b"requirepass", b"pw"], [b"requirepass", "***"]),
        (("CONFIG", "GET", "*"), None, None),
        (("ACL", "GENPASS"), b"5ca1ab1e", "***"),
        (("ACL", "LIST"), [b"user default on #5ca1ab1e ~*"], "***"),
        (("acl", b"getuser", "alice"), {b"passwords": [b"5ca1ab1e"]}, "***"),
        (("ACL", "WHOAMI"), b"alice", b"alice"),
        (("GET", "requirepass"), b"pw", b"pw"),
        ((), b"pw", b"pw"),
    ],
)
def test_a_reply_that_tells_a_secret_is_hidden_too(
    command: tuple[Any, ...], reply: Any, shown: Any
) -> None:
    assert redact_reply(command, reply) == shown
