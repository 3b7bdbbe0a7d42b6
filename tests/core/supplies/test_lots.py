"""Which lot a line means, and what is known of it."""

from __future__ import annotations

from datetime import date

import pytest

from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import use_language
from drillapp.core.office import Office
from drillapp.core.saving import Saving
from drillapp.core.supplies.book import save_movements
from drillapp.core.supplies.entries import MovementEntry
from tests.core.supplies.ledger import book, furnish, line, stock

DAY = "2026-11-24"


@pytest.fixture(autouse=True)
def _furnished(office: Office) -> None:
    furnish(office)


def lots(office: Office) -> dict[tuple[str | None, str | None], float]:
    """Lot number and expiry to quantity."""
    return {(lot, expiry): quantity for (_where, _item, lot, expiry), quantity in stock(office, DAY).items()}


def refusal(office: Office, wrong: MovementEntry) -> tuple[str, str]:
    use_language("en")
    try:
        with pytest.raises(InvalidInput) as refused:
            save_movements(office, [wrong])
    finally:
        use_language("zh_CN")
    [problem] = refused.value.problems
    return problem.field, problem.message


def test_a_lot_keeps_the_dates_of_the_first_line_that_says_them(office: Office) -> None:
    book(office, line("in", 5, "2026-05-01", lot="L1"))
    assert lots(office) == {("L1", None): 5}
    book(
        office,
        line("in", 5, "2026-05-02", lot="L1", expires_on=date(2027, 6, 1), produced_on=date(2026, 3, 1)),
    )
    book(office, line("out", 1, "2026-05-03", lot="L1"))
    assert lots(office) == {("L1", "2027-06-01"): 9}
    assert refusal(office, line("out", 1, "2026-05-04", lot="L1", expires_on=date(2027, 7, 1))) == (
        "expires_on", "Lot L1 expires on 2027-06-01.",
    )  # fmt: skip
    assert refusal(office, line("out", 1, "2026-05-04", lot="L1", produced_on=date(2026, 3, 2))) == (
        "produced_on", "Lot L1 was produced on 2026-03-01.",
    )  # fmt: skip


def test_lots_with_the_same_number_of_different_items_are_different(office: Office) -> None:
    book(
        office, line("in", 5, "2026-05-01", lot="L1"), line("in", 3, "2026-05-01", lot="L1", item_code="TENT")
    )
    assert stock(office, DAY) == {("S1", "SHOVEL", "L1", None): 5, ("S1", "TENT", "L1", None): 3}


def test_the_expiry_follows_from_production_and_shelf_life(office: Office) -> None:
    tents = {"item_code": "TENT", "produced_on": date(2024, 2, 29)}
    book(office, line("in", 5, "2026-05-01", lot="L1", **tents), line("in", 2, "2026-05-01", **tents))
    assert lots(office) == {("L1", "2025-02-28"): 5, (None, "2025-02-28"): 2}


def test_an_expiry_before_the_production_is_refused(office: Office) -> None:
    wrong = line("in", 1, "2026-05-01", produced_on=date(2026, 2, 1), expires_on=date(2026, 1, 1))
    assert refusal(office, wrong) == ("expires_on", "Lies before the production, 2026-02-01.")


def test_goods_without_a_number_are_told_apart_by_their_expiry(office: Office) -> None:
    early, late = {"expires_on": date(2027, 1, 1)}, {"expires_on": date(2028, 1, 1)}
    book(
        office,
        line("in", 5, "2026-05-01", **early),
        line("in", 7, "2026-05-02", **late),
        line("out", 1, "2026-05-03", **late),
    )
    assert lots(office) == {(None, "2027-01-01"): 5, (None, "2028-01-01"): 6}
    assert refusal(office, line("out", 1, "2026-05-04")) == (
        "lot", "Say which lot: there are several without a number, expiring on 2027-01-01, 2028-01-01.",
    )  # fmt: skip
    book(office, line("in", 2, "2026-05-05"), line("out", 1, "2026-05-06"))
    assert lots(office)[None, None] == 1


def test_a_line_that_says_nothing_takes_the_only_lot_without_a_number(office: Office) -> None:
    book(
        office,
        line("in", 5, "2026-05-01", expires_on=date(2027, 1, 1)),
        line("in", 9, "2026-05-01", lot="L1"),
    )
    book(office, line("out", 2, "2026-05-02"), line("in", 1, "2026-05-03"))
    assert lots(office) == {(None, "2027-01-01"): 4, ("L1", None): 9}


def test_a_ledger_may_run_backwards(office: Office) -> None:
    book(
        office,
        line("out", 2, "2026-05-09", "D9"),
        line("in", 5, "2026-05-01", "D1", expires_on=date(2027, 1, 1)),
    )
    assert lots(office) == {(None, "2027-01-01"): 3}


def test_goods_of_one_expiry_and_several_days_of_production_lie_together(office: Office) -> None:
    expiry = {"expires_on": date(2027, 1, 1)}
    lines = [line("in", 2, f"2026-05-0{day}", produced_on=date(2026, 1, day), **expiry) for day in (1, 2)]
    book(office, *lines)
    assert lots(office) == {(None, "2027-01-01"): 4}
    assert save_movements(office, lines).unchanged == 2


def test_a_transfer_keeps_the_lot(office: Office) -> None:
    book(office, line("in", 5, "2026-05-01", lot="L1", expires_on=date(2027, 1, 1)))
    book(office, line("transfer", 2, "2026-05-02", lot="L1", to_storehouse="S2"))
    assert stock(office, DAY) == {
        ("S1", "SHOVEL", "L1", "2027-01-01"): 3, ("S2", "SHOVEL", "L1", "2027-01-01"): 2,
    }  # fmt: skip


def test_a_refused_line_leaves_no_lot_behind(office: Office) -> None:
    save_movements(office, [line("out", 1, "2026-05-01", expires_on=date(2027, 1, 1))], Saving(partial=True))
    book(office, line("in", 1, "2026-05-01", expires_on=date(2028, 1, 1)), line("out", 1, "2026-05-02"))
    assert lots(office) == {}
