"""The swim-lane picture."""

import base64
import re
import sys
from html.parser import HTMLParser

import pytest

from redislab.trace import Recording
from redislab.views import conflict as draw
from tests.trace.stories import Story, conflict
from tests.views.scenes import STORIES, SVG, hostile, many_attempts, parsed, words


@pytest.mark.parametrize("name", STORIES)
def test_every_scenario_is_well_formed_and_made_of_our_shapes_only(name):
    root = parsed(draw(STORIES[name]().events).svg)
    assert root.get("role") == "img"


@pytest.mark.parametrize("name", STORIES)
@pytest.mark.parametrize("times", [False, True])
def test_the_same_facts_give_the_same_bytes(name, times):
    one, two = (draw(STORIES[name]().events, times=times) for _ in range(2))
    assert (one.svg, one.text) == (two.svg, two.text)


def test_without_times_a_slower_run_gives_the_same_bytes():
    events = conflict().events
    slower = [event._replace(at=event.at * 7) for event in events]
    assert draw(events).svg == draw(slower).svg
    assert draw(events, times=True).svg != draw(slower, times=True).svg


@pytest.mark.parametrize("name", STORIES)
def test_every_box_and_word_begins_inside_the_page(name):
    root = parsed(draw(STORIES[name]().events, times=True).svg)
    width, height = float(root.get("width")), float(root.get("height"))
    for node in root.iter():
        x, y = float(node.get("x", 0)), float(node.get("y", 0))
        assert 0 <= x <= width
        assert 0 <= y <= height
        if node.tag == f"{SVG}rect":
            assert x + float(node.get("width")) <= width
            assert y + float(node.get("height")) <= height


@pytest.mark.parametrize("name", STORIES)
def test_boxes_of_commands_do_not_overlap(name):
    root = parsed(draw(STORIES[name]().events, times=True).svg)
    boxes = [
        tuple(float(node.get(side)) for side in ("x", "y", "width", "height"))
        for node in root.iter(f"{SVG}rect")
        if re.search(r"\bs-(first|second)\b", node.get("class", ""))
    ]
    for place, (x, y, width, height) in enumerate(boxes):
        for x2, y2, width2, height2 in boxes[place + 1 :]:
            apart = (
                x + width <= x2 or x2 + width2 <= x or y + height <= y2 or y2 + height2 <= y
            )
            assert apart


def test_the_picture_has_its_title_its_twin_and_its_words():
    picture = draw(conflict().events)
    root = parsed(picture.svg)
    assert root.findtext(f"{SVG}title") == picture.text.splitlines()[0]
    assert root.findtext(f"{SVG}desc") == picture.text
    seen = words(root)
    for expected in (
        "EXEC returned nil: bob changed counter while alice was watching it",
        "by INCR counter · the queued command did not run",
        "buffered in Python, not sent",
        "one packet: 3 commands, 90 bytes",
        "alice is watching counter",
        "counter = 5",
        "dirty",
        "counter = 6",
        "EXEC runs nothing",
        "!",
        "step 4",
    ):
        assert expected in seen


def test_a_doubt_has_a_question_mark():
    story = Story()
    story.send("alice", "WATCH", "counter")
    story.send("bob", "EVAL", "return 1", 1, "counter", reply=1)
    story.execute("alice")
    seen = words(parsed(draw(story.events).svg))
    assert "?" in seen
    assert "!" not in seen


def test_without_a_watch_the_bars_show_what_was_written_or_read():
    story = Story()
    story.send("alice", "GET", "greeting", reply=b"hello")
    assert "greeting = hello" in words(parsed(draw(story.events).svg))
    story.send("alice", "SET", "counter", 1)
    seen = words(parsed(draw(story.events).svg))
    assert "counter = 1" in seen
    assert "greeting = hello" not in seen


def test_times_are_shown_when_asked_for():
    seen = words(parsed(draw(conflict().events, times=True).svg))
    assert "+0.0 ms" in seen
    assert not any(text.startswith("step ") and text[5:].isdecimal() for text in seen)


def test_hostile_values_are_words_and_nothing_else():
    picture = draw(hostile().events)
    assert "<script" not in picture.svg
    assert "onload=x" not in re.sub(r">[^<]*<", "><", picture.svg)
    assert "\u202e" not in picture.svg
    assert "\u202e" not in picture.text
    assert any("<script>" in text for text in words(parsed(picture.svg)))


def test_in_a_notebook_it_is_one_image_with_its_text():
    picture = draw(hostile().events)
    found = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            found.append((tag, dict(attrs)))

    Reader().feed(picture._repr_html_())
    ((tag, attributes),) = found
    assert tag == "img"
    assert set(attributes) == {"src", "alt", "style"}
    head, _, body = attributes["src"].partition(",")
    assert head == "data:image/svg+xml;base64"
    assert base64.b64decode(body).decode() == picture.svg
    assert attributes["alt"] == picture.text


def test_a_long_recording_is_drawn_up_to_the_last_refused_exec():
    seen = words(parsed(draw(many_attempts().events).svg))
    assert any("8 more steps left out" in text for text in seen)
    assert "step 48" in seen
    assert "step 1" not in seen


def test_of_a_very_long_recording_the_end_is_looked_at(monkeypatch):
    module = sys.modules["redislab.views.conflict"]  # the name leads to the function
    monkeypatch.setattr(module, "EVENTS", 10)
    recording = Recording(conflict().events, dropped=7)
    earlier = len(recording) - 10 + 7
    seen = words(parsed(draw(recording).svg))
    assert any(f"{earlier} earlier events not looked at" in text for text in seen)


def test_a_beginning_of_a_recording_can_be_drawn():
    events = conflict().events
    for end in range(len(events) + 1):
        parsed(draw(Recording(events)[:end]).svg)


def test_a_recording_without_its_beginning_can_be_drawn():
    events = conflict().events
    for start in range(len(events)):
        parsed(draw(events[start:]).svg)


def test_it_can_be_saved(tmp_path):
    picture = draw(conflict().events)
    picture.save(tmp_path / "conflict.svg")
    assert (tmp_path / "conflict.svg").read_text(encoding="utf-8") == picture.svg
