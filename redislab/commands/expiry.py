"""How long a key lives, as commands spell it: EX 10, PX 1500, EXAT, PXAT, KEEPTTL.

Commands differ in unit (seconds, milliseconds) and in kind (from now, or a moment as Unix
time). A timedelta or a datetime fits each of them: it is cut to whole units here. A
datetime without time zone is local time.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, TypeAlias

from redislab.exceptions import DataError

Duration: TypeAlias = int | timedelta
"""From now: whole seconds or milliseconds, whichever the command counts in."""

Moment: TypeAlias = int | datetime
"""A point in time: Unix time in seconds or milliseconds, or a datetime."""


def seconds(time: Any) -> Any:
    """A duration or a moment in whole seconds; what is neither passes as it is.

    >>> seconds(timedelta(minutes=2))
    120
    """
    if isinstance(time, timedelta):
        return int(time.total_seconds())
    return int(time.timestamp()) if isinstance(time, datetime) else time


def milliseconds(time: Any) -> Any:
    """A duration or a moment in whole milliseconds; what is neither passes as it is.

    >>> milliseconds(timedelta(seconds=1.5))
    1500
    """
    if isinstance(time, timedelta):
        return int(time.total_seconds() * 1000)
    return int(time.timestamp() * 1000) if isinstance(time, datetime) else time


def lifetime(
    ex: Duration | None,
    px: Duration | None,
    exat: Moment | None,
    pxat: Moment | None,
    word: str,
    given: bool,
) -> tuple[Any, ...]:
    """The one lifetime option of SET and GETEX: at most one may be given.

    ``word`` is the option without a number, KEEPTTL or PERSIST.
    """
    options: list[tuple[Any, ...]] = []
    if ex is not None:
        options.append(("EX", seconds(_duration("ex", ex))))
    if px is not None:
        options.append(("PX", milliseconds(_duration("px", px))))
    if exat is not None:
        options.append(("EXAT", seconds(exat)))
    if pxat is not None:
        options.append(("PXAT", milliseconds(pxat)))
    if given:
        options.append((word,))
    if len(options) > 1:
        raise DataError(
            f"ex, px, exat, pxat and {word.lower()} exclude each other: give one"
        )
    return options[0] if options else ()


def _duration(name: str, value: Any) -> Any:
    """A float would lose its fraction on some servers and be refused by others."""
    if isinstance(value, (int, timedelta)) or (isinstance(value, str) and value.isdigit()):
        return value
    raise DataError(f"{name} must be an int or a timedelta, not {type(value).__name__}")
