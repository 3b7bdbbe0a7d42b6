"""Which line of a sheet is meant by a number that was typed or a code that was scanned."""

from __future__ import annotations

from collections.abc import Sequence

from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.supplies.codes import plain_code, read_payload
from drillapp.core.supplies.scanning import Scanned, resolve
from drillapp.core.supplies.stocktake.rows import LineRow, StocktakeView

_LONGEST_POSITION = 5
"""Digits of a line's number; more of them are a code."""


def line_meant(office: Office, view: StocktakeView, text: str) -> int:
    """The number of the line that a text means: its number, or the code of a lot, an item or a shelf.

    Of a shelf, or an item of several lots, the first line that is not counted. Raises NotFound, InvalidInput.
    """
    code = plain_code(text)
    if code.isascii() and code.isdigit() and len(code) <= _LONGEST_POSITION and not read_payload(code):
        position = int(code)
        if any(line.position == position for line in view.lines):
            return position
    return line_scanned(view, resolve(office, text, view.header.storehouse)).position


def line_scanned(view: StocktakeView, scanned: Scanned) -> LineRow:
    """The line that a code means; raises NotFound for what is not on the sheet, InvalidInput for what has no line."""
    if scanned.kind == "lots":
        found = [
            line
            for line in view.lines
            if line.lot_id == scanned.lot_id or (line.item, line.lot) == (scanned.item_code, scanned.lot)
        ]
        found = [line for line in found if line.lot_id == scanned.lot_id] or found
    elif scanned.kind == "items":
        found = [line for line in view.lines if line.item == scanned.item_code]
    elif scanned.kind == "shelves":
        found = [line for line in view.lines if line.shelf == scanned.code]
    else:
        raise InvalidInput(
            _("“{code}” is no line of a stocktake.").format(code=scanned.code),
            _("Scan the label of a lot, an item or a shelf."),
        )
    if not found:
        raise NotFound(
            _("“{name}” is not on the sheet {number}.").format(
                name=_called(scanned), number=view.header.number
            ),
            _("If it was found, add it to the sheet."),
        )
    return _next_open(found)


def _next_open(lines: Sequence[LineRow]) -> LineRow:
    return next((line for line in lines if line.state != "counted"), lines[0])


def _called(scanned: Scanned) -> str:
    return " ".join(part for part in (scanned.item_name or scanned.name, scanned.lot or "") if part)
