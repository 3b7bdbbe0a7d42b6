"""The drills page: list, findings with their board, and the year calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from drillapp.core.drills.queries import FINDINGS, LOG
from drillapp.core.i18n import _
from drillapp.core.kinds import KINDS
from drillapp.core.listing import Condition, View, first_rows
from drillapp.core.localtime import local_moment
from drillapp.core.office import Office
from drillapp.ui.drills.calendar_view import CalendarView
from drillapp.ui.drills.conduct.opening import conduct_drill, write_script
from drillapp.ui.drills.evaluation.action import PRINTS, evaluate_drill
from drillapp.ui.drills.findings.board import FindingsBoard
from drillapp.ui.drills.findings.list import findings_spec
from drillapp.ui.drills.log_dialog import LogDialog
from drillapp.ui.drills.papers.action import PRINTS as SHEET_PRINTS
from drillapp.ui.drills.papers.action import open_papers
from drillapp.ui.drills.programme.view import ProgrammeView
from drillapp.ui.drills.record.panel import design_sections, means_sections, people_sections
from drillapp.ui.drills.reporting.page import ReportingPage
from drillapp.ui.parts import record_lines, tones
from drillapp.ui.parts.detail import Tab
from drillapp.ui.parts.fields import fields_of
from drillapp.ui.parts.filters import Chip
from drillapp.ui.parts.form_dialog import FormDialog
from drillapp.ui.parts.list_page import ListPage
from drillapp.ui.parts.list_pane import Action, ListPane, ListSpec
from drillapp.ui.parts.printing import preview_report
from drillapp.ui.parts.record_link import RecordLine
from drillapp.ui.parts.sections import Section, sections_tab
from drillapp.ui.session import Session, Target

_RECORD = ("kind", "started_at", "ended_at", "participants", "rating", "third_party", "reported_on")
"""What is not asked when a drill is scheduled: it is no event, and nothing of it has happened yet."""
_LINES = 200


class DrillsPage(ListPage):
    """Drills of the scope."""

    label = "Drills"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.specs = (_drills(), findings_spec())
        super().__init__(session, parent)
        self.board = FindingsBoard(session)
        self.add_view(_("Findings board"), self.board)
        self.calendar = CalendarView(session)
        self.calendar.chosen.connect(self.show_day)
        self.add_view(_("Year"), self.calendar)
        self.programme = ProgrammeView(session)
        self.add_view(_("Annual programme"), self.programme)
        self.reporting = ReportingPage(session)
        self.reporting.participation.drills_wanted.connect(self.show_drills)
        self.add_view(_("Reporting and participation"), self.reporting)

    def show_target(self, target: Target) -> None:
        if target.kind in (spec.kind for spec in self.reporting.specs):
            self.tabs.setCurrentIndex(self.tabs.count() - 1)
            self.reporting.show_target(target)
        else:
            super().show_target(target)

    def show_drills(self, keys: Sequence[int], words: str) -> None:
        """Show these drills in the list."""
        self.show_pane("drills").show_conditions((Condition("id", "in", tuple(keys)),), words)

    def show_day(self, day: date) -> None:
        """Show the drills planned for a day in the list."""
        condition = Condition("planned_on", "=", day)
        self.show_pane("drills").show_conditions((condition,), day.isoformat())


def _drills() -> ListSpec:
    return ListSpec(
        "drills",
        label="All drills",
        record_label="Drill",
        chips=(
            Chip("state", label="State", enumeration="drill_state", codes=tuple(tones.DRILLS["state"])),
            Chip("form", label="Form", enumeration="drill_form"),
            Chip("content", label="Content", enumeration="drill_content"),
            Chip("rating", label="Rating", enumeration="drill_rating"),
            Chip("kind", label="Kind", enumeration="drill_kind"),
            Chip("hazard_category", label="Category of emergency", enumeration="hazard_category"),
            Chip("unannounced", label="Unannounced", enumeration="yes_no"),
        ),
        tones=tones.DRILLS,
        tabs=(
            Tab(label="Design", make=sections_tab(design_sections)),
            Tab(label="Taking part", make=sections_tab(people_sections)),
            Tab(label="Means", make=sections_tab(means_sections)),
            Tab(label="Log", make=sections_tab(_log)),
            Tab(label="Findings", make=sections_tab(_findings_of)),
        ),
        actions=(
            Action(label="Conduct …", icon="stopwatch", done=conduct_drill, needs=1),
            Action(label="Script …", icon="list", done=write_script, needs=1, role="more"),
            Action(label="Log a drill", icon="edit", done=log_drill, needs=1, role="more", writes=True),
            Action(label="Evaluate", icon="check", done=evaluate_drill, needs=1),
            Action(label="Papers …", icon="plans", done=open_papers, needs=1, role="more"),
            Action(label="Record from Word …", icon="import", done=_from_word, role="more", writes=True),
            Action(label="Record an event …", icon="warning", done=_event, role="more", writes=True),
            Action(label="Copy …", icon="copy", done=_copy, needs=1, role="more", writes=True),
            Action(label="Call off …", icon="stop", done=_cancel, needs=1, role="more", writes=True),
        ),
        prints=(
            Action(label="Report on the drill", icon="print", done=_print, needs=1),
            *PRINTS,
            *SHEET_PRINTS,
        ),
        defaults=lambda session: {"planned_on": session.today},
        form=_form,
        numbered=True,
        new_label="Schedule a drill",
        empty_label="Schedule the first drill, or import the drills from a ledger.",
        panel=400,
        widens=True,
    )


def _form(pane: ListPane, row: Any | None) -> FormDialog | None:
    """Scheduling asks only for what is known before the drill; a known drill is edited with its whole record."""
    if row is not None:
        from drillapp.ui.drills.record.actions import record_dialog  # brings all its pages

        return record_dialog(pane)
    kind = KINDS["drills"]
    fields = fields_of(kind, {name: {"type": None} for name in _RECORD})
    return FormDialog(pane.session, _("Schedule a drill"), kind, fields, pane)


def log_drill(pane: ListPane) -> None:
    """Log the drill under the cursor."""
    row = pane.table.current_row()
    if row is not None:
        dialog = LogDialog(pane.session, row, pane)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def _copy(pane: ListPane) -> None:
    from drillapp.ui.drills.record.actions import copy_drill

    copy_drill(pane)


def _cancel(pane: ListPane) -> None:
    from drillapp.ui.drills.record.actions import cancel_drill

    cancel_drill(pane)


def _from_word(pane: ListPane) -> None:
    from drillapp.ui.drills.word_record import choose_word_record

    choose_word_record(pane)


def _event(pane: ListPane) -> None:
    from drillapp.ui.drills.reporting.event_dialog import record_event

    record_event(pane)


def _print(pane: ListPane) -> None:
    row = pane.table.current_row()
    if row is not None:
        title = _("Drill report: {title}").format(title=row.title)
        preview_report(pane.session, "drill", title, pane, number=row.number)


def _log(office: Office, row: Any) -> list[Section]:
    """What happened, line by line, each with the time since the beginning."""
    view = View(conditions=(Condition("drill_number", "=", row.number),))
    lines = [_log_line(one) for one in first_rows(office, LOG, view, _LINES)]
    return [Section(_("Log"), lines, empty=_("Nothing was logged yet."))]


def _log_line(row: Any) -> RecordLine:
    words = " · ".join(part for part in (local_moment(row.at).strftime("%Y-%m-%d %H:%M:%S"), row.who) if part)
    return RecordLine(row.text, words)


def _findings_of(office: Office, row: Any) -> list[Section]:
    """What was found, and the plan that was tested."""
    number = frozenset((row.number,))
    found = record_lines.records_section(
        office, _("Findings"), FINDINGS, (Condition("drill_number", "=", row.number),), record_lines.finding_line,
        Target("drills", "findings", choices={"drill_number": number}),
    )  # fmt: skip
    if row.plan_number is None:
        return [found]
    target = Target("plans", "plans", choices={"number": frozenset((row.plan_number,))})
    return [found, Section(_("Plan"), [RecordLine(row.plan_title, row.plan_number, target=target)])]
