"""What nearly settles an obligation is named with the reason why it does not; what is met has no such records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert, select, update

from drillapp.core import i18n
from drillapp.core.cards.commands import save_cards
from drillapp.core.cards.copies import end_copies
from drillapp.core.cards.entries import CardEntry
from drillapp.core.cards.model import Card, CardCopy
from drillapp.core.clock import FixedClock
from drillapp.core.drills.evaluation.model import Evaluation
from drillapp.core.drills.model import Drill, Finding
from drillapp.core.drills.naming import drill_named
from drillapp.core.law import Settlement
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.rules.near_miss import NearMiss
from drillapp.core.rules.nearly import nearly
from drillapp.core.rules.queries import obligations
from drillapp.core.supplies.commands import save_items, save_storehouses
from drillapp.core.supplies.entries import ItemEntry, StorehouseEntry
from drillapp.core.supplies.levels.commands import save_levels
from drillapp.core.supplies.levels.entries import LevelEntry
from drillapp.core.supplies.model import Holding
from drillapp.core.supplies.quarantine import set_aside
from drillapp.core.supplies.stocktake.drawing import draw_up
from drillapp.core.supplies.stocktake.rows import Drawing
from drillapp.core.supplies.upkeep.commands import save_upkeep
from drillapp.core.supplies.upkeep.entries import UpkeepEntry
from drillapp.core.teams.commands import save_teams
from drillapp.core.teams.entries import TeamEntry
from drillapp.core.units.commands import save_posts
from drillapp.core.units.entries import PostEntry
from tests.core.rules.drills_of_record import drill, enter, finding, unit
from tests.core.supplies.ledger import book, furnish, line

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _english(office: Office) -> Iterator[None]:
    before = i18n.language()
    i18n.use_language("en")
    office.as_of = TODAY
    yield
    i18n.use_language(before)


def near(office: Office, settled_by: Settlement, rule: str | None = None, unit: str = "E") -> list[NearMiss]:
    """What nearly settles the one obligation of that sort that is not met in time."""
    rows = [
        row
        for row in obligations(office, settled_by=(settled_by,))
        if row.unit == unit and (row.state != "met" or row.late) and rule in (None, row.rule)
    ]
    (row,) = rows
    return nearly(office, row)


def why(found: list[NearMiss]) -> dict[str, str]:
    return {one.name: one.why for one in found}


def test_drills_say_what_they_lack_of_the_rule(office: Office) -> None:
    enter(
        office,
        unit("E", name="第一小学", kind="school"),
        unit("F"),
        drill("fire", "2026-11-10", hazard="火灾"),
        drill("early", "2025-12-31", hazard="地震", evacuation=True),
        drill("still", "2026-11-11", hazard="地震"),
        drill("planned", "2026-12-01", hazard="地震", evacuation=True, started_at=None, ended_at=None),
        drill("missed", "2026-10-01", hazard="地震", evacuation=True, started_at=None, ended_at=None),
        drill("quake", "2026-10-02", hazard="地震", evacuation=True, kind="event"),
        drill("other unit", "2026-11-10", of="F", hazard="地震", evacuation=True),
    )
    found = near(office, "drill_held", "DR-15")
    assert why(found) == {
        "early": "it was held on 2025-12-31, before 2026-01-01",
        "still": "nobody was evacuated in it",
        "planned": "it is planned for 2026-12-01",
        "missed": "it was planned for 2026-10-01, and its end is not noted",
        "quake": "it was a real emergency, not a drill",
        "fire": "it was held against 火灾; nobody was evacuated in it",
    }
    assert [one.name for one in found][-1] == "fire", "what lacks more comes later"
    assert {one.kind for one in found} == {"drills"}


def test_drills_of_another_plan_do_not_settle_it(office: Office) -> None:
    plans = [("P1", "on_site"), ("P2", "special")]
    enter(office, unit("E"))
    save_plans(
        office,
        [
            PlanEntry(number=number, title=number, unit_code="E", kind=kind, approved_on=date(2024, 1, 1))
            for number, kind in plans
        ],
    )
    enter(office, drill("1", "2026-08-01", plan_number="P2"), drill("2", "2026-08-01"))
    assert why(near(office, "drill_held", "DR-04")) == {
        "1": "its plan is of another kind: special",
        "2": "it names no plan of the kind asked",
    }


def test_a_handful_is_told(office: Office) -> None:
    enter(office, unit("E", high_risk=True), *(drill(str(place), "2025-02-01") for place in range(30)))
    assert len(near(office, "drill_held", "DR-05")) == 6


def test_what_came_short_at_a_drill(office: Office) -> None:
    enter(office, unit("E"), drill("1", "2026-11-20", expected=50, participants=39))
    assert why(near(office, "drill_attended")) == {"演练1": "39 of 50 came, 78 %; 80 % are asked"}
    with office.write("forget") as work:
        work.connection.execute(update(Drill).values(participants=None))
    assert why(near(office, "drill_attended")) == {"演练1": "how many came is not noted"}


def test_a_sheet_that_was_begun(office: Office) -> None:
    enter(office, unit("E"), drill("1", "2026-06-01"))
    assert near(office, "drill_evaluated") == []
    sheet = {"position": 1, "form": "live", "evaluator": "王", "answers": "{}"}
    with office.write("sheet") as work:
        work.connection.execute(insert(Evaluation).values(drill_id=drill_named(office, "1"), **sheet))
    assert why(near(office, "drill_evaluated")) == {"演练1": "the sheet of 王 was begun, but not handed in"}


def test_a_report_that_was_late_or_lacks_papers(office: Office) -> None:
    enter(office, unit("E", high_risk=True), drill("1", "2026-09-30"))
    (told,) = near(office, "drill_reported")
    assert told.why.startswith("its file still lacks: ")
    with office.write("report") as work:
        work.connection.execute(update(Drill).values(reported_on=date(2026, 10, 21)))
    assert near(office, "drill_reported") == [
        NearMiss(
            "drills", drill_named(office, "1"), "演练1",
            "it was reported on 2026-10-21, the last day was 2026-10-20", date(2026, 10, 21),
        )
    ]  # fmt: skip


def test_how_far_a_correction_is(office: Office) -> None:
    enter(office, unit("E"), drill("D", "2026-03-02"), finding("1", action="换门", owner="王"))
    assert why(near(office, "finding_corrected")) == {
        "问题1": "王 has something to do about it, and it is not done"
    }
    with office.write("accept") as work:
        work.connection.execute(update(Finding).values(accepted_until=date(2026, 8, 31), action=None))
    assert why(near(office, "finding_corrected")) == {"问题1": "the risk was accepted until 2026-08-31 only"}
    with office.write("done") as work:
        work.connection.execute(update(Finding).values(accepted_until=None, done_on=date(2026, 5, 1)))
    assert why(near(office, "finding_corrected")) == {
        "问题1": "it was put right on 2026-05-01, the last day was 2026-04-01"
    }
    assert why(near(office, "finding_verified")) == {
        "问题1": "it was put right on 2026-05-01, but nobody verified it"
    }


def test_plans_that_are_not_in_force(office: Office) -> None:
    enter(office, unit("E"))
    of = {"unit_code": "E", "kind": "on_site"}
    save_plans(
        office,
        [
            PlanEntry(number="draft", title="草案", **of),
            PlanEntry(number="later", title="以后", published_on=date(2027, 1, 1), **of),
            PlanEntry(
                number="old", title="旧", published_on=date(2020, 1, 1), retired_on=date(2026, 1, 1), **of
            ),
        ],
    )
    assert why(near(office, "plan_in_force")) == {
        "draft": "it was neither approved nor published",
        "later": "it comes into force on 2027-01-01 only",
        "old": "it was abolished on 2026-01-01",
    }


def test_the_last_assessment_is_too_long_ago(office: Office) -> None:
    enter(office, unit("E"))
    days = {"published_on": date(2019, 1, 1), "assessed_on": date(2022, 5, 1)}
    save_plans(office, [PlanEntry(number="P", title="预案", unit_code="E", kind="on_site", **days)])
    found = near(office, "plan_assessed")
    assert [one.on for one in found] == [date(2022, 5, 1), date(2019, 1, 1)]
    assert found[0].why == "assessed on 2022-05-01, version 1"


def test_a_plan_that_was_filed_late(office: Office) -> None:
    enter(office, unit("E", high_risk=True))
    # Twenty working days after 2026-09-30 are over on 2026-11-03: the holiday and the worked Saturday are counted.
    days = {"published_on": date(2026, 9, 30), "filed_on": date(2026, 11, 4)}
    save_plans(office, [PlanEntry(number="P", title="预案", unit_code="E", kind="on_site", **days)])
    (told,) = near(office, "plan_filed")
    assert told.why == "filed on 2026-11-04, version 1; the last day was 2026-11-03"


def test_cards_that_nobody_has_in_hand(office: Office) -> None:
    enter(office, unit("E"))
    save_posts(office, [PostEntry(unit_code="E", name="岗位", key_post=True)])
    of = {"unit_code": "E", "post": "岗位"}
    cards = [
        CardEntry(number="draft", **of),
        CardEntry(number="back", issued_on=date(2026, 1, 1), **of),
        CardEntry(number="gone", issued_on=date(2026, 1, 1), **of),
    ]
    save_cards(office, cards)
    copies = select(Card.number, CardCopy.id).join(CardCopy, CardCopy.card_id == Card.id)
    with office.read() as connection:
        keys = dict(connection.execute(copies).all())
    end_copies(office, [keys["back"]], "lost", day=date(2026, 6, 1))
    end_copies(office, [keys["gone"]], "recalled", day=date(2026, 6, 1))
    with office.write("withdraw") as work:
        gone = update(Card).where(Card.number == "gone").values(retired_on=date(2026, 7, 1))
        work.connection.execute(gone)
    assert why(near(office, "card_issued")) == {
        "draft": "no copy of it was handed out",
        "back": "its last copy is in nobody's hand since 2026-06-01: lost",
        "gone": "it was withdrawn on 2026-07-01; its last copy is in nobody's hand since 2026-06-01: recalled",
    }


def test_stock_that_does_not_count(office: Office) -> None:
    enter(office, unit("E"))
    furnish(office)
    stores = [StorehouseEntry(code="S3", name="库三", unit_code="E")]
    promised = StorehouseEntry(code="S4", name="厂", unit_code="E", kind="capacity", supplier="厂家")
    save_storehouses(office, [*stores, promised])
    save_levels(office, [LevelEntry(unit_code="E", item_code="TENT", quantity=30)])
    tents = {"item_code": "TENT", "storehouse": "S3"}
    book(
        office,
        line("in", 5, "2026-01-01", lot="A", expires_on=date(2026, 6, 1), **tents),
        line("in", 4, "2026-01-01", lot="B", expires_on=date(2027, 6, 1), **tents),
        line("in", 9, "2026-01-01", item_code="TENT", storehouse="S4"),
    )
    assert why(near(office, "level_met")) == {
        "库三 A": "5 there, expired on 2026-06-01",
        "厂": "9 are not there, but promised: production capacity",
    }


def test_stock_in_quarantine(office: Office) -> None:
    furnish(office)
    save_levels(office, [LevelEntry(unit_code="110102", item_code="SHOVEL", quantity=30)])
    book(office, line("in", 30, "2026-01-01"))
    with office.read() as connection:
        holding = connection.execute(select(Holding.id)).scalar_one()
    set_aside(office, holding, 12, "damaged", day=date(2026, 11, 1))
    assert why(near(office, "level_met", unit="110102")) == {"S1库": "12 there in quarantine"}


def test_teams_that_do_not_suffice(office: Office) -> None:
    enter(office, unit("E", high_risk=True))
    save_teams(office, [TeamEntry(unit_code="E", name="兼职队", kind="part_time")])
    assert why(near(office, "team_standing")) == {
        "兼职队": "its rescuers are part-time, and no agreement with a team nearby is in force"
    }


def test_upkeep_and_stocktakes_that_do_not_suffice(office: Office, clock: FixedClock) -> None:
    furnish(office)
    save_items(office, [ItemEntry(code="PUMP", name="水泵", inspection_months=1)])
    book(office, line("in", 2, "2026-01-31", item_code="PUMP", lot="L1"))
    usual = {"storehouse": "S1", "item_code": "PUMP", "result": "passed"}
    save_upkeep(
        office,
        [
            UpkeepEntry(kind="inspection", done_on=date(2026, 3, 1), **usual),
            UpkeepEntry(kind="inspection", done_on=date(2026, 2, 1), lot="L1", **usual),
            UpkeepEntry(kind="maintenance", done_on=date(2026, 11, 1), **usual),
        ],
    )
    assert [one.why for one in near(office, "upkeep_done", unit="110102")] == [
        "inspection on 2026-03-01 is too long ago",
        "inspection on 2026-02-01, of lot L1 only",
        "maintenance on 2026-11-01",
    ]
    clock.moment = datetime(2026, 11, 23, 2, tzinfo=UTC)
    draw_up(office, Drawing(storehouse="S1", extent="sample", sample=1))
    (told,) = near(office, "stocktake_done", unit="110102")
    assert told.why == "not the whole storehouse was counted: random sample; it is not posted yet"


def test_what_came_back_of_a_loan(office: Office) -> None:
    furnish(office)
    book(office, line("in", 100, "2026-01-10"))
    book(office, line("lend", 5, "2026-02-01", "L1", due_on=date(2026, 3, 31), counterparty="甲"))
    book(office, line("return", 2, "2026-03-01", "R1", answers="L1/1"))
    assert why(near(office, "loan_returned", unit="110102")) == {
        "R1": "2 came back on 2026-03-01; still out: 3"
    }
    book(office, line("return", 3, "2026-04-02", "R2", answers="L1/1"))
    assert why(near(office, "loan_returned", unit="110102")) == {
        "R2": "3 came back on 2026-04-02; the last day was 2026-03-31",
        "R1": "2 came back on 2026-03-01; the last day was 2026-03-31",
    }


def test_what_is_met_needs_no_reasons(office: Office) -> None:
    enter(office, unit("E", high_risk=True), drill("1", "2026-11-20", expected=5, participants=5))
    rows = [row for row in obligations(office) if row.state == "met"]
    assert rows
    assert [nearly(office, row) for row in rows] == [[] for _row in rows]
