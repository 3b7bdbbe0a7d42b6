"""What would help most: the actions that bring a unit most points for their effort, by the same arithmetic as its score."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, select

from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.law import Settlement
from drillapp.core.office import Office
from drillapp.core.readiness.changing import Values, exact_score, with_counts
from drillapp.core.readiness.formula import Floor, Formula, formula
from drillapp.core.readiness.lacking import SETTLED, Deltas, Lacking, States, added
from drillapp.core.readiness.one_drill import OneDrill, drills_for
from drillapp.core.readiness.queries import of_some, scope_with_below
from drillapp.core.readiness.rows import UnitReadiness
from drillapp.core.readiness.together import drills_for_all, in_one_go, open_ones, settled_by_one
from drillapp.core.rules.duties import duties
from drillapp.core.rules.duty import Scope
from drillapp.core.rules.queries import obligation_columns, obligation_of
from drillapp.core.rules.rows import Obligation
from drillapp.core.supplies.model import Storehouse
from drillapp.core.supplies.upkeep.queries import upkeep_asked

_FIRST = 5
"""So many duties are named of an action that settles many."""
_NOTHING = 1e-9
_Key = tuple[str, str, int]
"""Which duty of a unit: rule, kind of what it is about, and which."""
_OPEN = ("overdue", "no_data")
_IN_ITS_PLACE: Mapping[Settlement, Settlement] = {"critical_stocked": "level_met"}
"""What is done about a failure that is not counted itself."""


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
    """Half days at a desk: what the formula says of one duty, for each of them, and for each drill."""
    exact: float
    """The points before rounding, by which actions are ranked."""
    duties: tuple[Obligation, ...]
    """The first of those it settles."""
    plan_kinds: tuple[str, ...] = ()
    """Of a drill: of a plan of which kinds it must be."""
    hazards: tuple[str, ...] = ()
    evacuation: bool = False
    drills: int = 0
    """How many drills it takes, one in each unit below; what they must be like is said of the first."""


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
    duties: tuple[Obligation, ...] = ()
    """Those of the unit itself; of the units below it they are looked for when it is advised."""
    drill: OneDrill | None = None
    drills: int = 0
    place: str = ""
    """The storehouse in which all of it is done."""
    for_floor: str = ""
    """The floor of which it settles all that breaks it."""


def advice(office: Office, unit_id: int, most: int = 3) -> list[Action]:
    """The actions that help most: first what lifts a floor, then what brings most points for each half day of work.

    A floor is lifted by all that breaks it together. Else of the unit itself what one go settles: a rule's cards, or what
    is due in one storehouse; one drill for all the rules that it fits; any other duty by itself. Of the units below it all
    duties of a rule together. None is named that settles only what one before it settles already. Points are those of
    what is entered plainly: a plan that is approved, a drill without figures of who came. Raises NotFound for a unit
    that is not in effect.
    """
    used, day = formula(), office.as_of
    with office.read() as connection:
        scope = scope_with_below(connection, unit_id, day)
        rows = of_some(connection, scope, used, {unit_id})
        if not rows:
            raise NotFound(_("The unit is not there on {day}.").format(day=day))
        thought = _Thought(connection, scope, used, rows[0])
        ranked = sorted(thought.worthwhile(), key=thought.rank)
        return [thought.told(action, option) for action, option in islice(_different(ranked), most)]


def _different(ranked: Iterable[tuple[Action, _Option]]) -> Iterator[tuple[Action, _Option]]:
    """Without what is settled already by those before it."""
    settled: set[_Key] = set()
    for action, option in ranked:
        keys = {_key(duty) for duty in option.duties if duty.state in _OPEN}
        if not keys or not keys <= settled:
            settled |= keys
            yield action, option


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
        taken: set[_Key] = set()
        for action, option in self._those_that_help(self._for_floors()):
            taken.update(map(_key, option.duties if option.kind != "drill_held" else ()))
            yield action, option
        own = [duty for duty in self.own if _key(duty) not in taken]
        yield from self._those_that_help(
            [*self._own_options(own), *self._own_drills(), *self._below(), *self._drills_below()]
        )

    def _those_that_help(self, options: Iterable[_Option]) -> Iterator[tuple[Action, _Option]]:
        codes = [step.code for step in self.used.grade]
        for option in options:
            action = self._action(option)
            is_better = action.grade_after is not None and (
                action.grade_before is None
                or codes.index(action.grade_after) < codes.index(action.grade_before)
            )
            if action.exact > _NOTHING or is_better:
                yield action, option

    def rank(self, one: tuple[Action, _Option]) -> tuple[float, ...]:
        """What comes first: what lifts the floor that caps most, then most points for the effort, then the least effort."""
        action, option = one
        codes = [step.code for step in self.used.grade]
        lifted = max(
            (codes.index(floor.cap) for floor in self.used.floor if floor.name in option.lifted), default=-1
        )
        return -lifted, -action.exact / action.effort, action.effort

    def told(self, action: Action, option: _Option) -> Action:
        """The action with the first duties that it settles."""
        found = [duty for duty in option.duties if duty.state in _OPEN] or list(self._first_below(option))
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

    def _for_floors(self) -> Iterator[_Option]:
        """All that breaks a floor together."""
        for floor in self.used.floor:
            if floor.name in self.row.broken:
                option = (
                    self._drills_for_floor() if floor.broken_by == "drill_held" else self._rest_for(floor)
                )
                if option is not None and floor.name in option.lifted:
                    yield option._replace(for_floor=floor.title)

    def _rest_for(self, floor: Floor) -> _Option | None:
        """What ends the breaking of a floor, of those that no drill does; a critical item is there once its level is met."""
        broken = {
            duty.subject_id for duty in self.own if duty.settled_by == floor.broken_by and duty.state in _OPEN
        }
        kind = _IN_ITS_PLACE.get(floor.broken_by, floor.broken_by)
        found = [
            duty for duty in self.own
            if duty.settled_by == kind and duty.subject_id in broken
            and self._can_be_done(kind, duty.rule, duty.state)
        ]  # fmt: skip
        return self._own_option(found) if found else None

    def _drills_for_floor(self) -> _Option | None:
        """As many drills as it takes until none that is asked stays open."""
        if "drill_held" not in self.used.effort:
            return None
        drills = drills_for_all(self._drills_asked(), self.scope.book.known)
        settled = [duty for _drill, duties in drills for duty in duties]
        return self._own_drill(drills[0][0], settled, len(drills)) if len(drills) > 1 else None

    def _drills_asked(self) -> list[Obligation]:
        return [duty for duty in self.own if duty.settled_by == "drill_held"]

    def _own_options(self, own: Sequence[Obligation]) -> Iterator[_Option]:
        """What of these duties of the unit itself one go settles, but for drills."""
        possible = [
            duty for duty in own
            if duty.settled_by != "drill_held" and self._can_be_done(duty.settled_by, duty.rule, duty.state)
        ]  # fmt: skip
        places = self._storehouses() if any(duty.settled_by == "upkeep_done" for duty in possible) else {}
        for duties_of_go in in_one_go(possible, {key: place for key, (place, _name) in places.items()}):
            _place, name = places.get(duties_of_go[0].subject_id, (0, ""))
            is_upkeep = duties_of_go[0].settled_by == "upkeep_done"
            yield self._own_option(duties_of_go)._replace(place=name if is_upkeep else "")

    def _storehouses(self) -> Mapping[int, tuple[int, str]]:
        """In which storehouse, by key and name, each upkeep of the unit is asked."""
        asked = upkeep_asked(self.scope.as_of, self.row.unit_id)
        statement = (
            select(asked.c.id, Storehouse.id, Storehouse.name)
            .join(Storehouse, Storehouse.id == asked.c.storehouse_id)
            .where(Storehouse.unit_id == self.row.unit_id)
        )
        return {key: (place, name) for key, place, name in self.connection.execute(statement)}

    def _own_option(self, settled: Sequence[Obligation]) -> _Option:
        kind, rules = settled[0].settled_by, tuple(dict.fromkeys(duty.rule for duty in settled))
        deltas = self.lacking.settled(self.row.unit_id, kind, _states_of(settled))
        return _Option(
            kind, rules, (self.row.unit_id,), len(settled), self.used.effort[kind] * len(settled), {}, deltas,
            self._lifted(settled), tuple(settled),
        )  # fmt: skip

    def _own_drills(self) -> Iterator[_Option]:
        """One drill of the unit itself, of each sort that is worth holding."""
        if "drill_held" not in self.used.effort:
            return
        asked, known = self._drills_asked(), self.scope.book.known
        for drill in drills_for(dict.fromkeys(duty.rule for duty in asked), known):
            settled = settled_by_one(drill, asked, known)
            if open_ones(settled):
                yield self._own_drill(drill, settled, 1)

    def _own_drill(self, drill: OneDrill, settled: Sequence[Obligation], drills: int) -> _Option:
        deltas = self.lacking.settled(self.row.unit_id, "drill_held", _states_of(settled))
        rules = tuple(dict.fromkeys(duty.rule for duty in settled))
        effort = drills * self.used.effort["drill_held"]
        return _Option(
            "drill_held", rules, (self.row.unit_id,), open_ones(settled), effort, {}, deltas,
            self._lifted([duty for duty in settled if duty.state in _OPEN]), tuple(settled), drill, drills,
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
                drills=len(of_units),
            )  # fmt: skip

    def _can_be_done(self, settled_by: Settlement, rule: str, state: str) -> bool:
        """Whether doing it now counts: not where what is late stays missed, nor where no key post is named yet."""
        if settled_by not in SETTLED or settled_by not in self.used.effort or state not in _OPEN:
            return False
        if settled_by == "card_issued" and state == "no_data":
            return False
        return not self.lacking.rule(rule).in_time

    def _lifted(self, settled: Sequence[Obligation]) -> frozenset[str]:
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
            option.drills,
        )  # fmt: skip

    def _changed(self, values: Values, deltas: Deltas, *, own: bool) -> Values:
        for one, delta in deltas.items():
            name = self.indicator_of.get(one)
            if name is not None:
                values = with_counts(values, name, (*delta, *(delta if own else (0, 0, 0))))
        return values

    def _title(self, option: _Option) -> str:
        titles = [self.lacking.rule(rule).title for rule in option.rules]
        words, is_own, count = " + ".join(titles), bool(option.duties), f"{option.settles:,}"
        if is_own and option.drills > 1:
            return _("{drills} drills, after which the floor “{floor}” no longer holds: {rules}").format(
                drills=f"{option.drills:,}", floor=option.for_floor, rules=words
            )
        if option.kind == "drill_held" and len(titles) > 1:
            words = _("one drill for: {rules}").format(rules=words)
        if not is_own:
            return _("{duty} ({units} units below)").format(duty=words, units=f"{len(option.units):,}")
        if option.kind == "drill_held":
            return words
        if option.settles == 1:
            return _("{duty}: {subject}").format(duty=words, subject=option.duties[0].subject)
        if option.place:
            return _("{duty}: {place}, {count} together").format(duty=words, place=option.place, count=count)
        return _("{duty}: {subject} and others, {count} together").format(
            duty=words, subject=option.duties[0].subject, count=count
        )

    def _first_below(self, option: _Option) -> Iterator[Obligation]:
        units = option.units[:_FIRST]
        for duty in duties(option.kind, self.scope):
            statement = obligation_columns(duty, _OPEN).where(
                duty.unit_id.in_(units), duty.rule.in_(option.rules)
            )
            for row in self.connection.execute(statement):
                yield obligation_of(row, self.scope)


def _key(duty: Obligation) -> _Key:
    return duty.rule, duty.subject_kind, duty.subject_id


def _states_of(settled: Iterable[Obligation]) -> dict[str, States]:
    found: dict[str, States] = {}
    for duty in settled:
        states = found.setdefault(duty.rule, {})
        states[duty.state] = states.get(duty.state, 0) + 1
    return found


def _overdue(rules: Iterable[str], asked: dict[str, States]) -> int:
    return sum(1 for rule in rules if any(state in asked[rule] for state in _OPEN))


def _one_of(states: States) -> States:
    """One duty of a rule, which one drill settles: sooner one that is late than one that is due."""
    return {next(state for state in (*_OPEN, "due") if state in states): 1}
