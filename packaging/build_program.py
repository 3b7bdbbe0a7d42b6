"""Build dist/drillapp with PyInstaller, then start it once as a person would, with a home of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "dist" / "drillapp" / ("drillapp.exe" if sys.platform == "win32" else "drillapp")
PICTURE = ROOT / "build" / "package.png"


def main() -> int:
    """Build and check; the exit code is 0 when the built program made an office and showed its window."""
    print("Building dist/drillapp (two to four minutes) …", flush=True)
    build = [
        "PyInstaller",
        "--noconfirm",
        "--log-level",
        "ERROR",
        "--workpath",
        "build/pyinstaller",
        "build.spec",
    ]
    subprocess.run([sys.executable, "-m", *build], cwd=ROOT, check=True)
    with tempfile.TemporaryDirectory() as home:
        _try_out(Path(home))
    size = sum(
        path.stat().st_size for path in PROGRAM.parent.rglob("*") if path.is_file() and not path.is_symlink()
    )
    print(
        f"{PROGRAM.parent.relative_to(ROOT)}: {size / 1e6:.0f} MB. It started; see {PICTURE.relative_to(ROOT)}."
    )
    return 0


def _try_out(home: Path) -> None:
    office = home / "try.drill"
    _start(
        home, "--office", str(office), "init", "--name", "Packaging check", "--level", "district", "--sample"
    )
    _start(home, "--office", str(office), "check")
    ledger = str(home / "units.xlsx")
    _start(home, "--office", str(office), "export", "units", ledger)
    # Foreign files are read in a child process of the program, which a bundle has to be able to start.
    again = json.loads(_start(home, "--office", str(office), "import", "units", ledger, "--json"))
    assert again["read"] == again["unchanged"] > 0, again
    _start(home, "--office", str(office), "report", "readiness", "-o", str(home / "readiness.pdf"))
    PICTURE.unlink(missing_ok=True)
    shown = _start(home, "--office", str(office), "window", "--exit-when-shown", "--grab", str(PICTURE))
    assert json.loads(shown)["shown_ms"] > 0
    assert PICTURE.stat().st_size > 10_000, "the picture of the window is empty"


def _start(home: Path, *arguments: str) -> str:
    """Run the built program away from this checkout's Python; its standard output."""
    folders = dict.fromkeys(
        ("HOME", "USERPROFILE", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA"), str(home)
    )
    environment = {**os.environ, **folders, "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONPATH", None)
    done = subprocess.run(
        [str(PROGRAM), *arguments],
        cwd=home,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    # The window shows a bug and goes on, so that its exit code alone would not tell of a page left out of the bundle.
    if done.returncode or "Traceback" in done.stderr:
        print(done.stderr, file=sys.stderr)
        raise SystemExit(f"drillapp {' '.join(arguments)} failed with exit code {done.returncode}.")
    return done.stdout


if __name__ == "__main__":
    raise SystemExit(main())
