"""Instructions this process executes: the one figure that neighbours do not disturb.

Linux' perf_event_open, called through ctypes, since Python has no name for it. Where the
kernel refuses, as in most virtual machines and containers, there is no figure.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys

_CALL = {"x86_64": 298, "aarch64": 241}
_HARDWARE, _INSTRUCTIONS = 0, 1
_SIZE = 112
_INHERIT_NO_HYPERVISOR = 1 << 1 | 1 << 6


class Instructions:
    """A running count of this process and the threads it starts from now on."""

    def __init__(self) -> None:
        self._file = _open() if sys.platform == "linux" else -1

    def count(self) -> int | None:
        """Instructions so far, in the kernel too; None when nobody lets us count."""
        if self._file < 0:
            return None
        number: int = struct.unpack("Q", os.read(self._file, 8))[0]
        return number

    def close(self) -> None:
        if self._file >= 0:
            os.close(self._file)


def _open() -> int:
    call = _CALL.get(platform.machine())
    if call is None:
        return -1
    wish = bytearray(_SIZE)
    struct.pack_into(
        "IIQQQQQ", wish, 0,
        _HARDWARE, _SIZE, _INSTRUCTIONS, 0, 0, 0, _INHERIT_NO_HYPERVISOR,
    )  # fmt: skip
    this_process, any_processor, no_group, close_on_exec = 0, -1, -1, 8
    memory = (ctypes.c_char * _SIZE).from_buffer(wish)
    file: int = ctypes.CDLL(None).syscall(
        call, memory, this_process, any_processor, no_group, close_on_exec
    )
    return file
