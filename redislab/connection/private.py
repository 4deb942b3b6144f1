"""Which servers are this process's own, started for it and gone with it.

On such a server nobody else can be disturbed, so nobody has to be asked. A private server
has a random password that nobody else knows: whoever lets us in with it is ours.
"""

from __future__ import annotations

from redislab.connection.address import Address

_passwords: set[str] = set()


def claim(password: str) -> None:
    """The server that is being started with this password is ours."""
    _passwords.add(password)


def is_private(address: Address) -> bool:
    """Whether this process started the server at this address for itself."""
    return address.password in _passwords
