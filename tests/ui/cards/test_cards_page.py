"""Cards: who lacks one, a new one in one click, the card as printed, and printing many."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from drillapp.core.units.commands import save_posts
from drillapp.core.units.entries import PostEntry
from drillapp.ui.cards.page import CardsPage
from drillapp.ui.cards.print_dialog import CardPrintDialog
from drillapp.ui.parts.form_dialog import FormDialog
from drillapp.ui.parts.pdf_preview import PdfPreview
from drillapp.ui.session import Scope, Session
from tests.ui.filled import STREET, choose, fill, follow, links, numbers, open_tab, pick, settle, shown
from tests.ui.kept import kept_office

office_file = kept_office(fill)


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> CardsPage:
    return shown(session, qtbot, CardsPage)


def test_a_post_without_a_card_is_one_click_from_its_card(
    page: CardsPage, session: Session, qtbot: QtBot
) -> None:
    pane = page.show_pane("card_coverage")
    settle(session, qtbot)
    row = pane.table.model.row(0)
    assert (row.key_posts, row.covered, row.missing, row.share, row.state) == (2, 1, 1, 50, "short")
    choose(pane, session, qtbot, 0)
    tab = open_tab(pane, "Posts", session, qtbot)
    assert links(tab) == ["Store", "Watch"]
    follow(tab, "Store", qtbot)
    settle(session, qtbot)
    form = page.findChild(FormDialog).form
    assert (form.editor("unit_code").value(), form.editor("post").value()) == (STREET, "Store")
    assert form.editor("number").value() == "C-2"


def test_posts_say_whether_they_have_a_card(page: CardsPage, session: Session, qtbot: QtBot) -> None:
    pane = page.show_pane("post_coverage")
    settle(session, qtbot)
    assert dict(zip(numbers(pane, "name"), numbers(pane, "state"), strict=True)) == {
        "Store": "none",
        "Watch": "issued",
    }


def test_every_head_of_a_column_is_read_whole(page: CardsPage, session: Session, qtbot: QtBot) -> None:
    pane = page.show_pane("post_coverage")
    settle(session, qtbot)
    header = pane.table.grid.horizontalHeader()
    for place, column in enumerate(pane.table.model.columns):
        assert header.sectionSize(place) >= header.fontMetrics().horizontalAdvance(column.label), column.label


def test_the_card_is_shown_as_it_will_be_printed(page: CardsPage, session: Session, qtbot: QtBot) -> None:
    pane = page.pane("cards")
    choose(pane, session, qtbot, 0)
    tab = open_tab(pane, "As printed", session, qtbot)
    qtbot.waitUntil(lambda: not tab.picture.pixmap().isNull())
    tall = tab.picture.pixmap()
    assert tall.height() > tall.width()
    tab.sizes["pocket"].click()
    settle(session, qtbot)
    narrow = tab.picture.pixmap()
    assert narrow.height() > narrow.width(), "front above back, where both beside each other cannot be read"
    tab.picture.fit(900)
    wide = tab.picture.pixmap()
    assert wide.width() == round(900 * tab.devicePixelRatioF())
    assert wide.width() > 2 * wide.height()


def test_the_cards_of_one_sector_are_printed(page: CardsPage, session: Session, qtbot: QtBot) -> None:
    assert session.office is not None
    save_posts(session.office, [PostEntry(unit_code=STREET, name="Watch", sector="transport")])
    pane = page.pane("cards")
    choose(pane, session, qtbot, 0)
    pick(pane, "Disposal cards", session, qtbot)
    dialog = page.findChild(CardPrintDialog)
    dialog.sector.setCurrentIndex(dialog.sector.findData("transport"))
    dialog.sector.activated.emit(dialog.sector.currentIndex())
    assert dialog.which.checkedId() == 1
    dialog.accept()
    settle(session, qtbot)
    preview = page.findChild(PdfPreview)
    assert len(preview.pages.sizes) == 1
    preview.close()


def test_the_selected_cards_or_all_of_the_scope_are_printed(
    page: CardsPage, session: Session, qtbot: QtBot
) -> None:
    pane = page.pane("cards")
    choose(pane, session, qtbot, 0)
    pick(pane, "Disposal cards", session, qtbot)
    dialog = page.findChild(CardPrintDialog)
    assert dialog.which.checkedId() == 0
    dialog.which.button(1).setChecked(True)
    dialog.size_group.button(2).setChecked(True)
    dialog.accept()
    settle(session, qtbot)
    preview = page.findChild(PdfPreview)
    width, height = preview.pages.sizes[0]
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) in ((105, 148), (148, 105))
    preview.close()


def test_without_selection_and_scope_there_is_nothing_to_print(
    page: CardsPage, session: Session, qtbot: QtBot
) -> None:
    session.set_scope(Scope())
    settle(session, qtbot)
    page.pane("cards").table.grid.clearSelection()
    pick(page.pane("cards"), "Disposal cards", session, qtbot)
    assert not page.findChild(CardPrintDialog).go.isEnabled()
