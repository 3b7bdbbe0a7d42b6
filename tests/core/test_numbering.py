"""New records get the next number of their unit's series."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from drillapp.core.clock import FixedClock
from drillapp.core.drills.commands import save_drills, save_findings
from drillapp.core.drills.entries import DrillEntry, FindingEntry
from drillapp.core.numbering import next_document, next_finding, next_number
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.supplies.book import save_movements
from drillapp.core.supplies.commands import save_items, save_storehouses
from drillapp.core.supplies.entries import ItemEntry, MovementEntry, StorehouseEntry

UNIT = "110102"


def _drills(office: Office, *numbers: str) -> None:
    day = date(2026, 5, 1)
    save_drills(
        office, [DrillEntry(number=one, unit_code=UNIT, title="Drill", planned_on=day) for one in numbers]
    )


def test_the_first_record_begins_a_series_of_its_unit(office: Office) -> None:
    assert next_number(office, "plans", UNIT) == "110102-YA-01"
    assert next_number(office, "drills", UNIT) == "110102-YL-2026-01"
    assert next_number(office, "cards", UNIT) == "110102-CZK-01"


def test_the_last_number_is_counted_on_with_its_zeros(office: Office) -> None:
    save_plans(
        office, [PlanEntry(number=one, unit_code=UNIT, title="Plan") for one in ("WEST-007", "WEST-009")]
    )
    assert next_number(office, "plans", UNIT) == "WEST-010"


def test_a_series_with_a_year_begins_anew_each_year(office: Office, clock: FixedClock) -> None:
    _drills(office, "110102-YL-2026-01", "110102-YL-2026-02")
    assert next_number(office, "drills", UNIT) == "110102-YL-2026-03"
    clock.moment = datetime(2027, 1, 4, 4, tzinfo=UTC)
    assert next_number(office, "drills", UNIT) == "110102-YL-2027-01"


def test_a_number_that_ends_in_no_digit_is_offered_as_it_is(office: Office) -> None:
    _drills(office, "spring")
    assert next_number(office, "drills", UNIT) == "spring"


@pytest.mark.parametrize(("kind", "prefix"), [("in", "RK"), ("out", "CK"), ("count", "PD")])
def test_documents_are_numbered_by_kind_and_day(office: Office, kind: str, prefix: str) -> None:
    assert next_document(office, kind, date(2026, 11, 24)) == f"{prefix}20261124-01"


def test_a_document_number_in_use_is_passed_over(office: Office) -> None:
    save_items(office, [ItemEntry(code="1", name="Blanket")])
    save_storehouses(office, [StorehouseEntry(code="S", name="Store", unit_code=UNIT)])
    day = date(2026, 11, 24)
    line = MovementEntry(
        document="RK20261124-01", kind="in", storehouse="S", item_code="1", quantity=5, occurred_on=day
    )
    save_movements(office, [line])
    assert next_document(office, "in", day) == "RK20261124-02"
    assert next_document(office, "in", date(2026, 11, 25)) == "RK20261125-01"


def test_findings_are_numbered_within_their_drill(office: Office) -> None:
    _drills(office, "D-1", "D-2")
    save_findings(
        office, [FindingEntry(drill_number="D-1", number=one, text="x") for one in ("1", "10", "other")]
    )
    assert next_finding(office, "D-1") == "11"
    assert next_finding(office, "D-2") == "1"


def test_drills_and_real_events_are_counted_apart(office: Office) -> None:
    assert next_number(office, "events", UNIT) == "110102-SJ-2026-01"
    day = date(2026, 5, 1)
    for number, kind in (("110102-YL-2026-04", "drill"), ("110102-SJ-2026-02", "event")):
        save_drills(
            office, [DrillEntry(number=number, unit_code=UNIT, title="Flood", planned_on=day, kind=kind)]
        )
    assert next_number(office, "drills", UNIT) == "110102-YL-2026-05"
    assert next_number(office, "events", UNIT) == "110102-SJ-2026-03"


def test_after_the_thousandth_document_of_a_day_counting_goes_on(office: Office) -> None:
    save_storehouses(office, [StorehouseEntry(code="S", name="S", unit_code=UNIT)])
    save_items(office, [ItemEntry(code="I", name="I")])
    numbers = ("RK20261124-99", "RK20261124-1007", "RK20261124-7a", "RK20261124-", "RK20261125-2000")
    day = date(2026, 11, 24)
    lines = [
        MovementEntry(document=one, kind="in", storehouse="S", item_code="I", quantity=1, occurred_on=day)
        for one in numbers
    ]
    assert save_movements(office, lines).created == len(numbers)
    assert next_document(office, "in", day) == "RK20261124-1008"
