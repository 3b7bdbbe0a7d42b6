"""What is asked of a team: said by one command, in figures that can be kept, told as of the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from drillapp.core.errors import InvalidInput
from drillapp.core.journal.model import JournalEntry
from drillapp.core.office import Office
from drillapp.core.retiring import retire
from drillapp.core.teams.commands import require, save_agreements, withdraw
from drillapp.core.teams.entries import AgreementEntry, EquipmentEntry
from drillapp.core.teams.lapses import lapses
from drillapp.core.teams.model import TeamAgreement
from tests.core.teams.brigade import OWN, STATION, TODAY, make_station, stock, team_id


def asked(quantity: float) -> EquipmentEntry:
    return EquipmentEntry(unit_code=OWN, team=STATION, item_code="HOSE", quantity=quantity)


def entries_of_journal(office: Office) -> int:
    with office.read() as connection:
        return int(connection.execute(select(func.count()).select_from(JournalEntry)).scalar_one())


def test_what_is_asked_for_again_is_one_command(office: Office) -> None:
    make_station(office)
    stock(office, HOSE=(2, 2))
    withdraw(office, team_id(office), "HOSE", TODAY)
    before = entries_of_journal(office)
    saved = require(office, asked(3))
    assert (saved.updated, saved.unchanged) == (1, 0)
    assert "team_equipment" in saved.changes.kinds
    assert entries_of_journal(office) == before + 1


@pytest.mark.parametrize("quantity", [float("inf"), 1e12, 0.0004, -1])
@pytest.mark.sqlite_only("nothing of it is the database's")
def test_no_team_must_have_what_cannot_be_counted(office: Office, quantity: float) -> None:
    make_station(office)
    stock(office, HOSE=(2, 2))
    with pytest.raises(InvalidInput) as refused:
        require(office, asked(quantity))
    assert refused.value.problems[0].field == "quantity"


def test_an_agreement_that_was_given_up_lapsed_before_that(office: Office) -> None:
    make_station(office)
    ends = TODAY + timedelta(days=20)
    save_agreements(
        office, [AgreementEntry(unit_code=OWN, team=STATION, number="X1", partner="支队", valid_until=ends)]
    )
    with office.read() as connection:
        key = connection.execute(select(TeamAgreement.id)).scalar_one()
    retire(office, "team_agreements", [key], TODAY)
    assert lapses(office) == []
    office.as_of = date(2026, 11, 23)  # then it was still to be renewed
    assert [row.what for row in lapses(office)] == ["agreement"]
