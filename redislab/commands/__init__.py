"""The dictionary: every command that can be said, and what its reply looks like.

- ``facts/`` has a row for each command, ``table`` answers questions from the rows.
- ``strings``, ``keys``, ``hashes`` ...: a method a command, one class a group, or several
  where a group has several subjects.
- ``replies``, ``entries``, ``reports``, ``topology``: from raw replies to Python shapes.
- ``modules``: the families JSON, time series ..., reached by ``families``.
- ``secrets`` hides passwords before anybody sees a command.

Nothing here does I/O. To add a command: a row in its group's file of facts, a method in
its group's class, a line in its chapter of ``tests/commands/calls``.
"""

from redislab.commands.acl import AclCommands
from redislab.commands.algebra import SortedSetAlgebra
from redislab.commands.arrays import ArrayCommands
from redislab.commands.bitmaps import BitmapCommands
from redislab.commands.catalogue import CatalogueCommands
from redislab.commands.cluster import ClusterCommands
from redislab.commands.cluster_changes import ClusterChanges
from redislab.commands.conditional_strings import ConditionalStringCommands
from redislab.commands.connection import ConnectionCommands
from redislab.commands.consumer_groups import ConsumerGroupCommands
from redislab.commands.families import Families
from redislab.commands.field_expiry import FieldExpiryCommands
from redislab.commands.functions import FunctionCommands
from redislab.commands.geo import GeoCommands
from redislab.commands.hashes import HashCommands
from redislab.commands.help import HelpCommands
from redislab.commands.hyperloglog import HyperLogLogCommands
from redislab.commands.keys import KeyCommands
from redislab.commands.latency import LatencyCommands
from redislab.commands.lists import ListCommands
from redislab.commands.pops import SortedSetPops
from redislab.commands.pubsub import PubSubCommands
from redislab.commands.ranges import SortedSetRanges
from redislab.commands.run import Key, Run, Shape, T, Value
from redislab.commands.scripting import ScriptingCommands
from redislab.commands.server import ServerCommands
from redislab.commands.sets import SetCommands
from redislab.commands.sorted_sets import SortedSetCommands
from redislab.commands.sorting import SortingCommands
from redislab.commands.streams import StreamCommands
from redislab.commands.strings import StringCommands
from redislab.commands.transfer import TransferCommands

__all__ = ["Commands", "Key", "Run", "Shape", "T", "Value"]


class Commands(
    StringCommands[T],
    ConditionalStringCommands[T],
    BitmapCommands[T],
    KeyCommands[T],
    SortingCommands[T],
    TransferCommands[T],
    HashCommands[T],
    FieldExpiryCommands[T],
    ListCommands[T],
    SetCommands[T],
    SortedSetCommands[T],
    SortedSetRanges[T],
    SortedSetPops[T],
    SortedSetAlgebra[T],
    StreamCommands[T],
    ConsumerGroupCommands[T],
    GeoCommands[T],
    HyperLogLogCommands[T],
    ArrayCommands[T],
    PubSubCommands[T],
    ScriptingCommands[T],
    FunctionCommands[T],
    ConnectionCommands[T],
    ServerCommands[T],
    AclCommands[T],
    LatencyCommands[T],
    CatalogueCommands[T],
    ClusterCommands[T],
    ClusterChanges[T],
    HelpCommands[T],
    Families[T],
):
    """The methods of all groups. ``T`` is text in replies: str or bytes."""

    __slots__ = ()
