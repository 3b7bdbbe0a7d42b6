"""A ledger of 120,000 drills as a workbook, against XlsxWriter alone writing the same cells in constant memory."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.district import PLACE, District
from benchmarks.figure import Figure, milliseconds
from drillapp.core.kinds import KINDS
from drillapp.core.ledgers.exporting import cells_of, export_ledger, ledger_blocks, ledger_ids
from drillapp.core.ledgers.layout import layout
from drillapp.core.office import Office

_ROUNDS = 3


def figures(district: District) -> Iterator[Figure]:
    """The export of all drills of the district, in each of which some twenty columns are filled."""
    path = PLACE / f"export-{district.size:g}.xlsx"
    with district.open() as office:
        count, columns = _measure(office, path)
        rows = _cells(office)
        times = [
            (
                milliseconds(lambda: export_ledger(office, "drills", path)),
                milliseconds(lambda: _bare(path, rows)),
            )
            for _ in range(_ROUNDS)
        ]
    path.unlink()
    ours, floor = map(statistics.median, zip(*times, strict=True))
    yield Figure(f"export of {count:,} drills × {columns} to xlsx", ours, floor, 1.3)


def _measure(office: Office, path: Path) -> tuple[int, int]:
    """Once for the caches; how large the ledger is."""
    return export_ledger(office, "drills", path, unit_code=None), len(layout("drills").field)


def _cells(office: Office) -> list[Sequence[Any]]:
    shape, kind = layout("drills"), KINDS["drills"]
    blocks = ledger_blocks(office, kind, shape.names, ledger_ids(office, kind))
    return [row for block in blocks for row in cells_of(shape, block)]


def _bare(path: Path, rows: Sequence[Sequence[Any]]) -> None:
    """What a program of twenty lines would do with the cells at hand, texts as texts and days as days too."""
    from xlsxwriter import Workbook

    with closing(Workbook(str(path), {"constant_memory": True})) as book:
        sheet = book.add_worksheet()
        day, text = (book.add_format({"num_format": shown}) for shown in ("yyyy-mm-dd", "@"))
        for place, field in enumerate(layout("drills").field):
            sheet.set_column(place, place, 20, text if field.type in ("text", "moment") else None)
        for number, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, place, value)
                elif isinstance(value, date):
                    sheet.write_datetime(number, place, value, day)
                elif value is not None:
                    sheet.write_number(number, place, value)
