"""A look at an .xlsx archive before and beside calamine: is it safe, and which cells hold no value to read."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import IO, NamedTuple
from xml.etree import ElementTree

from drillapp.core.confined.packed import check_sizes, opened
from drillapp.core.confined.refusals import too_large, truncated
from drillapp.core.errors import DrillappError, InvalidInput
from drillapp.core.i18n import _
from drillapp.core.progress import Progress

MAX_CELLS = 64_000_000
MAX_FLAWS = 10_000
_CHUNK = 1024 * 1024
_SMALL_PART = 4 * 1024 * 1024
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension\s+ref="(?:[A-Z]+\d+:)?([A-Z]+)(\d+)"')
_FAR_CELL = re.compile(rb'<c\s[^>]*?\br="[A-Z]{3}\d+"[^>/]*>')
_FORMULA_CELL = re.compile(
    rb'<c\s([^>]*?)\br="([A-Z]+)(\d+)"([^>]*)>\s*<f(?:\s[^>]*)?(?:/>|>([^<]*)</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)
_ERROR_CELL = re.compile(
    rb'<c\s(?=[^>]*\bt="e")[^>]*?\br="([A-Z]+)(\d+)"[^>]*>(?:<f(?:/>|.*?(?:</f>|/>)))?<v>([^<]*)</v>'
)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"

Flaws = dict[tuple[int, int], str]
"""Cells that show something in the spreadsheet but hold no value: (row from 1, column from 0) to what is there."""


class Archive(NamedTuple):
    """The parts of an .xlsx file that has passed the safety check."""

    path: Path
    sheets: dict[str, str]
    """Name of a sheet to its part in the archive, in the workbook's order."""
    unzipped: int
    """Bytes of all parts together, as declared."""


def inspect(path: Path) -> Archive:
    """Check an .xlsx file's declared sizes and sheet areas; raises InvalidInput or Damaged instead of opening a trap."""
    with opened(path) as archive:
        unzipped = check_sizes(archive)
        sheets = _sheet_parts(archive)
        for part in sheets.values():
            _check_area(archive, part)
    return Archive(path, sheets, unzipped)


def find_flaws(archive: Archive, sheet: str, progress: Progress) -> Flaws:
    """Formulas that were saved without their results, and error values, of one sheet."""
    flaws: Flaws = {}
    part = archive.sheets.get(sheet)
    if part is None:
        return flaws
    with opened(archive.path) as file, file.open(part) as stream:
        size = file.getinfo(part).file_size
        for text in _pieces(stream, size, progress):
            _note_flaws(text, flaws)
            # A trap of this kind is a small file; for others the reading process's own limit is enough.
            if size < _SMALL_PART and _FAR_CELL.search(text):
                raise too_large(archive.path)
    return flaws


def not_a_spreadsheet(path: Path) -> DrillappError:
    """The error for a file that is something else, whatever its name says."""
    return InvalidInput(
        _("'{file}' is not a spreadsheet that can be read here.").format(file=path.name),
        _("Open it in a spreadsheet program and save it as .xlsx or .csv."),
    )


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    relations = _small_part(archive, "_rels/.rels")
    offices = [
        node.get("Target", "") for node in relations if node.get("Type", "").endswith("/officeDocument")
    ]
    workbook = offices[0].lstrip("/") if offices else ""
    if not workbook.endswith("workbook.xml"):
        raise not_a_spreadsheet(Path(str(archive.filename)))
    folder, name = posixpath.split(workbook)
    targets = {
        node.get("Id"): node.get("Target", "") for node in _small_part(archive, f"{folder}/_rels/{name}.rels")
    }
    sheets: dict[str, str] = {}
    for node in _small_part(archive, workbook).iter():
        relation = node.get(_RELATION) or node.get(_STRICT_RELATION)
        target = targets.get(relation, "")
        if node.tag.endswith("}sheet") and target:
            joined = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            )
            sheets[node.get("name", "")] = joined
    return sheets


def _small_part(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    path = Path(str(archive.filename))
    if part not in archive.namelist():
        raise not_a_spreadsheet(path)
    if archive.getinfo(part).file_size > _SMALL_PART:
        raise too_large(path)
    text = archive.read(part)
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise not_a_spreadsheet(path)
    return ElementTree.fromstring(text)


def _check_area(archive: zipfile.ZipFile, part: str) -> None:
    if part not in archive.namelist():
        raise truncated(Path(str(archive.filename)))
    with archive.open(part) as stream:
        found = _DIMENSION.search(stream.read(4096))
    if found and (column_number(found[1]) + 1) * int(found[2]) > MAX_CELLS:
        raise too_large(Path(str(archive.filename)))


def _pieces(stream: IO[bytes], size: int, progress: Progress) -> Iterator[bytes]:
    """The sheet in pieces that each end with a whole row, so that no cell is cut in two."""
    rest = b""
    read = 0
    while chunk := stream.read(_CHUNK):
        read += len(chunk)
        progress.step(read, size, _("Checking the file"))
        text = rest + chunk
        end = text.rfind(b"</row>") + 1
        rest = text[end:]
        if len(rest) > 64 * _CHUNK:
            raise zipfile.BadZipFile("a row without an end")
        yield text[:end]
    yield rest


def _note_flaws(text: bytes, flaws: Flaws) -> None:
    if b"<f" in text:
        for found in _FORMULA_CELL.finditer(text):
            # A formula whose result is an empty text says so with t="str" and is an empty cell.
            if b't="str"' not in found[1] + found[4] and len(flaws) < MAX_FLAWS:
                formula = unescape((found[5] or b"").decode("utf-8", "replace"))
                flaws[int(found[3]), column_number(found[2])] = f"={formula}"
    if b't="e"' in text:
        for found in _ERROR_CELL.finditer(text):
            if len(flaws) < MAX_FLAWS:
                flaws[int(found[2]), column_number(found[1])] = found[3].decode("utf-8", "replace")


def column_number(letters: bytes) -> int:
    """The position, from 0, of a column that a spreadsheet calls by letters."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
