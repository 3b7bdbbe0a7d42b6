"""What scenarios take, and how far the stock of their unit and of those below it would go."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Integer, case, cast, func, null, select, type_coerce

from drillapp.core.database.base import AnySelect, still
from drillapp.core.supplies.levels.model import Scenario, ScenarioRate
from drillapp.core.supplies.levels.usable import usable
from drillapp.core.supplies.model import Holding, Storehouse
from drillapp.core.units.model import UnitAncestor

_DAY = 24
"""Hours."""


def needs(as_of: date) -> AnySelect:
    """One row for each item that a scenario takes.

    rate_id, scenario_id, item_id, required and available in thousandths, people_served, hours_lasting (see ScenarioRow).
    """
    stock = _available(as_of).subquery()
    rate = type_coerce(ScenarioRate.quantity, BigInteger)
    available = func.coalesce(stock.c.available, 0, type_=BigInteger)
    people, hours = cast(Scenario.people, BigInteger), cast(Scenario.hours, BigInteger)
    return (
        select(
            ScenarioRate.id.label("rate_id"), ScenarioRate.scenario_id, ScenarioRate.item_id,
            _required(rate, people, hours).label("required"), available.label("available"),
            _by_basis(available // rate, available * _DAY // (rate * hours)).label("people_served"),
            _by_basis(cast(null(), BigInteger), available * _DAY // (rate * people)).label("hours_lasting"),
        )
        .join(Scenario, Scenario.id == ScenarioRate.scenario_id)
        .outerjoin(stock, (stock.c.scenario_id == Scenario.id) & (stock.c.item_id == ScenarioRate.item_id))
        .where(still(ScenarioRate.retired_on, as_of), still(Scenario.retired_on, as_of))
    )  # fmt: skip


def _required(
    rate: ColumnElement[Any], people: ColumnElement[Any], hours: ColumnElement[Any]
) -> ColumnElement[Any]:
    """In thousandths; of what is needed by the day the part of a day counts as such, rounded up."""
    by_day = (rate * people * hours + _DAY - 1) // _DAY
    return case(
        (ScenarioRate.basis == "person", rate * people), (ScenarioRate.basis == "person_day", by_day), else_=rate
    )  # fmt: skip


def _by_basis(person: ColumnElement[Any], person_day: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((ScenarioRate.basis == "person", person), (ScenarioRate.basis == "person_day", person_day))


def _available(as_of: date) -> AnySelect:
    """What is there for each scenario of each item that it takes: scenario_id, item_id, available."""
    asked = select(ScenarioRate.item_id)
    chosen = select(Holding.id).where(Holding.item_id.in_(asked))
    stock = usable(as_of, Storehouse.unit_id, Holding.item_id, chosen=chosen).subquery()
    total = cast(func.sum(stock.c.available), BigInteger)
    return (
        select(Scenario.id.label("scenario_id"), stock.c.item_id, total.label("available"))
        .select_from(stock)
        .join(UnitAncestor, UnitAncestor.unit_id == stock.c.unit_id)
        .join(Scenario, Scenario.unit_id == UnitAncestor.ancestor_id)
        .group_by(Scenario.id, stock.c.item_id)
    )


def summed_up(as_of: date) -> AnySelect:
    """One row for each scenario that takes anything: how many items, of how many too little, which one limits."""
    rows = needs(as_of).subquery()
    missing = case((rows.c.available < rows.c.required, rows.c.required - rows.c.available), else_=0)
    place = func.row_number().over(
        partition_by=rows.c.scenario_id, order_by=(share(rows.c.available, rows.c.required), missing.desc(), rows.c.item_id)
    )  # fmt: skip
    ranked = select(rows, missing.label("missing"), place.label("place")).subquery()
    first = ranked.c.place == 1
    return select(
        ranked.c.scenario_id,
        func.count().label("items"),
        cast(func.sum(case((ranked.c.missing > 0, 1), else_=0)), Integer).label("short"),
        func.max(case((first, ranked.c.item_id))).label("item_id"),
        func.max(case((first, ranked.c.missing))).label("missing"),
        func.min(ranked.c.people_served).label("people_served"),
        func.min(ranked.c.hours_lasting).label("hours_lasting"),
    ).group_by(ranked.c.scenario_id)


def share(available: ColumnElement[Any], required: ColumnElement[Any]) -> ColumnElement[Any]:
    """What is there of what is required, in per cent to a tenth: 100 only where nothing is missing, and at most that."""
    return case((available >= required, 100.0), else_=(available * 1000 // required) / 10.0)
