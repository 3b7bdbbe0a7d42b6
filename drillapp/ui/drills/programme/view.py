"""The annual programme: drawn up, looked at in a year calendar and a list, approved, published, scheduled, printed."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from drillapp.core.dates import months_after
from drillapp.core.drills.programme import commands
from drillapp.core.drills.programme.icalendar import write_calendar
from drillapp.core.drills.programme.progress import progress_by_month
from drillapp.core.drills.programme.queries import PROGRAMME_ITEMS, programme_for
from drillapp.core.drills.programme.rows import ItemRow, MonthProgress, ProgrammeRow
from drillapp.core.drills.programme.scheduling import items_of_month
from drillapp.core.i18n import _
from drillapp.core.listing import Condition, View, counts, first_rows
from drillapp.core.office import Office
from drillapp.core.programming import DrawnUp, draw_up, uncovered
from drillapp.core.rules.drill_duties import DrillDuty
from drillapp.ui.drills.programme.calendar import ProgrammeYear
from drillapp.ui.drills.programme.dialogs import approval, publication, with_reason
from drillapp.ui.drills.programme.empty import NoProgramme
from drillapp.ui.drills.programme.head import ProgrammeHead
from drillapp.ui.drills.programme.items import ItemsPane, schedule
from drillapp.ui.drills.programme.uncovered import UncoveredDialog
from drillapp.ui.frame.shortcut import shortcut
from drillapp.ui.parts.file_dialogs import ask_save
from drillapp.ui.parts.page import Page
from drillapp.ui.parts.printing import preview_report
from drillapp.ui.parts.words import divided, scrolled
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

_OFFERED = 12
"""So many drills of a day are offered by name when one of them is to be moved."""


class _Loaded(NamedTuple):
    programme: ProgrammeRow | None
    days: dict[date, dict[str, int]]
    months: list[MonthProgress]


class ProgrammeView(Page):
    """The programme that covers the scope, for one year."""

    kinds = frozenset({"programmes", "drills", "plans", "units"})

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.programme: ProgrammeRow | None = None
        self.duties: list[DrillDuty] = []
        self.head = ProgrammeHead(session, self)
        self.head.show_year(session.as_of.year)
        self.calendar = ProgrammeYear(self)
        self.items = ItemsPane(session, self._chosen, self)
        self.empty = NoProgramme(session, self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(QWidget(self))  # nothing is known yet
        self._stack.addWidget(divided(scrolled(self.calendar, self), self.items, (540, 600), self))
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.head)
        layout.addWidget(self._stack, 1)
        self._connect()

    def reload(self) -> None:
        unit, year = self.session.scope.unit_id, self.head.year
        self.session.tasks.run_read(
            lambda office, _progress: _load(office, unit, year),
            self._on_loaded,
            owner=self,
            replaces="programme",
        )
        self.session.tasks.run_read(
            lambda office, _progress: uncovered(office, unit, year),
            self._on_uncovered,
            owner=self,
            replaces="uncovered",
        )

    def show_year(self, year: int) -> None:
        """Show another year."""
        self.head.show_year(year)
        self.reload()

    def draw_up(self) -> None:
        """Draw the programme up, or add what it lacks."""
        year, scope = self.head.year, self.session.scope.unit_id
        own = self.programme is not None
        unit = self.programme.unit_id if self.programme is not None else scope
        needed = self.programme is not None and self.programme.approved_on is not None
        title = _("Add to the programme") if own else _("Drawing up the programme")
        with_reason(
            self.session,
            title,
            needed,
            lambda office, reason: draw_up(office, unit, year, reason=reason),
            self,
            self._on_drawn_up,
        )

    def move_items(self, item_ids: list[int], day: date, is_day_fixed: bool) -> None:
        """Plan items for another day or month; asks for the reason where one is needed."""
        if item_ids and not self.session.is_read_only:
            needed = self._chosen().approved_on is not None
            with_reason(
                self.session,
                _("Move to {day}").format(day=day.isoformat() if is_day_fixed else day.strftime("%Y-%m")),
                needed,
                lambda office, reason: commands.move_items(
                    office, item_ids, day, is_day_fixed=is_day_fixed, reason=reason
                ),
                self,
            )

    def shift(self, *, months: int = 0, days: int = 0) -> None:
        """Move the drill under the list's cursor by months or days, within its year."""
        row = self.items.table.current_row()
        if row is None:
            return
        day = months_after(row.planned_on, months) + timedelta(days=days)
        if day.year == self.head.year:
            self.move_items([row.id], day, row.is_day_fixed if months else True)

    def _connect(self) -> None:
        head = self.head
        head.year_wanted.connect(self.show_year)
        head.approval_wanted.connect(lambda: self._open(approval(self.session, self._chosen(), self)))
        head.publication_wanted.connect(lambda: self._open(publication(self.session, self._chosen(), self)))
        head.month_wanted.connect(self._on_month)
        head.print_wanted.connect(self._on_print)
        head.calendar_wanted.connect(self._on_calendar_file)
        head.uncovered_wanted.connect(self._on_show_uncovered)
        head.addition_wanted.connect(self.draw_up)
        self.empty.wanted.connect(self.draw_up)
        self.calendar.chosen.connect(self._on_day)
        self.calendar.dragged.connect(self._on_dragged)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, months, days in (
            ("Alt+Left", -1, 0),
            ("Alt+Right", 1, 0),
            ("Alt+Up", 0, -1),
            ("Alt+Down", 0, 1),
        ):
            shortcut(keys, self.items, partial(self.shift, months=months, days=days), within)

    def _chosen(self) -> ProgrammeRow:
        assert self.programme is not None
        return self.programme

    def _open(self, dialog: Any) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _on_loaded(self, loaded: _Loaded) -> None:
        self.programme = loaded.programme
        unit = self.session.scope.unit_id
        own = loaded.programme is not None and unit in (None, loaded.programme.unit_id)
        self.head.show_programme(loaded.programme, loaded.months, own)
        self.head.show_uncovered(len(self.duties) if loaded.programme is not None else 0)
        self._stack.setCurrentIndex(2 if loaded.programme is None else 1)
        if loaded.programme is None:
            self.empty.show_year(self.head.year, len(self.duties))
            return
        self.calendar.show_year(self.head.year, self.session.as_of, loaded.days)
        self.items.reload()

    def _on_uncovered(self, duties: list[DrillDuty]) -> None:
        self.duties = duties
        if self.programme is None:
            self.empty.show_year(self.head.year, len(duties))
        else:
            self.head.show_uncovered(len(duties))

    def _on_drawn_up(self, drawn: DrawnUp) -> None:
        words = _("{added} drills added; they and those that were there settle {settled} more duties.")
        self.session.said.emit(words.format(added=drawn.added, settled=drawn.settled))

    def _on_day(self, day: date) -> None:
        self.items.show_conditions((Condition("planned_on", "=", day),), day.isoformat())

    def _on_dragged(self, origin: date, day: date, is_day_fixed: bool) -> None:
        chosen = self._chosen().id
        view = View(
            unit_id=self.session.scope.unit_id,
            conditions=(Condition("planned_on", "=", origin), Condition("programme_id", "=", chosen)),
        )
        self.session.tasks.run_read(
            lambda office, _progress: first_rows(office, PROGRAMME_ITEMS, view, _OFFERED),
            lambda rows: self._choose_dragged(rows, day, is_day_fixed),
            owner=self,
            replaces="dragged",
        )

    def _choose_dragged(self, rows: list[ItemRow], day: date, is_day_fixed: bool) -> None:
        """The only drill of the day, or the one under the list's cursor, or the one that is picked from a menu."""
        movable = [row for row in rows if row.state not in ("held", "dropped")]
        current = self.items.table.current_key()
        chosen = movable if len(movable) == 1 else [row for row in movable if row.id == current]
        if chosen:
            self.move_items([chosen[0].id], day, is_day_fixed)
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for row in movable:
            menu.addAction(
                f"{row.title} · {row.unit_name}", partial(self.move_items, [row.id], day, is_day_fixed)
            )
        if not movable:
            menu.addAction(_("No drill of this day can be moved.")).setEnabled(False)
        menu.popup(QCursor.pos())

    def _on_month(self, month: int) -> None:
        programme, unit = self._chosen().id, self.session.scope.unit_id
        self.session.tasks.run_read(
            lambda office, _progress: items_of_month(office, programme, month, unit),
            lambda keys: schedule(self.session, keys, self),
            owner=self,
        )

    def _on_print(self) -> None:
        programme = self._chosen()
        title = _("{unit}: drill plan for {year}").format(unit=programme.unit_name, year=programme.year)
        preview_report(
            self.session, "annual_programme", title, self,
            unit_code=programme.unit_code, number=str(programme.year),
        )  # fmt: skip

    def _on_calendar_file(self) -> None:
        programme, unit = self._chosen(), self.session.scope.unit_id
        proposed, forms = f"{programme.unit_name} {programme.year}.ics", _("Calendar files (*.ics)")
        path = ask_save(self.session, self, _("Save as a calendar file"), proposed, forms, "calendar")
        if path is not None:
            self.write_calendar_file(path, unit)

    def write_calendar_file(self, path: Path, unit: int | None = None) -> None:
        """Write the programme, of a unit and those below it or all, as a calendar file."""
        programme = self._chosen().id
        self.session.tasks.run_read(
            lambda office, _progress: write_calendar(office, programme, path, unit),
            lambda _count: self.session.said.emit(_("{file} is written.").format(file=path.name)),
            owner=self,
            title=_("Writing the document"),
        )

    def _on_show_uncovered(self) -> None:
        dialog = UncoveredDialog(self.session, self.duties, self)
        dialog.wanted.connect(self.draw_up)
        self._open(dialog)


def _load(office: Office, unit_id: int | None, year: int) -> _Loaded:
    programme = programme_for(office, unit_id, year)
    if programme is None:
        return _Loaded(None, {}, [])
    view = View(unit_id=unit_id, conditions=(Condition("programme_id", "=", programme.id),))
    days: dict[date, dict[str, int]] = {}
    for (day, state), count in counts(office, PROGRAMME_ITEMS, view, "planned_on", "state").items():
        days.setdefault(day, {})[state] = count
    return _Loaded(programme, days, progress_by_month(office, programme.id, unit_id))
