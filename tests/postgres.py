"""A private PostgreSQL server for the tests: one a worker, in a folder of its own, reached by a socket in it.

The distribution's server programs are used; the distribution's server is not touched. A test that needs the
server fails with a sentence where the programs are missing, unless DRILLAPP_NO_POSTGRES=1 says to leave
these tests out.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import psycopg
import pytest

SUPERUSER = "drillapp"
SPEED_OVER_SAFETY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "50",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "max_parallel_workers_per_gather": "0",
    "shared_buffers": "32MB",
}


@dataclass(frozen=True)
class PostgresServer:
    """A running server, and the folder of its socket."""

    folder: Path

    def url(self, database: str) -> str:
        """The URL by which an office opens a database of this server."""
        return f"postgresql+psycopg://{SUPERUSER}@/{database}?host={self.folder}"

    def create(self, database: str, template: str = "template0") -> str:
        """Make a database as a copy of another and return its URL; nobody may be connected to the template."""
        self._administer(f'CREATE DATABASE "{database}" TEMPLATE "{template}" STRATEGY file_copy')
        return self.url(database)

    def drop(self, database: str) -> None:
        """Remove a database with whatever is still connected to it."""
        self._administer(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def _administer(self, statement: str) -> None:
        with psycopg.connect(
            host=str(self.folder), user=SUPERUSER, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement.encode())


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A server that lives as long as this test worker."""
    if os.environ.get("DRILLAPP_NO_POSTGRES") == "1":
        pytest.skip("DRILLAPP_NO_POSTGRES=1: tests on PostgreSQL are left out")
    programs = _programs()
    if programs is None:
        pytest.fail(
            "PostgreSQL's server programs are missing. `make test` installs them on Debian and Ubuntu "
            "(package postgresql); DRILLAPP_NO_POSTGRES=1 leaves these tests out.",
            pytrace=False,
        )
    with _running(programs) as server:
        yield server


@contextmanager
def _running(programs: Path) -> Iterator[PostgresServer]:
    # Not under pytest's own temporary folder: that one is closed to the account the server runs as, and its long
    # path would not fit a socket's 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="drillapp-pg-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))
    account = _account()
    if account:
        os.chown(folder, account["user"], account["group"])
    data = folder / "data"
    initdb = [
        "initdb",
        "-D",
        data,
        "-U",
        SUPERUSER,
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    ]
    settings = {**SPEED_OVER_SAFETY, "listen_addresses": "", "unix_socket_directories": str(folder)}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    log_path = folder / "log"
    try:
        with log_path.open("wb") as log:
            _start([programs / initdb[0], *initdb[1:]], log, account, folder).wait()
            server = _start([programs / "postgres", "-D", data, *options], log, account, folder)
        try:
            _wait_until_ready(server, folder, log_path)
            yield PostgresServer(folder)
        finally:
            server.send_signal(signal.SIGINT)  # a fast shutdown: open sessions are ended
            server.wait(30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _start(
    command: list[object], log: IO[bytes], account: dict[str, Any], folder: Path
) -> subprocess.Popen[bytes]:
    words = [str(part) for part in command]
    streams = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log}
    return subprocess.Popen(words, cwd=folder, preexec_fn=_end_with_parent, **streams, **account)


def _end_with_parent() -> None:
    """Let the server go down (SIGQUIT: at once) even when the test runner is killed and can tidy up nothing."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGQUIT)


def _wait_until_ready(server: subprocess.Popen[bytes], folder: Path, log_path: Path) -> None:
    give_up_at = time.monotonic() + 60
    while server.poll() is None and time.monotonic() < give_up_at:
        try:
            psycopg.connect(host=str(folder), user=SUPERUSER, dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.02)
        else:
            return
    pytest.fail(
        f"The PostgreSQL server did not start:\n{log_path.read_text(errors='replace')}", pytrace=False
    )


def _programs() -> Path | None:
    """The folder of initdb and postgres: the newest of the distribution's, or that on the search path."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    found = [folder for folder in folders if (folder / "initdb").exists()]
    if found:
        return found[-1]
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


def _account() -> dict[str, Any]:
    """The account the server runs as when the tests run as root, which PostgreSQL refuses; otherwise one's own."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return {}
    import pwd  # is not there on Windows

    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = known.get("postgres") or known["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
