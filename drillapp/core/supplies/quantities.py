"""Which quantities a ledger of supplies takes."""

from __future__ import annotations

import math
from typing import Any

from drillapp.core.batch import Batch
from drillapp.core.i18n import _

LARGEST = 1_000_000_000
"""So that a million lines of it still add up within 64 bits of thousandths."""


def check_quantities(batch: Batch) -> list[int]:
    """The quantities of a batch in thousandths; refuses negative ones, too large ones and a fourth decimal."""
    found: list[int] = []
    for i, quantity in enumerate(batch.given["quantity"]):
        thousandths, fault = _read(quantity)
        if fault:
            batch.refuse(i, "quantity", fault)
        found.append(thousandths)
    return found


def _read(quantity: Any) -> tuple[int, str]:
    if not isinstance(quantity, int | float):
        return 0, ""  # refused for being empty already
    if not math.isfinite(quantity) or quantity > LARGEST:
        return 0, _("The number is too large.")
    if quantity < 0:
        return 0, _("Must be 0 or more.")
    thousandths = round(quantity * 1000)
    if abs(quantity * 1000 - thousandths) > 1e-4:
        return 0, _("At most three decimals.")
    return thousandths, ""
