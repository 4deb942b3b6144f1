"""What a user gets: the wheel, and an import that stays quick."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the wheel holds, as pip would unpack it."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def python(code: str, path: Path) -> str:
    """What a fresh Python prints, away from this checkout."""
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=path,
        env={**os.environ, "PYTHONPATH": str(path), "PYTHONDONTWRITEBYTECODE": "1"},
        check=True,
        capture_output=True,
        text=True,
    )
    return run.stdout.strip()


def test_the_course_is_in_the_wheel(installed: Path) -> None:
    """An installed redislab finds the lessons and pictures inside itself."""
    found = python("from redislab import cli; print(cli.course())", installed)
    assert Path(found) == installed / "redislab" / "notebooks"
    lessons = {path.name for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert {path.name for path in Path(found).glob("*.*")} == lessons
    assert (Path(found) / "images" / "conflict.svg").is_file()


def test_the_wheel_has_what_is_no_python(installed: Path) -> None:
    """The widget's own files and the mark that the package is typed come along."""
    package = installed / "redislab"
    for file in ("jupyter/live.js", "jupyter/live.css", "py.typed"):
        assert (package / file).is_file()


def test_the_wheel_has_nothing_else(installed: Path) -> None:
    """Neither tests nor caches are installed, and nothing beside the package."""
    names = {path.name for path in installed.iterdir()}
    assert {name.partition("-")[0] for name in names} == {"redislab"}
    assert not [path for path in installed.rglob("*") if path.match("*cache*")]


@pytest.mark.parametrize(
    "heavy", ["IPython", "ipywidgets", "redislab.views", "redislab.servers"]
)
def test_import_is_light(heavy: str, installed: Path) -> None:
    """A script that only wants the client loads no IPython, no views and no servers."""
    found = python(f"import redislab, sys; print({heavy!r} in sys.modules)", installed)
    assert found == "False"
