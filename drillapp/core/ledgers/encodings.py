"""From the bytes of a text file to its text, whatever encoding a spreadsheet program gave it."""

from __future__ import annotations

import codecs
import re
import unicodedata
from pathlib import Path

from drillapp.core.confined.refusals import truncated
from drillapp.core.errors import Damaged, DrillappError
from drillapp.core.i18n import _
from drillapp.core.ledgers.archive import not_a_spreadsheet

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LOOKED_AT = 65_536
_SAMPLE = 4096
_BROKEN_OFF = ("unexpected end of data", "incomplete multibyte sequence", "truncated data")
"""What the codecs say of a last letter of which bytes are missing."""
_MOSTLY = 5
"""So many letters that can be read for one that cannot, and a file is damaged rather than in another encoding."""
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
_FEW = 100
"""One control character in so many letters may be dirt; more of them are no text."""


def decode(path: Path, content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 (both with or without mark) or GB18030.

    Raises Damaged for a text with bytes that do not belong to it, InvalidInput for what is no text.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _checked(path, _strictly(path, content.removeprefix(mark), encoding))
    if b"\x00" in content[:_LOOKED_AT]:
        text = _strictly(path, content, _byte_order(path, content[:_LOOKED_AT]))
        if not _reads_like_lines(text[:_SAMPLE]):
            raise not_a_spreadsheet(path)
        return _checked(path, text)
    return _checked(path, _unmarked(path, content))


def _unmarked(path: Path, content: bytes) -> str:
    refusals: list[DrillappError] = []
    for encoding in ("utf-8", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            if _is_mostly(content, encoding):
                refusals.append(_damaged(path, content, error))
                if encoding == "utf-8":
                    break
    raise refusals[0] if refusals else not_a_spreadsheet(path)


def _strictly(path: Path, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        if _is_mostly(content, encoding):
            raise _damaged(path, content, error) from error
        raise not_a_spreadsheet(path) from error


def _is_mostly(content: bytes, encoding: str) -> bool:
    """Whether the bytes are a text of that encoding but for a few."""
    letters = content.decode(encoding, "replace")
    unreadable = letters.count("\ufffd")
    foreign = len(letters) - len(letters.encode("ascii", "ignore")) - unreadable
    return foreign >= _MOSTLY * unreadable


def _damaged(path: Path, content: bytes, error: UnicodeDecodeError) -> DrillappError:
    if error.reason in _BROKEN_OFF:
        return truncated(path)
    line = content[: error.start].decode(error.encoding, "replace").count("\n") + 1
    return Damaged(
        _("'{file}' is damaged: in line {line} stands something that is no letter.").format(
            file=path.name, line=line
        ),
        _("Copy or download it again, or open it in the program that made it and save it anew."),
    )


def _byte_order(path: Path, content: bytes) -> str:
    """Which of the two bytes of a letter comes first: those of commas and line ends have a zero beside them."""
    little, big = content[1::2].count(0), content[::2].count(0)
    if min(little, big) * _MOSTLY > max(little, big):
        raise not_a_spreadsheet(path)
    return "utf-16-le" if little > big else "utf-16-be"


def _reads_like_lines(text: str) -> bool:
    """Whether it is a text at all: any pairs of bytes are letters of some script, but hardly with line ends between."""
    strange = sum(unicodedata.category(letter) in ("Cn", "Co", "Cs") for letter in text)
    return ("\n" in text or "\r" in text) and strange * _FEW <= len(text)


def _checked(path: Path, text: str) -> str:
    if len(_CONTROLS.findall(text)) * _FEW > len(text) or "\x00" in text:
        raise not_a_spreadsheet(path)
    return text
