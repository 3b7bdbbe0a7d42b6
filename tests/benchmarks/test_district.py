"""The district that is measured is a sound office, and the same each time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from benchmarks.making.office import CLOCK, make_office
from drillapp.core.cards.model import Card
from drillapp.core.check import check
from drillapp.core.drills.model import Drill
from drillapp.core.localtime import local_day
from drillapp.core.office import Office
from drillapp.core.plans.model import Plan, PlanEvent
from drillapp.core.search.queries import search
from drillapp.core.supplies.model import Holding, Movement, StockEntry
from drillapp.core.units.model import Post, Unit, UnitAncestor

SIZE = 0.01


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory, worker_home: Path) -> Path:
    path = tmp_path_factory.mktemp("district") / "district.office"
    with pytest.MonkeyPatch.context() as patch:
        _use(worker_home, patch)
        make_office(path, SIZE)
    return path


@pytest.fixture
def district(file: Path) -> Iterator[Office]:
    with Office.open(file, mode="read", clock=CLOCK) as office:
        yield office


def _use(home: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("HOME", str(home))
    patch.setenv("XDG_DATA_HOME", str(home / "data"))
    patch.setenv("LOCALAPPDATA", str(home / "data"))


def test_it_holds_what_its_size_says(district: Office) -> None:
    with district.read() as connection:
        counts = [
            connection.execute(select(func.count()).select_from(model)).scalar_one()
            for model in (Unit, Plan, Drill, Card, Movement)
        ]
    assert counts == [200, 600, 1200, 1000, 10_000]


def test_the_check_finds_nothing_wrong(district: Office) -> None:
    assert check(district).faults == ()


def test_stock_entries_are_what_the_movements_make(district: Office) -> None:
    """A second way of reckoning: the lines in the order of time, each applied to what lies there."""
    order = (Movement.occurred_on, Movement.recorded_at, Movement.document, Movement.line)
    columns = (Movement.id, Movement.kind, Movement.storehouse_id, Movement.item_id, Movement.lot_id)
    statement = select(*columns, Movement.quantity, Movement.to_storehouse_id).order_by(*order)
    kept = select(
        StockEntry.movement_id, Holding.storehouse_id, Holding.item_id, Holding.lot_id, StockEntry.delta
    )
    with district.read() as connection:
        movements = connection.execute(statement).all()
        entries = set(map(tuple, connection.execute(kept.join(Holding, Holding.id == StockEntry.holding_id))))
    balances: dict[tuple[int, int, int], float] = {}
    expected = set()
    for key, kind, storehouse, item, lot, quantity, target in movements:
        here = (storehouse, item, lot)
        there = balances.get(here, 0)
        delta = {"in": quantity, "return": quantity, "count": quantity - there}.get(kind, -quantity)
        for leg, change in ((here, delta), *([((target, item, lot), quantity)] if target else [])):
            balances[leg] = balances.get(leg, 0) + change
            expected.add((key, *leg, change))
            assert balances[leg] >= 0
    assert entries == expected


def test_ancestors_are_a_walk_up_the_tree(district: Office) -> None:
    with district.read() as connection:
        parents = dict(connection.execute(select(Unit.id, Unit.parent_id)).all())
        kept = set(
            connection.execute(
                select(UnitAncestor.unit_id, UnitAncestor.ancestor_id, UnitAncestor.distance)
            ).all()
        )
    walked = set()
    for unit in parents:
        above: int | None = unit
        distance = 0
        while above is not None:
            walked.add((unit, above, distance))
            above, distance = parents[above], distance + 1
    assert kept == walked


def test_plans_of_drills_were_in_force_on_the_day(district: Office) -> None:
    days: dict[tuple[int, str], date] = {}
    versions: dict[int, set[int]] = defaultdict(set)
    with district.read() as connection:
        for plan, version, kind, day in connection.execute(
            select(PlanEvent.plan_id, PlanEvent.version_id, PlanEvent.kind, PlanEvent.happened_on)
        ):
            days[version, kind] = min(day, days.get((version, kind), day))
            versions[plan].add(version)
        drills = connection.execute(
            select(Drill.plan_id, Drill.planned_on, Drill.started_at, Plan.retired_on)
            .join(Plan, Plan.id == Drill.plan_id)
        ).all()  # fmt: skip
    assert len(drills) > 100
    for plan, planned, started, retired in drills:
        day = local_day(started) if started else planned
        begins = (days.get((one, "published"), days.get((one, "approved"))) for one in versions[plan])
        assert min(begin for begin in begins if begin is not None) <= day
        assert retired is None or day < retired


def test_cards_belong_to_posts_of_their_units(district: Office) -> None:
    with district.read() as connection:
        pairs = connection.execute(
            select(Card.unit_id, Post.unit_id).join(Post, Post.id == Card.post_id)
        ).all()
    assert len(pairs) == 1000
    assert all(card == post for card, post in pairs)


def test_its_records_are_found(district: Office) -> None:
    with district.read() as connection:
        number = connection.execute(select(Drill.number).where(Drill.id == 700)).scalar_one()
    assert [hit.id for hit in search(district, number) if hit.kind == "drills"] == [700]


def test_it_is_the_same_each_time(file: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.office"
    make_office(again, SIZE)
    titles = []
    for path in (file, again):
        with Office.open(path, mode="read", clock=CLOCK) as office, office.read() as connection:
            titles.append(connection.execute(select(Drill.uid, Drill.title, Drill.planned_on)).all())
    assert titles[0] == titles[1]
