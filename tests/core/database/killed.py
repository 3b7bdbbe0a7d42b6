"""A process that works on an office until it is killed; it acknowledges each command once it is committed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path

from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.ledgers.importing import import_ledger
from drillapp.core.office import Office
from drillapp.core.search.tokens import tokens
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry

tokens("预案")  # reads the table of pinyin once for all lives

OWN = "110102"
BULK = 10_000
IN_BULK = "成批单位"
"""The name of each unit that came in bulk."""


def work(location: Path, life: int, in_bulk: bool, acknowledge: Connection) -> None:
    """Save without end: single units and drills, or import ledgers of units, the first an .xlsx that lies there."""
    with Office.open(location) as office:
        acknowledge.send_bytes(b"open")
        for number in range(1_000_000):
            name = f"{life}-{number}"
            if in_bulk:
                _save_many(office, name, location.parent)
            else:
                _save_one(office, name)
            acknowledge.send_bytes(name.encode())


def _save_one(office: Office, name: str) -> None:
    save_units(office, [UnitEntry(code=name, name=name, parent_code=OWN)])
    save_drills(office, [DrillEntry(number=name, unit_code=name, title=name, planned_on=date(2026, 1, 1))])


def _save_many(office: Office, name: str, folder: Path) -> None:
    workbook = folder / f"{name}.xlsx"
    path = workbook if workbook.exists() else folder / f"{name}.csv"
    if path != workbook:
        path.write_text("\n".join(",".join(row) for row in rows_in_bulk(name)), encoding="utf-8")
    result = import_ledger(office, "units", path)
    assert result.created == BULK, result.errors[:1]


def rows_in_bulk(name: str) -> Iterator[tuple[str, ...]]:
    """The ledger that is imported under this name: its header and its rows."""
    yield ("单位编码", "单位名称", "上级单位编码")
    for number in range(BULK):
        yield (f"{name}-{number}", IN_BULK, OWN)
