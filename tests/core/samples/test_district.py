"""The sample district hangs together: units, plans, drills, findings, cards, teams."""

from __future__ import annotations

from collections import Counter

import pytest

LAST_DAY = "2026-11-24"
"""Nothing in the sample has happened after this day; drills may be planned for later."""


@pytest.fixture(scope="module")
def units(ledger):
    return {row["code"]: row for row in ledger("units")}


@pytest.fixture(scope="module")
def plans(ledger):
    return {row["number"]: row for row in ledger("plans")}


def in_force(plan, day):
    return bool(plan["published_on"]) and plan["published_on"] <= day and not ("" < plan["retired_on"] <= day)


def test_the_tree_is_the_real_one_with_invented_units_in_it(ledger, units):
    kinds = Counter(row["kind"] for row in units.values())
    assert (kinds["区"], kinds["街道"], kinds["社区"]) == (1, 15, 263)
    assert kinds["部门"] >= 12
    assert sum(kinds[kind] for kind in ("企业", "场所", "站点", "学校", "医院", "养老机构")) >= 300
    assert {sector for row in units.values() for sector in row["sectors"].split("、") if sector} == {
        "危险化学品", "城市建设", "交通运输", "特种设备", "工贸", "城市运行", "消防安全",
    }  # fmt: skip


def test_parents_stand_before_those_under_them(ledger):
    seen = {""}
    for row in ledger("units"):
        assert row["parent_code"] in seen
        seen.add(row["code"])


@pytest.mark.parametrize(
    "kind", ["posts", "people", "plans", "drills", "findings", "storehouses", "cards", "teams"]
)
def test_unit_codes_exist(ledger, units, kind):
    assert {row["unit_code"] for row in ledger(kind)} <= units.keys()


def test_people_hold_posts_of_their_unit(ledger):
    posts = {(row["unit_code"], row["name"]) for row in ledger("posts")}
    assert {(row["unit_code"], row["post"]) for row in ledger("people")} <= posts


def test_a_plan_stands_under_one_written_before_it(ledger):
    seen = {""}
    for row in ledger("plans"):
        assert row["parent_number"] in seen
        seen.add(row["number"])


def test_a_plan_lives_in_order(ledger):
    for row in ledger("plans"):
        life = [row[name] for name in ("approved_on", "published_on") if row[name]]
        assert len(life) in (0, 2)
        assert life == sorted(life)
        for later in ("filed_on", "assessed_on"):
            assert not row[later] or life[1] < row[later] <= LAST_DAY
        assert bool(row["filed_on"]) == bool(row["filing_number"])
        assert not row["retired_on"] or life[1] < row["retired_on"]


def test_plans_differ_as_the_task_of_an_office_does(ledger):
    rows = ledger("plans")
    assert sum(1 for row in rows if not row["published_on"]) >= 20
    assert sum(1 for row in rows if row["published_on"] and not row["filed_on"]) >= 50
    assert sum(1 for row in rows if row["retired_on"]) >= 100
    old = [
        row
        for row in rows
        if row["published_on"] and row["published_on"] < "2023-11-24" and not row["retired_on"]
    ]
    assert 20 <= sum(1 for row in old if not row["assessed_on"]) < len(old)


def test_a_drill_follows_a_plan_of_its_unit_in_force_that_day(ledger, plans):
    for row in ledger("drills"):
        plan = plans[row["plan_number"]]
        assert plan["unit_code"] == row["unit_code"]
        for day in filter(None, (row["planned_on"], row["started_at"][:10])):
            assert in_force(plan, day), row["number"]


def test_a_unit_drills_only_while_there_is_one(ledger, units):
    for row in ledger("drills"):
        unit = units[row["unit_code"]]
        day = row["started_at"][:10] or row["planned_on"]
        assert unit["valid_from"] <= day
        assert not ("" < unit["valid_to"] <= day)


def test_a_drill_ends_after_it_began_and_is_reported_after(ledger):
    for row in ledger("drills"):
        assert (
            bool(row["started_at"])
            == bool(row["ended_at"])
            == bool(row["rating"])
            == bool(row["participants"])
        )
        assert not row["started_at"] or row["started_at"] < row["ended_at"] < f"{LAST_DAY}T23"
        assert not row["reported_on"] or row["ended_at"][:10] <= row["reported_on"] <= LAST_DAY


def test_every_month_of_two_years_has_drills_and_some_are_ahead(ledger):
    held = Counter(row["started_at"][:7] for row in ledger("drills") if row["started_at"])
    months = [
        "2024-12",
        *(f"2025-{month:02}" for month in range(1, 13)),
        *(f"2026-{m:02}" for m in range(1, 12)),
    ]
    assert min(held[month] for month in months) >= 10
    assert sum(1 for row in ledger("drills") if row["planned_on"] > LAST_DAY) >= 20


def test_findings_belong_to_drills_that_were_held(ledger):
    held = {row["number"]: row["ended_at"][:10] for row in ledger("drills") if row["ended_at"]}
    for row in ledger("findings"):
        assert row["due_on"] > held[row["drill_number"]]
        assert not row["done_on"] or held[row["drill_number"]] <= row["done_on"] <= LAST_DAY
        assert not row["verified_on"] or "" < row["done_on"] <= row["verified_on"] <= LAST_DAY
        assert bool(row["verified_on"]) == bool(row["verified_by"])


def test_findings_are_open_overdue_done_and_verified(ledger):
    rows = ledger("findings")
    undone = [row for row in rows if not row["done_on"]]
    assert sum(1 for row in undone if row["due_on"] < LAST_DAY) >= 20
    assert sum(1 for row in undone if row["due_on"] >= LAST_DAY) >= 5
    assert sum(1 for row in rows if row["done_on"] and not row["verified_on"]) >= 20
    assert sum(1 for row in rows if row["verified_on"]) >= 200


def test_logs_run_within_their_drill(ledger):
    held = {row["number"]: row for row in ledger("drills") if row["ended_at"]}
    lengths = Counter(row["drill_number"] for row in ledger("drill_log"))
    assert 35 <= len(lengths) <= 60
    assert set(lengths.values()) <= set(range(6, 16))
    for row in ledger("drill_log"):
        drill = held[row["drill_number"]]
        assert drill["started_at"] <= row["at"] <= drill["ended_at"]


def test_cards_are_for_key_posts_and_held_by_their_people(ledger, plans):
    posts = {(row["unit_code"], row["name"]): row["key_post"] for row in ledger("posts")}
    people = {(row["unit_code"], row["name"]): row["post"] for row in ledger("people")}
    for row in ledger("cards"):
        assert posts[row["unit_code"], row["post"]] == "是"
        assert people[row["unit_code"], row["person"]] == row["post"]
        assert not row["plan_number"] or plans[row["plan_number"]]["unit_code"] == row["unit_code"]
        assert not row["acknowledged_on"] or "" < row["issued_on"] <= row["acknowledged_on"] <= LAST_DAY


def test_cards_are_short_and_forbid_what_kills_rescuers(ledger):
    for row in ledger("cards"):
        assert 4 <= len(row["steps"].splitlines()) <= 8
        assert "{" not in row["steps"] + row["contacts"]
        if "有限空间" in row["title"]:
            assert "严禁盲目施救" in row["steps"] or "严禁无防护人员下井" in row["steps"]
        if "燃气泄漏" in row["title"] and "管线" not in row["title"]:
            assert "不开关" in row["steps"]


def test_good_and_bad_sub_districts_differ(ledger):
    key = Counter(row["unit_code"][:9] for row in ledger("posts") if row["key_post"] == "是")
    cards = Counter(row["unit_code"][:9] for row in ledger("cards") if row["issued_on"])
    share = {street: cards[street] / key[street] for street in key}
    finance_street, dashilan = "110102011", "110102013"
    assert share[finance_street] > 0.85
    assert share[dashilan] < 0.6
