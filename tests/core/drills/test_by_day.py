"""The year calendar counts what the list of drills shows."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

from drillapp.core.drills.by_day import drills_by_day
from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.drills.queries import DRILLS
from drillapp.core.listing import View, first_rows
from drillapp.core.localtime import BEIJING
from drillapp.core.office import Office
from drillapp.core.retiring import retire
from tests.core.drills.programme.street import fill, key_of


def test_days_and_states_are_those_of_the_list(office: Office) -> None:
    fill(office)
    begin = datetime(2026, 10, 12, 9, tzinfo=BEIJING)
    end = begin + timedelta(hours=1)
    far = begin + timedelta(days=60)
    held = {"started_at": begin, "ended_at": end}
    entries = [
        ("D1", "S", {}), ("D2", "E", held), ("D3", "E", held | {"reported_on": date(2026, 10, 20)}),
        ("D4", "X", {"started_at": begin}), ("D5", "X", {"started_at": begin, "ended_at": far}),
        ("D6", "C", held | {"reported_on": date(2026, 12, 20)}), ("D7", "C", {"planned_on": date(2026, 12, 30)}),
        ("D8", "C", {"planned_on": date(2027, 1, 1)}), ("D9", "C", {"started_at": far}), ("D10", "C", {}),
    ]  # fmt: skip
    saved = save_drills(
        office,
        [
            DrillEntry(
                **{"number": number, "unit_code": unit, "title": "演练", "planned_on": date(2026, 10, 12)}
                | said
            )
            for number, unit, said in entries
        ],
    )
    retire(office, "drills", [key for key in saved.ids[-1:] if key], date(2026, 11, 1))
    for unit in (None, key_of(office, "S"), key_of(office, "E")):
        rows = first_rows(office, DRILLS, View(unit_id=unit), 100)
        listed = Counter((row.planned_on, row.state) for row in rows if row.planned_on.year == 2026)
        counted = drills_by_day(office, unit, 2026)
        assert {(day, state): n for day, states in counted.items() for state, n in states.items()} == listed
