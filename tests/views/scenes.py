"""Scenarios that every picture must be able to show, and how to look into an SVG."""

from __future__ import annotations

import itertools
from xml.etree import ElementTree as ET

from redislab.exceptions import server_error
from tests.trace.stories import Story, conflict, retried

HOSTILE = "<script>alert(1)</script>\"'&]]>\u202e\u200b\x00\n--><b onload=x>"
WRONGTYPE = "WRONGTYPE Operation against a key holding the wrong kind of value"
SVG = "{http://www.w3.org/2000/svg}"
SHAPES = frozenset(
    "svg title desc style rect text tspan path circle polygon".split()  # noqa: SIM905
)
ATTRIBUTES = frozenset(
    """class viewBox width height role x y rx cx cy r d points fill stroke-width
    stroke-dasharray stroke-linecap text-anchor {http://www.w3.org/XML/1998/namespace}space
    """.split()  # noqa: SIM905
)


def three_clients() -> Story:
    story = Story()
    story.send("alice", "WATCH", "stock:apples", "stock:pears")
    story.send("carol", "WATCH", "stock:pears")
    story.send("alice", "MGET", "stock:apples", "stock:pears", reply=[b"10", b"3"])
    story.buffer("alice", "SET", "stock:apples", 9)
    story.buffer("carol", "SET", "stock:pears", 0)
    story.send("bob", "DECRBY", "stock:pears", 2, reply=1)
    story.execute("carol")
    story.execute("alice")
    return story


def huge_pipeline() -> Story:
    story = Story()
    for number in range(300):
        story.buffer("alice", "SET", f"key:{number}", number)
    story.execute("alice", reply=[b"OK"] * 299 + [server_error(WRONGTYPE)])
    return story


def hostile() -> Story:
    story = Story()
    story.send(HOSTILE, "WATCH", HOSTILE)
    story.send(HOSTILE, "GET", HOSTILE, reply=bytes(range(256)))
    story.buffer(HOSTILE, HOSTILE, HOSTILE)
    story.send("\u0639\u0645\u0631", "SET", HOSTILE, "Z\u0351\u0352\u0353\u0354algo")
    story.send("\ud800\ufffe", "LPUSH", HOSTILE, 1, reply=server_error(HOSTILE))
    story.execute(HOSTILE)
    return story


def unseen_writer() -> Story:
    story = Story()
    story.send("alice", "WATCH", "counter")
    story.execute("alice")
    return story


def many_attempts() -> Story:
    story = Story()
    for attempt in range(12):
        story.send("alice", "WATCH", "counter")
        story.buffer("alice", "SET", "counter", attempt)
        story.send("bob", "INCR", "counter", reply=attempt)
        story.execute("alice")
    return story


def refused() -> Story:
    story = Story()
    story.buffer("alice", "SET", "a")
    story.execute(
        "alice", reply=server_error("EXECABORT no"), refusal=server_error("ERR x")
    )
    return story


def no_transaction() -> Story:
    story = Story()
    story.buffer("alice", "SET", "foo", "bar")
    story.buffer("alice", "LPUSH", "foo", "x")
    story.buffer("alice", "GET", "foo")
    story.flush("alice", b"OK", server_error(WRONGTYPE), b"bar")
    return story


def eight_clients() -> Story:
    story = Story()
    for client, key in itertools.product((f"client-{n}" for n in range(8)), ("a", "b")):
        story.send(client, "SET", key, 1)
    return story


STORIES = {
    "conflict": conflict,
    "retried": retried,
    "three clients": three_clients,
    "huge pipeline": huge_pipeline,
    "hostile": hostile,
    "unseen writer": unseen_writer,
    "many attempts": many_attempts,
    "refused": refused,
    "no transaction": no_transaction,
    "eight clients": eight_clients,
    "nothing": Story,
}


def parsed(svg: str) -> ET.Element:
    """The SVG as XML, with every element and attribute known to be one of ours."""
    root = ET.fromstring(svg)
    for node in root.iter():
        assert node.tag.removeprefix(SVG) in SHAPES, node.tag
        assert set(node.attrib) <= ATTRIBUTES, node.attrib
    return root


def words(root: ET.Element) -> list[str]:
    """What is written in the picture, text by text."""
    return ["".join(node.itertext()) for node in root.iter(f"{SVG}text")]
