"""Tables: rows of cells, each merged cell's text once, at its upper left corner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from drillapp.core.plans.word.names import DELETED, INSERTED, SDT, TC, TR, VAL, WRAPPERS, w
from drillapp.core.plans.word.styles import switch

_WIDEST = 63
"""Columns that Word allows."""
_HEAD_LENGTH = 20
_BEFORE, _ABOUT, _MERGED, _SPAN = w("gridBefore"), w("tcPr"), w("vMerge"), w("gridSpan")


def rows_of(table: Any, text_of: Callable[[Any], str], counts: Counter[str]) -> tuple[list[list[str]], int]:
    """The rows, all equally long, and how many of them are the head."""
    rows: list[list[str]] = []
    heads, says_heads = 0, False
    for row in _unwrapped(table, TR):
        properties = row.find(w("trPr"))
        if properties is not None and any(properties.find(tag) is not None for tag in DELETED):
            counts["changes"] += 1
            continue
        is_head = None if properties is None else switch(properties, "tblHeader")
        says_heads = says_heads or is_head is not None
        heads += bool(is_head) and heads == len(rows)
        rows.append(_cells(row, properties, text_of))
    width = max(map(len, rows), default=0)
    for cells in rows:
        cells.extend([""] * (width - len(cells)))
    return rows, heads if says_heads else _guessed_heads(rows)


def _cells(row: Any, properties: Any, text_of: Callable[[Any], str]) -> list[str]:
    cells = [""] * (0 if properties is None else _number(properties.find(_BEFORE), 0))
    for cell in _unwrapped(row, TC):
        about = cell.find(_ABOUT)
        merged = None if about is None else about.find(_MERGED)
        goes_on = merged is not None and merged.get(VAL) != "restart"
        cells.append("" if goes_on else text_of(cell))
        if about is not None:
            cells.extend([""] * (_number(about.find(_SPAN), 1) - 1))
    return cells[:_WIDEST]


def _unwrapped(element: Any, wanted: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, whatever surrounds them."""
    for child in element:
        if child.tag == wanted:
            yield child
        elif child.tag == SDT or child.tag in WRAPPERS or child.tag in INSERTED:
            yield from _unwrapped(child, wanted)


def _number(node: Any, otherwise: int) -> int:
    value = "" if node is None else node.get(VAL, "")
    return min(int(value), _WIDEST) if value.isdigit() else otherwise


def _guessed_heads(rows: list[list[str]]) -> int:
    """One, when the first row reads like headings of columns."""
    if len(rows) < 2 or len(rows[0]) < 2:
        return 0
    return int(
        all(cell and len(cell) <= _HEAD_LENGTH and not cell.replace(".", "").isdigit() for cell in rows[0])
    )
