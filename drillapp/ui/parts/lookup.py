"""Looking up a record by what a person types: by words of its name or code, or by pinyin initials."""

from __future__ import annotations

from typing import Any, NamedTuple

from drillapp.core.kinds import KINDS
from drillapp.core.listing import Condition, View, first_rows
from drillapp.core.office import Office

_CODES = {
    "units": "code",
    "items": "code",
    "storehouses": "code",
    "people": "name",
    "posts": "name",
    "teams": "name",
    "scenarios": "code",
}
_TITLES = {"plans": "title", "drills": "title", "cards": "title"}


class Found(NamedTuple):
    """A record that may be meant."""

    id: int
    code: str
    """What a field of another record says to refer to it."""
    title: str
    unit_name: str


def find(office: Office, kind: str, text: str, limit: int = 20) -> list[Found]:
    """The records of a kind whose name or code has the words; for Latin letters also by pinyin and initials."""
    listing = KINDS[kind].listing
    found = [_found(kind, row) for row in first_rows(office, listing, View(text=text), limit)]
    if len(found) < limit and text.isascii() and text.strip():
        from drillapp.core.search.queries import search_titles  # only for Latin letters

        ids = [hit.id for hit in search_titles(office, text, limit * 2) if hit.kind == kind]
        known = {one.id for one in found}
        view = View(conditions=(Condition("id", "in", [key for key in ids if key not in known]),))
        found += [_found(kind, row) for row in first_rows(office, listing, view, limit - len(found))]
    return found


def by_code(office: Office, kind: str, code: str) -> Found | None:
    """The record with exactly this code."""
    view = View(conditions=(Condition(_CODES.get(kind, "number"), "=", code),), retired=True)
    rows = first_rows(office, KINDS[kind].listing, view, 1)
    return _found(kind, rows[0]) if rows else None


def _found(kind: str, row: Any) -> Found:
    code = getattr(row, _CODES.get(kind, "number"))
    title = getattr(row, _TITLES.get(kind, "name"), None) or ""
    return Found(row.id, code, title, getattr(row, "unit_name", "") or "")
