"""Evaluators write on their own sheets, hand them in complete, and nobody overwrites anybody."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.drills.evaluation.forms import evaluation_form
from drillapp.core.drills.evaluation.paper import read_rows
from drillapp.core.drills.evaluation.rows import Answer, Sheet, SheetEntry, SheetSaved
from drillapp.core.drills.evaluation.sheets import (
    add_sheet,
    change_head,
    remove_sheet,
    reopen_sheet,
    save_answers,
    submit_sheet,
)
from drillapp.core.drills.evaluation.stored import sheet_numbered, sheets_of
from drillapp.core.errors import Conflict, InvalidInput, NotFound
from drillapp.core.office import Office
from drillapp.core.retiring import retire
from tests.journaled import commands

YES, NO = Answer("yes"), Answer("no", "电话无人接听")


def entry(**said: Any) -> SheetEntry:
    return SheetEntry(**{"form": "yjt9009_tabletop", "evaluator": "李䶮"} | said)


def only(office: Office, drill: int) -> Sheet:
    (found,) = sheets_of(office, drill)
    return found


def filled(office: Office, drill: int, **said: Any) -> SheetSaved:
    """A sheet of group C1 with an answer to each item."""
    saved = add_sheet(office, drill, entry(groups=("C1",), **said))
    answers = {code: YES for code in evaluation_form("yjt9009_tabletop").items if code.startswith("C1.")}
    return save_answers(office, saved.id, saved.revision, answers)


def test_a_sheet_is_kept_with_its_head(office: Office, drill: int) -> None:
    saved = add_sheet(
        office, drill,
        entry(institution="安评中心", qualification="甲级", contract="合同2026-7", groups=("C2", "C1"), place="指挥部 · 东侧"),
    )  # fmt: skip
    found = only(office, drill)
    assert (found.who, found.qualification, found.contract) == ("李䶮 (安评中心)", "甲级", "合同2026-7")
    assert (found.groups, found.place) == ((), "指挥部 · 东侧")  # all groups need not be named
    assert found.position == 1
    assert saved.changes.unit_ids == {office.unit_id}
    changed = change_head(office, saved.id, 1, entry(groups=("C2",), place="东门"))
    assert (changed.revision, only(office, drill).groups, only(office, drill).place) == (2, ("C2",), "东门")
    assert only(office, drill).institution is None
    assert len(only(office, drill).asked) == 20
    assert add_sheet(office, drill, entry(evaluator="王")).id != saved.id
    assert [sheet.position for sheet in sheets_of(office, drill)] == [1, 2]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"evaluator": "  "}, "evaluator"),
        ({"qualification": "甲级"}, "institution"),
        ({"contract": "7"}, "institution"),
        ({"groups": ("C1", "B9")}, "groups"),
        ({"place": "x" * 5000}, "place"),
        ({"evaluator": "a\x00b"}, "evaluator"),
    ],
)
def test_a_wrong_head_is_told_by_field(office: Office, drill: int, said: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        add_sheet(office, drill, entry(**said))
    assert refused.value.field == field
    assert sheets_of(office, drill) == []


def test_what_a_sheet_hangs_on_must_be_there(office: Office, drill: int) -> None:
    with pytest.raises(NotFound):
        add_sheet(office, 99, entry())
    with pytest.raises(NotFound, match="weather"):
        add_sheet(office, drill, entry(form="weather"))
    add_sheet(office, drill, entry())
    with pytest.raises(InvalidInput, match="number 1"):
        add_sheet(office, drill, entry())
    add_sheet(office, drill, entry(institution="安评中心"))
    save_drills(
        office, [DrillEntry(number="D-9", unit_code="110102", title="x", planned_on=date(2026, 1, 1))]
    )
    retire(office, "drills", [drill + 1], date(2026, 11, 1))
    with pytest.raises(InvalidInput, match="2026-11-01"):
        add_sheet(office, drill + 1, entry())


def test_answers_are_written_one_by_one_and_journaled_once(office: Office, drill: int) -> None:
    sheet = add_sheet(office, drill, entry())
    one = save_answers(office, sheet.id, 1, {"C2.3": NO})
    two = save_answers(office, sheet.id, one.revision, {"C1.1": YES, "C2.4": Answer("na")}, "总体有序")
    assert list(only(office, drill).answers.items()) == [("C1.1", YES), ("C2.3", NO), ("C2.4", Answer("na"))]
    assert only(office, drill).comment == "总体有序"
    back = save_answers(office, sheet.id, two.revision, {"C2.3": None})
    assert "C2.3" not in only(office, drill).answers
    before = len(commands(office))
    same = save_answers(office, sheet.id, back.revision, {"C1.1": YES})
    assert (same.revision, len(commands(office))) == (back.revision, before)


def test_answers_of_any_kind_are_taken(office: Office, drill: int) -> None:
    sheet = add_sheet(office, drill, entry())
    save_answers(office, sheet.id, 1, {"C1.1": Answer("4"), "C1.2": Answer("mostly")})
    assert [one.value for one in only(office, drill).answers.values()] == ["4", "mostly"]


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ("C9.1", YES),
        ("", YES),
        ("C1.1", Answer("6")),
        ("C1.1", Answer("")),
        ("C1.1", Answer("no", "x" * 5000)),
    ],
)
def test_a_wrong_answer_is_told_by_item(office: Office, drill: int, code: str, answer: Answer) -> None:
    sheet = add_sheet(office, drill, entry())
    with pytest.raises(InvalidInput) as refused:
        save_answers(office, sheet.id, 1, {"C1.2": YES, code: answer})
    assert refused.value.field == code
    assert only(office, drill).answers == {}


def test_nobody_overwrites_what_he_did_not_see(office: Office, drill: int) -> None:
    sheet = add_sheet(office, drill, entry())
    save_answers(office, sheet.id, 1, {"C1.1": YES})
    for late in (
        lambda: save_answers(office, sheet.id, 1, {"C1.1": NO}),
        lambda: submit_sheet(office, sheet.id, 1),
        lambda: change_head(office, sheet.id, 1, entry(evaluator="王")),
        lambda: remove_sheet(office, sheet.id, 1),
    ):
        with pytest.raises(Conflict):
            late()
    assert only(office, drill).answers == {"C1.1": YES}


def test_a_sheet_is_handed_in_complete(office: Office, drill: int) -> None:
    saved = filled(office, drill)
    short = save_answers(
        office, saved.id, saved.revision, {"C1.3": Answer("no"), "C1.5": None, "C2.1": Answer("partly", " ")}
    )
    with pytest.raises(InvalidInput) as refused:
        submit_sheet(office, saved.id, short.revision)
    assert [problem.field for problem in refused.value.problems] == ["C1.3", "C1.5", "C2.1"]
    assert "Say why" in refused.value.problems[0].message
    good = save_answers(office, saved.id, short.revision, {"C1.3": NO, "C1.5": YES, "C2.1": Answer("mostly")})
    done = submit_sheet(office, saved.id, good.revision, day=date(2026, 11, 21))
    assert only(office, drill).submitted_on == date(2026, 11, 21)
    for closed in (
        lambda: save_answers(office, saved.id, done.revision, {"C1.1": NO}),
        lambda: submit_sheet(office, saved.id, done.revision),
        lambda: change_head(office, saved.id, done.revision, entry()),
    ):
        with pytest.raises(InvalidInput, match="2026-11-21"):
            closed()
    again = reopen_sheet(office, saved.id, done.revision)
    save_answers(office, saved.id, again.revision, {"C1.1": NO})


def test_a_sheet_is_not_handed_in_tomorrow(office: Office, drill: int) -> None:
    saved = filled(office, drill)
    with pytest.raises(InvalidInput) as refused:
        submit_sheet(office, saved.id, saved.revision, day=date(2026, 11, 25))
    assert refused.value.field == "submitted_on"


def test_only_an_empty_sheet_is_taken_away(office: Office, drill: int) -> None:
    empty = add_sheet(office, drill, entry())
    remove_sheet(office, empty.id, 1)
    assert sheets_of(office, drill) == []
    saved = filled(office, drill)
    with pytest.raises(InvalidInput):
        remove_sheet(office, saved.id, saved.revision)
    with pytest.raises(InvalidInput):
        change_head(office, saved.id, saved.revision, entry(form="community_short"))


def test_a_sheet_is_named_by_its_number(office: Office, drill: int) -> None:
    with pytest.raises(NotFound):
        sheet_numbered(office, drill, 1)
    add_sheet(office, drill, entry())
    assert sheet_numbered(office, drill, 1).evaluator == "李䶮"
    with pytest.raises(NotFound) as missing:
        sheet_numbered(office, drill, 2)
    assert "1 李䶮" in missing.value.hint


def test_a_paper_sheet_is_read_by_its_row_codes() -> None:
    form = evaluation_form("yjt9009_tabletop")
    text = "C1.1 yes\n\n c1.2\t否\t目标不可量化\nC1.3：×，情景 过时\nC1.4=4\nC2．1 基本符合\nC2.20 /"
    assert read_rows(text, form) == {
        "C1.1": YES, "C1.2": Answer("no", "目标不可量化"), "C1.3": Answer("no", "情景 过时"), "C1.4": Answer("4"),
        "C2.1": Answer("mostly"), "C2.20": Answer("na"),
    }  # fmt: skip


def test_every_wrong_row_is_told_with_its_line() -> None:
    with pytest.raises(InvalidInput) as refused:
        read_rows("C1.1 yes\nC9.1 yes\nhello\nC1.2 perhaps\nC1.1 no", evaluation_form("yjt9009_tabletop"))
    assert [problem.message for problem in refused.value.problems] == [
        "Line 2: the form has no item 'C9.1'.",
        "Line 3: this is no row code with an answer.",
        "Line 4: the answer is not understood.",
        "Line 5: C1.1 is there twice.",
    ]
