"""The uids of records beside a ledger: written with it, and put back on the records that it made elsewhere."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, bindparam, select, update

from drillapp.core.database.base import in_blocks
from drillapp.core.database.tables import METADATA
from drillapp.core.kinds import KINDS
from drillapp.core.ledgers import reading
from drillapp.core.ledgers.as_shown import cell_text
from drillapp.core.ledgers.exporting import cells_of, ledger_blocks, ledger_ids
from drillapp.core.ledgers.layout import Field, Layout, layout
from drillapp.core.ledgers.shapes import Glance
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress

HEADER = "uid"
_UID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def uid_layout(kind: str) -> Layout:
    """The columns of a kind with that of the uids behind them, where its records have some."""
    shape = layout(kind)
    if not KINDS[kind].has_records:
        return shape
    return Layout(shape.label, (*shape.field, Field(HEADER, "text", (HEADER, HEADER))))


def uids(office: Office, kind: str, ids: Sequence[int]) -> dict[int, str]:
    """The uids of records by their keys."""
    table = _table(kind)
    with office.read() as connection:
        return dict(map(tuple, in_blocks(connection, select(table.c.id, table.c.uid), table.c.id, ids)))


def put_uids_back(office: Office, kind: str, path: Path, progress: Progress = SILENT) -> int:
    """Give the records of a kind the uids that stand beside equal rows of a file; returns how many uids were not taken.

    That is where no record is equal, and where a uid is none, stands there twice or is another record's. Raises what
    `reading.opened` raises for a file that cannot be read.
    """
    if not KINDS[kind].has_records:
        return 0
    wanting: dict[int, deque[int]] = {}
    ids = ledger_ids(office, KINDS[kind])
    for key, row in zip(ids, _rows_here(office, kind, ids), strict=True):
        wanting.setdefault(hash(row), deque()).append(key)
    rows = [(hash(row), uid) for row, uid in _rows_there(kind, path, progress) if uid]
    times = Counter(uid for _row, uid in rows)
    here = {uid: key for key, uid in uids(office, kind, ids).items()}
    found: dict[int, str] = {}
    lost = 0
    for looks, uid in rows:
        alike = wanting.get(looks)
        # A row of which the uid cannot be taken still uses up its record.
        wanted = alike.popleft() if alike else None
        if wanted is None or times[uid] > 1 or not _UID.fullmatch(uid) or here.get(uid, wanted) != wanted:
            lost += 1
        else:
            found[wanted] = uid
    if found:
        with office.write("take over uids") as work:
            _write(work.connection, _table(kind), found)
            work.changed("offices", office.id, {f"uids of {kind}": (None, len(found))})
    return lost


def _table(kind: str) -> Table:
    return METADATA.tables[KINDS[kind].table]


def _rows_here(office: Office, kind: str, ids: Sequence[int]) -> Iterator[tuple[str, ...]]:
    shape = layout(kind)
    for block in ledger_blocks(office, KINDS[kind], shape.names, ids):
        yield from (tuple(map(_plain, row)) for row in cells_of(shape, block))


def _rows_there(kind: str, path: Path, progress: Progress) -> Iterator[tuple[tuple[str, ...], str]]:
    """The rows of a file of ours with their uids."""
    width = len(layout(kind).field)

    def choose(_glance: Glance) -> reading.Choice:
        return reading.Choice(1, 1, tuple(range(width + 1)))

    with reading.opened(path, choose, progress) as sheet:
        for block in sheet.blocks:
            for row in zip(*block.columns, strict=True):
                yield tuple(map(_plain, row[:-1])), str(row[-1]).strip().lower()


def _plain(cell: Any) -> str:
    """A cell as it is compared: what is written as a number or day may come back as a text, and the other way round."""
    if cell is None:
        return ""
    return " ".join((cell_text(cell) if isinstance(cell, float) else str(cell)).split())


def _write(connection: Connection, table: Table, found: Mapping[int, str]) -> None:
    statement = update(table).where(table.c.id == bindparam("_id")).values(uid=bindparam("_uid"))
    connection.execute(statement, [{"_id": key, "_uid": uid} for key, uid in found.items()])


def with_uids(
    office: Office, kind: str, ids: Sequence[int], blocks: Iterable[Sequence[Any]]
) -> Iterator[list[Any]]:
    """Blocks of rows with the uid behind each."""
    known = uids(office, kind, ids) if KINDS[kind].has_records else {}
    place = 0
    for block in blocks:
        if known:
            yield [
                (*row, known[key]) for row, key in zip(block, ids[place : place + len(block)], strict=True)
            ]
        else:
            yield list(block)
        place += len(block)
