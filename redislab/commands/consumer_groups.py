"""Consumer groups: several consumers share the entries of a stream.

A group hands each entry to one consumer and notes it as pending until that consumer
acknowledges it; what stays pending too long another one may claim. So an entry is worked
on at least once, even when a consumer dies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from redislab.commands.entries import (
    claimed,
    claimed_ids,
    entries,
    pending,
    pending_entries,
    reading,
    reports,
)
from redislab.commands.replies import flag, ok
from redislab.commands.run import Key, Run, T, Value, option, switches
from redislab.commands.streams import at_most, behind, not_negative, policy, waiting
from redislab.exceptions import DataError

if TYPE_CHECKING:
    from redislab.connection.session import Reply

_REFUSALS = ("SILENT", "FAIL", "FATAL")


class ConsumerGroupCommands(Run[T]):
    """The group ``stream``, as far as it is about groups of consumers."""

    __slots__ = ()

    # --- groups -----------------------------------------------------------------------

    def xgroup_create(
        self,
        name: Key,
        groupname: Key,
        id: Value = "$",  # noqa: A002  redis-py's name
        mkstream: bool = False,
        entries_read: int | None = None,
    ) -> Reply[bool]:
        """``XGROUP CREATE name group id``: True; it will hand out what is after ``id``.

        ``"$"`` is the end of the stream as it is now, ``"0"`` its beginning.
        ``mkstream`` makes the stream if there is none; ``entries_read`` corrects the
        count from which the group's lag is told. ResponseError (BUSYGROUP) when there is
        such a group.
        https://valkey.io/commands/xgroup-create/
        """
        words = (*switches(MKSTREAM=mkstream), *option("ENTRIESREAD", entries_read))
        return self._run(("XGROUP", "CREATE", name, groupname, id, *words), ok)

    def xgroup_setid(
        self,
        name: Key,
        groupname: Key,
        id: Value,  # noqa: A002  redis-py's name
        entries_read: int | None = None,
    ) -> Reply[bool]:
        """``XGROUP SETID name group id``: True; it goes on after ``id``.

        https://valkey.io/commands/xgroup-setid/
        """
        read = option("ENTRIESREAD", entries_read)
        return self._run(("XGROUP", "SETID", name, groupname, id, *read), ok)

    def xgroup_destroy(self, name: Key, groupname: Key) -> Reply[bool]:
        """``XGROUP DESTROY name group``: whether there was such a group.

        https://valkey.io/commands/xgroup-destroy/
        """
        return self._run(("XGROUP", "DESTROY", name, groupname), flag)

    def xgroup_createconsumer(
        self, name: Key, groupname: Key, consumername: Key
    ) -> Reply[int]:
        """``XGROUP CREATECONSUMER name group consumer``: 1 when it is new, else 0.

        A consumer that reads is made by itself.
        https://valkey.io/commands/xgroup-createconsumer/
        """
        return self._run(("XGROUP", "CREATECONSUMER", name, groupname, consumername))

    def xgroup_delconsumer(
        self, name: Key, groupname: Key, consumername: Key
    ) -> Reply[int]:
        """``XGROUP DELCONSUMER name group consumer``: how many entries it had pending.

        Nobody can claim them any more: claim them first.
        https://valkey.io/commands/xgroup-delconsumer/
        """
        return self._run(("XGROUP", "DELCONSUMER", name, groupname, consumername))

    def xinfo_groups(self, name: Key) -> Reply[list[dict[str, Any]]]:
        """``XINFO GROUPS name``: a dict for each group: consumers, pending, lag ...

        https://valkey.io/commands/xinfo-groups/
        """
        return self._run(("XINFO", "GROUPS", name), reports)

    def xinfo_consumers(self, name: Key, groupname: Key) -> Reply[list[dict[str, Any]]]:
        """``XINFO CONSUMERS name group``: a dict for each; idle times in milliseconds.

        https://valkey.io/commands/xinfo-consumers/
        """
        return self._run(("XINFO", "CONSUMERS", name, groupname), reports)

    # --- a consumer's work ------------------------------------------------------------

    def xreadgroup(
        self,
        groupname: Key,
        consumername: Key,
        streams: Mapping[Any, Value],
        count: int | None = None,
        block: int | None = None,
        noack: bool = False,
        claim_min_idle_time: int | None = None,
        max_count: int | None = None,
        max_size: int | None = None,
    ) -> Reply[list[list[Any]]]:
        """``XREADGROUP GROUP group consumer STREAMS name ... id ...``: [stream, entries].

        With the id ``">"`` it gives entries that no consumer got yet; with any other
        those after it that this consumer has pending. The rest is as for ``xread``.

        - ``noack``: they need no acknowledging.
        - ``claim_min_idle_time``: entries that lay pending with anybody for so many
          milliseconds come first, each with its idle time and number of deliveries; for
          Redis 8.4.

        https://valkey.io/commands/xreadgroup/
        """
        options = (
            *at_most(count, max_count, max_size),
            *waiting(block),
            *switches(NOACK=noack),
            *not_negative("CLAIM", claim_min_idle_time),
        )
        words = ("GROUP", groupname, consumername, *options, *behind(streams))
        return self._run(("XREADGROUP", *words), reading)

    def xack(self, name: Key, groupname: Key, *ids: Value) -> Reply[int]:
        """``XACK name group id ...``: how many were pending and now are done.

        https://valkey.io/commands/xack/
        """
        return self._run(("XACK", name, groupname, *ids))

    def xackdel(
        self, name: Key, groupname: Key, *ids: Value, ref_policy: str = "KEEPREF"
    ) -> Reply[list[int]]:
        """``XACKDEL name group KEEPREF|DELREF|ACKED IDS n id ...``: ``xack``, then
        ``xdelex``; for each id what was done, as there.

        For Redis 8.2.
        https://redis.io/docs/latest/commands/xackdel/
        """
        if not ids:
            raise DataError("xackdel needs at least one id")
        words = (*policy(ref_policy), "IDS", len(ids), *ids)
        return self._run(("XACKDEL", name, groupname, *words))

    def xnack(
        self,
        name: Key,
        groupname: Key,
        mode: str,
        *ids: Value,
        retrycount: int | None = None,
        force: bool = False,
    ) -> Reply[int]:
        """``XNACK name group SILENT|FAIL|FATAL IDS n id ...``: how many were given back.

        They are free for other consumers at once. ``mode`` says how the delivery counts:
        SILENT as if it had not been, FAIL as one more, FATAL as the last;
        ``retrycount`` sets the number; ``force`` also notes entries that were not
        pending. For Redis 8.8.
        https://redis.io/docs/latest/commands/xnack/
        """
        if not ids:
            raise DataError("xnack needs at least one id")
        if mode not in _REFUSALS:
            raise DataError(f"mode must be one of {', '.join(_REFUSALS)}")
        options = (*not_negative("RETRYCOUNT", retrycount), *switches(FORCE=force))
        return self._run(("XNACK", name, groupname, mode, "IDS", len(ids), *ids, *options))

    # --- what stays pending -----------------------------------------------------------

    def xpending(self, name: Key, groupname: Key) -> Reply[dict[str, Any]]:
        """``XPENDING name group``: ``{"pending": 2, "min": id, "max": id, "consumers": [
        {"name": ..., "pending": 2}]}``.

        https://valkey.io/commands/xpending/
        """
        return self._run(("XPENDING", name, groupname), pending)

    def xpending_range(
        self,
        name: Key,
        groupname: Key,
        min: Value,  # noqa: A002  redis-py's name
        max: Value,  # noqa: A002  redis-py's name
        count: int,
        consumername: Key | None = None,
        idle: int | None = None,
    ) -> Reply[list[dict[str, Any]]]:
        """``XPENDING name group min max count``: a dict for each pending entry:
        ``message_id``, ``consumer``, ``time_since_delivered`` (milliseconds) and
        ``times_delivered``.

        Only those of ``consumername``, or idle for so many milliseconds, if given.
        https://valkey.io/commands/xpending/
        """
        if count < 0:
            raise DataError(f"count must not be negative, as {count} is")
        consumer = () if consumername is None else (consumername,)
        words = (*not_negative("IDLE", idle), min, max, count, *consumer)
        return self._run(("XPENDING", name, groupname, *words), pending_entries)

    def xclaim(
        self,
        name: Key,
        groupname: Key,
        consumername: Key,
        min_idle_time: int,
        message_ids: Sequence[Value],
        idle: int | None = None,
        time: int | None = None,
        retrycount: int | None = None,
        force: bool = False,
        justid: bool = False,
    ) -> Reply[list[Any]]:
        """``XCLAIM name group consumer min-idle-time id ...``: the entries that are now
        this consumer's, since they were idle for ``min_idle_time`` milliseconds.

        - ``idle``, ``time``: set how long they count as idle, or since when (Unix time in
          milliseconds); ``retrycount``: how often they were delivered.
        - ``force``: also those that nobody has pending; ``justid``: the ids alone.

        https://valkey.io/commands/xclaim/
        """
        if min_idle_time < 0:
            raise DataError(f"min_idle_time must not be negative, as {min_idle_time} is")
        if not message_ids:
            raise DataError("message_ids must have at least one id")
        options = (
            *option("IDLE", idle),
            *option("TIME", time),
            *option("RETRYCOUNT", retrycount),
            *switches(FORCE=force, JUSTID=justid),
        )
        words = (name, groupname, consumername, min_idle_time, *message_ids, *options)
        return self._run(("XCLAIM", *words), None if justid else entries)

    def xautoclaim(
        self,
        name: Key,
        groupname: Key,
        consumername: Key,
        min_idle_time: int,
        start_id: Value = "0-0",
        count: int | None = None,
        justid: bool = False,
    ) -> Reply[list[Any]]:
        """``XAUTOCLAIM name group consumer min-idle-time start``: [where to go on, the
        entries claimed, the ids of those that exist no more].

        It claims what has been idle for ``min_idle_time`` milliseconds, ``count``
        entries a call; ``"0-0"`` to go on with is the end. ``justid``: only a list of
        ids.
        https://valkey.io/commands/xautoclaim/
        """
        if min_idle_time < 0:
            raise DataError(f"min_idle_time must not be negative, as {min_idle_time} is")
        options = (*not_negative("COUNT", count), *switches(JUSTID=justid))
        words = (name, groupname, consumername, min_idle_time, start_id, *options)
        return self._run(("XAUTOCLAIM", *words), claimed_ids if justid else claimed)
