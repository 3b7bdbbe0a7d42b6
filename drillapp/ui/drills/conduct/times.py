"""Moments and lengths of time as the conduct window shows them."""

from __future__ import annotations

import math
from datetime import datetime

from drillapp.core.localtime import local_moment


def length(seconds: float) -> str:
    """A length of time as 0:05 or 1:02:05, without its sign."""
    whole = abs(int(seconds))
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


def clock(seconds: float) -> str:
    """The drill's clock: 0:15:00, with a minus before the start."""
    whole = math.floor(seconds)
    hours, rest = divmod(abs(whole), 3600)
    return f"{'−' if whole < 0 else ''}{hours}:{rest // 60:02}:{rest % 60:02}"


def countdown(remaining: float) -> str:
    """What is left, 2:05; what is over, +0:32. It is nothing in the very second in which the time is there."""
    return length(math.ceil(remaining)) if remaining > 0 else f"+{length(-remaining)}"


def wall(moment: datetime, *, seconds: bool = True) -> str:
    """The clock on the wall at a moment."""
    return f"{local_moment(moment):%H:%M:%S}" if seconds else f"{local_moment(moment):%H:%M}"
