"""Values of fields that are said for a file as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.ledgers.layout import layout
from drillapp.core.ledgers.values import Column, Fault


def constants(kind: str, said: Mapping[str, str]) -> dict[str, Any]:
    """The values of fields that are said for a file as a whole, read as its cells are.

    Raises InvalidInput for a field that the kind does not have, and for what a cell could not hold either.
    """
    by_name = {field.name: field for field in layout(kind).field}
    values: dict[str, Any] = {}
    for name, text in said.items():
        if name not in by_name:
            raise InvalidInput(
                _("There is no field '{field}' in this ledger.").format(field=name),
                _("The fields are: {fields}.").format(fields=", ".join(by_name)),
                field=name,
            )
        [value] = Column(by_name[name]).read([text])
        if isinstance(value, Fault):
            raise InvalidInput(f"{by_name[name].label}: {value.message}", field=name)
        values[name] = value
    return values
