"""What stands beside which label: the tables of a record gone through row by row, its lines one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from drillapp.core.drills.word_record.columns import head_of, told_in_columns
from drillapp.core.drills.word_record.labels import (
    Label,
    any_label,
    known_label,
    label_before,
    plain,
    short_label,
)
from drillapp.core.plans.word.raw import RawGrid, RawItem, RawLine, joined

LONG = frozenset({"content", "process", "judged", "problems", "both", "measures", "safety"})
"""Fields whose text may go on in the rows and lines below."""


class Told(Struct, frozen=True):
    """A label as it was written, with what stands beside it."""

    label: str
    field: str
    """Empty where the label is none that is known."""
    text: str


class Document(Struct, frozen=True):
    """A record as it stands in its document."""

    heading: str
    """The first line of text before anything is told."""
    told: tuple[Told, ...]
    records: int = 1
    """How many records stand in the document; told is what the first of them tells."""


def document_of(items: Iterable[RawItem]) -> Document:
    """What a document tells, in its order."""
    pairs = _Pairs()
    for item in items:
        if isinstance(item, RawGrid):
            pairs.take_grid(item.rows)
        elif isinstance(item, RawLine):
            pairs.take_line(joined(item.label, item.text).strip())
    told = pairs.told()
    begins = [place for place, one in enumerate(told) if one.field == "title"]
    different = {told[place].text for place in begins}
    if len(different) < 2:
        return Document(pairs.heading, told)
    return Document(pairs.heading, told[: begins[1]], len(different))


class _Pairs:
    """Labels and what stands beside them, as they are found."""

    def __init__(self) -> None:
        self.heading = ""
        self._found: list[tuple[Label, list[str]]] = []
        self._row = 0
        self._last = (0, 0)
        self._is_below = False
        """Whether what the last label names stands in the rows below it."""

    def told(self) -> tuple[Told, ...]:
        """What was found, without labels beside which nothing stands."""
        texts = ((label, "\n".join(filter(None, parts)).strip()) for label, parts in self._found)
        return tuple(Told(label.written, label.field, text) for label, text in texts if text)

    def take_line(self, text: str) -> None:
        """A line beside no table: a label with a colon, several of them, or more of what was told last."""
        for part in _parted(text):
            begun = label_before(part, known=self._is_long())
            if begun is not None:
                self._found.append((begun[0], [begun[1]]))
            elif label := known_label(part):
                self._found.append((label, []))
            elif self._is_long() or not self._is_filled():
                self._go_on(part)
            elif not self.heading:
                self.heading = part
            else:
                self._found.append((Label("", ""), [part]))

    def take_grid(self, rows: Sequence[Sequence[str]]) -> None:
        """A table: cells with labels, what stands right of them or, where nothing does, below."""
        place = 0
        while place < len(rows):
            row = rows[place]
            head = head_of(row, rows[place + 1 :])
            if head is not None:
                self._found += told_in_columns(head, rows[place + 1 : place + 1 + head.rows])
                place += head.rows
            elif cells := [cell.strip() for cell in row if cell.strip()]:
                self._take_row(cells, is_merged=not row[0].strip())
            place += 1

    def _take_row(self, cells: Sequence[str], *, is_merged: bool) -> None:
        self._row += 1
        is_more = known_label(cells[0]) is None and label_before(cells[0]) is None
        if is_merged and self._is_long() and is_more:
            self._go_on(" ".join(cells))
            return
        before: Label | None = None
        for place, cell in enumerate(cells):
            label = known_label(cell)
            if label is None and not place and len(cells) > 1 and not is_merged and not self._is_below:
                label = short_label(cell)
            if label is None and (before is None or self._is_filled()):
                # Beside a label that is not known nothing may be taken for more of what was told before.
                label = any_label(cell) if place + 1 < len(cells) else None
            if label is not None:
                self._found.append((label, []))
                before = label
            else:
                self._take_cell(cell)
        if before is not None:
            self._is_below = not self._is_filled()

    def _take_cell(self, cell: str) -> None:
        """A cell that is no label: what is told, perhaps with labels of its own in it."""
        lines = cell.split("\n")
        if any(label_before(line) for line in lines):
            for line in lines:
                self.take_line(line)
        else:
            self._go_on(cell, in_row=True)

    def _go_on(self, text: str, *, in_row: bool = False) -> None:
        if not text:
            return
        if not self._found:
            self.heading = self.heading or text
            return
        parts = self._found[-1][1]
        if parts and self._last == (self._row, len(self._found)):
            parts[-1] = f"{parts[-1]} {text}"  # cells of one row stand beside each other
        else:
            parts.append(text)
            self._last = (self._row, len(self._found)) if in_row else (0, 0)

    def _is_filled(self) -> bool:
        return bool(self._found) and any(self._found[-1][1])

    def _is_long(self) -> bool:
        return bool(self._found) and self._found[-1][0].field in LONG


def _parted(text: str) -> list[str]:
    """A line's parts, where several labels with colons stand in it apart from one another."""
    pieces = [
        piece for piece in text.replace("\u3000", "  ").replace("\t", "  ").split("  ") if piece.strip()
    ]
    parts: list[str] = []
    for piece in pieces:
        if parts and label_before(piece) is None:
            parts[-1] = f"{parts[-1]} {piece.strip()}"
        else:
            parts.append(plain(piece))
    return parts
