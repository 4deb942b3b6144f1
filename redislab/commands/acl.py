"""Users: who may log in, and what each may say about which keys.

Rules are what ACL SETUSER takes: ``+get``, ``-@all``, ``~cache:*``. ``acl_setuser`` has
arguments for them, and ``acl_getuser`` gives them back.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from redislab.commands.replies import ok, string, strings
from redislab.commands.reports import refusals, user
from redislab.commands.run import Run, T, Value, flat, switches
from redislab.exceptions import DataError

if TYPE_CHECKING:
    from redislab.connection.session import Reply


class AclCommands(Run[T]):
    """The group ``server``, as far as it is about users."""

    __slots__ = ()

    # --- users ------------------------------------------------------------------------

    def acl_whoami(self) -> Reply[str]:
        """``ACL WHOAMI``: the name this connection logged in with.

        https://valkey.io/commands/acl-whoami/
        """
        return self._run(("ACL", "WHOAMI"), string)

    def acl_users(self) -> Reply[list[str]]:
        """``ACL USERS``: the names of all users.

        https://valkey.io/commands/acl-users/
        """
        return self._run(("ACL", "USERS"), strings)

    def acl_list(self) -> Reply[list[str]]:
        """``ACL LIST``: each user with all rules, as in the server's file of users.

        Digests of passwords are among them.
        https://valkey.io/commands/acl-list/
        """
        return self._run(("ACL", "LIST"), strings)

    def acl_getuser(self, username: str) -> Reply[dict[str, Any] | None]:
        """``ACL GETUSER username``: a user as a dict, None when there is none.

        ``enabled``, and lists of ``flags``, ``passwords`` (digests), ``commands``,
        ``categories``, ``keys``, ``channels`` and ``selectors``.
        https://valkey.io/commands/acl-getuser/
        """
        return self._run(("ACL", "GETUSER", username), user)

    def acl_setuser(
        self,
        username: str,
        enabled: bool = False,
        nopass: bool = False,
        passwords: str | Iterable[str] | None = None,
        hashed_passwords: str | Iterable[str] | None = None,
        categories: Iterable[str] | None = None,
        commands: Iterable[str] | None = None,
        keys: Iterable[str] | None = None,
        channels: Iterable[str] | None = None,
        selectors: Iterable[tuple[str, str]] | None = None,
        reset: bool = False,
        reset_keys: bool = False,
        reset_channels: bool = False,
        reset_passwords: bool = False,
    ) -> Reply[bool]:
        """``ACL SETUSER username rule ...``: True; the user is new, or changed.

        - ``enabled``: may log in; without a password if ``nopass``.
        - ``passwords``, ``hashed_passwords``: ``"+..."`` to add, ``"-..."`` to remove.
        - ``categories`` (``"+@read"``), ``commands`` (``"+get"``, ``"-config|set"``).
        - ``keys``: patterns of names, ``"%R~cache:*"`` for reading only; ``channels``.
        - ``selectors``: (command, key pattern), each a permission of its own.
        - ``reset`` takes everything away first, the others only keys, channels,
          passwords.

        DataError when a sign is missing, or ``nopass`` comes with passwords.
        https://valkey.io/commands/acl-setuser/
        """
        if nopass and (passwords or hashed_passwords):
            raise DataError("nopass excludes passwords and hashed_passwords: give one")
        rules = (
            *switches(
                reset=reset,
                resetkeys=reset_keys,
                resetchannels=reset_channels,
                resetpass=reset_passwords,
            ),
            "on" if enabled else "off",
            *_signed("passwords", passwords, ">", "<"),
            *_signed("hashed_passwords", hashed_passwords, "#", "!"),
            *switches(nopass=nopass),
            *(_category(name) for name in categories or ()),
            *(_command(name) for name in commands or ()),
            *(_pattern(name) for name in keys or ()),
            *(f"&{name}" for name in channels or ()),
            *(f"({_command(name)} {_pattern(key)})" for name, key in selectors or ()),
        )
        return self._run(("ACL", "SETUSER", username, *rules), ok)

    def acl_deluser(self, *username: str) -> Reply[int]:
        """``ACL DELUSER username ...``: how many there were; their connections are closed.

        https://valkey.io/commands/acl-deluser/
        """
        return self._run(("ACL", "DELUSER", *username))

    # --- passwords, categories, trials ------------------------------------------------

    def acl_genpass(self, bits: int | None = None) -> Reply[str]:
        """``ACL GENPASS``: a password nobody can guess: 64 hexadecimal digits.

        ``bits``, from 1 to 4096, makes it shorter or longer.
        https://valkey.io/commands/acl-genpass/
        """
        if bits is not None and not 0 <= bits <= 4096:
            raise DataError(f"bits must be from 0 to 4096, not {bits}")
        return self._run(("ACL", "GENPASS", *(() if bits is None else (bits,))), string)

    def acl_cat(self, category: str | None = None) -> Reply[list[str]]:
        """``ACL CAT``: all categories of commands, or the commands of one.

        https://valkey.io/commands/acl-cat/
        """
        return self._run(("ACL", "CAT", *((category,) if category else ())), strings)

    def acl_dryrun(self, username: str, *args: Value) -> Reply[T]:
        """``ACL DRYRUN username command ...``: OK when the user may say that; else why not.

        https://valkey.io/commands/acl-dryrun/
        """
        return self._run(("ACL", "DRYRUN", username, *args))

    # --- the server's own notes -------------------------------------------------------

    def acl_log(self, count: int | None = None) -> Reply[list[dict[str, Any]]]:
        """``ACL LOG``: the last refusals, the newest first, a dict each.

        ``client-info`` is a dict too; ``age-seconds`` a float. At most ``count``.
        https://valkey.io/commands/acl-log/
        """
        many = () if count is None else (count,)
        return self._run(("ACL", "LOG", *many), refusals)

    def acl_log_reset(self) -> Reply[bool]:
        """``ACL LOG RESET``: True; the refusals are forgotten.

        https://valkey.io/commands/acl-log/
        """
        return self._run(("ACL", "LOG", "RESET"), ok)

    def acl_load(self) -> Reply[bool]:
        """``ACL LOAD``: True; the users are those in the server's file of users.

        ResponseError when the server has no such file, or something in it is wrong.
        https://valkey.io/commands/acl-load/
        """
        return self._run(("ACL", "LOAD"), ok)

    def acl_save(self) -> Reply[bool]:
        """``ACL SAVE``: True; the users are in the server's file of users.

        https://valkey.io/commands/acl-save/
        """
        return self._run(("ACL", "SAVE"), ok)


def _signed(
    argument: str, words: str | Iterable[str] | None, add: str, remove: str
) -> list[str]:
    """``+secret`` and ``-secret`` in the signs of the server; no secret in an error."""
    rules = []
    for position, word in enumerate(() if words is None else flat(words, ())):
        if word[:1] not in ("+", "-"):
            raise DataError(f"{argument}[{position}] must begin with + or -")
        rules.append((add if word[0] == "+" else remove) + word[1:])
    return rules


def _category(name: str) -> str:
    if name[:1] not in ("+", "-"):
        raise DataError(f"category {name!r} must begin with + or -")
    return name if name[1:2] == "@" else f"{name[0]}@{name[1:]}"


def _command(name: str) -> str:
    if name[:1] not in ("+", "-"):
        raise DataError(f"command {name!r} must begin with + or -")
    return name


def _pattern(name: str) -> str:
    return name if name[:1] in ("%", "~") else f"~{name}"
