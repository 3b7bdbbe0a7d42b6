"""Limits that a process puts on itself before it opens a file from somebody else."""

from __future__ import annotations

import sys
from typing import Any, NamedTuple


class Limits(NamedTuple):
    """How much a process may use."""

    memory: int = 2 * 1024 * 1024 * 1024
    """Bytes."""
    seconds: int = 600
    """Of the processor's time, so that a busy machine makes no difference."""


def confine(limits: Limits) -> None:
    """Hold this process to the limits: a demand for more memory fails, and out of time it is ended."""
    if sys.platform == "win32":
        _confine_windows(limits)
    else:
        _confine_posix(limits)


def _confine_posix(limits: Limits) -> None:
    import resource

    wanted = {
        resource.RLIMIT_CORE: (0, 0),
        # The signal of the first limit says why the process ended; that of the second could be anything's.
        resource.RLIMIT_CPU: (limits.seconds, limits.seconds + 5),
        resource.RLIMIT_AS: (limits.memory, limits.memory),
    }
    for what, most in wanted.items():
        try:
            resource.setrlimit(what, most)
        except (ValueError, OSError):
            # A lower limit is in force already, or the system (macOS) has none: the parent's patience remains.
            continue


def _confine_windows(limits: Limits) -> None:
    """Put this process into a job object with limits, which is what Windows has for them."""
    import ctypes

    kernel: Any = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    kernel.CreateJobObjectW.restype = ctypes.c_void_p
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    kernel.SetInformationJobObject.argtypes = [
        ctypes.c_void_p,
        ctypes.c_int,
        ctypes.c_void_p,
        ctypes.c_uint32,
    ]
    kernel.AssignProcessToJobObject.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
    # JOBOBJECT_EXTENDED_LIMIT_INFORMATION of 64-bit Windows: time in units of 100 ns, flags at byte 16, memory at 112.
    information = ctypes.create_string_buffer(144)
    ctypes.c_int64.from_buffer(information, 0).value = limits.seconds * 10_000_000
    ctypes.c_uint32.from_buffer(information, 16).value = 0x100 | 0x2  # _LIMIT_PROCESS_MEMORY, _PROCESS_TIME
    ctypes.c_uint64.from_buffer(information, 112).value = limits.memory
    job = kernel.CreateJobObjectW(None, None)
    kernel.SetInformationJobObject(job, 9, information, len(information))
    kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
