"""Workbooks for the tests, made as other programs would save them, and some that nobody should open."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import openpyxl

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(path: Path, *sheets: Iterable[Sequence[Any]], names: Sequence[str] = ()) -> Path:
    """Write rows to the sheets of a new .xlsx file."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(names[number] if names else f"表{number + 1}")
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def delimited(path: Path, rows: Iterable[Sequence[str]], encoding: str = "utf-8", mark: str = ",") -> Path:
    """Write rows without quoting to a text file."""
    path.write_bytes("\r\n".join(mark.join(row) for row in rows).encode(encoding))
    return path


def sheet_xml(cells: str, dimension: str = "A1:B2") -> bytes:
    """A sheet's XML around rows of cells."""
    return f'<worksheet xmlns="{_MAIN}"><dimension ref="{dimension}"/><sheetData>{cells}</sheetData></worksheet>'.encode()


def with_sheet(path: Path, xml: Iterable[bytes]) -> Path:
    """A workbook whose only sheet has this XML, written in pieces so that it may be large when unpacked."""
    plain = workbook(path.with_name("plain.xlsx"), [["x"]])
    with (
        zipfile.ZipFile(plain) as source,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        for entry in source.infolist():
            if entry.filename != "xl/worksheets/sheet1.xml":
                target.writestr(entry.filename, source.read(entry))
        with target.open("xl/worksheets/sheet1.xml", "w") as part:
            for piece in xml:
                part.write(piece)
    plain.unlink()
    return path
