"""From the raw answers of a pipeline to what ``execute`` gives.

Rules of this file:
- ``failed`` says whether any answer is or holds an error. Mostly none does, and then no
  answer is looked at twice.
- An error keeps its place in the list. The one that is raised says which command of the
  pipeline it belongs to and carries the list.
- EXEC answers with the list of results, with nil when a watched key had changed, or with
  EXECABORT when a command was refused while it was queued: then the refusal is the error
  to show, and EXECABORT only its consequence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from redislab.commands.replies import stays_bytes, text
from redislab.commands.secrets import redact
from redislab.connection.session import BatchShape, Shape
from redislab.exceptions import (
    DataError,
    ExecAbortError,
    RedisError,
    WatchError,
    spoken,
)
from redislab.wire.encode import encode

Commands = Sequence[tuple[Any, ...]]
Shapes = Sequence[Shape | None]


def name_unsendable(error: DataError, commands: Commands) -> None:
    """Say which command of the pipeline holds the argument that cannot be sent."""
    for index, command in enumerate(commands):
        try:
            encode(command)
        except DataError:
            _name(error, index, command, None)
            return


def plain_results(
    commands: Commands,
    shapes: Shapes,
    decode: bool,
    raise_on_error: bool,
    start: int = 0,
) -> BatchShape:
    """For commands that were sent one after the other, without a transaction.

    ``start`` is the place of the first of them in the whole pipeline.
    """

    def results(answers: list[Any], failed: bool) -> list[Any]:
        return _results(answers, commands, shapes, decode, failed, raise_on_error, start)

    return results


def transaction_results(
    commands: Commands,
    shapes: Shapes,
    decode: bool,
    raise_on_error: bool,
    watched: tuple[Any, ...],
) -> BatchShape:
    """For MULTI, the commands, EXEC."""

    def results(answers: list[Any], failed: bool) -> list[Any]:
        done = answers[-1]
        if done.__class__ is list:
            return _results(done, commands, shapes, decode, failed, raise_on_error)
        if done is None:
            raise WatchError(_changed(watched))
        raise _refusal(answers, commands)

    return results


def _results(
    answers: list[Any],
    commands: Commands,
    shapes: Shapes,
    decode: bool,
    failed: bool,
    raise_on_error: bool,
    start: int = 0,
) -> list[Any]:
    if decode:
        answers = [
            answer if stays_bytes(shape) else _decoded(answer)
            for answer, shape in zip(answers, shapes, strict=True)
        ]
        failed = failed or any(isinstance(answer, UnicodeDecodeError) for answer in answers)
    if not failed:
        return _all_shaped(answers, shapes)
    first = None
    for index, (answer, shape) in enumerate(zip(answers, shapes, strict=True)):
        if isinstance(answer, (RedisError, UnicodeDecodeError)):
            _name(answer, start + index, commands[index], answers)
            first = first or answer
        elif shape is not None:
            answers[index] = _shaped(answer, shape)
    if first is not None and raise_on_error:
        raise first
    return answers


def _all_shaped(answers: list[Any], shapes: Shapes) -> list[Any]:
    """No errors among them. In most long pipelines all have one shape: one loop in C."""
    shape = shapes[0] if shapes else None
    if len(set(shapes)) > 1:
        return [
            answer if shape is None else _shaped(answer, shape)
            for answer, shape in zip(answers, shapes, strict=True)
        ]
    if shape is None:
        return answers
    try:
        return list(map(shape, answers))
    except Exception:
        return [_shaped(answer, shape) for answer in answers]


def _shaped(answer: Any, shape: Shape) -> Any:
    """An answer of another form than its shape knows stays as it came."""
    try:
        return shape(answer)
    except Exception:
        return answer


def _decoded(answer: Any) -> Any:
    """Text that is not UTF-8 is this command's error, and no other's."""
    try:
        return text(answer)
    except UnicodeDecodeError as error:
        return error


def _name(
    error: Any, index: int, command: tuple[Any, ...], results: list[Any] | None
) -> None:
    """Tell an error which command it is of."""
    place = f"Command # {index + 1} ({spoken(redact(command))}) of pipeline"
    if isinstance(error, RedisError):
        error.place = place
    else:
        error.add_note(f"It is the reply to {place}.")
    error.index = index
    error.command = command
    error.results = results


def _refusal(answers: list[Any], commands: Commands) -> RedisError:
    """The first command that was refused while it was queued, because of which EXEC was."""
    aborted = answers[-1]
    for index, answer in enumerate(answers[1:-1]):
        if isinstance(answer, RedisError):
            _name(answer, index, commands[index], None)
            answer.__cause__ = aborted if isinstance(aborted, ExecAbortError) else None
            return answer
    for answer in (answers[0], aborted):
        if isinstance(answer, RedisError):
            return answer
    return RedisError(f"EXEC answered {aborted!r}, which is no list of results")


def _changed(watched: tuple[Any, ...]) -> str:
    keys = [spoken((key,), 60) for key in watched]
    if len(keys) == 1:
        return f"{keys[0]} changed after WATCH, so EXEC ran nothing"
    if keys:
        return f"one of {', '.join(keys)} changed after WATCH, so EXEC ran nothing"
    return "a watched key changed after WATCH, so EXEC ran nothing"
