"""Notes before a run: what is noticed, and what is left alone."""

import pytest

from redislab import Redis
from redislab.exceptions import DataError
from redislab.jupyter.cell import Name
from redislab.jupyter.lint import LINTS, Lints


@pytest.fixture
async def stranger(valkey):
    """A client of a server that this notebook did not start: its password is another's."""
    async with Redis(port=valkey.port, password="not ours") as client:
        yield client


@pytest.mark.parametrize(
    "words",
    [
        (b"FLUSHALL",),
        (b"flushdb", b"async"),
        (b"CONFIG", b"SET", b"maxmemory", b"1"),
        (b"config", b"set", Name("what"), b"1"),
        (b"SHUTDOWN",),
        (b"SWAPDB", b"0", b"1"),
    ],
)
async def test_what_loses_data_is_refused_unless_ours_or_said_yes(stranger, valkey, words):
    lints = Lints()
    with pytest.raises(DataError, match="is not private to this notebook"):
        await lints.look(stranger, [(b"GET", b"k"), words], yes=False)
    await lints.look(stranger, [words], yes=True)
    async with Redis.from_url(valkey.url) as ours:
        await lints.look(ours, [words], yes=False)
    lints.off.add("destructive")
    await lints.look(stranger, [words], yes=False)


@pytest.mark.parametrize(
    "words", [(b"DEL", b"k"), (b"CONFIG", b"GET", b"x"), (b"NOSUCH",), (b"CLIENT",), (b"",)]
)
async def test_ordinary_commands_pass_and_nobody_is_asked(stranger, words):
    """The stranger's server would refuse us: any question would be an error."""
    await Lints().look(stranger, [words], yes=False)


def test_own_writes_are_noticed_by_their_keys(capsys):
    lints = Lints()
    lints.note_own_write((b"SET", b"other", b"1"), [b"k"])
    lints.note_own_write((b"GET", b"k"), [b"k"])
    assert capsys.readouterr().err == ""
    lints.note_own_write((b"MSET", b"a", b"1", b"k", b"2"), [b"k"])
    assert capsys.readouterr().err.startswith("note: MSET changes k, which")


@pytest.mark.parametrize("lint", ["nested-multi", "shared-watch"])
def test_framing_is_refused_where_it_has_no_place_unless_switched_off(lint):
    lints = Lints()
    refuse = {
        "nested-multi": lambda: lints.refuse_framing(2, (b"multi",)),
        "shared-watch": lambda: lints.refuse_sharing((b"Watch", b"k")),
    }[lint]
    with pytest.raises(DataError):
        refuse()
    lints.off.add(lint)
    refuse()


def test_every_lint_is_described_in_one_line():
    assert all(0 < len(what) < 90 for what in LINTS.values())
