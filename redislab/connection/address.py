"""Where a server is, and how to be let in: URLs and options in, one value out.

    redis://[[user]:password@]host[:port][/database][?option=value…]
    rediss://…                                       the same over TLS
    unix://[[user]:password@]/path/to.sock[?db=0…]

Rules of this file:
- A password is in exactly one field, and no repr, message or log shows that field.
- What a URL says is checked before anything connects; the error names the part.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

SCHEMES = ("redis", "rediss", "unix")

_QUOTING = (
    "Special characters in a password are written with %: urllib.parse.quote(password, '')"
)

_TRUE = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


@dataclass(frozen=True, slots=True)
class Address:
    """One server, one database, one user."""

    host: str = "localhost"
    port: int = 6379
    path: str | None = None
    """A Unix socket; then host and port mean nothing."""
    database: int = 0
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    tls: bool = False

    def __str__(self) -> str:
        """The URL without its password, fit to be shown.

        >>> str(Address(username="ann", password="secret", database=2))
        'redis://ann:***@localhost:6379/2'
        """
        user = self.username or ""
        entry = f"{user}:***@" if self.password is not None else f"{user}@" if user else ""
        if self.path is not None:
            return f"unix://{entry}{self.path}?db={self.database}"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"redis{'s' * self.tls}://{entry}{host}:{self.port}/{self.database}"


def parse_url(url: str) -> tuple[Address, dict[str, object]]:
    """The address a URL names, and the client options in its query.

    Raises ValueError, as redis-py does, with the part that is wrong.

    >>> parse_url("redis://:secret@cache:7000/3?socket_timeout=2.5")[1]
    {'socket_timeout': 2.5}
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:  # its text quotes the URL
        raise ValueError(f"not a usable URL: check host and port. {_QUOTING}") from None
    if parts.scheme not in SCHEMES:
        known = ", ".join(f"{scheme}://" for scheme in SCHEMES)
        raise ValueError(f"a Redis URL starts with one of {known}, not {parts.scheme!r}")
    if parts.fragment or (parts.scheme != "unix" and "@" in parts.path + parts.query):
        raise ValueError(f"not a usable URL: # or @ behind the host. {_QUOTING}")
    if parts.netloc.rpartition("]")[2][:1] not in ("", ":") and "[" in parts.netloc:
        raise ValueError(f"not a usable URL: only :port may follow ]. {_QUOTING}")
    options = _options(parts.query)
    database = _database(parts, options.pop("db", None))
    if parts.scheme == "unix" and (not parts.path or parts.netloc.rpartition("@")[2]):
        raise ValueError(f"a unix:// URL has a path and no host. {_QUOTING}")
    return Address(
        host=unquote(parts.hostname) if parts.hostname else "localhost",
        port=port if port is not None else 6379,
        path=unquote(parts.path) if parts.scheme == "unix" else None,
        database=database,
        username=_text(parts.username, options.pop("username", None)),
        password=_text(parts.password, options.pop("password", None)),
        tls=parts.scheme == "rediss",
    ), options


def _text(quoted: str | None, option: object) -> str | None:
    """A user name or password: before the host, or else in the query."""
    if quoted:
        return unquote(quoted)
    return None if option is None else str(option)


def _database(parts: SplitResult, query: object | None) -> int:
    """``?db=`` wins over the path, as in redis-py."""
    text = str(query) if query is not None else ""
    if not text and parts.scheme != "unix":
        text = unquote(parts.path).strip("/")
    if not text:
        return 0
    if not text.isdecimal():
        raise ValueError(f"the database in a Redis URL is a number, not {text!r}")
    return int(text)


def _options(query: str) -> dict[str, object]:
    """The query as client options, each of the type its option has."""
    options: dict[str, object] = {}
    for name, text in parse_qsl(query):
        if name in _PARSERS:
            try:
                options[name] = _PARSERS[name](text)
            except (KeyError, ValueError):
                raise ValueError(f"a Redis URL cannot have {name}={text!r}") from None
        else:
            raise ValueError(f"unknown option {name!r} in a Redis URL")
    return options


def _flag(text: str) -> bool:
    return _TRUE[text.lower()]


_PARSERS: dict[str, Callable[[str], object]] = {
    "db": str,
    "username": str,
    "password": str,
    "client_name": str,
    "decode_responses": _flag,
    "max_backlog": int,
    "max_connections": int,
    "protocol": int,
    "socket_connect_timeout": float,
    "socket_timeout": float,
}
