"""Two days side by side: figures, chart, what moved and why."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import use_language
from drillapp.core.office import Office
from drillapp.core.readiness.queries import readiness
from drillapp.core.reports.comparison_source import comparison, days_of
from drillapp.core.reports.registry import write_report
from tests.core.reports.paper import read
from tests.core.reports.small_office import START

BEFORE, AFTER = "2026-05-31", "2026-06-30"


def test_figures_of_both_days_are_those_of_the_days(filled: Office, target: Path) -> None:
    write_report(filled, "comparison", target, unit_code="S", number=f"{BEFORE}..{AFTER}")
    text = read(target)
    scores = []
    for day in (BEFORE, AFTER):
        unit = next(row for row in readiness(filled, on=date.fromisoformat(day)) if row.unit == "S")
        scores.append("—" if unit.score is None else f"{unit.score:.1f}")
    assert f"总分{scores[0]}{scores[1]}" in text
    assert "2026年5月31日与2026年6月30日" in text


def test_what_moved_adds_up_and_names_its_records(filled: Office) -> None:
    found = comparison(filled, "S", f"{BEFORE}..{AFTER}")
    before = found.whole.before
    change = (found.whole.now.score or 0) - (before.score or 0 if before else 0)
    listed = sum(float(line.points.replace("−", "-")) for line in found.moved)
    assert found.moved
    assert not found.more
    assert listed == pytest.approx(change, abs=0.1)


def test_a_drill_that_was_held_between_shows_as_a_cause(filled: Office, target: Path) -> None:
    held = DrillEntry(
        number="D-9", unit_code="C2", title="疏散", planned_on=date(2026, 6, 12), started_at=START,
        ended_at=START + timedelta(hours=1),
    )  # fmt: skip
    save_drills(filled, [held])
    write_report(filled, "comparison", target, unit_code="C2", number=f"{BEFORE}..{AFTER}")
    text = read(target)
    assert "新落实" in text
    assert "D-9" in text


def test_two_days_are_read_as_people_write_them(filled: Office) -> None:
    assert days_of(filled, None) == (date(2026, 8, 24), filled.as_of)
    assert days_of(filled, "2026-06-30") == (date(2026, 6, 30), filled.as_of)
    assert days_of(filled, "2026-01-01..2026-03-31") == (date(2026, 1, 1), date(2026, 3, 31))
    for wrong in ("last year", "2026-06-30..2026-06-30", "2027-01-01", "2026-06-30.."):
        with pytest.raises(InvalidInput) as caught:
            days_of(filled, wrong)
        assert caught.value.field == "number"


def test_an_unknown_unit_is_not_found(filled: Office) -> None:
    with pytest.raises(NotFound):
        comparison(filled, "X9", None)


def test_nothing_moved_is_said(filled: Office, target: Path) -> None:
    write_report(filled, "comparison", target, unit_code="O", number="2026-11-22")
    assert "两个日期之间，各项要求的状态没有变化。" in read(target)


def test_the_english_paper_is_english(filled: Office, target: Path) -> None:
    use_language("en")
    write_report(filled, "comparison", target, unit_code="S", number=f"{BEFORE}..{AFTER}")
    text = read(target)
    assert "readinessontwodayscompared" in text
    assert "Whatmoved,andwhy" in text
