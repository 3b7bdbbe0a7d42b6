"""A process that works on an office until it is killed; it acknowledges each command once it is committed."""

from __future__ import annotations

from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path

from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.office import Office
from drillapp.core.saving import Saving
from drillapp.core.search.tokens import tokens
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry
from drillapp.core.work import Origin

tokens("预案")  # reads the table of pinyin once for all lives

OWN = "110102"
BULK = 20_000
IN_BULK = "成批单位"
"""The name of each unit that came in bulk."""


def work(location: Path, life: int, in_bulk: bool, acknowledge: Connection) -> None:
    """Save without end: single units and drills, or units by the twenty thousand."""
    with Office.open(location) as office:
        acknowledge.send_bytes(b"open")
        for number in range(1_000_000):
            name = f"{life}-{number}"
            if in_bulk:
                _save_many(office, name)
            else:
                _save_one(office, name)
            acknowledge.send_bytes(name.encode())


def _save_one(office: Office, name: str) -> None:
    save_units(office, [UnitEntry(code=name, name=name, parent_code=OWN)])
    save_drills(office, [DrillEntry(number=name, unit_code=name, title=name, planned_on=date(2026, 1, 1))])


def _save_many(office: Office, name: str) -> None:
    units = [UnitEntry(code=f"{name}-{i}", name=IN_BULK, parent_code=OWN) for i in range(BULK)]
    save_units(office, units, Saving(origin=Origin(name, "00")))
