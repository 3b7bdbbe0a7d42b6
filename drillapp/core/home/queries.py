"""The few figures of the first page, worked out together and remembered, so that it is there at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

from sqlalchemy import exists, func, select

from drillapp.core.drills.model import Drill
from drillapp.core.drills.queries import FINDINGS, next_drills
from drillapp.core.drills.reporting.queries import late_reports
from drillapp.core.home.figures import WINDOWS, Beginnings, HomeFigures, RuleDue, UnitDue
from drillapp.core.home.pressing import Pressing
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
from drillapp.core.rules.due import DueKey, due_keys, due_obligations
from drillapp.core.rules.duty import Scope
from drillapp.core.rules.queries import scope_of
from drillapp.core.rules.rows import Obligation
from drillapp.core.supplies.dates.expiry import expiring
from drillapp.core.supplies.model import StockEntry
from drillapp.core.units.model import Unit

_FIRST = 8
_SHELF = 5
_TO_COME = ("due_30", "due_90")


def home_figures(office: Office, unit_id: int | None, progress: Progress = SILENT) -> HomeFigures:
    """The figures of a unit with all below it (None: of all units), worked out and remembered."""
    return remember(office, f"home {unit_id}", lambda: _figures(office, unit_id, progress))


def _figures(office: Office, unit_id: int | None, progress: Progress) -> HomeFigures:
    progress.step(0, 4, "")
    places = _Places.of(readiness(office, unit_id))
    progress.step(1, 4, "")
    keys = due_keys(office, unit_id, WINDOWS)
    progress.step(2, 4, "")
    shelf = expiring(office, unit_id)
    lots = Counter(row.state for row in shelf)
    progress.step(3, 4, "")
    findings = counts(office, FINDINGS, View(unit_id=unit_id), "state")
    with office.read() as connection:
        scope = scope_of(connection, office.as_of, unit_id)
        tallied = tallies(connection, scope)
        due = _Due.of(tallied, keys)
        pressing = Pressing(tallied, keys, scope, _FIRST)
        without_day = pressing.without_day(connection)
        unknown = first_without_data(connection, scope, _FIRST) if due.all["no_data"] else []
    return HomeFigures(
        begun=beginnings(office),
        readiness=places.top,
        due={window: due.all[window] for window in WINDOWS},
        this_month=sum(_is_this_month(key, office.as_of) for key in keys),
        soonest={"overdue": pressing.rows(office, without_day), **_soonest(office, keys), "no_data": unknown},
        by_unit=due.by_unit(places),
        by_rule=due.by_rule(scope.book),
        drills=next_drills(office, unit_id),
        stock={**lots, "short": due.of_sort("level_met", scope)},
        shelf=shelf[:_SHELF],
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


def _soonest(office: Office, keys: list[DueKey]) -> dict[str, list[Obligation]]:
    chosen = {name: [key for key in keys if key.window == name][:_FIRST] for name in _TO_COME}
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


class _Due(NamedTuple):
    """How much is due in each window: of all, by unit (its own), by rule."""

    all: Counter[str]
    of_units: Counter[tuple[int, str]]
    of_rules: Counter[tuple[str, str]]

    @classmethod
    def of(cls, tallied: Iterable[tuple[int, str, str, int]], keys: Iterable[DueKey]) -> _Due:
        """What has no day as it was counted, the rest by its keys."""
        made = cls(Counter(), Counter(), Counter())
        dated = ((key.unit_id, key.rule, key.window, 1) for key in keys)
        for unit_id, rule, window, count in chain(tallied, dated):
            made.all[window] += count
            made.of_units[unit_id, window] += count
            made.of_rules[rule, window] += count
        return made

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

    def by_unit(self, places: _Places) -> list[UnitDue]:
        """The units right below the uppermost ones, with all that is below each; the first few of each window."""
        due: Counter[tuple[int, str]] = Counter()
        for (unit_id, window), count in self.of_units.items():
            if unit_id in places.under:
                due[places.under[unit_id], window] += count
        return _first_of_each(
            UnitDue(unit_id, code, name, {window: due[unit_id, window] for window in WINDOWS})
            for unit_id, code, name in places.right_below
        )


def _first_of_each(units: Iterable[UnitDue]) -> list[UnitDue]:
    """The first few of each window, those with most overdue first."""
    ordered = sorted(units, key=lambda unit: (*(-unit.due[window] for window in WINDOWS), unit.code))
    chosen = set()
    for window in WINDOWS:
        most = sorted(ordered, key=lambda unit: -unit.due[window])[:_FIRST]
        chosen |= {unit.unit_id for unit in most if unit.due[window]}
    return [unit for unit in ordered if unit.unit_id in chosen]
