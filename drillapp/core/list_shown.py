"""A list as somebody sees it: its columns, its filter and its order, in words."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from drillapp.core import enumerations, listing
from drillapp.core.i18n import _
from drillapp.core.listing import Column, Condition, Listing, View
from drillapp.core.office import Office

_COMPARED = {"=": "=", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}


class Source(Protocol):
    """Where the rows of a list come from."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """All that can be shown of a row."""

    def keys(self, office: Office, view: View) -> array[int]:
        """The keys of all rows in the view's order."""

    def rows(self, office: Office, ids: Sequence[int]) -> list[Any]:
        """The rows with these keys in this order, without those that are gone."""


class Listed(NamedTuple):
    """One of core's lists as a source."""

    listing: Listing

    @property
    def columns(self) -> tuple[Column, ...]:
        """All that can be shown of a row."""
        return self.listing.columns

    def keys(self, office: Office, view: View) -> array[int]:
        """The keys of all rows in the view's order."""
        return listing.keys(office, self.listing, view)

    def rows(self, office: Office, ids: Sequence[int]) -> list[Any]:
        """The rows with these keys in this order, without those that are gone."""
        return listing.rows(office, self.listing, ids)


class ListShown(NamedTuple):
    """A list as somebody sees it."""

    title: str
    scope: str
    """The unit that it is of, in words."""
    columns: Sequence[Column]
    """Those that are shown, in their order."""
    source: Source
    view: View
    usual_sort: tuple[tuple[str, bool], ...] = ()
    told: str = ""
    """Words for the view's conditions, where the window has some."""


def narrowing(wanted: ListShown) -> list[str]:
    """What of the list is left out, in words: text, chosen codes, conditions."""
    view, by_name = wanted.view, _by_name(wanted)
    said = [f"“{view.text.strip()}”"] if view.text.strip() else []
    for name, codes in view.choices.items():
        if codes:
            column = by_name.get(name)
            labels = [_label(column, code) for code in codes]
            said.append(
                _("{column}: {values}").format(column=_heading(column, name), values=_(", ").join(labels))
            )
    if wanted.told:
        said.append(wanted.told)
    else:
        said += [_condition(by_name.get(one.column), one) for one in view.conditions]
    if view.retired:
        said.append(_("with what is out of use"))
    return said


def ordering(wanted: ListShown) -> str:
    """By which columns the list is sorted, in words."""
    by_name = _by_name(wanted)
    parts = []
    for name, is_descending in wanted.view.sort or wanted.usual_sort:
        if name in by_name:
            heading = _heading(by_name[name], name)
            parts.append(_("{column}, descending").format(column=heading) if is_descending else heading)
    return _("; ").join(parts)


def _by_name(wanted: ListShown) -> dict[str, Column]:
    return {column.name: column for column in wanted.source.columns}


def _heading(column: Column | None, name: str) -> str:
    return name if column is None else _(column.label)


def _label(column: Column | None, code: str) -> str:
    return code if column is None or not column.enumeration else enumerations.label(column.enumeration, code)


def _condition(column: Column | None, one: Condition) -> str:
    heading = _heading(column, one.column)
    if one.comparison == "is null":
        return _("{column}: nothing").format(column=heading)
    if one.comparison == "is not null":
        return _("{column}: something").format(column=heading)
    if one.comparison == "in":
        values = _(", ").join(_label(column, str(value)) for value in one.value)
        return _("{column}: {values}").format(column=heading, values=values)
    return f"{heading} {_COMPARED[one.comparison]} {one.value}"
