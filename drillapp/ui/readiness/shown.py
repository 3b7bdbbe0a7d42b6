"""What all views of the readiness page show: the figures of the scope, and the unit in front."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from drillapp.core.readiness.overview import Overview, roots
from drillapp.core.readiness.rows import UnitReadiness


class Shown:
    """The overview of a scope as of a day, and one of its units."""

    def __init__(self, overview: Overview, as_of: date, unit_id: int | None = None) -> None:
        """The unit is the topmost one where none is named, or the one named is not there."""
        self.overview = overview
        self.as_of = as_of
        self.tops = roots(overview.rows)
        self.unit = self._by_id.get(unit_id or -1, self.tops[0])

    @property
    def top(self) -> UnitReadiness:
        """The topmost unit of the scope."""
        return self.tops[0]

    @cached_property
    def ranked(self) -> list[UnitReadiness]:
        """The units right below the scope, of all units those above which there is none."""
        if len(self.tops) > 1:
            return self.tops
        return [row for row in self.overview.rows if row.parent_id == self.top.unit_id]

    @cached_property
    def below(self) -> list[UnitReadiness]:
        """All units below the one in front."""
        ids = {self.unit.unit_id}
        found = []
        for row in self.overview.rows:  # superior units come first
            if row.parent_id in ids:
                ids.add(row.unit_id)
                found.append(row)
        return found

    def earlier(self, unit: UnitReadiness) -> UnitReadiness | None:
        """The unit's figures a quarter earlier, where they are known."""
        return self._earlier.get(unit.unit_id)

    def with_unit(self, unit_id: int) -> Shown:
        """The same figures with another unit in front."""
        return Shown(self.overview, self.as_of, unit_id)

    @cached_property
    def _by_id(self) -> dict[int, UnitReadiness]:
        return {row.unit_id: row for row in self.overview.rows}

    @cached_property
    def _earlier(self) -> dict[int, UnitReadiness]:
        return {row.unit_id: row for row in self.overview.earlier}
