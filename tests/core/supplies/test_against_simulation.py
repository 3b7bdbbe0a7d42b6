"""Random ledgers, booked in random portions, against the simplest telling of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from drillapp.core.errors import InvalidInput
from drillapp.core.office import Office
from drillapp.core.saving import Saving
from drillapp.core.supplies.book import save_movements
from drillapp.core.supplies.commands import save_items
from drillapp.core.supplies.entries import ItemEntry, MovementEntry
from drillapp.core.supplies.queries import stock_as_of
from drillapp.core.supplies.verifying import wrong_entries
from tests.core.supplies.ledger import Impossible, furnish, line, simulate

FIRST = date(2026, 5, 1)
_examples = count(1)


@st.composite
def movements(draw: st.DrawFn) -> MovementEntry:
    kind = draw(st.sampled_from(("in", "in", "in", "out", "transfer", "transfer", "count")))
    storehouse, other = draw(st.permutations(("S1", "S2")))
    hour = draw(st.sampled_from((None, 1, 2)))
    return line(
        kind,
        draw(st.sampled_from((4, 8, 20) if kind == "in" else (1, 2.5, 4))),
        (FIRST + timedelta(days=draw(st.integers(0, 5)))).isoformat(),
        draw(st.sampled_from("AB")),
        storehouse=storehouse,
        lot=draw(st.sampled_from((None, "L1"))),
        to_storehouse=other if kind == "transfer" else None,
        recorded_at=hour and datetime(2026, 5, 1, hour, tzinfo=UTC),
    )


portions = st.lists(
    st.tuples(st.lists(movements(), min_size=1, max_size=5), st.booleans()), min_size=1, max_size=5
)


@pytest.mark.sqlite_only("the arithmetic is the program's own; the other tests are run on both")
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(portions)
def test_stock_is_what_the_booked_lines_give(
    office: Office, portions: list[tuple[list[MovementEntry], bool]]
) -> None:
    item = f"I{next(_examples)}"
    if item == "I1":
        furnish(office)
    save_items(office, [ItemEntry(code=item, name=item)])
    booked: list[MovementEntry] = []
    for drawn, partial in portions:
        # No two lines are the same: what becomes of repeated ones is told elsewhere.
        lines = [
            replace(
                entry,
                item_code=item,
                document=f"{item}{entry.document}",
                reference=f"{len(booked)}-{number}-{id(drawn)}",
            )
            for number, entry in enumerate(drawn)
        ]
        booked += accepted(office, booked, lines, partial=partial)
        check_stock(office, item, booked)


def accepted(
    office: Office, booked: list[MovementEntry], lines: list[MovementEntry], *, partial: bool
) -> list[MovementEntry]:
    """Book the lines and say which were accepted: all if they can all be, else none or the possible ones."""
    if is_possible(booked + lines):
        assert save_movements(office, lines, Saving(partial=partial)).created == len(lines)
        return lines
    if not partial:
        with pytest.raises(InvalidInput):
            save_movements(office, lines)
        return []
    refused = {problem.index for problem in save_movements(office, lines, Saving(partial=True)).problems}
    assert refused
    kept = [entry for number, entry in enumerate(lines) if number not in refused]
    assert is_possible(booked + kept)
    return kept


def is_possible(lines: list[MovementEntry]) -> bool:
    try:
        simulate(lines)
    except Impossible:
        return False
    return True


def check_stock(office: Office, item: str, booked: list[MovementEntry]) -> None:
    for days in range(6):
        office.as_of = FIRST + timedelta(days=days)
        found = {
            (row.storehouse, row.item, row.lot or ""): row.quantity
            for row in stock_as_of(office, item_code=item)
        }
        assert found == simulate(booked, office.as_of)
    with office.read() as connection:
        assert wrong_entries(connection) == []
