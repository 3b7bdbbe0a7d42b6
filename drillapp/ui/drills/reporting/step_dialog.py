"""A step of a drill's report: reported, returned or accepted, with the day and who."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from drillapp.core.changes import Changes
from drillapp.core.drills.reporting import commands
from drillapp.core.drills.reporting.rows import ReportRow
from drillapp.core.drills.reporting.whom import reported_to
from drillapp.core.enumerations import label as word
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.ui.drills.record.step_dialogs import StepDialog
from drillapp.ui.parts.beside import required_value
from drillapp.ui.parts.date_field import DateField
from drillapp.ui.parts.editors import LongTextEditor, TextEditor
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session

_REMEMBERED = "drills/reported-to"


class ReportStepDialog(StepDialog):
    """Asks what core wants to know about the step; its refusal is shown below the fields."""

    def __init__(self, session: Session, kind: str, row: ReportRow, parent: QWidget | None = None) -> None:
        titles = {
            "reported": _("Report the drill upward"),
            "returned": _("The report was returned"),
            "accepted": _("The report was accepted"),
        }
        super().__init__(session, titles[kind], row, _told(row), parent)
        self.kind = kind
        self.day, self.who, self.document = DateField(self), TextEditor(self), TextEditor(self)
        self.note = LongTextEditor(self)
        self.note.setProperty("role", "short")  # the style sheet makes long ones higher than is wanted here
        self.note.setFixedHeight(72)
        self.day.set_value(session.today)
        self.who.set_value(session.preferences.text(_REMEMBERED) or None)
        if not self.who.value():
            session.tasks.run_read(
                lambda office, _progress: reported_to(office, row.unit_id), self._propose, owner=self
            )
        self._add(_("Day"), self.day, self.day.line)
        asked = {"reported": _("To whom"), "returned": _("Returned by"), "accepted": _("Accepted by")}
        self._add(asked[kind], self.who, self.who)
        if kind == "reported":
            self._add(_("Number of the letter"), self.document, self.document)
        else:
            self.document.hide()
        self._ask(
            _("What is to be mended") if kind == "returned" else _("Remark"),
            self.note,
            _("Enter it"),
            _("Cancel"),
        )
        self.who.setFocus()

    def accept(self) -> None:
        """Enter the step; the dialog closes when that has worked."""
        try:
            day = required_value(self.day)
        except ValueError as error:
            self.problem.setText(str(error))
            return
        who, document, note = (field.value() or "" for field in (self.who, self.document, self.note))
        self._session.tasks.run_write(
            lambda office, _progress: self._enter(office, day, who, document, note),
            lambda _changes: self._on_done(who),
            owner=self,
            failed=self._on_failed,
        )

    def _propose(self, who: str) -> None:
        """Say to whom the rule asks it to be reported, unless something was typed meanwhile."""
        if not self.who.value():
            self.who.set_value(who or None)

    def _enter(self, office: Office, day: date, who: str, document: str, note: str) -> Changes:
        drill_id = self._drill.id
        if self.kind == "reported":
            return commands.report(office, drill_id, day=day, to=who, document=document, note=note)
        if self.kind == "returned":
            return commands.return_report(office, drill_id, day=day, who=who, note=note)
        return commands.accept_report(office, drill_id, day=day, who=who, note=note)

    def _on_done(self, who: str) -> None:
        self._session.preferences.set_text(_REMEMBERED, who)
        words = _("The drill {number}: {step}.")
        self._session.said.emit(words.format(number=self._drill.number, step=word("report_step", self.kind)))
        super().accept()

    def _add(self, words: str, editor: QWidget, named: QWidget) -> None:
        named.setAccessibleName(words)
        self.body.addWidget(label(words, "label", parent=self))
        self.body.addWidget(editor)


def _told(row: ReportRow) -> str:
    """How the report stands, and what it still lacks."""
    parts = [word("report_state", row.state)]
    if row.due_on is not None:
        parts.append(_("to be reported by {day}").format(day=row.due_on.isoformat()))
    if row.missing_papers:
        papers = _(", ").join(word("report_paper", paper) for paper in row.missing_papers)
        parts.append(_("missing: {papers}").format(papers=papers))
    return " · ".join(parts)
