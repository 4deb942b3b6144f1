"""From samples to the table and the picture; and the whole runner, once, in a small way."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

from tests.benchmarks import __main__ as runner
from tests.benchmarks.known import KNOWN, installed
from tests.benchmarks.picture import picture
from tests.benchmarks.report import Circumstances, figures, fresh_table, ratio, short, table
from tests.benchmarks.rounds import Sample
from tests.benchmarks.workloads import WORKLOADS

HERE = Circumstances({"redislab": "1.0", "redis-py": "8.1", "limit": "3.5"}, "valkey 9", 3)


def samples(*rates, cpu=2.0):
    return [Sample(turn, rate, cpu, None) for turn, rate in enumerate(rates)]


NOISY = {
    "get": {
        "redislab": samples(1_000, 100, 4_000),  # a machine that is busy in turns
        "redis-py": samples(500, 50, 1_000),
        "limit": samples(2_000, 200, 8_000),
    }
}


def cells(line):
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_ratios_are_taken_inside_a_round():
    """Twice, twice, and four times as fast: twice, whatever the rates by themselves say."""
    found = figures(NOISY)["get"]
    assert found["redis-py"].ahead == (2, 2, 4)
    assert found["limit"].ahead == (0.5, 0.5, 0.5)
    assert found["redislab"].rate == 1_000


def test_a_round_that_one_of_them_lost_is_not_compared():
    lost = {"get": {"redislab": samples(10, 20)[1:], "redis-py": samples(5, 5, 5)}}
    assert figures(lost)["get"]["redis-py"].ahead == (4, 4, 4)


def test_the_table_has_a_row_for_each_workload_and_a_column_for_each_client():
    head, _, row = table(figures(NOISY)).splitlines()
    assert [cell.strip() for cell in head.split("|")[2:-1]] == [
        "redislab",
        "redis-py",
        "limit",
    ]
    assert [cell.strip() for cell in row.split("|")[1:-1]] == [
        "one awaited GET after another", "1.0k 2 us", "500 2 us 2x", "2.0k 2 us 0.5x",
    ]  # fmt: skip


def test_what_a_client_cannot_do_is_a_dash():
    found = figures(NOISY | {"set": {"redislab": samples(7)}})
    assert table(found).splitlines()[-1].count(" - ") == 2
    assert fresh_table({"import": {"a": 1.0}, "memory": {"b": 2.0}}).count(" - ") == 2


def test_the_spread_is_shown_when_asked_for():
    assert "2x (2..4)" in table(figures(NOISY), spread=True)


@pytest.mark.parametrize(
    ("rate", "words"), [(57, "57"), (9_840, "9.8k"), (470_123, "470k"), (1.2e6, "1.2M")]
)
def test_rates_are_short(rate, words):
    assert short(rate) == words


def test_ratios_are_short():
    assert [ratio(value) for value in (22.4, 3.94, 0.738)] == ["22x", "3.9x", "0.74x"]


def test_the_picture_says_who_is_how_fast():
    drawn = picture(figures(NOISY), HERE)
    assert drawn.text.splitlines()[1:4] == [
        "one awaited GET after another (50% of a bare socket's loop)",
        "  redislab  1.0k",
        "  redis-py  500 · redislab 2x",
    ]
    assert "medians of 3 rounds in turn; redislab 1.0, redis-py 8.1; valkey 9" in drawn.text


def test_every_client_says_what_it_is():
    """Without importing it: none but ours must be installed."""
    assert {"redislab", "redislab-recorded", "limit"} <= set(installed())
    assert all(client.name == name and client.module for name, client in KNOWN.items())


@pytest.mark.timeout(60)
def test_a_small_run_from_start_to_end(tmp_path, capsys):
    """Every workload runs, is checked, and ends in the table, the pictures, the file."""
    svg, everything = tmp_path / "speed.svg", tmp_path / "all.json"
    runner.main(
        [
            *("--clients", "redislab", "limit", "--rounds", "1", "--seconds", "0.001"),
            *("--no-fresh", "--svg", str(svg), "--json", str(everything)),
        ]
    )
    told = capsys.readouterr()
    assert told.out.count("\n| ") == 1 + len(WORKLOADS)
    assert told.err.count("without") == 1  # the limit has no way to contend with itself
    for file in (svg, tmp_path / "speed-dark.svg"):
        ET.fromstring(file.read_text(encoding="utf-8"))
    measured = json.loads(everything.read_text(encoding="utf-8"))["samples"]
    assert set(measured) == set(WORKLOADS)
    assert all(len(by_client["redislab"]) == 1 for by_client in measured.values())
