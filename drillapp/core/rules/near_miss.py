"""A record that nearly settles what is asked, and why it does not: what all kinds of duty share of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from msgspec import Struct

from drillapp.core import enumerations
from drillapp.core.database.base import AnySelect
from drillapp.core.i18n import _
from drillapp.core.law import Rule
from drillapp.core.office import Office
from drillapp.core.rules.rows import Obligation

MOST = 6
"""How many records are told of one duty."""


class NearMiss(Struct, frozen=True):
    """A record that nearly settles an obligation."""

    kind: str
    """The list that the record is in: drills plans cards teams stock upkeep stocktakes movements findings."""
    id: int
    """Its key there."""
    name: str
    """Its number, or what else it is known by."""
    why: str
    """Why it does not settle it, in one sentence."""
    on: date | None = None
    """The day on which it happened, where it has one."""


class Asked(NamedTuple):
    """What is asked, and by which rule."""

    office: Office
    row: Obligation
    rule: Rule

    @property
    def as_of(self) -> date:
        """The day as of which it is asked."""
        return self.office.as_of

    def rows(self, statement: AnySelect) -> Sequence[Any]:
        """The rows of a question."""
        with self.office.read() as connection:
            return connection.execute(statement).all()

    def same(self, kind: str, why: str, on: date | None = None) -> NearMiss:
        """The record that the duty is about itself, in the list of that kind."""
        return NearMiss(kind, self.row.subject_id, self.row.subject, why, on)


def sentence(reasons: Iterable[str]) -> str:
    """Several reasons as one sentence."""
    return _("; ").join(reasons)


def words(enumeration: str, codes: Iterable[str]) -> str:
    """Codes of an enumeration in words."""
    return _(", ").join(enumerations.label(enumeration, code) for code in codes)


def last_day(asked: Asked) -> str:
    """By when it had to be done, for what was done late."""
    return _("the last day was {due}").format(due=asked.row.due_on)
