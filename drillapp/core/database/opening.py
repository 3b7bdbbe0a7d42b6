"""Opening an office's engine: the write lock, the key, and the version of the tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError, OperationalError

from drillapp.core.database import keys, schema
from drillapp.core.database.engine import WRITING, file_engine, is_postgres_url, server_engine
from drillapp.core.errors import Damaged, NotFound, Unavailable
from drillapp.core.i18n import _

if TYPE_CHECKING:
    from filelock import BaseFileLock

    from drillapp.core.office import Mode


class Opened(NamedTuple):
    """An engine whose tables are current."""

    engine: Engine
    lock: BaseFileLock | None
    writable: bool


def open_engine(location: str, mode: Mode) -> Opened:
    """Open the engine of an existing office."""
    if is_postgres_url(location):
        return _open_server(location, mode)
    return _open_file(Path(location), mode)


def lock_file(path: Path) -> BaseFileLock | None:
    """The write lock of an office file, or None when another process holds it."""
    from filelock import FileLock, Timeout

    lock = FileLock(path.with_name(path.name + ".lock"), thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return None
    except OSError as error:
        raise Unavailable(
            _("The folder {folder} cannot be written to.").format(folder=path.parent),
            _("Check the folder's permissions and free space."),
        ) from error
    return lock


def _open_server(url: str, mode: Mode) -> Opened:
    engine = server_engine(url)
    try:
        with engine.connect() as connection, connection.begin():
            if not schema.is_current(connection):
                schema.upgrade(connection)
    except OperationalError as error:
        engine.dispose()
        raise Unavailable(
            _("The server does not answer: {reason}").format(reason=str(error.orig).strip().splitlines()[0]),
            _("Check the address, the network and that the server runs."),
        ) from error
    except BaseException:
        engine.dispose()
        raise
    return Opened(engine, None, mode != "read")


def _open_file(path: Path, mode: Mode) -> Opened:
    if not path.is_file():
        raise NotFound(
            _("There is no office file {file}.").format(file=path),
            _("Create one with 'drillapp init', or choose another file."),
        )
    key = keys.read_key(path)
    lock = None if mode == "read" else lock_file(path)
    if lock is None and mode == "write":
        raise Unavailable(
            _("The office {file} is open for writing in another window or process.").format(file=path.name),
            _("Close it there, then try again."),
        )
    try:
        return Opened(_current_engine(path, key, lock), lock, lock is not None)
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def _current_engine(path: Path, key: bytes, lock: BaseFileLock | None) -> Engine:
    engine = file_engine(path, key)
    try:
        if path.stat().st_size == 0:
            # The database would take an empty file for a new one of its own, and fill it.
            raise Damaged(
                _("The office file {file} is empty.").format(file=path.name),
                _("Restore the last backup with 'drillapp restore'."),
            )
        with engine.connect() as connection:
            current = schema.is_current(connection)
        if not current:
            _upgrade(path, engine, lock)
    except OperationalError as error:
        engine.dispose()
        raise Unavailable(
            _("The office file {file} cannot be read just now: {reason}").format(
                file=path.name, reason=error.orig
            ),
            _("Check the drive and the folder's permissions, then try again."),
        ) from error
    except DatabaseError as error:
        engine.dispose()
        raise Damaged(
            _("The office file {file} cannot be read: it is damaged or not an office.").format(
                file=path.name
            ),
            _("Restore the last backup with 'drillapp restore'."),
        ) from error
    except BaseException:
        engine.dispose()
        raise
    return engine


def _upgrade(path: Path, engine: Engine, lock: BaseFileLock | None) -> None:
    """Bring an older file up to date; who only reads takes the lock for so long."""
    held = lock or lock_file(path)
    if held is None:
        raise Unavailable(
            _("The office {file} must be upgraded first, and another process holds it.").format(
                file=path.name
            ),
            _("Close it there, then open it once for writing."),
        )
    try:
        _upgrade_locked(path, engine)
    finally:
        if held is not lock:
            held.release()


def _upgrade_locked(path: Path, engine: Engine) -> None:
    from drillapp.core.database.backup import copy_file

    with engine.connect() as connection:
        before = schema.version(connection)
    copy_file(path, path.with_name(f"{path.name}.before-upgrade-from-{before}"))
    with engine.connect().execution_options(**{WRITING: True}) as connection:
        upgrade_file(connection)


def upgrade_file(connection: Connection) -> None:
    """Upgrade the tables of an office file in one transaction."""
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        with connection.begin():
            schema.upgrade(connection)
    finally:
        driver.execute("PRAGMA foreign_keys = ON")
