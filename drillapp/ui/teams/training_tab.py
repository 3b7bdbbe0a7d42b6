"""Trainings of a team, and below them the drills it takes part in."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.core.teams.chosen import Chosen
from drillapp.core.teams.queries import drills_of
from drillapp.core.teams.rows import TeamDrillRow
from drillapp.ui.parts.record_link import RecordLine, RecordLink
from drillapp.ui.parts.words import label, scrolled
from drillapp.ui.session import Session, Target
from drillapp.ui.teams.part_tab import Part, PartTab

_SHARE = (3, 2)
"""How trainings and drills part the room."""


TRAININGS = Part(
    "team_trainings",
    record_label="Training",
    add_label="Add a training",
    empty_label="Enter the trainings that were held.",
    columns=("held_on", "subject", "hours", "attended", "trainer"),
    fields={"subject": {"wide": True}, "note": {"type": "long", "wide": True}},
    sort=(("held_on", True),),
)


class TrainingTab(PartTab):
    """The newest first."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, TRAININGS, parent)
        self._drills = scrolled(None, self, sideways=False)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.addWidget(label(_("Drills"), "label", parent=self))
        layout.addWidget(self._drills, _SHARE[1])
        layout.setStretchFactor(self.table, _SHARE[0])

    def show_row(self, row: Any) -> None:
        super().show_row(row)
        self.session.tasks.run_read(
            lambda office, _progress: drills_of(office, Chosen(team_id=row.id)),
            self._on_drills,
            owner=self,
            replaces="drills",
        )

    def _on_drills(self, drills: list[TeamDrillRow]) -> None:
        content = QWidget()
        content.setProperty("ground", "surface")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        if not drills:
            words = _("No drill names this team among those that take part.")
            layout.addWidget(label(words, "muted", wraps=True, parent=content))
        for one in drills:
            layout.addWidget(self._link(one, content))
        layout.addStretch(1)
        self._drills.setWidget(content)

    def _link(self, one: TeamDrillRow, parent: QWidget) -> RecordLink:
        role = enumerations.label("drill_role", one.role)
        present = _("{count} present").format(count=one.present) if one.present is not None else ""
        words = " · ".join(filter(None, (one.planned_on.isoformat(), role, present, one.number)))
        target = Target("drills", "drills", one.id)
        mark, tone = (_("held"), "blue") if one.held else (_("to come"), "neutral")
        link = RecordLink(RecordLine(one.title, words, mark, tone, target), parent)
        link.clicked.connect(lambda: self.session.go(target))
        return link
