"""The window as a process of its own, which says when it was shown."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import psutil

from benchmarks.district import District
from benchmarks.making.words import TODAY

_BARE = Path(__file__).with_name("bare_window.py")


class Shown(NamedTuple):
    """What a window took."""

    frame_ms: float
    """From the program's first line until the frame was painted and answered."""
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
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    # Where Python may not keep what it compiled, each start would compile this program, as none that is installed does.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    process = subprocess.Popen(
        [sys.executable, *arguments], stdout=subprocess.PIPE, text=True, env=environment, cwd=_BARE.parents[1]
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    peak = _peak(process.pid)
    process.stdout.close()
    if process.wait() or not line:
        raise RuntimeError(f"{' '.join(arguments)} ended with {process.returncode}")
    said = json.loads(line)
    return Shown(said["frame_ms"], said["shown_ms"], peak)


def _peak(process_id: int) -> float:
    """The most memory that a process has had, in MB; it is still there, closing its window."""
    status = Path(f"/proc/{process_id}/status")
    if status.exists():
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
        return int(found[1]) / 1024 if found else 0.0
    return float(getattr(psutil.Process(process_id).memory_info(), "peak_wset", 0)) / 2**20
