"""Facts of a small district saved in an office, in any order within what needs nothing else first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, TypeVar

from sqlalchemy import Connection, insert, select, update

from drillapp.core.cards.commands import save_cards
from drillapp.core.cards.entries import CardEntry
from drillapp.core.database.uid import new_uid
from drillapp.core.drills.commands import save_drills, save_findings
from drillapp.core.drills.entries import DrillEntry, FindingEntry
from drillapp.core.drills.evaluation.model import DrillVerdict, Evaluation
from drillapp.core.drills.model import Drill, Finding
from drillapp.core.drills.record.model import DrillParty
from drillapp.core.localtime import BEIJING
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.content import Content, Paragraph, Section
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.plans.model import Plan, PlanEvent, PlanVersion
from drillapp.core.plans.outline import outline_for, starting_content
from drillapp.core.plans.writing import store_content
from drillapp.core.supplies.book import save_movements
from drillapp.core.supplies.commands import save_items, save_storehouses
from drillapp.core.supplies.entries import ItemEntry, MovementEntry, StorehouseEntry
from drillapp.core.supplies.levels.commands import save_levels
from drillapp.core.supplies.levels.entries import LevelEntry
from drillapp.core.supplies.model import Holding, Storehouse
from drillapp.core.supplies.stocktake.model import Stocktake, StocktakeLine
from drillapp.core.supplies.upkeep.commands import save_upkeep
from drillapp.core.supplies.upkeep.entries import UpkeepEntry
from drillapp.core.teams.commands import save_agreements, save_members, save_teams
from drillapp.core.teams.entries import AgreementEntry, MemberEntry, TeamEntry
from drillapp.core.teams.model import Team
from drillapp.core.units.commands import save_posts, save_units
from drillapp.core.units.entries import PostEntry, UnitEntry
from drillapp.core.units.model import Unit
from tests.core.rules.district import KEY_POSTS, DrillTold, Facts, LotTold, PlanTold, VersionTold

_Entry = TypeVar("_Entry")
ITEMS = {"TENT": "帐篷", "MASK": "呼吸器", "PUMP": "水泵"}
INSPECTION_MONTHS = 6
"""How often pumps are inspected."""


def enter(office: Office, facts: Facts, random: Random | None = None) -> None:
    """Save all facts; `random` shuffles what is independent of each other."""
    save = _Saver(office, random or _Unshuffled())
    save_units(
        office,
        [
            UnitEntry(
                code=unit.code, name=unit.name, kind=unit.kind, parent_code=unit.above, high_risk=unit.high_risk,
                crowded=unit.crowded, sectors=unit.sector, valid_from=unit.begin, valid_to=unit.end,
            )  # type: ignore[arg-type]
            for unit in facts.units
        ],
    )  # fmt: skip
    codes = [unit.code for unit in facts.units]
    save(save_posts, [PostEntry(unit_code=code, name="岗位", key_post=code in KEY_POSTS) for code in codes])
    steps: list[Callable[[], None]] = [
        lambda: _plans_drills_and_cards(save, facts),
        lambda: _supplies(save, facts),
        lambda: _teams(save, facts),
    ]
    for step in save.mixed(steps):
        step()


class _Unshuffled(Random):
    """Leaves everything as it is told."""

    def shuffle(self, x: Any) -> None:
        """Do nothing."""


class _Saver:
    """Saves entries in one order or another."""

    def __init__(self, office: Office, random: Random) -> None:
        self.office = office
        self._random = random

    def mixed(self, entries: Iterable[_Entry]) -> list[_Entry]:
        """The entries in the order in which they are entered."""
        found = list(entries)
        self._random.shuffle(found)
        return found

    def __call__(self, save: Callable[..., Any], entries: Iterable[Any]) -> None:
        """Save entries, all of which must be accepted."""
        if found := self.mixed(entries):
            assert save(self.office, found).created == len(found)


def _plans_drills_and_cards(save: _Saver, facts: Facts) -> None:
    save(save_plans, [_plan_entry(plan) for plan in facts.plans])
    revised = [_revision_entry(plan) for plan in facts.plans if len(plan.versions) > 1]
    if revised:
        save_plans(save.office, save.mixed(revised))
    with save.office.write("events and texts") as work:
        _events_and_texts(work.connection, save.mixed(facts.plans))
    save(save_drills, [_drill_entry(drill) for drill in facts.drills])
    found = [
        FindingEntry(
            drill_number=one.drill, number=one.text, text=one.text, unit_code=one.unit, due_on=one.due, done_on=one.done,
            verified_on=one.verified,
        )
        for one in facts.findings
    ]  # fmt: skip
    save(save_findings, found)
    with save.office.write("sheets and parties") as work:
        _after_drills(work.connection, facts)
    cards = [
        CardEntry(
            number=card.number, unit_code=card.unit, post="岗位", issued_on=card.issued, valid_until=card.valid_until,
            plan_number=card.plan,
        )
        for card in facts.cards
    ]  # fmt: skip
    save(save_cards, cards)


def _plan_entry(plan: PlanTold) -> PlanEntry:
    first = plan.versions[0]
    return PlanEntry(
        number=plan.number, title=plan.number, unit_code=plan.unit, kind=plan.kind, hazard=plan.hazard, version="1",
        approved_on=first.approved, published_on=first.published, filed_on=first.filed, assessed_on=plan.assessed,
        retired_on=plan.retired,
    )  # fmt: skip


def _revision_entry(plan: PlanTold) -> PlanEntry:
    later, given = plan.versions[1], {}
    for name in ("published", "filed"):
        if getattr(later, name):
            given[f"{name}_on"] = getattr(later, name)
    return PlanEntry(
        number=plan.number,
        title=plan.number,
        unit_code=plan.unit,
        version="2",
        approved_on=later.approved,
        **given,
    )


def _events_and_texts(connection: Connection, plans: list[PlanTold]) -> None:
    statement = select(Plan.number, PlanVersion.ordinal, Plan.id, PlanVersion.id).join(Plan)
    keys = {row[:2]: row[2:] for row in connection.execute(statement).all()}
    for plan in plans:
        for place, version in enumerate(plan.versions, 1):
            plan_id, version_id = keys[plan.number, place]
            for kind, day, conclusion in _events(version):
                event = {"kind": kind, "happened_on": day, "conclusion": conclusion}
                connection.execute(insert(PlanEvent).values(plan_id=plan_id, version_id=version_id, **event))
            if version.text:
                store_content(connection, version_id, _text(plan, version))


def _events(version: VersionTold) -> list[tuple[str, Any, str]]:
    events = (
        ("reviewed", version.reviewed, "rejected" if version.is_rejected else "passed"),
        ("filing_answered", version.sent_back, "incomplete"),
        ("revision_triggered", version.cause, "law"),
    )
    return [event for event in events if event[1] is not None]


def _text(plan: PlanTold, version: VersionTold) -> Content:
    headings = starting_content(outline_for(plan.kind, None)).sections
    chosen = headings if version.text == "whole" else headings[:1]
    said = (Paragraph("内容。"),)
    return Content(
        tuple(Section(level=one.level, title=one.title, number=one.number, blocks=said) for one in chosen)
    )


def _drill_entry(drill: DrillTold) -> DrillEntry:
    held = {}
    if drill.ended:
        day = drill.ended
        begin = datetime(day.year, day.month, day.day, drill.hour, tzinfo=BEIJING)
        held = {"started_at": begin, "ended_at": begin + timedelta(minutes=59)}
    return DrillEntry(
        number=drill.number, unit_code=drill.unit, title=drill.number, planned_on=drill.planned,
        kind="event" if drill.is_event else "drill", plan_number=drill.plan, hazard=drill.hazard,
        evacuation=drill.evacuation, expected=drill.expected, participants=drill.came, rating=drill.rating,
        reported_on=drill.reported, **held,
    )  # type: ignore[arg-type]  # fmt: skip


def _after_drills(connection: Connection, facts: Facts) -> None:
    drills = dict(connection.execute(select(Drill.number, Drill.id)).all())
    units = dict(connection.execute(select(Unit.code, Unit.id)).all())
    for drill in facts.drills:
        of_drill = {"drill_id": drills[drill.number]}
        if drill.verdict:
            values = {"decided_by": "李", "decided_on": drill.verdict}
            connection.execute(insert(DrillVerdict).values(**of_drill, **values))
        if drill.sheet:
            values = {
                "position": 1,
                "form": "live",
                "evaluator": "王",
                "answers": "{}",
                "submitted_on": drill.sheet,
            }
            connection.execute(insert(Evaluation).values(**of_drill, **values))
        for place, code in enumerate(drill.guests, 1):
            connection.execute(insert(DrillParty).values(**of_drill, position=place, unit_id=units[code]))
    for one in facts.findings:
        if one.borne_until:
            of_text = update(Finding).where(Finding.text == one.text)
            connection.execute(of_text.values(accepted_until=one.borne_until))


def _supplies(save: _Saver, facts: Facts) -> None:
    save(
        save_items,
        [
            ItemEntry(
                code=code, name=name, critical=code == "MASK",
                inspection_months=INSPECTION_MONTHS if code == "PUMP" else None,
            )
            for code, name in ITEMS.items()
        ],
    )  # fmt: skip
    stores = [StorehouseEntry(code=unit.code, name=unit.code, unit_code=unit.code) for unit in facts.units]
    save(save_storehouses, stores)
    save(
        save_levels,
        [
            LevelEntry(unit_code=unit, item_code=item, quantity=quantity)
            for (unit, item), quantity in facts.levels.items()
        ],
    )
    save(
        save_movements,
        [_line(lot, "in", "", lot.came, lot.quantity, expires_on=lot.expires) for lot in facts.lots],
    )
    lent = [lot for lot in facts.lots if lot.lent]
    save(
        save_movements,
        [
            _line(
                lot, "lend", "-L", lot.lent, lot.lent_quantity, due_on=lot.lent_until, counterparty=lot.name
            )
            for lot in lent
        ],
    )
    back = [lot for lot in lent if lot.back]
    save(
        save_movements,
        [_line(lot, "return", "-R", lot.back, lot.back_quantity, answers=f"{lot.name}-L/1") for lot in back],
    )
    inspected = {"kind": "inspection", "item_code": "PUMP", "result": "passed"}
    save(
        save_upkeep,
        [UpkeepEntry(**inspected, storehouse=one.unit, done_on=one.day) for one in facts.inspections],
    )
    with save.office.write("stocktakes") as work:
        _stocktakes(work.connection, save, facts)


def _line(lot: LotTold, kind: str, suffix: str, day: Any, quantity: int, **said: Any) -> MovementEntry:
    return MovementEntry(
        document=f"{lot.name}{suffix}", kind=kind, storehouse=lot.unit, item_code=lot.item, lot=lot.name,
        quantity=quantity, occurred_on=day, **said,
    )  # fmt: skip


def _stocktakes(connection: Connection, save: _Saver, facts: Facts) -> None:
    """As they stand once they are posted; where nothing ever came there is nothing to count."""
    statement = select(Storehouse.code, Holding.storehouse_id, Holding.item_id, Holding.lot_id).join(
        Storehouse
    )
    lines = {code: line for code, *line in connection.execute(statement.order_by(Holding.id.desc()))}
    for number, one in enumerate(save.mixed(facts.counts)):
        if one.unit in lines:
            store, item, lot = lines[one.unit]
            values = {
                "uid": new_uid(), "owner_id": save.office.id, "number": f"PD{number}", "storehouse_id": store, "extent": "whole",
                "state": "posted", "drawn_up_at": datetime.combine(one.day, datetime.min.time(), UTC),
            }  # fmt: skip
            key = connection.execute(insert(Stocktake).values(values)).inserted_primary_key[0]
            line = {
                "stocktake_id": key,
                "position": 1,
                "item_id": item,
                "lot_id": lot,
                "drawn": 1,
                "counted": 1,
            }
            connection.execute(insert(StocktakeLine).values(**line, counted_on=one.day))


def _teams(save: _Saver, facts: Facts) -> None:
    teams = facts.teams
    save(
        save_teams,
        [
            TeamEntry(
                unit_code=team.unit, name=team.name, kind=team.kind, leader=team.leader, members=team.people,
                response_minutes=team.minutes, insured_until=team.insured, phone="66001100",
            )
            for team in teams
        ],
    )  # fmt: skip
    members = [
        MemberEntry(unit_code=team.unit, team=team.name, name="甲", insured_until=team.member_insured)
        for team in teams
        if team.has_member
    ]
    save(save_members, members)
    agreed = [
        AgreementEntry(
            unit_code=team.unit, team=team.name, number="1", partner="专业队", valid_from=team.agreed_from,
            valid_until=team.agreed_until,
        )
        for team in teams
        if team.agreed_from
    ]  # fmt: skip
    save(save_agreements, agreed)
    with save.office.write("retire teams") as work:
        for team in teams:
            if team.retired:
                chosen = update(Team).where(Team.name == team.name)
                work.connection.execute(chosen.values(retired_on=team.retired))
