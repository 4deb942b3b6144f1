"""The dictionary: every command that can be said, and what its reply looks like.

- ``facts/`` has a row for each command, ``table`` answers questions from the rows.
- ``strings``, ``keys``, ``hashes`` ...: a method a command, one class a group.
- ``replies`` and ``reports``: from raw replies to Python shapes.
- ``secrets`` hides passwords before anybody sees a command.

Nothing here does I/O. To add a command: a row in its group's file of facts, a method in
its group's class, a line in ``tests/commands/calls.py``.
"""

from redislab.commands.connection import ConnectionCommands
from redislab.commands.hashes import HashCommands
from redislab.commands.keys import KeyCommands
from redislab.commands.lists import ListCommands
from redislab.commands.pubsub import PubSubCommands
from redislab.commands.ranges import SortedSetRanges
from redislab.commands.run import Key, Run, Shape, T, Value
from redislab.commands.scripting import ScriptingCommands
from redislab.commands.server import ServerCommands
from redislab.commands.sets import SetCommands
from redislab.commands.sorted_sets import SortedSetCommands
from redislab.commands.strings import StringCommands

__all__ = ["Commands", "Key", "Run", "Shape", "T", "Value"]


class Commands(
    StringCommands[T],
    KeyCommands[T],
    HashCommands[T],
    ListCommands[T],
    SetCommands[T],
    SortedSetCommands[T],
    SortedSetRanges[T],
    PubSubCommands[T],
    ScriptingCommands[T],
    ServerCommands[T],
    ConnectionCommands[T],
):
    """The methods of all groups. ``T`` is text in replies: str or bytes."""

    __slots__ = ()
