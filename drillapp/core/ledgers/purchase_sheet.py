"""The purchase list as a spreadsheet, to be handed to whoever buys."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from drillapp.core.ledgers.exporting import write_rows
from drillapp.core.ledgers.layout import layout
from drillapp.core.ledgers.words import word
from drillapp.core.supplies.levels.purchase import PurchaseLine


def export_purchase_list(lines: Sequence[PurchaseLine], path: Path) -> int:
    """Write the lines to .xlsx or .csv; returns how many. Raises InvalidInput, NotFound, Unavailable as exports do."""
    joint = str(word("joint"))
    rows = (
        [
            one.item, one.item_name, one.spec, one.unit_of_measure, one.missing, one.units, one.packs_words or None,
            one.order, joint.join(one.sources) or None, joint.join(one.suppliers) or None,
        ]
        for one in lines
    )  # fmt: skip
    write_rows(path, layout("purchase_list"), rows)
    return len(lines)
