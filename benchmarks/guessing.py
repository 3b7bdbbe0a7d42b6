"""A ledger of 100,000 rows is understood, before it is read, as fast as its sheet can be unpacked and no slower than a second."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from benchmarks.district import PLACE, District
from benchmarks.figure import Figure, compared
from drillapp.core.ledgers.guessing.guess import guess
from drillapp.core.ledgers.heads import glances
from drillapp.core.progress import SILENT

_ROWS = 100_000
_FIELDS = (
    "number", "unit_code", "title", "plan_number", "kind", "hazard", "evacuation", "unannounced", "content", "form",
    "purpose", "planned_on", "started_at", "ended_at", "place", "leader", "expected", "participants", "rating", "third_party",
)  # fmt: skip
_CEILING = 1000


def figures(_district: District) -> Iterator[Figure]:
    """The first look at all sheets and the guess, against unpacking the sheet."""
    ledger = PLACE / "drills-to-guess.xlsx"
    if not ledger.exists():
        _write_ledger(ledger)
    yield compared(
        f"guess of {_ROWS:,} drills in xlsx",
        lambda: _guess(ledger),
        lambda: _unpack(ledger),
        float("inf"),
        ceiling=_CEILING,
    )


def _guess(ledger: Path) -> None:
    found = guess(glances(ledger, SILENT))
    if found.kind != "drills" or len(found.columns) != len(_FIELDS):
        raise RuntimeError(f"guessed as {found.kind} with {len(found.columns)} columns")


def _unpack(ledger: Path) -> None:
    with zipfile.ZipFile(ledger) as archive, archive.open("xl/worksheets/sheet1.xml") as sheet:
        while sheet.read(1024 * 1024):
            continue


def _write_ledger(path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        shown = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.write_row(0, 0, _FIELDS)
        for row in range(1, _ROWS + 1):
            day = datetime.combine(date(2024, 1, 1) + timedelta(row % 700), time(9))
            for column, name in enumerate(_FIELDS):
                if name.endswith(("_on", "_at")):
                    sheet.write_datetime(row, column, day, shown)
                elif name in ("expected", "participants"):
                    sheet.write_number(row, column, row % 90)
                elif name in ("evacuation", "unannounced", "third_party"):
                    sheet.write_string(row, column, "yes" if row % 3 else "no")
                else:
                    sheet.write_string(row, column, f"{name} {row}")
