"""The form of a finding: what was found, by whom it is put right, what it is about. Its steps are not typed here."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QScrollArea, QVBoxLayout, QWidget

from drillapp.core.drills.findings.commands import relate_to_section
from drillapp.core.drills.findings.rows import SectionChoice
from drillapp.core.drills.findings.sections import sections_to_choose
from drillapp.core.i18n import _
from drillapp.core.kinds import KINDS
from drillapp.core.saving import Saved
from drillapp.ui.parts.fields import fields_of
from drillapp.ui.parts.form_dialog import FormDialog
from drillapp.ui.parts.list_pane import ListPane
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

_BY_STEPS = ("done_on", "verified_on", "verified_by")
"""What the steps say; a form beside them would be a second way to do the same."""
_ASSIGNED = ("action_kind", "action", "owner", "due_on")
"""What may be said when it is entered, and is changed by assigning it."""


class FindingDialog(FormDialog):
    """The usual form with the section of the plan below it."""

    def __init__(self, session: Session, title: str, parent: QWidget | None = None, *, is_new: bool) -> None:
        kind = KINDS["findings"]
        left_out = _BY_STEPS if is_new else (*_BY_STEPS, *_ASSIGNED)
        changes: dict[str, dict[str, Any]] = {name: {"type": None} for name in left_out}
        changes["card_number"] = {"type": "reference", "kind": "cards"}
        self.section = SectionPicker()
        super().__init__(session, title, kind, fields_of(kind, changes), parent)
        self._session = session
        self._section_before: int | None = None
        self.form.editor("drill_number").edited.connect(self._ask_sections)

    def arranged(self, area: QScrollArea) -> QWidget:
        """The section below the form's own fields."""
        whole = QWidget(self)
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addWidget(area, 1)
        head = label(_("Plan section"), "label", parent=whole)
        head.setBuddy(self.section)
        layout.addWidget(head)
        layout.addWidget(self.section)
        hint = _("Against a section it stays with the plan until a revision has answered it.")
        layout.addWidget(label(hint, "small", wraps=True, parent=whole))
        return whole

    def begin_new(self, values: Any) -> None:
        super().begin_new(values)
        self._ask_sections()

    def begin_edit(self, row: Any) -> None:
        self._section_before = row.section_id
        self.section.keep(row.section_id, row.section or "")
        super().begin_edit(row)
        self._ask_sections()

    def _ask_sections(self) -> None:
        drill = self.form.values().get("drill_number")
        if drill:
            self._session.tasks.run_read(
                lambda office, _progress: sections_to_choose(office, drill),
                self.section.offer,
                owner=self,
                replaces="sections",
            )

    def _on_saved(self, saved: Saved) -> None:
        key, section = saved.ids[0], self.section.value()
        if key is None or section == self._section_before:
            super()._on_saved(saved)
            return
        self._session.tasks.run_write(
            lambda office, _progress: relate_to_section(office, key, section),
            lambda _changes: super(FindingDialog, self)._on_saved(saved),
            owner=self,
        )


class SectionPicker(QComboBox):
    """The sections that a finding can be about; those that the drill tests come first."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Plan section"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(30)
        self._kept: tuple[int, str] | None = None
        self.activated.connect(lambda _place: self.edited.emit())
        self.offer([])

    def keep(self, section_id: int | None, title: str) -> None:
        """The section of now, which may be of an older version than those offered."""
        self._kept = None if section_id is None else (section_id, title)
        self.offer([])

    def offer(self, sections: list[SectionChoice]) -> None:
        """Offer these; what is chosen stays."""
        chosen = self.value() if self.count() else (self._kept or (None,))[0]
        self.clear()
        self.addItem("—", None)
        if self._kept is not None and self._kept[0] not in {one.id for one in sections}:
            self.addItem(self._kept[1], self._kept[0])
        for one in sections:
            words = f"{one.title}  ({one.plan_title})"
            self.addItem(_("{section} · tested").format(section=words) if one.is_tested else words, one.id)
        self.setCurrentIndex(max(0, self.findData(chosen)))

    def value(self) -> int | None:
        """The section."""
        found: int | None = self.currentData()
        return found


def finding_form(pane: ListPane, row: Any | None) -> FindingDialog:
    """The form for a finding, or with None for a new one."""
    title = _("New finding") if row is None else _("Edit the finding")
    return FindingDialog(pane.session, title, pane, is_new=row is None)
