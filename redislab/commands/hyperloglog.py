"""HyperLogLog: how many different values were seen, about, in 12 KB whatever their number.

The standard error is 0.81 %. It is kept in a string; every method raises a ResponseError
(when its reply is awaited) if the key holds something else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from redislab.commands.replies import ok
from redislab.commands.run import Key, Run, T, Value

if TYPE_CHECKING:
    from redislab.connection.session import Reply


class HyperLogLogCommands(Run[T]):
    """The group ``hyperloglog``."""

    __slots__ = ()

    def pfadd(self, name: Key, *values: Value) -> Reply[int]:
        """``PFADD name value ...``: 1 when the estimate changed, else 0.

        https://valkey.io/commands/pfadd/
        """
        return self._run(("PFADD", name, *values))

    def pfcount(self, *sources: Key) -> Reply[int]:
        """``PFCOUNT name ...``: about how many different values were added to any of them.

        https://valkey.io/commands/pfcount/
        """
        return self._run(("PFCOUNT", *sources))

    def pfmerge(self, dest: Key, *sources: Key) -> Reply[bool]:
        """``PFMERGE dest source ...``: True; ``dest`` has seen what any of them has.

        https://valkey.io/commands/pfmerge/
        """
        return self._run(("PFMERGE", dest, *sources), ok)

    def pfdebug(self, subcommand: str, key: Key) -> Reply[Any]:
        """``PFDEBUG subcommand key``: a look inside, for who works on the server.

        ENCODING gives sparse or dense, GETREG the 16,384 registers, DECODE the sparse
        form, TODENSE 1 when it was converted.
        https://valkey.io/commands/pfdebug/
        """
        return self._run(("PFDEBUG", subcommand, key))

    def pfselftest(self) -> Reply[bool]:
        """``PFSELFTEST``: True, when the server's own test of it passed, after seconds.

        https://valkey.io/commands/pfselftest/
        """
        return self._run(("PFSELFTEST",), ok)
