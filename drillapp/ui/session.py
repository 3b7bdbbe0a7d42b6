"""What every page of the window is given: the office, the scope, the date, and the way to run work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from drillapp.core.clock import SystemClock
from drillapp.ui.preferences import Preferences
from drillapp.ui.tasks import Tasks

if TYPE_CHECKING:
    from drillapp.core.office import Office
    from drillapp.core.search.hits import Place


class Scope(NamedTuple):
    """The unit that everything is shown for, with those under it."""

    unit_id: int | None = None
    code: str = ""
    name: str = ""


class Target(NamedTuple):
    """Where a figure, a search hit or a link leads: a page, and what to show there."""

    page: str
    """Name of the destination: home, units, plans ..."""
    kind: str = ""
    """Kind of record, where a page shows more than one."""
    record_id: int | None = None
    text: str = ""
    choices: Mapping[str, frozenset[str]] = MappingProxyType({})
    """Column name -> codes wanted."""
    action: str = ""
    """What to begin at once, e.g. `new`."""
    values: Mapping[str, object] = MappingProxyType({})
    """For a new record: what its form begins with, by field name."""
    section: Place | None = None
    """A section of the plan, in the version that it stands in."""


class Session(QObject):
    """The open office as the window sees it."""

    opened = Signal()
    closing = Signal()
    scope_changed = Signal()
    as_of_changed = Signal()
    changed = Signal(object)
    """Changes of a finished command (drillapp.core.changes)."""
    said = Signal(str)
    """A short word for the status bar: what was just done."""
    backed_up = Signal()
    restore_wanted = Signal(object)
    """Path of a backup that somebody wants in the place of the office."""
    reopen_wanted = Signal()
    """The office is another one now: it is to be closed and opened again."""
    wanted = Signal(object)
    """A Target that somebody wants to see."""

    def __init__(
        self,
        tasks: Tasks,
        preferences: Preferences,
        parent: QObject | None = None,
        *,
        as_of: date | None = None,
    ) -> None:
        super().__init__(parent)
        self.tasks = tasks
        self.preferences = preferences
        self._first_as_of = as_of
        """The date that the office is being opened for."""
        self.scope = Scope()
        self._shown_day = self.as_of
        tasks.changed.connect(self.changed)

    @property
    def office(self) -> Office | None:
        """The open office, or None while there is none."""
        return self.tasks.office

    @property
    def is_read_only(self) -> bool:
        """Whether commands would be refused."""
        return self.office is None or self.office.is_read_only

    @property
    def as_of(self) -> date:
        """The date that everything is computed for."""
        if self.office is None:
            return self._first_as_of or self.today
        return self.office.as_of

    @property
    def today(self) -> date:
        """Today where the office is."""
        return (SystemClock() if self.office is None else self.office.clock).today()

    @property
    def is_today(self) -> bool:
        """Whether what is shown is as of today."""
        return self.as_of == self.today

    def begin(self, office: Office, scope: Scope) -> None:
        """Show this office from now on."""
        self.tasks.office = office
        self.scope = scope
        self._shown_day = office.as_of
        self.opened.emit()

    def end(self) -> Office | None:
        """Stop showing the office; whoever opened it closes it."""
        office = self.office
        self.closing.emit()
        self.tasks.office = None
        return office

    def set_scope(self, scope: Scope) -> None:
        """Show this unit and those under it."""
        if scope != self.scope:
            self.scope = scope
            self.scope_changed.emit()

    def set_as_of(self, day: date) -> None:
        """Compute everything for this day; today is whatever day it is."""
        if self.office is not None:
            self.office.as_of = None if day == self.today else day
            self.follow_the_day()

    def follow_the_day(self) -> None:
        """Let everything be computed anew when it is for another day than is shown: a window may stay open past midnight."""
        if self.office is not None and self.as_of != self._shown_day:
            self._shown_day = self.as_of
            self.as_of_changed.emit()

    def note_backup(self) -> None:
        """Remember that the office was backed up today."""
        if self.office is not None:
            self.preferences.remember_backup(self.office.location, self.today.isoformat())
            self.backed_up.emit()

    def go(self, target: Target) -> None:
        """Ask the window to show something."""
        self.wanted.emit(target)
