"""A look at an .xlsx archive before and beside calamine: is it safe, and which cells hold no value to read."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from itertools import islice
from pathlib import Path
from typing import IO, Literal, NamedTuple
from xml.etree import ElementTree

from drillapp.core.confined.packed import check_sizes, opened
from drillapp.core.confined.refusals import protected, too_large, truncated, uncertain
from drillapp.core.errors import DrillappError, InvalidInput
from drillapp.core.i18n import _
from drillapp.core.ledgers import hidden
from drillapp.core.ledgers.hidden import column_number
from drillapp.core.ledgers.look import MAX_FLAWS, MAX_HIDDEN_ROWS, MAX_MERGED, MAX_SHOWN, Look, nothing_seen
from drillapp.core.ledgers.padded import Padding, padded, padding, pattern
from drillapp.core.progress import Progress

MAX_CELLS = 64_000_000
_CHUNK = 1024 * 1024
_SMALL_PART = 4 * 1024 * 1024
_MOST_OF_ROW = 16 * _CHUNK
_OTHERS_READ = ("sharedstrings.xml", "styles.xml")
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension\s+ref="(?:[A-Z]{1,3}\d{1,7}:)?([A-Z]{1,3})(\d{1,7})"')
# No pattern looks further than the next mark of an element, and what is looked for within one stands in a look ahead,
# which is not tried again: so a hostile text takes no longer than others.
_FAR_CELL = re.compile(rb'<(?:\w+:)?c\s(?=[^<>]*\br="[A-Z]{3}\d)[^<>/]*>')
_PLACE = rb"""(?:(?=[^<>]*?\br=["']([A-Z]{1,3})(\d{1,7})["']))?+"""
_FORMULA = rb"<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>([^<]*)</(?:\w+:)?f>)"
_FORMULA_CELL = re.compile(
    rb"<(?:\w+:)?c(?=[\s>])" + _PLACE + rb"([^<>]*)>\s*" + _FORMULA
    + rb"(?:\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>))?\s*</(?:\w+:)?c>"
)  # fmt: skip
_ERROR_CELL = re.compile(
    rb"""<(?:\w+:)?c\s(?=[^<>]*\bt=["']e["'])"""
    + _PLACE
    + rb"[^<>]*>(?:"
    + _FORMULA
    + rb")?<(?:\w+:)?v>([^<]*)<"
)
_EMPTY_TEXT = re.compile(rb"""\bt=["']str["']""")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"

Flaws = dict[tuple[int, int], str]
"""Cells that show something in the spreadsheet but hold no value: (row from 1, column from 0) to what is there."""


class Archive(NamedTuple):
    """The parts of an .xlsx or .ods file that has passed the safety check."""

    path: Path
    form: Literal["xlsx", "ods"]
    sheets: dict[str, str]
    """Name of a sheet to its part in the archive, in the workbook's order; none for .ods, which has all in one part."""
    unzipped: int
    """Bytes of all parts together, as declared."""
    is_1904: bool = False
    padding: Padding = {}  # noqa: RUF012 - never changed


def inspect(path: Path) -> Archive:
    """Check a zipped file's declared sizes and sheet areas; raises InvalidInput or Damaged instead of opening a trap."""
    with opened(path) as archive:
        unzipped = check_sizes(archive)
        if _is_open_document(archive):
            _check_manifest(archive)
            _check_beginning(archive, "content.xml")
            return Archive(path, "ods", {}, unzipped)
        folder, name = _workbook_part(archive)
        workbook = _small_part(archive, f"{folder}/{name}")
        sheets = _sheet_parts(archive, folder, name, workbook)
        for part in sheets.values():
            _check_beginning(archive, part)
        for part in archive.namelist():
            if posixpath.basename(part).lower() in _OTHERS_READ:
                _check_beginning(archive, part)
        return Archive(path, "xlsx", sheets, unzipped, _is_1904(workbook), _padding(archive, folder))


def look(archive: Archive, sheet: str, progress: Progress) -> Look:
    """What the XML of one sheet of an .xlsx file says besides its values: cells without them, what is hidden or merged.

    Raises InvalidInput for a sheet that cannot be read for certain, and Damaged.
    """
    seen = nothing_seen()._replace(is_1904=archive.is_1904)
    part = archive.sheets.get(sheet)
    if part is None:
        return seen
    zeros = pattern(archive.padding) if archive.padding else None
    with opened(archive.path) as file, file.open(part) as stream:
        size = file.getinfo(part).file_size
        for number, text in enumerate(_pieces(stream, size, progress)):
            _note_flaws(archive.path, text, seen.flaws)
            if len(seen.hidden_rows) < MAX_HIDDEN_ROWS:
                seen.hidden_rows.extend(hidden.rows(text))
            if zeros:
                seen.padded.extend(padded(archive.path, text, zeros, archive.padding))
            seen.merged.extend(islice(hidden.merged(text), MAX_MERGED - len(seen.merged)))
            if number == 0:
                seen.hidden_columns.extend(hidden.columns(text))
            # A trap of this kind is a small file; for others the reading process's own limit is enough.
            if size < _SMALL_PART and _FAR_CELL.search(text):
                raise too_large(archive.path)
    return seen


def not_a_spreadsheet(path: Path) -> DrillappError:
    """The error for a file that is something else, whatever its name says."""
    return InvalidInput(
        _("'{file}' is not a spreadsheet that can be read here.").format(file=path.name),
        _("Open it in a spreadsheet program and save it as .xlsx or .csv."),
    )


def _is_open_document(archive: zipfile.ZipFile) -> bool:
    parts = set(archive.namelist())
    if "content.xml" not in parts or "mimetype" not in parts:
        return False
    if archive.getinfo("mimetype").file_size > 200 or _SPREADSHEET not in archive.read("mimetype"):
        raise not_a_spreadsheet(Path(str(archive.filename)))
    return True


def _check_manifest(archive: zipfile.ZipFile) -> None:
    if "META-INF/manifest.xml" in archive.namelist():
        for node in _small_part(archive, "META-INF/manifest.xml").iter():
            if node.tag.endswith("}encryption-data"):
                raise protected(Path(str(archive.filename)))


def _workbook_part(archive: zipfile.ZipFile) -> tuple[str, str]:
    """Folder and name of the part that lists the sheets."""
    relations = _small_part(archive, "_rels/.rels")
    offices = [
        node.get("Target", "") for node in relations if node.get("Type", "").endswith("/officeDocument")
    ]
    folder, name = posixpath.split(offices[0].lstrip("/") if offices else "")
    if name != "workbook.xml":
        raise not_a_spreadsheet(Path(str(archive.filename)))
    return folder, name


def _sheet_parts(
    archive: zipfile.ZipFile, folder: str, name: str, workbook: ElementTree.Element
) -> dict[str, str]:
    targets = {
        node.get("Id"): node.get("Target", "") for node in _small_part(archive, f"{folder}/_rels/{name}.rels")
    }
    # Some programs write a part under another case than they say.
    names = {part.casefold(): part for part in archive.namelist()}
    sheets: dict[str, str] = {}
    for node in workbook.iter():
        relation = node.get(_RELATION) or node.get(_STRICT_RELATION)
        target = targets.get(relation, "")
        if node.tag.endswith("}sheet") and target:
            joined = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            )
            sheets[node.get("name", "")] = names.get(joined.casefold(), joined)
    return sheets


def _is_1904(workbook: ElementTree.Element) -> bool:
    return any(
        node.tag.endswith("}workbookPr") and node.get("date1904", "") in ("1", "true") for node in workbook
    )


def _padding(archive: zipfile.ZipFile, folder: str) -> Padding:
    part = f"{folder}/styles.xml"
    if part not in archive.namelist() or archive.getinfo(part).file_size > _SMALL_PART:
        return {}
    return padding(_small_part(archive, part))


def _small_part(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    path = Path(str(archive.filename))
    if part not in archive.namelist():
        raise not_a_spreadsheet(path)
    if archive.getinfo(part).file_size > _SMALL_PART:
        raise too_large(path)
    text = archive.read(part)
    _refuse_definitions(path, text)
    return ElementTree.fromstring(text)


def _check_beginning(archive: zipfile.ZipFile, part: str) -> None:
    """Refuse a part that is missing, defines things of its own, or claims more cells than there can be."""
    path = Path(str(archive.filename))
    if part not in archive.namelist():
        raise truncated(path)
    with archive.open(part) as stream:
        beginning = stream.read(4096)
    _refuse_definitions(path, beginning)
    found = _DIMENSION.search(beginning)
    if found and (column_number(found[1]) + 1) * int(found[2]) > MAX_CELLS:
        raise too_large(path)


def _refuse_definitions(path: Path, text: bytes) -> None:
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise InvalidInput(
            _(
                "'{file}' holds definitions that may fill the memory or fetch other files: it was not opened."
            ).format(file=path.name),
            _("Open it in a spreadsheet program and save it as .xlsx or .csv."),
        )


def _pieces(stream: IO[bytes], size: int, progress: Progress) -> Iterator[bytes]:
    """The sheet in pieces that each end with a whole row, so that no cell is cut in two."""
    rest = b""
    read = 0
    while chunk := stream.read(_CHUNK):
        read += len(chunk)
        progress.step(read, size, _("Checking the file"))
        text = rest + chunk
        end = _end_of_rows(text)
        rest = text[end:]
        if len(rest) > _MOST_OF_ROW:
            raise zipfile.BadZipFile("a row without an end")
        yield text[:end]
    yield rest


def _end_of_rows(text: bytes) -> int:
    """Behind the end of a row, or before the beginning of one, which may be all there is of it."""
    ended, begun = text.rfind(b"row>"), text.rfind(b"row ")
    return max(ended + 4 if ended >= 0 else 0, text.rfind(b"<", 0, begun) if begun >= 0 else 0, 0)


def _note_flaws(path: Path, text: bytes, flaws: list[tuple[int, int, str]]) -> None:
    # A sign that is not there at all is missed in a tenth of the time in which two or more are.
    if b"<f" in text or (b":" in text and b":f" in text):
        for found in _FORMULA_CELL.finditer(text):
            letters, row, attributes, formula = found.groups()
            # A formula whose result is an empty text says so with t="str" and is an empty cell.
            if not _EMPTY_TEXT.search(attributes):
                _note_flaw(path, flaws, letters, row, "=" + unescape(_shown(formula or b"")))
    if b't="e"' in text or (b"'" in text and b"t='e'" in text):
        for found in _ERROR_CELL.finditer(text):
            letters, row, _formula, error = found.groups()
            _note_flaw(path, flaws, letters, row, _shown(error))


def _note_flaw(
    path: Path, flaws: list[tuple[int, int, str]], letters: bytes | None, row: bytes | None, shown: str
) -> None:
    """Take down a cell without a value; one that does not say where it stands would pass for an empty one."""
    if letters is None or row is None:
        raise uncertain(path)
    if len(flaws) <= MAX_FLAWS:
        flaws.append((int(row), column_number(letters), shown))


def _shown(text: bytes) -> str:
    return text[:MAX_SHOWN].decode("utf-8", "replace")
