"""What is due: overdue, within 30 and 90 days, without data; each with the way to settle it, by rule, by unit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from drillapp.core import enumerations
from drillapp.core.home.figures import WINDOWS, HomeFigures, RuleDue, UnitDue
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.rules.rows import ALL, Obligation
from drillapp.core.rules.windows import DATED, LATER, day_of
from drillapp.ui.parts import tones
from drillapp.ui.parts.file_dialogs import ask_save
from drillapp.ui.parts.record_link import RecordLine, RecordLink
from drillapp.ui.parts.words import button, card, label, row
from drillapp.ui.readiness.settling import record_target, settle, settle_words
from drillapp.ui.session import Session, Target
from drillapp.ui.theme import GRID

_ACT_PADDING = 34
_LINES = 8


class DueCard(QFrame):
    """What is due in a window: the first few things, or how much by rule or by unit; and the way to all of it."""

    all_wanted = Signal(str)
    """The window (a code of due_window) of which everything is wanted."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "card")
        self._session = session
        self._figures: HomeFigures | None = None
        self.window_shown = "overdue"
        self.view_shown = "thing"
        self.switches = self._group(
            {name: enumerations.label("due_window", name) for name in WINDOWS}, self.show_window
        )
        self.views = self._group(
            {"thing": _("One by one"), "rule": _("By rule"), "unit": _("By unit")}, self.show_view
        )
        self.all = button("", role="link", parent=self)
        self.all.clicked.connect(lambda: self.all_wanted.emit(self.window_shown))
        self.calendar = button(_("Calendar file …"), role="ghost", icon="calendar", parent=self)
        self.calendar.setToolTip(_("What is overdue or due within 90 days, for a calendar program (.ics)"))
        self.calendar.clicked.connect(self._on_calendar)
        self.remind = button(_("Reminder …"), role="ghost", icon="print", parent=self)
        self.remind.setToolTip(_("A notice to each unit of what is overdue, by which article, by when"))
        self.remind.clicked.connect(self._on_remind)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._lay_out()

    def show_figures(self, figures: HomeFigures) -> None:
        """Show other figures."""
        self._figures = figures
        for name, switch in self.switches.items():
            switch.setText(f"{enumerations.label('due_window', name)} {figures.due[name]:,}")
        self._fill()

    def show_window(self, name: str) -> None:
        """Show what is due in a window."""
        self.window_shown = name
        self.switches[name].setChecked(True)
        self._fill()

    def show_view(self, name: str) -> None:
        """Show it thing by thing, by rule, or by unit."""
        self.view_shown = name
        self.views[name].setChecked(True)
        self._fill()

    def write_calendar(self, path: Path) -> None:
        """Write what is overdue or due within 90 days, of the scope, as a calendar file."""
        unit_id = self._session.scope.unit_id
        self._session.tasks.run_read(
            lambda office, _progress: _write_calendar(office, path, unit_id),
            lambda count: self._session.said.emit(
                _("{count} events written to {file}.").format(count=count, file=path.name)
            ),
            owner=self,
            title=_("Writing the calendar"),
        )

    def _group(self, labels: dict[str, str], show: Callable[[str], None]) -> dict[str, QPushButton]:
        """Chips of which one is chosen, at first the first."""
        group = QButtonGroup(self)
        made = {}
        for name, words in labels.items():
            made[name] = button(words, role="chip", checkable=True, parent=self)
            made[name].clicked.connect(lambda _on=False, name=name: show(name))
            group.addButton(made[name])
        next(iter(made.values())).setChecked(True)
        return made

    def _lay_out(self) -> None:
        head = row(
            label(_("What is due"), "heading", parent=self),
            *self.views.values(),
            1,
            self.remind,
            self.calendar,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID + 4, 2 * GRID, GRID + 4)
        layout.setSpacing(GRID)
        layout.addLayout(head)
        layout.addLayout(row(*self.switches.values(), 1, self.all))
        layout.addLayout(self._rows)
        layout.addStretch(1)

    def _fill(self) -> None:
        if self._figures is None:
            return
        clear(self._rows)
        total = self._figures.due[self.window_shown]
        self.all.setText(_("All {count}").format(count=f"{total:,}"))
        self.all.setVisible(total > 0)
        lines = {"thing": self._things, "rule": self._by_rule, "unit": self._by_unit}[self.view_shown](
            self._figures
        )
        for line in lines[:_LINES]:
            self._rows.addWidget(line)
        if not lines:
            words = _("Nothing with a day here.") if total else _("Nothing. Well done.")
            self._rows.addWidget(label(words, "muted", parent=self))

    def _things(self, figures: HomeFigures) -> list[QWidget]:
        return [self._thing(one) for one in figures.soonest[self.window_shown]]

    def _by_rule(self, figures: HomeFigures) -> list[QWidget]:
        shown = self.window_shown
        found = sorted(
            (one for one in figures.by_rule if one.due[shown]), key=lambda one: (-one.due[shown], one.rule)
        )
        return [self._link(rule_line(one, shown)) for one in found]

    def _by_unit(self, figures: HomeFigures) -> list[QWidget]:
        shown = self.window_shown
        found = sorted(
            (one for one in figures.by_unit if one.due[shown]), key=lambda one: (-one.due[shown], one.code)
        )
        most = max((one.due[shown] for one in found), default=0)
        return [self._link(unit_line(one, shown, most)) for one in found]

    def _link(self, line: RecordLine) -> QWidget:
        link, target = RecordLink(line, self), line.target
        if target is not None:
            link.clicked.connect(lambda: self._session.go(target))
        return link

    def _thing(self, row: Obligation) -> QWidget:
        holder = QWidget(self)
        target = record_target(row, " ".join(row.evidence))
        link = self._link(due_line(row, self.window_shown, self._session.as_of, target))
        act = button(settle_words(row.settled_by), parent=holder)
        act.setFixedWidth(self._act_width())
        act.setAccessibleName(f"{settle_words(row.settled_by)}: {row.unit_name}")
        act.setEnabled(not self._session.is_read_only)
        act.clicked.connect(lambda: settle(self._session, row, row.unit))
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(link, 1)
        layout.addWidget(act)
        return holder

    def _act_width(self) -> int:
        """So wide that every way of settling fits: the buttons stand below each other."""
        metrics = self.fontMetrics()
        return _ACT_PADDING + max(metrics.horizontalAdvance(settle_words(one)) for one in ALL)

    def _on_calendar(self) -> None:
        proposed = _("what is due {day}").format(day=self._session.as_of.isoformat()) + ".ics"
        forms = _("Calendar files (*.ics)")
        path = ask_save(self._session, self, _("Calendar file"), proposed, forms, "calendar")
        if path is not None:
            self.write_calendar(path)

    def _on_remind(self) -> None:
        from drillapp.ui.parts.printing import preview_report  # brings the preview

        scope = self._session.scope
        title = _("{unit}: reminder").format(unit=scope.name or _("All units"))
        preview_report(self._session, "reminder", title, self, unit_code=scope.code or None)


def _write_calendar(office: Office, path: Path, unit_id: int | None) -> int:
    from drillapp.core.rules.calendar_file import write_due_calendar  # works out all that is asked

    return write_due_calendar(office, path, unit_id, LATER)


def rule_line(one: RuleDue, window: str) -> RecordLine:
    """A rule with how much of it is due; one that was not verified says so."""
    sure = "" if one.mark == "V" else enumerations.label("rule_mark", one.mark)
    if one.article.startswith(sure):  # a convention has nothing else to cite, and is not named twice
        sure = ""
    words = " · ".join(part for part in (one.rule, one.article, sure) if part)
    chosen = {"state": frozenset({window}), "rule": frozenset({one.rule})}
    target = Target("readiness", "obligations", choices=chosen)
    return RecordLine(one.title, words, f"{one.due[window]:,}", tones.tone(tones.DUE, window), target)


def unit_line(unit: UnitDue, window: str, most: int) -> RecordLine:
    """A unit below the scope with how much is due of it; the bar compares it with the one of which most is."""
    words = _("overdue {overdue}, within 30 days {soon}, within 90 days {later}, no data {unknown}").format(
        overdue=f"{unit.due['overdue']:,}", soon=f"{unit.due['due_30']:,}", later=f"{unit.due['due_90']:,}",
        unknown=f"{unit.due['no_data']:,}",
    )  # fmt: skip
    target = Target(
        "readiness", "obligations", unit.unit_id,
        choices={"state": frozenset({window})}, values={"unit_name": unit.name},
    )  # fmt: skip
    mark, tone = f"{unit.due[window]:,}", tones.tone(tones.DUE, window)
    return RecordLine(unit.name, words, mark, tone, target, share=unit.due[window] / most if most else None)


def due_line(row: Obligation, window: str, as_of: date, target: Target) -> RecordLine:
    """A thing that is due: whose, what, by which article, and how many days are left."""
    subject = "" if row.subject == row.unit_name else row.subject
    title = " · ".join(part for part in (row.unit_name, row.title, subject) if part)
    due_on = day_of(row)
    day = due_on.isoformat() if due_on else ""
    subtitle = " · ".join(part for part in (day, row.article) if part)
    lacks_day = (
        row.state == "overdue" and row.settled_by not in DATED
    )  # it must always be so: never is it late by days
    mark = enumerations.label("due_window", window) if lacks_day else days_words(due_on, as_of)
    return RecordLine(title, subtitle, mark, tones.tone(tones.DUE, window), target)


def days_words(due_on: date | None, as_of: date) -> str:
    """How many days are left, or over, in words."""
    if due_on is None:
        return _("never done")
    days = (due_on - as_of).days
    if days < 0:
        return _("1 day over") if days == -1 else _("{days} days over").format(days=f"{-days:,}")
    if days == 0:
        return _("due today")
    return _("1 day left") if days == 1 else _("{days} days left").format(days=days)


def clear(layout: QVBoxLayout) -> None:
    """Take everything out of a layout of widgets."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def list_card(
    title: str, parent: QWidget, *, every: Callable[[], object] | None = None
) -> tuple[QFrame, QVBoxLayout]:
    """A card with a title, a link to everything, and room for lines."""
    frame, layout = card(parent)
    head = QHBoxLayout()
    head.addWidget(label(title, "heading", parent=frame))
    head.addStretch(1)
    if every is not None:
        link = button(_("Show all"), role="link", parent=frame)
        link.setAccessibleName(f"{title}: {link.text()}")
        link.clicked.connect(lambda: every())
        head.addWidget(link)
    lines = QVBoxLayout()
    lines.setSpacing(0)
    layout.setContentsMargins(2 * GRID, GRID + 4, 2 * GRID, GRID + 4)
    layout.addLayout(head)
    layout.addLayout(lines)
    layout.addStretch(1)
    return frame, lines
