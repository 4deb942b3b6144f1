"""Pauses between tries: longer each time, bounded, and never in step."""

from __future__ import annotations

from redislab.connection.backoff import Backoff


def test_there_is_one_pause_fewer_than_tries():
    assert len(list(Backoff(attempts=5).pauses())) == 4
    assert list(Backoff(attempts=1).pauses()) == []


def test_each_pause_is_drawn_below_a_ceiling_that_doubles():
    for _ in range(50):
        pauses = list(Backoff(attempts=6, first=0.1, ceiling=0.3).pauses())
        for pause, limit in zip(pauses, [0.1, 0.2, 0.3, 0.3, 0.3], strict=True):
            assert limit / 2 <= pause <= limit


def test_two_clients_do_not_come_back_in_step():
    assert list(Backoff().pauses()) != list(Backoff().pauses())
