"""Writes rows as a ledger file of the kind an office would hand in."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path

from sample_district.words import columns, label

Value = str | int | bool | date | datetime | tuple[str, ...] | None
Row = Mapping[str, Value]


def write_ledger(folder: Path, kind: str, rows: Iterable[Row]) -> None:
    """Write one kind's rows as CSV, UTF-8 with BOM, under the ledger's official Chinese headers."""
    fields = columns(kind)
    with (folder / f"{kind}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([field["header"] for field in fields])
        for row in rows:
            writer.writerow([_cell(row.get(field["name"]), field["enumeration"]) for field in fields])


def _cell(value: Value, enumeration: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return label(enumeration, "yes" if value else "no")
    if isinstance(value, tuple):
        return "\u3001".join(label(enumeration, code) for code in value)
    if isinstance(value, date):  # a datetime is a date too, and its own format carries the time
        return value.isoformat()
    return label(enumeration, value) if enumeration and isinstance(value, str) and value else str(value)
