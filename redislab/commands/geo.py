"""Places: members of a sorted set with a longitude and a latitude each.

Degrees are float, longitude first, latitude within 85.05112878 of the equator; a stored
place is off by less than 0.6 m. Distances are in metres, or in ``unit``: m, km, ft or mi.
Every method raises WrongTypeError (when its reply is awaited) if the key holds something
that is not a sorted set.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from redislab.commands.replies import number, places, positions, strings
from redislab.commands.run import Key, Run, Shape, T, Value, option, switches
from redislab.exceptions import DataError

if TYPE_CHECKING:
    from redislab.connection.session import Reply

_UNITS = ("m", "km", "mi", "ft")
_ORDERS = ("ASC", "DESC")


class GeoCommands(Run[T]):
    """The group ``geo``."""

    __slots__ = ()

    def geoadd(
        self,
        name: Key,
        values: Sequence[Value],
        nx: bool = False,
        xx: bool = False,
        ch: bool = False,
    ) -> Reply[int]:
        """``GEOADD name longitude latitude place ...``: how many places are new.

        ``values`` is that sequence: longitude, latitude, place, longitude ... ``nx``:
        only new places; ``xx``: only known ones; ``ch``: count those that moved too.
        https://valkey.io/commands/geoadd/
        """
        if nx and xx:
            raise DataError("nx and xx exclude each other: give one")
        if len(values) % 3:
            raise DataError("values must be longitude, latitude and place in turn")
        return self._run(("GEOADD", name, *switches(NX=nx, XX=xx, CH=ch), *values))

    def geodist(
        self, name: Key, place1: Value, place2: Value, unit: str | None = None
    ) -> Reply[float | None]:
        """``GEODIST name place1 place2``: how far it is, None when one is not there.

        https://valkey.io/commands/geodist/
        """
        words = (name, place1, place2, *(() if unit is None else (_unit(unit),)))
        return self._run(("GEODIST", *words), number)

    def geohash(self, name: Key, *values: Value) -> Reply[list[str | None]]:
        """``GEOHASH name place ...``: each place as a geohash of 11 characters.

        https://valkey.io/commands/geohash/
        """
        return self._run(("GEOHASH", name, *values), strings)

    def geopos(self, name: Key, *values: Value) -> Reply[list[tuple[float, float] | None]]:
        """``GEOPOS name place ...``: (longitude, latitude) of each, None for no place.

        https://valkey.io/commands/geopos/
        """
        return self._run(("GEOPOS", name, *values), positions)

    # --- looking around ---------------------------------------------------------------

    def geosearch(
        self,
        name: Key,
        member: Value | None = None,
        longitude: float | None = None,
        latitude: float | None = None,
        unit: str = "m",
        radius: float | None = None,
        width: float | None = None,
        height: float | None = None,
        sort: str | None = None,
        count: int | None = None,
        any: bool = False,  # noqa: A002  redis-py's name
        withcoord: bool = False,
        withdist: bool = False,
        withhash: bool = False,
    ) -> Reply[list[Any]]:
        """``GEOSEARCH name ...``: the places within a circle or a box.

        - around ``member``, or around ``longitude`` and ``latitude``;
        - within ``radius``, or a box of ``width`` and ``height``;
        - ``sort``: ASC, the nearest first, or DESC; ``count``: the nearest so many, or
          with ``any`` the first so many that were found;
        - ``withdist``, ``withhash``, ``withcoord``: each place becomes a list: its name,
          its distance (float), its hash (int), (longitude, latitude).

        DataError when the circle or box is not told, or told twice.
        https://valkey.io/commands/geosearch/
        """
        area = _area(member, longitude, latitude, unit, radius, width, height)
        words = (*area, *_selection(sort, count, any))
        about = switches(WITHDIST=withdist, WITHCOORD=withcoord, WITHHASH=withhash)
        shape = _shape(withdist, withhash, withcoord)
        return self._run(("GEOSEARCH", name, *words, *about), shape)

    def geosearchstore(
        self,
        dest: Key,
        name: Key,
        member: Value | None = None,
        longitude: float | None = None,
        latitude: float | None = None,
        unit: str = "m",
        radius: float | None = None,
        width: float | None = None,
        height: float | None = None,
        sort: str | None = None,
        count: int | None = None,
        any: bool = False,  # noqa: A002  redis-py's name
        storedist: bool = False,
    ) -> Reply[int]:
        """``GEOSEARCHSTORE dest name ...``: ``geosearch`` stored as ``dest``; its size.

        ``storedist`` stores distances as scores, instead of places.
        https://valkey.io/commands/geosearchstore/
        """
        area = _area(member, longitude, latitude, unit, radius, width, height)
        words = (*area, *_selection(sort, count, any), *switches(STOREDIST=storedist))
        return self._run(("GEOSEARCHSTORE", dest, name, *words))

    # --- their older forms ------------------------------------------------------------

    def georadius(
        self,
        name: Key,
        longitude: float,
        latitude: float,
        radius: float,
        unit: str | None = None,
        withdist: bool = False,
        withcoord: bool = False,
        withhash: bool = False,
        count: int | None = None,
        sort: str | None = None,
        store: Key | None = None,
        store_dist: Key | None = None,
        any: bool = False,  # noqa: A002  redis-py's name
    ) -> Reply[Any]:
        """``GEORADIUS name longitude latitude radius unit``: ``geosearch`` in a circle.

        With ``store`` or ``store_dist`` it is ``geosearchstore``.
        https://valkey.io/commands/georadius/
        """
        circle = ("GEORADIUS", name, longitude, latitude, radius, _unit(unit or "m"))
        about = switches(WITHDIST=withdist, WITHCOORD=withcoord, WITHHASH=withhash)
        words = (*about, *_selection(sort, count, any), *_store(store, store_dist))
        return self._run((*circle, *words), _shape(withdist, withhash, withcoord))

    def georadiusbymember(
        self,
        name: Key,
        member: Value,
        radius: float,
        unit: str | None = None,
        withdist: bool = False,
        withcoord: bool = False,
        withhash: bool = False,
        count: int | None = None,
        sort: str | None = None,
        store: Key | None = None,
        store_dist: Key | None = None,
        any: bool = False,  # noqa: A002  redis-py's name
    ) -> Reply[Any]:
        """``GEORADIUSBYMEMBER name place radius unit``: ``georadius`` around a place.

        https://valkey.io/commands/georadiusbymember/
        """
        circle = ("GEORADIUSBYMEMBER", name, member, radius, _unit(unit or "m"))
        about = switches(WITHDIST=withdist, WITHCOORD=withcoord, WITHHASH=withhash)
        words = (*about, *_selection(sort, count, any), *_store(store, store_dist))
        return self._run((*circle, *words), _shape(withdist, withhash, withcoord))

    def georadius_ro(
        self,
        name: Key,
        longitude: float,
        latitude: float,
        radius: float,
        unit: str | None = None,
        withdist: bool = False,
        withcoord: bool = False,
        withhash: bool = False,
        count: int | None = None,
        sort: str | None = None,
        any: bool = False,  # noqa: A002  as in georadius
    ) -> Reply[list[Any]]:
        """``GEORADIUS_RO name longitude latitude radius unit``: ``georadius`` that stores
        nothing, so that a replica may do it.

        https://valkey.io/commands/georadius_ro/
        """
        circle = ("GEORADIUS_RO", name, longitude, latitude, radius, _unit(unit or "m"))
        about = switches(WITHDIST=withdist, WITHCOORD=withcoord, WITHHASH=withhash)
        words = (*circle, *about, *_selection(sort, count, any))
        return self._run(words, _shape(withdist, withhash, withcoord))

    def georadiusbymember_ro(
        self,
        name: Key,
        member: Value,
        radius: float,
        unit: str | None = None,
        withdist: bool = False,
        withcoord: bool = False,
        withhash: bool = False,
        count: int | None = None,
        sort: str | None = None,
        any: bool = False,  # noqa: A002  as in georadius
    ) -> Reply[list[Any]]:
        """``GEORADIUSBYMEMBER_RO name place radius unit``: ``georadiusbymember`` that
        stores nothing, so that a replica may do it.

        https://valkey.io/commands/georadiusbymember_ro/
        """
        circle = ("GEORADIUSBYMEMBER_RO", name, member, radius, _unit(unit or "m"))
        about = switches(WITHDIST=withdist, WITHCOORD=withcoord, WITHHASH=withhash)
        words = (*circle, *about, *_selection(sort, count, any))
        return self._run(words, _shape(withdist, withhash, withcoord))


def _shape(withdist: bool, withhash: bool, withcoord: bool) -> Shape | None:
    if not (withdist or withhash or withcoord):
        return None
    return partial(places, dist=withdist, hash=withhash, coord=withcoord)


def _area(
    member: Value | None,
    longitude: float | None,
    latitude: float | None,
    unit: str,
    radius: float | None,
    width: float | None,
    height: float | None,
) -> tuple[Any, ...]:
    """Where the middle is, and how far it goes."""
    if member is None:
        if longitude is None or latitude is None:
            raise DataError("the middle is member, or longitude and latitude")
        middle: tuple[Any, ...] = ("FROMLONLAT", longitude, latitude)
    elif longitude is not None or latitude is not None:
        raise DataError("member excludes longitude and latitude: give one middle")
    else:
        middle = ("FROMMEMBER", member)
    if radius is None:
        if width is None or height is None:
            raise DataError("how far is radius, or width and height")
        return (*middle, "BYBOX", width, height, _unit(unit))
    if width is not None or height is not None:
        raise DataError("radius excludes width and height: give a circle or a box")
    return (*middle, "BYRADIUS", radius, _unit(unit))


def _unit(unit: str) -> str:
    if unit.lower() not in _UNITS:
        raise DataError(f"unit must be one of {', '.join(_UNITS)}, not {unit!r}")
    return unit


def _selection(sort: str | None, count: int | None, first: bool) -> tuple[Any, ...]:
    """Which of the places within, and in which order."""
    if sort is not None and sort.upper() not in _ORDERS:
        raise DataError(f"sort must be ASC or DESC, not {sort!r}")
    if first and count is None:
        raise DataError("any is about count: give it too")
    order = () if sort is None else (sort.upper(),)
    return (*order, *option("COUNT", count), *switches(ANY=first))


def _store(store: Key | None, store_dist: Key | None) -> tuple[Any, ...]:
    if store is not None and store_dist is not None:
        raise DataError("store and store_dist exclude each other: give one")
    return (*option("STORE", store), *option("STOREDIST", store_dist))
