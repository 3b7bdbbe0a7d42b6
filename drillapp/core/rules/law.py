"""The rules in force, as data from resources/rules."""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from drillapp.core.errors import Damaged
from drillapp.core.i18n import _, language
from drillapp.core.resources import load_toml, resource_path

Settlement = Literal[
    "plan_in_force", "plan_assessed", "drill_held", "finding_corrected", "level_met", "card_issued"
]  # fmt: skip
"""What fulfils a rule."""


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a law, a standard or a convention asks of the units that meet its conditions."""

    id: str
    settled_by: Settlement
    zh: str
    en: str
    article: str
    mark: Literal["V", "V2", "M", "C"]
    """V read in the law's text, V2 read second-hand, M general knowledge, C convention."""
    months: int = 0
    """How long one fulfilment lasts."""
    days: int = 0
    """How long one has, where no date was set."""
    kinds: tuple[str, ...] = ()
    """Asked of units of these kinds; of all when empty."""
    high_risk: bool | None = None
    crowded: bool | None = None

    @property
    def title(self) -> str:
        """What is asked, in the language spoken now."""
        return self.zh if language() == "zh_CN" else self.en


@cache
def rules() -> dict[str, Rule]:
    """All rules by id; raises Damaged naming file and field when one is not well-formed."""
    found: dict[str, Rule] = {}
    for path in sorted(resource_path("rules").glob("*.toml")):
        try:
            content = load_toml(f"rules/{path.name}")
            for rule in msgspec.convert(content["rule"], list[Rule]):
                found[rule.id] = rule
        except (msgspec.ValidationError, KeyError, ValueError) as error:
            raise Damaged(
                _("The rule file {file} cannot be read: {reason}").format(file=path.name, reason=error),
                _("Install the program again, or correct the file."),
            ) from error
    return found


def rules_settled_by(settlement: Settlement) -> list[Rule]:
    """The rules that one kind of fact fulfils, the strictest first."""
    return sorted(
        (rule for rule in rules().values() if rule.settled_by == settlement), key=lambda rule: rule.months
    )
