"""Issuing a readiness bulletin: of which day, compared with which, under which title; the draft can be looked at first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from drillapp.core.dates import months_before
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.progress import Progress
from drillapp.core.readiness.bulletins.rows import BulletinEntry, Issued
from drillapp.core.readiness.overview import QUARTER
from drillapp.core.readiness.rows import UnitReadiness
from drillapp.ui.parts.checked_fields import CheckedFields
from drillapp.ui.parts.date_field import DateField
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.editors import TextEditor
from drillapp.ui.parts.printing import preview
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session

_WIDTH = 520


class IssueDialog(Dialog):
    """What core refuses stands beside the field."""

    def __init__(self, session: Session, unit: UnitReadiness, parent: QWidget | None = None) -> None:
        self._heading = _("{unit}: readiness bulletin").format(unit=unit.unit_name)
        super().__init__(self._heading, parent, width=_WIDTH)
        self._session = session
        self._unit_id = unit.unit_id
        self.body.addWidget(label(self._heading, "heading", wraps=True, parent=self))
        words = _(
            "The figures of the day are kept with the paper, so that the bulletin can be worked out again."
        )
        self.body.addWidget(label(words, "muted", wraps=True, parent=self))
        self.fields = CheckedFields(self)
        day, before = DateField(self), DateField(self)
        day.set_value(session.as_of)
        before.set_value(months_before(session.as_of, QUARTER))
        self.fields.add("as_of", _("As of"), day, required=True)
        self.fields.add("compared_with", _("Compared with"), before)
        self.fields.add("title", _("Title"), TextEditor(self))
        self.body.addWidget(self.fields, 1)
        self.draft = self.add_action(_("Look at the draft"), self.look_at_draft)
        self.add_closing(_("Cancel"))
        self.issue = self.add_closing(_("Issue the bulletin"), accepts=True)

    def look_at_draft(self) -> None:
        """Show the paper as it would be issued, without a number."""
        entry = self._entry()
        if entry is not None:
            preview(
                self._session,
                lambda office, path, progress: _write_draft(office, path, progress, entry),
                self._heading,
                self,
            )

    def accept(self) -> None:
        """Issue it, keep it, and show it; the dialog closes when that has worked."""
        entry = self._entry()
        if entry is None or not self.issue.isEnabled():
            return
        self.issue.setEnabled(False)
        self._session.tasks.run_write(
            lambda office, progress: _issue(office, entry, progress),
            self._on_issued,
            owner=self,
            failed=self._on_failed,
            title=_("Issuing the bulletin"),
        )

    def _entry(self) -> BulletinEntry | None:
        values = self.fields.values()
        if values is None:
            return None
        return BulletinEntry(self._unit_id, values["as_of"], values["compared_with"], values["title"] or "")

    def _on_issued(self, issued: Issued) -> None:
        self._session.said.emit(_("Issued as {number}").format(number=issued.number))
        super().accept()

    def _on_failed(self, error: BaseException) -> None:
        self.issue.setEnabled(True)
        if not self.fields.tell(error):
            self._session.tasks.tell_error(error)


def _issue(office: Office, entry: BulletinEntry, progress: Progress) -> Issued:
    from drillapp.core.reports.bulletin_issue import issue  # brings the report kit

    return issue(office, entry, progress)


def _write_draft(office: Office, path: Path, progress: Progress, entry: BulletinEntry) -> Sequence[str]:
    from drillapp.core.reports.bulletin import render_bulletin  # brings the report kit
    from drillapp.core.reports.bulletin_source import bulletin_paper

    return render_bulletin(bulletin_paper(office, entry, progress), path, progress).missing
