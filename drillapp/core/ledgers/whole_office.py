"""A whole office as a folder of ledgers, and a new office from such a folder."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from sqlalchemy import func, select

from drillapp.core.database.tables import METADATA
from drillapp.core.errors import Conflict, InvalidInput, NotFound
from drillapp.core.i18n import _
from drillapp.core.kinds import KINDS
from drillapp.core.ledgers.exporting import ledger_blocks, ledger_ids, write_blocks
from drillapp.core.ledgers.importing import import_ledger
from drillapp.core.ledgers.layout import layout
from drillapp.core.ledgers.results import ImportResult
from drillapp.core.ledgers.sheets import SHEET_ROWS, folder_not_writable
from drillapp.core.ledgers.tables_copy import (
    LIST,
    NOT_COPIED,
    contents_of,
    digest,
    is_of_this_version,
    read_tables,
    write_tables,
)
from drillapp.core.ledgers.uids import put_uids_back, uid_layout, with_uids
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress

_NUMBER = re.compile(r"^\d+[\s_.-]*")
_SUFFIXES = (".xlsx", ".csv")
_NO_RECORDS = NOT_COPIED | {"ledger_mappings"}
"""Tables of what is remembered, which an office that holds nothing may have rows in."""
_FOUNDED = {"offices": 1, "units": 1, "unit_ancestors": 1}
"""Rows of a new office by their tables; the others are empty."""


class Ledger(NamedTuple):
    """A file of the folder."""

    kind: str
    path: Path
    rows: int


class Taken(NamedTuple):
    """What came of one file."""

    ledger: Path
    result: ImportResult
    without_uid: int
    """Rows whose records keep the new uid that they were given here."""


class Whole(NamedTuple):
    """What came of a folder."""

    rows: int
    """Rows of the tables beside the ledgers; 0 where there are none, or those of another version of the program."""
    taken: tuple[Taken, ...]
    """The ledgers that were read: of those beside tables only the ones that somebody changed."""
    missing: tuple[str, ...] = ()
    """Ledgers that were written with the tables and are not there any more; whole tables hold their rows too."""


def export_all(office: Office, folder: Path, progress: Progress = SILENT) -> list[Ledger]:
    """Write every ledger that has rows into a folder, each record with its uid; returns the ledgers.

    Beside them stands in a folder of its own what no ledger carries: texts of plans, papers, evaluations, pictures,
    settings. The folder is made where it is not there; what is stopped leaves nothing in it. Raises Conflict when it has ledgers in it already, Unavailable when a file cannot be
    written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _refuse_filled(folder)
        with TemporaryDirectory(dir=folder, prefix=".part-") as part:
            written = _write_all(office, Path(part), progress)
            # The tables first: they name the ledgers that belong to them.
            for path in sorted(Path(part).iterdir(), key=Path.is_file):
                path.rename(folder / path.name)
    except OSError as error:
        raise folder_not_writable(folder) from error
    return [one._replace(path=folder / one.path.name) for one in written]


def import_all(office: Office, folder: Path, progress: Progress = SILENT) -> Whole:
    """Fill a new office from what `export_all` wrote: an equal one, but for what was changed in the ledgers since.

    Without the tables, or with those of another version of the program, from the ledgers alone, each after those that it
    refers to; records keep their uids. Raises Conflict for an office that is in use, NotFound for a folder without
    ledgers, Damaged for tables that are not as they were written, InvalidInput naming file, row and column of the first
    cell that is refused: what was read before stays, as is told.
    """
    refuse_used(office)
    files = ledgers_in(folder)
    rows, beside = 0, next((path.parent for path in sorted(folder.glob(f"*/{LIST}"))), None)
    missing: tuple[str, ...] = ()
    if beside is not None:
        contents = contents_of(beside)
        missing = tuple(name for name in contents.ledgers if not (folder / name).is_file())
        if is_of_this_version(contents):
            rows = read_tables(office, beside, contents, progress)
            known = set(contents.ledgers.values())
            files = {kind: path for kind, path in files.items() if digest(path) not in known}
    taken: list[Taken] = []
    for kind, path in files.items():
        result = import_ledger(office, kind, path, progress=progress)
        if result.errors:
            raise _refused(path, result, taken)
        taken.append(Taken(path, result, 0 if rows else put_uids_back(office, kind, path, progress)))
    return Whole(rows, tuple(taken), missing)


def _write_all(office: Office, folder: Path, progress: Progress) -> list[Ledger]:
    written = [
        one
        for number, kind in enumerate(KINDS, 1)
        if (one := _export(office, number, kind, folder, progress))
    ]
    beside = folder / _("Everything else (do not change)")
    write_tables(office, beside, {one.path.name: digest(one.path) for one in written}, progress)
    return written


def _refuse_filled(folder: Path) -> None:
    if any(path.suffix.lower() in _SUFFIXES for path in folder.iterdir()):
        raise Conflict(
            _("There are ledgers in '{folder}' already.").format(folder=folder),
            _("Choose an empty folder, so that old and new ones do not mix."),
        )


def _export(office: Office, number: int, kind: str, folder: Path, progress: Progress) -> Ledger | None:
    ids = ledger_ids(office, KINDS[kind])
    if not ids:
        return None
    suffix = ".xlsx" if len(ids) <= SHEET_ROWS else ".csv"
    path = folder / f"{number:02d} {layout(kind).title}{suffix}"
    blocks = ledger_blocks(office, KINDS[kind], layout(kind).names, ids, progress)
    write_blocks(path, uid_layout(kind), with_uids(office, kind, ids, blocks))
    return Ledger(kind, path, len(ids))


def ledgers_in(folder: Path) -> dict[str, Path]:
    """The files of a folder by their kinds, in the order in which they are read; raises NotFound."""
    names = {word: kind for kind in KINDS for word in (kind, *layout(kind).label.values())}
    found: dict[str, Path] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        kind = names.get(_NUMBER.sub("", path.stem).strip()) if path.suffix.lower() in _SUFFIXES else None
        if kind is not None:
            found[kind] = path
    if not found:
        raise NotFound(
            _("There are no ledgers of an office in '{folder}'.").format(folder=folder),
            _("Choose the folder that “drillapp export-all” wrote."),
        )
    return {kind: found[kind] for kind in KINDS if kind in found}


def refuse_used(office: Office) -> None:
    """Raise Conflict for an office in which something was entered already."""
    tables = [table for table in METADATA.sorted_tables if table.name not in _NO_RECORDS]
    with office.read() as connection:
        used = any(
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            > _FOUNDED.get(table.name, 0)
            for table in tables
        )
    if used:
        raise Conflict(
            _("This office is in use: a whole office can only be brought into a new one."),
            _("Make a new office for it, or bring single ledgers in."),
        )


def _refused(path: Path, result: ImportResult, taken: list[Taken]) -> InvalidInput:
    first = result.errors[0]
    message = _("{file}, row {row}, {column}: {message}").format(
        file=path.name, row=first.row, column=first.column, message=first.message
    )
    hint = _(
        "{count} cells are refused. {done} ledgers were brought in before: correct the file, and begin with a new office."
    )
    return InvalidInput(message, hint.format(count=len(result.errors), done=len(taken)), field=first.field)
