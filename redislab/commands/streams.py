"""Streams: entries appended in order, each with an id and fields, under one key.

An id is ``"1526919030474-55"``: milliseconds of Unix time, and a number within the
millisecond. An entry comes back as (id, {field: value}). Every method raises
WrongTypeError (when its reply is awaited) if the key holds something that is not a stream.

This file has a stream by itself; ``consumer_groups.py`` those who share its entries.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from redislab.commands.entries import entries, reading, stream, whole_stream
from redislab.commands.replies import ok
from redislab.commands.run import Key, Run, T, Value, option, switches
from redislab.exceptions import DataError

if TYPE_CHECKING:
    from redislab.connection.session import Reply

_POLICIES = ("KEEPREF", "DELREF", "ACKED")


class StreamCommands(Run[T]):
    """The group ``stream``, without groups of consumers."""

    __slots__ = ()

    # --- writing ----------------------------------------------------------------------

    def xadd(
        self,
        name: Key,
        fields: Mapping[Any, Value],
        id: Value = "*",  # noqa: A002  redis-py's name
        maxlen: int | None = None,
        approximate: bool = True,
        nomkstream: bool = False,
        minid: Value | None = None,
        limit: int | None = None,
        ref_policy: str | None = None,
        idmpauto: Value | None = None,
        idmp: tuple[Value, Value] | None = None,
    ) -> Reply[T | None]:
        """``XADD name id field value ...``: the id of the new entry.

        - ``id``: ``"*"`` lets the server make it; else it must be above the last one.
        - ``maxlen``, ``minid``: drop the oldest entries until so many, or none with a
          smaller id, are left; ``approximate`` is cheaper and may leave some more;
          ``limit`` is how many it drops at most.
        - ``nomkstream``: None, and nothing is done, when there is no such stream.
        - For Redis 8.2: ``ref_policy`` KEEPREF, DELREF or ACKED: what becomes of the
          groups' notes about dropped entries. For Redis 8.6: ``idmp`` (producer, number)
          and ``idmpauto`` (producer): an entry sent twice is stored once.

        DataError when there are no fields, or options exclude each other.
        https://valkey.io/commands/xadd/
        """
        if not fields:
            raise DataError("xadd needs at least one field and its value")
        if maxlen is not None and maxlen < 0:
            raise DataError(f"maxlen must not be negative, as {maxlen} is")
        if idmpauto is not None and idmp is not None:
            raise DataError("idmpauto and idmp exclude each other: give one")
        if (idmpauto is not None or idmp is not None) and id != "*":
            raise DataError("with idmp and idmpauto the server makes the id: leave it out")
        words = (
            *switches(NOMKSTREAM=nomkstream),
            *policy(ref_policy),
            *option("IDMPAUTO", idmpauto),
            *(("IDMP", *idmp) if idmp else ()),
            *_bounds(maxlen, minid, approximate, limit),
            id,
        )
        values = [word for pair in fields.items() for word in pair]
        return self._run(("XADD", name, *words, *values))

    def xdel(self, name: Key, *ids: Value) -> Reply[int]:
        """``XDEL name id ...``: how many there were and now are not.

        https://valkey.io/commands/xdel/
        """
        return self._run(("XDEL", name, *ids))

    def xdelex(
        self, name: Key, *ids: Value, ref_policy: str = "KEEPREF"
    ) -> Reply[list[int]]:
        """``XDELEX name KEEPREF|DELREF|ACKED IDS n id ...``: for each id what was done.

        1: deleted; -1: no such entry; 2: kept, since with ACKED some group has not
        acknowledged it. For Redis 8.2.
        https://redis.io/docs/latest/commands/xdelex/
        """
        if not ids:
            raise DataError("xdelex needs at least one id")
        return self._run(("XDELEX", name, *policy(ref_policy), "IDS", len(ids), *ids))

    def xtrim(
        self,
        name: Key,
        maxlen: int | None = None,
        approximate: bool = True,
        minid: Value | None = None,
        limit: int | None = None,
        ref_policy: str | None = None,
    ) -> Reply[int]:
        """``XTRIM name MAXLEN|MINID ~ bound``: how many of the oldest were dropped.

        The options are those of ``xadd``. DataError unless exactly one of ``maxlen``
        and ``minid`` is given.
        https://valkey.io/commands/xtrim/
        """
        if maxlen is None and minid is None:
            raise DataError("xtrim needs maxlen or minid")
        bounds = _bounds(maxlen, minid, approximate, limit)
        return self._run(("XTRIM", name, *bounds, *policy(ref_policy)))

    def xsetid(
        self,
        name: Key,
        last_id: Value,
        entries_added: int | None = None,
        max_deleted_id: Value | None = None,
    ) -> Reply[bool]:
        """``XSETID name last-id``: True; ids made from now on are above ``last_id``.

        ``entries_added`` and ``max_deleted_id`` correct the stream's own records. It is
        made for servers that copy a stream.
        https://valkey.io/commands/xsetid/
        """
        records = (
            *option("ENTRIESADDED", entries_added),
            *option("MAXDELETEDID", max_deleted_id),
        )
        return self._run(("XSETID", name, last_id, *records), ok)

    def xcfgset(
        self, name: Key, idmp_duration: int | None = None, idmp_maxsize: int | None = None
    ) -> Reply[bool]:
        """``XCFGSET name``: True; how long (seconds, 1 to 300) and for how many entries
        (1 to 1,000,000) of a producer the stream knows a number again (``xadd``'s idmp).

        DataError when neither is given or one is out of range. For Redis 8.6.
        https://redis.io/docs/latest/commands/xcfgset/
        """
        if idmp_duration is None and idmp_maxsize is None:
            raise DataError("xcfgset needs idmp_duration or idmp_maxsize")
        if idmp_duration is not None and not 1 <= idmp_duration <= 300:
            raise DataError(f"idmp_duration must be from 1 to 300, not {idmp_duration}")
        if idmp_maxsize is not None and not 1 <= idmp_maxsize <= 1_000_000:
            raise DataError(f"idmp_maxsize must be from 1 to 1,000,000, not {idmp_maxsize}")
        settings = (
            *option("IDMP-DURATION", idmp_duration),
            *option("IDMP-MAXSIZE", idmp_maxsize),
        )
        return self._run(("XCFGSET", name, *settings), ok)

    # --- reading ----------------------------------------------------------------------

    def xlen(self, name: Key) -> Reply[int]:
        """``XLEN name``: how many entries.

        https://valkey.io/commands/xlen/
        """
        return self._run(("XLEN", name))

    def xrange(
        self,
        name: Key,
        min: Value = "-",  # noqa: A002  redis-py's name
        max: Value = "+",  # noqa: A002  redis-py's name
        count: int | None = None,
    ) -> Reply[list[tuple[T, dict[T, T]]]]:
        """``XRANGE name min max``: entries with ids within the bounds, oldest first.

        ``"-"`` and ``"+"`` are the ends, ``"(5-0"`` is "not 5-0 itself"; at most
        ``count``. DataError when ``count`` is less than 1.
        https://valkey.io/commands/xrange/
        """
        return self._run(("XRANGE", name, min, max, *positive("COUNT", count)), entries)

    def xrevrange(
        self,
        name: Key,
        max: Value = "+",  # noqa: A002  redis-py's name
        min: Value = "-",  # noqa: A002  redis-py's name
        count: int | None = None,
    ) -> Reply[list[tuple[T, dict[T, T]]]]:
        """``XREVRANGE name max min``: ``xrange``, newest first.

        https://valkey.io/commands/xrevrange/
        """
        return self._run(("XREVRANGE", name, max, min, *positive("COUNT", count)), entries)

    def xread(
        self,
        streams: Mapping[Any, Value],
        count: int | None = None,
        block: int | None = None,
        max_count: int | None = None,
        max_size: int | None = None,
    ) -> Reply[list[list[Any]]]:
        """``XREAD STREAMS name ... id ...``: [stream, entries] where there are newer ones.

        ``streams`` is {stream: the last id that was seen}; ``"$"`` means whatever comes
        from now on.

        - ``count``: at most so many of each stream.
        - ``block``: when there are none, wait so many milliseconds for the first; 0
          waits without end. An empty list when none came.
        - ``max_count``, ``max_size``: at most so many entries, so many bytes of them, of
          all streams together; for Redis 8.8.

        DataError when ``streams`` is empty or a number is out of range.
        https://valkey.io/commands/xread/
        """
        options = (*waiting(block), *at_most(count, max_count, max_size))
        return self._run(("XREAD", *options, *behind(streams)), reading)

    def xinfo_stream(self, name: Key, full: bool = False) -> Reply[dict[str, Any]]:
        """``XINFO STREAM name``: length, last id, first and last entry ...

        ``full``: with all entries, groups, consumers and what they have pending.
        ResponseError when there is no such key.
        https://valkey.io/commands/xinfo-stream/
        """
        if full:
            return self._run(("XINFO", "STREAM", name, "FULL"), whole_stream)
        return self._run(("XINFO", "STREAM", name), stream)


def positive(word: str, number: int | None) -> tuple[Any, ...]:
    """An option that counts something: at least 1."""
    if number is not None and number < 1:
        raise DataError(f"{word.lower()} must be at least 1, not {number}")
    return option(word, number)


def not_negative(word: str, number: int | None) -> tuple[Any, ...]:
    """An option that is a time or a number of times."""
    if number is not None and number < 0:
        raise DataError(f"{word.lower()} must not be negative, as {number} is")
    return option(word, number)


def waiting(block: int | None) -> tuple[Any, ...]:
    """The option to wait; 0 is without end."""
    return not_negative("BLOCK", block)


def at_most(
    count: int | None, max_count: int | None, max_size: int | None
) -> tuple[Any, ...]:
    """How much of the streams is read."""
    if count is not None and max_count is not None and max_count < count:
        raise DataError("max_count is for all streams: it must not be less than count")
    return (
        *positive("COUNT", count),
        *positive("MAXCOUNT", max_count),
        *positive("MAXSIZE", max_size),
    )


def behind(streams: Mapping[Any, Value]) -> tuple[Any, ...]:
    """The word STREAMS, all keys, then all ids."""
    if not streams:
        raise DataError("streams must have at least one stream and the last id seen of it")
    return ("STREAMS", *streams.keys(), *streams.values())


def _bounds(
    maxlen: int | None, minid: Value | None, approximate: bool, limit: int | None
) -> tuple[Any, ...]:
    """What is trimmed away."""
    if maxlen is not None and minid is not None:
        raise DataError("maxlen and minid exclude each other: give one")
    about = ("~",) if approximate else ()
    if maxlen is not None:
        return ("MAXLEN", *about, maxlen, *option("LIMIT", limit))
    if minid is not None:
        return ("MINID", *about, minid, *option("LIMIT", limit))
    return option("LIMIT", limit)


def policy(ref_policy: str | None) -> tuple[str, ...]:
    """What becomes of the notes that groups have about an entry."""
    if ref_policy is not None and ref_policy not in _POLICIES:
        raise DataError(f"ref_policy must be one of {', '.join(_POLICIES)}")
    return () if ref_policy is None else (ref_policy,)
