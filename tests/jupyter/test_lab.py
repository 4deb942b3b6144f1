"""A small notebook in a real JupyterLab, in a real browser: the whole road in one test."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import nbformat.v4 as notebook_format
import pytest

from tests.jupyter.browser import chromium

pytestmark = pytest.mark.timeout(180)

TOKEN = "for-one-test"
CELLS = [
    "%load_ext redislab",
    "%redis SET counter 5",
    "%%redis_pipeline\nINCR counter\nGET counter",
    (
        "from redislab.jupyter import Live\n"
        "alice = %redis_client alice\n"
        "bob = %redis_client bob\n"
        "live = Live(alice, bob)\n"
        "live"
    ),
    (
        "pipe = alice.pipeline()\n"
        "await pipe.watch('counter')\n"
        "seen = int(await pipe.get('counter'))\n"
        "pipe.multi()\n"
        "pipe.set('counter', seen + 1)\n"
        "await bob.incr('counter')"
    ),
]


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """JupyterLab on a folder with the notebook; gives its URL, up to the path."""
    folder = tmp_path_factory.mktemp("lab")
    cells = [notebook_format.new_code_cell(source) for source in CELLS]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    lesson = notebook_format.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    (folder / "lesson.ipynb").write_text(json.dumps(lesson))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
        *("--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0"),
        *(f"--IdentityProvider.token={TOKEN}", "--expose-app-in-browser"),
        "--LabApp.extension_manager=readonly",
        f"--notebook-dir={folder}",
    ]
    log = (folder / "log").open("wb")
    with log, subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT) as server:
        url = f"http://127.0.0.1:{port}"
        try:
            wait_for(url, server, folder / "log")
            yield url
        finally:
            server.terminate()


def wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/api?token={TOKEN}", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"JupyterLab did not come up:\n{log.read_text()[-2000:]}")


_READY = """() => {
  const app = window.jupyterapp;
  const context = app?.shell.currentWidget?.sessionContext;
  const kernel = context?.isReady && context.session?.kernel;
  const connected = kernel?.connectionStatus === "connected";
  return connected && app.commands.hasCommand("notebook:run-all-cells");
}"""
_RUN_ALL = """async () => {
  const app = window.jupyterapp;
  await app.shell.currentWidget.sessionContext.session.kernel.info;
  await app.commands.execute("notebook:run-all-cells");
}"""


def test_the_magics_and_the_live_view_work_in_jupyterlab(lab, tmp_path):
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1200, "height": 1500})
        page.set_default_timeout(60_000)
        page.goto(f"{lab}/lab/tree/lesson.ipynb?token={TOKEN}&reset")
        page.wait_for_function(_READY)
        page.evaluate(_RUN_ALL)
        page.wait_for_selector(".rl-flag-red")
        page.screenshot(path=tmp_path / "lab.png")

        assert page.inner_text(".rl-flag-red").endswith(
            "counter was changed by bob (INCR counter): EXEC will run nothing"
        )
        assert page.locator(".rl-tray .rl-said").all_text_contents() == ["SET counter 7"]
        assert page.locator(".rl-name").all_text_contents() == ["alice", "bob"]
        outputs = page.locator(".jp-OutputArea-output")
        assert "OK" in outputs.all_inner_texts()
        table = page.locator(".jp-RenderedHTMLCommon table").first
        assert "INCR counter" in table.inner_text()
        picture = page.locator(".jp-RenderedHTMLCommon img").first
        assert picture.evaluate("image => image.complete && image.naturalWidth > 100")
        assert page.locator(".jp-RenderedText[data-mime-type*=error]").count() == 0
