"""The journal says who changed what and when, and a change of its own past is found."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select, text

from drillapp.core.clock import FixedClock
from drillapp.core.errors import InvalidInput
from drillapp.core.journal import chain
from drillapp.core.journal.model import JournalEntry
from drillapp.core.localtime import BEIJING
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.saving import Saving
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry
from drillapp.core.units.queries import unit_tree
from drillapp.core.work import Origin, ranges


def entries(office: Office) -> list[dict[str, Any]]:
    """The contents of the journal, oldest first, without the founding's."""
    with office.read() as connection:
        rows = connection.execute(
            select(JournalEntry.command, JournalEntry.content).order_by(JournalEntry.id)
        )
        return [{"command": row.command} | json.loads(row.content) for row in rows][2:]


def broken(office: Office) -> list[int]:
    with office.read() as connection:
        return list(chain.broken_entries(connection))


def test_a_new_record_is_entered_field_by_field(office: Office) -> None:
    save_units(
        office,
        [UnitEntry(code="A", name="甲", parent_code="110102", headcount=30, valid_from=date(2026, 1, 1))],
    )
    [entry] = entries(office)
    assert entry["command"] == "save units"
    [changed] = entry["changed"]
    assert changed["kind"] == "units"
    assert changed["fields"] == {
        "code": [None, "A"],
        "name": [None, "甲"],
        "parent_code": [None, "110102"],
        "headcount": [None, 30],
        "valid_from": [None, "2026-01-01"],
    }


def test_a_change_is_entered_with_old_and_new(office: Office) -> None:
    save_units(office, [UnitEntry(code="A", name="甲", headcount=30)])
    save_units(office, [UnitEntry(code="A", name="甲单位", headcount=30, high_risk=True)])
    [created, changed] = (entry["changed"][0] for entry in entries(office))
    assert changed["key"] == created["key"]
    assert changed["fields"] == {"name": ["甲", "甲单位"], "high_risk": [False, True]}


def test_what_hangs_on_a_record_is_entered_too(office: Office) -> None:
    plan = PlanEntry(number="P1", title="总体预案", unit_code="110102", published_on=date(2024, 1, 1))
    save_plans(office, [plan])
    save_plans(
        office, [PlanEntry(number="P1", title="总体预案", unit_code="110102", filed_on=date(2024, 1, 15))]
    )
    assert entries(office)[-1]["changed"][0]["fields"] == {"filed_on": [None, "2024-01-15"]}


def test_an_import_is_one_entry_with_its_file_and_key_ranges(office: Office) -> None:
    units = [UnitEntry(code=f"U{i}", name=f"单位{i}", parent_code="110102") for i in range(3000)]
    origin = Origin("units.xlsx", "ab" * 32)
    saved = save_units(office, units, Saving(origin=origin))
    [entry] = entries(office)
    assert entry["file"] == {"name": "units.xlsx", "sha256": "ab" * 32}
    assert entry["created"] == {"units": [[min(saved.ids), max(saved.ids)]]}
    assert "changed" not in entry
    assert len(json.dumps(entry)) < 1000


def test_changes_made_by_an_import_are_entered_field_by_field(office: Office) -> None:
    save_units(office, [UnitEntry(code="A", name="甲")])
    again = [UnitEntry(code="A", name="甲", address="西直门"), UnitEntry(code="B", name="乙")]
    saved = save_units(office, again, Saving(origin=Origin("u.csv", "00")))
    entry = entries(office)[-1]
    assert entry["changed"] == [
        {"kind": "units", "key": saved.ids[0], "fields": {"address": [None, "西直门"]}}
    ]
    assert entry["created"] == {"units": [[saved.ids[1], saved.ids[1]]]}


def test_nothing_is_entered_when_nothing_changed(office: Office) -> None:
    unit = UnitEntry(code="A", name="甲")
    save_units(office, [unit])
    before = len(entries(office))
    save_units(office, [unit])
    save_units(office, [unit], Saving(origin=Origin("u.csv", "00")))
    save_units(office, [UnitEntry(code="B", name="乙")], Saving(dry_run=True))
    save_units(office, [UnitEntry(code="", name="无")], Saving(partial=True))
    assert len(entries(office)) == before


def test_what_is_refused_or_fails_is_not_entered(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InvalidInput):
        save_units(office, [UnitEntry(code="A", name="甲"), UnitEntry(code="B", name="乙", parent_code="X")])

    def fail(*_arguments: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(chain, "append", fail)
    with pytest.raises(ZeroDivisionError):
        save_units(office, [UnitEntry(code="A", name="甲")])
    assert entries(office) == []
    assert [node.code for node in unit_tree(office)] == ["110102"]


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE journal SET content = replace(content, '乙', '丙') WHERE id = 4",
        "UPDATE journal SET actor = 'somebody else' WHERE id = 4",
        "UPDATE journal SET command = 'save plans' WHERE id = 4",
        "UPDATE journal SET at = '2026-11-24 05:00:00' WHERE id = 4",
        "UPDATE journal SET hash = (SELECT hash FROM journal WHERE id = 3) WHERE id = 4",
        "DELETE FROM journal WHERE id = 4",
        "DELETE FROM journal WHERE id = 1",
        "UPDATE journal SET id = 40 WHERE id = 5",
    ],
)
def test_any_edit_of_the_past_is_found(office: Office, tampering: str) -> None:
    for code, name in (("A", "甲"), ("B", "乙"), ("C", "丁")):
        save_units(office, [UnitEntry(code=code, name=name)])
    assert broken(office) == []
    with office.engine.connect() as connection, connection.begin():
        assert connection.execute(text(tampering)).rowcount == 1
    assert broken(office) != []


def test_the_chain_holds_for_moments_of_any_zone(office: Office) -> None:
    office.clock = FixedClock(datetime(2026, 1, 1, 8, tzinfo=BEIJING))
    save_units(office, [UnitEntry(code="A", name="甲")])
    assert broken(office) == []


def test_keys_become_ranges() -> None:
    assert ranges([5, 3, 4, 9, 1]) == [(1, 1), (3, 5), (9, 9)]
    assert ranges([]) == []
