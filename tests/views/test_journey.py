"""The picture of one command's way."""

from redislab.trace import Journey, Stage
from redislab.views import journey
from tests.views.scenes import HOSTILE, parsed, words

STAGES = (
    Stage("encode", "python", 400),
    Stage("queue", "python", 900),
    Stage("write", "system", 8_000),
    Stage("wait", "away", 120_400),
    Stage("read and parse", "python", 99_700),
    Stage("wake up", "python", 60),
)


def test_its_text_twin():
    assert journey(Journey(("GET", "greeting"), 300, STAGES, 1_200)).text == (
        "GET greeting took 229 µs; the server worked for 1.2 µs\n"
        "  encode          0.4 µs · arguments become bytes\n"
        "  queue           0.9 µs · a place in the reply queue\n"
        "  write           8 µs · a system call\n"
        "  wait            120 µs · there and back, and the server\n"
        "  server at work  1.2 µs of the wait · by its own account\n"
        "  read and parse  100 µs · a system call, then hiredis\n"
        "  wake up         < 0.1 µs · the event loop resumes the task\n"
        "blue: Python; grey: out of our hands; green: the server. "
        "Medians of 300 commands, one after the other."
    )


def test_a_server_that_does_not_tell_has_no_bar():
    picture = journey(Journey(("GET", "greeting"), 300, STAGES, None))
    assert picture.text.startswith("GET greeting took 229 µs; 52% of it was waiting\n")
    assert "server at work" not in picture.text


def test_the_same_facts_give_the_same_bytes():
    measured = Journey(("GET", "greeting"), 300, STAGES, 1_200)
    assert journey(measured) == journey(measured)


def test_a_hostile_command_is_words_and_nothing_else():
    root = parsed(journey(Journey((HOSTILE, b"\xff"), 1, STAGES, 1.0)).svg)
    assert any("script" in text for text in words(root))
    assert not [element for element in root.iter() if element.tag.endswith("script")]
