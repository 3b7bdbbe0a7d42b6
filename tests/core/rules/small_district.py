"""The small district of the table by hand: few records, each of which shows one thing about one rule or another."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import insert

from drillapp.core.cards.commands import save_cards
from drillapp.core.cards.entries import CardEntry
from drillapp.core.clock import FixedClock
from drillapp.core.drills.evaluation.model import DrillVerdict
from drillapp.core.drills.naming import drill_named
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.content import Content, Paragraph, Section
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.plans.lifecycle import EventEntry, record_event
from drillapp.core.plans.outline import outline_for, starting_content
from drillapp.core.plans.versions import versions_of, write_content
from drillapp.core.supplies.book import save_movements
from drillapp.core.supplies.commands import save_items, save_storehouses
from drillapp.core.supplies.entries import ItemEntry, MovementEntry, StorehouseEntry
from drillapp.core.supplies.levels.commands import save_levels
from drillapp.core.supplies.levels.entries import LevelEntry
from drillapp.core.supplies.upkeep.commands import save_upkeep
from drillapp.core.supplies.upkeep.entries import UpkeepEntry
from drillapp.core.teams.commands import save_agreements, save_members, save_teams
from drillapp.core.teams.entries import AgreementEntry, MemberEntry, TeamEntry
from drillapp.core.units.commands import save_posts
from drillapp.core.units.entries import PostEntry
from tests.core.rules.drills_of_record import drill, enter, finding, unit
from tests.core.supplies.stocktake.furnished import count, drawn, finish, lines

_LONG_AFTER = datetime(2027, 1, 4, 4, tzinfo=UTC)
"""When all of it is entered: nothing lies in the future then."""


def day(text: str) -> date:
    """26-03-09 is 9 March 2026."""
    return date.fromisoformat(f"20{text}")


def build(office: Office, clock: FixedClock) -> None:
    """Enter the whole district."""
    clock.moment = _LONG_AFTER
    _units(office)
    _plans(office)
    _drills(office)
    _cards_and_teams(office)
    _supplies(office)
    _stocktake(office, clock)
    clock.moment = _LONG_AFTER


def _units(office: Office) -> None:
    """The district itself is 110102; who has a begin or an end came or went in mid-period."""
    enter(
        office,
        unit("局", kind="department"),
        unit("街", kind="street"),
        unit("社", kind="community", parent_code="街"),
        unit("气站", high_risk=True),
        unit("化工", high_risk=True, sectors="hazardous_chemicals"),
        unit("医院", kind="hospital", crowded=True, sectors="fire_safety"),
        unit("小店", valid_from=day("26-01-01")),
        unit("西里小学", kind="school"),
        unit("西里幼儿园", kind="school", valid_from=day("26-01-01")),
        unit("新院", kind="hospital", crowded=True, valid_from=day("26-10-17")),
        unit("旧厂", valid_to=day("26-10-17")),
    )


def _plans(office: Office) -> None:
    issued = {
        "总体": _plan("110102", "overall", "26-02-03", filed_on="26-10-16"),
        "火灾专项": _plan("110102", "special", "26-09-14", filed_on="26-10-16", hazard="火灾"),
        "地震专项": _plan("110102", "special", "23-03-09", assessed_on="26-10-17", hazard="地震"),
        "部门": _plan("局", "departmental", "26-02-03", filed_on="26-03-09"),
        "街道": _plan("街", "overall", "26-09-14"),
        "社区": _plan("社", "overall", "26-11-30"),
        "现场": _plan("气站", "on_site", "25-12-01", hazard="火灾"),
        "综合": _plan("化工", "comprehensive", "26-12-07"),
        "医案": _plan("医院", "comprehensive", "26-09-14"),
        "旧案": _plan("医院", "special", "24-01-02", retired_on="26-10-17"),
        "店案": _plan("小店", "comprehensive", "26-02-03", filed_on="26-10-17"),
    }  # fmt: skip
    for number, said in issued.items():
        save_plans(office, [PlanEntry(number=number, title=number, **said)])
    special = PlanEntry(number="专项", title="专项", unit_code="气站", kind="special", hazard="燃气")
    (plan,) = save_plans(office, [special]).ids
    assert plan is not None
    for kind, when, said in (
        ("risk_assessed", "25-11-03", {}),
        ("resources_surveyed", "25-11-03", {}),
        ("reviewed", "25-11-10", {"people": "专家甲", "conclusion": "passed"}),
        ("approved", "25-11-20", {}),
        ("published", "25-12-01", {}),
        ("filed", "25-12-29", {"authority": "区应急局"}),
        ("revision_triggered", "26-04-16", {"conclusion": "law"}),
    ):
        version = versions_of(office, plan)[0].id
        record_event(office, EventEntry(version_id=version, kind=kind, happened_on=day(when), **said))
    _write(office, "现场", _complete("on_site"))
    # As ledgers tell it, which do not ask what was done before.
    further = {"version": "2", "approved_on": day("26-12-31"), "published_on": day("26-12-31")}
    save_plans(office, [PlanEntry(number="专项", title="专项", unit_code="气站", **further)])
    _write(office, "综合", _complete("comprehensive")[1:])


def _plan(unit_code: str, kind: str, begin: str, **said: str) -> dict[str, Any]:
    days = {name: day(told) if name.endswith("_on") else told for name, told in said.items()}
    return {
        "unit_code": unit_code,
        "kind": kind,
        "approved_on": day(begin),
        "published_on": day(begin),
    } | days


def _complete(kind: str) -> tuple[Section, ...]:
    """Every section that the outline asks for, each with a word in it."""
    headings = starting_content(outline_for(kind, None)).sections
    return tuple(
        Section(level=one.level, title=one.title, number=one.number, blocks=(Paragraph("内容。"),))
        for one in headings
    )


def _write(office: Office, number: str, sections: tuple[Section, ...]) -> None:
    (plan,) = save_plans(office, [PlanEntry(number=number, title=number, unit_code=_AUTHORS[number])]).ids
    assert plan is not None
    write_content(office, versions_of(office, plan)[0].id, 1, Content(sections))


_AUTHORS = {"现场": "气站", "综合": "化工"}


def _drills(office: Office) -> None:
    """D is the one drill that settles four rules of the gas station at once."""
    enter(
        office,
        drill("D", "2026-02-10", "气站", plan_number="现场", expected=10, participants=8, reported_on=day("26-03-02")),
        drill("D2", "2026-12-31", "气站"),
        drill("化1", "2026-09-28", "化工", expected=10, participants=7, reported_on=day("26-10-17")),
        drill("医1", "2026-09-28", "医院", hazard="火灾", reported_on=day("26-10-16")),
        drill("街1", "2024-03-09", "街"),
        drill("街2", "2026-10-17", "街"),
        drill("社1", "2026-02-24", "社", reported_on=day("26-03-10")),
        drill("区1", "2026-10-16", "110102", plan_number="地震专项"),
        drill("小1", "2026-03-09", "西里小学", hazard="火灾", evacuation=True),
        drill("小2", "2026-10-17", "西里小学", hazard="地震", evacuation=True),
        drill("幼1", "2026-06-30", "西里幼儿园", evacuation=True),
    )  # fmt: skip
    enter(
        office,
        finding("灯坏", due_on="2026-03-09", done_on="2026-10-17"),
        finding("阀门", due_on="2026-09-16", done_on="2026-09-16"),
        finding("门锁", drill_number="化1"),
    )
    with office.write("verdict") as work:
        verdict = {"drill_id": drill_named(office, "D"), "decided_by": "李", "decided_on": day("26-10-16")}
        work.connection.execute(insert(DrillVerdict).values(verdict))


def _cards_and_teams(office: Office) -> None:
    save_posts(office, [PostEntry(unit_code="气站", name="班长", key_post=True)])
    card = {"number": "卡", "unit_code": "气站", "post": "班长", "valid_until": day("26-10-16")}
    save_cards(office, [CardEntry(**card, issued_on=day("26-03-10"))])
    save_teams(
        office,
        [
            TeamEntry(unit_code="化工", name="兼职队", kind="part_time"),
            TeamEntry(unit_code="社", name="志愿队", kind="volunteer", insured_until=day("26-03-09")),
            TeamEntry(
                unit_code="社", name="消防站", kind="micro_fire_station", members=5, leader="王", phone="66001100",
                response_minutes=3, insured_until=day("27-12-31"),
            ),
        ],
    )  # fmt: skip
    agreed = {"valid_from": day("26-03-10"), "valid_until": day("26-10-16")}
    save_agreements(
        office, [AgreementEntry(unit_code="化工", team="兼职队", number="1", partner="专业队", **agreed)]
    )
    of_team = {"unit_code": "社", "team": "志愿队"}
    save_members(
        office,
        [
            MemberEntry(**of_team, name="甲", insured_until=day("27-12-31")),
            MemberEntry(**of_team, name="乙", left_on=day("26-10-17")),
        ],
    )


def _supplies(office: Office) -> None:
    save_items(
        office,
        [
            ItemEntry(code="TENT", name="帐篷"),
            ItemEntry(code="MASK", name="呼吸器", critical=True),
            ItemEntry(code="PUMP", name="水泵", inspection_months=1),
            ItemEntry(code="SHOVEL", name="铁锹"),
        ],
    )
    stores = (("气库", "气站"), ("化库", "化工"), ("医库", "医院"))
    save_storehouses(office, [StorehouseEntry(code=code, name=code, unit_code=of) for code, of in stores])
    save_levels(
        office,
        [
            LevelEntry(unit_code="气站", item_code="TENT", quantity=10),
            LevelEntry(unit_code="气站", item_code="MASK", quantity=2),
        ],
    )
    booked = (
        _line("in", "26-03-10", "RK1", "气库", "TENT", 10, lot="A", expires_on=day("26-10-16")),
        _line("in", "26-03-10", "RK2", "气库", "MASK", 5),
        _line("out", "26-10-17", "CK1", "气库", "MASK", 5),
        _line("in", "25-12-09", "RK3", "化库", "SHOVEL", 20),
        _line("in", "26-02-09", "RK4", "医库", "PUMP", 1),
        _line("in", "26-01-05", "RK5", "医库", "SHOVEL", 9),
        _line("lend", "26-02-01", "JC1", "医库", "SHOVEL", 5, due_on=day("26-03-09"), counterparty="甲"),
        _line("return", "26-10-16", "GH1", "医库", "SHOVEL", 5, answers="JC1/1"),
    )
    for line in booked:
        assert save_movements(office, [line]).created == 1
    looked_at = {"kind": "inspection", "storehouse": "医库", "item_code": "PUMP", "result": "passed"}
    save_upkeep(office, [UpkeepEntry(**looked_at, done_on=day("26-09-16"))])


def _line(
    kind: str, when: str, document: str, storehouse: str, item: str, quantity: float, **said: Any
) -> MovementEntry:
    return MovementEntry(
        document=document, kind=kind, storehouse=storehouse, item_code=item, quantity=quantity,
        occurred_on=day(when), **said,
    )  # fmt: skip


def _stocktake(office: Office, clock: FixedClock) -> None:
    clock.moment = datetime(2026, 7, 16, 2, tzinfo=UTC)
    key = drawn(office, blind=False, storehouse="化库")
    count(office, key, {position: one.drawn for position, one in lines(office, key).items()})
    finish(office, key)
