"""The plan's lists as tables: response levels, command roster, contacts, resources; written, and read back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from drillapp.core.i18n import _
from drillapp.core.plans.content import Content, Level, LevelAction, Named, Resource
from drillapp.core.plans.word.raw import RawGrid

Rows = list[list[str]]


class ListTable(NamedTuple):
    """A list of the plan as a table."""

    name: str
    title: str
    heads: tuple[str, ...]
    shares: tuple[int, ...]
    """How wide the columns are, in parts of the whole."""
    rows: Rows


def tables_of(content: Content) -> list[ListTable]:
    """The lists that have anything in them."""
    tables = [
        ListTable(
            "levels",
            _("Response levels"),
            (
                _("Response level"),
                _("Trigger"),
                _("Started by"),
                _("Action"),
                _("By whom"),
                _("Within (min)"),
            ),
            (11, 24, 12, 28, 13, 12),
            _level_rows(content.levels),
        ),
        ListTable("roster", _("Command roster"), *_named_columns(), _named_rows(content.roster)),
        ListTable(
            "contacts", _("Contact directory of the plan"), *_named_columns(), _named_rows(content.contacts)
        ),
        ListTable(
            "resources",
            _("Emergency resources"),
            (_("What there is"), _("How much"), _("Where it is"), _("Keeper"), _("Phone")),
            (26, 14, 24, 14, 22),
            [[each.name, each.quantity, each.place, each.keeper, each.phone] for each in content.resources],
        ),
    ]
    return [table for table in tables if table.rows]


class Lists:
    """The lists of a document that this program wrote."""

    def __init__(self) -> None:
        self._rows: dict[str, Rows] = {}

    def take(self, grid: RawGrid) -> bool:
        """Take a table in; False when it is not, or no longer, one of the lists."""
        width = {"levels": 6, "roster": 5, "contacts": 5, "resources": 5}.get(grid.list_name)
        if width is None or len(grid.rows[0]) != width or grid.list_name in self._rows:
            return False
        self._rows[grid.list_name] = grid.rows[max(grid.heads, 1) :]
        return True

    def found(self) -> dict[str, Any]:
        """The lists by their names."""
        return {
            "levels": tuple(_levels(self._rows.get("levels", []))),
            "roster": tuple(_named(self._rows.get("roster", []))),
            "contacts": tuple(_named(self._rows.get("contacts", []))),
            "resources": tuple(Resource(*row) for row in self._rows.get("resources", []) if any(row)),
        }


def _named_columns() -> tuple[tuple[str, ...], tuple[int, ...]]:
    heads = (_("Role in the command"), _("Name"), _("Organisation"), _("Phone"), _("Duty"))
    return heads, (20, 14, 24, 18, 24)


def _named_rows(people: Iterable[Named]) -> Rows:
    return [[each.role, each.name, each.organisation, each.phone, each.duty] for each in people]


def _named(rows: Rows) -> Iterable[Named]:
    for role, name, organisation, phone, duty in filter(any, rows):
        yield Named(name, role, organisation, phone, duty)


def _level_rows(levels: Iterable[Level]) -> Rows:
    """A row for each action; name, trigger and starter stand beside the first."""
    rows: Rows = []
    for level in levels:
        actions: Sequence[LevelAction] = level.actions or (LevelAction(""),)
        for place, each in enumerate(actions):
            minutes = "" if each.within_minutes is None else str(each.within_minutes)
            beside = ["", "", ""] if place else [level.name, level.trigger, level.starter]
            rows.append([*beside, each.action, each.actor, minutes])
    return rows


def _levels(rows: Rows) -> Iterable[Level]:
    number = 0
    numbered: list[tuple[int, list[str]]] = []
    for row in filter(any, rows):
        number += bool(row[0])
        numbered.append((number, row))
    for _number, group in groupby(numbered, key=lambda pair: pair[0]):
        own = [row for _place, row in group]
        name, trigger, starter = own[0][:3]
        yield Level(name, trigger, starter, tuple(_action(row) for row in own if any(row[3:])))


def _action(row: Sequence[str]) -> LevelAction:
    minutes = row[5].strip()
    return LevelAction(row[3], row[4], int(minutes) if minutes.isdecimal() else None)
