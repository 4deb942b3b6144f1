"""The first words on a new socket: who we are, which protocol, who the server is.

One HELLO does it all, where the server knows it (Redis >= 6): it logs in, names the
connection, chooses RESP2 or RESP3, and answers with the server's facts. A server or a
proxy that refuses HELLO gets the older commands and RESP2.
"""

from __future__ import annotations

from typing import Any

from redislab.connection.address import Address
from redislab.connection.manner import Manner
from redislab.wire.encode import Arguments


def hello(address: Address, manner: Manner) -> Arguments:
    """``HELLO 2 AUTH ann secret SETNAME lesson``, as far as there is something to say."""
    words: list[str | int] = ["HELLO", manner.protocol]
    if address.password is not None:
        words += ["AUTH", address.username or "default", address.password]
    if manner.client_name is not None:
        words += ["SETNAME", manner.client_name]
    return tuple(words)


def without_hello(address: Address, manner: Manner) -> list[Arguments]:
    """The same with the commands that came before HELLO."""
    commands: list[Arguments] = []
    if address.password is not None:
        user = () if address.username is None else (address.username,)
        commands.append(("AUTH", *user, address.password))
    if manner.client_name is not None:
        commands.append(("CLIENT", "SETNAME", manner.client_name))
    return commands


def facts(answer: Any) -> dict[str, Any]:
    """HELLO's answer as a dict: server, version, proto, id, mode, role.

    >>> facts([b"server", b"redis", b"proto", 2])
    {'server': 'redis', 'proto': 2}
    """
    if isinstance(answer, list):
        answer = dict(zip(answer[::2], answer[1::2], strict=False))
    if not isinstance(answer, dict):
        return {}
    return {str(_text(name)): _text(value) for name, value in answer.items()}


_STRANGERS = (
    (b"HTTP/", "a web server (HTTP)"),
    (b"<", "a web server"),
    (b"SSH-", "an SSH server"),
    (b"220", "a mail or FTP server"),
    (b"* OK", "a mail server (IMAP)"),
    (b"ERROR", "memcached"),
    (b"RFB ", "a screen (VNC)"),
    (b"AMQP", "a message broker (AMQP)"),
    (b"\x15\x03", "a TLS server: write rediss:// instead of redis://"),
    (b"\x16\x03", "a TLS server: write rediss:// instead of redis://"),
)


def stranger(data: bytes) -> str | None:
    """What a peer that does not speak our protocol seems to be, by its first bytes.

    >>> stranger(b"SSH-2.0-OpenSSH_9.6")
    'an SSH server'
    """
    for beginning, name in _STRANGERS:
        if data.startswith(beginning):
            return name
    if len(data) > 5 and data[3:5] == b"\0\n":  # length, packet 0, protocol 10
        return "a MySQL server"
    return None


def _text(value: Any) -> Any:
    return value.decode(errors="replace") if isinstance(value, bytes) else value
