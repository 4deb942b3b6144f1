"""Whatever a recording holds, it can be drawn: random programs, and files of strangers."""

from hypothesis import given, settings
from hypothesis import strategies as st

from redislab.trace import timeline
from redislab.views import conflict as draw
from redislab.views import packet
from redislab.views.boxes import box_of
from redislab.views.layout import REACH, RIGHT, Lanes, rows
from tests.trace.stories import Story, conflict, retried
from tests.views.scenes import hostile, no_transaction, parsed

CLIENTS = st.sampled_from(["alice", "bob", "carol", "dave"])
KEYS = st.sampled_from(["a", "counter", "a:rather:long:key:name:" * 3])
ACTIONS = st.sampled_from(["watch", "get", "incr", "set", "buffer", "execute", "unwatch"])


@st.composite
def programs(draw_):
    """A story in which up to four clients do anything in any order."""
    story = Story()
    waiting = {}
    for _ in range(draw_(st.integers(0, 25))):
        client, key, action = draw_(CLIENTS), draw_(KEYS), draw_(ACTIONS)
        match action:
            case "watch":
                story.send(client, "WATCH", key)
            case "get":
                story.send(client, "GET", key, reply=draw_(st.none() | st.just(b"5")))
            case "incr":
                story.send(client, "INCR", key, reply=draw_(st.integers()))
            case "set":
                waiting[client] = story.begin(client, ("SET", key, 1))
            case "buffer":
                story.buffer(client, "SET", key, draw_(st.text(max_size=40)))
            case "execute":
                story.execute(client, reply=draw_(st.sampled_from([None, [b"OK"], []])))
            case "unwatch":
                story.unwatch(client)
        if waiting and draw_(st.booleans()):
            client, (number,) = waiting.popitem()
            story.end(client, number, b"OK")
    return story.events


@given(programs())
@settings(max_examples=60, deadline=None)
def test_a_random_program_can_be_drawn(events):
    parsed(draw(events).svg)
    assert timeline(events).steps == timeline(list(events)).steps


@given(programs())
@settings(max_examples=60, deadline=None)
def test_no_arrow_runs_through_a_box_and_ticks_keep_their_order(events):
    found = timeline(events)
    lanes = Lanes(found.lanes)
    for row in rows(found.steps, lanes, lambda step: box_of(step, "first")):
        ticks = [placed.tick for placed in row.placed]
        assert ticks == sorted(ticks)
        for one in row.placed:
            assert one.right <= RIGHT + 1
            for other in row.placed:
                if one is not other and one.lane == other.lane:
                    assert one.right < other.x or other.right < one.x
                if one.is_sent and other.lane in lanes.nearer(one.lane):
                    assert not other.x < one.tick + REACH < other.right
                    assert not other.x < one.tick - REACH < other.right


STRANGE = [
    *retried().events,
    *hostile().events,
    *no_transaction().events,
    *conflict().events,
]


@given(st.lists(st.sampled_from(STRANGE), max_size=40))
@settings(max_examples=150, deadline=None)
def test_events_in_any_order_and_number_can_be_drawn(events):
    """Numbers that mean two things, replies before commands, ends without beginnings."""
    picture = draw(events, times=True)
    parsed(picture.svg)
    assert all(line.isprintable() for line in picture.text.split("\n"))
    if timeline(events).steps:
        parsed(packet(events).svg)
