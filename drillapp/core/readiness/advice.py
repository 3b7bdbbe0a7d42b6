"""What would help most: the actions that bring a unit most points for their effort, by the same arithmetic as its score."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection

from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.law import Settlement
from drillapp.core.office import Office
from drillapp.core.readiness.changing import Values, exact_score, with_counts
from drillapp.core.readiness.formula import Formula, formula
from drillapp.core.readiness.lacking import SETTLED, Deltas, Lacking, States, added
from drillapp.core.readiness.one_drill import OneDrill, drills_for
from drillapp.core.readiness.queries import of_some, scope_with_below
from drillapp.core.readiness.rows import UnitReadiness
from drillapp.core.rules.duties import duties
from drillapp.core.rules.duty import Scope
from drillapp.core.rules.queries import obligation_columns, obligation_of
from drillapp.core.rules.rows import Obligation

_FIRST = 5
"""So many duties are named of an action that settles many."""
_NOTHING = 1e-9
_OPEN = ("overdue", "no_data")


class Action(msgspec.Struct, frozen=True):
    """Something to be done, and what it does to the score."""

    kind: Settlement
    title: str
    rules: tuple[str, ...]
    unit_id: int | None
    """None where it stands for several units."""
    unit: str
    unit_name: str
    units: int
    count: int
    """How many duties it settles."""
    points: float
    """Score after it less the score before; both with one decimal."""
    score_before: float | None
    score_after: float | None
    grade_before: str | None
    grade_after: str | None
    effort: float
    """Half days at a desk."""
    exact: float
    """The points before rounding, by which actions are ranked."""
    duties: tuple[Obligation, ...]
    """The first of those it settles."""
    plan_kinds: tuple[str, ...] = ()
    """Of a drill: of a plan of which kinds it must be."""
    hazards: tuple[str, ...] = ()
    evacuation: bool = False


class _Option(NamedTuple):
    """An action that is thought of."""

    kind: Settlement
    rules: tuple[str, ...]
    units: tuple[int, ...]
    settles: int
    """How many duties."""
    effort: float
    below: Deltas
    own: Deltas
    lifted: frozenset[str] = frozenset()
    """The floors that it lifts."""
    duty: Obligation | None = None
    drill: OneDrill | None = None


def advice(office: Office, unit_id: int, most: int = 3) -> list[Action]:
    """The cheapest actions, those first that bring most points to a unit's score for each half day of work.

    Of the unit itself each duty by itself, or one drill for all the rules that it fits; of the units below it all duties
    of a rule together. Points are those of what is entered plainly: a plan that is approved, a drill without figures
    of who came. Raises NotFound for a unit that is not in effect.
    """
    used, day = formula(), office.as_of
    with office.read() as connection:
        scope = scope_with_below(connection, unit_id, day)
        rows = of_some(connection, scope, used, {unit_id})
        if not rows:
            raise NotFound(_("The unit is not there on {day}.").format(day=day))
        thought = _Thought(connection, scope, used, rows[0])
        ranked = sorted(thought.worthwhile(), key=lambda one: (-one[0].exact / one[0].effort, one[0].effort))
        return [thought.told(action, option) for action, option in ranked[:most]]


class _Thought:
    """The actions that are thought of for one unit."""

    def __init__(self, connection: Connection, scope: Scope, used: Formula, row: UnitReadiness) -> None:
        self.connection, self.scope, self.used, self.row = connection, scope, used, row
        self.lacking = Lacking(connection, scope)
        self.own = self._own_duties()
        self.exact = exact_score(row.indicators)
        self.indicator_of = {one: each.name for each in used.indicator for one in each.settled_by}

    def worthwhile(self) -> Iterator[tuple[Action, _Option]]:
        """Those that raise the score, or the grade."""
        codes = [step.code for step in self.used.grade]
        for option in (*self._own_options(), *self._own_drills(), *self._below(), *self._drills_below()):
            action = self._action(option)
            is_better = action.grade_after is not None and (
                action.grade_before is None
                or codes.index(action.grade_after) < codes.index(action.grade_before)
            )
            if action.exact > _NOTHING or is_better:
                yield action, option

    def told(self, action: Action, option: _Option) -> Action:
        """The action with the first duties that it settles."""
        if option.duty is not None:
            found = [option.duty]
        elif option.units == (self.row.unit_id,):
            found = [duty for duty in self.own if duty.rule in option.rules and duty.state in _OPEN]
        else:
            found = list(self._first_below(option))
        unit = found[0] if found and len(option.units) == 1 else None
        return msgspec.structs.replace(
            action,
            duties=tuple(found[:_FIRST]),
            unit_id=unit and unit.unit_id,
            unit=unit.unit if unit else "",
            unit_name=unit.unit_name if unit else "",
        )

    def _own_duties(self) -> list[Obligation]:
        sorts: tuple[Settlement, ...] = (*SETTLED, "critical_stocked")
        own = self.row.unit_id
        return [
            obligation_of(row, self.scope)
            for one in sorts
            for duty in duties(one, self.scope)
            for row in self.connection.execute(obligation_columns(duty, (*_OPEN, "due"), own))
        ]

    def _own_options(self) -> Iterator[_Option]:
        """Each duty of the unit itself by itself, but for drills."""
        for duty in self.own:
            if (
                not self._can_be_done(duty.settled_by, duty.rule, duty.state)
                or duty.settled_by == "drill_held"
            ):
                continue
            done: dict[str, States] = {duty.rule: {duty.state: 1}}
            deltas = self.lacking.settled(self.row.unit_id, duty.settled_by, done)
            yield _Option(
                duty.settled_by, (duty.rule,), (self.row.unit_id,), 1, self.used.effort[duty.settled_by], {}, deltas,
                self._lifted([duty]), duty,
            )  # fmt: skip

    def _own_drills(self) -> Iterator[_Option]:
        effort = self.used.effort.get("drill_held")
        if effort is None:
            return
        asked = [duty for duty in self.own if duty.settled_by == "drill_held"]
        for drill in drills_for(dict.fromkeys(duty.rule for duty in asked), self.scope.book.known):
            first = {duty.rule: duty for duty in reversed(asked) if duty.rule in drill.rules}
            settled = [
                duty
                for duty in asked
                if duty.rule in drill.rules
                and (self.lacking.rule(duty.rule).per == "unit" or duty is first[duty.rule])
            ]
            done: dict[str, States] = {duty.rule: {duty.state: 1} for duty in settled}
            overdue = [duty for duty in settled if duty.state in _OPEN]
            if overdue:
                deltas = self.lacking.settled(self.row.unit_id, "drill_held", done)
                yield _Option(
                    "drill_held", tuple(duty.rule for duty in settled), (self.row.unit_id,), len(overdue), effort, {},
                    deltas, self._lifted(overdue), drill=drill,
                )  # fmt: skip

    def _below(self) -> Iterator[_Option]:
        """All duties of a rule of the units below together."""
        by_rule: dict[str, list[tuple[int, States]]] = {}
        for unit_id, of_rules in self.lacking.of_units.items():
            for rule, states in of_rules.items():
                settled_by = self.lacking.rule(rule).settled_by
                possible = {one: n for one, n in states.items() if self._can_be_done(settled_by, rule, one)}
                if possible and unit_id != self.row.unit_id and settled_by != "drill_held":
                    by_rule.setdefault(rule, []).append((unit_id, possible))
        for rule, of_units in by_rule.items():
            settled_by = self.lacking.rule(rule).settled_by
            count = sum(sum(states.values()) for _unit, states in of_units)
            yield _Option(
                settled_by, (rule,), tuple(unit for unit, _states in of_units), count,
                count * self.used.effort[settled_by],
                added(self.lacking.settled(unit, settled_by, {rule: states}) for unit, states in of_units), {},
            )  # fmt: skip

    def _drills_below(self) -> Iterator[_Option]:
        """One drill in each unit below, of those that could settle the same rules by it together."""
        effort = self.used.effort.get("drill_held")
        if effort is None:
            return
        grouped: dict[OneDrill, list[tuple[int, dict[str, States]]]] = {}
        for unit_id, of_rules in self.lacking.of_units.items():
            asked = {r: s for r, s in of_rules.items() if self.lacking.rule(r).settled_by == "drill_held"}
            if unit_id == self.row.unit_id or not any(one in s for s in asked.values() for one in _OPEN):
                continue
            drills = drills_for(asked, self.scope.book.known)
            best = max(drills, key=lambda one: _overdue(one.rules, asked))
            grouped.setdefault(best, []).append(
                (unit_id, {rule: _one_of(asked[rule]) for rule in best.rules})
            )
        for drill, of_units in grouped.items():
            yield _Option(
                "drill_held", drill.rules, tuple(unit for unit, _done in of_units),
                sum(_overdue(drill.rules, done) for _unit, done in of_units), effort * len(of_units),
                added(self.lacking.settled(unit, "drill_held", done) for unit, done in of_units), {}, drill=drill,
            )  # fmt: skip

    def _can_be_done(self, settled_by: Settlement, rule: str, state: str) -> bool:
        """Whether doing it now counts: not where what is late stays missed, nor where no key post is named yet."""
        if settled_by not in SETTLED or settled_by not in self.used.effort or state not in _OPEN:
            return False
        if settled_by == "card_issued" and state == "no_data":
            return False
        return not self.lacking.rule(rule).in_time

    def _lifted(self, settled: list[Obligation]) -> frozenset[str]:
        """The floors that nothing breaks any more once the unit has settled these duties."""
        subjects = {(duty.settled_by, duty.subject_id, duty.rule) for duty in settled}
        stocked = {duty.subject_id for duty in settled if duty.settled_by == "level_met"}
        left = {
            duty.settled_by
            for duty in self.own
            if duty.state in _OPEN
            and (duty.settled_by, duty.subject_id, duty.rule) not in subjects
            and not (duty.settled_by == "critical_stocked" and duty.subject_id in stocked)
        }
        return frozenset(
            floor.name
            for floor in self.used.floor
            if floor.name in self.row.broken and floor.broken_by not in left
        )

    def _action(self, option: _Option) -> Action:
        values = self._changed(
            self._changed(self.row.indicators, option.below, own=False), option.own, own=True
        )
        exact = exact_score(values)
        score = None if exact is None else round(exact, 1)
        broken = [name for name in self.row.broken if name not in option.lifted]
        before = self.row.score
        drill = option.drill
        return Action(
            option.kind, self._title(option), option.rules, None, "", "", len(option.units), option.settles,
            round((score or 0.0) - (before or 0.0), 1), before, score, self.row.grade,
            self.used.grade_of(score, broken), option.effort, (exact or 0.0) - (self.exact or 0.0), (),
            drill.plan_kinds if drill else (), drill.hazards if drill else (), drill is not None and drill.evacuation,
        )  # fmt: skip

    def _changed(self, values: Values, deltas: Deltas, *, own: bool) -> Values:
        for one, delta in deltas.items():
            name = self.indicator_of.get(one)
            if name is not None:
                values = with_counts(values, name, (*delta, *(delta if own else (0, 0, 0))))
        return values

    def _title(self, option: _Option) -> str:
        titles = [self.lacking.rule(rule).title for rule in option.rules]
        if option.duty is not None:
            return _("{duty}: {subject}").format(duty=titles[0], subject=option.duty.subject)
        words = titles[0]
        if len(titles) > 1:
            words = _("one drill for: {rules}").format(rules=" + ".join(titles))
        if option.units == (self.row.unit_id,):
            return words
        return _("{duty} ({units} units below)").format(duty=words, units=f"{len(option.units):,}")

    def _first_below(self, option: _Option) -> Iterator[Obligation]:
        units = option.units[:_FIRST]
        for duty in duties(option.kind, self.scope):
            statement = obligation_columns(duty, _OPEN).where(
                duty.unit_id.in_(units), duty.rule.in_(option.rules)
            )
            for row in self.connection.execute(statement):
                yield obligation_of(row, self.scope)


def _overdue(rules: Iterable[str], asked: dict[str, States]) -> int:
    return sum(1 for rule in rules if any(state in asked[rule] for state in _OPEN))


def _one_of(states: States) -> States:
    """One duty of a rule, which one drill settles: sooner one that is late than one that is due."""
    return {next(state for state in (*_OPEN, "due") if state in states): 1}
