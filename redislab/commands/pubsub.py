"""Publishing. Subscribing changes a connection, so it is not a method of every client."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
