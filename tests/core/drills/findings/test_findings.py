"""Findings put right, verified by somebody else or by a later drill, opened again; and found again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from drillapp.core.attachments.store import content_of
from drillapp.core.check import check
from drillapp.core.drills.commands import save_drills, save_findings
from drillapp.core.drills.entries import DrillEntry, FindingEntry
from drillapp.core.drills.findings.commands import (
    Assignment,
    accept_risk,
    assign,
    put_right,
    reject,
    reopen,
    verify,
)
from drillapp.core.drills.findings.later import later_drills
from drillapp.core.drills.findings.proof import Proof
from drillapp.core.drills.findings.queries import repeats, steps_of
from drillapp.core.drills.queries import FINDINGS
from drillapp.core.drills.rows import FindingRow
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import use_language
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.retiring import retire
from drillapp.core.rules.queries import obligations
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry

UNIT = "110102"


def held(office: Office, number: str, day: date, unit: str = UNIT) -> None:
    start = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
    entry = DrillEntry(
        number=number, unit_code=unit, title=f"Drill {number}", planned_on=day, started_at=start,
        ended_at=start.replace(hour=3),
    )  # fmt: skip
    save_drills(office, [entry])


def found(office: Office, drill: str, number: str = "1", **said: str) -> int:
    entry = FindingEntry(drill_number=drill, number=number, text="The siren is weak", **said)
    (key,) = save_findings(office, [entry]).ids
    assert key is not None
    return key


def row(office: Office, key: int) -> FindingRow:
    return next(one for one in first_rows(office, FINDINGS, View(), 100) if one.id == key)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("zh_CN")


@pytest.fixture
def finding(office: Office) -> int:
    held(office, "D1", date(2026, 3, 2))
    return found(office, "D1", cause="equipment")


def assigned(office: Office, key: int) -> None:
    todo = Assignment("Mend the siren", "Wang", date(2026, 4, 1), "repair")
    assign(office, [key], todo, day=date(2026, 3, 3))


def test_from_found_to_verified_by_a_later_drill(office: Office, finding: int) -> None:
    assigned(office, finding)
    proof = Proof("receipt.png", "image/png", b"\x89PNG proof")
    put_right(office, [finding], day=date(2026, 3, 20), who="Li", note="New siren", proof=proof)
    assert row(office, finding).state == "done"
    held(office, "D0", date(2026, 3, 10))
    with pytest.raises(InvalidInput, match="before the action was done"):
        verify(office, [finding], day=date(2026, 6, 2), who="Zhao", effect="Heard", drill_number="D0")
    held(office, "D2", date(2026, 6, 1))
    verify(office, [finding], day=date(2026, 6, 2), who="Zhao", effect="Heard by all", drill_number="D2")
    now = row(office, finding)
    assert (now.state, now.verified_by, now.verified_drill, now.effect) == (
        "verified",
        "Zhao",
        "D2",
        "Heard by all",
    )
    steps = steps_of(office, finding)
    assert [(one.kind, one.who) for one in steps] == [
        ("assigned", "Wang"), ("done", "Li"), ("verified", "Zhao"),
    ]  # fmt: skip
    assert steps[1].digest is not None
    assert content_of(office, steps[1].digest) == b"\x89PNG proof"
    assert steps[2].drill_number == "D2"
    assert check(office).ok


def test_the_drill_in_which_it_was_found_verifies_nothing(office: Office, finding: int) -> None:
    todo = Assignment("Mend the siren", "Wang", date(2026, 4, 1))
    assign(office, [finding], todo, day=date(2026, 3, 2))
    put_right(office, [finding], day=date(2026, 3, 2), who="Li", note="New siren")
    with pytest.raises(InvalidInput, match="cannot show"):
        verify(office, [finding], day=date(2026, 3, 3), who="Zhao", effect="Heard", drill_number="D1")


def test_assigned_anew_it_keeps_its_kind_of_action(office: Office, finding: int) -> None:
    assigned(office, finding)
    assign(office, [finding], Assignment(" Buy one ", " Wu ", date(2026, 5, 1)), day=date(2026, 3, 4))
    now = row(office, finding)
    assert (now.action, now.owner, now.action_kind) == ("Buy one", "Wu", "repair")


def test_what_cannot_be_stored_and_days_gone_by_are_refused(office: Office, finding: int) -> None:
    todo, early = Assignment("a\x00b", "x" * 5000, date(2026, 3, 1)), date(2026, 3, 20)
    with pytest.raises(InvalidInput) as refusal:
        assign(office, [finding], todo, day=date(2026, 3, 3))
    assert {one.field for one in refusal.value.problems} == {"action", "owner", "due_on"}
    assigned(office, finding)
    put_right(office, [finding], day=date(2026, 3, 20), who="Li", note="New siren")
    with pytest.raises(InvalidInput):
        reject(office, [finding], day=date(2026, 3, 21), who="Zhao", reason="Weak", due_on=early)


def test_what_fails_leaves_nothing(office: Office, finding: int) -> None:
    assigned(office, finding)
    put_right(office, [finding], day=date(2026, 3, 20), who="Li", note="New siren")
    for who in ("Li", "Wang", " "):
        with pytest.raises(InvalidInput):
            verify(office, [finding], day=date(2026, 3, 21), who=who, effect="Heard")
    with pytest.raises(NotFound, match="D9"):
        verify(office, [finding], day=date(2026, 3, 21), who="Zhao", effect="Heard", drill_number="D9")
    with pytest.raises(InvalidInput, match="not come yet"):
        reopen(office, [finding], day=date(2030, 1, 1), who="Zhao", reason="Weak again")
    assert [one.kind for one in steps_of(office, finding)] == ["assigned", "done"]
    assert row(office, finding).state == "done"


def test_opening_again_keeps_the_history(office: Office, finding: int) -> None:
    assigned(office, finding)
    put_right(office, [finding], day=date(2026, 3, 20), note="New siren")
    reject(office, [finding], day=date(2026, 3, 25), who="Zhao", reason="Not heard", due_on=date(2026, 5, 1))
    assert (row(office, finding).state, row(office, finding).due_on) == ("overdue", date(2026, 5, 1))
    put_right(office, [finding], day=date(2026, 4, 20), note="Two sirens")
    verify(office, [finding], day=date(2026, 4, 21), who="Zhao", effect="Heard")
    reopen(office, [finding], day=date(2026, 9, 1), who="Sun", reason="Broken", due_on=date(2026, 12, 31))
    now = row(office, finding)
    assert (now.state, now.done_on, now.verified_by, now.effect) == ("open", None, None, None)
    kinds = [one.kind for one in steps_of(office, finding)]
    assert kinds == ["assigned", "done", "rejected", "done", "verified", "reopened"]


def test_a_risk_is_accepted_until_a_day(office: Office, finding: int) -> None:
    with pytest.raises(InvalidInput):
        accept_risk(office, [finding], day=date(2026, 3, 5), who="Sun", reason="Rare", until=date(2026, 3, 5))

    def asked() -> tuple[str, date | None]:
        (duty,) = obligations(office, settled_by=("finding_corrected",))
        return duty.state, duty.due_on

    assert asked()[0] == "overdue"
    accept_risk(office, [finding], day=date(2026, 3, 5), who="Sun", reason="Rare", until=date(2026, 12, 31))
    assert row(office, finding).state == "accepted"
    assert asked() == ("due", date(2026, 12, 31))
    office.as_of = date(2027, 1, 1)
    assert row(office, finding).state == "open"
    assert asked()[0] == "overdue"


def test_several_at_once_or_none(office: Office, finding: int) -> None:
    other = found(office, "D1", "2", action="Train", owner="Li")
    with pytest.raises(InvalidInput, match="D1/1"):
        put_right(office, [finding, other], day=date(2026, 3, 20), note="Done")
    assert row(office, other).done_on is None
    assigned(office, finding)
    put_right(office, [finding, other], day=date(2026, 3, 20), note="Done")
    assert {row(office, key).state for key in (finding, other)} == {"done"}


def test_the_same_again_in_the_family_within_three_years(office: Office) -> None:
    save_units(
        office,
        [
            UnitEntry(code="S", name="Street", parent_code=UNIT, kind="street"),
            UnitEntry(code="S1", name="One", parent_code="S", kind="community"),
            UnitEntry(code="S2", name="Two", parent_code="S", kind="community"),
            UnitEntry(code="T", name="Other street", parent_code=UNIT, kind="street"),
            UnitEntry(code="T1", name="Three", parent_code="T", kind="community"),
        ],
    )
    held(office, "OLD", date(2022, 3, 1), "S1")
    held(office, "A", date(2024, 3, 1), "S1")
    held(office, "B", date(2025, 3, 1), "T1")
    held(office, "C", date(2026, 3, 1), "S2")
    old = found(office, "OLD", cause="training")
    first = found(office, "A", cause="training")
    elsewhere = found(office, "B", cause="training")
    again = found(office, "C", cause="training")
    other_cause = found(office, "C", "2", cause="plan")
    without = found(office, "C", "3")
    told = repeats(office, [old, first, elsewhere, again, other_cause, without])
    assert {key: [one.earlier_id for one in ones] for key, ones in told.items()} == {
        first: [old],
        again: [first],
    }
    assert told[again][0].drill_number == "A"
    chosen = first_rows(office, FINDINGS, View(choices={"again": ("yes",)}), 100)
    assert {one.id for one in chosen} == {first, again}
    assert {one.id for one in first_rows(office, FINDINGS, View(), 100) if one.again} == {first, again}


def test_repeats_end_after_three_years_and_begin_with_another_drill(office: Office) -> None:
    for number, day in (("A", date(2022, 5, 4)), ("B", date(2022, 5, 5)), ("C", date(2025, 5, 5))):
        held(office, number, day)
    keys = [found(office, number, cause="training") for number in "ABC"]
    same_drill = found(office, "C", "2", cause="training")
    told = repeats(office, [*keys, same_drill])
    assert {key: [one.drill_number for one in ones] for key, ones in told.items()} == {
        keys[1]: ["A"], keys[2]: ["B"], same_drill: ["B"],
    }  # fmt: skip
    retire(office, "findings", [keys[1]], date(2025, 6, 1))
    assert repeats(office, [keys[2]]) == {}
    assert [one.id for one in first_rows(office, FINDINGS, View(choices={"again": ("yes",)}), 9)] == []


def test_nothing_is_done_before_what_was_done_already(office: Office, finding: int) -> None:
    assigned(office, finding)
    put_right(office, [finding], day=date(2026, 3, 20), note="New siren")
    with pytest.raises(InvalidInput, match="2026-03-20"):
        assign(office, [finding], Assignment("Else", "Li", date(2026, 9, 1)), day=date(2026, 3, 10))
    assert row(office, finding).owner == "Wang"


def test_a_file_alone_shows_that_it_was_put_right(office: Office, finding: int) -> None:
    assigned(office, finding)
    with pytest.raises(InvalidInput, match="add the proof"):
        put_right(office, [finding], day=date(2026, 3, 20))
    put_right(office, [finding], day=date(2026, 3, 20), proof=Proof("new.jpg", "image/jpeg", b"photo"))
    assert [one.note for one in steps_of(office, finding)][-1] == "new.jpg"


def test_later_drills_of_the_unit_or_the_plan_can_verify(office: Office, finding: int) -> None:
    assigned(office, finding)
    put_right(office, [finding], day=date(2026, 3, 20), note="New siren")
    save_units(office, [UnitEntry(code="E", name="Elsewhere", parent_code=UNIT, kind="street")])
    held(office, "D0", date(2026, 3, 10))
    held(office, "D2", date(2026, 4, 10))
    held(office, "D3", date(2026, 4, 12), "E")
    assert [one.number for one in later_drills(office, [finding])] == ["D2"]
