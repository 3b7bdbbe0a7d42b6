"""A real X server for the tests that need one: Xvfb, started once a worker, on a display of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session")
def x_display() -> Iterator[str]:
    """The name of a display (`:N`) to pass as DISPLAY to a process, together with QT_QPA_PLATFORM=xcb."""
    program = shutil.which("Xvfb")
    if program is None:
        pytest.fail(
            "Xvfb is missing. `make test` installs it on Debian and Ubuntu (package xvfb).", pytrace=False
        )
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        [program, "-displayfd", str(write_end), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"],
        pass_fds=[write_end],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    with os.fdopen(read_end) as pipe:
        number = pipe.readline().strip()
    try:
        assert number, f"Xvfb ended with code {server.wait(10)} before it had a display"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(30)
