"""Loans and consignments: what of each has come back or arrived as of a date, and what is still out or under way."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    SQLColumnExpression,
    Subquery,
    case,
    func,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy.orm import aliased

from drillapp.core.database.base import AnySelect
from drillapp.core.database.types import Quantity
from drillapp.core.listing import Column, Listing
from drillapp.core.supplies.line_names import is_reversed
from drillapp.core.supplies.model import Item, Lot, Movement, Storehouse
from drillapp.core.units.model import Unit


class LoanRow(Struct, frozen=True):
    """A loan; its unit is that of the storehouse that lent."""

    id: int
    """The movement's key."""
    unit_id: int
    document: str
    line: int
    occurred_on: date
    storehouse: str
    storehouse_name: str
    unit_code: str
    unit_name: str
    item_code: str
    item_name: str
    unit_of_measure: str | None
    lot: str | None
    expires_on: date | None
    counterparty: str | None
    handler: str | None
    reason: str | None
    lent: float
    returned: float
    outstanding: float
    due_on: date | None
    state: str
    """A code of the enumeration loan_state."""


class ConsignmentRow(Struct, frozen=True):
    """What was sent from one storehouse to another; its unit is that of the one that sent."""

    id: int
    """The movement's key."""
    unit_id: int
    document: str
    line: int
    occurred_on: date
    storehouse: str
    storehouse_name: str
    unit_code: str
    unit_name: str
    to_storehouse: str
    to_storehouse_name: str
    item_code: str
    item_name: str
    unit_of_measure: str | None
    lot: str | None
    expires_on: date | None
    handler: str | None
    reason: str | None
    sent: float
    received: float
    under_way: float
    state: str
    """A code of the enumeration consignment_state."""


def _answered(as_of: date) -> ColumnElement[int]:
    """How much of a line was answered by a date, in thousandths."""
    answer = aliased(Movement)
    total = func.sum(type_coerce(answer.quantity, BigInteger))
    return answers(answer, as_of, Movement.id).with_only_columns(func.coalesce(total, 0)).scalar_subquery()


def answers(answer: type[Movement], as_of: date, line_id: SQLColumnExpression[int]) -> AnySelect:
    """What answered a line by a date: what came back of a loan, what arrived of a consignment."""
    return select(answer.id).where(
        answer.answers_id == line_id, answer.occurred_on <= as_of, ~is_reversed(answer.id)
    )


def _loans(as_of: date) -> AnySelect:
    sums = answered_lines("lend", as_of)
    quantity, answered = sums.c.quantity, sums.c.answered
    state = case(
        (quantity <= answered, "returned"), (Movement.due_on < as_of, "overdue"), else_="outstanding"
    )
    return (
        select(
            Movement.id, Storehouse.unit_id, Movement.document, Movement.line, Movement.occurred_on,
            Storehouse.code.label("storehouse"), Storehouse.name.label("storehouse_name"), Unit.code.label("unit_code"),
            Unit.name.label("unit_name"), Item.code.label("item_code"), Item.name.label("item_name"), Item.unit_of_measure,
            func.nullif(Lot.code, "").label("lot"), Lot.expires_on, Movement.counterparty, Movement.handler, Movement.reason,
            _quantity(quantity, "lent"), _quantity(answered, "returned"), _quantity(quantity - answered, "outstanding"),
            Movement.due_on, state.label("state"),
        )
        .select_from(sums)
        .join(Movement, Movement.id == sums.c.id)
        .join(Storehouse, Storehouse.id == Movement.storehouse_id)
        .join(Unit, Unit.id == Storehouse.unit_id)
        .join(Item, Item.id == Movement.item_id)
        .join(Lot, Lot.id == Movement.lot_id)
    )  # fmt: skip


def _consignments(as_of: date) -> AnySelect:
    sums, target = answered_lines("send", as_of), aliased(Storehouse)
    quantity, answered = sums.c.quantity, sums.c.answered
    state = case((quantity <= answered, "received"), else_="under_way")
    return (
        select(
            Movement.id, Storehouse.unit_id, Movement.document, Movement.line, Movement.occurred_on,
            Storehouse.code.label("storehouse"), Storehouse.name.label("storehouse_name"), Unit.code.label("unit_code"),
            Unit.name.label("unit_name"), target.code.label("to_storehouse"), target.name.label("to_storehouse_name"),
            Item.code.label("item_code"), Item.name.label("item_name"), Item.unit_of_measure,
            func.nullif(Lot.code, "").label("lot"), Lot.expires_on, Movement.handler, Movement.reason,
            _quantity(quantity, "sent"), _quantity(answered, "received"), _quantity(quantity - answered, "under_way"),
            state.label("state"),
        )
        .select_from(sums)
        .join(Movement, Movement.id == sums.c.id)
        .join(Storehouse, Storehouse.id == Movement.storehouse_id)
        .join(Unit, Unit.id == Storehouse.unit_id)
        .join(Item, Item.id == Movement.item_id)
        .join(Lot, Lot.id == Movement.lot_id)
        .join(target, target.id == Movement.to_storehouse_id)
    )  # fmt: skip


def answered_lines(kind: str, as_of: date, *narrowing: ColumnElement[bool]) -> Subquery:
    """The lines of a kind up to a date that nobody took back, or some of them: id, quantity, answered."""
    return (
        select(
            Movement.id,
            type_coerce(Movement.quantity, BigInteger).label("quantity"),
            _answered(as_of).label("answered"),
        )
        # In so many words, so that the index of just these lines is used.
        .where(Movement.kind == literal_column(f"'{kind}'"), Movement.occurred_on <= as_of)
        .where(*narrowing, ~is_reversed(Movement.id))
        .subquery()
    )


def _quantity(thousandths: ColumnElement[Any], name: str) -> ColumnElement[Any]:
    return type_coerce(thousandths, Quantity).label(name)


LOANS = Listing(
    "loans",
    LoanRow,
    (
        Column("due_on", "To be back by", "date", 100),
        Column("state", "State", "choice", 80, "loan_state"),
        Column("counterparty", "Lent to", width=160),
        Column("item_name", "Item name", width=160),
        Column("outstanding", "Not returned", "number", 80),
        Column("lent", "Lent", "number", 80),
        Column("returned", "Returned", "number", 80),
        Column("unit_of_measure", "Unit of measure", width=80),
        Column("storehouse_name", "Storehouse", width=180),
        Column("occurred_on", "Lent on", "date", 100),
        Column("document", "Document", width=150),
        Column("lot", "Lot", width=110),
        Column("handler", "Handled by", width=90),
        Column("reason", "Reason", width=180),
    ),
    _loans,
    searched=("document", "item_name", "storehouse_name", "counterparty", "handler"),
    sort=(("due_on", False), ("occurred_on", False)),
)
CONSIGNMENTS = Listing(
    "consignments",
    ConsignmentRow,
    (
        Column("occurred_on", "Sent on", "date", 100),
        Column("state", "State", "choice", 80, "consignment_state"),
        Column("item_name", "Item name", width=160),
        Column("under_way", "Quantity under way", "number", 80),
        Column("sent", "Sent", "number", 80),
        Column("received", "Quantity received", "number", 80),
        Column("unit_of_measure", "Unit of measure", width=80),
        Column("storehouse_name", "From storehouse", width=180),
        Column("to_storehouse_name", "To storehouse", width=180),
        Column("document", "Document", width=150),
        Column("lot", "Lot", width=110),
        Column("handler", "Handled by", width=90),
        Column("reason", "Reason", width=180),
    ),
    _consignments,
    searched=("document", "item_name", "storehouse_name", "to_storehouse_name", "handler"),
    sort=(("occurred_on", False),),
)
