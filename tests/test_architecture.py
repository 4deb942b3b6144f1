"""The rooms are those in the contract; ``lint-imports`` (test_style.py) does the rest."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
FRONT_DOOR = "__init__"


def contract() -> list[set[str]]:
    """The rooms by layer, from the top, as pyproject.toml names them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    return [set(re.findall(r"redislab\.(\w+)", layer)) for layer in layers]


def rooms() -> set[str]:
    package = ROOT / "redislab"
    modules = {path.stem for path in package.glob("*.py")} - {FRONT_DOOR}
    return modules | {path.parent.name for path in package.glob("*/__init__.py")}


def test_every_room_has_its_layer() -> None:
    """A new room must be given its place before anything can be imported into it."""
    placed = set().union(*contract())
    assert rooms() <= placed


def test_contributing_draws_the_layers() -> None:
    """The drawing in CONTRIBUTING.md shows the layers that are built, in their order."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    drawn = [
        set(line.split(" | ")) for line in re.findall(r"^    (\w.*)$", text, re.MULTILINE)
    ]
    assert drawn == [built for layer in contract() if (built := layer & rooms())]


def test_every_room_has_its_tests() -> None:
    """Tests mirror the rooms."""
    folders = {path.parent.name for path in (ROOT / "redislab").glob("*/__init__.py")}
    assert {
        room for room in folders if not any((ROOT / "tests" / room).glob("test_*.py"))
    } == set()
