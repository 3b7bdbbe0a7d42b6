"""What a spreadsheet calls its columns, and what stands in its cells."""

from __future__ import annotations

import pytest

from drillapp.core.ledgers.as_shown import cell_text
from drillapp.core.ledgers.guessing.headers import Grid
from drillapp.core.ledgers.shapes import Cell, Glance


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (" 12.0 ", " 12.0 "),
        (12.0, "12"),
        (-3.0, "-3"),
        (12, "12"),
        (0.5, "0.5"),
        (True, "TRUE"),
        (False, "FALSE"),
        (1e20, "100000000000000000000"),
        (float("inf"), "inf"),
        (float("nan"), "nan"),
    ],
)
def test_a_cell_says_what_stands_in_it(cell: Cell, text: str) -> None:
    assert cell_text(cell) == text


def test_a_year_in_a_header_has_no_decimals() -> None:
    assert Grid(Glance("Sheet1", [[2026.0, "Name"]])).text(1, 0) == "2026"
