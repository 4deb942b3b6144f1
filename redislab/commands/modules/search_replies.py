"""Reply shapes of search: what was found, what the server suggests, what it knows.

RESP2 sends flat lists, RESP3 maps with names; a shape takes either. Text is str always,
unless a query asks for a field's bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from redislab.commands.modules.search_aggregation import Cursor
from redislab.commands.modules.search_query import Query
from redislab.commands.replies import pairs, report, string, text, undecoded


class Document:
    """A document that was found: its ``id``, ``score``, ``payload``, and its fields as
    attributes or items: ``document.title``, ``document["title"]``.
    """

    def __init__(
        self,
        id: str,  # noqa: A002  redis-py's name
        score: float | None = None,
        payload: Any = None,
        fields: dict[str, Any] | None = None,
    ) -> None:
        self.id = id
        self.score = score
        self.payload = payload
        self.fields = fields or {}

    def __getattr__(self, name: str) -> Any:
        fields = self.__dict__.get("fields", {})
        if name in fields:
            return fields[name]
        raise AttributeError(f"the document has no field {name!r}")

    def __getitem__(self, name: str) -> Any:
        return self.fields[name]

    def __repr__(self) -> str:
        return f"Document({self.id!r}, {self.fields!r})"


class Result(NamedTuple):
    """What a search found: how many in all, and this page's documents."""

    total: int
    docs: list[Document]
    warnings: list[str]


class AggregateResult(NamedTuple):
    """Rows of an aggregation; ``cursor`` is where to go on, None at the end."""

    rows: list[Any]
    cursor: Cursor | None
    total: int


class Suggestion(NamedTuple):
    """What completes a prefix."""

    string: str
    score: float = 1.0
    payload: Any = None


@undecoded
def found(reply: Any, query: Query) -> Result:
    """FT.SEARCH."""
    if isinstance(reply, dict):
        about = report(reply)
        documents = [_document(report(one), query) for one in about["results"]]
        return Result(about["total_results"], documents, text(about.get("warning", [])))
    total, *rest = reply
    return Result(total, list(_documents(rest, query)), [])


def _document(about: dict[str, Any], query: Query) -> Document:
    score = about.get("score")
    return Document(
        string(about["id"]),
        None if score is None else float(score),
        string(about.get("payload")),
        _fields(about.get("extra_attributes") or {}, query),
    )


def _documents(rest: list[Any], query: Query) -> Iterator[Document]:
    """RESP2 sends id, score, payload and fields in turn, as far as they were asked for."""
    words = iter(rest)
    for name in words:
        score = float(next(words)) if query.has("WITHSCORES") else None
        payload = string(next(words)) if query.has("WITHPAYLOADS") else None
        fields = {} if query.has("NOCONTENT") else _fields(next(words) or [], query)
        yield Document(string(name), score, payload, fields)


def _fields(reply: Any, query: Query) -> dict[str, Any]:
    """A whole JSON document comes as the field ``$``, and is called json here."""
    fields = {}
    for raw, value in pairs(reply).items():
        name = string(raw)
        encoding = query.encodings.get(name, "utf8")
        if encoding is not None and isinstance(value, bytes):
            value = value.decode(encoding, "replace")
        fields["json" if name == "$" else name] = value
    return fields


def rows(reply: Any, has_cursor: bool) -> AggregateResult:
    """FT.AGGREGATE, FT.CURSOR READ: rows as dicts of str and what is in them."""
    cursor = None
    if has_cursor:
        reply, number = reply
        cursor = Cursor(number) if number else None
    if isinstance(reply, dict):
        about = report(reply)
        found = [report(one)["extra_attributes"] for one in about["results"]]
        return AggregateResult([_row(one) for one in found], cursor, about["total_results"])
    total, *found = reply
    return AggregateResult([_row(one) for one in found], cursor, total)


def _row(reply: Any) -> dict[str, Any]:
    return {string(name): text(value) for name, value in pairs(reply).items()}


def suggestions(reply: Any, scores: bool, payloads: bool) -> list[Suggestion]:
    """FT.SUGGET: text, score and payload in turn, as far as they were asked for."""
    words = iter(reply or ())
    return [
        Suggestion(
            string(word),
            float(next(words)) if scores else 1.0,
            string(next(words)) if payloads else None,
        )
        for word in words
    ]


def corrections(reply: Any) -> dict[str, list[dict[str, str]]]:
    """FT.SPELLCHECK: {word: [{"score": ..., "suggestion": ...}]}, where any is known."""
    if isinstance(reply, dict):
        terms = report(reply).get("results", {})
        return {
            string(term): [
                {"score": str(score), "suggestion": string(word)}
                for one in choices
                for word, score in pairs(one).items()
            ]
            for term, choices in terms.items()
            if choices
        }
    return {
        string(term): [
            {"score": string(score), "suggestion": string(word)} for score, word in choices
        ]
        for _, term, choices in reply
        if choices
    }


def synonyms(reply: Any) -> dict[str, list[str]]:
    """FT.SYNDUMP: {word: its groups}."""
    return {string(word): text(groups) for word, groups in pairs(reply).items()}


def about_index(reply: Any) -> dict[str, Any]:
    """FT.INFO: a dict by the server's names; what is inside stays as it came."""
    return report(reply)
