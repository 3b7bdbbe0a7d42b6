"""Documents of a drill in the window: drafted, written, filled anew, approved, printed, for Word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docx import Document
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from drillapp.core.drills.papers.commands import save_paper
from drillapp.core.drills.papers.content import PaperSection
from drillapp.core.drills.papers.stored import paper_of
from drillapp.core.drills.queries import DRILLS
from drillapp.core.listing import View, first_rows
from drillapp.core.plans.content import Paragraph, text_of
from drillapp.ui.drills.page import DrillsPage
from drillapp.ui.drills.papers import dialog as papers_dialog
from drillapp.ui.drills.papers.approving import ApproveDialog
from drillapp.ui.drills.papers.dialog import PapersDialog
from drillapp.ui.drills.papers.redraft_dialog import RedraftDialog
from drillapp.ui.drills.papers.writing_dialog import PaperDialog
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.pdf_preview import PdfPreview
from drillapp.ui.session import Session
from tests.ui.filled import fill, press, settle, shown
from tests.ui.kept import kept_office

office_file = kept_office(fill)


@pytest.fixture
def opened(session: Session, qtbot: QtBot) -> PapersDialog:
    """The documents of the drill that was held."""
    assert session.office is not None
    (row,) = (one for one in first_rows(session.office, DRILLS, View(), 5) if one.number == "D-1")
    dialog = PapersDialog(session, row)
    qtbot.addWidget(dialog)
    dialog.open()
    settle(session, qtbot)
    return dialog


def click(dialog: PapersDialog, kind: str, name: str, session: Session, qtbot: QtBot) -> None:
    dialog.lines[kind].buttons[name].click()
    settle(session, qtbot)


def over(parent: QWidget, kind: type[Any]) -> Any:
    """The dialog that opened over another."""
    return next(one for one in reversed(parent.findChildren(kind)) if one.isVisible())


def buttons(dialog: PapersDialog, kind: str) -> list[str]:
    return list(dialog.lines[kind].buttons)


def drafted(opened: PapersDialog, session: Session, qtbot: QtBot, kind: str = "handbook") -> PaperDialog:
    click(opened, kind, "draft", session, qtbot)
    writing: PaperDialog = over(opened, PaperDialog)
    return writing


def retype(writing: PaperDialog, words: str, qtbot: QtBot) -> None:
    """Write something else over the section that is shown."""
    writing.text.text.selectAll()
    qtbot.keyClicks(writing.text.text, words)


def test_a_document_is_drafted_written_and_approved(
    opened: PapersDialog, session: Session, qtbot: QtBot
) -> None:
    office = session.office
    assert office is not None
    assert len(opened.lines) == 7
    assert buttons(opened, "handbook") == ["draft"]
    writing = drafted(opened, session, qtbot)
    assert "观摩手册" in writing.heading.text()
    assert "gaps to fill in" in writing.state.text()
    assert writing.text.hint.isHidden() or "待补" in writing.text.hint.text()
    assert writing.text.number.isHidden()
    writing.text.title.clear()
    qtbot.keyClicks(writing.text.title, "When")
    retype(writing, "Nine o'clock\rEast gate", qtbot)
    writing.save.click()
    settle(session, qtbot)
    drill = opened._row.id
    paper = paper_of(office, drill, "handbook")
    assert (paper.sections[0].heading, paper.sections[0].key) == ("When", "when_where")
    assert paper.sections[0].blocks == (Paragraph("Nine o'clock"), Paragraph("East gate"))
    writing.reject()
    settle(session, qtbot)
    assert buttons(opened, "handbook") == ["edit", "redraft", "approve", "discard", "print", "word"]

    click(opened, "handbook", "approve", session, qtbot)
    approving: ApproveDialog = over(opened, ApproveDialog)
    qtbot.keyClicks(approving.fields.editor("by"), "Wang")
    approving.accept()
    settle(session, qtbot)
    assert "still has a gap" in approving.problem.text()
    approving.reject()
    save_paper(office, drill, "handbook", paper.revision, paper.sections[:1])
    opened._load()
    settle(session, qtbot)
    click(opened, "handbook", "approve", session, qtbot)
    approving = over(opened, ApproveDialog)
    qtbot.keyClicks(approving.fields.editor("by"), "Wang")
    approving.accept()
    settle(session, qtbot)
    assert buttons(opened, "handbook") == ["withdraw", "print", "word"]
    assert "Wang" in opened.lines["handbook"].about.text()


def test_an_approval_is_taken_back_when_confirmed(
    opened: PapersDialog, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from drillapp.core.drills.papers.commands import approve_paper, draft_paper

    office, drill = session.office, opened._row.id
    assert office is not None
    draft_paper(office, drill, "script")
    save_paper(office, drill, "script", 1, [PaperSection("A", blocks=(Paragraph("a"),))])
    approve_paper(office, drill, "script", 2, session.as_of, "Wang")
    opened._load()
    settle(session, qtbot)
    monkeypatch.setattr(papers_dialog, "confirm", lambda *_words, **_more: True)
    click(opened, "script", "withdraw", session, qtbot)
    assert "edit" in buttons(opened, "script")
    click(opened, "script", "discard", session, qtbot)
    assert buttons(opened, "script") == ["draft"]


def test_filling_anew_asks_what_to_replace(opened: PapersDialog, session: Session, qtbot: QtBot) -> None:
    office, drill = session.office, opened._row.id
    assert office is not None
    writing = drafted(opened, session, qtbot)
    retype(writing, "By hand", qtbot)
    writing.save.click()
    settle(session, qtbot)
    writing.reject()
    settle(session, qtbot)
    click(opened, "handbook", "redraft", session, qtbot)
    redrafting: RedraftDialog = over(opened, RedraftDialog)
    assert list(redrafting.boxes) == ["when_where"]
    redrafting.boxes["when_where"].setChecked(True)
    redrafting.accept()
    settle(session, qtbot)
    assert "By hand" not in text_of(paper_of(office, drill, "handbook").sections[0].blocks)
    click(opened, "handbook", "redraft", session, qtbot)
    redrafting = over(opened, RedraftDialog)
    assert not redrafting.go.isEnabled()
    assert "nothing new" in redrafting.summary.text()


def test_it_is_printed_and_written_for_word(
    opened: PapersDialog, session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafted(opened, session, qtbot).reject()
    settle(session, qtbot)
    click(opened, "handbook", "print", session, qtbot)
    over(opened, PdfPreview).reject()
    path = tmp_path / "handbook.docx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))
    click(opened, "handbook", "word", session, qtbot)
    assert Document(str(path)).paragraphs[0].text
    press(opened, "Whole file …", qtbot)
    settle(session, qtbot)
    assert len(over(opened, PdfPreview).pages.sizes) > 3


def test_the_list_of_drills_leads_to_the_papers(session: Session, qtbot: QtBot) -> None:
    page = shown(session, qtbot, DrillsPage)
    pane = page.show_pane("drills")
    pane.table.grid.selectRow(0)
    settle(session, qtbot)
    (action,) = (one for one in pane.spec.actions if one.label == "Papers …")
    action.done(pane)
    settle(session, qtbot)
    assert isinstance(over(pane, Dialog), PapersDialog)
    assert {"Whole file of a drill", "Sign-in sheet"} <= {one.label for one in pane.spec.prints}
