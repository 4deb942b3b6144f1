"""A real kernel to run cells in, and what came of each."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager

SECONDS = 30
ROOT = Path(__file__).parent.parent.parent


@dataclass
class Ran:
    """What one cell gave."""

    status: str = ""
    stdout: str = ""
    stderr: str = ""
    shown: list[dict[str, Any]] = field(default_factory=list)
    """The mime bundles, displayed ones and the cell's value."""
    error: str = ""
    """The class of the error."""
    lines: list[str] = field(default_factory=list)
    """The error as it is displayed."""
    payload: str = ""
    """What ``%magic?`` puts into the pager."""

    @property
    def text(self) -> str:
        """The plain text of the last thing shown."""
        return self.shown[-1]["text/plain"] if self.shown else ""

    @property
    def html(self) -> str:
        return self.shown[-1]["text/html"]


class Kernel:
    """``python`` is the interpreter to run it with, instead of ours; it imports redislab
    from this tree.
    """

    def __init__(self, folder: Path, python: str = sys.executable) -> None:
        self.updates: list[str] = []
        self._manager = KernelManager(transport="ipc", ip=str(folder / "kernel"))
        launch = [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        self._manager._kernel_spec = KernelSpec(argv=launch, display_name=python)
        self._manager.start_kernel(env={**os.environ, "PYTHONPATH": str(ROOT)})
        self._client = self._manager.blocking_client()
        self._client.start_channels()
        self._client.wait_for_ready(timeout=SECONDS)

    def send(self, cell: str) -> str:
        """Submit a cell and do not wait; gives what ``collect`` wants."""
        return self._client.execute(cell)

    def collect(self, cell: str) -> Ran:
        """Wait for a submitted cell and give what came of it."""
        ran = Ran()
        deadline = time.monotonic() + SECONDS
        idle = False
        while not idle:
            message = self._hear(deadline)
            if message["parent_header"].get("msg_id") == cell:
                idle = _note(ran, message["msg_type"], message["content"])
        while True:
            left = max(0.1, deadline - time.monotonic())
            message = self._client.get_shell_msg(timeout=left)
            if message["parent_header"].get("msg_id") == cell:
                ran.status = message["content"]["status"]
                for part in message["content"].get("payload", []):
                    ran.payload += part["data"]["text/plain"]
                return ran

    def run(self, cell: str) -> Ran:
        return self.collect(self.send(cell))

    def wait_for_update(self, text: str) -> None:
        """Wait until something that is displayed already has changed and says this."""
        deadline = time.monotonic() + SECONDS
        while not any(text in shown for shown in self.updates):
            self._hear(deadline)
        self.updates.clear()

    def _hear(self, deadline: float) -> dict[str, Any]:
        """The next message that is for everybody."""
        left = max(0.1, deadline - time.monotonic())
        message: dict[str, Any] = self._client.get_iopub_msg(timeout=left)
        if message["msg_type"] == "update_display_data":
            self.updates.append(message["content"]["data"]["text/plain"])
        return message

    def complete(self, code: str) -> dict[str, str]:
        """What Tab offers at the end of this cell: each text with its type."""
        reply = self._client.complete(code, reply=True, timeout=SECONDS)["content"]
        types = reply["metadata"].get("_jupyter_types_experimental", [])
        return {found["text"]: found["type"] for found in types}

    def interrupt(self) -> None:
        self._manager.interrupt_kernel()

    def stop(self) -> None:
        self._client.stop_channels()
        self._manager.shutdown_kernel(now=True)
        self._manager.cleanup_resources()


def _note(ran: Ran, kind: str, content: dict[str, Any]) -> bool:
    """Write down one message; gives whether it was the last."""
    match kind:
        case "stream":
            setattr(ran, content["name"], getattr(ran, content["name"]) + content["text"])
        case "execute_result" | "display_data":
            ran.shown.append(content["data"])
        case "error":
            ran.error, ran.lines = content["ename"], content["traceback"]
        case "status":
            return content["execution_state"] == "idle"
    return False
