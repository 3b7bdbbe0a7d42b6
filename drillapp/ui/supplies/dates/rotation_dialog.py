"""What expires before long and could be used in a drill that is planned; one click sets it aside for the drill."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from drillapp.core.drills.record.rotation import Rotation, rotations, use_in_drill
from drillapp.core.drills.record.saving import Recorded
from drillapp.core.i18n import _
from drillapp.core.listing import Column, View
from drillapp.ui.errors import words_of
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.source import FixedSource
from drillapp.ui.parts.table import Table
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session

_COLUMNS = (
    Column("expires_on", "Expires on", "date", 100),
    Column("item_name", "Item name", width=130),
    Column("lot", "Lot", width=100),
    Column("free", "Free", "number", 80),
    Column("unit_of_measure", "Unit of measure", width=70),
    Column("storehouse_name", "Storehouse", width=160),
    Column("planned_on", "Drill planned on", "date", 110),
    Column("title", "Drill", width=190),
    Column("unit_name", "Held by", width=150),
)


class _Row(NamedTuple):
    """A suggestion as the table shows it; `id` is its place."""

    id: int
    expires_on: date
    item_name: str
    lot: str | None
    free: float
    unit_of_measure: str | None
    storehouse_name: str
    planned_on: date
    title: str
    unit_name: str


class RotationDialog(Dialog):
    """Shows the suggestions of the scope; what was set aside is asked for anew."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Use in drills before it expires"), parent, width=860)
        self._session = session
        self._found: list[Rotation] = []
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.body.addWidget(label(_("Use in drills before it expires"), "heading", parent=self))
        words = _(
            "Lots that expire within 180 days, and drills planned before that by the unit of the storehouse or one above"
            " or below it. What is set aside stands in the drill's record and is issued when the drill is over."
        )
        self.body.addWidget(label(words, "muted", wraps=True, parent=self))
        self._source = FixedSource(_COLUMNS)
        self.table = Table(self._source, session, "rotation", parent=self)
        self.table.placeholder.empty_text = _("Nothing that expires fits a planned drill")
        self.body.addWidget(self.table, 1)
        self.problem = label("", "problem", wraps=True, parent=self)
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.add_closing(_("Close"))
        self.go = self.add_closing(_("Set aside for the drill"), accepts=True)
        self.go.setEnabled(False)
        self.table.selection_changed.connect(self._on_selected)
        self.resize(1180, 560)
        self.ask()

    def ask(self) -> None:
        """Ask for the suggestions anew."""
        unit_id = self._session.scope.unit_id
        self._session.tasks.run_read(
            lambda office, _progress: rotations(office, unit_id), self._on_found, owner=self
        )

    def accept(self) -> None:
        """Set all that is free of the lot under the cursor aside for its drill; the dialog stays for the next."""
        row = self.table.current_row()
        if row is None or self._session.is_read_only:
            return
        chosen = self._found[row.id]
        self.go.setEnabled(False)
        self._session.tasks.run_write(
            lambda office, _progress: use_in_drill(
                office, chosen.drill_id, chosen.storehouse_id, chosen.lot_id, chosen.free
            ),
            lambda done: self._on_set_aside(done, chosen),
            owner=self,
            failed=self._on_failed,
            title=_("Setting aside"),
        )

    def _on_selected(self, count: int) -> None:
        self.go.setEnabled(count == 1 and not self._session.is_read_only)

    def _on_found(self, found: Sequence[Rotation]) -> None:
        self._found = list(found)
        self._source.fill([_row(place, one) for place, one in enumerate(self._found)])
        self.table.set_view(View())

    def _on_set_aside(self, _done: Recorded, chosen: Rotation) -> None:
        words = _("Set aside for {drill}: {item}").format(drill=chosen.title, item=chosen.item_name)
        self._session.said.emit(words)
        self.problem.hide()
        self.ask()

    def _on_failed(self, error: BaseException) -> None:
        words = words_of(error)
        if not words:
            self._session.tasks.tell_error(error)
            return
        self.problem.setText(words)
        self.problem.show()


def _row(place: int, one: Rotation) -> _Row:
    return _Row(
        place, one.expires_on, one.item_name, one.lot, one.free, one.unit_of_measure, one.storehouse_name,
        one.planned_on, one.title, one.unit_name,
    )  # fmt: skip
