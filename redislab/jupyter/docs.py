"""What the connected server says about its own commands: COMMAND DOCS, since Redis 7.0.

    SET key value [NX | XX | IFEQ comparison-value] [GET] [EX seconds | ...]

The reply comes as maps (RESP3) or flat lists (RESP2), nested; both are read here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from redislab.client.redis import Redis
from redislab.commands.replies import string


class Doc(NamedTuple):
    """One command, or a subcommand."""

    name: str
    """``CLIENT GETNAME``."""
    summary: str
    since: str
    complexity: str
    arguments: list[dict[str, Any]]
    subcommands: dict[str, Doc]

    @property
    def usage(self) -> str:
        """The command with its arguments, as the documentation writes them."""
        return " ".join([self.name, *(_written(a) for a in self.arguments)])

    @property
    def tokens(self) -> list[str]:
        """The words it understands among its arguments: NX, EX, WITHSCORES ..."""
        return list(dict.fromkeys(_tokens(self.arguments)))

    def __repr__(self) -> str:
        lines = [self.usage, f"  {self.summary}"]
        lines += [f"  since {self.since}"] if self.since else []
        lines += [f"  {self.complexity}"] if self.complexity else []
        lines += [f"  {doc.usage}: {doc.summary}" for doc in self.subcommands.values()]
        return "\n".join(lines)


async def docs(client: Redis[Any], *names: str) -> dict[str, Doc]:
    """The documentation of these commands, of all without a name; by name, in capitals.

    A command that the server does not know is not among them. Raises ResponseError on a
    server before Redis 7.0.
    """
    reply = await client.execute_command("COMMAND", "DOCS", *names)
    return _docs(reply)


def _docs(reply: Any) -> dict[str, Doc]:
    """Subcommands are ``client|kill`` in the reply; here as one types them."""
    return {
        (said := name.replace("|", " ").upper()): _doc(said, facts)
        for name, facts in _pairs(reply)
    }


def _doc(name: str, facts: Any) -> Doc:
    known = dict(_pairs(facts))
    return Doc(
        name,
        string(known.get("summary", b"")),
        string(known.get("since", b"")),
        string(known.get("complexity", b"")),
        _arguments(known.get("arguments", [])),
        _docs(known.get("subcommands", [])),
    )


def _arguments(reply: Any) -> list[dict[str, Any]]:
    arguments = []
    for item in reply:
        facts = {key: string(value) for key, value in _pairs(item)}
        facts["flags"] = [string(flag) for flag in facts.get("flags", [])]
        facts["arguments"] = _arguments(facts.get("arguments", []))
        arguments.append(facts)
    return arguments


def _pairs(reply: Any) -> Iterator[tuple[str, Any]]:
    """A map, or a flat list of keys and values."""
    if isinstance(reply, Mapping):
        pairs: Any = reply.items()
    else:
        pairs = zip(reply[::2], reply[1::2], strict=False)
    return ((string(key), value) for key, value in pairs)


def _written(argument: Mapping[str, Any]) -> str:
    """One argument: ``[NX | XX]``, ``key [key ...]``, ``EX seconds``."""
    inner = [_written(part) for part in argument["arguments"]]
    match argument.get("type"):
        case "oneof":
            text = " | ".join(inner)
        case "block":
            text = " ".join(inner)
        case "pure-token":
            text = ""
        case _:
            text = argument.get("display_text") or argument.get("name", "")
    optional = "optional" in argument["flags"]
    if argument.get("type") == "oneof" and not optional:
        text = f"<{text}>"
    word = argument.get("token", "")
    if "multiple" in argument["flags"]:
        again = f"{word} {text}" if "multiple_token" in argument["flags"] else text
        text = f"{text} [{again} ...]"
    text = f"{word} {text}".strip()
    return f"[{text}]" if optional else text


def _tokens(arguments: list[dict[str, Any]]) -> Iterator[str]:
    for argument in arguments:
        if token := argument.get("token", ""):
            yield token.upper()
        yield from _tokens(argument["arguments"])
