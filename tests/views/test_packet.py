"""The picture of one pipeline."""

import pytest

from redislab.events import CommandBuffered, PacketWritten
from redislab.views import packet
from tests.trace.stories import Story, conflict
from tests.views.scenes import (
    STORIES,
    hostile,
    huge_pipeline,
    no_transaction,
    parsed,
    words,
)


def seen(story, **options):
    return words(parsed(packet(story.events, **options).svg))


@pytest.mark.parametrize("name", [name for name in STORIES if name != "nothing"])
def test_every_scenario_is_well_formed_and_the_same_each_time(name):
    one, two = (packet(STORIES[name]().events) for _ in range(2))
    parsed(one.svg)
    assert one == two


def test_a_transaction_has_its_frame_and_its_replies():
    found = seen(conflict())
    assert "1 command, one packet, one round trip: EXEC returned nil" in found
    assert found[-6:] == ["MULTI", " → OK", "SET counter 6", " → QUEUED", "EXEC", " → nil"]


def test_its_text_twin():
    assert packet(no_transaction().events).text == (
        "3 commands, one packet, one round trip\n"
        "SET foo bar -> OK\n"
        "LPUSH foo x -> "
        "WRONGTYPE Operation against a key holding the wrong kind of value\n"
        'GET foo -> "bar"'
    )


def test_without_a_transaction_there_is_no_bracket():
    framed, plain = packet(conflict().events).svg, packet(no_transaction().events).svg
    assert "h-5v50.0h5" in framed
    assert "h-5v" not in plain


def test_a_long_pipeline_is_shortened_and_its_errors_are_counted():
    found = seen(huge_pipeline())
    assert "… 288 more commands" in found
    assert "… 291 more commands, 1 error among them" in found
    assert "300 commands, one packet, one round trip: EXEC ran, with 1 error" in found


def test_a_pipeline_that_still_buffers_is_a_tray():
    story = Story()
    story.buffer("alice", "SET", "a", 1)
    story.buffer("alice", "SET", "b", 1)
    assert seen(story) == [
        "2 commands in the buffer, nothing sent",
        "buffered in Python, not sent",
        "SET a 1",
        "SET b 1",
    ]
    assert packet(story.events).text.endswith("SET b 1 -> no reply")


def test_a_tray_that_was_filled_with_pauses_is_one_tray():
    story = Story()
    story.buffer("alice", "SET", "a", 1)
    story.send("bob", "PING", reply=b"PONG")
    story.buffer("alice", "SET", "b", 1)
    story.execute("alice", reply=[b"OK", b"OK"])
    assert "2 commands, one packet, one round trip: EXEC ran" in seen(story)


def test_a_pipeline_in_several_packets_is_said_to_be():
    story = Story()
    for number in range(4):
        story.buffer("alice", "SET", f"k{number}", 1)
    numbers = story.begin_exec("alice")
    (whole,) = (event for event in story.events if isinstance(event, PacketWritten))
    parts = [
        whole._replace(commands=numbers[:2], size=60),
        whole._replace(commands=numbers[2:], size=120),
    ]
    place = story.events.index(whole)
    story.events[place : place + 1] = parts
    story.answer_exec("alice", numbers, [b"OK"] * 4)
    picture = packet(story.events)
    found = words(parsed(picture.svg))
    assert "4 commands in 2 packets: EXEC ran" in found
    assert "2 packets: 6 commands, 180 bytes" in found
    assert [text for text in found if text in {"MULTI", "SET k3 1", "EXEC"}] == [
        "SET k3 1",
        "MULTI",
        "SET k3 1",
        "EXEC",
    ]


def test_an_earlier_run_of_the_same_pipeline_is_not_in_it():
    story = Story()
    story.buffer("alice", "SET", "first", 1)
    story.flush("alice", b"OK")
    story.buffer("alice", "SET", "second", 1)
    story.flush("alice", b"OK")
    earlier, later = (e.pipeline for e in story.events if isinstance(e, CommandBuffered))
    events = [
        event._replace(pipeline=earlier)
        if getattr(event, "pipeline", 0) == later
        else event
        for event in story.events
    ]
    found = words(parsed(packet(events).svg))
    assert "SET second 1" in found
    assert "SET first 1" not in found


def test_a_thrown_away_tray_says_so():
    story = Story()
    story.buffer("alice", "SET", "a", 1)
    story.reset("alice")
    assert "buffered, then thrown away" in seen(story)


def test_the_round_trip_is_shown_when_asked_for():
    assert "0.0 ms" in seen(conflict(), times=True)
    assert "0.0 ms" not in seen(conflict())


def test_a_recording_without_a_command_has_no_packet():
    with pytest.raises(ValueError, match="nothing was buffered or sent"):
        packet([])


def test_hostile_values_are_words_and_nothing_else():
    assert "<script" not in packet(hostile().events).svg
