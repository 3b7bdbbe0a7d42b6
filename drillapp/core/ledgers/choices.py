"""What the drop-down lists of an empty ledger offer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from drillapp.core import enumerations
from drillapp.core.kinds import KINDS
from drillapp.core.ledgers.layout import Field
from drillapp.core.listing import View, counts, first_rows
from drillapp.core.office import Office

MOST = 2000
"""More are not chosen from a drop-down list."""
_NAMED = {
    "unit_code": ("units", "code", "name"),
    "item_code": ("items", "code", "name"),
    "storehouse": ("storehouses", "code", "name"),
    "to_storehouse": ("storehouses", "code", "name"),
    "from_storehouse": ("storehouses", "code", "name"),
}
"""Field -> kind of what it refers to, by which it is known, and how people call it: import takes either."""
_KNOWN_BY = {
    "parent_code": ("units", "code"),
    "plan_number": ("plans", "number"),
    "parent_number": ("plans", "number"),
    "drill_number": ("drills", "number"),
    "scenario": ("scenarios", "code"),
    "card_number": ("cards", "number"),
    "request": ("aid_requests", "number"),
}


def offered(office: Office, kind: str, field: Field, unit_id: int | None = None) -> list[str]:
    """What may be chosen in a field, in words; nothing where there is no list or too long a one.

    Records are those of the unit and below it. They are offered by name where only one in the office has it, else by code.
    """
    if field.type == "flag":
        return [enumerations.label("yes_no", code) for code in ("yes", "no")]
    if field.enumeration:
        return [enumerations.label(field.enumeration, code) for code in enumerations.codes(field.enumeration)]
    if field.name in _NAMED:
        return _by_name(office, *_NAMED[field.name], unit_id)
    if field.name in _KNOWN_BY:
        of, code = _KNOWN_BY[field.name]
        return _within_limit([getattr(row, code) for row in _rows(office, of, unit_id)])
    return []


def _rows(office: Office, kind: str, unit_id: int | None) -> Sequence[object]:
    return first_rows(office, KINDS[kind].listing, View(unit_id=unit_id), MOST + 1)


def _by_name(office: Office, kind: str, code: str, name: str, unit_id: int | None) -> list[str]:
    rows = _rows(office, kind, unit_id)
    if not 0 < len(rows) <= MOST:
        return []
    often = counts(office, KINDS[kind].listing, View(), name)
    return _within_limit(
        getattr(row, name) if often.get((getattr(row, name),)) == 1 else getattr(row, code) for row in rows
    )


def _within_limit(words: Iterable[str | None]) -> list[str]:
    chosen = list(dict.fromkeys(word for word in words if word))
    return chosen if len(chosen) <= MOST else []
