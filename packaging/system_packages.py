"""What the operating system must bring, found by looking for the things themselves, not for package names."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

# The shared libraries that Qt's xcb, wayland and offscreen plugins are linked to, with the Debian and Ubuntu
# package of each. They are not in the wheels.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
POSTGRES_FOLDERS = "/usr/lib/postgresql"


def missing_for_window() -> list[str]:
    """The packages of those Qt libraries that this machine cannot load; none outside Linux."""
    if sys.platform != "linux":
        return []
    return sorted(package for library, package in QT_LIBRARIES.items() if not _loads(library))


def missing_for_tests() -> list[str]:
    """The packages of the X server and the PostgreSQL server that the tests start for themselves."""
    if sys.platform != "linux":
        return []
    missing = [] if shutil.which("Xvfb") else ["xvfb"]
    if not shutil.which("initdb") and not list(Path(POSTGRES_FOLDERS).glob("*/bin/initdb")):
        missing.append("postgresql")
    return missing


def missing_for_package() -> list[str]:
    """The package of objdump, which PyInstaller reads the libraries with."""
    return ["binutils"] if sys.platform == "linux" and not shutil.which("objdump") else []


def missing_for_venv(python: str) -> list[str]:
    """The package in which Debian and Ubuntu keep the part of Python that makes environments with pip in them."""
    script = "import sys; print('python%d.%d-venv' % sys.version_info[:2]); import ensurepip, venv"
    probe = subprocess.run([python, "-c", script], capture_output=True, text=True, check=False)
    return [probe.stdout.strip()] if probe.returncode else []


def install(packages: Iterable[str]) -> bool:
    """Install packages when that is allowed here; otherwise print the one command that does; tell whether they came."""
    wanted = list(packages)
    if not wanted:
        return True
    if not shutil.which("apt-get"):
        print(f"Please install what your system calls {' '.join(wanted)}", flush=True)
        return False
    if os.geteuid() != 0:
        print(f"Please run this once:\n    sudo apt-get install -y {' '.join(wanted)}", flush=True)
        return False
    print(f"Installing {' '.join(wanted)} …", flush=True)
    return _apt("update") and _apt("install", "-y", "--no-install-recommends", *wanted)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _apt(*arguments: str) -> bool:
    command = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3", *arguments]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        print("\n".join((done.stdout + done.stderr).splitlines()[-15:]), flush=True)
        print(f"apt-get {arguments[0]} failed (exit code {done.returncode}).", flush=True)
    return done.returncode == 0
