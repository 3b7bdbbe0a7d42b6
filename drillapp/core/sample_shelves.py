"""The sample district's store with its goods on their shelves."""

from __future__ import annotations

from drillapp.core.listing import Condition, View, first_rows
from drillapp.core.office import Office
from drillapp.core.resources import load_toml
from drillapp.core.supplies.listings import STOCK
from drillapp.core.supplies.stores.shelving import put_on_shelf

_MOST = 1000
"""Lots of one store."""


def fill_shelves(office: Office) -> None:
    """Put what lies in the district's store on shelves, by category."""
    plan = load_toml("samples/shelving.toml")
    view = View(conditions=(Condition("storehouse", "=", plan["storehouse"]),))
    held: dict[str, list[int]] = {}
    for row in first_rows(office, STOCK, view, _MOST):
        if row.category in plan["shelf"]:
            held.setdefault(plan["shelf"][row.category], []).append(row.id)
    for shelf, holdings in held.items():
        put_on_shelf(office, holdings, shelf)
