"""Copies issued, signed for and taken back; stale cards reviewed; the desk; posts that a unit lacks."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from drillapp.core.cards.copy_lists import copies_of
from drillapp.core.cards.posts import post_groups
from drillapp.core.listing import Condition, View, first_rows
from drillapp.core.units.queries import POSTS
from drillapp.ui.cards.copies_tab import CopiesTab
from drillapp.ui.cards.copy_dialogs import EndDialog, IssueDialog, SignDialog
from drillapp.ui.cards.dictionary_dialog import DictionaryDialog
from drillapp.ui.cards.lookup_dialog import LookupDialog
from drillapp.ui.cards.page import CardsPage
from drillapp.ui.cards.preview_tab import PreviewTab
from drillapp.ui.cards.review_dialog import ReviewDialog
from drillapp.ui.cards.suggestions_dialog import SuggestionsDialog
from drillapp.ui.parts.pdf_preview import PdfPreview
from drillapp.ui.session import Session
from tests.ui.cards.kitchen import KITCHEN, card_id, fill_kitchen
from tests.ui.filled import choose, numbers, open_tab, press, settle, shown


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> CardsPage:
    assert session.office is not None
    fill_kitchen(session.office)
    return shown(session, qtbot, CardsPage)


def test_a_card_is_issued_with_its_signature_sheet_and_signed_for(
    page: CardsPage, session: Session, qtbot: QtBot
) -> None:
    assert session.office is not None
    pane = page.pane("cards")
    choose(pane, session, qtbot, numbers(pane).index("K-4"))
    press(pane.toolbar, "Issue …", qtbot)
    dialog = page.findChild(IssueDialog)
    dialog.day.set_value(date(2030, 1, 1))
    dialog.accept()
    settle(session, qtbot)
    assert dialog.problem.text() == "This day has not come yet."
    dialog.day.set_value(date(2026, 11, 20))
    dialog.accept()
    settle(session, qtbot)
    preview = page.findChild(PdfPreview)
    assert preview.windowTitle() == "Signature sheet for disposal cards"
    preview.close()
    [copy] = copies_of(session.office, card_id(session.office, "K-4"))
    assert (copy.state, copy.issued_on) == ("issued", date(2026, 11, 20))
    tab = open_tab(pane, "Copies", session, qtbot)
    assert isinstance(tab, CopiesTab)
    assert "issued 2026-11-20" in {one.text() for one in tab.findChildren(QLabel)}
    press(tab, "Signed for …", qtbot)
    tab.findChild(SignDialog).accept()
    settle(session, qtbot)
    [copy] = copies_of(session.office, card_id(session.office, "K-4"))
    assert copy.acknowledged_on == date(2026, 11, 24)


def test_a_stale_card_shows_its_copies_and_how_it_is_printed(
    page: CardsPage, session: Session, qtbot: QtBot
) -> None:
    stale = page.show_pane("stale_cards")
    settle(session, qtbot)
    choose(stale, session, qtbot, numbers(stale).index("K-1"))
    copies = open_tab(stale, "Copies", session, qtbot)
    assert isinstance(copies, CopiesTab)
    assert copies.issue.isEnabled()
    assert any("2025" in one.text() or "2026" in one.text() for one in copies.findChildren(QLabel))
    printed = open_tab(stale, "As printed", session, qtbot)
    assert isinstance(printed, PreviewTab)
    assert not printed.picture.pixmap().isNull()


def test_stale_cards_are_listed_by_reason_and_their_copies_taken_back(
    page: CardsPage, session: Session, qtbot: QtBot
) -> None:
    stale = page.show_pane("stale_cards")
    settle(session, qtbot)
    assert dict(zip(numbers(stale), numbers(stale, "reasons"), strict=True)) == {
        "K-1": "section_superseded",
        "K-2": "phone_changed",
        "K-3": "expired",
    }
    stale.filters.choose("", {"reasons": frozenset(("expired",))})
    settle(session, qtbot)
    assert numbers(stale) == ["K-3"]
    recall = page.show_pane("copies_to_recall")
    settle(session, qtbot)
    assert numbers(recall) == ["K-1", "K-2"]
    recall.table.grid.selectAll()
    press(recall.toolbar, "Taken back …", qtbot)
    page.findChild(EndDialog).accept()
    settle(session, qtbot)
    assert numbers(recall) == []


def test_a_review_shows_what_changed_and_a_card_that_holds_is_kept(
    page: CardsPage, session: Session, qtbot: QtBot
) -> None:
    assert session.office is not None
    stale = page.show_pane("stale_cards")
    settle(session, qtbot)
    keys = [card_id(session.office, number) for number in ("K-1", "K-2")]
    dialog = ReviewDialog(session, keys, page)
    dialog.open()
    settle(session, qtbot)
    assert "First action\n不开关任何电器" in dialog.card.words.toPlainText()
    assert "先疏散，再" in dialog.now.words.toPlainText()
    assert "underline" in dialog.now.words.toHtml()
    assert "先疏散" not in dialog.before.words.toPlainText()
    dialog.keep.click()
    settle(session, qtbot)
    assert dialog.people.text() == "李梅: the card says 13900002222, the phone now is 13911119999."
    assert not dialog.keep.isVisible(), "a wrong phone is not to be kept"
    assert not dialog.before.isVisible()
    dialog.reject()
    assert numbers(stale) == ["K-2", "K-3"]


def test_the_desk_answers_a_scan_of_many_lines_and_what_is_typed(
    page: CardsPage, session: Session, qtbot: QtBot
) -> None:
    qtbot.keyClick(page, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    settle(session, qtbot)
    page.look_up() if page.findChild(LookupDialog) is None else None
    dialog = page.findChild(LookupDialog)
    answers = []
    dialog.field.scanned.connect(answers.append)
    for line in ("K-1 V1", "119", "66001234"):
        qtbot.keyClicks(dialog.field, line)
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(answers))
    settle(session, qtbot)
    assert len(answers) == 1, "one answer to one scan"
    assert dialog.verdict.text() == "No longer right"
    assert dialog.why.text() == "Why: plan section superseded"
    assert dialog.take_back.isVisible()
    for text, verdict in (("K-4", "Right"), ("X-9", "Unknown")):
        dialog.field.setPlainText(text)
        dialog.accept()
        settle(session, qtbot)
        assert dialog.verdict.text() == verdict
        assert dialog.what_to_do.text()
    dialog.reject()


def test_posts_that_a_unit_lacks_are_added_in_one_go(page: CardsPage, session: Session, qtbot: QtBot) -> None:
    assert session.office is not None
    dialog = SuggestionsDialog(session, KITCHEN, page)
    dialog.open()
    settle(session, qtbot)
    assert set(dialog.boxes) == {"巡检员"}
    assert dialog.go.text() == "Add 1 key posts"
    dialog.accept()
    settle(session, qtbot)
    view = View(conditions=(Condition("name", "=", "巡检员"),))
    assert [row.key_post for row in first_rows(session.office, POSTS, view, 5)] == [True]


def test_the_office_keeps_its_own_dictionary(page: CardsPage, session: Session, qtbot: QtBot) -> None:
    assert session.office is not None
    dialog = DictionaryDialog(session, page)
    dialog.open()
    settle(session, qtbot)
    place = next(i for i, group in enumerate(post_groups(session.office)) if group.id == "gas_catering")
    dialog.list.setCurrentRow(place)
    dialog.posts.setPlainText(dialog.posts.toPlainText() + "\n洗碗工 / 保洁")
    dialog.accept()
    settle(session, qtbot)
    posts = post_groups(session.office)[place].posts
    assert (posts[-1].name, posts[-1].also) == ("洗碗工", ("保洁",))
    assert posts[0].cards == ("pan_fire", "gas_leak", "gas_fire"), "what a post needs stays with it"
