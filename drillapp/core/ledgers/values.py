"""From what stands in a cell to the value that is meant, a whole column at a time."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from msgspec import UNSET

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.core.ledgers import dates
from drillapp.core.ledgers.layout import Field
from drillapp.core.ledgers.reading import Cell
from drillapp.core.ledgers.words import nothing, separators
from drillapp.core.supplies.quantities import read_interval, read_measured

_EXACT = 2**53
_REMEMBERED = 100_000
_GROUPED = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u00ad"))
_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029|\x0b|\x0c|\x85")
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)T00:00:00")


class Fault(NamedTuple):
    """Why a cell's content cannot be the field's value."""

    message: str


class Column:
    """Turns the cells of one field's column into values; remembers what it has seen, since ledgers repeat themselves."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self._known = _Known(partial(_READERS[field.type], field))

    @property
    def has_faults(self) -> bool:
        """Whether any cell so far was refused."""
        return self._known.has_faults

    def read(self, cells: Sequence[Any]) -> list[Any]:
        """The values, UNSET for empty cells; `Fault` in the place of each cell that is refused."""
        try:
            text = "".join(cells)
        except TypeError:
            return self._read_mixed(cells)
        if self.field.type == "text" and text.isprintable():
            return self._read_texts(cells)
        return self._look_up(cells)

    def _read_mixed(self, cells: Sequence[Any]) -> list[Any]:
        # True and 1 are the same to a dictionary, so truth values go in as the words that a spreadsheet shows.
        if bool in set(map(type, cells)):
            cells = [str(cell).upper() if isinstance(cell, bool) else cell for cell in cells]
        return self._look_up(cells)

    def _read_texts(self, cells: Sequence[str]) -> list[Any]:
        """The common case: texts without line breaks and invisible characters."""
        texts = list(map(str.strip, cells))
        if "" not in texts:
            return texts
        empty = self._known[""]
        return [text or empty for text in texts]

    def _look_up(self, cells: Sequence[Cell]) -> list[Any]:
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        return list(map(self._known.__getitem__, cells))


class _Known(dict[Cell, Any]):
    def __init__(self, reader: Callable[[Cell], Any]) -> None:
        super().__init__()
        self.has_faults = False
        self._reader = reader

    def __missing__(self, cell: Cell) -> Any:
        value = self[cell] = self._reader(cell)
        self.has_faults |= isinstance(value, Fault)
        return value


def _empty(field: Field) -> Any:
    return Fault(_("Must not be empty.")) if field.required else UNSET


def _text(field: Field, cell: Cell) -> Any:
    if isinstance(cell, float | int):
        return _number_as_text(cell)
    text = _LINE_ENDS.sub("\n", cell.translate(_INVISIBLE)).strip()
    text = _MIDNIGHT.sub(r"\1", text) if _MIDNIGHT.fullmatch(text) else text
    if not field.multiline:
        text = re.sub(r"\s*[\n\t]\s*", " ", text)
    if any(unicodedata.category(letter) == "Cc" and letter not in "\n\t" for letter in text):
        return Fault(_("Contains a character that cannot be stored."))
    return text or _empty(field)


def _number_as_text(cell: float) -> Any:
    if not abs(cell) < _EXACT:
        return Fault(
            _("So long a number loses digits in a spreadsheet: format the column as text and enter it again.")
        )
    return str(int(cell)) if cell == int(cell) else repr(cell)


def _plain(cell: Cell) -> str:
    """The cell as text in its simplest form: half-width, without spaces around and invisible characters."""
    text = cell if isinstance(cell, str) else _number_text(cell)
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).strip()


def _number_text(cell: float) -> str:
    return str(int(cell)) if math.isfinite(cell) and cell == int(cell) else repr(cell)


def _refused(cell: Cell, message: str) -> Fault:
    text = str(cell).strip()
    if text[:1] in ("=", "@", "+") or re.match(r"-\s*\D", text):
        return Fault(_("A formula is not accepted here: enter its result. {allowed}").format(allowed=message))
    return Fault(message)


def _number(field: Field, cell: Cell) -> Any:
    if isinstance(cell, str):
        text = _plain(cell)
        if not text or text.casefold() in nothing():
            return _empty(field)
        if not _GROUPED.fullmatch(text):
            return _refused(cell, _("Must be a number, such as 12 or 0.5."))
        cell = float(text.replace(",", ""))
    if not abs(cell) < 1e12:
        return Fault(_("The number is too large."))
    rounded = round(cell, 3)
    if abs(rounded - cell) > 1e-9 * max(1.0, abs(cell)):
        return Fault(_("At most three decimals."))
    return int(rounded) if rounded == int(rounded) else rounded


def _quantity(field: Field, cell: Cell) -> Any:
    """A number, or one with its unit of measure, which only the item can tell what it is worth."""
    value = _number(field, cell)
    if (
        not isinstance(value, Fault)
        or not isinstance(cell, str)
        or _is_nothing(cell)
        or _GROUPED.fullmatch(_plain(cell))
    ):
        return value
    measured = read_measured(_plain(cell))
    if measured is None:
        return _refused(cell, _("Must be a number, such as 12 or 0.5, perhaps with its unit of measure."))
    within = _number(field, measured.number)
    return within if isinstance(within, Fault) else measured


def _interval(field: Field, cell: Cell) -> Any:
    """A quantity, or from least to most as standards have it."""
    found = read_interval(_plain(cell)) if isinstance(cell, str) else None
    if found is not None:
        faults = [
            value
            for value in map(partial(_number, field), (found.least, found.most))
            if isinstance(value, Fault)
        ]
        return faults[0] if faults else found
    value = _quantity(field, cell)
    is_number = not isinstance(cell, str) or _is_nothing(cell) or _GROUPED.fullmatch(_plain(cell))
    if isinstance(value, Fault) and not is_number:
        return _refused(cell, _("Must be a number, or an interval such as 1500-3000."))
    return value


def _integer(field: Field, cell: Cell) -> Any:
    value = _number(field, cell)
    if isinstance(value, float) or (
        isinstance(value, Fault) and isinstance(cell, float) and abs(cell) < 1e12
    ):
        return Fault(_("Must be a whole number."))
    return value


def _date(field: Field, cell: Cell) -> Any:
    value = dates.read_date(cell if not isinstance(cell, str) else _plain(cell))
    if value is not None:
        return value
    if _is_nothing(cell):
        return _empty(field)
    return _refused(cell, _("Must be a date of the calendar, such as 2026-05-06, 2026/5/6 or 20260506."))


def _expiry(field: Field, cell: Cell) -> Any:
    """A date; a month alone, as on the label of a medicine, is good until its last day."""
    return _month_or_date(field, cell, last_day=True)


def _production(field: Field, cell: Cell) -> Any:
    """A date; a month alone is taken from its first day on, so that no goods are kept too long for it."""
    return _month_or_date(field, cell, last_day=False)


def _month_or_date(field: Field, cell: Cell, *, last_day: bool) -> Any:
    if not isinstance(cell, str) and dates.FIRST_YEAR <= cell <= dates.LAST_YEAR + 1:
        # 2027.5 is a year and a month, of which 10 looks like 1; no goods are of 1905, which the number would mean.
        return Fault(_("A year and a month as one number are unclear: write 2026-05."))
    return dates.read_month(_plain(cell), last_day=last_day) or _date(field, cell)


def _moment(field: Field, cell: Cell) -> Any:
    value = dates.read_moment(cell if not isinstance(cell, str) else _plain(cell))
    if value is not None:
        return value
    if _is_nothing(cell):
        return _empty(field)
    return _refused(cell, _("Must be a date and time, such as 2026-05-06T09:30:00 or 2026/5/6 9:30."))


def _is_nothing(cell: Cell) -> bool:
    text = _plain(cell).casefold()
    return not text or text in nothing()


def _flag(field: Field, cell: Cell) -> Any:
    code = enumerations.parse("yes_no", _plain(cell))
    if code is not None:
        return code == "yes"
    if _is_nothing(cell):
        return _empty(field)
    return _refused(
        cell, _("Must be {yes} or {no}.").format(yes=_word("yes_no", "yes"), no=_word("yes_no", "no"))
    )


def _choice(field: Field, cell: Cell) -> Any:
    text = _plain(cell)
    code = enumerations.parse(field.enumeration, text)
    if code is not None:
        return code
    if _is_nothing(cell):
        return _empty(field)
    if field.open:
        return text
    allowed = ", ".join(_word(field.enumeration, code) for code in enumerations.codes(field.enumeration))
    return _refused(cell, _("Must be one of: {allowed}.").format(allowed=allowed))


def _list(field: Field, cell: Cell) -> Any:
    if _is_nothing(cell):
        return _empty(field)
    single = Field(
        name=field.name, type="choice", headers=field.headers, enumeration=field.enumeration, open=field.open
    )
    values = [
        _choice(single, part)
        for part in re.split(separators(), _LINE_ENDS.sub("\n", str(cell)))
        if part.strip()
    ]
    faults = [value for value in values if isinstance(value, Fault)]
    return faults[0] if faults else tuple(dict.fromkeys(value for value in values if value is not UNSET))


def _word(enumeration: str, code: str) -> str:
    return enumerations.label(enumeration, code)


_READERS: dict[str, Callable[[Field, Cell], Any]] = {
    "text": _text,
    "number": _number,
    "quantity": _quantity,
    "interval": _interval,
    "integer": _integer,
    "date": _date,
    "expiry": _expiry,
    "production": _production,
    "moment": _moment,
    "flag": _flag,
    "choice": _choice,
    "list": _list,
}
