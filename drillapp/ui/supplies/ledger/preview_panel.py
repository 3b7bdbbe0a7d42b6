"""What booking changes of what was booked later: shown before it is confirmed, and only where there is something."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from drillapp.core.i18n import _
from drillapp.core.listing import Column, View
from drillapp.core.supplies.entries import MovementEntry
from drillapp.core.supplies.preview import HoldingChange, Preview, preview
from drillapp.ui.parts.cells import number_words
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.source import FixedSource
from drillapp.ui.parts.table import Table
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session
from drillapp.ui.supplies.ledger.fitting import fit_window
from drillapp.ui.theme import ROW_HEIGHT

_FEW, _BAR = 4, 16
"""So many lots are seen at once; room for a bar below them, in pixels."""
_MOST = 200
"""So many later lines of each lot are shown."""
_HOLDINGS = (
    Column("item_name", "Item name", width=130),
    Column("lot", "Lot", width=110),
    Column("expires_on", "Expires on", "date", 100),
    Column("storehouse_name", "Storehouse", width=170),
    Column("today_before", "Today so far", "number", 100),
    Column("today_after", "Today then", "number", 100),
    Column("differs_from", "From", "date", 100),
    Column("later_lines", "Later lines", "number", 90),
)
_LINES = (
    Column("day", "Day", "date", 100),
    Column("document", "Document", width=150),
    Column("kind", "Kind", "choice", 90, "movement_kind"),
    Column("quantity", "Quantity", "number", 90),
    Column("before", "Balance so far", "number", 96),
    Column("after", "Balance then", "number", 96),
    Column("difference_before", "Surplus or shortage so far", width=150),
    Column("difference_after", "Surplus or shortage then", width=150),
)


class _Holding(NamedTuple):
    id: int
    item_name: str
    lot: str | None
    expires_on: date | None
    storehouse_name: str
    today_before: float
    today_after: float
    differs_from: date
    later_lines: int


class _Line(NamedTuple):
    id: int
    day: date
    document: str
    kind: str
    quantity: float
    before: float | None
    after: float | None
    difference_before: str
    difference_after: str


class PreviewDialog(Dialog):
    """The lots that come out otherwise, and of the one under the cursor the later lines and counts."""

    confirmed = Signal()

    def __init__(
        self, session: Session, found: Preview, go: str, parent: QWidget | None = None
    ) -> None:  # fmt: skip
        super().__init__(_("What this changes"), parent, width=860)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.holdings = changed(found)
        lines = sum(one.later_lines for one in self.holdings)
        counts = sum(one.later_counts for one in self.holdings)
        told = _(
            "Lines booked for later days have another balance then: {lines}. Counts whose surplus or shortage follows: {counts}."
        )
        self.body.addWidget(label(_("What this changes"), "heading", parent=self))
        self.body.addWidget(label(told.format(lines=lines, counts=counts), wraps=True, parent=self))
        if any(one.later_counts and one.today_before == one.today_after for one in self.holdings):
            taken_up = _(
                "A later count found what is there: today's balance stays, and the difference becomes surplus or shortage of that count."
            )
            self.body.addWidget(label(taken_up, "strong", wraps=True, parent=self))
        self._source = FixedSource(_HOLDINGS, [_holding(i, one) for i, one in enumerate(self.holdings)])
        self.table = Table(self._source, session, "preview-holdings", parent=self)
        self._line_source = FixedSource(_LINES)
        self.lines = Table(self._line_source, session, "preview-lines", parent=self)
        self.about = label("", "label", parent=self)
        self.table.setMaximumHeight(ROW_HEIGHT * (min(len(self.holdings), _FEW) + 1) + _BAR)
        self.body.addWidget(self.table)
        self.body.addWidget(self.about)
        self.body.addWidget(self.lines, 1)
        self.table.current_changed.connect(self._on_current)
        self.table.model.counted.connect(lambda _count: self.table.grid.selectRow(0))
        self.add_closing(_("Back"))
        self.go = self.add_closing(go, accepts=True)
        fit_window(self, 1320, 640)
        self.table.set_view(View())

    def accept(self) -> None:
        """Book it."""
        super().accept()
        self.confirmed.emit()

    def _on_current(self, shown: Any) -> None:
        if shown is None:
            return
        holding = self.holdings[shown.id]
        more = holding.later_lines - len(holding.lines)
        words = _("Later lines of {name}").format(
            name=" ".join(filter(None, (holding.item_name, holding.lot)))
        )
        if more > 0:
            words += " · " + _("{count} more are not shown").format(count=more)
        self.about.setText(words)
        self._line_source.fill(_lines(holding))
        self.lines.set_view(View())


def changed(found: Preview) -> list[HoldingChange]:
    """The lots of which something that was booked later comes out otherwise."""
    return [one for one in found.holdings if one.later_lines or one.later_counts]


def look_first(
    session: Session,
    entries: Callable[[Any], Sequence[MovementEntry]],
    book: Callable[[], object],
    refused: Callable[[Any], object],
    go: str,
    parent: QWidget,
) -> None:
    """Look at what entries (made of the office) would change: book at once, after it was confirmed, or not at all.

    `refused` hears of an error, or of problems (core.errors.Problem) that keep the lines from being booked.
    """

    def then(found: Preview) -> None:
        if found.problems:
            refused(found.problems)
        elif changed(found):
            dialog = PreviewDialog(session, found, go, parent)
            dialog.confirmed.connect(book)
            dialog.rejected.connect(lambda: refused(()))
            dialog.open()
        else:
            book()

    session.tasks.run_read(
        lambda office, _progress: preview(office, entries(office), _MOST),
        then, owner=parent, failed=refused, title=_("Looking what it changes"), replaces="preview",
    )  # fmt: skip


def _holding(place: int, one: HoldingChange) -> _Holding:
    return _Holding(
        place, one.item_name, one.lot, one.expires_on, one.storehouse_name, one.today_before, one.today_after,
        one.differs_from, one.later_lines,
    )  # fmt: skip


def _lines(holding: HoldingChange) -> list[_Line]:
    """Lines and counts of a lot in the order of the ledger, each once."""
    counts = {(one.document, one.line): one for one in holding.counts}
    shown: dict[tuple[str, int], _Line] = {}
    for line in holding.lines:
        count = counts.get((line.document, line.line))
        shown[line.document, line.line] = _Line(
            0, line.day, f"{line.document}/{line.line}", line.kind, line.quantity, line.before, line.after,
            _surplus(count.difference_before) if count else "", _surplus(count.difference_after) if count else "",
        )  # fmt: skip
    for key, count in counts.items():
        if key not in shown:
            shown[key] = _Line(
                0, count.day, f"{count.document}/{count.line}", "count", count.found, count.found, count.found,
                _surplus(count.difference_before), _surplus(count.difference_after),
            )  # fmt: skip
    ordered = sorted(shown.values(), key=lambda line: (line.day, line.document))
    return [line._replace(id=place) for place, line in enumerate(ordered)]


def _surplus(difference: float) -> str:
    if not difference:
        return _("none")
    words = _("surplus {quantity}") if difference > 0 else _("shortage {quantity}")
    return words.format(quantity=number_words(abs(difference)))
