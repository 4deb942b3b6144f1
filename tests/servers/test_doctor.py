"""What `redislab doctor` says."""

from __future__ import annotations

import pytest

import redislab
from redislab.servers import find_binary
from redislab.servers.doctor import doctor


def lines() -> dict[str, str]:
    """The report as a mapping; the places passed by are left out."""
    return {line[:11].rstrip(): line[12:] for line in doctor()}


def test_it_names_the_binary_and_where_it_comes_from(monkeypatch):
    monkeypatch.delenv("REDISLAB_SERVER", raising=False)
    taken, report = find_binary(), lines()
    assert report["server"] == taken.version
    assert report["binary"] == str(taken.path)
    assert report["taken from"].startswith(taken.source)
    assert "passed by   REDISLAB_SERVER: not set" in doctor()


def test_without_a_server_it_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setenv("REDISLAB_SERVER", str(tmp_path / "nothing"))
    report = lines()
    assert report["server"] == "none found"
    assert report["what to do"].startswith("REDISLAB_SERVER names no server")


def test_it_names_the_versions_that_matter():
    report = lines()
    assert report["redislab"] == redislab.__version__
    assert report["hiredis"][0].isdigit()
    assert {"ipykernel", "ipywidgets", "anywidget", "Python", "platform"} <= report.keys()


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("redis://ana:secret@db:7000/2", "redis://ana:***@db:7000/2 ("),
        ("redis://db?password=secret", "redis://:***@db:6379/0 ("),
        ("redis://:se/cret@db", "set, but no usable Redis URL"),
        ("", "not set"),
    ],
)
def test_it_shows_no_password_of_redis_url(monkeypatch, url, shown):
    monkeypatch.setenv("REDIS_URL", url)
    assert lines()["REDIS_URL"].startswith(shown)
    assert "cret" not in "\n".join(doctor())
