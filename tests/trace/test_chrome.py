"""A recording as a Chrome trace."""

import json

from redislab.trace import Recording
from tests.trace.stories import Story, conflict, retried


def trace(story, tmp_path):
    path = tmp_path / "trace.json"
    story.recording.save_chrome(path)
    return json.loads(path.read_text())["traceEvents"]


def by_phase(events, phase):
    return [event for event in events if event["ph"] == phase]


def test_packets_watches_buffers_and_the_culprits_arrow_are_in_it(tmp_path):
    events = trace(conflict(), tmp_path)
    names = [event["name"] for event in by_phase(events, "X")]
    assert names == ["WATCH counter", "GET counter", "INCR counter",
                     "MULTI … EXEC (3 commands)"]  # fmt: skip
    assert [e["name"] for e in by_phase(events, "i")] == ["buffered: SET counter 6"]
    (begin,), (end,) = by_phase(events, "b"), by_phase(events, "e")
    assert begin["name"] == "WATCH counter"
    assert begin["ts"] < end["ts"]
    (start,), (finish,) = by_phase(events, "s"), by_phase(events, "f")
    assert start["id"] == finish["id"]
    assert start["ts"] < finish["ts"]
    assert "bob's INCR counter came between" in start["name"]


def test_each_client_has_a_track_with_its_name(tmp_path):
    events = trace(conflict(), tmp_path)
    names = {e["tid"]: e["args"]["name"] for e in by_phase(events, "M")}
    who = [names[event["tid"]] for event in by_phase(events, "X")]
    assert who == ["alice", "alice", "bob", "alice"]


def test_times_are_microseconds_since_the_first_event(tmp_path):
    events = by_phase(trace(conflict(), tmp_path), "X")
    assert (events[0]["ts"], events[0]["dur"]) == (1.0, 1.0)
    assert all(event["dur"] >= 0 for event in events)


def test_packets_under_way_at_once_do_not_share_a_track(tmp_path):
    story = Story()
    (one,) = story.begin("alice", ("GET", "a"))
    (two,) = story.begin("alice", ("GET", "b"))
    story.end("alice", one, b"1")
    story.end("alice", two, b"2")
    story.send("alice", "GET", "c")
    events = trace(story, tmp_path)
    first, second, third = (event["tid"] for event in by_phase(events, "X"))
    assert first != second
    assert third == first
    assert [e["args"]["name"] for e in by_phase(events, "M")] == ["alice", "alice (2)"]


def test_a_packet_without_reply_has_no_length(tmp_path):
    story = Story()
    story.begin("alice", ("GET", "a"))
    (event,) = by_phase(trace(story, tmp_path), "X")
    assert event["dur"] == 0
    assert event["args"]["1"] == "GET a"


def test_any_part_of_a_recording_can_be_written(tmp_path):
    events = retried().events
    for length in range(len(events) + 1):
        Recording(events[:length]).save_chrome(tmp_path / "part.json")
        json.loads((tmp_path / "part.json").read_text())
