"""The rules in force, as data from resources/rules."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import cache, partial
from typing import Annotated, Literal, get_args

import msgspec

from drillapp.core import enumerations
from drillapp.core.datafile import BadField, read_data_file
from drillapp.core.i18n import language
from drillapp.core.resources import resource_path

Settlement = Literal[
    "plan_in_force", "plan_filed", "plan_assessed", "plan_outlined", "plan_reviewed", "plan_revised",
    "drill_held", "drill_attended", "drill_evaluated", "drill_reported",
    "finding_corrected", "finding_verified",
    "level_met", "critical_stocked", "upkeep_done", "stocktake_done", "loan_returned",
    "card_issued", "card_current", "team_standing", "team_standard",
]  # fmt: skip
"""What fulfils a rule."""
SETTLEMENTS: tuple[Settlement, ...] = get_args(Settlement)
_Said = Annotated[str, msgspec.Meta(min_length=1)]
_Count = Annotated[int, msgspec.Meta(ge=0)]
_Month = Annotated[int, msgspec.Meta(ge=1, le=12)]
Mark = Literal["V", "V2", "M", "C", "L"]
"""V read in the law's text, V2 read second-hand, M general knowledge, C convention, L entered by the office itself."""
CALENDAR: dict[str, tuple[int, ...]] = {
    "cal_month": tuple(range(1, 13)), "cal_quarter": (1, 4, 7, 10), "cal_half": (1, 7), "cal_year": (1,)
}  # fmt: skip
"""The months in which a window of the calendar begins."""


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a law, a standard or a convention asks of the units that meet its conditions."""

    id: _Said
    settled_by: Settlement
    zh: _Said
    en: _Said
    article: _Said
    mark: Mark
    months: _Count = 0
    """How long one fulfilment lasts."""
    days: _Count = 0
    """How long one has, where no date was set."""
    percent: Annotated[int, msgspec.Meta(ge=0, le=100)] = 0
    """The share that is enough, where it is one."""
    kinds: tuple[str, ...] = ()
    """Asked of units of these kinds; of all when empty."""
    high_risk: bool | None = None
    crowded: bool | None = None
    sectors: tuple[str, ...] = ()
    """Asked of units of one of these sectors."""
    without_sectors: tuple[str, ...] = ()
    """Not asked of units of any of these sectors."""
    names: tuple[str, ...] = ()
    """Asked of units with one of these words in their name."""
    valid_from: date | None = None
    """Since when it is asked."""
    valid_to: date | None = None
    """The last day on which it is asked."""
    in_time: bool = False
    """Whether what was done late stays missed: nothing is left to do, but readiness does not count it."""
    working_days: bool = False
    """Whether `days` are working days, the first not counted."""
    term_is_local: bool = False
    """Whether the law sets no term: the days or months are a usual figure, which an office may set for itself."""
    window: Literal["cal_month", "cal_quarter", "cal_half", "cal_year"] | None = None
    """Asked once in each such window of the calendar; else within `months` after the last time."""
    holidays: tuple[_Month, ...] = ()
    """Months in which no window begins: they belong to the one before."""
    plan_kinds: tuple[str, ...] = ()
    """Asked of units with a plan of one of these kinds in force; only a drill of such a plan settles it."""
    per: Literal["unit", "plan"] = "unit"
    """Whether it is asked of the unit once, or for each of these plans."""
    hazards: tuple[str, ...] = ()
    """Only a drill settles it whose hazard, or else its plan's, has one of these words."""
    evacuation: bool = False
    """Only a drill in which people are evacuated settles it."""
    content: str | None = None
    """The content that such a drill had best have."""
    form: str | None = None
    """The form that such a drill had best have."""

    @property
    def begins(self) -> tuple[int, ...]:
        """The months in which its windows begin; none where the time runs from the last time."""
        return _begins(self.window, self.holidays)

    @property
    def interval(self) -> int:
        """How many months there are from one time to the next, at most."""
        return 12 // len(CALENDAR[self.window]) if self.window else self.months

    @property
    def title(self) -> str:
        """What is asked, in the language spoken now."""
        return self.zh if language() == "zh_CN" else self.en

    def is_valid(self, day: date) -> bool:
        """Whether it is asked on a day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)

    def with_term(self, term: int | None) -> Rule:
        """The same rule with an office's own term in days or months, whichever it counts; None leaves it."""
        if term is None or not self.term_is_local:
            return self
        return msgspec.structs.replace(self, **{"days" if self.days else "months": term})


@cache
def _begins(window: str | None, holidays: tuple[int, ...]) -> tuple[int, ...]:
    months = CALENDAR[window] if window else ()
    return tuple(month for month in months if month not in holidays)


class _File(msgspec.Struct, forbid_unknown_fields=True):
    rule: list[Rule]
    reading: Literal["calendar", "rolling"] = "calendar"
    """How 'once every half-year' is read: within each one of the calendar, or within six months of the last time."""


@cache
def rules() -> dict[str, Rule]:
    """All rules by id; raises Damaged naming file, line and field when one is not well-formed."""
    found: dict[str, Rule] = {}
    for path in sorted(resource_path("rules").glob("*.toml")):
        file = read_data_file(f"rules/{path.name}", _File, partial(_check, found=found))
        found.update((rule.id, _as_read(rule, file.reading)) for rule in file.rule)
    return found


def _as_read(rule: Rule, reading: str) -> Rule:
    if rule.window is None or reading == "calendar":
        return rule
    return msgspec.structs.replace(rule, window=None, holidays=(), months=rule.interval)


def _check(file: _File, found: Collection[str]) -> None:
    """Refuse what the types do not forbid; a mistyped kind of unit would be asked nothing at all."""
    seen = set(found)
    for place, rule in enumerate(file.rule):
        if rule.id in seen:
            raise BadField(f"rule[{place}].id", f"`{rule.id}` is there twice")
        seen.add(rule.id)
        if wrong := fault_of(rule):
            field, words = wrong
            raise BadField(f"rule[{place}].{field}", f"`{field}` of {rule.id}{words and ': '}{words}")


def fault_of(rule: Rule) -> tuple[str, str] | None:
    """The first field of a rule that cannot be as it is, and the codes in it that there are not; None where all is well."""
    for name, enumeration in _CODES.items():
        told = getattr(rule, name)
        codes = {told} if isinstance(told, str) else set(told or ())
        if unknown := codes - set(enumerations.codes(enumeration)):
            return name, " ".join(sorted(unknown))
    wrong = _contradiction(rule)
    return (wrong, "") if wrong else None


_CODES = {
    "kinds": "unit_kind", "sectors": "sector", "without_sectors": "sector", "plan_kinds": "plan_kind",
    "content": "drill_content", "form": "drill_form",
}  # fmt: skip


def _contradiction(rule: Rule) -> str:
    """The field that does not go with the others, if any."""
    if rule.valid_from and rule.valid_to and rule.valid_to < rule.valid_from:
        return "valid_to"
    if rule.per == "plan" and not rule.plan_kinds:
        return "per"
    if (rule.settled_by == "drill_attended") != bool(rule.percent):
        return "percent"  # nobody could say how many are enough; or it is said of what is no share
    if rule.term_is_local and not rule.days and not rule.months:
        return "term_is_local"  # there is no term that an office could set
    if rule.working_days and not rule.days:
        return "working_days"
    return _contradiction_of_drills(rule)


def _contradiction_of_drills(rule: Rule) -> str:
    """The same among the fields that say which drills settle a rule, and how often."""
    if rule.settled_by != "drill_held":
        return next((name for name in _OF_DRILLS if getattr(rule, name)), "")
    if rule.window and rule.months:
        return "months"
    if not rule.window and not rule.months:
        return "settled_by"  # neither in a window nor within months: nobody could say when it is late
    if rule.holidays and not rule.window:
        return "holidays"
    return "holidays" if rule.window and not rule.begins else ""


_OF_DRILLS = ("window", "holidays", "hazards", "evacuation", "content", "form")
"""What is said only of rules that drills settle."""


def rules_settled_by(settlement: Settlement) -> list[Rule]:
    """The rules that one kind of fact fulfils, the strictest first."""
    return sorted(
        (rule for rule in rules().values() if rule.settled_by == settlement), key=lambda rule: rule.interval
    )


def assessment_rule() -> Rule:
    """How long a plan may be in force without an assessment."""
    (rule,) = rules_settled_by("plan_assessed")
    return rule
