"""The picture in the README, made again from a real run on a real server."""

import contextlib
from pathlib import Path

import pytest

import redislab
from redislab.trace import Recording
from redislab.views import conflict as draw

IMAGES = Path(__file__).parents[2] / "notebooks" / "images"


async def lost_update(url):
    """alice reads a counter in order to add one, and bob is quicker."""
    async with (
        redislab.from_url(url, client_name="alice") as alice,
        redislab.from_url(url, client_name="bob") as bob,
    ):
        await alice.set("counter", 5)
        with redislab.record(alice, bob, spy=True) as recording:
            pipe = alice.pipeline()
            await pipe.watch("counter")
            seen = int(await pipe.get("counter"))
            pipe.multi()
            pipe.set("counter", seen + 1)
            await bob.incr("counter")
            with contextlib.suppress(redislab.WatchError):
                await pipe.execute()
    return recording


@pytest.mark.parametrize(
    ("theme", "file"), [("auto", "conflict.svg"), ("dark", "conflict-dark.svg")]
)
async def test_the_stored_picture_is_what_a_real_run_gives(url, theme, file):
    """Byte for byte, on every server. After a change of the pictures, make them anew:
    ``redislab demo --svg notebooks/images/conflict.svg``, and once more for the dark one.
    """
    recording = await lost_update(url)
    assert draw(recording, theme=theme).svg == (IMAGES / file).read_text(encoding="utf-8")


async def test_a_real_run_survives_the_way_through_a_file(url, tmp_path):
    recording = await lost_update(url)
    recording.save(tmp_path / "run.jsonl")
    loaded = Recording.load(tmp_path / "run.jsonl")
    assert list(loaded) == list(recording)
    assert draw(loaded, times=True) == draw(recording, times=True)


async def test_a_second_attempt_goes_through(url):
    """``transaction`` reads again and tries again, and the picture shows both attempts."""
    attempts = []
    async with (
        redislab.from_url(url, client_name="alice") as alice,
        redislab.from_url(url, client_name="bob") as bob,
    ):
        await alice.set("counter", 5)

        async def add_one(pipe):
            value = int(await pipe.get("counter"))
            pipe.multi()
            pipe.set("counter", value + 1)
            if not attempts:
                await bob.incr("counter")
            attempts.append(value)

        with redislab.record(alice, bob) as recording:
            await alice.transaction(add_one, "counter")
    assert attempts == [5, 6]
    assert repr(draw(recording)).startswith("EXEC returned nil once, then ran")
