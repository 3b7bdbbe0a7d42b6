"""Short ways to write what the rules on drills, corrections and supplies ask about."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from drillapp.core.drills.commands import save_drills, save_findings
from drillapp.core.drills.entries import DrillEntry, FindingEntry
from drillapp.core.law import Settlement
from drillapp.core.localtime import BEIJING
from drillapp.core.office import Office
from drillapp.core.rules.queries import obligations
from drillapp.core.rules.rows import Obligation
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry


def unit(code: str, **said: Any) -> UnitEntry:
    """A unit below the office's own: an enterprise unless said otherwise."""
    return UnitEntry(**({"code": code, "name": code, "kind": "enterprise", "parent_code": "110102"} | said))


def drill(number: str, day: str, of: str = "E", hour: int = 9, **said: Any) -> DrillEntry:
    """A drill of a unit that ended on a day, in the hour told."""
    held = date.fromisoformat(day)
    ended_at = datetime(held.year, held.month, held.day, hour, 30, tzinfo=BEIJING)
    usual = {
        "number": number,
        "unit_code": of,
        "title": f"演练{number}",
        "planned_on": held,
        "ended_at": ended_at,
    }
    return DrillEntry(**(usual | {"started_at": ended_at.replace(minute=0)} | said))


def finding(number: str, **said: Any) -> FindingEntry:
    """A finding of the drill D."""
    days = {name: date.fromisoformat(day) for name, day in said.items() if name.endswith("_on") and day}
    return FindingEntry(**({"drill_number": "D", "number": number, "text": f"问题{number}"} | said | days))


def enter(office: Office, *entries: Any) -> None:
    """Save units, drills and findings, all of which must be accepted."""
    for kind, save in ((UnitEntry, save_units), (DrillEntry, save_drills), (FindingEntry, save_findings)):
        chosen = [entry for entry in entries if isinstance(entry, kind)]
        if chosen:
            assert save(office, chosen).created == len(chosen)


def told(office: Office, settled_by: Settlement, day: str) -> dict[str, Obligation]:
    """What is asked as of a day by subject; no subject twice."""
    office.as_of = date.fromisoformat(day)
    rows = obligations(office, settled_by=(settled_by,))
    found = {row.subject: row for row in rows}
    assert len(found) == len(rows)
    return found


def states(office: Office, settled_by: Settlement, day: str) -> dict[str, str]:
    """The states as of a day by subject."""
    return {subject: row.state for subject, row in told(office, settled_by, day).items()}
