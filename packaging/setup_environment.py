"""Prepare `.venv` from the lock file, and the system libraries that Qt needs. Only the standard library is used.

    python3 packaging/setup_environment.py              what the program needs
    python3 packaging/setup_environment.py --dev        and the tools: linters, types, tests, packaging
    python3 packaging/setup_environment.py --tests      and the X and PostgreSQL servers of the tests
    python3 packaging/setup_environment.py --package    and what PyInstaller needs

Run again, it finds nothing to do and is done at once.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import system_packages

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "drillapp-setup.json"
LOCKS = {"run": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}
OLDEST, NEWEST = (3, 11), (3, 13)  # the versions for which every locked library has a wheel
NAMES = ("python3.11", "python3.12", "python3.13", "python3", "python")


def main() -> int:
    """Do what the options ask; the exit code is 0 when the program can be started."""
    options = _options()
    system_packages.install(_missing_packages(options))
    level = "dev" if options.dev or options.tests or options.package else "run"
    if not _is_current(level):
        _prepare(level)
    return 0


def venv_program(name: str, venv: Path = VENV) -> Path:
    """Where a program of the environment lies on this system."""
    return venv / "Scripts" / f"{name}.exe" if sys.platform == "win32" else venv / "bin" / name


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Prepare .venv and the system libraries.")
    parser.add_argument(
        "--dev", action="store_true", help="also the linters, the type checker and the test runner"
    )
    parser.add_argument("--tests", action="store_true", help="also the X and PostgreSQL servers of the tests")
    parser.add_argument("--package", action="store_true", help="also what PyInstaller needs")
    return parser.parse_args()


def _prepare(level: str) -> None:
    started = time.monotonic()
    STAMP.unlink(missing_ok=True)
    if _version(venv_program("python")) is None:
        _create_venv()
    lock = LOCKS[level]
    count = sum(line[:1].isalnum() for line in lock.read_text(encoding="utf-8").splitlines())
    print(f"Installing up to {count} libraries from {lock.name} (some 300 MB, a few minutes) …", flush=True)
    _pip("--require-hashes", "--no-deps", "-r", str(lock))
    _pip("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    _compile()
    STAMP.write_text(json.dumps(_state(level)), encoding="utf-8")
    print(
        f"Ready after {time.monotonic() - started:.0f} s: {venv_program('drillapp').relative_to(ROOT)}",
        flush=True,
    )


def _compile() -> None:
    """Compile the program as an installation does, so that the first start need not, nor each one where Python may not keep it."""
    python = str(venv_program("python"))
    _run([python, "-m", "compileall", "-q", "drillapp"], "The program could not be compiled.")


def _state(level: str) -> dict[str, str]:
    """All that the environment depends on: when one of these differs, it is made anew."""
    inputs = {"lock": LOCKS[level], "project": ROOT / "pyproject.toml"}
    state = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in inputs.items()}
    return {**state, "level": level, "folder": str(ROOT)}


def _is_current(level: str) -> bool:
    try:
        found = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    # The tools' lock holds all of the program's, so an environment with tools serves the program too.
    levels = ("run", "dev") if level == "run" else ("dev",)
    return found in [_state(each) for each in levels] and _version(venv_program("python")) is not None


def _missing_packages(options: argparse.Namespace) -> list[str]:
    """All that the system lacks, asked for at once."""
    missing = system_packages.missing_for_window()
    if options.tests:
        missing += system_packages.missing_for_tests()
    if options.package:
        missing += system_packages.missing_for_package()
    if _version(venv_program("python")) is None:
        missing += system_packages.missing_for_venv(_suitable_python())
    return missing


def _create_venv() -> None:
    python = _suitable_python()
    if system_packages.missing_for_venv(python):
        print("Without it .venv cannot be made.", file=sys.stderr)
        raise SystemExit(1)
    print("Creating .venv with Python {}.{} …".format(*_version(python) or ()), flush=True)
    _run([python, "-m", "venv", "--clear", str(VENV)], "The environment could not be created.")


def _suitable_python() -> str:
    """The interpreter that runs this, or the first of the usual names, of a version that the locks cover."""
    for python in _candidates():
        version = _version(python)
        if version and OLDEST <= version <= NEWEST:
            return python
    print(
        f"Python {OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]} is needed; none was found.",
        file=sys.stderr,
    )
    raise SystemExit(1)


def _candidates() -> Iterator[str]:
    yield sys.executable
    yield from filter(None, map(shutil.which, NAMES))
    launcher = shutil.which(
        "py"
    )  # Windows: versions side by side are found by their launcher, not by the path
    if launcher:
        for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
            command = [launcher, f"-3.{minor}", "-c", "import sys; print(sys.executable)"]
            yield subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def _version(python: Path | str) -> tuple[int, int] | None:
    """Major and minor version; None when it does not run (a pyenv shim without its version, a moved .venv)."""
    try:
        done = subprocess.run(
            [str(python), "-c", "import sys; print(*sys.version_info[:2])"],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        major, minor = done.stdout.split()
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return int(major), int(minor)


def _pip(*arguments: str) -> None:
    # A constraint file, a user install or required hashes set up for the machine are about other projects: here
    # the lock alone decides. An empty file, because pip takes an empty variable for an unset one.
    no_constraints = VENV / "no-constraints.txt"
    no_constraints.write_text("", encoding="utf-8")
    environment = {
        name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")
    }
    environment.update(PIP_CONSTRAINT=str(no_constraints), PIP_USER="0", PIP_REQUIRE_HASHES="0")
    quiet = ["--quiet", "--quiet", "--disable-pip-version-check", "--no-input", "--retries", "8"]
    command = [str(venv_program("python")), "-m", "pip", "install", *quiet, *arguments]
    _run(
        command,
        "The libraries could not be installed; see above. Is the package index reachable?",
        environment,
    )


def _run(command: list[str], failure: str, environment: dict[str, str] | None = None) -> None:
    if subprocess.run(command, env=environment, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode:
        print(failure, file=sys.stderr)
        raise SystemExit(1)


if __name__ == "__main__":
    raise SystemExit(main())
