"""What a terminal can ask for: ``redislab demo``, ``lab``, ``doctor`` and ``commands``.

Exit codes: 0 it was done; 1 it could not be done, and stderr says why and what to do; 2 the
command line was wrong; 130 it was interrupted.

Whatever takes time to import is imported by the command that needs it, so that ``--help``
and a typing mistake are answered at once.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from redislab import __version__
from redislab.exceptions import RedisError, WatchError

if TYPE_CHECKING:
    from redislab.trace import Recording

COURSE = "redislab-course"
"""The folder that ``redislab lab`` makes when it is told none."""
FIRST_LESSON = "01-pipelines.ipynb"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code."""
    options = _read(list(sys.argv[1:] if arguments is None else arguments))
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        code = run(options)
        sys.stdout.flush()
    except RedisError as error:
        return _failed(error, error.hint)
    except BrokenPipeError:  # `redislab demo | head`: the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        return _failed(error)
    except KeyboardInterrupt:
        return 130
    return code


def _failed(reason: object, *what_to_do: str) -> int:
    for line in (f"redislab: {reason}", *what_to_do):
        print(line, file=sys.stderr)
    return 1


def _read(words: list[str]) -> argparse.Namespace:
    """The command line; what follows ``--`` is for JupyterLab, and not read here."""
    end = words.index("--") if "--" in words else len(words)
    parser = _parser()
    options = parser.parse_args(words[:end])
    options.jupyter = words[end + 1 :]
    if options.jupyter and options.run is not _lab:
        parser.error("only `redislab lab` takes options after --")
    return options


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="redislab", description="Teach and explore Redis on a real, private server."
    )
    parser.add_argument("--version", action="version", version=f"redislab {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    demo = commands.add_parser("demo", help="a WATCH conflict, here in the terminal")
    demo.add_argument("--svg", metavar="FILE", type=Path, help="write the picture here")
    demo.add_argument(
        "--theme",
        choices=["auto", "light", "dark"],
        default="auto",
        help="of the picture; auto, the default, is as its reader's system",
    )
    demo.set_defaults(run=_demo)

    lab = commands.add_parser(
        "lab",
        help="JupyterLab with the course",
        usage="%(prog)s [-h] [DIR] [-- JUPYTER_OPTION ...]",
        epilog="For example: redislab lab my-copy -- --no-browser --port 9000",
    )
    lab.add_argument(
        "folder",
        metavar="DIR",
        type=Path,
        nargs="?",
        default=Path(COURSE),
        help=f"your copy of the course; made when it is not there (default: {COURSE})",
    )
    lab.set_defaults(run=_lab)

    doctor = commands.add_parser("doctor", help="which server is started, and why")
    doctor.set_defaults(run=_doctor)

    known = commands.add_parser("commands", help="which method says which command")
    known.add_argument(
        "part", nargs="?", help="a part of a command's name or of its group; else a summary"
    )
    known.set_defaults(run=_commands)
    return parser


# --- doctor -------------------------------------------------------------------------------


def _doctor(_options: argparse.Namespace) -> int:
    from redislab.servers.binary import search
    from redislab.servers.doctor import doctor

    print("\n".join(doctor()))
    return 0 if search().taken else 1


# --- commands -----------------------------------------------------------------------------


def _commands(options: argparse.Namespace) -> int:
    from redislab.commands.coverage import listing, table

    lines = list(table() if options.part is None else listing(options.part))
    if not lines:
        return _failed(f"no command or group has {options.part!r} in its name")
    print("\n".join(lines))
    return 0


# --- demo ---------------------------------------------------------------------------------


def _demo(options: argparse.Namespace) -> int:
    from redislab.servers import Server
    from redislab.views.conflict import conflict

    with Server() as server:
        print(f"A private server, {server.version}, for these two clients alone.\n")
        recording = asyncio.run(_lost_update(server.url))
    picture = conflict(recording, theme=options.theme)
    print("\n".join(_coloured(picture.text) if _wants_colour() else [picture.text]))
    if options.svg:
        picture.save(options.svg)
        print(f"\nThe picture is in {options.svg}.")
    return 0


async def _lost_update(url: str) -> Recording:
    """A counter is read in order to add one, and bob is quicker."""
    from redislab import from_url, record

    async with (
        from_url(url, client_name="alice") as alice,
        from_url(url, client_name="bob") as bob,
    ):
        await alice.set("counter", 5)
        with record(alice, bob, spy=True) as recording:
            pipe = alice.pipeline()
            await pipe.watch("counter")
            seen = int(await pipe.get("counter") or 0)
            pipe.multi()
            pipe.set("counter", seen + 1)
            await bob.incr("counter")
            with contextlib.suppress(WatchError):
                await pipe.execute()
    return recording


_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"
_COLOURS = {"alice": "\x1b[34m", "bob": "\x1b[33m", "nil": "\x1b[31m"}


def _wants_colour() -> bool:
    """On a terminal, unless its owner said no (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def _coloured(text: str) -> Iterator[str]:
    """The headline bold; each client in its own colour, and the refusal in red."""
    headline, *rest = text.splitlines()
    yield f"{_BOLD}{headline}{_PLAIN}"
    for line in rest:
        yield re.sub(
            r"\b(alice|bob|nil)\b",
            lambda word: f"{_COLOURS[word[0]]}{word[0]}{_PLAIN}",
            line,
        )


# --- lab ----------------------------------------------------------------------------------


def _lab(options: argparse.Namespace) -> int:
    try:
        from jupyterlab.labapp import LabApp
    except ImportError:
        return _failed("JupyterLab is not installed.", 'Run: pip install "redislab[lab]"')
    new = lay_out(course(), options.folder)
    kept = "What was there is as it was."
    print(f"The course is in {options.folder}: {new} new files. {kept}", flush=True)
    LabApp.launch_instance(
        [
            f"--ServerApp.root_dir={options.folder.resolve()}",
            f"--LabApp.default_url=/lab/tree/{FIRST_LESSON}",
            *_as_root(),
            *options.jupyter,
        ]
    )
    return 0


def _as_root() -> list[str]:
    """Jupyter refuses root, who in a container is often the only user there is."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return ["--ServerApp.allow_root=True"] if is_root else []


def course() -> Path:
    """Where the notebooks are: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parent
    places = [package / "notebooks", package.parent / "notebooks"]
    return next(place for place in places if (place / FIRST_LESSON).is_file())


def lay_out(source: Path, folder: Path) -> int:
    """Copy the notebooks and their pictures that are not in ``folder`` yet; gives how many.

    A file that is there is never touched: it may hold somebody's work.
    """
    wanted = [*source.glob("*.ipynb"), *source.glob("images/*.svg")]
    missing = [
        (file, target)
        for file in wanted
        if not os.path.lexists(target := folder / file.relative_to(source))
    ]
    for file, target in missing:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    return len(missing)


if __name__ == "__main__":
    sys.exit(main())
