"""The purchase list: what is missing over a scope, in whole packs, who asks for it and who could deliver it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import BigInteger, Connection, case, cast, func, or_, select

from drillapp.core.database.base import AnySelect, narrowed, still
from drillapp.core.database.types import from_thousandths
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.supplies.catalogue.packs import packs_of
from drillapp.core.supplies.levels.model import RequiredLevel, Scenario, ScenarioRate
from drillapp.core.supplies.levels.needs import needs
from drillapp.core.supplies.levels.requirements import required_rows
from drillapp.core.supplies.levels.whole_packs import PackCount, ordered, whole_packs
from drillapp.core.supplies.model import Holding, Item, Storehouse
from drillapp.core.supplies.stores.commands import BY_AGREEMENT
from drillapp.core.units.model import Unit
from drillapp.core.units.references import in_effect, in_scope


class PurchaseLine(Struct, frozen=True):
    """An item of which something is missing."""

    item: str
    item_name: str
    spec: str | None
    unit_of_measure: str | None
    missing: float
    units: int
    """Of how many units something is missing."""
    packs: tuple[PackCount, ...]
    """What to order; empty for an item without packs."""
    order: float
    """What the packs hold together; what is missing for an item without packs."""
    sources: tuple[str, ...]
    """Which standards or documents ask for it."""
    suppliers: tuple[str, ...]
    """With whom there is an agreement on it."""

    @property
    def packs_words(self) -> str:
        """The packs in one cell: 3 cartons + 1 box."""
        return " + ".join(f"{one.count} {one.name}" for one in self.packs)


class _Missing(Struct, frozen=True):
    item_id: int
    missing: int
    units: int


def purchase_list(
    office: Office, unit_id: int | None = None, scenario: str | None = None
) -> list[PurchaseLine]:
    """What is missing of each item, by code: against the levels of a unit and those below it, or against a scenario.

    What a unit is short of and what its storehouses are short of is filled by the same goods: the larger of both
    counts. Raises NotFound for an unknown scenario.
    """
    as_of = office.as_of
    with office.read() as connection:
        statement = (
            _of_levels(as_of, unit_id)
            if scenario is None
            else _of_scenario(as_of, scenario_id(connection, scenario))
        )
        missing = {row[0]: _Missing(*row) for row in connection.execute(statement)}
        columns = (Item.id, Item.code, Item.name, Item.spec, Item.unit_of_measure)
        items = narrowed(select(*columns).order_by(Item.code), Item.id, missing)
        packs = packs_of(connection, missing)
        asked = _texts(connection, _sources(as_of, unit_id, scenario), missing)
        suppliers = _texts(connection, _suppliers(as_of), missing)
        return [
            _line(row, missing[row.id], packs.get(row.id, {}), asked.get(row.id, ()), suppliers.get(row.id, ()))
            for row in connection.execute(items)
            if row.id in missing
        ]  # fmt: skip


def scenario_id(connection: Connection, code: str) -> int:
    """The key of a scenario; raises NotFound naming those there are."""
    rows = connection.execute(select(Scenario.code, Scenario.id).order_by(Scenario.code)).all()
    found: dict[str, int] = {row.code: row.id for row in rows}
    if code not in found:
        names = ", ".join(found)
        raise NotFound(
            _("There is no scenario with the code '{value}'.").format(value=code),
            _("There are: {names}").format(names=names) if names else "",
        )
    return found[code]


def _of_levels(as_of: date, unit_id: int | None) -> AnySelect:
    rows = required_rows(as_of).subquery()
    own = func.sum(case((rows.c.storehouse_id.is_(None), rows.c.missing), else_=0))
    stores = func.sum(case((rows.c.storehouse_id.is_not(None), rows.c.missing), else_=0))
    units = (
        select(rows.c.item_id, case((own > stores, own), else_=stores).label("missing"))
        .join(Unit, Unit.id == rows.c.unit_id)
        .where(rows.c.missing > 0, in_scope(rows.c.unit_id, unit_id), in_effect(as_of))
        .group_by(rows.c.unit_id, rows.c.item_id)
        .subquery()
    )
    total = cast(func.sum(units.c.missing), BigInteger)
    return select(units.c.item_id, total, func.count()).group_by(units.c.item_id)


def _of_scenario(as_of: date, scenario: int) -> AnySelect:
    rows = needs(as_of).subquery()
    missing = rows.c.required - rows.c.available
    return select(rows.c.item_id, missing, 1).where(rows.c.scenario_id == scenario, missing > 0)


def _sources(as_of: date, unit_id: int | None, scenario: str | None) -> AnySelect:
    if scenario is not None:
        asked: AnySelect = select(ScenarioRate.item_id, ScenarioRate.source).distinct()
        return asked.join(Scenario, Scenario.id == ScenarioRate.scenario_id).where(
            Scenario.code == scenario, ScenarioRate.source.is_not(None), still(ScenarioRate.retired_on, as_of)
        )
    rows = required_rows(as_of).subquery()
    return (
        select(rows.c.item_id, RequiredLevel.source)
        .distinct()
        .join(RequiredLevel, RequiredLevel.id == rows.c.level_id)
        .where(rows.c.missing > 0, in_scope(rows.c.unit_id, unit_id), RequiredLevel.source.is_not(None))
    )


def _suppliers(as_of: date) -> AnySelect:
    return (
        select(Holding.item_id, func.coalesce(Storehouse.supplier, Storehouse.name))
        .distinct()
        .join(Storehouse, Storehouse.id == Holding.storehouse_id)
        .where(
            Storehouse.kind.in_(BY_AGREEMENT), still(Storehouse.retired_on, as_of),
            or_(Storehouse.agreement_until.is_(None), Storehouse.agreement_until >= as_of),
        )
    )  # fmt: skip


def _texts(
    connection: Connection, statement: AnySelect, items: Collection[int]
) -> dict[int, tuple[str, ...]]:
    found: dict[int, set[str]] = {}
    for item_id, text in connection.execute(statement):
        if item_id in items:
            found.setdefault(item_id, set()).add(text)
    return {item_id: tuple(sorted(texts)) for item_id, texts in found.items()}


def _line(
    item: Any, missing: _Missing, packs: dict[str, int], sources: tuple[str, ...], suppliers: tuple[str, ...]
) -> PurchaseLine:
    quantity = int(missing.missing)
    counts = whole_packs(quantity, packs)
    return PurchaseLine(
        item.code, item.name, item.spec, item.unit_of_measure, from_thousandths(quantity), int(missing.units), counts,
        from_thousandths(ordered(counts) or quantity), sources, suppliers,
    )  # fmt: skip
