"""What Binder would build of this repository, asked of its own tool without Docker."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def dockerfile() -> str:
    """The Dockerfile of this repository, as repo2docker prints it."""
    tool = shutil.which("jupyter-repo2docker", path=Path(sys.executable).parent)
    if tool is None:
        pytest.skip("jupyter-repo2docker is not installed: it is a tool for Linux")
    run = subprocess.run(
        [tool, "--no-build", "--debug", str(ROOT)],
        env={**os.environ, "DOCKER_HOST": "unix:///nonexistent.sock"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout + run.stderr


def test_python(dockerfile: str) -> None:
    """Binder's default Python is too old for us: ours is named."""
    assert re.search(r"COPY .*environment-2epy-2d3-2e12", dockerfile)


def test_install(dockerfile: str) -> None:
    """The requirements are installed from the folder that holds the project."""
    copied = dockerfile.index("COPY --chown=0:0 src/ ${REPO_DIR}/\n")
    installed = dockerfile.index('pip install --no-cache-dir -r "binder/requirements.txt"')
    assert copied < installed


def test_no_system_packages(dockerfile: str) -> None:
    """pip brings the server: nothing is asked of apt but what every image has."""
    installed = re.findall(r"apt-get -qq install --yes (.*?) >", dockerfile, re.DOTALL)
    assert installed
    assert not re.search("redis|valkey", " ".join(installed))


def test_requirements() -> None:
    """Widgets need the newer ipykernel, and the lesson needs JupyterLab."""
    lines = (ROOT / "binder" / "requirements.txt").read_text().splitlines()
    assert [line for line in lines if not line.startswith("#")] == [
        "ipykernel>=7.4",
        ".[lab]",
    ]
