"""The rules as one office asks them: those of the law, with its own rules and terms, without those it switched off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, cached_property, lru_cache

import msgspec
from sqlalchemy import Connection, select

from drillapp.core.database.model import Setting
from drillapp.core.drills.reporting.rules import REPORT_DAYS, national_report_rules
from drillapp.core.law import Rule, Settlement, rules
from drillapp.core.office import Office
from drillapp.core.plans.filing import filings
from drillapp.core.rules.choices import SETTING, RuleChoices
from drillapp.core.rules.settlings import Settling

_LOOKED_BACK = 24
"""Months for which it is held against a unit that a drill was not reported."""


class RuleBook:
    """All rules that an office knows, and which of them it asks."""

    def __init__(self, known: Mapping[str, Rule], off: Mapping[str, str]) -> None:
        self.known = known
        """By id, also those switched off."""
        self.off = off
        """The reasons for which rules are switched off, by id."""

    def settled_by(self, settlement: Settlement, day: date | None = None) -> list[Rule]:
        """The rules asked that one kind of fact fulfils, the strictest first; on a day only those valid then."""
        found = [
            rule for rule in self._by_settlement.get(settlement, ()) if day is None or rule.is_valid(day)
        ]
        return sorted(found, key=lambda rule: rule.interval)

    @cached_property
    def _by_settlement(self) -> dict[Settlement, list[Rule]]:
        found: dict[Settlement, list[Rule]] = {}
        for rule in self.known.values():
            if rule.id not in self.off:
                found.setdefault(rule.settled_by, []).append(rule)
        return found

    @cached_property
    def drill_rules(self) -> tuple[Rule, ...]:
        """The rules asked that drills settle."""
        return tuple(self.settled_by("drill_held"))

    @cached_property
    def settlings(self) -> tuple[Settling, ...]:
        """The different ways in which drills settle the rules that are asked of units."""
        return tuple(dict.fromkeys(Settling.of(rule) for rule in self.drill_rules if rule.per == "unit"))

    def rules_by_settling(self) -> dict[Settling, list[str]]:
        """The ids of the rules asked of units that each of these ways settles."""
        found: dict[Settling, list[str]] = {}
        for rule in self.drill_rules:
            if rule.per == "unit":
                found.setdefault(Settling.of(rule), []).append(rule.id)
        return found


def rule_book(office: Office) -> RuleBook:
    """The rules of an office as it asks them now."""
    with office.read() as connection:
        return rule_book_of(connection)


def rule_book_of(connection: Connection) -> RuleBook:
    """The same, within a connection."""
    statement = select(Setting.name, Setting.value).where(Setting.name.in_((SETTING, REPORT_DAYS)))
    found = dict(connection.execute(statement).all())
    return _book(found.get(SETTING, "{}"), found.get(REPORT_DAYS, "{}"))


@lru_cache(16)
def _book(choices_told: str, report_days_told: str) -> RuleBook:
    choices = msgspec.json.decode(choices_told, type=RuleChoices)
    terms = msgspec.json.decode(report_days_told, type=dict[str, int]) | choices.terms
    known = {rule.id: rule.with_term(terms.get(rule.id)) for rule in (*national_rules(), *choices.local)}
    return RuleBook(known, {id: reason for id, reason in choices.off.items() if id in known})


@cache
def national_rules() -> tuple[Rule, ...]:
    """The rules that come with the program, from whichever of its data files."""
    return (*rules().values(), *_filing_rules(), *_report_rules())


def _filing_rules() -> Iterable[Rule]:
    for one in filings():
        yield Rule(
            one.id, "plan_filed", one.zh, one.en, one.article, one.mark, days=one.days, working_days=True, kinds=one.unit_kinds,
            high_risk=one.high_risk, crowded=one.crowded, sectors=one.sectors, plan_kinds=one.plan_kinds,
        )  # fmt: skip


def _report_rules() -> Iterable[Rule]:
    for one in national_report_rules():
        yield Rule(
            one.id, "drill_reported", one.zh, one.en, one.article, one.mark, months=_LOOKED_BACK, days=one.days,
            working_days=True, kinds=one.kinds,
            high_risk=one.high_risk, crowded=one.crowded, in_time=True, term_is_local=True,
        )  # fmt: skip
