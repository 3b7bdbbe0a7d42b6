"""Values of fields as people read them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import UNSET

from drillapp.core import enumerations
from drillapp.core.ledgers.as_shown import cell_text
from drillapp.core.ledgers.dates import show_moment
from drillapp.core.ledgers.layout import Field
from drillapp.core.ledgers.sheets import Cell
from drillapp.core.ledgers.values import Fault
from drillapp.core.ledgers.words import word


def exported(field: Field, value: Any) -> Cell:
    """A field's value as it stands in a cell of an exported ledger."""
    if value is None or value is UNSET:
        return None
    if isinstance(value, datetime):
        return show_moment(value)
    if isinstance(value, bool):
        return enumerations.label("yes_no", "yes" if value else "no")
    if field.type == "choice":
        return enumerations.label(field.enumeration, value)
    if field.type == "list":
        # A record holds its codes as one text, joined with commas.
        codes = value.split(",") if isinstance(value, str) else value
        return str(word("joint")).join(enumerations.label(field.enumeration, code) for code in codes)
    shown: Cell = value
    return shown


def shown_value(field: Field, value: Any) -> str:
    """A field's value as a person reads it in an exported ledger; '' for nothing and for a cell that is refused."""
    shown = None if isinstance(value, Fault) else exported(field, value)
    if shown is None:
        return ""
    return cell_text(shown) if isinstance(shown, float) else str(shown)
