"""Saving, by form or by ledger, goes one way: whole or not at all, told what is wrong, nothing twice."""

from __future__ import annotations

import threading
from datetime import date
from itertools import product
from typing import Any

import pytest
from sqlalchemy import select

from drillapp.core.errors import Conflict, InvalidInput, NotFound
from drillapp.core.kinds import KINDS
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.progress import Cancelled
from drillapp.core.saving import Editing, Saved, Saving
from drillapp.core.units.commands import save_people, save_posts, save_units
from drillapp.core.units.entries import PersonEntry, PostEntry, UnitEntry
from drillapp.core.units.model import Unit
from drillapp.core.units.queries import UNITS, UnitRow
from drillapp.core.work import Origin


def units(office: Office) -> dict[str, UnitRow]:
    return {row.code: row for row in first_rows(office, UNITS, View(), 100)}


def counts(saved: Saved) -> tuple[int, int, int]:
    return saved.created, saved.updated, saved.unchanged


def test_the_same_entries_twice_change_nothing_the_second_time(office: Office) -> None:
    entries = [
        UnitEntry(code="A", name="甲", kind="street", parent_code="110102", sectors=("transport", "construction"),
                  high_risk=True, headcount=0, address="", valid_from=date(2020, 2, 29)),
        UnitEntry(code="B", name="乙", parent_code="A", kind=None, crowded=None, headcount=None),
    ]  # fmt: skip
    assert counts(save_units(office, entries)) == (2, 0, 0)
    before = units(office)
    saved = save_units(office, entries)
    assert counts(saved) == (0, 0, 2)
    assert saved.changes.kinds == frozenset()
    assert units(office) == before


def test_what_an_entry_does_not_say_stays(office: Office) -> None:
    save_units(office, [UnitEntry(code="A", name="甲", address="西直门", headcount=5, parent_code="110102")])
    save_units(office, [UnitEntry(code="A", name="甲甲")])
    row = units(office)["A"]
    assert (row.name, row.address, row.headcount, row.parent_code) == ("甲甲", "西直门", 5, "110102")


def test_nothing_said_on_purpose_empties_the_field(office: Office) -> None:
    save_units(
        office,
        [
            UnitEntry(
                code="A", name="甲", address="西直门", kind="street", high_risk=True, sectors=("transport",)
            )
        ],
    )
    saved = save_units(
        office, [UnitEntry(code="A", name="甲", address=None, kind=None, high_risk=None, sectors=())]
    )
    row = units(office)["A"]
    assert counts(saved) == (0, 1, 0)
    assert (row.address, row.kind, row.high_risk, row.sectors) == (None, "other", False, None)


def test_one_bad_entry_keeps_all_out(office: Office) -> None:
    good, bad, worse = (
        UnitEntry(code="A", name="甲"),
        UnitEntry(code="B", name=" ", kind="castle", headcount=-1),
        UnitEntry(code="C", name="丙", parent_code="nowhere"),
    )
    with pytest.raises(InvalidInput) as refusal:
        save_units(office, [good, bad, worse])
    found = {(problem.index, problem.field): problem.value for problem in refusal.value.problems}
    assert found == {
        (1, "name"): " ",
        (1, "kind"): "castle",
        (1, "headcount"): "-1",
        (2, "parent_code"): "nowhere",
    }
    assert units(office).keys() == {"110102"}


def test_partial_saves_the_good_ones_and_tells_of_the_others(office: Office) -> None:
    entries = [UnitEntry(code="A", name="甲"), UnitEntry(code="B", name=""), UnitEntry(code="C", name="丙")]
    saved = save_units(office, entries, Saving(partial=True))
    assert counts(saved) == (2, 0, 0)
    assert [(problem.index, problem.field) for problem in saved.problems] == [(1, "name")]
    assert saved.ids[1] is None
    assert units(office).keys() == {"110102", "A", "C"}


def test_a_dry_run_finds_the_same_and_writes_nothing(office: Office) -> None:
    save_units(office, [UnitEntry(code="A", name="甲")])
    before = units(office)
    entries = [UnitEntry(code="A", name="甲甲"), UnitEntry(code="B", name="乙")]
    saved = save_units(office, entries, Saving(dry_run=True))
    assert counts(saved) == (1, 1, 0)
    assert saved.changes.kinds == frozenset()
    assert units(office) == before
    with pytest.raises(InvalidInput):
        save_units(office, [UnitEntry(code="", name="乙")], Saving(dry_run=True))
    assert counts(save_units(office, entries)) == (1, 1, 0)


def test_no_entries_are_no_work(office: Office) -> None:
    assert [kind.save(office, [], Saving()) for kind in KINDS.values()] == [Saved()] * len(KINDS)


def test_a_text_that_cannot_be_stored_is_refused_at_its_field(office: Office) -> None:
    for text, field in product(
        ("a\x00b", "\ud800", "甲" * 4001), ("code", "name", "parent_code", "address", "kind")
    ):
        entry = UnitEntry(**{"code": "A", "name": "甲"} | {field: text})
        with pytest.raises(InvalidInput) as refusal:
            save_units(office, [entry])
        assert [problem.field for problem in refusal.value.problems] == [field]
    assert units(office).keys() == {"110102"}


def test_a_reference_that_cannot_be_stored_is_refused_at_its_field(office: Office) -> None:
    for text in ("a\x00b", "\ud800"):
        with pytest.raises(InvalidInput) as refusal:
            save_posts(office, [PostEntry(unit_code=text, name="x")])
        assert refusal.value.field == "unit_code"


def test_texts_of_the_longest_length_are_kept(office: Office) -> None:
    names = ["甲" * 4000, "x" * 4000, "'\"\\%_;--\n\t" * 400, "𠮷😀"]
    save_units(office, [UnitEntry(code=str(i), name=name) for i, name in enumerate(names)])
    found = units(office)
    assert [found[str(i)].name for i in range(len(names))] == names


def test_a_number_that_cannot_be_stored_is_refused_at_its_field(office: Office) -> None:
    for number in (2**31, 2**63, 10**30):
        with pytest.raises(InvalidInput) as refusal:
            save_units(office, [UnitEntry(code="A", name="甲", headcount=number)])
        assert refusal.value.field == "headcount"
    save_units(office, [UnitEntry(code="A", name="甲", headcount=2**31 - 1)])
    assert units(office)["A"].headcount == 2**31 - 1


def test_the_same_key_twice_is_refused(office: Office) -> None:
    entries = [UnitEntry(code="A", name="甲"), UnitEntry(code="A", name="乙")]
    with pytest.raises(InvalidInput) as refusal:
        save_units(office, entries)
    assert [(problem.index, problem.field) for problem in refusal.value.problems] == [(1, "code")]
    people = [PersonEntry(unit_code="110102", name="王"), PersonEntry(unit_code="110102", name="王")]
    with pytest.raises(InvalidInput) as refusal:
        save_people(office, people)
    assert [(problem.index, problem.field) for problem in refusal.value.problems] == [(1, "name")]


def test_references_to_unknown_units_are_refused(office: Office) -> None:
    with pytest.raises(InvalidInput, match="X9") as refusal:
        save_people(
            office, [PersonEntry(unit_code="110102", name="王"), PersonEntry(unit_code="X9", name="李")]
        )
    assert [(problem.index, problem.field, problem.value) for problem in refusal.value.problems] == [
        (1, "unit_code", "X9")
    ]


def test_cancelled_work_leaves_nothing(office: Office) -> None:
    class Impatient:
        def step(self, done: int, total: int | None, text: str) -> None:
            if done:
                raise Cancelled

    with pytest.raises(Cancelled):
        save_units(
            office, [UnitEntry(code=f"U{i}", name="x") for i in range(10)], Saving(progress=Impatient())
        )
    assert units(office).keys() == {"110102"}


@pytest.mark.sqlite_only("a server is told all rows at once")
def test_very_many_records_can_be_stopped_between_any_of_their_blocks(office: Office) -> None:
    class Impatient:
        def __init__(self) -> None:
            self.seen: list[int] = []

        def step(self, done: int, total: int | None, text: str) -> None:
            self.seen.append(done)
            if 4000 < done < 6000:
                raise Cancelled

    reader = Impatient()
    with pytest.raises(Cancelled):
        save_units(office, [UnitEntry(code=f"U{i}", name="x") for i in range(8000)], Saving(progress=reader))
    assert reader.seen[-1] == 4625  # half of it is the check, then 2,500 of 8,000 rows are on their way
    assert units(office).keys() == {"110102"}


def test_changes_say_which_units_were_touched(office: Office) -> None:
    save_units(office, [UnitEntry(code="A", name="甲"), UnitEntry(code="B", name="乙")])
    posts = [PostEntry(unit_code="A", name="x"), PostEntry(unit_code="B", name="x")]
    save_posts(office, posts)
    changes = save_posts(office, [posts[0], PostEntry(unit_code="B", name="x", key_post=True)]).changes
    assert changes.kinds == {"posts"}
    assert changes.unit_ids == {units(office)["B"].id}
    assert changes.touches("people", "posts")
    assert not changes.touches("people")


# Editing by a form -----------------------------------------------------------------------------------------------


def test_a_form_that_is_out_of_date_is_refused(office: Office) -> None:
    save_units(office, [UnitEntry(code="A", name="甲")])
    opened = units(office)["A"]
    editing = Saving(editing=Editing(opened.id, opened.revision))
    save_units(office, [UnitEntry(code="A", name="先")], editing)
    with pytest.raises(Conflict):
        save_units(office, [UnitEntry(code="A", name="后")], editing)
    assert units(office)["A"].name == "先"
    assert units(office)["A"].revision == opened.revision + 1


def test_a_code_can_be_changed_and_the_record_stays_the_same(office: Office) -> None:
    save_units(office, [UnitEntry(code="A", name="甲"), UnitEntry(code="B", name="乙", parent_code="A")])
    before = uids(office)
    opened = units(office)["A"]
    saved = save_units(
        office, [UnitEntry(code="A2", name="甲")], Saving(editing=Editing(opened.id, opened.revision))
    )
    assert counts(saved) == (0, 1, 0)
    assert uids(office)["A2"] == before["A"]
    assert units(office)["B"].parent_code == "A2"
    assert "A" not in units(office)


def uids(office: Office) -> dict[str, str]:
    with office.read() as connection:
        return {row.code: row.uid for row in connection.execute(select(Unit.code, Unit.uid))}


def test_a_code_cannot_be_changed_to_anothers(office: Office) -> None:
    save_units(office, [UnitEntry(code="A", name="甲"), UnitEntry(code="B", name="乙")])
    opened = units(office)["A"]
    with pytest.raises(InvalidInput) as refusal:
        save_units(
            office, [UnitEntry(code="B", name="甲")], Saving(editing=Editing(opened.id, opened.revision))
        )
    assert refusal.value.field == "code"


def test_a_record_that_is_gone_cannot_be_edited(office: Office) -> None:
    with pytest.raises(NotFound):
        save_units(office, [UnitEntry(code="A", name="甲")], Saving(editing=Editing(999_999, 1)))


def test_of_two_seats_that_edit_at_once_one_is_told(office_url: str) -> None:
    with Office.open(office_url) as first, Office.open(office_url) as second:
        save_units(first, [UnitEntry(code="A", name="甲")])
        opened = units(first)["A"]
        editing = Saving(editing=Editing(opened.id, opened.revision))
        told: list[Any] = []
        start = threading.Barrier(2)

        def edit(office: Office, name: str) -> None:
            start.wait()
            try:
                told.append(save_units(office, [UnitEntry(code="A", name=name)], editing).updated)
            except Conflict as conflict:
                told.append(conflict)

        for attempt in range(5):
            told.clear()
            editing = Saving(editing=Editing(opened.id, units(first)["A"].revision))
            seats = [
                threading.Thread(target=edit, args=(seat, f"{attempt}{seat is first}"))
                for seat in (first, second)
            ]
            for thread in seats:
                thread.start()
            for thread in seats:
                thread.join()
            assert sorted(type(outcome).__name__ for outcome in told) == ["Conflict", "int"]


def test_two_seats_that_add_the_same_code_make_one_record(office_url: str) -> None:
    with Office.open(office_url) as first, Office.open(office_url) as second:
        start = threading.Barrier(2)
        outcomes: list[tuple[int, int, int]] = []

        def add(office: Office) -> None:
            start.wait()
            entries = [UnitEntry(code=f"U{i}", name="x") for i in range(20)]
            outcomes.append(counts(save_units(office, entries, Saving(origin=Origin("u.csv", "00")))))

        seats = [threading.Thread(target=add, args=(seat,)) for seat in (first, second)]
        for thread in seats:
            thread.start()
        for thread in seats:
            thread.join()
        assert sorted(outcomes) == [(0, 0, 20), (20, 0, 0)]
        assert len(units(first)) == 21
