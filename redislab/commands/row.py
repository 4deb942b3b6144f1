"""One row of facts: what redislab knows about one command.

The columns, in the order of the rows:

    group     the server's group: string, hash, sorted-set ...
    name      "GET"; a subcommand with its container, "CLIENT GETNAME"
    since     the release that brought it: of Redis up to 7.2, after that of Valkey;
              for what only Redis has, of Redis
    arity     how many words it has, its name counted; -3 means three or more
    keys      where its keys are, in the notation of ``positions.py``; "" for none
    words     what it does, as the server says:
                  readonly     reads keys, and changes none
                  write        may change keys
                  pubsub       about channels
                  admin        for whoever runs the server
                  dangerous    slow or far-reaching; every admin command is this too
              and what redislab adds:
                  stateful     changes the connection for everybody who shares it
                  destructive  loses data, or changes or stops the server for everybody
                  here         asks about the writes of its own connection, so it must not
                               be sent on another
    timeout   only for what the server calls blocking: where it says how long it may
              wait. "-1 s" is seconds, in the last argument; "BLOCK ms" is milliseconds,
              behind the word BLOCK
"""

from __future__ import annotations

from typing import NamedTuple


class Command(NamedTuple):
    """A row. See the head of this file for the columns."""

    group: str
    name: str
    since: str
    arity: int
    keys: str = ""
    words: str = ""
    timeout: str = ""

    def has(self, word: str) -> bool:
        """Whether ``word`` is among the words of this row.

        >>> Command("generic", "KEYS", "1.0.0", 2, "", "readonly dangerous").has("readonly")
        True
        """
        return word in self.words.split()

    @property
    def readonly(self) -> bool:
        """It changes nothing, so sending it a second time does no harm."""
        return self.has("readonly")

    @property
    def dedicated(self) -> bool:
        """It may wait, and whoever shares its connection would wait too."""
        return bool(self.timeout)

    @property
    def here(self) -> bool:
        """It asks about what its own connection wrote."""
        return self.has("here")

    @property
    def stateful(self) -> bool:
        """It changes the connection for everybody who shares it."""
        return self.has("stateful")

    @property
    def destructive(self) -> bool:
        """It loses data, or changes or stops the server for everybody."""
        return self.has("destructive")
