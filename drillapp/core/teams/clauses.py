"""What a team of each kind must be, from resources/standards/teams.toml."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Literal

import msgspec

from drillapp.core import enumerations
from drillapp.core.datafile import BadField, read_data_file
from drillapp.core.i18n import language

FILE = "standards/teams.toml"
Measure = Literal[
    "leader",
    "phone",
    "members",
    "on_duty",
    "response",
    "equipment",
    "insured",
    "training",
    "drill",
    "agreement",
]
Mark = Literal["V", "V2", "M", "C"]
_Count = Annotated[int, msgspec.Meta(ge=1, le=10_000)]
_NEEDS = {
    "members": ("least",), "on_duty": ("least", "days"), "response": ("most",), "equipment": ("least",),
    "training": ("months",), "drill": ("months",), "agreement": ("least",),
}  # fmt: skip


class Clause(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that is asked of teams of some kinds."""

    code: str
    measure: Measure
    zh: str
    en: str
    source: str
    """The text that asks for it, in Chinese, as it is cited."""
    mark: Mark
    """How far that was verified: V read in the text, V2 second-hand, M general knowledge, C a working convention."""
    kinds: tuple[str, ...] = ()
    """Codes of the enumeration team_kind; none: every team."""
    counts: bool = True
    """Whether it decides if a team meets its standard."""
    least: _Count | None = None
    most: _Count | None = None
    days: Annotated[int, msgspec.Meta(ge=1, le=31)] | None = None
    months: _Count | None = None

    @property
    def title(self) -> str:
        """What is asked, in the language spoken now."""
        return self.zh if language() == "zh_CN" else self.en

    @property
    def limit(self) -> int | None:
        """The figure that the value is held against."""
        return self.least or self.most or self.months


class _Standards(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    clause: tuple[Clause, ...]


@cache
def clauses() -> tuple[Clause, ...]:
    """All clauses in their order; raises Damaged naming file, line and field of what is wrong."""
    return read_clauses(FILE)


@cache
def clause_of(code: str) -> Clause:
    """The clause with a code."""
    return next(clause for clause in clauses() if clause.code == code)


def read_clauses(name: str) -> tuple[Clause, ...]:
    """The clauses in a file below resources/."""
    return read_data_file(name, _Standards, _check).clause


def _check(standards: _Standards) -> None:
    known, seen = set(enumerations.codes("team_kind")), set[str]()
    for place, clause in enumerate(standards.clause):
        if clause.code in seen:
            raise BadField(f"clause[{place}].code", f"'{clause.code}' stands there twice")
        seen.add(clause.code)
        if unknown := set(clause.kinds) - known:
            raise BadField(f"clause[{place}].kinds", f"unknown kinds {' '.join(sorted(unknown))}")
        for field in _NEEDS.get(clause.measure, ()):
            if getattr(clause, field) is None:
                raise BadField(f"clause[{place}].measure", f"'{clause.measure}' needs '{field}'")
