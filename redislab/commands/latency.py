"""What took long: the server's logs of slow commands, and its latency monitor."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from redislab.commands.replies import ok
from redislab.commands.reports import histograms, hotkeys, slow
from redislab.commands.run import Run, T, option

if TYPE_CHECKING:
    from redislab.connection.session import Reply


class HotkeysMetricsTypes(StrEnum):
    """What ``hotkeys_start`` measures."""

    CPU = "CPU"
    NET = "NET"


class LatencyCommands(Run[T]):
    """The group ``server``, as far as it is about time."""

    __slots__ = ()

    # --- slow commands ----------------------------------------------------------------

    def slowlog_get(self, num: int | None = None) -> Reply[list[dict[str, Any]]]:
        """``SLOWLOG GET``: the slow commands, the newest first, a dict each.

        ``id``, ``start_time`` (Unix time), ``duration`` (microseconds), and, as bytes
        always, ``command``, ``client_address`` and ``client_name``. 10, or ``num``; -1 is
        all.
        https://valkey.io/commands/slowlog-get/
        """
        return self._run(("SLOWLOG", "GET", *(() if num is None else (num,))), slow)

    def slowlog_len(self) -> Reply[int]:
        """``SLOWLOG LEN``: how many there are.

        https://valkey.io/commands/slowlog-len/
        """
        return self._run(("SLOWLOG", "LEN"))

    def slowlog_reset(self) -> Reply[bool]:
        """``SLOWLOG RESET``: True; they are forgotten.

        https://valkey.io/commands/slowlog-reset/
        """
        return self._run(("SLOWLOG", "RESET"), ok)

    def commandlog_get(self, count: int, type: str) -> Reply[list[dict[str, Any]]]:  # noqa: A002  the command's word
        """``COMMANDLOG GET count type``: the last slow commands, large requests or large
        replies, a dict each as in ``slowlog_get``.

        ``type`` is slow, large-request or large-reply; the ``duration`` of the large ones
        is a number of bytes. For Valkey 8.1.
        https://valkey.io/commands/commandlog-get/
        """
        return self._run(("COMMANDLOG", "GET", count, type), slow)

    def commandlog_len(self, type: str) -> Reply[int]:  # noqa: A002  the command's word
        """``COMMANDLOG LEN type``: how many there are.

        https://valkey.io/commands/commandlog-len/
        """
        return self._run(("COMMANDLOG", "LEN", type))

    def commandlog_reset(self, type: str) -> Reply[bool]:  # noqa: A002  the command's word
        """``COMMANDLOG RESET type``: True; they are forgotten.

        https://valkey.io/commands/commandlog-reset/
        """
        return self._run(("COMMANDLOG", "RESET", type), ok)

    # --- the latency monitor ----------------------------------------------------------

    def latency_doctor(self) -> Reply[T]:
        """``LATENCY DOCTOR``: advice on what made the server wait, in words.

        https://valkey.io/commands/latency-doctor/
        """
        return self._run(("LATENCY", "DOCTOR"))

    def latency_graph(self, event: str) -> Reply[T]:
        """``LATENCY GRAPH event``: a picture of it, drawn with letters.

        ResponseError when no such event was recorded.
        https://valkey.io/commands/latency-graph/
        """
        return self._run(("LATENCY", "GRAPH", event))

    def latency_history(self, event: str) -> Reply[list[list[int]]]:
        """``LATENCY HISTORY event``: [Unix time, milliseconds] for each time it happened.

        https://valkey.io/commands/latency-history/
        """
        return self._run(("LATENCY", "HISTORY", event))

    def latency_latest(self) -> Reply[list[list[Any]]]:
        """``LATENCY LATEST``: [event, Unix time, milliseconds, the worst milliseconds].

        Newer servers add their sum and their number.
        https://valkey.io/commands/latency-latest/
        """
        return self._run(("LATENCY", "LATEST"))

    def latency_histogram(self, *args: str) -> Reply[dict[str, Any]]:
        """``LATENCY HISTOGRAM command ...``: {command: {"calls": 3, "histogram_usec": {
        1: 2, 4: 3}}}: how many of its calls took at most so many microseconds.

        https://valkey.io/commands/latency-histogram/
        """
        return self._run(("LATENCY", "HISTOGRAM", *args), histograms)

    def latency_reset(self, *events: str) -> Reply[int]:
        """``LATENCY RESET event ...``: how many events were forgotten; of all, or these.

        https://valkey.io/commands/latency-reset/
        """
        return self._run(("LATENCY", "RESET", *events))

    # --- keys in demand ---------------------------------------------------------------

    def hotkeys_start(
        self,
        metrics: Sequence[str],
        count: int | None = None,
        duration: int | None = None,
        sample_ratio: int | None = None,
        slots: Sequence[int] | None = None,
    ) -> Reply[bool]:
        """``HOTKEYS START METRICS n metric ...``: True; which keys cost most is noted.

        ``metrics``: see ``HotkeysMetricsTypes``; the first ``count`` keys, for
        ``duration`` seconds, looking at one command in ``sample_ratio``, in these
        ``slots`` only. For Redis 8.6.
        https://redis.io/docs/latest/commands/hotkeys-start/
        """
        words = (
            *("METRICS", len(metrics), *map(str, metrics)),
            *option("COUNT", count),
            *option("DURATION", duration),
            *option("SAMPLE", sample_ratio),
            *(() if slots is None else ("SLOTS", len(slots), *slots)),
        )
        return self._run(("HOTKEYS", "START", *words), ok)

    def hotkeys_stop(self) -> Reply[bool | None]:
        """``HOTKEYS STOP``: True; None when nothing was being noted.

        https://redis.io/docs/latest/commands/hotkeys-stop/
        """
        return self._run(("HOTKEYS", "STOP"), ok)

    def hotkeys_reset(self) -> Reply[bool]:
        """``HOTKEYS RESET``: True; the notes are gone.

        https://redis.io/docs/latest/commands/hotkeys-reset/
        """
        return self._run(("HOTKEYS", "RESET"), ok)

    def hotkeys_get(self) -> Reply[Any]:
        """``HOTKEYS GET``: what was noted, a dict in a list; None when nothing was.

        https://redis.io/docs/latest/commands/hotkeys-get/
        """
        return self._run(("HOTKEYS", "GET"), hotkeys)
