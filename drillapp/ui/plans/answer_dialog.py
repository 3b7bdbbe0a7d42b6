"""What a new version does about a finding: where it is addressed, or why it is declined."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from drillapp.core.changes import Changes
from drillapp.core.i18n import _
from drillapp.core.plans.answers import OpenFinding, answer_finding
from drillapp.core.plans.content import Content
from drillapp.core.plans.versions import VersionRow, read_content
from drillapp.ui.parts.checked_fields import CheckedFields
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.editors import ChoiceEditor, LongTextEditor
from drillapp.ui.parts.words import label
from drillapp.ui.plans.version_tab import version_name
from drillapp.ui.session import Session


class AnswerDialog(Dialog):
    """Decision, section, reason."""

    def __init__(
        self, session: Session, finding: OpenFinding, version: VersionRow, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Answer a finding"), parent, width=520)
        self._session = session
        self._finding = finding
        self._version = version
        self.body.addWidget(label(_("Answer a finding"), "heading", parent=self))
        self.body.addWidget(label(finding.text, wraps=True, parent=self))
        about = _("in {version}").format(version=version_name(version))
        self.body.addWidget(label(about, "small", parent=self))
        self.fields = CheckedFields(self)
        decision = ChoiceEditor("finding_decision", self, required=True)
        decision.set_value(finding.decision or "addressed")
        reason = LongTextEditor(self)
        reason.set_value(finding.reason)
        self.fields.add("decision", _("Decision"), decision, required=True)
        self.fields.add("section_id", _("Section that addresses it"), SectionChoice(self))
        self.fields.add("reason", _("Grounds"), reason)
        self.body.addWidget(self.fields)
        self.add_closing(_("Cancel"))
        self.save = self.add_closing(_("Save"), accepts=True)
        session.tasks.run_read(
            lambda office, _progress: read_content(office, version.id), self._on_content, owner=self
        )

    def accept(self) -> None:
        """Save the answer; the dialog closes when that has worked."""
        values = self.fields.values()
        if values is None:
            return
        version, finding = self._version.id, self._finding.id
        decision, section, reason = values["decision"], values["section_id"], values["reason"] or ""
        self._session.tasks.run_write(
            lambda office, _progress: answer_finding(
                office, version, finding, decision, section if decision == "addressed" else None, reason
            ),
            self._on_saved,
            owner=self,
            failed=self._on_failed,
        )

    def _on_content(self, content: Content) -> None:
        choice = self.fields.editor("section_id")
        for section in content.sections:
            indent = "\u2003" * (section.level - 1)
            choice.addItem(f"{indent}{section.number} {section.title}".rstrip(), section.id)
        choice.set_value(self._finding.answer_section_id)

    def _on_saved(self, _changes: Changes) -> None:
        self._session.said.emit(_("Saved"))
        super().accept()

    def _on_failed(self, error: BaseException) -> None:
        if not self.fields.tell(error):
            self._session.tasks.tell_error(error)


class SectionChoice(QComboBox):
    """One of a version's sections, or none."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.addItem("", None)
        self.setMaxVisibleItems(18)
        self.activated.connect(lambda _index: self.edited.emit())

    def value(self) -> int | None:
        """The key of the section."""
        key: int | None = self.currentData()
        return key

    def set_value(self, value: int | None) -> None:
        """Choose a section."""
        self.setCurrentIndex(max(0, self.findData(value)))
