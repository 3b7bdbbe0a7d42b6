"""The window as a process of its own, timed from outside until it says that it is shown."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.district import District
from benchmarks.making.words import TODAY

_BARE = Path(__file__).with_name("bare_window.py")


class Shown(NamedTuple):
    """What a window took."""

    frame_ms: float
    """From the start of the process until the frame was painted and answered."""
    shown_ms: float
    """Until its content was there."""
    peak_mb: float
    """The most memory it had."""


def program(district: District, page: str = "home") -> Shown:
    """Our window on a page of the district."""
    return _run(
        [
            "-m", "drillapp", "--office", str(district.path), "--as-of", TODAY.isoformat(),
            "window", "--exit-when-shown", "--page", page,
        ]
    )  # fmt: skip


def bare(district: District | None = None) -> Shown:
    """A bare window; with a district also the least that showing figures needs."""
    return _run([str(_BARE), *([str(district.path)] if district else [])])


def _run(arguments: Sequence[str]) -> Shown:
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments], stdout=subprocess.PIPE, text=True, env=environment, cwd=_BARE.parents[1]
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    answered = (time.perf_counter() - start) * 1000
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode or not line:
        raise RuntimeError(f"{' '.join(arguments)} ended with {process.returncode}")
    said = json.loads(line)
    # What the interpreter takes before the first line of the program is the same for all, and counted for all.
    before = max(0.0, answered - said["last_ms"]) if "last_ms" in said else 0.0
    return Shown(said["frame_ms"] + before, said["shown_ms"] + before, usage.ru_maxrss / 1024)
