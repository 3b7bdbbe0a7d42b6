"""The rules in force, as data from resources/rules."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Annotated, Literal

import msgspec

from drillapp.core import enumerations
from drillapp.core.errors import Damaged
from drillapp.core.i18n import _, language
from drillapp.core.resources import load_toml, resource_path

Settlement = Literal[
    "plan_in_force", "plan_assessed", "drill_held", "finding_corrected", "level_met", "card_issued"
]  # fmt: skip
"""What fulfils a rule."""
_Said = Annotated[str, msgspec.Meta(min_length=1)]
_Count = Annotated[int, msgspec.Meta(ge=0)]


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a law, a standard or a convention asks of the units that meet its conditions."""

    id: _Said
    settled_by: Settlement
    zh: _Said
    en: _Said
    article: _Said
    mark: Literal["V", "V2", "M", "C"]
    """V read in the law's text, V2 read second-hand, M general knowledge, C convention."""
    months: _Count = 0
    """How long one fulfilment lasts."""
    days: _Count = 0
    """How long one has, where no date was set."""
    kinds: tuple[str, ...] = ()
    """Asked of units of these kinds; of all when empty."""
    high_risk: bool | None = None
    crowded: bool | None = None

    @property
    def title(self) -> str:
        """What is asked, in the language spoken now."""
        return self.zh if language() == "zh_CN" else self.en


class _File(msgspec.Struct, forbid_unknown_fields=True):
    rule: list[Rule]


@cache
def rules() -> dict[str, Rule]:
    """All rules by id; raises Damaged naming file and field when one is not well-formed."""
    found: dict[str, Rule] = {}
    for path in sorted(resource_path("rules").glob("*.toml")):
        try:
            for rule in msgspec.convert(load_toml(f"rules/{path.name}"), _File).rule:
                _check(rule, found)
                found[rule.id] = rule
        except ValueError as error:
            raise Damaged(
                _("The rule file {file} cannot be read: {reason}").format(file=path.name, reason=error),
                _("Install the program again, or correct the file."),
            ) from error
    return found


def _check(rule: Rule, found: Collection[str]) -> None:
    """Raise ValueError for what the types do not forbid; a mistyped kind of unit would be asked nothing at all."""
    if rule.id in found:
        raise ValueError(f"`{rule.id}` is there twice")
    unknown = set(rule.kinds) - set(enumerations.codes("unit_kind"))
    if unknown:
        raise ValueError(f"`kinds` of {rule.id}: {' '.join(sorted(unknown))}")


def rules_settled_by(settlement: Settlement) -> list[Rule]:
    """The rules that one kind of fact fulfils, the strictest first."""
    return sorted(
        (rule for rule in rules().values() if rule.settled_by == settlement), key=lambda rule: rule.months
    )


def assessment_rule() -> Rule:
    """How long a plan may be in force without an assessment."""
    (rule,) = rules_settled_by("plan_assessed")
    return rule
