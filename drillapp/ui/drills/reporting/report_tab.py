"""A drill's report in the panel: its steps, what the file lacks with the way to add it, signs for the reviewer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from drillapp.core import enumerations
from drillapp.core.drills.queries import DRILLS
from drillapp.core.drills.rehearsed import Sign, rehearsal_signs
from drillapp.core.drills.reporting.queries import report_steps
from drillapp.core.drills.reporting.rows import ReportRow, ReportStepRow
from drillapp.core.drills.reporting.rules import report_rules
from drillapp.core.i18n import _
from drillapp.core.listing import rows
from drillapp.core.office import Office
from drillapp.ui.parts.record_link import RecordLine, RecordLink
from drillapp.ui.parts.sections import Section, SectionsTab
from drillapp.ui.session import Session, Target


class ReportTab(SectionsTab):
    """A click on what is missing opens the dialog in which it is added."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, report_sections, parent)

    def _link(self, line: RecordLine, parent: QWidget) -> RecordLink:
        if not line.action or line.target is None:
            return super()._link(line, parent)
        drill_id, paper = line.target.record_id, line.target.action
        assert drill_id is not None
        link = RecordLink(line, parent)
        link.setEnabled(not self._session.is_read_only)
        link.clicked.connect(lambda: self.add_paper(drill_id, paper))
        return link

    def add_paper(self, drill_id: int, paper: str) -> None:
        """Open where a paper of a drill's file is added."""
        self._session.tasks.run_read(
            lambda office, _progress: rows(office, DRILLS, [drill_id]),
            lambda found: self._open(paper, found),
            owner=self,
        )

    def _open(self, paper: str, found: list[Any]) -> None:
        for row in found:
            _OPENED.get(paper, _files)(self._session, row, self.window())


def _files(session: Session, row: Any, parent: QWidget) -> None:
    dialog = _record(session, row, parent)
    dialog.show_page(dialog.files)


def _roll(session: Session, row: Any, parent: QWidget) -> None:
    dialog = _record(session, row, parent)
    dialog.show_page(dialog.roll)


def _record(session: Session, row: Any, parent: QWidget) -> Any:
    from drillapp.ui.drills.record.dialog import RecordDialog  # brings all its pages

    dialog = RecordDialog(session, _("Drill: {title}").format(title=row.title), parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.begin_edit(row)
    return dialog


def _log(session: Session, row: Any, parent: QWidget) -> None:
    from drillapp.ui.drills.log_dialog import LogDialog

    dialog = LogDialog(session, row, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def _evaluation(session: Session, row: Any, parent: QWidget) -> None:
    from drillapp.ui.drills.evaluation.dialog import EvaluationDialog

    dialog = EvaluationDialog(session, row, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def _papers(session: Session, row: Any, parent: QWidget) -> None:
    from drillapp.ui.drills.papers.dialog import PapersDialog

    dialog = PapersDialog(session, row, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


_OPENED: dict[str, Callable[[Session, Any, QWidget], None]] = {
    "plan": _papers,
    "summary": _papers,
    "sign_in": _roll,
    "log": _log,
    "evaluation": _evaluation,
}
"""Where a paper is added; the others are files of the drill's record."""


def report_sections(office: Office, row: ReportRow) -> list[Section]:
    """What the tab shows of a drill that ended."""
    return [
        Section(_("Asked by"), _asked(office, row), empty=_("No rule asks this unit to report its drills.")),
        Section(_("Steps of the report"), [_step(step) for step in report_steps(office, row.id)], empty=_("Not reported yet.")),
        Section(
            _("Missing in the file"),
            [_missing(row.id, paper) for paper in row.missing_papers],
            empty=_("The file is complete."),
        ),
        Section(
            _("For the reviewer, not counted"),
            [_sign(sign) for sign in rehearsal_signs(office, row.id)],
            empty=_("No signs that the drill was rehearsed."),
        ),
    ]  # fmt: skip


def _asked(office: Office, row: ReportRow) -> list[RecordLine]:
    rules = [rule for rule in report_rules(office) if rule.id == row.rule]
    words = _("{rule} · {days} working days")
    return [
        RecordLine(words.format(rule=rule.id, days=rule.days), f"{rule.title}\n{rule.article}", wraps=True)
        for rule in rules
    ]


def _step(step: ReportStepRow) -> RecordLine:
    words = " · ".join(part for part in (step.who, step.document, step.note) if part)
    day, kind = step.happened_on.isoformat(), enumerations.label("report_step", step.kind)
    return RecordLine(f"{day}  {kind}", words, wraps=True)


def _missing(drill_id: int, paper: str) -> RecordLine:
    target = Target("drills", "drills", drill_id, action=paper)
    return RecordLine(enumerations.label("report_paper", paper), target=target, action=_("Add …"))


def _sign(sign: Sign) -> RecordLine:
    return RecordLine(sign.text, _(", ").join(sign.evidence), wraps=True)
