"""The tree of units, kept so that everything below a unit is one join."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, delete, insert, literal, select

from drillapp.core.units.model import Unit, UnitAncestor

_MANY = 200
"""From so many moved units on, the whole table is made anew."""


def rebuild_ancestors(connection: Connection, moved: Collection[int]) -> None:
    """Renew the ancestors of these units and of all below them."""
    below = select(Unit.id.label("unit_id")).where(Unit.id.in_(moved)) if len(moved) <= _MANY else None
    chosen = None
    if below is not None:
        tree = below.cte("below", recursive=True)
        tree = tree.union(select(Unit.id).join(tree, Unit.parent_id == tree.c.unit_id))
        chosen = list(connection.execute(select(tree.c.unit_id)).scalars())
        chosen = chosen if len(chosen) <= 10_000 else None
    removal = delete(UnitAncestor)
    start = select(Unit.id.label("unit_id"), Unit.id.label("ancestor_id"), literal(0).label("distance"))
    if chosen is not None:
        removal = removal.where(UnitAncestor.unit_id.in_(chosen))
        start = start.where(Unit.id.in_(chosen))
    climb = start.cte("climb", recursive=True)
    above = select(climb.c.unit_id, Unit.parent_id, climb.c.distance + 1)
    climb = climb.union_all(
        above.join(Unit, Unit.id == climb.c.ancestor_id).where(Unit.parent_id.is_not(None))
    )
    connection.execute(removal)
    connection.execute(
        insert(UnitAncestor).from_select(
            ["unit_id", "ancestor_id", "distance"],
            select(climb.c.unit_id, climb.c.ancestor_id, climb.c.distance),
        )
    )


def wrong_ancestors(connection: Connection) -> list[int]:
    """The units whose kept ancestors differ from those that the tree gives."""
    parents = dict(connection.execute(select(Unit.id, Unit.parent_id)).all())
    kept: dict[int, set[tuple[int, int]]] = {unit: set() for unit in parents}
    for unit, ancestor, distance in connection.execute(
        select(UnitAncestor.unit_id, UnitAncestor.ancestor_id, UnitAncestor.distance)
    ):
        kept.setdefault(unit, set()).add((ancestor, distance))
    return [unit for unit in kept if kept[unit] != _walked(parents, unit)]


def _walked(parents: Mapping[int, int | None], unit: int) -> set[tuple[int, int]]:
    walked: set[tuple[int, int]] = set()
    above: int | None = unit
    while above is not None and len(walked) <= len(parents):
        walked.add((above, len(walked)))
        above = parents.get(above)
    return walked
