"""A check finds what is not as it must be, says which part it is, and changes nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from drillapp.core.cards.commands import save_cards
from drillapp.core.cards.entries import CardEntry
from drillapp.core.check import check
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.units.commands import save_people, save_posts, save_units
from drillapp.core.units.entries import PersonEntry, PostEntry, UnitEntry

OWN = "110102"
PAGE = 4096


def fill(office: Office) -> None:
    save_units(office, [UnitEntry(code=f"U{i}", name=f"单位{i}", parent_code=OWN) for i in range(300)])
    save_people(office, [PersonEntry(unit_code="U1", name="王"), PersonEntry(unit_code="U2", name="李")])


def faulty_parts(office: Office, *tampering: str) -> set[str]:
    with office.engine.connect() as connection, connection.begin():
        for statement in tampering:
            connection.execute(text(statement))
    result = check(office)
    assert result.ok == (not result.faults)
    return {fault.part for fault in result.faults}


def test_a_whole_office_is_whole(office: Office) -> None:
    fill(office)
    result = check(office)
    assert (result.ok, result.faults) == (True, ())
    assert set(result.checked) == {"file", "references", "tree", "balances", "cards", "journal"}


def test_a_changed_journal_is_found(office: Office) -> None:
    fill(office)
    assert faulty_parts(office, "UPDATE journal SET actor = 'x' WHERE id = 2") == {"journal"}


@pytest.mark.parametrize(
    "tampering",
    [
        "DELETE FROM unit_ancestors WHERE unit_id = 5 AND distance = 1",
        "UPDATE unit_ancestors SET distance = 2 WHERE unit_id = 5 AND distance = 1",
        "INSERT INTO unit_ancestors (unit_id, ancestor_id, distance) VALUES (5, 6, 1)",
        "UPDATE units SET parent_id = 6 WHERE id = 5",
    ],
)
def test_a_tree_that_is_not_the_units_own_is_found(office: Office, tampering: str) -> None:
    fill(office)
    assert faulty_parts(office, tampering) == {"tree"}


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE card_copies SET acknowledged_on = '2026-01-01'",
        "UPDATE card_copies SET ended_on = '2026-03-01'",
        "UPDATE card_copies SET ended_on = '2026-01-01', ended_how = 'lost'",
        "UPDATE card_copies SET version = 2",
        "UPDATE cards SET plan_id = 2",
    ],
)
def test_a_copy_out_of_order_and_a_card_of_another_plan_s_version_are_found(
    office: Office, tampering: str
) -> None:
    save_posts(office, [PostEntry(unit_code=OWN, name="Watch")])
    save_plans(office, [PlanEntry(number=number, title=number, unit_code=OWN) for number in ("P", "Q")])
    card = CardEntry(number="K", unit_code=OWN, post="Watch", plan_number="P", issued_on=date(2026, 2, 1))
    save_cards(office, [card])
    assert faulty_parts(office) == set()
    assert faulty_parts(office, tampering) == {"cards"}


@pytest.mark.sqlite_only("a server refuses such a change itself")
def test_a_reference_that_leads_nowhere_is_found(office: Office) -> None:
    fill(office)
    with office.engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys = OFF")
        driver.execute("DELETE FROM units WHERE code = 'U1'")
        driver.execute("PRAGMA foreign_keys = ON")
    assert "references" in faulty_parts(office)


@pytest.mark.sqlite_only("the subject is the file")
def test_a_damaged_page_is_found(office_location: str, capfd: pytest.CaptureFixture[str]) -> None:
    path = Path(office_location)
    with Office.open(path) as office:
        fill(office)
        with office.read() as connection:
            page = connection.execute(
                text("SELECT rootpage FROM sqlite_master WHERE name = 'people'")
            ).scalar_one()
    content = bytearray(path.read_bytes())
    content[(page - 1) * PAGE + 100] ^= 0xFF
    path.write_bytes(bytes(content))
    with Office.open(path) as office:
        assert "file" in faulty_parts(office)
    assert path.read_bytes() == bytes(content)
    assert capfd.readouterr().err == ""
