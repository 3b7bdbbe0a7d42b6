"""The ledger card of an item in a window: every line with the balance after it, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.core.listing import View
from drillapp.core.office import Office
from drillapp.core.progress import Progress
from drillapp.core.supplies.card import Card
from drillapp.core.supplies.card_parts import CardParts, card_parts
from drillapp.ui.parts.cells import Tones, number_words
from drillapp.ui.parts.date_field import DateField
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.printing import preview
from drillapp.ui.parts.table import Table
from drillapp.ui.parts.words import label, row
from drillapp.ui.session import Session, Target
from drillapp.ui.supplies.ledger.card_source import About, CardSource
from drillapp.ui.supplies.ledger.fitting import WIDE, fit_window
from drillapp.ui.theme import GRID

_TONES: Tones = {"kind": {"count": "accent", "reverse": "neutral"}}
_SIZE = (1320, 700)
_EDIT_MS = 400


class _Shown(NamedTuple):
    """What stands above the lines."""

    card: Card
    parts: CardParts


class CardDialog(Dialog):
    """Storehouse, lot and days can be chosen; the lines are read as they are scrolled to."""

    def __init__(
        self, session: Session, item: str, parent: QWidget | None = None, *, storehouse: str | None = None,
        lot: tuple[str | None, date | None] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(_("Ledger card"), parent, width=WIDE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.session = session
        self._item = item
        self._wanted = (storehouse, lot)
        self._source = CardSource()
        self.heading = label("", "heading", parent=self)
        self.told = label("", "muted", wraps=True, parent=self)
        self.closing = label("", "strong", parent=self)
        self.storehouse, self.lot = QComboBox(self), QComboBox(self)
        self.since, self.until = DateField(self), DateField(self)
        self.table = Table(self._source, session, "ledger-card", _TONES, self)
        self.table.grid.horizontalHeader().setSectionsClickable(False)  # a card has one order
        self.table.placeholder.empty_text = _("Nothing was booked")
        self._typing = QTimer(self, singleShot=True, interval=_EDIT_MS)
        self._typing.timeout.connect(self.reload)
        self._lay_out()
        self._connect()
        fit_window(self, *_SIZE)
        session.changed.connect(self._on_changed)
        self._begin()

    def about(self) -> About:
        """Which card is shown."""
        lot = self.lot.currentData()
        return About(
            self._item, self.storehouse.currentData(), None if lot is None else int(lot), _day(self.since), _day(self.until)
        )  # fmt: skip

    def reload(self) -> None:
        """Show the card that is chosen, as it is now."""
        source = CardSource(self.about())
        item = self._item
        self._source.about = source.about
        self.session.tasks.run_read(
            lambda office, _progress: _Shown(source.head(office), card_parts(office, item)),
            self._on_head, owner=self, replaces="head",
        )  # fmt: skip
        self.table.set_view(View())

    def _begin(self) -> None:
        item = self._item
        self.session.tasks.run_read(
            lambda office, _progress: card_parts(office, item), self._on_parts, owner=self, replaces="parts"
        )

    def _on_parts(self, parts: CardParts) -> None:
        self._offer(parts)
        storehouse, lot = self._wanted
        self.storehouse.setCurrentIndex(max(self.storehouse.findData(storehouse), 0))
        if lot is not None:
            key = next((one.id for one in parts.lots if (one.lot, one.expires_on) == lot), None)
            self.lot.setCurrentIndex(max(self.lot.findData(key), 0))
        self.reload()

    def _offer(self, parts: CardParts) -> None:
        """Fill the two lists, keeping what is chosen."""
        for box, first, options in (
            (self.storehouse, _("All storehouses"), [(one.name, one.code) for one in parts.storehouses]),
            (self.lot, _("All lots"), [(_lot_words(one), one.id) for one in parts.lots]),
        ):
            kept = box.currentData()
            box.blockSignals(True)
            box.clear()
            box.addItem(first, None)
            for words, data in options:
                box.addItem(words, data)
            box.setCurrentIndex(max(box.findData(kept), 0) if kept is not None else 0)
            box.blockSignals(False)

    def _on_head(self, shown: _Shown) -> None:
        card = shown.card
        self._offer(shown.parts)
        self.heading.setText(_("{item}: ledger card").format(item=card.item_name))
        words = (card.item, card.spec or "", _("{count} lines").format(count=f"{card.total:,}"))
        opening = _("Brought forward: {quantity}").format(quantity=number_words(card.opening))
        self.told.setText(" · ".join(filter(None, (*words, opening if self.about().since else ""))))
        balance = f"{number_words(card.closing)} {card.unit_of_measure or ''}".strip()
        self.closing.setText(_("Balance: {quantity}").format(quantity=balance))

    def _on_changed(self, changes: Any) -> None:
        if changes.touches("movements"):
            self.reload()

    def _on_print(self) -> None:
        """The card as it is chosen here."""
        about = self.about()

        def write(office: Office, path: Path, progress: Progress) -> Sequence[str]:
            from drillapp.core.reports.ledger_card import card_paper  # brings the report kit
            from drillapp.core.reports.list_report import render_list

            paper = card_paper(
                office, about.item, storehouse=about.storehouse, lot_id=about.lot_id, since=about.since, until=about.until
            )  # fmt: skip
            return render_list(paper, path, progress).missing

        preview(self.session, write, self.heading.text() or _("Ledger card"), self)

    def _on_opened(self, shown: Any) -> None:
        """Go to the document of a line."""
        self.accept()
        chosen = {"document": frozenset((shown.number,))}
        self.session.go(Target("supplies", "movements", choices=chosen))

    def _connect(self) -> None:
        for box in (self.storehouse, self.lot):
            box.activated.connect(lambda _place: self.reload())
        for field in (self.since, self.until):
            field.edited.connect(self._typing.start)
        self.table.opened.connect(self._on_opened)

    def _lay_out(self) -> None:
        self.body.addLayout(row(self.heading, 1, self.closing))
        self.body.addWidget(self.told)
        self.body.addLayout(self._choices())
        self.body.addWidget(self.table, 1)
        self.print = self.add_action(_("Print the card …"), self._on_print)
        self.add_closing(_("Close")).setAutoDefault(False)

    def _choices(self) -> QHBoxLayout:
        named: tuple[tuple[str, QWidget, int], ...] = (
            (_("Storehouse"), self.storehouse, 220), (_("Lot"), self.lot, 220), (_("Since"), self.since, 140),
            (_("Until"), self.until, 140),
        )  # fmt: skip
        line = QHBoxLayout()
        line.setSpacing(GRID)
        for words, widget, width in named:
            head = label(words, "label", parent=self)
            head.setBuddy(widget)
            getattr(widget, "line", widget).setAccessibleName(words)
            widget.setFixedWidth(width)
            line.addWidget(head)
            line.addWidget(widget)
            line.addSpacing(GRID)
        line.addStretch(1)
        return line


def open_card(
    session: Session, item: str, parent: QWidget, *, storehouse: str | None = None,
    lot: tuple[str | None, date | None] | None = None,
) -> CardDialog:  # fmt: skip
    """Show the card of an item."""
    dialog = CardDialog(session, item, parent, storehouse=storehouse, lot=lot)
    dialog.open()
    return dialog


def _day(field: DateField) -> date | None:
    try:
        value = field.value()
    except ValueError:
        return None
    return value


def _lot_words(one: Any) -> str:
    expires = _("expires {day}").format(day=one.expires_on) if one.expires_on else ""
    return " · ".join(part for part in (one.lot or _("no number"), expires) if part)
