"""A drill of which everything is on record: design, script, log with a correction, evaluation, findings."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from drillapp.core.drills.commands import save_findings
from drillapp.core.drills.conduct import commands as conduct
from drillapp.core.drills.entries import FindingEntry
from drillapp.core.drills.evaluation.objectives import Judgement, judge_objectives
from drillapp.core.drills.evaluation.verdict import VerdictEntry, give_verdict
from drillapp.core.drills.injects.commands import save_injects
from drillapp.core.drills.injects.queries import injects_of
from drillapp.core.drills.injects.rows import InjectEntry
from drillapp.core.drills.record.parts import (
    CostLine,
    Design,
    ObjectiveLine,
    PartyLine,
    RecordParts,
    SectionLine,
)
from drillapp.core.drills.record.reading import drill_record
from drillapp.core.drills.record.roll import PersonEntry, enrol
from drillapp.core.drills.record.saving import save_record
from drillapp.core.office import Office
from drillapp.core.plans.versions import versions_of
from tests.core.drills.evaluation.filling import evaluate
from tests.core.drills.record import recorded

START = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
"""Nine in the morning in Beijing."""


def whole(office: Office) -> int:
    """The drill's key; its number is D."""
    plan = recorded.plan(office)
    drill = recorded.drill(
        office, planned_on=date(2026, 11, 20), plan_number="P", content="single", form="tabletop",
        purpose="testing", place="三层会议室", leader="王䶮", expected=40, hazard="火灾",
    )  # fmt: skip
    _record(office, drill, versions_of(office, plan)[-1].id)
    _script(office, drill)
    _conduct(office, drill)
    _judge(office, drill)
    return drill


def _record(office: Office, drill: int, version: int) -> None:
    parts = RecordParts(
        design=Design(
            organiser="应急办", scenario="三层配电间起火\n浓烟进入走廊", subjects="报警\n疏散",
            safety="设安全员", stop_conditions="有人受伤", budget=3000,
        ),
        parties=(
            PartyLine(name="物业公司", role="player", expected=20, present=18),
            PartyLine(name="安评中心", role="evaluator", expected=2, present=2),
        ),
        objectives=(ObjectiveLine(who="值班员", task="报警", standard="两分钟内"),),
        tested=(SectionLine(version_id=version),),
        costs=(CostLine(kind="evaluation", planned=2000, actual=1800, payee="安评中心"),),
    )  # fmt: skip
    save_record(office, drill, drill_record(office, drill).drill.revision, parts)


def _script(office: Office, drill: int) -> None:
    save_injects(
        office, drill,
        [
            InjectEntry(number="1", content="三层烟感报警", offset_seconds=0, stage="报警", sender="导调甲",
                        addressee="值班员", means="phone", expected_action="到场核实", within_seconds=120),
            InjectEntry(number="2", content="火势扩大", offset_seconds=600, sender="导调乙", addressee="总指挥",
                        means="radio", expected_action="下令疏散", within_seconds=180),
            InjectEntry(number="3", content="记者到场", addressee="宣传组", means="spoken"),
        ],
    )  # fmt: skip


def _conduct(office: Office, drill: int) -> None:
    def at(minutes: float) -> datetime:
        return START + timedelta(minutes=minutes)

    first, second, _reserve = injects_of(office, drill)
    conduct.start(office, drill, at=START)
    conduct.release(office, drill, first.id, at=at(0))
    conduct.done(office, drill, first.id, at=at(1.5))
    wrong = conduct.log_entry(office, drill, "二层起火", who="李", at=at(2)).line
    conduct.correct(office, wrong.id, text="三层起火")
    lost = conduct.log_entry(office, drill, "误记一行", at=at(3)).line
    conduct.void(office, lost.id)
    conduct.pause(office, drill, at=at(4))
    conduct.resume(office, drill, at=at(9))
    conduct.release(office, drill, second.id, at=at(15))
    conduct.done(office, drill, second.id, at=at(20))
    conduct.end(office, drill, at=at(30))


def _judge(office: Office, drill: int) -> None:
    (objective,) = drill_record(office, drill).objectives
    judge_objectives(office, drill, [Judgement(objective.id, "met")])
    evaluate(office, drill, "甲", {"S3.1": "集合点无人"})
    evaluate(office, drill, "乙", institution="安评中心")
    verdict = VerdictEntry(rating="fair", decided_by="刘", decided_on=date(2026, 11, 21), reason="按实际情况")
    give_verdict(office, drill, verdict)
    save_findings(
        office,
        [
            FindingEntry(drill_number="D", number="1", text="集合点没有标志", severity="major", cause="facility",
                         action="补装标志", owner="刘洋", due_on=date(2026, 12, 1)),
        ],
    )  # fmt: skip


def sign_up(office: Office, drill: int, count: int) -> None:
    """So many people on the roll."""
    enrol(
        office,
        drill,
        [PersonEntry(name=f"张{place}", role="player", checked_in_at=START) for place in range(1, count + 1)],
    )
