"""A card by the command line: from a template, into a hand, looked up, stale when its plan moves on, taken back."""

from __future__ import annotations

import pytest

from tests.cli.line import Line
from tests.cli.test_plan_commands import PLAN, in_force

CARD = "CZK-1"


@pytest.fixture
def card(line: Line) -> Line:
    """A card from a template, of a plan in force."""
    line.bring("plans", f"number,title,unit_code,tier,kind\n{PLAN},德胜街道总体应急预案,S1,street,overall\n")
    in_force(line)
    line.bring("posts", "unit_code,name,key_post\nE1,值班长,yes\n")
    line.ok(
        "cards", "fill", "gas_leak", "--number", CARD, "--unit", "E1", "--post", "值班长", "--person", "王五",
        "--plan", PLAN, "--place", "meeting_point=东门外",
    )  # fmt: skip
    return line


def test_a_template_becomes_a_card_with_its_places_filled(card: Line) -> None:
    (made,) = card.json("list", "cards")
    assert (made["post"], made["person"]) == ("值班长", "王五")
    assert "东门外" in made["route"]
    assert "gas_leak" in {one["id"] for one in card.json("cards", "templates", "--post", "值班长")}
    twice = card.run("cards", "fill", "gas_leak", "--number", CARD, "--unit", "E1", "--post", "值班长")
    assert twice.exit_code == 1
    assert CARD in twice.stderr
    wrong = card.run(
        "cards", "fill", "gas_leak", "--number", "N", "--unit", "E1", "--post", "值班长", "--place", "moon=1"
    )
    assert wrong.exit_code == 1
    assert "moon" in wrong.stderr
    assert card.run("cards", "fill", "dragon", "--number", "N", "--unit", "E1", "--post", "x").exit_code == 1


def test_a_copy_goes_out_is_signed_for_and_comes_back(card: Line) -> None:
    card.ok("cards", "issue", CARD, "--on", "2026-10-12")
    card.ok("cards", "acknowledge", CARD, "--on", "2026-10-13")
    assert card.run("cards", "acknowledge", CARD).exit_code == 1
    (copy,) = card.json("cards", "copies")
    assert (copy["person"], copy["state"]) == ("王五", "acknowledged")
    card.ok("cards", "recall", CARD, "--how", "lost", "--on", "2026-11-01")
    assert [one["state"] for one in card.json("cards", "copies")] == ["lost"]
    assert card.run("cards", "recall", CARD).exit_code == 1
    assert "NONE" in card.run("cards", "issue", "NONE").stderr


def test_a_card_is_stale_once_its_plan_moves_on_until_it_is_checked(card: Line) -> None:
    card.ok("cards", "issue", CARD, "--on", "2026-10-12")
    assert card.json("cards", "look-up", CARD)["verdict"] == "right"
    assert card.json("cards", "stale") == []
    card.ok("plan", "begin", PLAN, "--label", "2")
    for event in (
        ("drafted", "2026-11-02"), ("risk_assessed", "2026-11-02"), ("resources_surveyed", "2026-11-02"),
        ("reviewed", "2026-11-03", "--person", "王五", "--conclusion", "passed"), ("approved", "2026-11-04"),
        ("published", "2026-11-05"),
    ):  # fmt: skip
        card.ok("plan", "record", PLAN, event[0], "--on", *event[1:])
    (stale,) = card.json("cards", "stale", "--unit", "E1")
    assert (stale["number"], stale["reasons"]) == (CARD, "section_superseded")
    assert [one["number"] for one in card.json("cards", "copies", "--to-recall")] == [CARD]
    assert card.json("cards", "look-up", CARD)["verdict"] == "stale"
    assert "no longer right" in card.ok("cards", "look-up", CARD)
    card.ok("cards", "checked", CARD)
    assert card.json("cards", "stale") == []


def test_nobody_knows_a_card_that_there_is_not(card: Line) -> None:
    assert card.json("cards", "look-up", "XXX V3 ABC123")["verdict"] == "unknown"
    assert "NONE" in card.run("cards", "checked", "NONE").stderr
