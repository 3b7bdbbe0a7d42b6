"""Memory that was needed for a moment only: used again by all threads, or given back to the system.

The C library of Linux keeps what becomes free, and for each thread apart; other systems need no telling.
"""

from __future__ import annotations

import sys
from functools import cache
from typing import Any

_ARENA_MAX = -8
"""M_ARENA_MAX of malloc.h."""


def share_heap() -> None:
    """Let all threads that begin from now on take memory from one heap, so that one uses what another has left."""
    choose = getattr(_c_library(), "mallopt", None)
    if choose is not None:
        choose(_ARENA_MAX, 1)


def give_back() -> None:
    """Give the system the memory that is free: after work that took much of it for a moment."""
    trim = getattr(_c_library(), "malloc_trim", None)
    if trim is not None:
        trim(0)


@cache
def _c_library() -> Any:
    if sys.platform != "linux":
        return None
    import ctypes  # not before an office is opened

    return ctypes.CDLL(None)
