"""Values of fields as people read them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from msgspec import UNSET

from drillapp.core import enumerations
from drillapp.core.ledgers.dates import show_moment
from drillapp.core.ledgers.layout import Field
from drillapp.core.ledgers.values import Fault
from drillapp.core.ledgers.words import word


def shown_value(field: Field, value: Any) -> str:
    """A field's value as an exported ledger shows it; '' for nothing and for a cell that is refused."""
    if value is None or value is UNSET or isinstance(value, Fault):
        return ""
    if isinstance(value, datetime):
        return show_moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return enumerations.label("yes_no", "yes" if value else "no")
    if field.type == "choice":
        return enumerations.label(field.enumeration, value)
    if field.type == "list":
        codes = value.split(",") if isinstance(value, str) else value
        return str(word("joint")).join(enumerations.label(field.enumeration, code) for code in codes)
    return str(value)
