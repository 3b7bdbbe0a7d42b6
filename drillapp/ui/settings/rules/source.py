"""The rows of the two lists: the rules of the office, and what is asked by none of them."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Sequence
from typing import NamedTuple

from drillapp.core.listing import Column, View
from drillapp.core.office import Office
from drillapp.core.rules.listed import RuleRow, rule_rows
from drillapp.core.rules.unasked import Unasked, unasked
from drillapp.ui.parts.source import in_order

_SEARCHED = ("rule", "title", "subject", "term", "settled", "article", "reason")


class RulesSource:
    """All rules of the office, narrowed by text and chips, kept from one question to the next."""

    columns = (
        Column("rule", "Rule", width=100),
        Column("state", "State", "choice", 110, "rule_state"),
        Column("mark", "How sure", "choice", 120, "rule_mark"),
        Column("title", "What is asked", width=300),
        Column("subject", "Asked of", width=200),
        Column("term", "How often, by when", width=170),
        Column("settled", "Settled by", width=170),
        Column("article", "Article", width=320),
        Column("valid_from", "In force from", "date", 110),
        Column("valid_to", "Last day", "date", 110),
        Column("own_term", "Own term", "number", 90),
        Column("usual_term", "Usual term", "number", 90),
        Column("reason", "Why switched off", width=200),
    )

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rows: dict[int, RuleRow] = {}

    def first(self, office: Office, view: View, limit: int) -> list[RuleRow]:
        """The first rows, at once."""
        return self._chosen(office, view)[:limit]

    def keys(self, office: Office, view: View) -> array[int]:
        """The keys of all rows in the view's order."""
        return array("q", [row.id for row in self._chosen(office, view)])

    def rows(self, _office: Office, ids: Sequence[int]) -> list[RuleRow]:
        """The rows with these keys in this order, without those that are gone."""
        with self._lock:
            return [self._rows[key] for key in ids if key in self._rows]

    def next_id(self) -> str:
        """An id that no rule of the office's own has yet."""
        with self._lock:
            taken = {row.rule for row in self._rows.values()}
        return next(name for name in (f"LOCAL-{number:02}" for number in range(1, 999)) if name not in taken)

    def _chosen(self, office: Office, view: View) -> list[RuleRow]:
        rows = rule_rows(office)
        with self._lock:
            self._rows = {row.id: row for row in rows}
        words = view.text.casefold().split()
        found = [row for row in rows if _has(row, words) and _is_chosen(row, view)]
        return in_order(found, view.sort)


def _has(row: RuleRow, words: Sequence[str]) -> bool:
    text = " ".join(getattr(row, name) for name in _SEARCHED).casefold()
    return all(word in text for word in words)


def _is_chosen(row: RuleRow, view: View) -> bool:
    return all(not codes or getattr(row, name) in codes for name, codes in view.choices.items())


class UnaskedRow(NamedTuple):
    """A duty that no rule asks for, as the list shows it."""

    id: int
    rule: str
    title: str
    why: str
    asked_by: str
    mark: str
    article: str

    @classmethod
    def of(cls, place: int, one: Unasked) -> UnaskedRow:
        """The row of a duty, in the language spoken now."""
        return cls(place, one.id, one.title, one.why, one.asked_by, one.mark, one.article)


UNASKED_COLUMNS = (
    Column("rule", "Rule", width=90),
    Column("title", "What is asked", width=300),
    Column("why", "Why it is not asked here", width=380),
    Column("asked_by", "Asked as", width=90),
    Column("mark", "How sure", "choice", 120, "rule_mark"),
    Column("article", "Article", width=320),
)


def unasked_rows() -> list[UnaskedRow]:
    """All duties that no rule asks for."""
    return [UnaskedRow.of(place, one) for place, one in enumerate(unasked(), 1)]
