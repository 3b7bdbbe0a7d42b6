"""The tables of an office as text files: what no ledger carries goes out and comes back with them.

Records keep their keys and uids. The files are not for people to change: each is known by its SHA-256.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, update

from drillapp.core.database.engine import is_postgres
from drillapp.core.database.schema import HEAD
from drillapp.core.database.tables import METADATA
from drillapp.core.errors import Damaged, InvalidInput
from drillapp.core.i18n import _
from drillapp.core.ledgers.tables_text import reader, written
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.search.rebuild import rebuild

LIST = "list.json"
_FILES = "files"
NOT_COPIED = frozenset({"journal", "ledger_imports", "remembered_figures"})
"""What tells how the office came to be as it is, and what is worked out anew."""
_BLOCK = 2000
_CELL = 64 * 1024 * 1024


class Contents(msgspec.Struct, frozen=True):
    """What lies in the folder, by which it is known to be whole and unchanged."""

    schema: str
    office: str
    files: dict[str, str]
    """Name of a file to its SHA-256."""
    ledgers: dict[str, str] = {}
    """The same of the ledgers beside it: those that are as they were need not be read."""


def write_tables(
    office: Office, folder: Path, ledgers: Mapping[str, str], progress: Progress = SILENT
) -> None:
    """Write all tables into a folder, which is made; raises OSError when that cannot be done."""
    (folder / _FILES).mkdir(parents=True)
    tables = _tables()
    with office.read() as connection:
        for number, table in enumerate(tables):
            progress.step(number, len(tables), table.name)
            _write_table(connection, table, folder)
    files = {
        path.relative_to(folder).as_posix(): digest(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    contents = Contents(HEAD, office.name, files, dict(ledgers))
    (folder / LIST).write_bytes(msgspec.json.format(msgspec.json.encode(contents)))


def contents_of(folder: Path) -> Contents:
    """What the folder says that it holds; raises Damaged unless all of it is there as it was written."""
    try:
        contents = msgspec.json.decode((folder / LIST).read_bytes(), type=Contents)
    except (OSError, msgspec.DecodeError) as error:
        raise _damaged(LIST) from error
    for name, expected in contents.files.items():
        path = folder / name
        if ".." in Path(name).parts or not path.is_file() or digest(path) != expected:
            raise _damaged(name)
    return contents


def is_of_this_version(contents: Contents) -> bool:
    """Whether the tables are those of this program."""
    return contents.schema == HEAD


def read_tables(office: Office, folder: Path, contents: Contents, progress: Progress = SILENT) -> int:
    """Put the tables in the place of a new office's own, all or nothing; returns how many rows.

    Raises InvalidInput for tables of another version, Damaged for what does not fit together.
    """
    if not is_of_this_version(contents):
        raise InvalidInput(_("These tables are of another version of the program."))
    tables, count = _tables(), 0
    with office.write("bring in a whole office") as work:
        # What undoes earlier imports goes too: the keys that it names are other records' from here on.
        gone = [METADATA.tables[name] for name in ("remembered_figures", "ledger_imports")]
        for table in (*gone, *reversed(tables)):
            work.connection.execute(delete(table))
        for number, table in enumerate(tables):
            progress.step(number, len(tables), table.name)
            count += _read_table(work.connection, table, folder)
        _check_references(work.connection)
        rebuild(work.connection)
        work.changed("offices", office.id, {"tables": (None, contents.office)})
        work.touched("units", None)
        office.know_itself(work.connection)
    return count


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _tables() -> list[Table]:
    return [table for table in METADATA.sorted_tables if table.name not in NOT_COPIED]


def _write_table(connection: Connection, table: Table, folder: Path) -> None:
    order = list(table.primary_key.columns)
    rows = connection.execute(select(table).order_by(*order).execution_options(yield_per=_BLOCK))
    with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(table.c.keys())
        for row in rows:
            writer.writerow([written(value, folder / _FILES) for value in row])


def _read_table(connection: Connection, table: Table, folder: Path) -> int:
    own = [column.name for column in table.c if any(key.column.table is table for key in column.foreign_keys)]
    links: list[dict[str, Any]] = []
    count = 0
    for block in _blocks(table, folder):
        for row in block if own else ():
            # What refers to its own table may stand before what it refers to.
            links += [
                {"_id": row["id"], "_name": name, "_to": row[name]} for name in own if row[name] is not None
            ]
            row.update(dict.fromkeys(own))
        connection.execute(insert(table), block)
        count += len(block)
    for name in own:
        wanted = [{"_id": one["_id"], "_to": one["_to"]} for one in links if one["_name"] == name]
        if wanted:
            statement = update(table).where(table.c.id == bindparam("_id")).values({name: bindparam("_to")})
            connection.execute(statement, wanted)
    if count and is_postgres(connection) and "id" in table.c:
        last = select(
            func.setval(
                func.pg_get_serial_sequence(table.name, "id"), select(func.max(table.c.id)).scalar_subquery()
            )
        )
        connection.execute(last)
    return count


def _blocks(table: Table, folder: Path) -> Iterator[list[dict[str, Any]]]:
    csv.field_size_limit(_CELL)
    with (folder / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        names = next(rows)
        if names != table.c.keys():
            raise _damaged(f"{table.name}.csv")
        readers = [reader(column, folder / _FILES) for column in table.c]
        while block := list(islice(rows, _BLOCK)):
            yield [_row(table, names, readers, row) for row in block]


def _row(table: Table, names: Sequence[str], readers: Sequence[Any], row: Sequence[str]) -> dict[str, Any]:
    try:
        return {name: read(text) for name, read, text in zip(names, readers, row, strict=True)}
    except (ValueError, OSError) as error:
        raise _damaged(f"{table.name}.csv") from error


def _check_references(connection: Connection) -> None:
    if is_postgres(connection):
        return  # it checks each row as it comes
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise _damaged(f"{broken[0]}.csv")


def _damaged(name: str) -> Damaged:
    return Damaged(
        _("'{file}' is not as it was written.").format(file=name),
        _(
            "Take the whole folder as it was written; what is to be changed belongs into the ledgers beside it."
        ),
    )
