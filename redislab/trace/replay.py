"""What WATCH does inside the server, done again from what the server tells.

In go two kinds of news, in the server's own order: *events* ("key k: set") and the
*lines* of MONITOR. Out come the touches of watched keys, each with the command that made
it, and every EXEC with the touches before it. The rules are the server's:

1.  An event comes before the line of the command that caused it, and in one go with it.
2.  ``expired`` and ``evicted`` are the server's own doing, whatever line comes next.
3.  A line from ``lua`` belongs to the script whose line came last.
4.  After a line, the server serves whoever was blocked on a key that it filled. Those
    events have no line: they are the blocked command's, which had its line when it came.
5.  The first touch of any watched key dooms the watcher's EXEC and ends all its watches.
    So one touch is the culprit, and no later one matters.
6.  EXEC, DISCARD, UNWATCH and RESET end the watches and take the doom away.
7.  A queued command has its line when EXEC runs it. So a line of a client inside MULTI
    says that EXEC has passed its check: its watches are gone before the line's events.
8.  FLUSHDB, FLUSHALL and SWAPDB make no events. They touch the watched keys that exist.
9.  PFCOUNT may refresh what it has cached in the key, and makes no event of it.
10. A key is watched in one database; lines and events say in which they are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from redislab.commands.table import keys as key_arguments
from redislab.commands.table import row
from redislab.trace.keyspace import Keyspace
from redislab.trace.monitor_line import SCRIPT, Line

Place = tuple[int, bytes]
"""A key in a database."""

OWN_DOING = frozenset({"expired", "evicted", "hexpired"})
SCRIPTS = frozenset({"EVAL", "EVALSHA", "FCALL"})
FLUSHES = frozenset({"FLUSHDB", "FLUSHALL", "SWAPDB"})
NEVER_QUEUED = frozenset({"MULTI", "EXEC", "DISCARD", "WATCH", "RESET", "QUIT"})

PERHAPS = 16
"""Touches that may be none, remembered for one watcher."""


class Touch(NamedTuple):
    """A watched key was touched, and these watches with it."""

    order: int
    server_us: int | None
    database: int
    key: bytes
    event: str
    certain: bool
    line: Line | None
    """The culprit's command; None when it was the server, or nobody knows."""
    watches: tuple[Line, ...]
    """The WATCH with which each of those clients began."""


class Exec(NamedTuple):
    """A client's EXEC, after all that could have mattered to it."""

    order: int
    line: Line
    ran: bool
    touches: tuple[int, ...]
    """The touches of what it watched, by their order; at most the last is certain."""
    doomed: bool
    """One of them is certain: it must answer nil."""


Finding = Touch | Exec


@dataclass(slots=True)
class _Client:
    """What the server keeps for one client, as far as WATCH goes."""

    watch: Line | None = None
    """The first WATCH since nothing was watched."""
    watched: set[Place] = field(default_factory=set)
    touches: list[int] = field(default_factory=list)
    doomed: bool = False
    queueing: bool = False
    ran: bool = False


class _Event(NamedTuple):
    order: int
    place: Place
    name: str


class Replay:
    """Feed it with ``event`` and ``line`` in the order in which they came."""

    def __init__(self, unsure: frozenset[str] = frozenset()) -> None:
        """``unsure``: events that this server tells although nothing was touched."""
        self.keys = Keyspace()
        self._unsure = unsure
        self._order = 0
        self._clients: dict[str, _Client] = {}
        self._watchers: dict[Place, set[str]] = {}
        self._pending: list[_Event] = []
        self._blocked: dict[str, Line] = {}
        self._script: Line | None = None

    def event(self, database: int, key: bytes, name: str) -> list[Finding]:
        """The server told that something happened to a key."""
        self._order += 1
        self.keys.event(database, key, name)
        place = (database, key)
        if name in OWN_DOING:  # rule 2
            return self._touch(self._order, place, name, None)
        if place in self._watchers or self._blocked:
            self._pending.append(_Event(self._order, place, name))
        return []

    def line(self, line: Line) -> list[Finding]:
        """The server ran a command."""
        self._order += 1
        called = line.address == SCRIPT
        owner = self._script if called else line  # rule 3
        client = None if owner is None else self._clients.get(owner.address)
        if owner and client and client.queueing and line.name not in NEVER_QUEUED:
            self._forget_places(client, owner.address)  # rule 7
            client.touches.clear()
            client.doomed, client.ran = False, True
        found = self._settle(line, owner) if self._pending else []
        if line.name in FLUSHES:
            found += self._flushed(line, owner)
        elif line.name == "PFCOUNT" and len(line.arguments) == 2:  # rule 9
            place = (line.database, line.arguments[1])
            found += self._touch(self._order, place, "pfcount", owner, certain=False)
        if not called:
            found += self._changed_state(line)
        return found

    # --- whose events they are ------------------------------------------------------------

    def _settle(self, line: Line, owner: Line | None) -> list[Finding]:
        """Apply the events that came before this line."""
        pending, self._pending = self._pending, []
        served = 0  # rule 4: they come first
        for place, event in enumerate(pending, 1):
            if not _explains(line, event.place[1]):
                served = place
        found: list[Finding] = []
        for place, event in enumerate(pending):
            culprit = self._blocked_on(event.place[1]) if place < served else owner
            found += self._touch(event.order, event.place, event.name, culprit)
        return found

    def _blocked_on(self, key: bytes) -> Line | None:
        """The command that has waited longest with this key among its own."""
        lines = self._blocked.values()
        return next((line for line in lines if key in key_arguments(line.arguments)), None)

    # --- what touches -------------------------------------------------------------------

    def _touch(
        self, order: int, place: Place, event: str, line: Line | None, certain: bool = True
    ) -> list[Finding]:
        """Rule 5, for every client that watches this key."""
        watchers = [(who, self._clients[who]) for who in self._watchers.get(place, ())]
        if not watchers:
            return []
        certain = certain and event not in self._unsure
        for address, client in watchers:
            if certain:
                self._forget_places(client, address)
                client.doomed = True
            if certain or len(client.touches) < PERHAPS:
                client.touches.append(order)
        when = line.server_us if line else None
        watches = tuple(client.watch for _, client in watchers if client.watch)
        return [Touch(order, when, *place, event, certain, line, watches)]

    def _flushed(self, line: Line, owner: Line | None) -> list[Finding]:
        """Rule 8."""
        swapped = _swapped(line)
        if line.name == "SWAPDB" and swapped is None:
            return []
        if line.name != "SWAPDB" and not _is_flush(line):
            return []
        found: list[Finding] = []
        for database, key in sorted(self._watchers):
            if swapped is not None and database not in swapped:
                continue
            if line.name == "FLUSHDB" and database != line.database:
                continue
            sides = swapped or (database,)
            there = [self.keys.exists(side, key) for side in sides]
            if any(known is not False for known in there):
                certain = any(there)
                event, place = line.name.lower(), (database, key)
                found += self._touch(self._order, place, event, owner, certain)
        if swapped is not None:
            self.keys.swap(*swapped)
        elif line.name == "FLUSHDB":
            self.keys.flush(line.database)
        else:
            self.keys.flush_all()
        return found

    # --- what the client's own commands change -------------------------------------------

    def _changed_state(self, line: Line) -> list[Finding]:
        self._blocked.pop(line.address, None)
        if line.name in SCRIPTS:
            self._script = line
        client = self._clients.get(line.address)
        queueing = client is not None and client.queueing
        match line.name:
            case "WATCH" if not queueing:
                self._watch(line)
            case "MULTI" if not queueing:
                self._clients.setdefault(line.address, _Client()).queueing = True
            case "EXEC" if client is not None and queueing:
                self._end(client, line)
                touches = tuple(client.touches)
                return [Exec(self._order, line, client.ran, touches, client.doomed)]
            case "DISCARD" if client is not None and queueing:
                self._end(client, line)
            case "UNWATCH" if client is not None and not queueing:
                self._end(client, line)
            case "RESET" | "QUIT" if client is not None:
                self._end(client, line)
            case _ if not queueing and _may_wait(line):
                self._blocked[line.address] = line
        return []

    def _watch(self, line: Line) -> None:
        client = self._clients.setdefault(line.address, _Client())
        if client.doomed:
            return  # nothing that comes can make a difference
        client.watch = client.watch or line
        for key in line.arguments[1:]:
            place = (line.database, key)
            client.watched.add(place)
            self._watchers.setdefault(place, set()).add(line.address)

    def _end(self, client: _Client, line: Line) -> None:
        """Rule 6."""
        self._forget_places(client, line.address)
        del self._clients[line.address]

    def _forget_places(self, client: _Client, address: str) -> None:
        for place in client.watched:
            watchers = self._watchers[place]
            watchers.discard(address)
            if not watchers:
                del self._watchers[place]
        client.watched.clear()


def _explains(line: Line, key: bytes) -> bool:
    """Whether events about this key can be the line's own."""
    known = row(line.arguments)
    if known is None or line.name in SCRIPTS:
        return True
    return not known.readonly and key in key_arguments(line.arguments)


def _may_wait(line: Line) -> bool:
    known = row((line.name,))
    return known is not None and known.dedicated


def _is_flush(line: Line) -> bool:
    """Whether it is well said: one that is not has its line, too, and does nothing."""
    return [word.upper() for word in line.arguments[1:]] in ([], [b"ASYNC"], [b"SYNC"])


def _swapped(line: Line) -> tuple[int, int] | None:
    """The two databases of a SWAPDB that does something."""
    try:
        _, one, other = line.arguments
        swapped = (int(one), int(other))
    except ValueError:
        return None
    return None if swapped[0] == swapped[1] else swapped
