"""Publishing. Subscribing changes a connection, so it is not a method of every client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redislab.commands.replies import couples
from redislab.commands.run import Key, Run, T, Value

if TYPE_CHECKING:
    from redislab.connection.session import Reply


class PubSubCommands(Run[T]):
    """The group ``pubsub``, as far as it needs no subscription."""

    __slots__ = ()

    def publish(self, channel: Key, message: Value) -> Reply[int]:
        """``PUBLISH channel message``: how many subscribers received it.

        Whoever is not subscribed at this moment will never get it. In a cluster the
        number counts the subscribers of one node only.
        https://valkey.io/commands/publish/
        """
        return self._run(("PUBLISH", channel, message))

    def spublish(self, shard_channel: Key, message: Value) -> Reply[int]:
        """``SPUBLISH channel message``: ``publish`` to those who subscribed to the channel
        on its own shard of a cluster.

        https://valkey.io/commands/spublish/
        """
        return self._run(("SPUBLISH", shard_channel, message))

    # --- who listens ------------------------------------------------------------------

    def pubsub_channels(self, pattern: Key = "*") -> Reply[list[T]]:
        """``PUBSUB CHANNELS pattern``: the channels that have subscribers, and match.

        https://valkey.io/commands/pubsub-channels/
        """
        return self._run(("PUBSUB", "CHANNELS", pattern))

    def pubsub_shardchannels(self, pattern: Key = "*") -> Reply[list[T]]:
        """``PUBSUB SHARDCHANNELS pattern``: ``pubsub_channels`` of shards.

        https://valkey.io/commands/pubsub-shardchannels/
        """
        return self._run(("PUBSUB", "SHARDCHANNELS", pattern))

    def pubsub_numpat(self) -> Reply[int]:
        """``PUBSUB NUMPAT``: how many patterns are subscribed to.

        https://valkey.io/commands/pubsub-numpat/
        """
        return self._run(("PUBSUB", "NUMPAT"))

    def pubsub_numsub(self, *args: Key) -> Reply[list[tuple[T, int]]]:
        """``PUBSUB NUMSUB channel ...``: (channel, how many subscribers), without patterns.

        https://valkey.io/commands/pubsub-numsub/
        """
        return self._run(("PUBSUB", "NUMSUB", *args), couples)

    def pubsub_shardnumsub(self, *args: Key) -> Reply[list[tuple[T, int]]]:
        """``PUBSUB SHARDNUMSUB channel ...``: ``pubsub_numsub`` of shards.

        https://valkey.io/commands/pubsub-shardnumsub/
        """
        return self._run(("PUBSUB", "SHARDNUMSUB", *args), couples)
