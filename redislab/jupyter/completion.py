"""Tab in a line or cell of ours: options, commands, subcommands, tokens, keys, names.

    %redis HG<tab>          HGET HGETALL ...              command · the summary
    %redis SET k v E<tab>   EX EXAT ...                   option
    %redis GET us<tab>      user:1 user:2 ...             key
    %redis SET k {pr<tab>   {price}                       name

What there is, the connected server says (COMMAND DOCS); keys are asked for with a bounded
SCAN. Completion never starts a server, never waits long, and never fails: what cannot be
known is not offered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from IPython.core.completer import (
    CompletionContext,
    SimpleCompletion,
    SimpleMatcherResult,
    context_matcher,
)

from redislab.commands import table
from redislab.exceptions import RedisError
from redislab.jupyter.cell import Name, split
from redislab.jupyter.docs import Doc
from redislab.jupyter.known import Known
from redislab.jupyter.notebook import Notebook
from redislab.jupyter.options import Options
from redislab.jupyter.values import sendable
from redislab.views.markup import visible

Matcher = Callable[[CompletionContext], SimpleMatcherResult]

_COMMAND_MAGICS = frozenset(
    {"%redis", "%%redis", "%%redis_pipeline", "%%redis_transaction"}
)
_LAST_WORD = re.compile(r"\S*\Z")
_LABEL = re.compile(r"\A\s*[^\W\d]\w*:[ \t]+")


def complete(notebook: Notebook, options: Mapping[str, Options]) -> Matcher:
    """The matcher for ``shell.Completer.custom_matchers``."""
    server = Known(notebook)

    @context_matcher()  # type: ignore[untyped-decorator]  # IPython's is not annotated
    def redislab_matcher(context: CompletionContext) -> SimpleMatcherResult:
        place = _place(context, options)
        if place is None:
            return SimpleMatcherResult(completions=[])
        magic, said, word = place
        found = list(_found(notebook, server, options[magic], magic, said, word))
        return SimpleMatcherResult(
            completions=found, matched_fragment=word, suppress=bool(found), ordered=True
        )

    matcher: Matcher = redislab_matcher
    return matcher


def _place(
    context: CompletionContext, options: Mapping[str, Options]
) -> tuple[str, str, str] | None:
    """The magic that the cursor is in, what is said before the word, and the word."""
    lines = context.full_text.split("\n")
    before = context.line_with_cursor[: context.cursor_position]
    first = lines[0].lstrip()
    magic = first.partition(" ")[0]
    word_start = _LAST_WORD.search(before)
    word = word_start[0] if word_start else ""
    if magic.startswith("%%") and magic in options and context.cursor_line > 0:
        return magic, before[: len(before) - len(word)], word
    at = before.find("%")
    if at < 0:
        return None
    magic, blank, said = before[at:].partition(" ")
    if not blank or magic not in options:
        return None
    return magic, f"{magic} {said[: len(said) - len(word)]}", word


def _found(
    notebook: Notebook, server: Known, spec: Options, magic: str, said: str, word: str
) -> Iterable[SimpleCompletion]:
    in_line = said.startswith(magic)
    said = _LABEL.sub("", said.removeprefix(magic), count=1)
    if word.startswith("{"):
        yield from _names(notebook, word[1:])
        return
    if in_line and word.startswith("-"):
        yield from _these(spec.switches, word, "option")
        return
    if magic == "%redis_help":
        yield from _commands(server, said, word)
        return
    if magic not in _COMMAND_MAGICS or (in_line and magic != "%redis"):
        return
    try:
        words = [part for part in split(said) if not isinstance(part, Name)]
    except RedisError:
        return
    if in_line:
        words = _behind_options(words, spec)
    texts = [part.decode("utf-8", "replace") for part in words]
    yield from _commands(server, " ".join(texts), word)
    if texts:
        yield from _arguments(server, texts, word)


def _behind_options(words: list[bytes], spec: Options) -> list[bytes]:
    """The command's words, behind ``NAME <<`` and the options."""
    if len(words) > 1 and words[1] == b"<<":
        words = words[2:]
    while words and words[0].startswith(b"--"):
        takes = spec.takes_value(words[0].decode("utf-8", "replace"))
        words = words[1 + takes :]
    return words


def _commands(server: Known, said: str, word: str) -> Iterable[SimpleCompletion]:
    """Commands for the first word, subcommands for the second of a container."""
    known = server.docs()
    texts = said.split()
    if not texts:
        for name, doc in known.items():
            if name.startswith(word.upper()):
                yield SimpleCompletion(name, type=_kind(doc))
    elif len(texts) == 1 and texts[0].upper() in known:
        for name, doc in known[texts[0].upper()].subcommands.items():
            last = name.rpartition(" ")[2]
            if last.startswith(word.upper()):
                yield SimpleCompletion(last, type=_kind(doc))


def _arguments(server: Known, texts: list[str], word: str) -> Iterable[SimpleCompletion]:
    """Keys where the command has a key, else the words it understands."""
    known = server.docs()
    name = texts[0].upper()
    doc = known.get(name)
    if doc is not None and doc.subcommands:
        doc = doc.subcommands.get(" ".join(texts[:2]).upper())
    place = "\0here"
    if place in table.keys((*texts, place)):
        for key in server.keys(word):
            yield SimpleCompletion(key, type="key")
    elif doc is not None:
        yield from _these(doc.tokens, word.upper(), "option")


def _names(notebook: Notebook, start: str) -> Iterable[SimpleCompletion]:
    for name in sendable(notebook.namespace):
        if name.startswith(start):
            kind = type(notebook.namespace[name]).__name__
            yield SimpleCompletion(f"{{{name}}}", type=kind)


def _these(words: Iterable[str], start: str, kind: str) -> Iterable[SimpleCompletion]:
    return (SimpleCompletion(w, type=kind) for w in words if w.startswith(start))


def _kind(doc: Doc) -> str:
    return visible(f"{doc.usage} · {doc.summary}")[:100]
