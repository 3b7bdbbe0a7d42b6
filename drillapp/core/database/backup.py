"""Verified copies of an office file, made while it is in use, and the way back from them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from sqlalchemy import text

from drillapp.core.database import keys, schema
from drillapp.core.database.engine import file_engine
from drillapp.core.errors import Conflict, Damaged, InvalidInput, NotFound, Unavailable
from drillapp.core.i18n import _
from drillapp.core.journal import chain
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress

_PAGES_A_STEP = 2000
_BESIDE = ("-wal", "-shm")
"""What the database keeps beside its file while it is open."""


def backup(office: Office, target: Path, progress: Progress = SILENT) -> None:
    """Write a verified copy of an open office, with its key slots beside it.

    Raises InvalidInput when the target is the office itself, Unavailable for an office on a server.
    """
    if office.is_server:
        raise Unavailable(
            _("An office on a server is backed up on the server."),
            _("Use the server's own tool, pg_dump."),
        )
    source = Path(office.location)
    _refuse_itself(target, source)
    copy_file(source, target, progress)


def restore(source: Path, location: Path) -> None:
    """Put a backup in the place of an office file; what was there before is kept beside it.

    Raises NotFound, Damaged (the backup does not verify), Unavailable (the office is open).
    """
    from drillapp.core.database.opening import lock_file

    if not source.is_file():
        raise NotFound(_("There is no backup file {file}.").format(file=source), _("Check the path."))
    _refuse_itself(source, location)
    verify(source)
    lock = lock_file(location)
    if lock is None:
        raise Unavailable(
            _("The office {file} is open for writing in another window or process.").format(
                file=location.name
            ),
            _("Close it there, then try again."),
        )
    try:
        _keep_aside(location)
        copy_file(source, location)
    finally:
        lock.release()


def copy_file(source: Path, target: Path, progress: Progress = SILENT) -> None:
    """Copy an office file page by page through the database itself, verify the copy, then give it its name."""
    from sqlcipher3.dbapi2 import OperationalError  # type: ignore[import-untyped]

    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy(source, target, progress)
    except (OSError, OperationalError) as error:
        raise Unavailable(
            _("The copy {file} cannot be written: {reason}").format(
                file=target, reason=getattr(error, "strerror", None) or error
            ),
            _("Check the folder's permissions and free space."),
        ) from error


def verify(path: Path) -> None:
    """Raise Damaged unless the file opens with its key, is whole, and its journal's chain holds."""
    engine = file_engine(path, keys.read_key(path))
    try:
        with engine.connect() as connection:
            whole = connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
            schema.version(connection)
            broken = next(chain.broken_entries(connection), None)
    except Exception as error:
        raise Damaged(
            _("{file} is not a readable office file.").format(file=path.name), _("Choose another file.")
        ) from error
    finally:
        engine.dispose()
    if not whole or broken is not None:
        raise Damaged(_("{file} is damaged.").format(file=path.name), _("Use an older backup."))


def _copy(source: Path, target: Path, progress: Progress) -> None:
    key = keys.read_key(source)
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        _copy_pages(source, part, key, progress)
        shutil.copyfile(keys.key_path(source), keys.key_path(part))
        verify(part)
        # A log left behind by what had this name before would be taken for the copy's own.
        for end in _BESIDE:
            target.with_name(target.name + end).unlink(missing_ok=True)
        os.replace(keys.key_path(part), keys.key_path(target))
        os.replace(part, target)
    finally:
        for leftover in (part, keys.key_path(part), *(part.with_name(part.name + end) for end in _BESIDE)):
            leftover.unlink(missing_ok=True)


def _copy_pages(source: Path, target: Path, key: bytes, progress: Progress) -> None:
    from_engine, to_engine = file_engine(source, key), file_engine(target, key)
    try:
        with from_engine.connect() as reading, to_engine.connect() as writing:
            reader, writer = reading.connection.driver_connection, writing.connection.driver_connection
            assert reader is not None and writer is not None
            # One snapshot: otherwise each change made meanwhile would start the copy anew.
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM sqlite_master").fetchall()
            reader.backup(
                writer,
                pages=_PAGES_A_STEP,
                progress=lambda _status, left, total: progress.step(total - left, total, _("Copying")),
            )
    finally:
        from_engine.dispose()
        to_engine.dispose()


def _keep_aside(location: Path) -> None:
    if not location.exists():
        return
    aside = location.with_name(location.name + ".before-restore")
    if aside.exists():
        raise Conflict(
            _("{file} is still there from an earlier restore.").format(file=aside.name),
            _("Move it away first: it holds what the office was before."),
        )
    # Byte by byte, since it may be damaged: that may be why a backup is put in its place.
    for end in ("-wal", keys.key_path(location).name.removeprefix(location.name), ""):
        part = location.with_name(location.name + end)
        if part.exists():
            shutil.copyfile(part, aside.with_name(aside.name + end))


def _refuse_itself(copy: Path, office: Path) -> None:
    if copy.resolve() == office.resolve():
        raise InvalidInput(
            _("The copy cannot replace the office itself."), _("Choose another file."), field="file"
        )
