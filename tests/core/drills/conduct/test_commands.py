"""A drill is conducted by lines that are only ever added; its columns follow them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from drillapp.core.clock import FixedClock
from drillapp.core.drills.commands import save_drill_log, save_drills
from drillapp.core.drills.conduct import commands as conduct
from drillapp.core.drills.conduct.afterwards import PaperLine, enter_afterwards
from drillapp.core.drills.conduct.check_in import check_in, undo_check_in
from drillapp.core.drills.conduct.queries import ConductView, Roll, conduct_view
from drillapp.core.drills.conduct.response import response_times
from drillapp.core.drills.entries import DrillEntry, LogEntry
from drillapp.core.drills.injects.commands import save_injects
from drillapp.core.drills.injects.queries import injects_of
from drillapp.core.drills.injects.rows import InjectEntry
from drillapp.core.drills.naming import drill_named
from drillapp.core.drills.record.model import DrillDesign
from drillapp.core.drills.record.roll import PersonEntry, enrol
from drillapp.core.errors import Denied, InvalidInput, NotFound
from drillapp.core.listing import View, first_rows
from drillapp.core.localtime import local_moment
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.content import Content, Level, LevelAction
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.plans.model import PlanLevel
from drillapp.core.plans.queries import PLANS
from drillapp.core.plans.versions import versions_of, write_content
from drillapp.core.retiring import retire
from tests.conftest import NOON
from tests.journaled import commands


def later(clock: FixedClock, seconds: float) -> datetime:
    clock.moment += timedelta(seconds=seconds)
    return clock.moment


@pytest.fixture
def drill(office: Office) -> int:
    save_drills(
        office, [DrillEntry(number="D1", unit_code="110102", title="火灾演练", planned_on=date(2026, 11, 24))]
    )
    found = drill_named(office, "D1")
    save_injects(office, found, SCRIPT)
    return found


SCRIPT = [
    InjectEntry(number="0", content="情况通报", offset_seconds=-300),
    InjectEntry(number="1", content="三层起火", offset_seconds=60, addressee="指挥部", expected_action="启动预案", within_seconds=120),
    InjectEntry(number="2", content="有人被困", offset_seconds=300, after="1", expected_action="搜救"),
    InjectEntry(number="R1", content="断电"),
]  # fmt: skip


def keys(office: Office, drill: int) -> dict[str, int]:
    return {row.number: row.id for row in injects_of(office, drill)}


def states(view: ConductView, now: datetime) -> dict[str, str]:
    return {row.number: one.state for row, one in zip(view.injects, view.standings(now), strict=True)}


def test_a_drill_runs_from_its_start_to_its_end(office: Office, drill: int, clock: FixedClock) -> None:
    inject = keys(office, drill)
    conduct.release(office, drill, inject["0"])
    later(clock, 300)
    begun = conduct.start(office, drill).line
    assert (begun.kind, begun.at, begun.recorded_at) == ("start", NOON + timedelta(seconds=300), clock.now())
    later(clock, 60)
    conduct.release(office, drill, inject["1"])
    view = conduct_view(office, drill)
    assert view.drill.started_at == begun.at
    assert states(view, clock.now()) == {"0": "released", "1": "released", "2": "blocked", "R1": "reserve"}
    later(clock, 20)
    conduct.pause(office, drill)
    later(clock, 3600)
    conduct.resume(office, drill)
    later(clock, 100)
    conduct.done(office, drill, inject["1"], who="王芳")
    later(clock, 120)
    view = conduct_view(office, drill)
    assert view.seconds(clock.now()) == 300
    assert states(view, clock.now())["1"] == "done"
    assert states(view, clock.now())["2"] == "due"
    conduct.release(office, drill, inject["R1"], text="断电两分钟")
    conduct.end(office, drill)
    view = conduct_view(office, drill)
    assert view.timeline.state == "ended"
    assert view.drill.ended_at == clock.now()
    assert [line.row.kind for line in view.log] == [
        "release", "start", "release", "pause", "resume", "done", "release", "end",
    ]  # fmt: skip
    assert view.log[-2].row.text == "断电两分钟"
    assert view.log[-2].inject_number == "R1"


@pytest.mark.sqlite_only("the same refusals everywhere")
def test_what_cannot_be_is_refused_with_a_sentence(office: Office, drill: int, clock: FixedClock) -> None:
    inject = keys(office, drill)
    for command, words in (
        (conduct.pause, "演练当时未在进行"), (conduct.resume, "演练当时未处于暂停"), (conduct.end, "演练当时尚未开始"),
    ):  # fmt: skip
        with pytest.raises(InvalidInput, match=words):
            command(office, drill)
    with pytest.raises(InvalidInput):
        conduct.release(office, drill, inject["1"])
    with pytest.raises(InvalidInput):
        conduct.done(office, drill, inject["1"])
    conduct.start(office, drill)
    later(clock, 60)
    conduct.pause(office, drill)
    for command in (conduct.start, conduct.pause):
        with pytest.raises(InvalidInput):
            command(office, drill)
    with pytest.raises(InvalidInput):
        conduct.release(office, drill, inject["1"])
    conduct.resume(office, drill)
    with pytest.raises(InvalidInput):
        conduct.release(office, drill, inject["2"])
    conduct.release(office, drill, inject["2"], regardless=True)
    with pytest.raises(InvalidInput):
        conduct.release(office, drill, inject["2"])
    with pytest.raises(InvalidInput):
        conduct.stop(office, drill, " ")
    with pytest.raises(InvalidInput):
        conduct.end(office, drill, at=clock.now() + timedelta(seconds=1))
    with pytest.raises(InvalidInput):
        conduct.end(office, drill, at=NOON - timedelta(seconds=1))
    with pytest.raises(NotFound):
        conduct.log_entry(office, drill + 1, "x")
    with pytest.raises(InvalidInput):
        conduct.log_entry(office, drill, "  ")
    assert [line.row.kind for line in conduct_view(office, drill).log] == [
        "start",
        "pause",
        "resume",
        "release",
    ]


def test_a_line_is_corrected_annulled_and_brought_back_by_further_lines(
    office: Office, drill: int, clock: FixedClock
) -> None:
    begun = conduct.start(office, drill).line
    later(clock, 60)
    note = conduct.log_entry(office, drill, "烟雾报警", who="王芳", subject="报警").line
    later(clock, 60)
    ended = conduct.end(office, drill).line
    conduct.correct(office, note.id, text="烟感报警")
    conduct.void(office, note.id, "重复")
    with pytest.raises(InvalidInput):
        conduct.void(office, note.id)
    back = conduct.correct(office, note.id, at=NOON + timedelta(seconds=30)).line
    assert (back.text, back.who, back.subject, back.at) == (
        "烟感报警",
        "王芳",
        "报警",
        NOON + timedelta(seconds=30),
    )
    with pytest.raises(InvalidInput, match="没有任何改动"):
        conduct.correct(office, back.id, text="烟感报警")
    with pytest.raises(InvalidInput, match="将不成立"):
        conduct.void(office, begun.id)
    conduct.correct(office, begun.id, at=NOON - timedelta(seconds=30))
    conduct.correct(office, ended.id, kind="stop", text="暴雨")
    view = conduct_view(office, drill)
    assert (view.drill.started_at, view.timeline.state) == (NOON - timedelta(seconds=30), "stopped")
    assert [line.row.text for line in view.log if not line.is_struck] == ["开始", "烟感报警", "暴雨"]
    assert len(view.lines) == 8
    conduct.void(office, ended.id)
    assert conduct_view(office, drill).drill.ended_at is None
    conduct.pause(office, drill)
    assert conduct_view(office, drill).timeline.state == "paused"


def test_a_clock_set_back_lets_no_line_come_before_another(
    office: Office, drill: int, clock: FixedClock
) -> None:
    conduct.start(office, drill)
    clock.moment -= timedelta(minutes=10)
    note = conduct.log_entry(office, drill, "记录").line
    paused = conduct.pause(office, drill).line
    assert (note.at, note.recorded_at, paused.at) == (NOON, clock.now(), NOON)
    view = conduct_view(office, drill)
    assert [line.row.kind for line in view.log] == ["start", "note", "pause"]
    assert view.seconds(clock.now()) == 0


def test_people_are_checked_in_once_and_become_the_participants(
    office: Office, drill: int, clock: FixedClock
) -> None:
    enrol(office, drill, [
        PersonEntry(name="王芳", phone="13800000001"), PersonEntry(name="李强", organisation="一队"),
        PersonEntry(name="李强", organisation="二队"), PersonEntry(name="赵六"),
    ])  # fmt: skip
    conduct.start(office, drill)
    assert check_in(office, drill, "13800000001").name == "王芳"
    with pytest.raises(InvalidInput, match="已于12:00签到"):
        check_in(office, drill, "王 芳")
    with pytest.raises(InvalidInput, match="2人"):
        check_in(office, drill, "李强")
    first = check_in(office, drill, "李强", organisation="二队")
    assert (first.is_new, first.present) == (False, 2)
    group = check_in(office, drill, "社区居民", count=10_000)
    assert (group.is_new, group.present) == (True, 10_002)
    for wrong in ({"name": " "}, {"name": "x", "count": 0}, {"name": "x", "count": 10**15}):
        with pytest.raises(InvalidInput):
            check_in(office, drill, **wrong)  # type: ignore[arg-type]
    assert conduct_view(office, drill).roll == Roll(10_004, 10_002)
    conduct.end(office, drill)
    assert conduct_view(office, drill).drill.participants == 10_002
    undo_check_in(office, first.row_id)
    assert conduct_view(office, drill).drill.participants == 10_001
    with pytest.raises(InvalidInput):
        undo_check_in(office, first.row_id)


def test_a_paper_record_is_entered_in_any_order_across_midnight(
    office: Office, drill: int, clock: FixedClock
) -> None:
    later(clock, 5 * 86400)
    record = [
        PaperLine(at="00:20", kind="end"), PaperLine(at="0:05", kind="done", inject="1", text="已启动预案"),
        PaperLine(at="23:55", text="集合", who="王芳"), PaperLine(at="23:50", kind="start"),
        PaperLine(at="00:10", kind="pause"), PaperLine(at="00:01", kind="release", inject="1"),
        PaperLine(at="00:15", kind="resume"), PaperLine(at="23:00", text="布置场地"),
    ]  # fmt: skip
    entered = enter_afterwards(office, drill, record).lines
    assert [f"{local_moment(line.at):%d %H:%M}" for line in entered] == [
        "24 23:00", "24 23:50", "24 23:55", "25 00:01", "25 00:05", "25 00:10", "25 00:15", "25 00:20",
    ]  # fmt: skip
    view = conduct_view(office, drill)
    assert view.seconds(clock.now()) == 25 * 60
    assert states(view, clock.now())["1"] == "done_late"
    assert (view.drill.started_at, view.drill.ended_at) == (entered[1].at, entered[-1].at)
    [answer] = response_times(office, drill).injects
    assert (answer.number, answer.seconds, answer.within_seconds, answer.is_late) == ("1", 240, 120, True)


def test_a_wrong_paper_record_leaves_nothing(office: Office, drill: int, clock: FixedClock) -> None:
    later(clock, 5 * 86400)
    wrong = [
        PaperLine(at="9:00", kind="start"), PaperLine(at="早饭后", text="x"), PaperLine(at="9:10", kind="release", inject="7"),
        PaperLine(at="9:20"), PaperLine(at="2027-01-01 9:00", text="x"), PaperLine(at="9:30", text="x", kind="void"),
    ]  # fmt: skip
    with pytest.raises(InvalidInput) as refused:
        enter_afterwards(office, drill, wrong)
    assert [(problem.index, problem.field) for problem in refused.value.problems] == [
        (1, "at"), (2, "inject"), (3, "text"), (4, "at"), (5, "kind"),
    ]  # fmt: skip
    contradicting = [
        PaperLine(at="9:30", kind="pause"), PaperLine(at="9:00", kind="end"), PaperLine(at="9:10", kind="start"),
        PaperLine(at="9:20", kind="pause"),
    ]  # fmt: skip
    with pytest.raises(InvalidInput) as refused:
        enter_afterwards(office, drill, contradicting)
    assert [problem.index for problem in refused.value.problems] == [0, 1]
    assert conduct_view(office, drill).lines == ()


def test_a_drill_with_columns_but_no_log_goes_on(office: Office, drill: int, clock: FixedClock) -> None:
    entry = DrillEntry(
        number="D1", unit_code="110102", title="火灾演练", planned_on=date(2026, 11, 24), started_at=NOON
    )
    save_drills(office, [entry])
    save_drill_log(office, [LogEntry(drill_number="D1", at=NOON, text="旧记录")])
    later(clock, 60)
    view = conduct_view(office, drill)
    assert (view.timeline.state, view.seconds(clock.now())) == ("running", 60)
    assert [line.row.kind for line in view.log] == ["note"]
    conduct.end(office, drill)
    assert conduct_view(office, drill).drill.ended_at == clock.now()


def test_a_drill_of_a_retired_plan_is_not_started(office: Office, drill: int, clock: FixedClock) -> None:
    plan = PlanEntry(number="P1", title="防汛预案", unit_code="110102", published_on=date(2026, 1, 1))
    save_plans(office, [plan])
    entry = DrillEntry(
        number="D1", unit_code="110102", title="火灾演练", planned_on=date(2026, 11, 24), plan_number="P1"
    )
    save_drills(office, [entry])
    [plan_id] = [row.id for row in first_rows(office, PLANS, View(), 9)]
    retire(office, "plans", [plan_id], date(2026, 11, 24))
    with pytest.raises(InvalidInput, match="不是现行有效预案"):
        conduct.start(office, drill)
    retire(office, "drills", [drill], date(2026, 11, 24))
    with pytest.raises(Denied):
        conduct.log_entry(office, drill, "x")
    assert conduct_view(office, drill).lines == ()


def test_each_line_is_one_entry_of_the_journal(office: Office, drill: int) -> None:
    before = len(commands(office))
    entered = conduct.start(office, drill)
    assert entered.changes.touches("drill_log")
    assert entered.changes.touches("drills")
    assert not conduct.log_entry(office, drill, "记录").changes.touches("drills")
    assert commands(office)[before:] == ["start drill", "log drill line"]


def test_the_levels_actions_are_told_from_the_log(office: Office, drill: int, clock: FixedClock) -> None:
    save_plans(office, [PlanEntry(number="P1", title="防汛预案", unit_code="110102")])
    [plan_id] = [row.id for row in first_rows(office, PLANS, View(), 9)]
    [version] = versions_of(office, plan_id)
    actions = (
        LevelAction("启动预案", "指挥部", 5),
        LevelAction("组织人员疏散", "疏散组", 1),
        LevelAction("发布通报", "宣传组", 30),
    )
    write_content(office, version.id, version.revision, Content(levels=(Level("III级", "", "", actions),)))
    with office.write("design") as work:
        level = work.connection.execute(select(PlanLevel.id)).scalar_one()
        work.connection.execute(insert(DrillDesign).values(drill_id=drill, level_id=level))
    conduct.start(office, drill)
    later(clock, 60)
    conduct.release(office, drill, keys(office, drill)["1"])
    later(clock, 100)
    conduct.done(office, drill, keys(office, drill)["1"])
    conduct.log_entry(office, drill, "疏散组已组织人员疏散完毕")
    assert [(one.action, one.seconds, one.is_late) for one in response_times(office, drill).levels] == [
        ("启动预案", 100, False), ("组织人员疏散", 160, True), ("发布通报", None, None),
    ]  # fmt: skip


def test_a_form_does_not_gainsay_the_log(office: Office, drill: int, clock: FixedClock) -> None:
    later(clock, 17)
    begun = conduct.start(office, drill).line
    said = {"number": "D1", "unit_code": "110102", "title": "火灾演练", "planned_on": date(2026, 11, 24)}
    # A form shows minutes: what it hands in unread is no correction.
    save_drills(office, [DrillEntry(**said, started_at=begun.at.replace(second=0), rating="good")])
    view = conduct_view(office, drill)
    assert view.drill.started_at == view.timeline.started_at == begun.at
    for other in (begun.at - timedelta(minutes=5), None):
        with pytest.raises(InvalidInput) as refusal:
            save_drills(office, [DrillEntry(**said, started_at=other)])
        assert [problem.field for problem in refusal.value.problems] == ["started_at"]
    # Of the end the log says nothing, so the record may.
    later(clock, 3600)
    save_drills(office, [DrillEntry(**said, started_at=begun.at, ended_at=clock.now())])
    assert conduct_view(office, drill).timeline.ended_at == clock.now()


def test_who_said_it_can_be_stored(office: Office, drill: int) -> None:
    for said in ({"who": "\x00"}, {"subject": "x" * 5000}):
        with pytest.raises(InvalidInput):
            conduct.log_entry(office, drill, "报告", **said)
    paper = [PaperLine(at="9:15", text="报告", who="\x00")]
    with pytest.raises(InvalidInput):
        enter_afterwards(office, drill, paper)
    assert conduct_view(office, drill).lines == ()
