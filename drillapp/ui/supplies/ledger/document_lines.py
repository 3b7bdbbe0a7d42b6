"""The lines of a stock document, one below the other, with what is there of each and what is left."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from drillapp.core.database.types import from_thousandths, to_thousandths
from drillapp.core.i18n import _
from drillapp.core.supplies.proposing import ItemThere, LotKey, LotThere, Share, Wanted, share_out
from drillapp.ui.parts.cells import number_words
from drillapp.ui.parts.words import button, label, row, scrolled
from drillapp.ui.session import Session
from drillapp.ui.supplies.ledger.document_kinds import KINDS_OF_DOCUMENT, DocumentKind
from drillapp.ui.supplies.ledger.line_row import REMOVE, WIDE_LOT, WIDTHS, LineRow, head_labels
from drillapp.ui.theme import GRID

_RIGHT = ("there", "quantity", "after")


class DocumentLines(QWidget):
    """Always has a line to write in."""

    edited = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.rows: list[LineRow] = []
        self.shares: list[tuple[Share, ...]] = []
        self._kind = "in"
        self._there: Mapping[str, ItemThere] = {}
        self._day = session.today
        self._is_known = False
        self._heads = head_labels(KINDS_OF_DOCUMENT["in"], self)
        self.total = label("", "muted", parent=self)
        self.add = button(_("Add a line"), icon="add", tip="Ctrl+N", parent=self)
        self.add.setAutoDefault(False)
        self.add.clicked.connect(lambda: self.add_line().focus())
        self._lay_out()

    def add_line(self, item: str = "", key: LotKey | None = None, quantity: float | None = None) -> LineRow:
        """A further line; the last one is used if nothing stands in it."""
        made = self.rows[-1] if self.rows and self.rows[-1].is_empty else self._new_row()
        made.begin(item, key, quantity)
        self.edited.emit()
        QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(made))
        return made

    def line_of(self, item: str, key: LotKey | None) -> LineRow | None:
        """The line of an item, and of a lot if one is meant."""
        alike = (one for one in self.rows if one.code == item)
        return next((one for one in alike if key is None or key in (one.lot.key(), known_key(one))), None)

    def written(self) -> list[LineRow]:
        """The lines in which anything stands."""
        return [one for one in self.rows if not one.is_empty]

    def items(self) -> frozenset[str]:
        """The codes of the items entered."""
        return frozenset(one.code for one in self.rows if one.code)

    def choose_kind(self, kind: str) -> None:
        """Ask for what a kind of document needs."""
        self._kind = kind
        about = KINDS_OF_DOCUMENT[kind]
        for name in ("expires_on", "produced_on"):
            self._heads[name].setVisible(about.dated)
        self._heads["quantity"].setText(_("Quantity") if about.effect else _("Quantity found"))
        self._heads["there"].setText(_("May be issued") if about.issues else _("There now"))
        self._heads["lot"].setFixedWidth(WIDTHS["lot"] if about.dated else WIDE_LOT)
        for one in self.rows:
            one.show_kind(about)
            one.tell("")

    def show_there(self, there: Mapping[str, ItemThere], day: date, *, is_known: bool = True) -> None:
        """Show what is there of the items on a day; no figures where it is not known of which storehouse."""
        self._there, self._day, self._is_known = there, day, is_known
        first = self._first_words()
        for one in self.rows:
            one.show_item(there.get(one.code), day, first)
            self._choose_only_lot(one)
        self.refresh()

    def refresh(self) -> None:
        """Work out anew which lots are taken and what is left."""
        proposes = KINDS_OF_DOCUMENT[self._kind].proposes
        numbers = [one.number()[0] or 0 for one in self.rows]
        wanted = [
            Wanted(one.code, number, one.lot.key() and known_key(one))
            for one, number in zip(self.rows, numbers, strict=True)
        ]
        self.shares = share_out(wanted, self._there) if proposes else [()] * len(self.rows)
        taken: dict[str, int] = {}
        for one, number, shares in zip(self.rows, numbers, self.shares, strict=True):
            one.show_shares(shares)
            self._show_figures(one, number, taken)
        written = self.written()
        self.total.setText(_("{count} lines").format(count=len(written)) if len(written) > 1 else "")

    def clear_problems(self) -> None:
        """Take back what was said about the lines."""
        for one in self.rows:
            one.tell("")

    def remove(self, one: LineRow) -> None:
        """Take a line away; the only one is emptied."""
        place = self.rows.index(one)
        self.rows.remove(one)
        self._column.removeWidget(one)
        one.hide()
        one.deleteLater()
        if not self.rows:
            self._new_row()
        self.rows[min(place, len(self.rows) - 1)].focus()
        self.edited.emit()

    def _new_row(self) -> LineRow:
        made = LineRow(self._session, self)
        made.show_kind(KINDS_OF_DOCUMENT[self._kind])
        made.lot.line.setPlaceholderText(self._first_words())
        made.edited.connect(self.edited)
        made.done.connect(lambda: self._go_on(made))
        made.removed.connect(lambda: self.remove(made))
        made.item.line.returnPressed.connect(lambda: self._on_item_entered(made))
        self.rows.append(made)
        self._column.insertWidget(len(self.rows) - 1, made)
        return made

    def _go_on(self, one: LineRow) -> None:
        """From the last field of a line to the next line, a new one below the last."""
        place = self.rows.index(one)
        if one.is_empty:
            return
        if place + 1 < len(self.rows):
            self.rows[place + 1].focus()
        else:
            self.add_line().focus()

    def _on_item_entered(self, one: LineRow) -> None:
        if one.is_empty and len(self.rows) > 1 and one is self.rows[-1]:
            self.add.setFocus()

    def _choose_only_lot(self, one: LineRow) -> None:
        """Where a lot must be named and only one is there, that one is meant."""
        about = KINDS_OF_DOCUMENT[self._kind]
        if about.effect > 0 or about.proposes or one.about is None or one.lot.key() is not None:
            return
        if len(one.about.lots) == 1:
            one.lot.choose(one.about.lots[0].key)

    def _first_words(self) -> str:
        about = KINDS_OF_DOCUMENT[self._kind]
        if about.proposes:
            return _("What expires first")
        return "" if about.effect > 0 else _("Choose the lot")

    def _show_figures(self, one: LineRow, number: float, taken: dict[str, int]) -> None:
        """What is there, and what is left after this line and those above it."""
        if one.about is None or not self._is_known:
            one.show_figures("", "")
            return
        lot = one.lot.lot()
        about = KINDS_OF_DOCUMENT[self._kind]
        chosen = one.lot.key() is not None and (lot is not None or about.effect >= 0)
        there = _available(about, lot if chosen else one.about)
        name = f"{one.code}\n{one.lot.key()}" if chosen else one.code
        if not about.effect:
            words = number_words(number) if one.quantity.text().strip() else ""
            one.show_figures(number_words(there), words)
            return
        change = about.effect * to_thousandths(number) + taken.get(name, 0)
        taken[name] = change
        after = from_thousandths(to_thousandths(there) + change)
        one.show_figures(number_words(there), number_words(after), is_short=after < 0)

    def _on_bar(self, width: int) -> None:
        """Keep the words above their columns, with or without a bar beside the lines."""
        self._head_line.setContentsMargins(0, 0, width, 0)

    def _lay_out(self) -> None:
        inner = QWidget(self)
        inner.setProperty("ground", "none")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self._area = scrolled(inner, self, sideways=False)
        bar = self._area.verticalScrollBar()
        bar.rangeChanged.connect(lambda _least, most: self._on_bar(bar.sizeHint().width() if most else 0))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        self._head_line = _heads(self._heads)
        layout.addLayout(self._head_line)
        layout.addWidget(self._area, 1)
        layout.addLayout(row(self.add, self.total, 1))


def _available(about: DocumentKind, there: LotThere | ItemThere | None) -> float:
    """What a document of this kind can count on."""
    if there is None:
        return 0
    return there.free if about.issues else there.quantity


def known_key(one: LineRow) -> LotKey | None:
    """How the lot that a line means is named, whole where it is there; None where none is chosen."""
    lot = one.lot.lot()
    return lot.key if lot is not None else one.lot.key()


def _heads(heads: Mapping[str, QLabel]) -> QGridLayout:
    """The words in the columns in which the fields of the lines stand."""
    line = QGridLayout()
    line.setHorizontalSpacing(GRID)
    line.setColumnStretch(0, 1)
    for place, (name, head) in enumerate(heads.items()):
        if name in _RIGHT:
            head.setAlignment(Qt.AlignmentFlag.AlignRight)
        if name != "item":
            head.setFixedWidth(WIDTHS[name])
        line.addWidget(head, 0, place)
    line.setColumnMinimumWidth(len(heads), REMOVE + GRID)
    return line
