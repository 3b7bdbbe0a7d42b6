"""Limits that a process puts on itself before it opens a file from somebody else."""

from __future__ import annotations

import sys
from typing import Any


def confine(memory: int) -> None:
    """Let this process use at most `memory` bytes; a larger demand fails instead of filling the machine."""
    if sys.platform == "win32":
        _confine_windows(memory)
    else:
        _confine_posix(memory)


def _confine_posix(memory: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    except (ValueError, OSError):
        # A lower limit is in force already, or the system (macOS) has none: the parent's time limit remains.
        return


def _confine_windows(memory: int) -> None:
    """Put this process into a job object with a memory limit, which is what Windows has for RLIMIT_AS."""
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
    # JOBOBJECT_EXTENDED_LIMIT_INFORMATION of 64-bit Windows: the flags are at byte 16, the process's limit at 112.
    limits = ctypes.create_string_buffer(144)
    ctypes.c_uint32.from_buffer(limits, 16).value = 0x100  # JOB_OBJECT_LIMIT_PROCESS_MEMORY
    ctypes.c_uint64.from_buffer(limits, 112).value = memory
    job = kernel.CreateJobObjectW(None, None)
    kernel.SetInformationJobObject(job, 9, limits, len(limits))
    kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
