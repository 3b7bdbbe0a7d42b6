"""Editing a drill: one roomy dialog for its whole record, its facts and parts saved together."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QTabWidget, QWidget

from drillapp.core.drills.record.parts import RecordParts
from drillapp.core.drills.record.reading import drill_record
from drillapp.core.drills.record.rows import DrillRecord
from drillapp.core.drills.record.saving import save_drill
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.kinds import KINDS
from drillapp.core.office import Office
from drillapp.core.saving import Saved, Saving
from drillapp.ui.drills.record.costs_tab import CostsTab
from drillapp.ui.drills.record.design_tab import DesignTab
from drillapp.ui.drills.record.files_tab import FilesTab
from drillapp.ui.drills.record.objectives_tab import ObjectivesTab
from drillapp.ui.drills.record.part_tab import PartTab
from drillapp.ui.drills.record.parties_tab import PartiesTab
from drillapp.ui.drills.record.roll_tab import RollTab
from drillapp.ui.drills.record.supplies_tab import SuppliesTab
from drillapp.ui.drills.record.tested_tab import TestedTab
from drillapp.ui.errors import words_of
from drillapp.ui.parts.dialog import confirm
from drillapp.ui.parts.fields import fields_of
from drillapp.ui.parts.form_dialog import FormDialog
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

_SIZE = (1160, 740)
_ROOM = (40, 90)
"""What a screen needs around the dialog, in pixels."""


class RecordDialog(FormDialog):
    """Pages for the parts of the record; roll and files are saved as they are added, the rest by Save."""

    def __init__(self, session: Session, title: str, parent: QWidget | None = None) -> None:
        self._session = session
        self._parts = RecordParts()
        self._drill_id = 0
        kind = KINDS["drills"]._replace(save=self._save)
        super().__init__(session, title, kind, fields_of(kind), parent)
        self.form.edited.connect(self._on_form_edited)
        self.form.refused.connect(self._on_refused)
        self.problem = label("", "problem", wraps=True, parent=self)
        self.problem.hide()
        self.body.insertWidget(1, self.problem)
        available = self.screen().availableGeometry()
        self.resize(min(_SIZE[0], available.width() - _ROOM[0]), min(_SIZE[1], available.height() - _ROOM[1]))

    def arranged(self, area: QScrollArea) -> QWidget:
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        form = area.takeWidget()
        assert form is not None
        self.design = DesignTab(self._session, self)
        beside = QWidget()
        beside.setProperty("ground", "surface")
        layout = QHBoxLayout(beside)
        layout.setContentsMargins(0, GRID, 0, 0)
        layout.setSpacing(2 * GRID)
        layout.addWidget(form, 6)
        layout.addWidget(self.design, 5)
        area.setWidget(beside)
        self.parties, self.objectives = PartiesTab(self._session, self), ObjectivesTab(self._session, self)
        self.tested, self.roll = TestedTab(self._session, self), RollTab(self._session, self)
        self.supplies, self.costs = SuppliesTab(self._session, self), CostsTab(self._session, self)
        self.files = FilesTab(self._session, self)
        shown: tuple[tuple[QWidget, str], ...] = (
            (area, _("Design")), (self.parties, _("Taking part")), (self.objectives, _("Objectives")),
            (self.tested, _("Tested sections")), (self.roll, _("Roll")), (self.supplies, _("Supplies")),
            (self.costs, _("Costs")), (self.files, _("Files")),
        )  # fmt: skip
        for page, words in shown:
            self.tabs.addTab(page, words)
        self.design.edited.connect(lambda: self.costs.show_budget(self.design.budget()))
        for tab in (self.roll, self.files):
            tab.edited.connect(self.reload)
        self.supplies.settled.connect(self.reload)
        return self.tabs

    @property
    def pages(self) -> tuple[PartTab, ...]:
        """The pages, with what is saved together and what is saved at once."""
        return (
            self.design, self.parties, self.objectives, self.tested, self.roll, self.supplies, self.costs, self.files,
        )  # fmt: skip

    def begin_edit(self, row: Any) -> None:
        self._drill_id = row.id
        super().begin_edit(row)
        self.reload()

    def reload(self) -> None:
        """Show the record as it is now; what was typed and not saved stays."""
        drill_id = self._drill_id
        self._session.tasks.run_read(
            lambda office, _progress: drill_record(office, drill_id),
            self._on_record,
            owner=self,
            replaces="record",
        )

    def accept(self) -> None:
        """Save the facts and all pages that were touched; the dialog closes when that has worked."""
        if self.form.is_saving:
            return
        parts = RecordParts()
        for page in self.pages:
            if page.part and page.is_touched:
                try:
                    parts = replace(parts, **{page.part: page.value()})
                except ValueError as error:
                    self._tell(str(error), page.part)
                    return
        self._tell("")
        self._parts = parts
        super().accept()
        if not self.form.is_saving:  # a field of the form is not as it must be
            self.tabs.setCurrentIndex(0)

    def reject(self) -> None:
        """Leave, asking first when something was not saved."""
        touched = self.form.is_touched or any(page.part and page.is_touched for page in self.pages)
        title, sentence = _("Leave without saving?"), _("What you typed would be lost.")
        if not touched or confirm(title, sentence, _("Leave"), danger=True, parent=self):
            self.done(0)

    def show_page(self, page: QWidget) -> None:
        """Bring a page to the front."""
        self.tabs.setCurrentIndex(max(self.tabs.indexOf(page), 0))  # the design stands beside the form

    def _save(self, office: Office, entries: list[Any], saving: Saving) -> Saved:
        """What the form saves by: a check looks at the facts alone, Save writes what was touched beside them."""
        (entry,) = entries
        return save_drill(office, entry, saving, RecordParts() if saving.dry_run else self._parts)

    def _on_record(self, record: DrillRecord) -> None:
        self.form.renew(record.drill)
        for page in self.pages:
            page.show_record(record)
        self._look_up_plan()

    def _on_form_edited(self) -> None:
        if self.form.is_field_touched("plan_number") or self.form.is_field_touched("planned_on"):
            self._look_up_plan()

    def _look_up_plan(self) -> None:
        values = self.form.values()
        self.design.look_up(values.get("plan_number"), values.get("planned_on"))

    def _on_refused(self, error: BaseException) -> None:
        if not isinstance(error, InvalidInput):
            self._tell(words_of(error))
            return
        fields = [problem.field for problem in error.problems]
        parts = [page.part for page in self.pages if page.part in fields]
        words = [problem.message for problem in error.problems if problem.field in parts]
        if parts:
            self._tell("\n".join(words), parts[0])
        else:
            self.tabs.setCurrentIndex(0)

    def _tell(self, words: str, part: str = "") -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        for page in self.pages:
            if part and page.part == part:
                self.show_page(page)
