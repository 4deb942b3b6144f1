"""The server's own documentation, read from both protocols and both servers."""

import pytest

from redislab import Redis
from redislab.jupyter.docs import docs


@pytest.mark.parametrize(
    ("command", "usage"),
    [
        ("GET", "GET key"),
        ("SETEX", "SETEX key seconds value"),
        ("MSET", "MSET key value [key value ...]"),
        ("LPOP", "LPOP key [count]"),
        ("LINSERT", "LINSERT key <BEFORE | AFTER> pivot element"),
        ("SCRIPT|FLUSH", "SCRIPT FLUSH [ASYNC | SYNC]"),
        ("SORT_RO", None),
        ("XADD", None),
        ("ZADD", None),
    ],
)
async def test_the_usage_is_that_of_the_documentation(url, command, usage):
    """RESP2 sends flat lists and RESP3 maps; both are read alike."""
    found = []
    for protocol in (2, 3):
        async with Redis.from_url(url, protocol=protocol) as client:
            (doc,) = (await docs(client, command)).values()
            found.append((doc.usage, repr(doc)))
    assert found[0] == found[1]
    if usage:
        assert found[0][0] == usage


async def test_every_command_can_be_written_out(url):
    async with Redis.from_url(url) as client:
        known = await docs(client)
    assert len(known) > 200
    for name, doc in known.items():
        for one in (doc, *doc.subcommands.values()):
            assert one.usage.startswith(name)
            assert one.summary
            assert one.usage.count("[") == one.usage.count("]")


async def test_tokens_are_the_words_among_the_arguments(url):
    async with Redis.from_url(url) as client:
        known = await docs(client, "SET", "GEOSEARCH")
    assert {"NX", "XX", "GET", "EX", "PX", "KEEPTTL"} <= set(known["SET"].tokens)
    assert {"FROMMEMBER", "BYRADIUS", "ASC", "WITHDIST"} <= set(known["GEOSEARCH"].tokens)


async def test_a_command_that_does_not_exist_is_not_there(url):
    async with Redis.from_url(url) as client:
        assert await docs(client, "NOSUCH") == {}
