"""Which encoding a text file is in, found by reading it through; it is never held in memory as a whole."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from drillapp.core.confined.refusals import truncated
from drillapp.core.errors import Damaged, DrillappError
from drillapp.core.i18n import _
from drillapp.core.ledgers.archive import not_a_spreadsheet

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 1024 * 1024
_SAMPLE = 65_536
_BROKEN_OFF = ("unexpected end of data", "incomplete multibyte sequence", "truncated data")
"""What the codecs say of a last letter of which bytes are missing."""
_MOSTLY = 5
"""So many letters that can be read for one that cannot, and a file is damaged rather than in another encoding."""
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
_FEW = 100
"""One strange character in so many letters may be dirt; more of them are no text."""


class _Fault(NamedTuple):
    line: int
    breaks_off: bool


def encoding_of(path: Path) -> str:
    """UTF-8, UTF-16 (both with or without mark) or GB18030, under the name by which it can be opened.

    Raises Damaged for a text with bytes that do not belong to it, InvalidInput for what is no text.
    """
    with path.open("rb") as file:
        beginning = file.read(_SAMPLE)
    encoding = _encoding(path, beginning)
    text = codecs.getincrementaldecoder(encoding)().decode(beginning)
    if not _is_text(text, unmarked=encoding in ("utf-16-le", "utf-16-be")):
        raise not_a_spreadsheet(path)
    return encoding


def _encoding(path: Path, beginning: bytes) -> str:
    marked = [encoding for mark, encoding in _MARKS if beginning.startswith(mark)]
    if marked:
        return _first_readable(path, marked)
    if b"\x00" in beginning:
        return _first_readable(path, [_byte_order(path, beginning)])
    return _first_readable(path, ["utf-8", "gb18030"])


def _first_readable(path: Path, encodings: list[str]) -> str:
    """The first encoding in which all can be read; one in which all but a little can be read means damage."""
    refusal: DrillappError | None = None
    for encoding in encodings:
        fault = _fault(path, encoding)
        if fault is None:
            return encoding
        if _is_mostly(path, encoding):
            refusal = _damaged(path, fault)
            break
    raise refusal or not_a_spreadsheet(path)


def _chunks(path: Path) -> Iterator[bytes]:
    """The bytes of the file, and nothing as a sign of its end."""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk
    yield b""


def _fault(path: Path, encoding: str) -> _Fault | None:
    """The first place that cannot be read in this encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    for chunk in _chunks(path):
        try:
            line += decoder.decode(chunk, not chunk).count("\n")
        except UnicodeDecodeError as error:
            return _Fault(line + error.object[: error.start].count(b"\n"), error.reason in _BROKEN_OFF)
    return None


def _is_mostly(path: Path, encoding: str) -> bool:
    """Whether the bytes are a text of that encoding but for a few."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    foreign = unreadable = 0
    for chunk in _chunks(path):
        text = decoder.decode(chunk, not chunk)
        strange = text.count("\ufffd")
        unreadable += strange
        foreign += len(text) - len(text.encode("ascii", "ignore")) - strange
    return foreign >= _MOSTLY * unreadable


def _damaged(path: Path, fault: _Fault) -> DrillappError:
    if fault.breaks_off:
        return truncated(path)
    return Damaged(
        _("'{file}' is damaged: in line {line} stands something that is no letter.").format(
            file=path.name, line=fault.line
        ),
        _("Copy or download it again, or open it in the program that made it and save it anew."),
    )


def _byte_order(path: Path, content: bytes) -> str:
    """Which of the two bytes of a letter comes first: those of commas and line ends have a zero beside them."""
    little, big = content[1::2].count(0), content[::2].count(0)
    if min(little, big) * _MOSTLY > max(little, big):
        raise not_a_spreadsheet(path)
    return "utf-16-le" if little > big else "utf-16-be"


def _is_text(text: str, *, unmarked: bool) -> bool:
    """Whether it is a text at all: any pairs of bytes are letters of some script, but hardly with line ends between."""
    strange = len(_CONTROLS.findall(text))
    if unmarked:
        strange += sum(unicodedata.category(letter) in ("Cn", "Co", "Cs") for letter in text)
        if "\n" not in text and "\r" not in text:
            return False
    return strange * _FEW <= len(text) and "\x00" not in text
