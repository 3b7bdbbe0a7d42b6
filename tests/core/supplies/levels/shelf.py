"""An office with two streets, a community below one of them, and what lies there."""

from __future__ import annotations

from datetime import date

from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.supplies.commands import save_items, save_storehouses
from drillapp.core.supplies.entries import ItemEntry, StorehouseEntry
from drillapp.core.supplies.levels.requirements import REQUIREMENTS, RequirementRow
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry
from tests.core.supplies.ledger import OWN

TODAY = date(2026, 11, 24)


def furnish(office: Office) -> None:
    """Streets A and B, community C of A; a storehouse of each, called S and its letter; water, quilts, pumps."""
    office.as_of = TODAY
    units = [
        UnitEntry(code=code, name=f"{code}{word}", kind=kind, parent_code=above)
        for code, word, kind, above in (
            ("A", "街道", "street", OWN), ("B", "街道", "street", OWN), ("C", "社区", "community", "A"),
        )
    ]  # fmt: skip
    save_units(office, units)
    save_storehouses(
        office, [StorehouseEntry(code=f"S{code}", name=f"{code}库", unit_code=code) for code in "ABC"]
    )
    save_items(
        office,
        [
            ItemEntry(code="WATER", name="饮用水", unit_of_measure="升"),
            ItemEntry(code="QUILT", name="棉被", unit_of_measure="床"),
            ItemEntry(code="PUMP", name="水泵", unit_of_measure="台"),
        ],
    )


def requirements(office: Office) -> dict[tuple[str, str | None, str], RequirementRow]:
    """Unit, storehouse and item to its row."""
    rows: list[RequirementRow] = first_rows(office, REQUIREMENTS, View(), 1000)
    return {(row.unit_code, row.storehouse, row.item): row for row in rows}
