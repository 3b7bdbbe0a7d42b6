"""Bulletins stay as they were issued, and tell afterwards what facts entered later would have changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

import pytest

from drillapp.core.check import check
from drillapp.core.clock import FixedClock
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.listing import View, keys, rows
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.readiness.bulletins.commands import (
    issue_bulletin,
    next_bulletin_number,
    withdraw_bulletin,
)
from drillapp.core.readiness.bulletins.queries import (
    BULLETINS,
    bulletin,
    bulletin_content,
    bulletin_named,
    recomputed,
)
from drillapp.core.readiness.bulletins.rows import BulletinEntry
from drillapp.core.readiness.queries import readiness
from tests.core.rules.district import random_facts
from tests.core.rules.entering import enter

pytestmark = pytest.mark.sqlite_only("arithmetic over rows that test_random_districts asks of both databases")

DAY = date(2026, 9, 30)
PAPER = b"%PDF-1.7 bulletin"


@pytest.fixture
def office(office_location: str, clock: FixedClock) -> Iterator[Office]:
    with Office.open(office_location, clock=clock) as opened:
        enter(opened, random_facts(Random(4)))  # its street and its community have no plan
        yield opened


@pytest.fixture
def district(office: Office) -> int:
    return next(row.unit_id for row in readiness(office) if row.unit == "110102")


def test_it_is_numbered_listed_and_kept_with_its_paper(office: Office, district: int) -> None:
    number = next_bulletin_number(office, district)
    issued = issue_bulletin(office, BulletinEntry(district, DAY, date(2026, 6, 30)), PAPER)
    assert issued.number == number == "110102-TB-2026-01"
    assert next_bulletin_number(office, district) == "110102-TB-2026-02"
    (row,) = rows(office, BULLETINS, keys(office, BULLETINS, View()))
    assert row == bulletin(office, issued.id) == bulletin_named(office, number)
    assert (row.as_of, row.compared_with, row.formula) == (DAY, date(2026, 6, 30), "2026-2")
    assert row.has_paper
    assert bulletin_content(office, issued.id) == PAPER
    assert issued.changes.kinds == {"bulletins"}
    assert check(office).ok


def test_it_says_by_its_own_formula_what_later_entries_changed(office: Office, district: int) -> None:
    issued = {
        version: issue_bulletin(office, BulletinEntry(district, DAY, version=version)).id
        for version in ("2026-1", "2026-2")
    }
    for key in issued.values():
        assert recomputed(office, key).differences == ()
    before = {
        version: {row.unit: row for row in readiness(office, district, DAY, version)} for version in issued
    }
    late = [
        PlanEntry(number=f"{unit}-LATE", title="补录", unit_code=unit, approved_on=date(2026, 9, 1))
        for unit in ("C", "S")
    ]
    save_plans(office, late)
    for version, key in issued.items():
        found = recomputed(office, key)
        after = {row.unit: row for row in readiness(office, district, DAY, version)}
        assert found.differences
        assert {one.unit for one in found.differences} == {
            unit for unit, row in after.items() if row != before[version].get(unit)
        }
        for one in found.differences:
            old, new = before[version].get(one.unit), after.get(one.unit)
            assert (one.score_then, one.score_now) == (old and old.score, new and new.score)
            assert "plans" in one.indicators


def test_entries_after_its_day_change_nothing(office: Office, district: int) -> None:
    key = issue_bulletin(office, BulletinEntry(district, DAY)).id
    save_plans(office, [PlanEntry(number="N", title="新", unit_code="C", approved_on=date(2026, 10, 1))])
    assert recomputed(office, key).differences == ()


def test_a_withdrawn_one_leaves_the_list_but_keeps_its_number(office: Office, district: int) -> None:
    first = issue_bulletin(office, BulletinEntry(district, DAY))
    withdraw_bulletin(office, first.id, office.as_of)
    assert list(keys(office, BULLETINS, View())) == []
    assert list(keys(office, BULLETINS, View(retired=True))) == [first.id]
    assert issue_bulletin(office, BulletinEntry(district, DAY)).number == "110102-TB-2026-02"
    with pytest.raises(InvalidInput):
        withdraw_bulletin(office, first.id, office.as_of)


@pytest.mark.parametrize(
    ("more", "pdf", "field"),
    [
        ({"as_of": date(2026, 11, 25)}, None, "as_of"),
        ({"compared_with": DAY}, None, "compared_with"),
        ({"title": "a\x00b"}, None, "title"),
        ({}, b"no paper", "pdf"),
    ],
)
def test_what_cannot_be_published_is_refused(
    office: Office, district: int, more: dict[str, object], pdf: bytes | None, field: str
) -> None:
    entry = BulletinEntry(**{"unit_id": district, "as_of": DAY, **more})  # type: ignore[arg-type]
    with pytest.raises(InvalidInput) as refused:
        issue_bulletin(office, entry, pdf)
    assert refused.value.field == field
    assert list(keys(office, BULLETINS, View(retired=True))) == []


def test_a_number_is_given_once_and_unknown_ones_are_not_found(office: Office, district: int) -> None:
    issue_bulletin(office, BulletinEntry(district, DAY, number="A-1"))
    with pytest.raises(InvalidInput, match="A-1"):
        issue_bulletin(office, BulletinEntry(district, DAY, number="A-1"))
    with pytest.raises(NotFound):
        bulletin_named(office, "A-2")
    with pytest.raises(NotFound):
        bulletin_content(office, bulletin_named(office, "A-1").id)
    with pytest.raises(NotFound):
        issue_bulletin(office, BulletinEntry(10**6, DAY))
