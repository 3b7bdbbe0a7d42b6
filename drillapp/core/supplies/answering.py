"""What comes back of loans and arrives of consignments, written as the lines that say so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.listing import Condition, View, keys
from drillapp.core.listing import rows as rows_of
from drillapp.core.office import Office
from drillapp.core.supplies.entries import MovementEntry
from drillapp.core.supplies.open_lines import CONSIGNMENTS, LOANS, ConsignmentRow, LoanRow

_Row = TypeVar("_Row", LoanRow, ConsignmentRow)


def loans_of(office: Office, document: str) -> list[LoanRow]:
    """The loans of a document of which something is still out; raises NotFound without any."""
    found = rows_of(office, LOANS, keys(office, LOANS, _view(document)))
    return _some([row for row in found if row.outstanding > 0], document)


def consignments_of(office: Office, document: str) -> list[ConsignmentRow]:
    """The consignments of a document of which something is under way; raises NotFound without any."""
    found = rows_of(office, CONSIGNMENTS, keys(office, CONSIGNMENTS, _view(document)))
    return _some([row for row in found if row.under_way > 0], document)


def return_lines(
    loans: Sequence[LoanRow], day: date, quantities: Mapping[int, float] | None = None, *, handler: str | None = None
) -> list[MovementEntry]:  # fmt: skip
    """The lines by which loans come back to where they were lent: all that is out, or so much (by the loan's key)."""
    return [
        MovementEntry(
            document="", kind="return", storehouse=loan.storehouse, item_code=loan.item_code, quantity=quantity,
            occurred_on=day, counterparty=loan.counterparty, handler=handler, answers=f"{loan.document}/{loan.line}",
        )
        for loan in loans
        if (quantity := loan.outstanding if quantities is None else quantities.get(loan.id, 0))
    ]  # fmt: skip


def receipt_lines(
    consignments: Sequence[ConsignmentRow], day: date, quantities: Mapping[int, float] | None = None, *,
    handler: str | None = None,
) -> list[MovementEntry]:  # fmt: skip
    """The lines by which consignments arrive: all that is under way, or so much (by the consignment's key)."""
    return [
        MovementEntry(
            document="", kind="receive", storehouse=sent.to_storehouse, item_code=sent.item_code, quantity=quantity,
            occurred_on=day, handler=handler, answers=f"{sent.document}/{sent.line}",
        )
        for sent in consignments
        if (quantity := sent.under_way if quantities is None else quantities.get(sent.id, 0))
    ]  # fmt: skip


def _view(document: str) -> View:
    return View(conditions=(Condition("document", "=", document),), sort=(("line", False),))


def _some(rows: list[_Row], document: str) -> list[_Row]:
    if not rows:
        raise NotFound(
            _("Nothing of document '{document}' is still out or under way.").format(document=document),
            _("Look at the lists of loans and of consignments."),
        )
    return rows
