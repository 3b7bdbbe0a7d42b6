"""The fields of a form as data, read from what a kind of record is handed in as."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

import msgspec

from drillapp.core.kinds import Kind
from drillapp.core.listing import Column

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from drillapp.ui.session import Session

FieldType = Literal[
    "text", "long", "number", "integer", "date", "moment", "choice", "choices", "flag", "reference"
]


class Field(NamedTuple):
    """One field of a form."""

    name: str
    label: str
    """English message id."""
    type: FieldType = "text"
    required: bool = False
    enumeration: str = ""
    kind: str = ""
    """For a reference: the kind of record referred to."""
    hint: str = ""
    """English message id of a sentence below the field."""
    wide: bool = False
    """Takes the whole row."""
    section_label: str = ""
    """English message id of a heading above it, where a part of the form begins."""
    make: Callable[[Session, QWidget], Any] | None = None
    """Makes its control, where it is none of the usual ones (parts.editors.Editor)."""


_REFERENCES = {
    "unit_code": "units",
    "parent_code": "units",
    "plan_number": "plans",
    "parent_number": "plans",
    "drill_number": "drills",
    "item_code": "items",
    "storehouse": "storehouses",
    "to_storehouse": "storehouses",
}
_LABELS = {
    column.name: column.label
    for column in (
        Column("unit_code", "Unit"),
        Column("produced_on", "Produced on"),
        Column("parent_code", "Superior unit"),
        Column("plan_number", "Plan"),
        Column("parent_number", "Superior plan"),
        Column("drill_number", "Drill"),
        Column("item_code", "Item"),
        Column("storehouse", "Storehouse"),
        Column("to_storehouse", "To storehouse"),
        Column("unit_kind", "Units of this kind"),
        Column("members", "Head count"),
        Column("alarm", "Alarm and report"),
        Column("protection", "Protection"),
        Column("prohibitions", "Prohibitions"),
        Column("route", "Route and meeting point"),
        Column("supplies", "Supplies and where they are"),
    )
}
_ENUMERATIONS = {"unit_kind": "unit_kind"}
_WIDE = {"title", "name", "text", "action", "steps", "hazards", "contacts"}
_LONG = {"text", "action", "steps", "contacts"}


def fields_of(kind: Kind, changes: Mapping[str, Mapping[str, Any]] | None = None) -> tuple[Field, ...]:
    """The form of a kind of record; `changes` says what to show otherwise, by field and attribute.

    A field whose changes are {"type": None} is left out.
    """
    hints = get_type_hints(kind.entry)
    columns = {column.name: column for column in kind.listing.columns}
    fields = []
    for described in msgspec.structs.fields(kind.entry):
        name = described.name
        field = _field(name, hints[name], described.required, columns.get(name))
        wanted = (changes or {}).get(name, {})
        if wanted.get("type", "") is not None:
            fields.append(field._replace(**wanted))
    return tuple(fields)


def hinted(*, hint_label: str, **more: Any) -> dict[str, Any]:
    """What is to be shown otherwise of a field: a sentence below it, by its English message id, and more."""
    return {"hint": hint_label, **more}


def _field(name: str, hint: Any, required: bool, column: Column | None) -> Field:
    enumeration = (column.enumeration if column else "") or _ENUMERATIONS.get(name, "")
    kind = _REFERENCES.get(name, "")
    label = _LABELS.get(name) or (column.label if column else name.replace("_", " ").capitalize())
    type_ = _type(name, hint, enumeration, kind)
    return Field(name, label, type_, required, enumeration, kind, wide=name in _WIDE)


def _type(name: str, hint: Any, enumeration: str, kind: str) -> FieldType:
    """What control a field needs, by its type in the entry."""
    if kind:
        return "reference"
    plain = _plain(hint)
    if get_origin(plain) is tuple:
        return "choices"
    if enumeration:
        return "choice"
    if name in _LONG:
        return "long"
    return _TYPES.get(plain, "text")


def _plain(hint: Any) -> Any:
    """The type itself, of one that may also be nothing or not said."""
    if not isinstance(hint, types.UnionType) and get_origin(hint) is None:
        return hint
    said = [part for part in get_args(hint) if part not in (type(None), msgspec.UnsetType)]
    if get_origin(hint) is tuple:
        return hint
    return float if set(said) == {int, float} else said[0]


_TYPES: dict[Any, FieldType] = {
    str: "text",
    int: "integer",
    float: "number",
    date: "date",
    datetime: "moment",
    bool: "flag",
}
