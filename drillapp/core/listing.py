"""Lists of records: one statement a list, filtered and sorted in SQL, read by pages of keys."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

import msgspec
from sqlalchemy import Boolean, ColumnElement, FromClause, Subquery, and_, func, literal, or_, select, true

from drillapp.core.database.base import AnySelect
from drillapp.core.office import Office
from drillapp.core.units.model import UnitAncestor

ColumnType = Literal["text", "date", "moment", "number", "choice", "flag"]


class Column(NamedTuple):
    """A column of a list."""

    name: str
    label: str
    """English message id of the heading."""
    type: ColumnType = "text"
    width: int = 120
    """Usual width in pixels at 100 %."""
    enumeration: str = ""


class Listing(NamedTuple):
    """A list that can be asked for."""

    kind: str
    row: type[msgspec.Struct]
    """Its fields are the statement's columns, in order; `id` is the record's key."""
    columns: tuple[Column, ...]
    """What a table shows, in its usual order."""
    statement: Callable[[date], AnySelect]
    """The rows as of a date. Has `id`, and where the list has a scope `unit_id`, and perhaps `retired_on`."""
    searched: tuple[str, ...] = ()
    """Columns that the filter bar's text looks into."""
    joined: tuple[str, ...] = ()
    """Columns that hold several codes, joined with commas."""
    sort: tuple[tuple[str, bool], ...] = ()
    """Usual order: column and whether descending."""
    for_office: Callable[[Office], AnySelect] | None = None
    """The rows with what depends on more of the office than the date, in the place of `statement`."""
    finished: Callable[[Office, list[Any]], list[Any]] | None = None
    """Works out in rows that are shown what SQL cannot; the column must sort as its finished values do."""
    over_all: Mapping[str, Callable[[FromClause], ColumnElement[Any]]] = {}
    """Columns that can be told for all rows in one pass, where row by row would only do for a page of them."""

    other_unit: str = ""
    """A second column of units: a row is in a scope that holds either of the two."""

    def column(self, rows: FromClause, name: str) -> ColumnElement[Any]:
        """A column as all rows are narrowed and ordered by it."""
        return self.over_all[name](rows) if name in self.over_all else rows.c[name]

    def selected(self, office: Office) -> AnySelect:
        """The rows as of the office's date."""
        return self.statement(office.as_of) if self.for_office is None else self.for_office(office)

    def read(self, office: Office, rows: Iterable[Sequence[Any]]) -> list[Any]:
        """The rows of its statement as they are shown."""
        read = [self.row(*row) for row in rows]
        return read if self.finished is None else self.finished(office, read)


class Condition(NamedTuple):
    """A comparison of a column with a value."""

    column: str
    comparison: Literal["=", "<", "<=", ">", ">=", "is null", "is not null", "in"]
    value: Any = None


class View(NamedTuple):
    """What of a list is to be seen, in which order."""

    unit_id: int | None = None
    """Only this unit and those below it."""
    text: str = ""
    choices: Mapping[str, Sequence[str]] = {}
    """For each column the codes of which one must be there."""
    conditions: tuple[Condition, ...] = ()
    sort: tuple[tuple[str, bool], ...] = ()
    retired: bool = False
    """Show retired records too."""


def first_rows(office: Office, listing: Listing, view: View, limit: int) -> list[Any]:
    """The first rows of a view."""
    # The keys are chosen first, so that what is derived for each row is worked out for those few rows only.
    selected = listing.selected(office)
    chosen = _chosen_keys(selected, office.as_of, listing, view).limit(limit)
    rows = selected.subquery()
    statement = _ordered(select(rows).where(rows.c.id.in_(chosen)), rows, listing, view)
    with office.read() as connection:
        found = connection.execute(statement).all()
    return listing.read(office, found)


def keys(office: Office, listing: Listing, view: View) -> array[int]:
    """The keys of all rows of a view in its order."""
    chosen = _chosen_keys(listing.selected(office), office.as_of, listing, view)
    with office.read() as connection:
        return array("q", connection.execute(chosen).scalars().all())


def count(office: Office, listing: Listing, view: View) -> int:
    """How many rows a view has."""
    rows = listing.selected(office).subquery()
    with office.read() as connection:
        return int(
            connection.execute(_chosen(select(func.count()), rows, office.as_of, listing, view)).scalar_one()
        )


def counts(office: Office, listing: Listing, view: View, *by: str) -> dict[tuple[Any, ...], int]:
    """How many rows a view has for each combination of values of these columns."""
    rows = listing.selected(office).subquery()
    groups = [rows.c[name] for name in by]
    statement = _chosen(select(*groups, func.count()), rows, office.as_of, listing, view).group_by(*groups)
    with office.read() as connection:
        return {tuple(row[:-1]): row[-1] for row in connection.execute(statement)}


def rows(office: Office, listing: Listing, ids: Sequence[int]) -> list[Any]:
    """The rows with these keys, in their order; those that are gone are left out."""
    subquery = listing.selected(office).subquery()
    statement = select(subquery).where(subquery.c.id.in_(list(ids)))
    with office.read() as connection:
        rows = connection.execute(statement).all()
    found = {row.id: row for row in listing.read(office, rows)}
    return [found[key] for key in ids if key in found]


def _chosen_keys(selected: AnySelect, as_of: date, listing: Listing, view: View) -> AnySelect:
    rows = selected.subquery()
    return _ordered(_chosen(select(rows.c.id), rows, as_of, listing, view), rows, listing, view)


def _chosen(statement: AnySelect, rows: Subquery, as_of: date, listing: Listing, view: View) -> AnySelect:
    conditions = [_condition(listing.column(rows, each.column), each) for each in view.conditions]
    if view.unit_id is not None and "unit_id" in rows.c:
        columns = [rows.c.unit_id, *([rows.c[listing.other_unit]] if listing.other_unit else [])]
        conditions.append(or_(*(_in_scope(column, view.unit_id) for column in columns)))
    for name, codes in view.choices.items():
        if codes:
            conditions.append(_any_of(listing.column(rows, name), codes, name in listing.joined))
    if view.text.strip():
        conditions.append(_text(rows, listing.searched, view.text.strip()))
    if not view.retired and "retired_on" in rows.c:
        conditions.append(or_(rows.c.retired_on.is_(None), rows.c.retired_on > as_of))
    return statement.select_from(rows).where(*conditions)


def _in_scope(column: ColumnElement[Any], unit_id: int) -> ColumnElement[bool]:
    within = column.in_(select(UnitAncestor.unit_id).where(UnitAncestor.ancestor_id == unit_id))
    # Left out where it says nothing: without it the database may begin at the units and go to their rows.
    return or_(within, column.is_(None)) if _may_be_empty(column) else within


def _may_be_empty(column: ColumnElement[Any]) -> bool:
    return bool(getattr(column, "nullable", True))


def _condition(column: ColumnElement[Any], condition: Condition) -> ColumnElement[bool]:
    value = condition.value
    match condition.comparison:
        case "is null":
            return column.is_(None)
        case "is not null":
            return column.is_not(None)
        case "in":
            return column.in_(value)
        case operator:
            return column.op(operator, is_comparison=True)(value)


def _any_of(column: ColumnElement[Any], codes: Sequence[str], joined: bool) -> ColumnElement[bool]:
    if isinstance(column.type, Boolean):
        return column.in_([code == "yes" for code in codes])
    if not joined:
        return column.in_(list(codes))
    bounded = literal(",").concat(column).concat(",")
    return or_(*(bounded.contains(f",{code},", autoescape=True) for code in codes))


def _text(rows: Subquery, searched_names: Sequence[str], text: str) -> ColumnElement[bool]:
    # What a bad paste brings along and no storage takes cannot be looked for either.
    text = text.encode(errors="ignore").decode().replace("\x00", " ")
    searched = [rows.c[name] for name in searched_names]
    return and_(
        true(),
        *(or_(*(column.icontains(word, autoescape=True) for column in searched)) for word in text.split()),
    )


def _ordered(statement: AnySelect, rows: Subquery, listing: Listing, view: View) -> AnySelect:
    # A column of which one value is chosen orders nothing; without it the rows can be read by their keys, as far as needed.
    fixed = {name for name, codes in view.choices.items() if len(codes) == 1 and name not in listing.joined}
    chosen = [(name, down) for name, down in view.sort or listing.sort if name not in fixed]
    # Empty values last in both directions and on both databases; the key makes the order total.
    columns = [(listing.column(rows, name), down) for name, down in chosen]
    order = [(column.desc() if down else column.asc()).nulls_last() for column, down in columns]
    # As a sum behind other columns, since SQLite takes a bare key there as a reason to read the rows by whatever
    # index it finds, in an order in which each subquery of a row falls on another page.
    return statement.order_by(*order, rows.c.id + 0 if order else rows.c.id)
