"""`make run`: the window on the sample district, or, where there is no display, a picture of every page."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from drillapp.core.sample import open_sample, sample_location

ROOT = Path(__file__).resolve().parent.parent
TOUR = Path("build") / "tour"
OFFSCREEN_CANNOT = "This plugin does not support"
"""So begins what Qt says of each thing that a painted, not shown, window cannot do."""


def main() -> int:
    """Make the sample district if it is not there yet, then show it; the exit code is the program's."""
    if not sample_location().exists():
        print("Creating the sample district …", flush=True)
    open_sample().close()
    if has_display():
        return subprocess.run(_command(), cwd=ROOT, check=False).returncode
    print(f"There is no display: painting every page off-screen into {TOUR} …", flush=True)
    shown = _tour()
    if shown == 0:
        print(f"Pictures and PDFs: {TOUR}", flush=True)
    return shown


def has_display() -> bool:
    """Whether a window can be shown here: always on Windows and macOS, by the environment elsewhere."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _tour() -> int:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = _command("tour", "--out", str(TOUR))
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as tour:
        assert tour.stderr is not None
        for line in tour.stderr:
            if not line.startswith(OFFSCREEN_CANNOT):
                print(line, end="", file=sys.stderr, flush=True)
    return tour.returncode


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "drillapp", "--office", str(sample_location()), *arguments]


if __name__ == "__main__":
    raise SystemExit(main())
