"""``redislab``, as typed at a prompt: what it prints, writes and answers."""

from __future__ import annotations

import builtins
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import redislab
from redislab import cli

COMMAND = Path(sys.executable).parent / "redislab"


@pytest.fixture
def lesson_source(tmp_path: Path) -> Path:
    """A course of one notebook, one picture, and a file that is no part of it."""
    source = tmp_path / "notebooks"
    (source / "images").mkdir(parents=True)
    (source / cli.FIRST_LESSON).write_text("the lesson")
    (source / "images" / "conflict.svg").write_text("the picture")
    (source / "conftest.py").write_text("for pytest")
    return source


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """``--version`` prints the name and the version."""
    with pytest.raises(SystemExit) as end:
        cli.main(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out == f"redislab {redislab.__version__}\n"


@pytest.mark.parametrize(
    "words", [[], ["dmo"], ["demo", "--png"], ["doctor", "--", "--port", "9000"]]
)
def test_wrong_usage(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be read ends with code 2 and the usage, and runs nothing."""
    with pytest.raises(SystemExit) as end:
        cli.main(words)
    assert end.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("usage: redislab")


# --- demo ---------------------------------------------------------------------------------

DEMO = """\
EXEC returned nil: bob changed counter while alice was watching it
 1 alice  WATCH counter -> OK
 2 alice  GET counter -> "5"
 3 alice  (buffered) SET counter 6
 4 bob    INCR counter -> 6   <- changed the watched key
 5 alice  MULTI -> OK
            SET counter 6 -> QUEUED
          EXEC -> nil
"""


def test_demo(capsys: pytest.CaptureFixture[str]) -> None:
    """The conflict is told step by step, and in a pipe without colours."""
    assert cli.main(["demo"]) == 0
    said = capsys.readouterr().out
    assert DEMO in said
    assert "\x1b" not in said


def test_demo_writes_the_picture(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """``--svg`` writes the picture, the same one at every run."""
    first, second = tmp_path / "first.svg", tmp_path / "second.svg"
    assert cli.main(["demo", "--svg", str(first)]) == 0
    assert f"The picture is in {first}." in capsys.readouterr().out
    assert cli.main(["demo", "--svg", str(second)]) == 0
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    ("theme", "name"), [("auto", "conflict.svg"), ("dark", "conflict-dark.svg")]
)
def test_the_pictures_in_the_readme_are_the_demos(
    theme: str, name: str, tmp_path: Path
) -> None:
    """The README shows what this version's demo draws."""
    assert cli.main(["demo", "--theme", theme, "--svg", str(tmp_path / name)]) == 0
    assert (cli.course() / "images" / name).read_text() == (tmp_path / name).read_text()


def test_demo_says_when_the_picture_cannot_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder that is not there is an error in one line, after the story was told."""
    assert cli.main(["demo", "--svg", str(tmp_path / "nowhere" / "x.svg")]) == 1
    said = capsys.readouterr()
    assert DEMO in said.out
    assert said.err.startswith("redislab: ")
    assert "nowhere" in said.err


@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_demo_on_a_terminal(no_color: str, coloured: bool) -> None:
    """A terminal gets colours, unless NO_COLOR says no."""
    said = at_a_terminal([COMMAND, "demo"], {"NO_COLOR": no_color})
    assert ("\x1b[34malice\x1b[0m" in said) is coloured


def at_a_terminal(command: list[Any], environment: dict[str, str]) -> str:
    """What a command writes when a terminal listens."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, stdout=theirs, env={**os.environ, **environment}):
        os.close(theirs)
        said = b""
        try:
            while part := os.read(ours, 4096):
                said += part
        except OSError:  # how Linux says that the other end is closed
            pass
        finally:
            os.close(ours)
    return said.decode()


def test_demo_whose_reader_leaves() -> None:
    """``redislab demo | head -1`` says nothing of the pipe it broke."""
    ours, theirs = os.pipe()
    os.close(ours)
    run = subprocess.run(
        [COMMAND, "demo"], stdout=theirs, stderr=subprocess.PIPE, check=False
    )
    os.close(theirs)
    assert (run.returncode, run.stderr) == (1, b"")


def test_demo_without_a_server(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No server to start: one line why, one line what to do, code 1."""
    monkeypatch.setenv("REDISLAB_SERVER", "/nowhere/valkey-server")
    assert cli.main(["demo"]) == 1
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith("redislab: REDISLAB_SERVER names no server")
    assert "redislab doctor" in said[1]


# --- commands -----------------------------------------------------------------------------


def test_commands_are_summed_up(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["commands"]) == 0
    assert "Valkey 9.1" in capsys.readouterr().out


def test_commands_are_found_by_a_part_of_their_name(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["commands", "getdel"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split() for line in lines] == [
        ["hash", "HGETDEL", "hgetdel"],
        ["string", "GETDEL", "getdel"],
    ]


def test_a_command_nobody_has_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["commands", "getdell"]) == 1
    assert "getdell" in capsys.readouterr().err


# --- doctor -------------------------------------------------------------------------------


def test_doctor(capsys: pytest.CaptureFixture[str]) -> None:
    """It prints which server would be started, and ends with 0."""
    assert cli.main(["doctor"]) == 0
    assert capsys.readouterr().out.startswith("server      valkey 9.")


def test_doctor_without_a_server(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It prints what to do, and ends with 1, so that a script can tell."""
    monkeypatch.setenv("REDISLAB_SERVER", "/nowhere/valkey-server")
    assert cli.main(["doctor"]) == 1
    assert capsys.readouterr().out.startswith("server      none found\nwhat to do  ")


# --- lab ----------------------------------------------------------------------------------


def test_lay_out_copies_notebooks_and_pictures(lesson_source: Path, tmp_path: Path) -> None:
    """A new folder gets the course, and nothing that is not part of it."""
    folder = tmp_path / "new" / "copy"
    assert cli.lay_out(lesson_source, folder) == 2
    copied = sorted(str(file.relative_to(folder)) for file in folder.rglob("*.*"))
    assert copied == ["01-pipelines.ipynb", "images/conflict.svg"]


def test_lay_out_never_touches_what_is_there(lesson_source: Path, tmp_path: Path) -> None:
    """A student's file stays as it is; what is missing beside it is added."""
    folder = tmp_path / "copy"
    folder.mkdir()
    (folder / cli.FIRST_LESSON).write_text("my answers")
    assert cli.lay_out(lesson_source, folder) == 1
    assert (folder / cli.FIRST_LESSON).read_text() == "my answers"
    assert cli.lay_out(lesson_source, folder) == 0


def test_lay_out_follows_no_dangling_link(lesson_source: Path, tmp_path: Path) -> None:
    """A link that leads nowhere is a student's file, too: nothing is written through it."""
    folder, elsewhere = tmp_path / "copy", tmp_path / "elsewhere"
    folder.mkdir()
    (folder / cli.FIRST_LESSON).symlink_to(elsewhere)
    cli.lay_out(lesson_source, folder)
    assert not elsewhere.exists()


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The command lines JupyterLab would have been started with."""
    from jupyterlab.labapp import LabApp

    lines: list[list[str]] = []
    monkeypatch.setattr(LabApp, "launch_instance", lines.append)
    return lines


def test_lab(started: list[list[str]], tmp_path: Path) -> None:
    """JupyterLab is started on the copy, opens the first lesson, gets what follows --."""
    folder = tmp_path / "copy"
    assert cli.main(["lab", str(folder), "--", "--port", "9000"]) == 0
    assert f"--ServerApp.root_dir={folder}" in started[0]
    assert "--LabApp.default_url=/lab/tree/01-pipelines.ipynb" in started[0]
    assert started[0][-2:] == ["--port", "9000"]
    assert (folder / cli.FIRST_LESSON).read_bytes() == (
        cli.course() / cli.FIRST_LESSON
    ).read_bytes()


def test_lab_without_a_folder(
    started: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told no folder, it makes one here, with a name that says what it is."""
    monkeypatch.chdir(tmp_path)
    assert cli.main(["lab", "--", "--no-browser"]) == 0
    assert (tmp_path / "redislab-course" / cli.FIRST_LESSON).is_file()


@pytest.mark.parametrize(("user", "allowed"), [(0, True), (1000, False)])
def test_lab_as_root(
    user: int,
    allowed: bool,
    started: list[list[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Root is let in, as in a container there may be nobody else; others change nothing."""
    monkeypatch.setattr(os, "geteuid", lambda: user)
    cli.main(["lab", str(tmp_path / "copy")])
    assert ("--ServerApp.allow_root=True" in started[0]) is allowed


def test_lab_without_jupyterlab(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without JupyterLab: how to get it, and no folder is made."""
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.startswith("jupyterlab"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    assert cli.main(["lab", str(tmp_path / "copy")]) == 1
    assert 'pip install "redislab[lab]"' in capsys.readouterr().err
    assert not (tmp_path / "copy").exists()


def test_lab_where_a_file_stands(
    started: list[list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file in the folder's place is left alone, and named."""
    (tmp_path / "copy").write_text("mine")
    assert cli.main(["lab", str(tmp_path / "copy")]) == 1
    assert str(tmp_path / "copy") in capsys.readouterr().err
    assert (tmp_path / "copy").read_text() == "mine"
    assert started == []
