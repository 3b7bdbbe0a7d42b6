"""Who has it: an item or a capability, how much, how far away, whom to call; and asking for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from drillapp.core.errors import DrillappError
from drillapp.core.i18n import _
from drillapp.core.listing import Column, View
from drillapp.core.office import Office
from drillapp.core.supplies.aid.who_has import HolderRow, WhoHas, who_has
from drillapp.ui import icons
from drillapp.ui.errors import words_of
from drillapp.ui.parts.cells import number_words
from drillapp.ui.parts.editors import NumberEditor
from drillapp.ui.parts.page import Page
from drillapp.ui.parts.reference_field import ReferenceField
from drillapp.ui.parts.source import FixedSource
from drillapp.ui.parts.table import Table
from drillapp.ui.parts.words import button, label, row
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

_TYPING_MS = 250
_COLUMNS = (
    Column("storehouse_name", "Storehouse", width=200),
    Column("steps", "Sub-districts away", "number", 84),
    Column("item_name", "Item name", width=120),
    Column("available", "Can be given", "number", 84),
    Column("unit_of_measure", "Unit of measure", width=76),
    Column("take", "To ask for", "number", 84),
    Column("keeper", "Keeper", width=80),
    Column("phone", "Phone", width=120),
    Column("unit_name", "Unit", width=150),
    Column("expires_on", "Expires on", "date", 100),
    Column("withheld", "In quarantine", "number", 84),
    Column("expired", "Expired", "number", 70),
    Column("lent", "Lent", "number", 70),
    Column("coming", "On its way there", "number", 84),
    Column("promised", "Can be made", "number", 84),
    Column("spec", "Specification", width=150),
    Column("deputy", "Deputy", width=80),
    Column("deputy_phone", "Deputy's phone", width=120),
    Column("street_name", "Sub-district", width=120),
    Column("address", "Address", width=200),
    Column("access", "Access", width=200),
)


class WhoHasView(Page):
    """A view of the supplies page; asks anew while one types."""

    kinds = frozenset({"movements", "items", "storehouses", "units", "categories", "quarantines"})

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.found: WhoHas | None = None
        self._source = FixedSource(_COLUMNS)
        self.table = Table(self._source, session, "who_has", parent=self)
        self.text = QLineEdit(self)
        self.quantity = NumberEditor(self)
        self.unit = ReferenceField(session, "units", self)
        self.within = button("", role="chip", checkable=True, parent=self)
        self.said = label("", wraps=True, parent=self)
        self.go = button(_("Ask for it …"), role="primary", icon="plans", parent=self)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.text)

    def ask(self, text: str, quantity: float | None = None) -> None:
        """Look for something at once."""
        self.text.setText(text)
        self.quantity.set_value(quantity)
        self._typing.stop()
        self.reload()

    def reload(self) -> None:
        """Ask anew what is typed; without words say what can be typed."""
        scope = self.session.scope
        self.within.setText(_("Only in {unit}").format(unit=scope.name))
        self.within.setVisible(scope.unit_id is not None)
        text = self.text.text().strip()
        if not text:
            hint = _("Type what is needed: an item, an alias, a code, or what it must do, such as lighting.")
            self._show(None, "", _("What is needed?"), hint)
            return
        try:
            quantity = self.quantity.value()
        except ValueError as error:
            self._show(None, str(error))
            return
        code, within = self.unit.value() or scope.code, scope.unit_id if self.within.isChecked() else None
        self.session.tasks.run_read(
            lambda office, _progress: _asked(office, text, code, within, quantity),
            self._on_found,
            owner=self,
            failed=self._on_failed,
            replaces="who_has",
        )

    def chosen(self) -> list[HolderRow]:
        """The rows that are to be asked: those selected, or those that together have what is needed."""
        rows = self.found.rows if self.found is not None else ()
        keys = set(self.table.selected_keys())
        picked = [one for one in rows if one.id in keys] if len(keys) > 1 else []
        suggested = [one for one in rows if one.take]
        single = [one for one in rows if one.id in keys]
        return [one for one in picked or suggested or single if one.available and not one.is_own]

    def _lay_out(self) -> None:
        self.text.setPlaceholderText(_("Item, alias, pinyin, code or category"))
        self.text.setAccessibleName(_("What is needed"))
        self.text.setClearButtonEnabled(True)
        self.text.setMinimumWidth(280)
        self.text.addAction(icons.icon("search", "faint"), QLineEdit.ActionPosition.LeadingPosition)
        self.quantity.setMaximumWidth(110)
        self.quantity.setAccessibleName(_("Quantity needed"))
        self.unit.line.setAccessibleName(_("Unit that needs it"))
        self.unit.line.setPlaceholderText(_("Distances from: unit (scope)"))
        self.unit.setMinimumWidth(210)
        fields = QHBoxLayout()
        fields.setSpacing(2 * GRID)
        fields.addWidget(self.text, 2)
        for words, field in ((_("Quantity needed"), self.quantity), (_("Needed by unit"), self.unit)):
            part = QFormLayout()
            part.addRow(label(words, "muted", parent=self), field)
            fields.addLayout(part, 1)
        fields.addWidget(self.within)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        head = QVBoxLayout()
        head.setContentsMargins(3 * GRID, GRID, 3 * GRID, 0)
        head.addLayout(fields)
        line = row(self.said, self.go, spacing=2 * GRID)
        line.setStretch(0, 1)
        head.addLayout(line)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)

    def _connect(self) -> None:
        self.text.textChanged.connect(lambda _text: self._typing.start())
        self.text.returnPressed.connect(self.reload)
        self.quantity.edited.connect(self._typing.start)
        self.unit.edited.connect(self._typing.start)
        self.within.toggled.connect(lambda _on: self.reload())
        self._typing.timeout.connect(self.reload)
        self.table.selection_changed.connect(lambda _count: self._refresh())
        self.go.clicked.connect(self._on_ask)

    def _on_found(self, found: WhoHas) -> None:
        self._show(found, _summary(found))

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, DrillappError):
            self._show(None, words_of(error))
        else:
            self.session.tasks.tell_error(error)

    def _show(self, found: WhoHas | None, words: str, empty: str = "", hint: str = "") -> None:
        """Show who has it and how much that is in all; where there is nothing to show, why."""
        self.found = found
        self.said.setText(words)
        self._source.fill(found.rows if found is not None else ())
        self.table.placeholder.empty_text = empty or _("Nobody has it")
        self.table.placeholder.empty_hint = hint
        self.table.set_view(View())
        self._refresh()

    def _refresh(self) -> None:
        self.go.setEnabled(bool(self.chosen()) and not self.session.is_read_only)
        self.go.setToolTip(_("Of the rows selected, or of those that together have what is needed."))

    def _on_ask(self) -> None:
        from drillapp.ui.supplies.aid.ask_dialog import AskDialog, Offer

        offers = [Offer.of(one) for one in self.chosen()]
        dialog = AskDialog(self.session, offers, self.unit.value() or self.session.scope.code, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def _asked(office: Office, text: str, code: str, within: int | None, quantity: Any) -> WhoHas:
    from drillapp.core.units.references import unit_id

    with office.read() as connection:
        unit = unit_id(connection, code) if code else None
    return who_has(office, text, unit_id=unit, within=within, quantity=quantity)


def _summary(found: WhoHas) -> str:
    """How many have how much, how it was understood, what is missing."""
    givers = [one for one in found.rows if one.available and not one.is_own]
    own = [one for one in found.rows if one.available and one.is_own]
    measures = {one.unit_of_measure or "" for one in (*givers, *own)}
    parts: list[str] = []
    if own and len(measures) == 1:
        parts.append(_("The unit itself has {total}.").format(total=_total(own)))
    if givers and len(measures) == 1:
        parts.append(
            _("{count} storehouses can give {total} in all.").format(
                count=len({one.storehouse_id for one in givers}), total=_total(givers)
            )
        )
    elif givers:
        parts.append(
            _("{count} storehouses can give something.").format(
                count=len({one.storehouse_id for one in givers})
            )
        )
    if found.categories:
        parts.append(_("All of the category: {names}.").format(names=_(", ").join(found.categories)))
    if found.street_name:
        parts.append(_("Distances from {street}.").format(street=found.street_name))
    if found.missing:
        parts.append(
            _("{quantity} are missing: nobody has them.").format(quantity=number_words(found.missing))
        )
    return " ".join(parts)


def _total(rows: Sequence[HolderRow]) -> str:
    """What rows of one unit of measure have together."""
    return f"{number_words(sum(one.available for one in rows))} {rows[0].unit_of_measure or ''}".strip()
