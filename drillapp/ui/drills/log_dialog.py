"""Logging a drill: when it began and ended, who came, how it went, line by line what happened, and what was found."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from drillapp.core.drills.commands import drill_day, save_findings
from drillapp.core.drills.conduct.afterwards import PaperEntered, PaperLine, enter_afterwards
from drillapp.core.drills.entries import FindingEntry
from drillapp.core.drills.queries import DRILLS, FINDINGS
from drillapp.core.i18n import _
from drillapp.core.kinds import KINDS
from drillapp.core.listing import Condition, Listing, View, rows
from drillapp.core.localtime import local_moment
from drillapp.core.numbering import next_finding
from drillapp.core.office import Office
from drillapp.core.saving import Saved
from drillapp.ui.drills.conduct.kept_log import KeptLog
from drillapp.ui.drills.quick_entry import QuickEntry
from drillapp.ui.parts import tones
from drillapp.ui.parts.date_field import DateField
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.editors import ChoiceEditor, TextEditor
from drillapp.ui.parts.fields import fields_of
from drillapp.ui.parts.form import Form
from drillapp.ui.parts.printing import preview_report
from drillapp.ui.parts.source import ListingSource
from drillapp.ui.parts.table import Table
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

_FACTS = ("started_at", "ended_at", "participants", "rating", "place", "leader", "third_party", "reported_on")
_FINDING_COLUMNS = ("number", "text", "action", "owner", "due_on", "state")
_CORRECTED_WITHIN = timedelta(days=30)


class LogDialog(Dialog):
    """Facts at the left, saved together; log and findings at the right, each line saved as it is added."""

    def __init__(self, session: Session, row: Any, parent: QWidget | None = None) -> None:
        super().__init__(_("Log a drill"), parent, width=1040)
        self._session = session
        self._row = row
        self.body.addWidget(label(row.title, "heading", wraps=True, parent=self))
        where = " · ".join((row.number, row.unit_name, row.planned_on.isoformat()))
        self.body.addWidget(label(where, "muted", parent=self))
        middle = QHBoxLayout()
        middle.setSpacing(3 * GRID)
        middle.addLayout(self._facts(), 2)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self._log(), _("Log"))
        self.tabs.addTab(self._findings(), _("Findings"))
        middle.addWidget(self.tabs, 3)
        self.body.addLayout(middle, 1)
        self.print = self.add_action(_("Print …"), self._on_print)
        self.add_closing(_("Close"))
        self.save = self.add_closing(_("Save"), accepts=True)
        self.save.setAutoDefault(False)
        self.save.setDefault(False)
        QShortcut(QKeySequence.StandardKey.Save, self, self.accept)
        self.resize(1040, 640)
        self._show(row)

    def accept(self) -> None:
        """Save the facts; the dialog stays, for more lines may follow."""
        self.form.save()

    def reject(self) -> None:
        """Leave, asking first when facts were typed but not saved."""
        if self.form.may_be_left():
            super().reject()

    def _show(self, row: Any) -> None:
        self._row = row
        self.form.begin_edit(row)
        if row.participants is None:
            self.form.editor("participants").set_value(row.expected)
        self.print.setEnabled(row.ended_at is not None)

    def _facts(self) -> QVBoxLayout:
        kind = KINDS["drills"]
        left_out = {name: {"type": None} for name in kind.entry.__struct_fields__ if name not in _FACTS}
        self.form = Form(self._session, kind, fields_of(kind, left_out), self)
        for name in ("started_at", "ended_at"):
            editor = self.form.editor(name)
            assert isinstance(editor, DateField)
            editor.assume_day(self._row.planned_on)
        self.form.saved.connect(self._on_saved)
        self._note = label("", "small", parent=self)
        layout = QVBoxLayout()
        layout.addWidget(self.form)
        layout.addWidget(
            label(_("A time alone means the day of the drill."), "small", wraps=True, parent=self)
        )
        layout.addWidget(self._note)
        layout.addStretch(1)
        return layout

    def _log(self) -> QWidget:
        entry = QuickEntry(self._session, self._enter, _paper_line, self)
        at = DateField(self, moment=True)
        day = drill_day(self._row.planned_on, self._row.started_at)
        at.assume_day(day)
        at.set_value(self._likely_moment(day))
        entry.add_field("at", _("At"), at, width=190, keeps=True, required=True)
        entry.add_field("text", _("Entry"), TextEditor(self), stretch=3, required=True)
        entry.add_field("who", _("Who"), TextEditor(self), stretch=1, keeps=True)
        self.log_entry, self.log = entry, KeptLog(self._session, self._row.id, self)
        entry.added.connect(self._on_line_added)
        return _page(entry, self.log)

    def _findings(self) -> QWidget:
        entry = QuickEntry(self._session, save_findings, self._finding_entry, self)
        entry.add_field("text", _("What was found"), TextEditor(self), stretch=3, required=True)
        entry.add_field("action", _("Corrective action"), TextEditor(self), stretch=3)
        entry.begin_line()
        entry.add_field("severity", _("Severity"), ChoiceEditor("finding_severity", self), width=120)
        entry.add_field("owner", _("Owner"), TextEditor(self), stretch=1)
        due = DateField(self)
        due.set_value(max(self._session.as_of, self._row.planned_on) + _CORRECTED_WITHIN)
        entry.add_field("due_on", _("Due on"), due, width=180, keeps=True)
        self.finding_entry, self.finding_table = (
            entry,
            self._table(FINDINGS, _FINDING_COLUMNS, "drill-findings"),
        )
        entry.added.connect(lambda: self._reload(self.finding_table))
        return _page(entry, self.finding_table)

    def _table(self, listing: Listing, columns: tuple[str, ...], name: str) -> Table:
        chosen = {column.name: column for column in listing.columns}
        narrow = listing._replace(columns=tuple(chosen[one] for one in columns))
        table = Table(ListingSource(narrow), self._session, name, tones.FINDINGS, self)
        table.placeholder.empty_text = _("Nothing here yet")
        self._reload(table)
        return table

    def _reload(self, table: Table) -> None:
        table.set_view(View(conditions=(Condition("drill_number", "=", self._row.number),)))

    def _likely_moment(self, day: date) -> Any:
        """Now for a drill of today, otherwise its beginning."""
        office = self._session.office
        now = None if office is None else local_moment(office.clock.now())
        return now if now is not None and now.date() == day else self._row.started_at

    def _enter(self, office: Office, lines: list[PaperLine]) -> PaperEntered:
        return enter_afterwards(office, self._row.id, lines)

    def _finding_entry(self, values: dict[str, Any], office: Any) -> FindingEntry:
        drill = self._row.number
        return FindingEntry(drill_number=drill, number=next_finding(office, drill), **values)

    def _on_line_added(self) -> None:
        day = drill_day(self._row.planned_on, self._row.started_at)
        if day == self._session.today:  # live: the next line happens later
            self.log_entry.editor("at").set_value(self._likely_moment(day))

    def _on_saved(self, saved: Saved) -> None:
        self._note.setText(_("Saved") if saved.updated else _("Nothing was changed"))
        key = self._row.id
        self._session.tasks.run_read(
            lambda office, _progress: rows(office, DRILLS, [key]),
            lambda found: self._show(found[0]),
            owner=self,
        )

    def _on_print(self) -> None:
        title = _("Drill report: {title}").format(title=self._row.title)
        preview_report(self._session, "drill", title, self, number=self._row.number)


def _paper_line(values: dict[str, Any], _office: Any) -> PaperLine:
    at = local_moment(values["at"]).replace(tzinfo=None)
    return PaperLine(
        at=at.isoformat(sep=" ", timespec="seconds"), text=values["text"], who=values["who"] or ""
    )


def _page(entry: QWidget, table: QWidget) -> QWidget:
    page = QWidget()
    page.setProperty("ground", "surface")
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 2 * GRID, 0, 0)
    layout.setSpacing(GRID)
    layout.addWidget(entry)
    layout.addWidget(table, 1)
    return page
