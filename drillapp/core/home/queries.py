"""The few figures of the first page, worked out together and remembered, so that it is there at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import exists, func, select

from drillapp.core.drills.model import Drill
from drillapp.core.drills.queries import FINDINGS, next_drills
from drillapp.core.drills.reporting.queries import late_reports
from drillapp.core.home.figures import WINDOWS, Beginnings, HomeFigures, RuleDue, UnitDue
from drillapp.core.home.pressing import First, Pressing
from drillapp.core.home.tally import STATES, first_without_data, tallies
from drillapp.core.law import Settlement
from drillapp.core.listing import View, counts
from drillapp.core.office import Office
from drillapp.core.plans.model import Plan
from drillapp.core.progress import SILENT, Progress
from drillapp.core.readiness.overview import roots
from drillapp.core.readiness.queries import readiness
from drillapp.core.readiness.rows import UnitReadiness
from drillapp.core.remembered import remember
from drillapp.core.rules.book import RuleBook
from drillapp.core.rules.due import DueKey, due_obligations, each_due_key, in_time
from drillapp.core.rules.duty import Scope
from drillapp.core.rules.queries import scope_of
from drillapp.core.rules.rows import Obligation
from drillapp.core.supplies.dates.expiry import expiring
from drillapp.core.supplies.model import StockEntry
from drillapp.core.supplies.rows import StockRow
from drillapp.core.units.model import Unit

_FIRST = 8
_SHELF = 5
_TO_COME = ("due_30", "due_90")


def home_figures(office: Office, unit_id: int | None, progress: Progress = SILENT) -> HomeFigures:
    """The figures of a unit with all below it (None: of all units), worked out and remembered."""
    return remember(office, f"home {unit_id}", lambda: _figures(office, unit_id, progress))


def _figures(office: Office, unit_id: int | None, progress: Progress) -> HomeFigures:
    progress.step(0, 3, "")
    places = _Places.of(readiness(office, unit_id))
    progress.step(1, 3, "")
    lots, shelf = _stock(office, unit_id)
    findings = counts(office, FINDINGS, View(unit_id=unit_id), "state")
    progress.step(2, 3, "")
    with office.read_whole() as connection:
        scope = scope_of(connection, office.as_of, unit_id)
        due, pressing = _Due(places, office.as_of), Pressing(scope, _FIRST)
        for key in each_due_key(connection, scope, WINDOWS):
            due.add_dated(key)
            pressing.add_dated(key)
        for tallied in tallies(connection, scope):
            due.add(*tallied)
            pressing.add_undated(*tallied)
        without_day = pressing.without_day(connection)
        unknown = first_without_data(connection, scope, _FIRST) if due.all["no_data"] else []
    return HomeFigures(
        begun=beginnings(office),
        readiness=places.top,
        due={window: due.all[window] for window in WINDOWS},
        this_month=due.this_month,
        soonest={
            "overdue": pressing.rows(office, without_day),
            **_soonest(office, due.soonest),
            "no_data": unknown,
        },
        by_unit=due.by_unit(),
        by_rule=due.by_rule(scope.book),
        drills=next_drills(office, unit_id),
        stock={**lots, "short": due.of_sort("level_met", scope)},
        shelf=shelf,
        findings={state: count for (state,), count in findings.items()},
        late_reports=late_reports(office, unit_id),
    )


def _is_this_month(key: DueKey, as_of: date) -> bool:
    day = key.due_on
    return (
        key.window in ("due_30", "due_90")
        and day is not None
        and (day.year, day.month) == (as_of.year, as_of.month)
    )


def beginnings(office: Office) -> Beginnings:
    """Which first steps were taken."""
    statement = select(
        select(func.count(Unit.id) > 1).scalar_subquery(),
        exists(select(Plan.id)),
        exists(select(StockEntry.holding_id)),
        exists(select(Drill.id)),
    )
    with office.read() as connection:
        return Beginnings(*(bool(value) for value in connection.execute(statement).one()))


def _stock(office: Office, unit_id: int | None) -> tuple[Counter[str], list[StockRow]]:
    """How many lots are in each state, and those that expire first."""
    rows = expiring(office, unit_id)
    return Counter(row.state for row in rows), rows[:_SHELF]


def _soonest(office: Office, soonest: Mapping[str, First]) -> dict[str, list[Obligation]]:
    chosen = {name: first.keys() for name, first in soonest.items()}
    asked = due_obligations(office, [key for some in chosen.values() for key in some])
    found = {(row.unit_id, row.settled_by, row.rule, row.subject_id): row for row in asked}
    return {name: [found[key[:4]] for key in some if key[:4] in found] for name, some in chosen.items()}


class _Places(NamedTuple):
    """Where units stand; of all that readiness told only this is kept, while the rest of the figures is worked out."""

    top: UnitReadiness | None
    """The uppermost one, if it is one."""
    right_below: list[tuple[int, str, str]]
    """The units right below the uppermost ones: key, code, name."""
    under: dict[int, int]
    """The one of those that each unit is, or is below."""

    @classmethod
    def of(cls, rows: Sequence[UnitReadiness]) -> _Places:
        """Of units of which the superior ones come first."""
        tops = roots(list(rows))
        top_ids = {top.unit_id for top in tops}
        made = cls(tops[0] if len(tops) == 1 else None, [], {})
        for row in rows:
            if row.unit_id in top_ids:
                continue
            if row.parent_id in top_ids:
                made.right_below.append((row.unit_id, row.unit, row.unit_name))
                made.under[row.unit_id] = row.unit_id
            elif row.parent_id in made.under:
                made.under[row.unit_id] = made.under[row.parent_id]
        return made


class _Due:
    """How much is due in each window: of all, by unit right below the uppermost ones, by rule."""

    def __init__(self, places: _Places, as_of: date) -> None:
        self.all: Counter[str] = Counter()
        self.of_rules: Counter[tuple[str, str]] = Counter()
        self.this_month = 0
        self.soonest = {window: First(_FIRST, in_time) for window in _TO_COME}
        self._of_units: Counter[tuple[int, str]] = Counter()
        self._places, self._as_of = places, as_of

    def add(self, unit_id: int, rule: str, window: str, count: int) -> None:
        """So much of what a rule asks of a unit."""
        self.all[window] += count
        self.of_rules[rule, window] += count
        if unit_id in self._places.under:
            self._of_units[self._places.under[unit_id], window] += count

    def add_dated(self, key: DueKey) -> None:
        """One thing that has a day."""
        self.add(key.unit_id, key.rule, key.window, 1)
        self.this_month += _is_this_month(key, self._as_of)
        if key.window in self.soonest:
            self.soonest[key.window].add(key)

    def of_sort(self, settled_by: Settlement, scope: Scope) -> int:
        """How many things that one kind of fact settles are overdue or without data."""
        rules = scope.rules_settled_by(settled_by)
        return sum(self.of_rules[rule.id, state] for rule in rules for state in STATES)

    def by_rule(self, book: RuleBook) -> list[RuleDue]:
        """The rules of which something is due."""
        return [
            RuleDue(
                rule.id, rule.title, rule.article, rule.mark, rule.settled_by,
                {window: self.of_rules[rule.id, window] for window in WINDOWS},
            )
            for rule in map(book.known.__getitem__, sorted({rule for rule, _window in self.of_rules}))
        ]  # fmt: skip

    def by_unit(self) -> list[UnitDue]:
        """The units right below the uppermost ones, with all that is below each; the first few of each window."""
        return _first_of_each(
            UnitDue(unit_id, code, name, {window: self._of_units[unit_id, window] for window in WINDOWS})
            for unit_id, code, name in self._places.right_below
        )


def _first_of_each(units: Iterable[UnitDue]) -> list[UnitDue]:
    """The first few of each window, those with most overdue first."""
    ordered = sorted(units, key=lambda unit: (*(-unit.due[window] for window in WINDOWS), unit.code))
    chosen = set()
    for window in WINDOWS:
        most = sorted(ordered, key=lambda unit: -unit.due[window])[:_FIRST]
        chosen |= {unit.unit_id for unit in most if unit.due[window]}
    return [unit for unit in ordered if unit.unit_id in chosen]
