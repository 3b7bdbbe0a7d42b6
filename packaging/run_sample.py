"""`make run`: the window on the sample district, or, where there is no display, a picture of every page."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from platformdirs import user_data_path

ROOT = Path(__file__).resolve().parent.parent
TOUR = Path("build") / "tour"


def main() -> int:
    """Make the sample district if it is not there yet, then show it; the exit code is the program's."""
    office = user_data_path("drillapp", appauthor=False) / "sample" / "sample.office"
    if not office.exists():
        made = _make_sample(office)
        if made:
            return made
    if has_display():
        return _drillapp(office)
    print(f"There is no display: painting every page off-screen into {TOUR} …", flush=True)
    shown = _drillapp(office, "tour", "--out", str(ROOT / TOUR), QT_QPA_PLATFORM="offscreen")
    if shown == 0:
        print(f"Pictures and PDFs: {TOUR}", flush=True)
    return shown


def has_display() -> bool:
    """Whether a window can be shown here: always on Windows and macOS, by the environment elsewhere."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _make_sample(office: Path) -> int:
    """Fill the office under another name, so that one left unfinished is never taken for the sample."""
    print("Creating the sample district …", flush=True)
    part = office.with_name("unfinished") / office.name
    for old in part.parent.glob("*"):
        old.unlink()
    made = _drillapp(
        part, "init", "--name", "Sample district", "--level", "district", "--code", "110102", "--sample"
    )
    if made == 0:
        for file in part.parent.iterdir():
            file.rename(office.with_name(file.name))
    return made


def _drillapp(office: Path, *arguments: str, **environment: str) -> int:
    command = [sys.executable, "-m", "drillapp", "--office", str(office), *arguments]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
