"""The arithmetic of readiness: from what is asked and met to values, score and grade; weights from resources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import chain
from typing import Annotated

import msgspec

from drillapp.core import enumerations
from drillapp.core.datafile import BadField, read_data_file
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _, language
from drillapp.core.law import Settlement

_FILE = "readiness.toml"
_Share = Annotated[float, msgspec.Meta(ge=0, le=1)]


class _Named(msgspec.Struct, frozen=True, kw_only=True):
    zh: str = ""
    en: str = ""

    @property
    def title(self) -> str:
        """Its name in the language spoken now."""
        return self.zh if language() == "zh_CN" else self.en


class Indicator(_Named, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One side of readiness, with its weight in the score."""

    name: str
    weight: Annotated[float, msgspec.Meta(gt=0)]
    settled_by: tuple[Settlement, ...]


class Grade(_Named, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A grade, what it means, and the lowest score that earns it."""

    code: str
    lowest: Annotated[float, msgspec.Meta(ge=0, le=100)] = msgspec.field(name="from")


class Floor(_Named, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A failure that no average can hide: the grade of a unit that breaks it is not better than `cap`."""

    name: str
    broken_by: Settlement
    """Broken when something of this sort is asked of the unit itself and not met."""
    cap: str


class Rollup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much a superior's own duties weigh beside those of the units below it."""

    kinds: tuple[str, ...]
    own: _Share


class Confidence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far a grade can be relied on, and the lowest share of known duties for it."""

    code: str
    lowest: _Share = msgspec.field(name="from")


class Formula(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A named version of weights, grades, floors and shares."""

    version: str
    indicator: tuple[Indicator, ...]
    grade: tuple[Grade, ...]
    """From the best to the worst."""
    floor: tuple[Floor, ...] = ()
    rollup: tuple[Rollup, ...] = ()
    confidence: tuple[Confidence, ...] = ()
    effort: dict[Settlement, Annotated[float, msgspec.Meta(gt=0)]] = {}
    """Half days at a desk that it takes to settle one duty."""

    @property
    def sorts(self) -> tuple[Settlement, ...]:
        """The sorts of duty that it counts, in its indicators or in its floors."""
        counted = chain.from_iterable(one.settled_by for one in self.indicator)
        return tuple(dict.fromkeys(chain(counted, (floor.broken_by for floor in self.floor))))

    def own_share(self, kind: str) -> float | None:
        """How much the own duties of a unit of a kind weigh, 0 to 1; None: as much as they are many."""
        return next((one.own for one in self.rollup if kind in one.kinds), None)

    def confidence_of(self, share: float) -> str | None:
        """The code of the confidence that a share of known duties (0 to 1) gives."""
        return next((one.code for one in self.confidence if share >= one.lowest), None)

    def grade_of(self, score: float | None, broken: Iterable[str] = ()) -> str | None:
        """The grade that a score earns a unit that breaks these floors; None where there is no score."""
        if score is None:
            return None
        codes = [step.code for step in self.grade]
        earned = next(place for place, step in enumerate(self.grade) if score >= step.lowest)
        caps = {one.name: codes.index(one.cap) for one in self.floor}
        return codes[max(earned, *(caps[name] for name in broken), 0)]


class Value(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """An indicator of a unit: what is asked of it and those below it, of how much anything is known, how much is met."""

    weight: float
    met: int
    known: int
    asked: int
    own_met: int
    own_known: int
    own_asked: int
    own_share: float | None = None
    """How much its own duties weigh beside those below it; None: as much as they are many."""

    @property
    def value(self) -> float | None:
        """0 to 1; None when nothing is asked, or nothing known of what is asked."""
        if not self.known:
            return None
        below = self.known - self.own_known
        if self.own_share is None or not self.own_known or not below:
            return self.met / self.known
        of_below = (self.met - self.own_met) / below
        return self.own_share * self.own_met / self.own_known + (1 - self.own_share) * of_below


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    formula: tuple[Formula, ...]


@cache
def formula(version: str | None = None) -> Formula:
    """The formula in use, or an earlier version of it; raises NotFound for an unknown one, Damaged for a bad file."""
    known = read_data_file(_FILE, _File, _check).formula
    if version is None:
        return known[-1]
    found = next((one for one in known if one.version == version), None)
    if found is None:
        raise NotFound(
            _("There is no version '{version}' of the formula of readiness.").format(version=version),
            _("This program knows {versions}.").format(versions=", ".join(one.version for one in known)),
        )
    return found


def _check(file: _File) -> None:
    """Refuse what the types do not forbid: unknown grades and kinds, grades that leave a score without one."""
    if not file.formula:
        raise BadField("formula", "there is none")
    for i, one in enumerate(file.formula):
        codes = [step.code for step in one.grade]
        steps = [step.lowest for step in one.grade]
        if not steps or steps[-1] != 0 or steps != sorted(steps, reverse=True):
            raise BadField(f"formula[{i}].grade", f"the grades of {one.version} must fall to 0")
        for j, floor in enumerate(one.floor):
            if floor.cap not in codes:
                raise BadField(f"formula[{i}].floor[{j}].cap", f"'{floor.cap}' is no grade of {one.version}")
        for j, rollup in enumerate(one.rollup):
            if unknown := set(rollup.kinds) - set(enumerations.codes("unit_kind")):
                raise BadField(
                    f"formula[{i}].rollup[{j}].kinds", f"{' '.join(sorted(unknown))}: no kind of unit"
                )


def score(values: Mapping[str, Value]) -> float | None:
    """100 times the weighted mean of the values, over the indicators of which anything is known; one decimal."""
    weight = reached = 0.0
    for one in values.values():
        value = one.value
        if value is not None:
            weight += one.weight
            reached += one.weight * value
    return round(100 * reached / weight, 1) if weight else None


def confidence(values: Mapping[str, Value]) -> float | None:
    """Of how much of what is asked anything is known, 0 to 1, by the indicators' weights; None when nothing is asked."""
    weight = known = 0.0
    for one in values.values():
        if one.asked:
            weight += one.weight
            known += one.weight * one.known / one.asked
    return known / weight if weight else None
