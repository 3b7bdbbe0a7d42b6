"""The obligations behind a figure as the rows of a table."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from drillapp.core.enumerations import codes
from drillapp.core.law import Settlement
from drillapp.core.listing import Column, Condition, View
from drillapp.core.office import Office
from drillapp.core.readiness.formula import formula
from drillapp.core.rules.queries import obligations
from drillapp.core.rules.rows import ALL, Obligation
from drillapp.core.rules.windows import day_of, window
from drillapp.ui.parts.source import in_order

OWN_ONLY = "own"
"""Key of the view's choices that leaves out the units below."""


class ObligationRow(msgspec.Struct, frozen=True):
    """One thing asked of a unit."""

    id: int
    unit_id: int
    unit_code: str
    unit_name: str
    rule: str
    title: str
    subject: str
    state: str
    """A code of the enumeration due_window."""
    due_on: date | None
    days: int | None
    """Days left until the due day; less than 0 when it is over."""
    indicator: str
    """Its title in the language spoken now."""
    article: str
    mark: str
    """How far the rule was verified: a code of the enumeration rule_mark."""
    evidence: str
    settled_by: Settlement
    subject_kind: str
    subject_id: int
    late: bool
    """Of what is met: whether it was done after its day."""
    is_estimated: bool
    """Whether the due day counts working days of a year whose holidays are not announced yet."""
    obligation: Obligation
    """As core tells it."""


class RowsBehind:
    """The obligations of a view's unit, narrowed by its choices, kept from one question to the next."""

    columns = (
        Column("state", "State", "choice", 100, "due_window"),
        Column("days", "Days left", "number", 80),
        Column("title", "What is asked", width=300),
        Column("subject", "Of what", width=200),
        Column("unit_name", "Unit", width=170),
        Column("due_on", "Due by", "date", 100),
        Column("indicator", "Indicator", width=90),
        Column("evidence", "Evidence", width=170),
        Column("rule", "Rule", width=80),
        Column("article", "Article", width=280),
        Column("mark", "Verified", "choice", 110, "rule_mark"),
        Column("late", "Done late", "flag", 80),
        Column("is_estimated", "Day estimated", "flag", 100),
    )

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rows: list[ObligationRow] = []
        self._just_worked_out: View | None = None

    def first(self, office: Office, view: View, limit: int) -> list[ObligationRow]:
        """The first rows, at once."""
        with self._lock:
            self._rows, self._just_worked_out = rows_behind(office, view), view
            return self._rows[:limit]

    def keys(self, office: Office, view: View) -> array[int]:
        """The keys of all rows in the view's order."""
        with self._lock:
            if self._just_worked_out != view:  # else a table asks for the keys after the first rows
                self._rows = rows_behind(office, view)
            self._just_worked_out = None
            return array("q", range(len(self._rows)))

    def rows(self, _office: Office, ids: Sequence[int]) -> list[ObligationRow]:
        """The rows with these keys in this order."""
        return [self._rows[key] for key in ids if key < len(self._rows)]


def rows_behind(office: Office, view: View) -> list[ObligationRow]:
    """The rows of a view: its unit, the choices `indicator`, `settled_by`, `rule`, `state` and OWN_ONLY, text, days, order."""
    titles = {one: indicator.title for indicator in formula().indicator for one in indicator.settled_by}
    found = [
        _row(row, state, titles.get(row.settled_by, ""), office.as_of) for row, state in _narrowed(office, view)
    ]  # fmt: skip
    kept = [row for row in found if all(_is_within(row, one) for one in view.conditions)]
    return [msgspec.structs.replace(row, id=i) for i, row in enumerate(_sorted(kept, view))]


def _narrowed(office: Office, view: View) -> Iterator[tuple[Obligation, str]]:
    """The obligations of a view, each with its code of the enumeration due_window."""
    states, rules = frozenset(view.choices.get("state", ())), frozenset(view.choices.get("rule", ()))
    words = view.text.casefold().split()
    only = tuple(states) if states <= {"overdue", "no_data"} else ()
    own = OWN_ONLY in view.choices and view.unit_id is not None
    for row in obligations(office, view.unit_id, settled_by=_asked(view), states=only, own_only=own):
        state = window(row.settled_by, row.state, row.due_on, office.as_of)
        if (not states or state in states) and (not rules or row.rule in rules) and _has(row, words):
            yield row, state


def _asked(view: View) -> list[Settlement]:
    """What sorts of duty a view asks for: those that some indicator counts, unless it names others."""
    settled_by = view.choices.get("settled_by")
    if settled_by or view.choices.get("rule"):
        return [one for one in ALL if not settled_by or one in settled_by]
    wanted = view.choices.get("indicator")
    of = [one for one in formula().indicator if not wanted or one.name in wanted]
    return [one for indicator in of for one in indicator.settled_by]


def _has(row: Obligation, words: Sequence[str]) -> bool:
    if not words:
        return True
    text = f"{row.unit_name} {row.title} {row.subject} {row.rule} {row.article} {' '.join(row.evidence)}"
    folded = text.casefold()
    return all(word in folded for word in words)


def _row(row: Obligation, state: str, indicator: str, as_of: date) -> ObligationRow:
    due_on = day_of(row)
    days = None if due_on is None else (due_on - as_of).days
    return ObligationRow(
        0, row.unit_id, row.unit, row.unit_name, row.rule, row.title, row.subject, state, due_on, days, indicator,
        row.article, row.mark, " ".join(row.evidence), row.settled_by, row.subject_kind, row.subject_id, row.late,
        row.is_estimated and due_on is not None, row,
    )  # fmt: skip


def _is_within(row: ObligationRow, condition: Condition) -> bool:
    """Whether the row has a day, and it is on or after, or before, the one compared with."""
    day = row.due_on
    return day is not None and (
        day >= condition.value if condition.comparison == ">=" else day < condition.value
    )


def _sorted(rows: list[ObligationRow], view: View) -> list[ObligationRow]:
    """In the view's order; usually what presses most comes first."""
    if not view.sort:
        rank = {code: place for place, code in enumerate(codes("due_window"))}
        return sorted(rows, key=lambda row: (rank[row.state], row.due_on or date.max))
    return in_order(rows, view.sort)
