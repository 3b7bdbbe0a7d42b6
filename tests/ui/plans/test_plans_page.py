"""Plans: the matrix counts and filters, a plan's life and links are shown."""

from __future__ import annotations

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from drillapp.ui.parts.form_dialog import FormDialog
from drillapp.ui.parts.pdf_preview import PdfPreview
from drillapp.ui.plans.page import PlansPage
from drillapp.ui.session import Session, Target
from tests.ui.filled import STREET, choose, fill, links, numbers, open_tab, pick, press, settle, shown
from tests.ui.kept import kept_office

office_file = kept_office(fill)


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> PlansPage:
    return shown(session, qtbot, PlansPage)


def test_a_figure_of_the_matrix_opens_the_plans_behind_it(
    page: PlansPage, session: Session, qtbot: QtBot
) -> None:
    page.tabs.setCurrentIndex(2)
    settle(session, qtbot)
    special = page.matrix.cells["government", "street", "special"]
    assert (special.figure, special.words) == ("2", "1 to assess")
    assert page.matrix.cells["government", "", ""].figure == "3"
    assert page.matrix.states["assessment_due"].figure == "1"
    qtbot.mouseClick(special, Qt.MouseButton.LeftButton)
    settle(session, qtbot)
    assert page.tabs.currentIndex() == 0
    assert numbers(page.pane("plans")) == ["P-2", "P-3"]


def test_plans_that_lack_something_are_one_list_that_leads_to_each(
    page: PlansPage, session: Session, qtbot: QtBot
) -> None:
    pane = page.show_pane("plan_gaps")
    settle(session, qtbot)
    lacking = numbers(pane)
    assert "P-1" in lacking
    pane.table.grid.selectRow(lacking.index("P-1"))
    press(page, "The plan", qtbot)
    settle(session, qtbot)
    assert page.tabs.currentIndex() == 0
    assert numbers(page.pane("plans")) == ["P-1"]


def test_the_list_is_printed_as_it_is_shown(page: PlansPage, session: Session, qtbot: QtBot) -> None:
    pane = page.pane("plans")
    pane.filters.choose("flood")
    settle(session, qtbot)
    pane.table.grid.horizontalHeader().setSectionHidden(pane.table.model.place("hazard"), True)
    pick(pane, "The list as shown", session, qtbot)
    preview = pane.findChild(PdfPreview)
    document = pypdfium2.PdfDocument(preview._content)
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    preview.close()
    assert "“flood”" in text, "what narrows it is said"
    assert [line[:3] for line in text.splitlines() if line.startswith("P-")] == ["P-2"]
    assert "Hazard" not in text


def test_an_empty_cell_cannot_be_clicked(page: PlansPage, session: Session, qtbot: QtBot) -> None:
    page.tabs.setCurrentIndex(2)
    settle(session, qtbot)
    assert not page.matrix.cells["government", "city", "joint"].isEnabled()


def test_the_life_of_a_plan_ends_with_its_next_assessment(
    page: PlansPage, session: Session, qtbot: QtBot
) -> None:
    pane = page.pane("plans")
    choose(pane, session, qtbot, 1)
    tab = open_tab(pane, "Life", session, qtbot)
    points = tab.line.points
    assert [(point.day.isoformat(), point.tone) for point in points] == [
        ("2020-03-01", "accent"),
        ("2023-03-01", "red"),
    ]
    choose(pane, session, qtbot, 2)
    assert tab.line.points == []
    assert tab.line.accessibleName() == "Nothing happened yet"


def test_links_lead_up_down_and_to_the_drills(page: PlansPage, session: Session, qtbot: QtBot) -> None:
    pane = page.pane("plans")
    choose(pane, session, qtbot, 0)
    tab = open_tab(pane, "Links", session, qtbot)
    assert links(tab) == ["Flood plan", "Spring drill", "Sirens unheard", "Door locked"]
    choose(pane, session, qtbot, 1)
    assert links(tab) == ["Overall plan"]


def test_the_next_number_of_the_chosen_unit_is_proposed(
    page: PlansPage, session: Session, qtbot: QtBot
) -> None:
    page.show_target(Target("plans", "plans", action="new"))
    settle(session, qtbot)
    form = page.findChild(FormDialog).form
    assert form.editor("number").value() == "110102-YA-01"
    form.editor("unit_code").line.setText(STREET)
    form.editor("unit_code").line.textEdited.emit(STREET)
    qtbot.waitUntil(lambda: form.editor("number").value() == "P-4")


def test_a_typed_number_is_not_replaced(page: PlansPage, session: Session, qtbot: QtBot) -> None:
    page.show_target(Target("plans", "plans", action="new"))
    settle(session, qtbot)
    form = page.findChild(FormDialog).form
    number = form.editor("number")
    number.clear()
    qtbot.keyClicks(number, "MINE")
    form.editor("unit_code").line.setText(STREET)
    form.editor("unit_code").line.textEdited.emit(STREET)
    settle(session, qtbot)
    assert number.value() == "MINE"


def test_a_drill_of_a_plan_begins_with_plan_and_unit(page: PlansPage, session: Session, qtbot: QtBot) -> None:
    choose(page.pane("plans"), session, qtbot, 0)
    session.wanted.disconnect(page.show_target)
    with qtbot.waitSignal(session.wanted) as wanted:
        press(page.pane("plans").toolbar, "Schedule a drill", qtbot)
    assert wanted.args[0] == Target(
        "drills", "drills", action="new", values={"plan_number": "P-1", "unit_code": STREET}
    )


def test_a_link_to_the_plans_of_a_unit_narrows_the_list_and_says_so(
    page: PlansPage, session: Session, qtbot: QtBot
) -> None:
    page.show_target(Target("plans", "plans", choices={"parent_number": frozenset(("P-1",))}))
    settle(session, qtbot)
    pane = page.pane("plans")
    assert numbers(pane) == ["P-2"]
    assert pane.filters._extra.text() == "P-1"
    pane.filters._extra.click()
    settle(session, qtbot)
    assert numbers(pane) == ["P-1", "P-2", "P-3"]
