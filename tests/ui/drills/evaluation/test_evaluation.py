"""Two evaluators type their sheets; what they say together is rated, and becomes findings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from drillapp.core.drills.evaluation.overall import evaluation_of
from drillapp.core.drills.evaluation.rows import Answer, SheetEntry
from drillapp.core.drills.evaluation.sheets import add_sheet, save_answers, submit_sheet
from drillapp.core.drills.evaluation.stored import sheets_of
from drillapp.core.drills.queries import DRILLS, FINDINGS
from drillapp.core.listing import View, first_rows, rows
from drillapp.ui.drills.evaluation.action import PAPERS
from drillapp.ui.drills.evaluation.answer_keys import answer_for
from drillapp.ui.drills.evaluation.dialog import EvaluationDialog
from drillapp.ui.drills.evaluation.sheet_view import SheetView
from drillapp.ui.drills.page import DrillsPage
from drillapp.ui.parts.pdf_preview import PdfPreview
from drillapp.ui.session import Session
from tests.ui.drills.evaluation.evaluated import opened, over, with_objectives
from tests.ui.filled import choose, numbers, press, settle, shown

SHORT = "community_short"


def add(
    dialog: EvaluationDialog, session: Session, qtbot: QtBot, who: str, form: str = SHORT, **said: str
) -> SheetView:
    """Type the head of a sheet."""
    press(dialog, "Add a sheet …", qtbot)
    head = over(dialog, session, qtbot)
    qtbot.keyClicks(head.fields.editor("evaluator"), who)
    head.fields.editor("form").set_value(form)
    head.fields.editor("form").edited.emit()
    for name, words in said.items():
        qtbot.keyClicks(head.fields.editor(name), words)
    head.accept()
    settle(session, qtbot)
    view = dialog.tabs.currentWidget()
    assert isinstance(view, SheetView)
    return view


def type_all(view: SheetView, qtbot: QtBot, faults: dict[str, str]) -> None:
    """Answer a whole sheet by the keyboard alone, from the first item to the last."""
    view.window().activateWindow()
    qtbot.waitUntil(view.window().isActiveWindow)
    view.rows[0].setFocus()
    for code in view.sheet.asked_by.items:
        row = view.row_of(code)
        assert row.hasFocus(), code
        if code in faults:
            qtbot.keyClick(row, Qt.Key.Key_N)
            qtbot.keyClicks(row.reason, faults[code])
            qtbot.keyClick(row.reason, Qt.Key.Key_Return)
        else:
            qtbot.keyClick(row, Qt.Key.Key_Y)


def test_two_sheets_a_verdict_and_findings(
    session: Session, qtbot: QtBot, errors: list[BaseException]
) -> None:
    row = with_objectives(session.office)
    dialog = opened(session, row, qtbot)
    assert dialog.overview.rating.score.text() == "Not rated yet"
    first = add(dialog, session, qtbot, "Li")
    type_all(first, qtbot, {})
    second = add(dialog, session, qtbot, "Wang", institution="Safety centre", contract="7")
    type_all(second, qtbot, {"S2.2": "told after 15 minutes", "S4.3": "nobody wrote it down"})
    for view in (first, second):
        dialog.tabs.setCurrentWidget(view)
        settle(session, qtbot)
        qtbot.mouseClick(view.submit, Qt.MouseButton.LeftButton)
        settle(session, qtbot)
        assert not view.submit.isVisible()
        assert view.reopen.isVisible()
    sheets = sheets_of(session.office, row.id)  # type: ignore[arg-type]
    assert [sheet.submitted_on for sheet in sheets] == [date(2026, 11, 24)] * 2
    assert sheets[1].answers["S2.2"] == Answer("no", "told after 15 minutes")
    judge(dialog, session, qtbot)
    check_overview(dialog)
    give_verdict(dialog, session, qtbot)
    make_findings(dialog, session, qtbot)
    assert errors == []


def judge(dialog: EvaluationDialog, session: Session, qtbot: QtBot) -> None:
    dialog.tabs.setCurrentWidget(dialog.overview)
    settle(session, qtbot)
    box = dialog.overview.objectives
    for place, (met, note) in enumerate((("partly", ""), ("met", ""))):
        box.met[place].set_value(met)
        box.met[place].edited.emit()
        assert note == ""
    qtbot.mouseClick(box.save, Qt.MouseButton.LeftButton)
    settle(session, qtbot)
    assert box.problem.text() == "Report in five minutes: say what was missing."
    qtbot.keyClicks(box.notes[0], "seven minutes")
    qtbot.mouseClick(box.save, Qt.MouseButton.LeftButton)
    settle(session, qtbot)
    assert not box.problem.isVisible()


def check_overview(dialog: EvaluationDialog) -> None:
    overview = dialog.overview
    said = [[cell.text() for cell in row] for row in overview.disputed.cells]
    assert [row[0] for row in said] == ["S2.2", "S4.3"]
    assert said[0][2] == "Li: yes\nWang (Safety centre): no - told after 15 minutes"
    assert overview.rating.mark.accessibleName() == "fair"
    assert not overview.rating.note.isVisible()
    overview.rating.why.click()
    assert "Good: not reached, since" in overview.rating.words.text()
    assert "objectives partly met 1 > 0" in overview.rating.words.text()


def give_verdict(dialog: EvaluationDialog, session: Session, qtbot: QtBot) -> None:
    qtbot.mouseClick(dialog.overview.rating.decide, Qt.MouseButton.LeftButton)
    verdict = over(dialog, session, qtbot)
    qtbot.keyClicks(verdict.fields.editor("decided_by"), "Zhao")
    verdict.fields.editor("rating").set_value("good")
    verdict.accept()
    settle(session, qtbot)
    assert verdict.fields.problem("reason").startswith("By the rule the rating is 'fair'")
    qtbot.keyClicks(verdict.fields.editor("reason"), "first drill of a new plan")
    verdict.accept()
    settle(session, qtbot)
    assert session.office is not None
    (row,) = rows(session.office, DRILLS, [dialog._row.id])
    assert (row.rating, row.third_party) == ("good", True)
    assert "first drill of a new plan" in dialog.overview.rating.verdict.text()


def make_findings(dialog: EvaluationDialog, session: Session, qtbot: QtBot) -> None:
    qtbot.mouseClick(dialog.overview.rating.findings, Qt.MouseButton.LeftButton)
    made = over(dialog, session, qtbot)
    assert [line.tick.text() for line in made.lines] == ["S2.2", "S4.3"]
    made.lines[1].tick.setChecked(False)
    made.accept()
    settle(session, qtbot)
    assert session.office is not None
    found = [one for one in first_rows(session.office, FINDINGS, View(), 9) if "15 minutes" in one.text]
    assert [one.severity for one in found] == ["major"]


def test_an_incomplete_sheet_shows_what_is_missing(session: Session, qtbot: QtBot) -> None:
    dialog = opened(session, with_objectives(session.office), qtbot)
    view = add(dialog, session, qtbot, "Li")
    view.rows[0].setFocus()
    qtbot.keyClick(view.rows[0], Qt.Key.Key_N)
    assert view.rows[0].reason.isVisible()
    qtbot.mouseClick(view.submit, Qt.MouseButton.LeftButton)
    settle(session, qtbot)
    assert view.problem.text().startswith("14 items still need")
    assert view.rows[0].reason.property("wrong") == "true"
    assert view.rows[1]._missing.isVisible()
    assert view.groups.item(0).text().endswith("0/3")
    qtbot.keyClick(view.rows[1], Qt.Key.Key_Slash)
    assert view.rows[1].answer == Answer("na")
    assert view.groups.item(0).text().endswith("1/3")
    qtbot.keyClick(view.rows[1], Qt.Key.Key_Delete)
    settle_saver(view, session, qtbot)
    assert session.office is not None
    (sheet,) = sheets_of(session.office, 1)
    assert sheet.answers == {"S1.1": Answer("no")}


def settle_saver(view: SheetView, session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: view.saver.is_idle)
    settle(session, qtbot)


def test_scores_and_choices_are_typed(session: Session, qtbot: QtBot) -> None:
    dialog = opened(session, with_objectives(session.office), qtbot)
    view = add(dialog, session, qtbot, "Li", "gbt46792")
    qtbot.keyClick(view.row_of("G1.1"), Qt.Key.Key_B)
    qtbot.keyClick(view.row_of("G1.2"), Qt.Key.Key_1)
    view.groups.setCurrentRow(1)
    qtbot.keyClick(view.row_of("G2.1"), Qt.Key.Key_4)
    qtbot.mouseClick(view.row_of("G2.2").buttons["2"], Qt.MouseButton.LeftButton)
    assert view.row_of("G2.2").reason.isVisible()
    settle_saver(view, session, qtbot)
    assert session.office is not None
    (sheet,) = sheets_of(session.office, 1)
    assert {code: one.value for code, one in sheet.answers.items()} == {
        "G1.1": "mostly", "G1.2": "full", "G2.1": "4", "G2.2": "2",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("y", "yes_no", "yes"), ("N", "yes_no", "no"), ("ｙ", "yes_no", "yes"), ("1", "yes_no", "yes"), ("2", "yes_no", "no"),
        ("5", "yes_no", None), ("y", "score", "5"), ("3", "score", "3"), ("6", "score", None), ("n", "choice", "none"),
        ("c", "choice", "partly"), ("4", "choice", "none"), ("5", "choice", None), ("/", "score", "na"), ("、", "yes_no", "na"),
        ("", "score", None), ("x", "choice", None),
    ],
)  # fmt: skip
def test_which_key_gives_which_answer(text: str, kind: str, value: str | None) -> None:
    assert answer_for(text, kind) == value  # type: ignore[arg-type]


def test_what_was_typed_is_on_disk_when_the_dialog_closes(session: Session, qtbot: QtBot) -> None:
    dialog = opened(session, with_objectives(session.office), qtbot)
    view = add(dialog, session, qtbot, "Li")
    qtbot.keyClick(view.rows[0], Qt.Key.Key_Y)
    qtbot.keyClicks(view.comment, "Well done")
    dialog.reject()
    assert dialog.isVisible()  # until all is written
    settle(session, qtbot)
    assert not dialog.isVisible()
    assert session.office is not None
    (sheet,) = sheets_of(session.office, 1)
    assert (sheet.answers, sheet.comment) == ({"S1.1": Answer("yes")}, "Well done")


def test_a_sheet_that_somebody_else_wrote_on_is_read_again(
    session: Session, qtbot: QtBot, errors: list[BaseException]
) -> None:
    dialog = opened(session, with_objectives(session.office), qtbot)
    view = add(dialog, session, qtbot, "Li")
    assert session.office is not None
    save_answers(session.office, view.sheet.id, view.saver.revision, {"S1.2": Answer("yes")})
    qtbot.keyClick(view.rows[0], Qt.Key.Key_Y)
    settle_saver(view, session, qtbot)
    assert [type(error).__name__ for error in errors] == ["Conflict"]
    assert {made.item.code: made.answer for made in view.rows} == {
        "S1.1": None, "S1.2": Answer("yes"), "S1.3": None,
    }  # fmt: skip
    qtbot.keyClick(view.row_of("S1.1"), Qt.Key.Key_Y)
    settle_saver(view, session, qtbot)
    assert len(sheets_of(session.office, 1)[0].answers) == 2


def test_a_read_only_office_shows_all_and_changes_nothing(session: Session, qtbot: QtBot) -> None:
    row = with_objectives(session.office)
    assert session.office is not None
    saved = add_sheet(session.office, row.id, SheetEntry(form=SHORT, evaluator="Li"))
    session.office.is_read_only = True
    dialog = opened(session, row, qtbot)
    (view,) = dialog.sheets.values()
    dialog.tabs.setCurrentWidget(view)
    qtbot.keyClick(view.rows[0], Qt.Key.Key_Y)
    assert view.rows[0].answer is None
    assert not view.submit.isVisible()
    assert not dialog.add.isEnabled()
    assert not dialog.overview.rating.decide.isVisible()
    assert saved.revision == 1


def test_an_empty_sheet_is_taken_away_and_a_closed_one_opened(session: Session, qtbot: QtBot) -> None:
    row = with_objectives(session.office)
    office = session.office
    assert office is not None
    saved = add_sheet(office, row.id, SheetEntry(form=SHORT, evaluator="Li", groups=("S1",)))
    saved = save_answers(office, saved.id, 1, {f"S1.{place}": Answer("yes") for place in (1, 2, 3)})
    submit_sheet(office, saved.id, saved.revision)
    dialog = opened(session, row, qtbot)
    (closed,) = dialog.sheets.values()
    dialog.tabs.setCurrentWidget(closed)
    assert closed.groups.count() == 1
    qtbot.mouseClick(closed.reopen, Qt.MouseButton.LeftButton)
    settle(session, qtbot)
    qtbot.keyClick(closed.rows[0], Qt.Key.Key_Slash)
    settle_saver(closed, session, qtbot)
    assert evaluation_of(office, row.id).sheets[0].answers["S1.1"] == Answer("na")
    empty = add(dialog, session, qtbot, "Wang")
    qtbot.mouseClick(empty.remove, Qt.MouseButton.LeftButton)
    settle(session, qtbot)
    assert dialog.tabs.count() == 2


def test_it_is_opened_and_printed_from_the_list_of_drills(
    session: Session, qtbot: QtBot, errors: list[BaseException]
) -> None:
    with_objectives(session.office)
    page = shown(session, qtbot, DrillsPage)
    pane = page.pane("drills")
    choose(pane, session, qtbot, numbers(pane).index("D-1"))
    press(pane.toolbar, "Evaluate", qtbot)
    dialog = over(page, session, qtbot)
    assert isinstance(dialog, EvaluationDialog)
    assert dialog.found is not None
    assert dialog.found.number == "D-1"
    view = add(dialog, session, qtbot, "Li")
    qtbot.keyClick(view.rows[0], Qt.Key.Key_Y)
    dialog._print(PAPERS[1])
    settle(session, qtbot)
    preview = page.window().findChild(PdfPreview)
    assert preview is not None
    preview.close()
    assert view.saver.is_idle
    assert errors == []


def test_a_paper_sheet_is_typed_off(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = opened(session, with_objectives(session.office), qtbot)
    view = add(dialog, session, qtbot, "Li")
    qtbot.keyClick(view.rows[0], Qt.Key.Key_Y)
    qtbot.mouseClick(view.paper, Qt.MouseButton.LeftButton)
    paper = over(dialog, session, qtbot)
    paper.text.setPlainText("S1.2 no no torch\nS9.1 yes\nS2.1 perhaps")
    paper.accept()
    assert paper.problem.text().splitlines()[:2] == [
        "Line 2: the form has no item 'S9.1'.", "Line 3: the answer is not understood.",
    ]  # fmt: skip
    paper.write(tmp_path / "sheet.csv")
    settle(session, qtbot)
    paper.text.setPlainText("S1.2\tno\tno torch")
    paper.accept()
    settle(session, qtbot)
    assert [made.answer for made in view.rows] == [Answer("yes"), Answer("no", "no torch"), None]
    (tmp_path / "typed.txt").write_text("S1.3 yes", encoding="utf-8")
    qtbot.mouseClick(view.paper, Qt.MouseButton.LeftButton)
    again = over(dialog, session, qtbot)
    again.read(tmp_path / "sheet.csv")
    settle(session, qtbot)
    assert again.text.toPlainText().split() == ["S1.1", "yes"]
    again.read(tmp_path / "typed.txt")
    settle(session, qtbot)
    again.accept()
    settle(session, qtbot)
    assert all(made.is_done for made in view.rows)
