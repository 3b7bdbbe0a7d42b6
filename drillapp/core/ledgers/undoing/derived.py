"""What is worked out from the tables follows when they are put back: search, the tree of units, stock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, delete, select

from drillapp.core.database.base import table_of
from drillapp.core.database.tables import METADATA
from drillapp.core.ledgers.undoing.images import Image
from drillapp.core.ledgers.undoing.standing import in_ranges
from drillapp.core.ledgers.undoing.telling import Changed
from drillapp.core.search import index
from drillapp.core.search.rebuild import OF_SECTIONS, SEARCHED, renew
from drillapp.core.search.section_index import remove_sections
from drillapp.core.supplies.halves import forget_halves, renew_halves
from drillapp.core.units.model import UnitAncestor
from drillapp.core.units.tree import rebuild_ancestors


class Derived:
    """What follows from the tables of one import, before and after they are put back."""

    def __init__(
        self, connection: Connection, images: Sequence[Image], changes: Mapping[str, Changed]
    ) -> None:
        self._connection = connection
        self._changes = changes
        self._images = {image.name: image for image in images}
        self._holdings = self._keys("stock_entries", "holding_id")
        self.lots = self._keys("movements", "lot_id")
        """The lots that the import moved."""

    def forget(self) -> None:
        """Let go of what is said of the rows that will be gone."""
        for kind in SEARCHED:
            index.remove(self._connection, kind, self._created(kind))
        remove_sections(self._connection, self._created("plan_sections"))
        forget_halves(self._connection, self._holdings)
        ancestors = table_of(UnitAncestor)
        for column in (ancestors.c.unit_id, ancestors.c.ancestor_id):
            for chosen in in_ranges(column, self._ranges("units")):
                self._connection.execute(delete(ancestors).where(chosen))

    def renew(self) -> None:
        """Work out anew what is said of the rows that are back."""
        for kind, names in (*SEARCHED.items(), ("plan_sections", OF_SECTIONS)):
            renew(self._connection, kind, self._before(kind, names))
        renew_halves(self._connection, self._holdings)
        if units := self._before("units", ("parent_id",)):
            rebuild_ancestors(self._connection, units)

    def _ranges(self, name: str) -> list[tuple[int, int]]:
        return self._images[name].created if name in self._images else []

    def _created(self, name: str) -> list[int]:
        return [key for first, last in self._ranges(name) for key in range(first, last + 1)]

    def _before(self, name: str, columns: Sequence[str]) -> list[int]:
        """Rows that are back, or of which one of these columns is as before."""
        image = self._images.get(name)
        if image is None:
            return []
        gone = [row[0] for row in image.rows_before() if row[0] not in image.left]
        changes = self._changes[name].items()
        return gone + [key for key, fields in changes if not fields.keys().isdisjoint(columns)]

    def _keys(self, name: str, field: str) -> set[int]:
        """What the rows of a table that were written refer to."""
        found: set[int] = set()
        if name not in self._images:
            return found
        image = self._images[name]
        referring = METADATA.tables[name].c[field]
        for chosen in in_ranges(image.table.c.id, image.created):
            found.update(self._connection.execute(select(referring).where(chosen).distinct()).scalars())
        place = image.columns.index(field)
        found.update(int(row[place]) for row in image.rows_before())
        return found
