"""What an office can decide about rules: which it does not ask, terms that no law sets, and rules of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, insert, select

from drillapp.core.batch import text_problem
from drillapp.core.changes import Changes
from drillapp.core.database.model import Setting
from drillapp.core.drills.reporting.rules import national_report_rules, set_report_days
from drillapp.core.errors import InvalidInput, NotFound, Problem
from drillapp.core.i18n import _
from drillapp.core.law import Rule, fault_of
from drillapp.core.office import Office
from drillapp.core.rules.book import national_rules, rule_book_of
from drillapp.core.rules.choices import SETTING, RuleChoices
from drillapp.core.rules.local import LocalRule

MOST_DAYS, MOST_MONTHS = 365, 120
"""The longest terms that an office may set."""
MOST_LOCAL = 40
"""So many rules of its own: which rules concern a unit, and what a drill settles, are the bits of one number of SQL."""
_LOCAL = re.compile(r"LOCAL-[A-Z0-9][A-Z0-9-]{0,23}")
_TOUCHED = ("settings", "rules")


def switch_off(office: Office, rule_id: str, reason: str) -> Changes:
    """Ask a rule no longer; its reason stands in the list of rules. Raises NotFound, InvalidInput without a reason."""
    if problem := _text_problem(reason):
        raise InvalidInput(problem, field="reason")

    def change(connection: Connection, choices: RuleChoices) -> RuleChoices:
        _known(connection, rule_id)
        return msgspec.structs.replace(choices, off={**choices.off, rule_id: reason.strip()})

    return _change(office, "switch rule off", change)


def switch_on(office: Office, rule_id: str) -> Changes:
    """Ask a rule again; nothing happens to one that is asked already. Raises NotFound."""

    def change(connection: Connection, choices: RuleChoices) -> RuleChoices:
        _known(connection, rule_id)
        return msgspec.structs.replace(choices, off=_without(choices.off, rule_id))

    return _change(office, "switch rule on", change)


def set_term(office: Office, rule_id: str, term: int | None) -> Changes:
    """Set the days or months (whichever it counts) of a rule whose law sets none; None: the usual ones again.

    Of rules on reporting drills these are the working days that drills are reported by, kept where they always were.
    Raises NotFound, InvalidInput for a rule whose term is the law's and for a term out of 1 to 365 days or 120 months.
    """
    if rule_id in {rule.id for rule in national_report_rules()}:
        set_report_days(office, rule_id, term)
        return Changes(frozenset(_TOUCHED))

    def change(connection: Connection, choices: RuleChoices) -> RuleChoices:
        rule = _known(connection, rule_id)
        if not rule.term_is_local:
            raise InvalidInput(
                _("The term of {rule} is that of the law: it cannot be set here.").format(rule=rule_id),
                field="term",
            )
        most = MOST_DAYS if rule.days else MOST_MONTHS
        if term is not None and not 1 <= term <= most:
            raise InvalidInput(_("Between 1 and {most}.").format(most=most), field="term")
        others = _without(choices.terms, rule_id)
        return msgspec.structs.replace(choices, terms=others if term is None else {**others, rule_id: term})

    return _change(office, "set term of rule", change)


def save_local_rule(office: Office, entry: LocalRule) -> Changes:
    """Enter a rule of the office's own, or change the one with this id; it asks for a drill.

    Raises InvalidInput with all its problems, each with the field, and where there are `MOST_LOCAL` already.
    """
    check_local_rule(entry)
    rule = entry.rule

    def change(_connection: Connection, choices: RuleChoices) -> RuleChoices:
        others = [one for one in choices.local if one.id != rule.id]
        if len(others) >= MOST_LOCAL:
            raise InvalidInput(
                _("An office can have {most} rules of its own, those that ended among them.").format(
                    most=MOST_LOCAL
                ),
                _("Change one that is asked no more into this one."),
                field="id",
            )
        return msgspec.structs.replace(choices, local=tuple(sorted((*others, rule), key=lambda one: one.id)))

    return _change(office, "save local rule", change)


def check_local_rule(entry: LocalRule) -> None:
    """Raise InvalidInput with all that is wrong with a rule of the office's own."""
    rule = entry.rule
    problems = [Problem(0, field, str(getattr(rule, field)), words) for field, words in _problems(rule)]
    if problems:
        raise InvalidInput(problems[0].message, problems=problems)


def retire_local_rule(office: Office, rule_id: str, last_day: date) -> Changes:
    """Ask a rule of the office's own until a day and no longer; it stays in force as of earlier dates.

    Raises NotFound, InvalidInput when it begins only after that day.
    """

    def change(_connection: Connection, choices: RuleChoices) -> RuleChoices:
        rule = next((one for one in choices.local if one.id == rule_id), None)
        if rule is None:
            raise NotFound(
                _("There is no rule '{rule}' of this office's own.").format(rule=rule_id),
                _("Rules of the law can only be switched off."),
            )
        if rule.valid_from is not None and last_day < rule.valid_from:
            raise InvalidInput(
                _("{rule} begins only on {day}.").format(rule=rule_id, day=rule.valid_from.isoformat()),
                _("Choose that day or a later one, or switch the rule off."),
                field="last_day",
            )
        others = (one for one in choices.local if one.id != rule_id)
        ended = msgspec.structs.replace(rule, valid_to=last_day)
        return msgspec.structs.replace(choices, local=tuple(sorted((*others, ended), key=lambda one: one.id)))

    return _change(office, "retire local rule", change)


def _change(
    office: Office, command: str, change: Callable[[Connection, RuleChoices], RuleChoices]
) -> Changes:
    """Change the choices in one transaction; the journal keeps what each rule's choice was before."""
    with office.write(command) as work:
        connection = work.connection
        value = connection.execute(select(Setting.value).where(Setting.name == SETTING)).scalar()
        before = msgspec.json.decode(value or "{}", type=RuleChoices)
        after = change(connection, before)
        fields = _fields(before, after)
        if not fields:
            return Changes()
        connection.execute(delete(Setting).where(Setting.name == SETTING))
        connection.execute(insert(Setting).values(name=SETTING, value=msgspec.json.encode(after).decode()))
        work.changed("settings", 0, fields)
        work.touched("rules", None)
        return work.changes


def _fields(before: RuleChoices, after: RuleChoices) -> dict[str, tuple[Any, Any]]:
    """What became another, such as 'rules.off.DR-18', with the old and the new value."""
    old, new = _by_rule(before), _by_rule(after)
    return {
        name: (old.get(name), new.get(name))
        for name in sorted(old.keys() | new.keys())
        if old.get(name) != new.get(name)
    }


def _by_rule(choices: RuleChoices) -> dict[str, Any]:
    local = {rule.id: msgspec.to_builtins(rule) for rule in choices.local}
    kept: dict[str, Mapping[str, Any]] = {"off": choices.off, "terms": choices.terms, "local": local}
    return {f"rules.{sort}.{id}": value for sort, by_id in kept.items() for id, value in by_id.items()}


def _known(connection: Connection, rule_id: str) -> Rule:
    rule = rule_book_of(connection).known.get(rule_id)
    if rule is None:
        raise NotFound(
            _("There is no rule '{rule}'.").format(rule=rule_id), _("`drillapp rules list` names them all.")
        )
    return rule


def _without(by_id: Mapping[str, Any], rule_id: str) -> dict[str, Any]:
    return {id: value for id, value in by_id.items() if id != rule_id}


def _problems(rule: Rule) -> Iterator[tuple[str, str]]:
    """What is wrong with a rule of the office's own, by field."""
    if not _LOCAL.fullmatch(rule.id):
        yield "id", _("Write it as LOCAL- with capital letters, digits and hyphens, at most 24 of them.")
    elif rule.id in {one.id for one in national_rules()}:
        yield "id", _("There is a rule of the program with this id.")
    for field in ("zh", "en", "article"):
        if problem := _text_problem(getattr(rule, field)):
            yield field, problem
    for field in ("names", "hazards"):
        if problem := text_problem(" ".join(getattr(rule, field))):
            yield field, problem
    if rule.window and rule.months:
        yield "months", _("Either once in each window of the calendar, or within so many months: not both.")
    elif not rule.window and not 1 <= rule.months <= MOST_MONTHS:
        yield "months", _("Between 1 and {most} months, or once in each window.").format(most=MOST_MONTHS)
    elif fault := fault_of(rule):
        field, codes = fault
        yield field, _fault_words(field, codes)


def _fault_words(field: str, codes: str) -> str:
    if codes:
        return _("'{value}' is not one of those there are.").format(value=codes)
    return _("It ends before it begins.") if field == "valid_to" else _("This does not go with the rest.")


def _text_problem(text: str) -> str:
    return _("Must not be empty.") if not text.strip() else text_problem(text) or ""
