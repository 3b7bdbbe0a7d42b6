"""The assessment form: question by question whether the plan needs revision, then the conclusion."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from drillapp.core.changes import Changes
from drillapp.core.i18n import _
from drillapp.core.plans.assessment import Answer, AssessmentEntry, Item, assessment_form, save_assessment
from drillapp.core.plans.versions import VersionRow
from drillapp.ui.parts.checked_fields import CheckedFields
from drillapp.ui.parts.date_field import DateField
from drillapp.ui.parts.dialog import Dialog, confirm
from drillapp.ui.parts.editors import ChoiceEditor, LongTextEditor
from drillapp.ui.parts.words import label, scrolled
from drillapp.ui.plans.version_tab import version_name
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID


class ItemRow(QWidget):
    """A question: a tick where revision is needed, and why."""

    def __init__(self, item: Item, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item = item
        words = label(item.text, wraps=True, parent=self)
        self.box = QCheckBox(_("Needs revision"), self)
        self.box.setAccessibleName(f"{_('Needs revision')}: {item.text}")
        self.note = QLineEdit(self)
        self.note.setPlaceholderText(_("What was found"))
        self.note.setAccessibleName(f"{_('What was found')}: {item.text}")
        layout = QGridLayout(self)
        layout.setContentsMargins(0, GRID // 2, GRID, GRID)
        layout.addWidget(words, 0, 0, 1, 2)
        layout.addWidget(self.box, 1, 0)
        layout.addWidget(self.note, 1, 1)
        layout.setColumnStretch(1, 1)

    def answer(self) -> Answer:
        """What was said."""
        return Answer(self.item.id, self.box.isChecked(), self.note.text().strip())

    @property
    def is_touched(self) -> bool:
        """Whether anything was said."""
        return self.box.isChecked() or bool(self.note.text().strip())


class AssessmentDialog(Dialog):
    """The questions at the left by their groups, who, when and the conclusion at the right."""

    def __init__(
        self, session: Session, plan: Any, version: VersionRow, parent: QWidget | None = None
    ) -> None:
        form = assessment_form()
        super().__init__(_("Assess the plan"), parent, width=940)
        self._session = session
        self._version = version
        self.body.addWidget(label(_("Assess the plan"), "heading", parent=self))
        about = " · ".join((plan.title, version_name(version), form.title))
        self.body.addWidget(label(about, "muted", wraps=True, parent=self))
        self.items = [ItemRow(item, self) for group in form.group for item in group.item]
        self.fields = CheckedFields(self)
        self._add_fields()
        middle = QHBoxLayout()
        middle.setSpacing(3 * GRID)
        middle.addWidget(scrolled(self._questions(), self, sideways=False), 3)
        middle.addWidget(scrolled(self.fields, self, sideways=False), 2)
        self.body.addLayout(middle, 1)
        self.add_closing(_("Cancel"))
        self.save = self.add_closing(_("Save"), accepts=True)
        QShortcut(QKeySequence.StandardKey.Save, self, self.accept)
        for made in self.items:
            made.box.toggled.connect(lambda _on: self._propose())
        self.resize(940, 640)

    def accept(self) -> None:
        """Record the assessment; the dialog closes when that has worked."""
        values = self.fields.values()
        if values is None:
            return
        texts: dict[str, Any] = {name: value or "" for name, value in values.items()}
        answers = tuple(made.answer() for made in self.items)
        entry = AssessmentEntry(version_id=self._version.id, answers=answers, **texts)
        self._session.tasks.run_write(
            lambda office, _progress: save_assessment(office, entry),
            self._on_saved,
            owner=self,
            failed=self._on_failed,
            title=_("Saving"),
        )

    def reject(self) -> None:
        """Leave, asking first when something was said."""
        touched = self.fields.is_touched or any(made.is_touched for made in self.items)
        title, sentence = _("Leave without saving?"), _("What you typed would be lost.")
        if not touched or confirm(title, sentence, _("Leave"), danger=True, parent=self):
            super().reject()

    def _questions(self) -> QWidget:
        page = QWidget(self)
        page.setProperty("ground", "surface")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        made = iter(self.items)
        for group in assessment_form().group:
            layout.addWidget(label(group.zh, "label", parent=page))
            for _item in group.item:
                layout.addWidget(next(made))
        layout.addStretch(1)
        return page

    def _add_fields(self) -> None:
        day = DateField(self)
        day.set_value(min(self._session.as_of, self._session.today))
        self.fields.add("happened_on", _("Assessed on"), day, required=True)
        self.fields.add("assessors", _("Assessors, one a line"), LongTextEditor(self), required=True)
        conclusion = ChoiceEditor("assessment_conclusion", self, required=True)
        conclusion.set_value("keep")
        self.fields.add("conclusion", _("Conclusion of the assessment"), conclusion, required=True)
        self.fields.add("suggestions", _("Suggestions"), LongTextEditor(self))
        self.fields.add("basis", _("Basis of the assessment"), LongTextEditor(self))
        self.fields.add("process", _("How it was done"), LongTextEditor(self))

    def _propose(self) -> None:
        """The conclusion that the answers bear out."""
        revise = any(made.box.isChecked() for made in self.items)
        self.fields.editor("conclusion").set_value("revise" if revise else "keep")

    def _on_saved(self, _changes: Changes) -> None:
        self._session.said.emit(_("Saved"))
        super().accept()

    def _on_failed(self, error: BaseException) -> None:
        if not self.fields.tell(error):
            self._session.tasks.tell_error(error)
