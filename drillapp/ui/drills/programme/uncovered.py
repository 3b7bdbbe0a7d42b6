"""The duties of the year that no drill settles yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from drillapp.core.i18n import _
from drillapp.core.listing import Column, View
from drillapp.core.rules.drill_duties import DrillDuty
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.source import FixedSource
from drillapp.ui.parts.table import Table
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session

_COLUMNS = (
    Column("unit_name", "Unit", width=180),
    Column("title", "What is asked", width=260),
    Column("plan_title", "Plan title", width=180),
    Column("begins_on", "From", "date", 96),
    Column("ends_on", "Due on", "date", 96),
    Column("article", "Article", width=260),
)


class _Line(NamedTuple):
    id: int
    unit_name: str
    title: str
    plan_title: str | None
    begins_on: Any
    ends_on: Any
    article: str


class UncoveredDialog(Dialog):
    """Shows them; on wish they are taken into the programme."""

    wanted = Signal()
    """They are to be added."""

    def __init__(self, session: Session, duties: Sequence[DrillDuty], parent: QWidget | None = None) -> None:
        title = _("Duties that no drill settles yet")
        super().__init__(title, parent, width=900)
        self.body.addWidget(label(f"{title} · {len(duties):,}", "heading", parent=self))
        names = _Line._fields[1:]
        rows = [_Line(i, *(getattr(duty, name) for name in names)) for i, duty in enumerate(duties)]
        self.table = Table(FixedSource(_COLUMNS, rows), session, "uncovered-duties", parent=self)
        self.table.setMinimumHeight(320)
        self.table.set_view(View())
        self.body.addWidget(self.table, 1)
        self.add_closing(_("Close"))
        self.add = self.add_closing(_("Add drills for them"), accepts=True)
        self.add.setEnabled(not session.is_read_only)

    def accept(self) -> None:
        """Ask for them to be added."""
        self.wanted.emit()
        super().accept()
