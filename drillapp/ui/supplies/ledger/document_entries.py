"""What stands in the document dialog as entries of the stock ledger, and what of it cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from drillapp.core.database.types import from_thousandths, to_thousandths
from drillapp.core.errors import Problem
from drillapp.core.i18n import _
from drillapp.core.supplies.entries import MovementEntry
from drillapp.core.supplies.proposing import Share
from drillapp.ui.parts.cells import number_words
from drillapp.ui.supplies.ledger.document_kinds import KINDS_OF_DOCUMENT
from drillapp.ui.supplies.ledger.document_lines import DocumentLines, known_key
from drillapp.ui.supplies.ledger.line_row import LineRow

_HEAD = ("counterparty", "due_on", "handler", "approved_by", "reference", "reason", "cause", "to_storehouse")


class Written(NamedTuple):
    """The entries, and for each the line that it comes from; or what is wrong."""

    entries: list[MovementEntry]
    lines: list[LineRow]
    problems: list[tuple[LineRow, str, str]]
    """Line, field, words."""


def entries_of(kind: str, head: Mapping[str, Any], lines: DocumentLines) -> Written:
    """The document as it would be booked; lines of the same item and lot are one."""
    found = Written([], [], [])
    places: dict[tuple[Any, ...], int] = {}
    for line, shares in zip(lines.rows, lines.shares, strict=True):
        if line.is_empty:
            continue
        problem = _problem(kind, line, shares, head["occurred_on"])
        if problem:
            found.problems.append((line, *problem))
            continue
        for said in _parts(kind, line, shares):
            key = (said["item_code"], said["lot"], said["expires_on"], said["produced_on"])
            if key in places and kind != "count":
                known = found.entries[places[key]]
                said["quantity"] = _sum(known.quantity, said["quantity"])
                found.entries[places[key]] = _entry(kind, head, said)
                continue
            places[key] = len(found.entries)
            found.entries.append(_entry(kind, head, said))
            found.lines.append(line)
    return found


def sort_out(
    problems: Sequence[Problem], lines: Sequence[LineRow], head: Any
) -> tuple[list[tuple[LineRow, str, str]], list[str]]:
    """Where to say what core found wrong: beside fields of the head (said there), beside lines, or below all."""
    beside: list[tuple[LineRow, str, str]] = []
    elsewhere: list[str] = []
    for problem in problems:
        if head.tell(problem.field, problem.message):
            continue
        if problem.index < len(lines):
            beside.append((lines[problem.index], problem.field, problem.message))
        else:
            elsewhere.append(problem.message)
    return beside, elsewhere


def _problem(kind: str, line: LineRow, shares: Sequence[Share], day: date) -> tuple[str, str] | None:
    """What is wrong with a line as far as can be said before it is booked: field and words."""
    if not line.code:
        return "item_code", _("Choose the item.")
    number, words = line.number()
    if words:
        return "quantity", words
    if number is None:
        return "quantity", _("Enter how much.")
    for name, editor in (("expires_on", line.expires_on), ("produced_on", line.produced_on)):
        try:
            editor.value()
        except ValueError as error:
            return name, str(error)
    about = KINDS_OF_DOCUMENT[kind]
    if line.lot.key() is not None or line.about is None:
        return None
    if about.proposes:
        shared = from_thousandths(sum(to_thousandths(share.quantity) for share in shares))
        if shared < number:
            told = _("Takes {quantity}, but only {available} may be issued on {day}.")
            words = told.format(quantity=number_words(number), available=number_words(shared), day=day)
            return "quantity", words
    elif about.effect <= 0 and line.about.lots and not line.expires_on.line.text():
        return "lot", _("Choose the lot.")
    return None


def _parts(kind: str, line: LineRow, shares: Sequence[Share]) -> Iterator[dict[str, Any]]:
    """The parts of a line: one for each lot that it takes of."""
    number, _words = line.number()
    about = KINDS_OF_DOCUMENT[kind]
    if line.lot.key() is None and about.proposes and shares:
        for share in shares:
            yield _part(line, share.lot.lot, share.lot.expires_on, None, share.quantity)
        return
    lot, expires_on = known_key(line) or (None, None)
    produced_on = None
    if about.dated:
        expires_on = line.expires_on.value() or expires_on
        produced_on = line.produced_on.value()
    yield _part(line, lot, expires_on, produced_on, number or 0)


def _part(
    line: LineRow, lot: str | None, expires_on: Any, produced_on: Any, quantity: float
) -> dict[str, Any]:
    return {
        "item_code": line.code, "lot": lot, "expires_on": expires_on, "produced_on": produced_on, "quantity": quantity,
    }  # fmt: skip


def _entry(kind: str, head: Mapping[str, Any], said: Mapping[str, Any]) -> MovementEntry:
    fields: dict[str, Any] = {name: head.get(name) for name in (*_HEAD, "storehouse", "occurred_on")} | dict(
        said
    )
    return MovementEntry(document=head["document"] or "", kind=kind, **fields)


def _sum(one: float, other: float) -> float:
    return from_thousandths(to_thousandths(one) + to_thousandths(other))
