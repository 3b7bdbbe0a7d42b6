"""What is told about a sheet that was read: nothing of it is refused, but the person should know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from drillapp.core.i18n import _

if TYPE_CHECKING:
    from drillapp.core.ledgers.reading import Sheet

_MOST_RANGES = 12


class Told(NamedTuple):
    """A word about a row, a column or the sheet as a whole."""

    row: int
    """From 1; 0 for the sheet as a whole."""
    column: int | None
    """From 0."""
    message: str


def told(sheet: Sheet, rows: Iterable[int]) -> Iterator[Told]:
    """What there is to tell when all blocks are read and these rows (from 1) are the ledger's."""
    if sheet.glance.is_hidden:
        yield Told(0, None, _("The sheet is hidden in the spreadsheet; it was read like another."))
    for column in sheet.choice.columns:
        if column in sheet.glance.hidden_columns:
            yield Told(
                sheet.choice.header_last,
                column,
                _("Hidden in the spreadsheet; it was read like another column."),
            )
    hidden = sorted(sheet.glance.hidden_rows.intersection(rows)) if sheet.glance.hidden_rows else []
    if hidden:
        message = _("Rows that are hidden in the spreadsheet were read like others: {rows}.")
        yield Told(hidden[0], None, message.format(rows=ranges(hidden)))
    yield from sheet.told


def ranges(numbers: list[int]) -> str:
    """Ascending numbers in few words: 3-7, 12."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    texts = [str(first) if first == last else f"{first}-{last}" for first, last in found[:_MOST_RANGES]]
    return ", ".join(texts) + (" …" if len(found) > _MOST_RANGES else "")
