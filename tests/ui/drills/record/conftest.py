"""A drill with all that its record can be filled from."""

from __future__ import annotations

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.office import Office
from drillapp.core.plans.content import Content, Level, Section
from drillapp.core.plans.versions import versions_of, write_content
from drillapp.core.teams.commands import save_teams
from drillapp.core.teams.entries import TeamEntry
from drillapp.core.units.commands import save_people
from drillapp.core.units.entries import PersonEntry as UnitPerson
from drillapp.ui.drills.record.dialog import RecordDialog
from drillapp.ui.session import Session
from tests.ui.drills.record.recording import DRILL, opened
from tests.ui.filled import STREET, fill
from tests.ui.kept import kept_office


def fill_for_record(office: Office) -> None:
    """The small office, its flood plan written, a team and two people in the street."""
    fill(office)
    plan_id = 1
    version = versions_of(office, plan_id)[0]
    content = Content(
        (Section(1, "General", "1"), Section(1, "Response", "2"), Section(2, "Evacuation", "2.1")),
        (Level("Level I"), Level("Level II")),
    )
    write_content(office, version.id, version.revision, content)
    save_drills(
        office,
        [
            DrillEntry(
                number=DRILL,
                unit_code=STREET,
                title="Winter drill",
                planned_on=date(2026, 12, 8),
                plan_number="P-1",
            )
        ],
    )
    save_teams(office, [TeamEntry(unit_code=STREET, name="Rescue team", members=12)])
    save_people(office, [UnitPerson(unit_code=STREET, name=name) for name in ("Zhang", "Li")])


office_file = kept_office(fill_for_record)


@pytest.fixture
def filled(session: Session) -> Session:
    """A session on that office."""
    return session


@pytest.fixture(autouse=True)
def agreed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Whoever is asked whether to leave agrees; what was asked."""
    asked: list[str] = []
    for module in ("drillapp.ui.drills.record.dialog", "drillapp.ui.parts.form"):
        monkeypatch.setattr(f"{module}.confirm", lambda title, *_rest, **_more: asked.append(title) or True)
    return asked


@pytest.fixture
def dialog(filled: Session, qtbot: QtBot) -> RecordDialog:
    return opened(filled, qtbot)
