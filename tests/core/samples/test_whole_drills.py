"""Whole drills, the programme and the event of the sample, as an office has them once it is filled."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from drillapp.core.check import check
from drillapp.core.clock import FixedClock
from drillapp.core.database.tables import METADATA
from drillapp.core.drills.conduct.queries import conduct_view
from drillapp.core.drills.evaluation.overall import evaluation_of
from drillapp.core.drills.events import reporting_clock
from drillapp.core.drills.findings.queries import steps_of
from drillapp.core.drills.injects.checking import told_of
from drillapp.core.drills.injects.names import names_taking_part
from drillapp.core.drills.injects.queries import injects_of
from drillapp.core.drills.model import Drill, Finding
from drillapp.core.drills.naming import drill_named
from drillapp.core.drills.papers.stored import papers_of
from drillapp.core.drills.programme.queries import changes_of, items_of, programme_of
from drillapp.core.drills.record.reading import drill_record
from drillapp.core.drills.reporting.queries import report_steps
from drillapp.core.ledgers.tables_copy import contents_of, read_tables, write_tables
from drillapp.core.office import Office
from drillapp.core.reports.evaluation_source import evaluation_report
from drillapp.core.reports.registry import write_report
from drillapp.core.sample import CODE, LEVEL, fill
from drillapp.core.sample_drill_texts import drill_texts
from drillapp.core.supplies.model import Movement
from drillapp.core.units.model import Unit
from tests.conftest import NOON

TABLETOP, LIVE, PLANNED = (f"110102001-YL-2026-{number}" for number in ("03", "04", "05"))
EVENT = "110102001-SJ-2026-01"
LARGEST_PHOTO = 8_000


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, worker_home: Path) -> Iterator[Office]:
    """The filled sample on the tests' day; the tests only read it."""
    location = tmp_path_factory.mktemp("sample") / "sample.drill"
    Office.create(location, name="Sample", level=LEVEL, code=CODE, clock=FixedClock(NOON)).close()
    with Office.open(location, clock=FixedClock(NOON)) as office:
        fill(office)
        yield office


def test_the_sample_is_sound_and_its_clock_is_the_own_again(sample):
    assert sample.clock.now() == NOON
    assert check(sample).faults == ()


def test_tabletop_is_over_with_all_that_belongs_to_it(sample):
    drill = drill_named(sample, TABLETOP)
    record, view = drill_record(sample, drill), conduct_view(sample, drill)
    assert (record.drill.state, record.drill.third_party, record.drill.participants) == ("reported", True, 20)
    assert (len(record.objectives), len(record.tested), len(record.parties)) == (3, 4, 5)
    assert Counter(line.row.kind for line in view.log) >= Counter(
        {"start": 1, "pause": 1, "resume": 1, "release": 9, "done": 9, "end": 1, "comment": 2}
    )
    assert len(view.timeline.pauses) == 1
    assert [
        one.number for one in injects_of(sample, drill) if not one.offset_seconds and not one.after_id
    ] == ["9"]
    assert {paper.kind for paper in papers_of(sample, drill) if paper.state == "approved"} == {
        "working_plan", "evaluation_plan", "summary",
    }  # fmt: skip
    assert [step.kind for step in report_steps(sample, drill)] == ["reported", "accepted"]


@pytest.mark.parametrize("number", [TABLETOP, LIVE])
def test_two_evaluators_one_from_outside_who_disagree(sample, number):
    evaluation = evaluation_of(sample, drill_named(sample, number))
    assert len(evaluation.sheets) == 2
    assert not evaluation.open_sheets
    assert len(evaluation.disputed) >= 3
    assert evaluation.verdict is not None
    assert evaluation.verdict.rating == evaluation.rating.code
    assert [one.met for one in evaluation.objectives].count("partly") == 1


def test_lines_are_recorded_when_they_happened_and_one_is_corrected(sample):
    view = conduct_view(sample, drill_named(sample, LIVE))
    assert all(line.row.recorded_at == line.row.at for line in view.log if line.row.corrects_id is None)
    assert [line.row.text for line in view.log if line.is_struck] == ["市场参演商户55人。"]


def test_supplies_of_the_live_drill_are_settled_and_posted(sample):
    supplies = drill_record(sample, drill_named(sample, LIVE)).supplies
    assert all(line.used is not None for line in supplies)
    with sample.read() as connection:
        posted = select(func.count()).where(Movement.reference == LIVE)
        assert connection.execute(posted).scalar_one() == sum(1 for line in supplies if line.used)


def test_report_of_the_live_drill_came_back(sample):
    drill = drill_named(sample, LIVE)
    assert [step.kind for step in report_steps(sample, drill)] == ["reported", "returned"]
    assert [file.kind for file in drill_record(sample, drill).files] == ["photo"] * 3


def test_findings_stand_differently_and_one_was_verified_by_the_later_drill(sample):
    with sample.read() as connection:
        found = connection.execute(
            select(Finding.id, Drill.number, Finding.number.label("of"), Finding.verified_drill_id)
            .join(Drill, Drill.id == Finding.drill_id)
            .where(Drill.number.in_([TABLETOP, LIVE]))
        ).all()
    last = {f"{row.number[-2:]}/{row.of}": steps_of(sample, row.id)[-1].kind for row in found}
    assert last == {
        "03/1": "verified", "03/2": "rejected", "03/3": "assigned",
        "04/1": "done", "04/2": "assigned", "04/3": "accepted",
    }  # fmt: skip
    assert [row.verified_drill_id for row in found if row.verified_drill_id] == [drill_named(sample, LIVE)]


def test_planned_drill_can_be_conducted_as_it_is(sample):
    drill = drill_named(sample, PLANNED)
    record = drill_record(sample, drill)
    assert record.drill.state == "planned"
    assert sample.as_of < record.drill.planned_on
    assert len(injects_of(sample, drill)) == 9
    assert record.supplies
    assert all(0 < line.reserved <= line.available and line.used is None for line in record.supplies)
    assert record.roll.people > 40


@pytest.mark.parametrize("number", [TABLETOP, LIVE, PLANNED])
def test_of_the_scripts_nothing_is_to_be_told(sample, number):
    drill = drill_named(sample, number)
    assert told_of([one.entry for one in injects_of(sample, drill)], names_taking_part(sample, drill)) == []


def test_planned_drill_lies_ahead_whenever_the_sample_is_made(tmp_path, worker_home):
    later = FixedClock(NOON.replace(year=2027, month=3))
    Office.create(tmp_path / "late.drill", name="Sample", level=LEVEL, code=CODE, clock=later).close()
    with Office.open(tmp_path / "late.drill", clock=later) as office:
        fill(office)
        assert drill_record(office, drill_named(office, PLANNED)).drill.planned_on > later.today()


def test_event_has_its_clock_and_is_no_drill(sample):
    event = drill_named(sample, EVENT)
    assert [(due.rule, due.state) for due in reporting_clock(sample, event)] == [("IR-04", "done")]
    assert [line.row.kind for line in conduct_view(sample, event).log].count("report") == 3
    assert drill_record(sample, event).design.level == "二级响应"


def test_programme_of_the_street_is_published_and_partly_held(sample):
    with sample.read() as connection:
        street = connection.execute(select(Unit.id).where(Unit.code == "110102001")).scalar_one()
    programme = programme_of(sample, street, 2026)
    items = items_of(sample, programme.id)
    states = Counter(item.state for item in items)
    assert programme.state == "published"
    assert states["held"] > states["late"] > 0
    assert states["scheduled"] >= 10
    assert states["dropped"] == 1
    assert {TABLETOP, LIVE, PLANNED} <= {item.drill_number for item in items}
    assert all(item.settles for item in items if item.drill_number in (TABLETOP, PLANNED))
    assert len(changes_of(sample, programme.id)) == 2


def test_bars_of_the_evaluation_report_say_what_its_table_says(sample):
    group = evaluation_report(sample, TABLETOP).groups[1]
    assert (group.score, group.score_words) == (90.3, "90.3 %")  # 90.25


@pytest.mark.parametrize(
    "name", ["drill_file", "evaluation_report", "drill_script_table", "correction_notice"]
)
def test_papers_of_the_sample_need_no_character_that_is_not_there(sample, tmp_path, name):
    assert write_report(sample, name, tmp_path / "paper.pdf", number=TABLETOP) == []


def test_nothing_happened_after_the_last_day_of_the_sample():
    last = date(2026, 11, 24)
    for one in drill_texts():
        days = [step.day for finding in one.finding for step in finding.step]
        days += [step.day for step in one.report] + [sheet.submitted_on for sheet in one.sheet]
        assert max(days, default=last) <= last
        assert (one.planned_on > last) == (not one.log)


def test_files_name_only_people_of_the_ledgers_and_no_telephone(samples, ledger):
    known = {row["name"] for row in ledger("people")}
    units = {row["name"] for row in ledger("units")}
    for path in (samples / "drills").glob("*.toml"):
        said = path.read_text(encoding="utf-8")
        people = [one for one in tomllib.loads(said)["person"] if one["organisation"] in units]
        assert {one["name"] for one in people if one.get("count", 1) == 1} <= known
        assert not re.search(r"(?<!\d)(1[3-9]\d{9}|0\d{2,3}-\d{7,8})(?!\d)", said)


def test_pictures_stay_small(samples):
    sizes = [path.stat().st_size for path in (samples / "drills").glob("*.png")]
    assert len(sizes) == 6
    assert max(sizes) <= LARGEST_PHOTO


def test_the_sample_goes_out_and_comes_back_equal_in_every_table(sample, other_office, tmp_path):
    """By uid and by field, whole drills, plans' texts and pictures too; only the journal is the new office's own.

    What goes beside the ledgers; the ledgers themselves are tried on a small office (test_whole_office), where they cost less.
    """
    write_tables(sample, tmp_path / "all", {})
    assert read_tables(other_office, tmp_path / "all", contents_of(tmp_path / "all")) > 30_000
    own = {"journal", "ledger_imports", "remembered_figures"}
    with sample.read() as there, other_office.read() as here:
        for table in METADATA.sorted_tables:
            if table.name not in own:
                rows = select(table).order_by(*table.primary_key.columns)
                assert here.execute(rows).all() == there.execute(rows).all(), table.name
    assert check(other_office).faults == ()
