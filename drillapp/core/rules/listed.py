"""All rules of an office as rows of a list: what each asks of whom, its source and how far that was verified."""

from __future__ import annotations

from datetime import date

import msgspec
from sqlalchemy import select

from drillapp.core.database.model import Setting
from drillapp.core.drills.reporting.rules import REPORT_DAYS
from drillapp.core.enumerations import label
from drillapp.core.law import Rule, Settlement
from drillapp.core.office import Office
from drillapp.core.rules.book import RuleBook, national_rules, rule_book_of
from drillapp.core.rules.choices import SETTING, RuleChoices
from drillapp.core.rules.words import settled_words, subject_words, term_words


class RuleRow(msgspec.Struct, frozen=True):
    """A rule as people read it, in the language spoken when it was asked for."""

    id: int
    """Its place in the list, from 1."""
    rule: str
    """The id that people use: DR-01."""
    title: str
    state: str
    """A code of the enumeration rule_state: in_force off to_come ended."""
    subject: str
    """Of which units it is asked."""
    term: str
    """How often, or by when."""
    settled_by: Settlement
    settled: str
    """What settles it."""
    article: str
    mark: str
    """How far it was verified: V V2 M C L, as in `law.Mark`."""
    verified: str
    """The same in words."""
    valid_from: date | None
    valid_to: date | None
    reason: str
    """Why it is switched off; empty where it is not."""
    own_term: int | None
    """The days or months that the office set; None where it did not."""
    usual_term: int | None
    """The days or months that are usual; None where the law sets the term, or there is none."""
    counts: str
    """What such a term counts: working_days days months; empty where no term can be set."""
    is_local: bool
    """Whether the office entered it itself."""


def rule_rows(office: Office) -> list[RuleRow]:
    """All rules of an office as of its date by their ids: those of the program, then its own."""
    statement = select(Setting.name, Setting.value).where(Setting.name.in_((SETTING, REPORT_DAYS)))
    with office.read() as connection:
        book = rule_book_of(connection)
        told: dict[str, str] = dict(connection.execute(statement).all())
    choices = msgspec.json.decode(told.get(SETTING, "{}"), type=RuleChoices)
    terms = msgspec.json.decode(told.get(REPORT_DAYS, "{}"), type=dict[str, int]) | choices.terms
    usual = {rule.id: rule for rule in (*national_rules(), *choices.local)}
    known = sorted(book.known.values(), key=lambda rule: (rule.mark == "L", rule.id))
    return [
        _row(place, rule, usual[rule.id], terms.get(rule.id), book, office.as_of)
        for place, rule in enumerate(known, 1)
    ]


def _row(place: int, rule: Rule, usual: Rule, own_term: int | None, book: RuleBook, as_of: date) -> RuleRow:
    counts = _counted(rule) if rule.term_is_local else ""
    return RuleRow(
        place, rule.id, rule.title, _state(rule, book, as_of), subject_words(rule), term_words(rule), rule.settled_by,
        settled_words(rule), rule.article, rule.mark, label("rule_mark", rule.mark), rule.valid_from, rule.valid_to,
        book.off.get(rule.id, ""), own_term if counts else None, (usual.days or usual.months) if counts else None,
        counts, rule.mark == "L",
    )  # fmt: skip


def _counted(rule: Rule) -> str:
    if not rule.days:
        return "months"
    return "working_days" if rule.working_days else "days"


def _state(rule: Rule, book: RuleBook, as_of: date) -> str:
    if rule.id in book.off:
        return "off"
    if rule.is_valid(as_of):
        return "in_force"
    return "to_come" if rule.valid_from is not None and as_of < rule.valid_from else "ended"
