"""A drill that was held, with two objectives, to be evaluated."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import insert

from drillapp.core import i18n
from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.drills.record.model import DrillObjective
from drillapp.core.localtime import BEIJING
from drillapp.core.office import Office

START = datetime(2026, 11, 20, 9, 30, tzinfo=BEIJING)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """English words, whatever a test changes."""
    i18n.use_language("en")
    yield
    i18n.use_language("zh_CN")


@pytest.fixture
def drill(office: Office) -> int:
    """A tabletop drill of 2026-11-20 with two objectives."""
    saved = save_drills(
        office,
        [DrillEntry(number="D-1", unit_code="110102", title="桌面演练", planned_on=date(2026, 11, 20), form="tabletop",
                    started_at=START, ended_at=START + timedelta(hours=1))],
    )  # fmt: skip
    (key,) = saved.ids
    assert key is not None
    with office.write("objectives") as work:
        for position, task in enumerate(("五分钟内上报", "十分钟内疏散"), 1):
            values = {"drill_id": key, "position": position, "task": task, "who": "值班员"}
            work.connection.execute(insert(DrillObjective).values(values))
    return key
