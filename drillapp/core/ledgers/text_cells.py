"""From what stands in a cell to the text that a field means, without what only the spreadsheet did to it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any

from drillapp.core.i18n import _
from drillapp.core.ledgers.as_shown import cell_text
from drillapp.core.ledgers.cells import INVISIBLE, LINE_ENDS, Fault, Told, empty, is_nothing
from drillapp.core.ledgers.layout import Field
from drillapp.core.ledgers.shapes import Cell
from drillapp.core.ledgers.words import nothing, word
from drillapp.core.phones import doubt_of, is_usual

_PHONE = "phone"
_EXACT = 10**15
"""A spreadsheet keeps fifteen digits of a number, and makes the further ones zeros."""
_WIDE = "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
_NARROW = {
    wide: unicodedata.normalize("NFKC", chr(wide)) for wide in range(0xFF01, 0xFF5F) if chr(wide).isalnum()
}
_NARROW_IN_CODES = _NARROW | {wide: unicodedata.normalize("NFKC", chr(wide)) for wide in (0x3000, 0xFF0D, 0xFF0E, 0xFF0F, 0xFF3F)}  # fmt: skip
_WIDE_LETTER = re.compile(f"[{_WIDE}]")
_SPOILT = re.compile(r"[eE]\+\d|\dT\d\d:")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\d")
_SHORTENED = re.compile(r"\d(?:\.\d+)?[eE]\+\d\d+")
_LOST = re.compile(r"\d{15}000")
_DIGITS_OF_CREDIT_CODES = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_CODE = re.compile(f"[{_DIGITS_OF_CREDIT_CODES}]{{18}}")


class TextCells:
    """Reads the cells of one field's column."""

    def __init__(self, field: Field, *, as_written: bool = False) -> None:
        """`as_written`: the program wrote the file itself, so that wide letters are meant to be wide."""
        self._field = field
        self._as_written = as_written
        self._is_code = field.name in word("codes") or field.name.endswith(tuple(word("codes_end")))
        self._is_credit_code = field.name in word("credit_codes")
        self._is_phone = field.name.endswith(_PHONE)
        self._may_be_none = self._is_code and (not as_written or field.name in word("given_by_others"))

    def are_plain(self, cells: Sequence[str], joined: str) -> bool:
        """Whether none of the cells needs more than losing its spaces; `joined` are all of them in one text."""
        if not joined.isprintable():
            return False
        if self._may_be_none and not _no_numbers().isdisjoint(map(str.strip, cells)):
            return False
        if self._is_phone and not all(not cell or is_usual(cell) for cell in cells):
            return False
        if self._is_code and word("month") in joined:
            return False
        if self._is_credit_code and max(map(len, cells), default=0) >= 18 and _may_hold_odd_code(joined):
            return False
        # The cheap questions first: there are millions of cells, and hardly one of them holds anything of this.
        may_be_spoilt = "+" in joined or ("T" in joined and ":" in joined)
        if may_be_spoilt and _SPOILT.search(joined):
            return False
        return joined.isascii() or not _WIDE_LETTER.search(joined)

    def read(self, cell: Cell) -> Any:
        """The text, perhaps with what is told of it; a Fault for what the spreadsheet has made illegible."""
        found = self._read(cell)
        return _of_phone(found) if self._is_phone else found

    def _read(self, cell: Cell) -> Any:
        if isinstance(cell, float | int):
            return _of_number(cell)
        text = LINE_ENDS.sub("\n", cell.translate(INVISIBLE)).strip()
        if any(unicodedata.category(letter) == "Cc" and letter not in "\n\t" for letter in text):
            return Fault(_("Contains a character that cannot be stored."))
        if not text or (self._may_be_none and (is_nothing(text) or text in _no_numbers())):
            return empty(self._field)
        return text if self._field.multiline or (self._as_written and "\n" in text) else self._of_line(text)

    def _of_line(self, text: str) -> Any:
        if _SHORTENED.fullmatch(text) or (self._is_credit_code and _has_lost_digits(text)):
            return Fault(_lost_digits())
        if self._is_code and _is_day(text):
            return Fault(
                _("A date stands where a code is meant: format the column as text and enter it again.")
            )
        if _MOMENT.fullmatch(text):
            return text.removesuffix("T00:00:00")
        if self._is_credit_code and not self._as_written and (code := _credit_code_in(text)):
            return (
                code if code == text else Told(code, _("Read as the credit code {code}.").format(code=code))
            )
        line = re.sub(r"\s*[\n\t]\s*", " ", text)
        narrow = line.translate(_NARROW_IN_CODES if self._is_code else _NARROW)
        if narrow != line and not self._as_written:
            return Told(narrow, _("Wide letters and digits are read as ordinary ones."))
        if narrow != line and self._is_code:
            # The office may have such a code, and somebody may have typed it into our file just now.
            return Told(
                line, _("Read with its wide letters and digits: not the same as {code}.").format(code=narrow)
            )
        return line if line == text else Told(line, _("The line breaks within are read as spaces."))


def _of_phone(found: Any) -> Any:
    """What is read, with a word where it is hardly a telephone number; nothing is changed or refused for that."""
    text = found.value if isinstance(found, Told) else found
    if not isinstance(text, str) or is_nothing(text) or (doubt := doubt_of(text)) is None:
        return found
    messages = {
        "letters": _(
            "Letters in it look like digits: {phone} is probably meant. It is kept as it is written."
        ),
        "digits": _(
            "Hardly a telephone number: a digit is missing or too many. It is kept as it is written."
        ),
        "none": _("There is no telephone number in it. It is kept as it is written."),
    }
    return Told(text, messages[doubt.why].format(phone=doubt.meant))


def _of_number(cell: float) -> Any:
    if not abs(cell) < _EXACT:
        return Fault(_lost_digits())
    return cell_text(cell)


def _lost_digits() -> str:
    return _("So long a number loses digits in a spreadsheet: format the column as text and enter it again.")


def _is_day(text: str) -> bool:
    """Whether a text is a date cell, or what a spreadsheet makes of 3-5."""
    return bool(_MOMENT.fullmatch(text) or _month_and_day().fullmatch(text))


@cache
def _no_numbers() -> frozenset[str]:
    """What stands for no number, in the ways that it is written."""
    words = {*nothing(), *word("no_number")}
    return frozenset(words | {one.upper() for one in words} | {one.capitalize() for one in words})


@cache
def _month_and_day() -> re.Pattern[str]:
    return re.compile(rf"\d{{1,2}}{word('month')}\d{{1,2}}{word('day')[0]}")


def _may_hold_odd_code(joined: str) -> bool:
    """Whether a credit code among these texts may have lost digits, or have spaces within or small letters."""
    return " " in joined or joined != joined.upper() or _LOST.search(joined) is not None


def _credit_code_in(text: str) -> str:
    """The credit code that a text is but for spaces, width and case; '' for other texts."""
    if len(text) < 18 or _CREDIT_CODE.fullmatch(text):
        return ""
    code = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    return code if _CREDIT_CODE.fullmatch(code) and _has_check_digit(code) else ""


def _has_lost_digits(text: str) -> bool:
    """Whether the end of a code of eighteen digits is but zeros, and not what its check digit says."""
    return bool(_LOST.fullmatch(text)) and not _has_check_digit(text) and not _has_check_digit_of_person(text)


def _has_check_digit(code: str) -> bool:
    """By GB 32100."""
    total = sum(
        _DIGITS_OF_CREDIT_CODES.index(digit) * pow(3, place, 31) for place, digit in enumerate(code[:17])
    )
    return _DIGITS_OF_CREDIT_CODES[-total % 31] == code[17]


def _has_check_digit_of_person(code: str) -> bool:
    """By GB 11643."""
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(code[:17]))
    return "10X98765432"[total % 11] == code[17]
