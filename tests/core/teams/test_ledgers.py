"""All ledgers of teams go out and come back without loss, and bad rows are named."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from drillapp.core.kinds import KINDS
from drillapp.core.ledgers.exporting import export_ledger
from drillapp.core.ledgers.importing import import_ledger
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.teams.commands import save_agreements, save_teams, save_trainings
from drillapp.core.teams.duty import rotate
from drillapp.core.teams.entries import AgreementEntry, TeamEntry, TrainingEntry
from drillapp.core.teams.shifts import Rotation
from tests.core.teams.brigade import OWN, STATION, TODAY, make_station, stock

PARTS = ("teams", "team_members", "team_equipment", "duty_shifts", "team_agreements", "team_trainings")


@pytest.fixture
def whole(office: Office) -> Office:
    team = make_station(office)
    stock(office, A=(4, 4), B=(2.5, 1))
    note = TeamEntry(
        unit_code=OWN, name=STATION, station="永安路1号", insured_until=TODAY, note="两行\n备注", members=6
    )
    save_teams(office, [note])
    rotate(office, team, Rotation(TODAY, TODAY + timedelta(2), ("day", "night"), 2))
    save_agreements(
        office,
        [
            AgreementEntry(
                unit_code=OWN, team=STATION, number="X1", partner="支队", scope="增援", valid_until=TODAY
            )
        ],
    )
    save_trainings(
        office, [TrainingEntry(unit_code=OWN, team=STATION, held_on=TODAY, subject="体能", hours=1.5)]
    )
    return office


def test_what_is_exported_changes_nothing_when_it_comes_back(whole: Office, tmp_path: Path) -> None:
    for kind in PARTS:
        rows = first_rows(whole, KINDS[kind].listing, View(), 50)
        assert rows, kind
        for suffix in (".xlsx", ".csv"):
            file = tmp_path / f"{kind}{suffix}"
            assert export_ledger(whole, kind, file) == len(rows)
            result = import_ledger(whole, kind, file)
            assert (result.read, result.unchanged, result.rejected) == (len(rows), len(rows), 0), kind


def test_bad_rows_are_named_and_nothing_is_written(office: Office, tmp_path: Path) -> None:
    make_station(office)
    file = tmp_path / "a.csv"
    file.write_text(
        "单位编码,队伍名称,姓名,队内职务,保险有效期至,入队日期,离队日期\n"
        f"{OWN},{STATION},周六,队员,2027.5.6,2026-01-01,\n"
        f"{OWN},没有的队,周七,队员,,,\n"
        f"{OWN},{STATION},周八,厨师,,,\n"
        f"{OWN},{STATION},周九,队员,,2026-02-01,2026-01-01\n",
        encoding="utf-8",
    )
    result = import_ledger(office, "team_members", file)
    assert [(error.row, error.column) for error in result.errors] == [
        (3, "队伍名称"),
        (4, "队内职务"),
        (5, "离队日期"),
    ]
    assert len(first_rows(office, KINDS["team_members"].listing, View(), 50)) == 6
    quantities = tmp_path / "b.csv"
    quantities.write_text(
        f"单位编码,队伍名称,物资编码,应配数量\n{OWN},{STATION},没有,1\n{OWN},{STATION},没有2,0\n",
        encoding="utf-8",
    )
    assert [error.row for error in import_ledger(office, "team_equipment", quantities).errors] == [2, 3, 3]
