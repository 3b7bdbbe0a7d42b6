"""Which drills must be reported upward and by when: rules as data, their days as the office set them."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Literal

import msgspec
from sqlalchemy import ColumnElement, and_, false, or_, true

from drillapp.core import enumerations
from drillapp.core.datafile import BadField, read_data_file
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _, language
from drillapp.core.office import Office
from drillapp.core.settings import RULES, set_setting, setting
from drillapp.core.units.model import Unit

_FILE = "rules/drills/reporting.toml"
REPORT_DAYS = "drill_reporting_days"
"""The setting with the working days that an office set, by the id of the rule."""
_MOST_DAYS = 365
_Said = Annotated[str, msgspec.Meta(min_length=1)]


class ReportRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Units whose drills must be reported, and within how many working days."""

    id: _Said
    zh: _Said
    en: _Said
    article: _Said
    mark: Literal["V", "V2", "M", "C"]
    days: Annotated[int, msgspec.Meta(ge=1, le=_MOST_DAYS)]
    """Working days after the day on which the drill ended, that day not counted."""
    kinds: tuple[str, ...] = ()
    high_risk: bool | None = None
    crowded: bool | None = None

    @property
    def title(self) -> str:
        """What is asked, in the language spoken now."""
        return self.zh if language() == "zh_CN" else self.en

    def concerns(self) -> ColumnElement[bool]:
        """Whether a row's unit is asked."""
        conditions: list[ColumnElement[bool]] = [Unit.kind.in_(self.kinds)] if self.kinds else []
        for name in ("high_risk", "crowded"):
            wanted = getattr(self, name)
            if wanted is not None:
                conditions.append(getattr(Unit, name).is_(wanted))
        return and_(true(), *conditions)


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rule: tuple[ReportRule, ...]


@cache
def national_report_rules() -> tuple[ReportRule, ...]:
    """The rules with the usual days, as they come with the program."""
    return read_data_file(_FILE, _File, _check).rule


def _check(file: _File) -> None:
    for place, rule in enumerate(file.rule):
        if unknown := set(rule.kinds) - set(enumerations.codes("unit_kind")):
            raise BadField(f"rule[{place}].kinds", f"`kinds` of {rule.id}: {' '.join(sorted(unknown))}")


def report_rules(office: Office) -> list[ReportRule]:
    """The rules that this office asks, with the days that it set; of two for one unit the shorter term counts."""
    own, off = setting(office, REPORT_DAYS, {}), setting(office, RULES, {}).get("off", {})
    rules = (
        msgspec.structs.replace(rule, days=own.get(rule.id, rule.days))
        for rule in national_report_rules()
        if rule.id not in off
    )
    return sorted(rules, key=lambda rule: rule.days)


def set_report_days(office: Office, rule_id: str, days: int | None) -> None:
    """Set the working days of a rule for this office, with None to the usual ones.

    Raises InvalidInput for an unknown rule and days out of 1 to 365.
    """
    if rule_id not in {rule.id for rule in national_report_rules()}:
        raise InvalidInput(
            _("There is no rule '{rule}' on reporting drills.").format(rule=rule_id), field="rule"
        )
    if days is not None and not 1 <= days <= _MOST_DAYS:
        raise InvalidInput(_("Between 1 and {most} working days.").format(most=_MOST_DAYS), field="days")
    others = {id: own for id, own in setting(office, REPORT_DAYS, {}).items() if id != rule_id}
    set_setting(office, REPORT_DAYS, others if days is None else {**others, rule_id: days})


def must_report(rules: list[ReportRule]) -> ColumnElement[bool]:
    """Whether any rule asks a row's unit to report its drills."""
    return or_(false(), *(rule.concerns() for rule in rules))
