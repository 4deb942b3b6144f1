"""A recording as a sequence, and as a file."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redislab.events import (
    ConnectionClosed,
    ConnectionOpened,
    Mark,
    PipelineMode,
    PipelineOpened,
    PushReceived,
    ReplyReceived,
    WatchSet,
)
from redislab.exceptions import WrongTypeError
from redislab.trace import Recording, lines
from redislab.trace.shorten import Cut, CutList
from tests.trace.stories import conflict, retried

HEADER = '{"redislab": "recording", "version": 1, "dropped": 0}\n'


def load(tmp_path, text):
    path = tmp_path / "recording.jsonl"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Recording.load(path)


def packet_line(rest):
    return f'{{"event": "PacketWritten", "at": 1, "client": "a", "connection": 1, {rest}}}'


def reply_line(value):
    head = '"event": "ReplyReceived", "at": 1, "client": "a", "connection": 1, "command": 1'
    return f'{{{head}, "value": {value}}}'


def there_and_back(tmp_path, recording):
    path = tmp_path / "recording.jsonl"
    recording.save(path)
    return Recording.load(path)


# --- the sequence -----------------------------------------------------------------------


def test_it_is_a_sequence():
    events = conflict().events
    recording = Recording(events)
    assert len(recording) == len(events)
    assert (recording[0], recording[-1]) == (events[0], events[-1])
    assert list(recording) == events


def test_a_beginning_of_it_is_a_recording():
    events = conflict().events
    beginning = Recording(events)[:5]
    assert isinstance(beginning, Recording)
    assert list(beginning) == events[:5]
    assert beginning.dropped == 0
    assert Recording(events)[5:].dropped == 5


def test_a_part_with_gaps_is_refused():
    with pytest.raises(ValueError, match="no step but 1"):
        Recording(conflict().events)[::2]


def test_a_limit_below_one_is_refused():
    with pytest.raises(ValueError, match="at least one event"):
        Recording(limit=0)


def test_it_names_its_clients_in_order_of_appearance():
    recording = Recording([*conflict().events, Mark(1, "no client")])
    assert recording.clients == ("alice", "bob")
    assert repr(Recording(conflict().events[:3])) == "<Recording of alice: 3 events>"
    assert repr(Recording()) == "<Recording of nobody yet: 0 events>"


def test_events_that_come_while_one_looks_are_not_in_the_loop():
    recording = Recording(conflict().events[:3])
    for event in recording:
        recording.append(event)
    assert len(recording) == 6


# --- the file ---------------------------------------------------------------------------


def test_saved_and_loaded_it_is_the_same(tmp_path):
    recording = retried().recording
    assert list(there_and_back(tmp_path, recording)) == list(recording)


def test_every_kind_of_value_survives(tmp_path):
    values = [
        None, True, False, 0, -(2**70), 1.5, float("inf"), "text", "\u20ac\n", b"", b"\xff",
        Cut(b"\xff" * 64, 70), Cut(b"a" * 64, 65), [b"a", [1, None]], CutList([1], 9),
        {b"k": [b"v"]},
    ]  # fmt: skip
    events = [ReplyReceived(n, "alice", 1, n, value) for n, value in enumerate(values)]
    loaded = list(there_and_back(tmp_path, Recording(events)))
    assert loaded == events
    assert [type(e.value) for e in loaded] == [type(value) for value in values]
    assert loaded[14].value.size == 9


def test_not_a_number_and_errors_survive(tmp_path):
    error = WrongTypeError("WRONGTYPE no")
    events = [ReplyReceived(1, "a", 1, 1, float("nan")), ReplyReceived(2, "a", 1, 2, error)]
    nan, loaded = there_and_back(tmp_path, Recording(events))
    assert nan.value != nan.value
    assert (type(loaded.value), str(loaded.value)) == (WrongTypeError, "WRONGTYPE no")


def test_kinds_with_other_fields_survive(tmp_path):
    events = [
        ConnectionOpened(1, "alice", 1, None, "127.0.0.1:5", 0, 3, "valkey 9.1.2"),
        ConnectionOpened(1, "alice", 1, 7, "127.0.0.1:5", 0, 3, "valkey 9.1.2"),
        PushReceived(2, "alice", 1, (b"message", b"\xff")),
        PipelineOpened(3, "alice", 1, True),
        PipelineMode(4, "alice", 1, "watching"),
        ConnectionClosed(5, "alice", 1, "closed"),
        Mark(6, "a note"),
        WatchSet(7, "alice", 1, 1, (b"key", Cut(b"long", 500))),
    ]
    assert list(there_and_back(tmp_path, Recording(events))) == events


@given(st.binary(max_size=80), st.text(max_size=40))
def test_any_bytes_and_any_name_survive(tmp_path_factory, value, client):
    events = [ReplyReceived(1, client, 1, 1, value)]
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    Recording(events).save(path)
    assert list(Recording.load(path)) == events


def test_how_many_were_dropped_is_remembered(tmp_path):
    recording = Recording(conflict().events, limit=4)
    assert there_and_back(tmp_path, recording).dropped == recording.dropped > 0


def test_the_file_is_one_json_object_a_line(tmp_path):
    recording = conflict().recording
    path = tmp_path / "recording.jsonl"
    recording.save(path)
    first, *rest = [json.loads(line) for line in path.read_text().splitlines()]
    assert first == {"redislab": "recording", "version": 1, "dropped": 0}
    assert len(rest) == len(recording)
    assert rest[0]["event"] == "CommandIssued"


# --- files of others --------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["", "hello\n", "[]\n", "{}\n", b"\xff\xfe\n", "[" * 100_000]
)
def test_another_file_is_refused_clearly(tmp_path, text):
    with pytest.raises(ValueError, match="no redislab recording"):
        load(tmp_path, text)


@pytest.mark.parametrize("version", ["2", '"1.0"', "null", "[" * 30 + "]" * 30])
def test_a_later_format_is_refused_clearly(tmp_path, version):
    with pytest.raises(ValueError, match="this redislab reads 1"):
        load(tmp_path, f'{{"redislab": "recording", "version": {version}}}\n')


def test_a_file_that_was_cut_off_gives_what_is_there(tmp_path):
    recording = conflict().recording
    path = tmp_path / "whole.jsonl"
    recording.save(path)
    loaded = load(tmp_path, path.read_bytes()[:-20])
    assert list(loaded) == list(recording)[:-1]


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[1, 2]",
        '{"event": "Teleported", "at": 1}',
        '{"event": "Mark", "at": 1}',
        '{"event": "Mark", "at": "1", "text": "x"}',
        '{"event": "Mark", "at": true, "text": "x"}',
        '{"event": ["Mark"], "at": 1, "text": "x"}',
        '{"event": "__class__", "at": 1}',
        packet_line('"commands": 5, "data": {"b": ""}, "size": 1'),
        packet_line('"commands": [1], "data": "", "size": 1'),
        '{"event": "PipelineMode", "at": 1, "client": "a", "pipeline": 1, "mode": "x"}',
        '{"event": "PipelineMode", "at": 1, "client": "a", "pipeline": 1, "mode": [1]}',
        reply_line('{"b64": "!"}'),
        reply_line('{"map": [[[1], 2]]}'),
        reply_line('{"b": "\\ud800"}'),
        reply_line('{"unknown": 1}'),
        '{"event": "Mark", "at": ' + "9" * 5000 + ', "text": "x"}',
        '{"event": "ReplyReceived", "value": ' + "[" * 100_000,
    ],
)
def test_a_line_that_is_no_event_is_skipped(tmp_path, line):
    good = '{"event": "Mark", "at": 1, "text": "good"}'
    loaded = load(tmp_path, f"{HEADER}{line}\n{good}\n")
    assert list(loaded) == [Mark(1, "good")]


def test_a_field_of_a_later_version_is_skipped(tmp_path):
    loaded = load(tmp_path, HEADER + '{"event": "Mark", "at": 1, "text": "x", "new": {}}\n')
    assert list(loaded) == [Mark(1, "x")]


def test_no_line_is_read_without_a_bound(monkeypatch):
    class File(io.BytesIO):
        def readline(self, size=-1):
            assert size == 64
            return super().readline(size)

    monkeypatch.setattr("redislab.trace.lines.LINE", 64)
    text = HEADER + "x" * 1000 + '\n{"event": "Mark", "at": 1, "text": "x"}\n'
    _, events = lines.decode(File(text.encode()))
    assert list(events) == [Mark(1, "x")]


def test_loading_keeps_to_the_limit(tmp_path):
    path = tmp_path / "recording.jsonl"
    recording = conflict().recording
    recording.save(path)
    loaded = Recording.load(path, limit=2)
    assert list(loaded) == list(recording)[-2:]
    assert loaded.dropped == len(recording) - 2
