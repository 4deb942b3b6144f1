"""Options of a magic: argparse, in the manners of a notebook.

The words of the line are split as redis-cli splits them (``cell.split``), so a command
behind the options keeps its quoting and its bytes. Two things are ours:
- ``name << ...`` at the beginning keeps the result under that name instead of showing it;
- a mistake raises IPython's UsageError with the usage and the nearest right option.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from typing import NoReturn

from IPython.core.error import UsageError

from redislab.exceptions import DataError
from redislab.jupyter.cell import Name, Said, Words, split
from redislab.jupyter.values import Names, argument

_NO_NAMES: Names = {}


class _Value(str):
    """A word that came from Python: never an option, never a command's name."""

    __slots__ = ()


class Options(argparse.ArgumentParser):
    """argparse, except that a mistake raises IPython's UsageError and nothing exits."""

    def __init__(
        self, magic: str, description: str, epilog: str = "", usage: str | None = None
    ) -> None:
        super().__init__(
            prog=magic,
            usage=usage,
            description=description,
            epilog=epilog,
            add_help=False,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )

    def read(self, line: str, names: Names = _NO_NAMES) -> argparse.Namespace:
        """The options in a magic's line; ``capture`` is the name before ``<<``, or "".

        ``names`` are what ``{name}`` may stand for. Raises UsageError; DataError for bad
        quoting and for values that cannot be sent.
        """
        capture, words = _captured(split(line))
        options, unknown = self.parse_known_args(list(self._texts(words, names)))
        if unknown:
            self.error(f"unknown option: {unknown[0]}{self._did_you_mean(unknown[0])}")
        options.capture = capture
        return options

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}\n{self.format_usage().strip()}")

    @property
    def switches(self) -> list[str]:
        """``--as``, ``--watch`` ..., for completion."""
        return sorted(self._option_string_actions)

    def takes_value(self, word: str) -> bool:
        """Whether this word is an option with a value behind it."""
        action = self._option_string_actions.get(word)
        return action is not None and action.nargs is None

    def _did_you_mean(self, word: str) -> str:
        close = get_close_matches(word, self._option_string_actions, n=1)
        return f". Did you mean {close[0]}?" if close else ""

    def _texts(self, words: Said, names: Names) -> Iterator[str]:
        """The words for argparse. A value behind an option is glued to it, since argparse
        tells options from values by their first letter.
        """
        rest = iter(words)
        for word in rest:
            text = _filled(word, names)
            action = None
            if not isinstance(text, _Value):
                action = self._option_string_actions.get(text)
            if action is None:
                yield text
                break
            following = next(rest, None) if self.takes_value(text) else None
            if following is None:
                yield text
            elif isinstance(following, Name):
                value = _filled(following, names)
                if value == "--":  # argparse drops it, even behind a =
                    raise DataError(f'"--" cannot be an option\'s value: {text}')
                yield f"{text}={value}"
            else:
                yield text
                yield _text(following)
        yield from (_filled(word, names) for word in rest)


def number(low: int, high: int) -> Callable[[str], int]:
    """The type of an option: a whole number between the two."""

    def number(text: str) -> int:
        value = int(text)
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"{value} is not between {low:,} and {high:,}")
        return value

    return number


def as_words(texts: Sequence[str]) -> Words:
    """The words of a command that went through argparse, as the bytes they were."""
    if texts and isinstance(texts[0], _Value):
        raise DataError(
            "a command's name is written out, not taken from Python",
            hint="Only arguments may be Python values.",
        )
    return as_bytes(texts)


def as_bytes(texts: Sequence[str]) -> Words:
    """Words that went through argparse, as the bytes they were."""
    return tuple(text.encode("utf-8", "surrogateescape") for text in texts)


def _captured(words: Said) -> tuple[str, Said]:
    """``result << ...``: the name, and what follows."""
    if len(words) < 2 or words[1] != b"<<" or isinstance(words[0], Name):
        return "", words
    name = _text(words[0])
    if not name.isidentifier():
        raise DataError(
            f"{name!r} is no Python name, so nothing can be kept there",
            hint="result << ... keeps what the magic gives as result.",
        )
    return name, words[2:]


def _filled(word: bytes | Name, names: Names) -> str:
    if isinstance(word, Name):
        return _Value(_text(argument(word, names)))
    return _text(word)


def _text(word: bytes) -> str:
    return word.decode("utf-8", "surrogateescape")
