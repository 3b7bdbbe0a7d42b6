"""The smaller parts: dates, references, units, palette, previews."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from drillapp.core.errors import Conflict, InvalidInput, Problem
from drillapp.core.kinds import KINDS
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.units.entries import UnitEntry
from drillapp.ui.destinations import destinations
from drillapp.ui.errors import problem_lines, trace
from drillapp.ui.palette import Palette
from drillapp.ui.parts.date_field import parse_date, parse_moment
from drillapp.ui.parts.pdf_preview import PdfPreview, page_sizes, render_page
from drillapp.ui.parts.reference_field import ReferenceField
from drillapp.ui.parts.unit_picker import UnitChooser
from drillapp.ui.session import Session
from drillapp.ui.welcome import NewOfficeDialog
from drillapp.ui.window import Window

BEIJING = timezone(timedelta(hours=8))


@pytest.fixture
def filled(session: Session) -> Session:
    office = session.office
    assert office is not None
    KINDS["units"].save(office, [UnitEntry(code="110102001", name="消防救援站", parent_code="110102")])
    KINDS["plans"].save(office, [PlanEntry(number="A-1", title="消防专项预案", unit_code="110102001")])
    return session


@pytest.mark.parametrize(
    "text", ["2026-05-06", "2026/5/6", "2026.5.6", "20260506", "2026年5月6日", " 2026-5-6 "]
)
def test_dates_are_understood_as_people_write_them(text: str) -> None:
    assert parse_date(text) == date(2026, 5, 6)


@pytest.mark.parametrize("text", ["2026-02-30", "2026-13-01", "26-1-1", "tomorrow", "2026-1"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"day|date"):
        parse_date(text)


def test_moments_are_in_local_time() -> None:
    assert parse_moment("2026-05-06 14:30") == datetime(2026, 5, 6, 14, 30, tzinfo=BEIJING)
    assert parse_moment("2026-05-06") == datetime(2026, 5, 6, tzinfo=BEIJING)
    with pytest.raises(ValueError, match="time"):
        parse_moment("2026-05-06 25:00")


def test_reference_is_found_by_initials_and_its_code_is_taken(filled: Session, qtbot: QtBot) -> None:
    field = ReferenceField(filled, "plans")
    qtbot.addWidget(field)
    field.show()
    field.line.setFocus()
    qtbot.waitUntil(field.line.hasFocus)
    qtbot.keyClicks(field.line, "xfzx")
    qtbot.waitUntil(field.list.isVisible)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.value() == "A-1"


def test_unit_is_chosen_from_the_tree_and_by_typing(filled: Session, qtbot: QtBot) -> None:
    chooser = UnitChooser(filled)
    qtbot.addWidget(chooser)
    chooser.show()
    qtbot.waitUntil(lambda: chooser.model.rowCount() == 1)
    root = chooser.model.index(0, 0)
    with qtbot.waitSignal(chooser.chosen) as chosen:
        chooser.tree.activated.emit(chooser.model.index(0, 0, root))
    assert chosen.args[0].code == "110102001"
    qtbot.keyClicks(chooser.line, "xfjyz")
    qtbot.waitUntil(lambda: chooser.hits.count() == 1)
    with qtbot.waitSignal(chooser.chosen) as chosen:
        qtbot.keyClick(chooser.line, Qt.Key.Key_Return)
    assert chosen.args[0].name == "消防救援站"


def test_palette_finds_records_and_goes_there(filled: Session, qtbot: QtBot) -> None:
    window = Window(filled)
    qtbot.addWidget(window)
    filled.wanted.disconnect(window.show_target)
    palette = Palette(filled, destinations(), window)
    palette.show()
    qtbot.keyClicks(palette.line, "xfzx")
    qtbot.waitUntil(lambda: palette.list.count() > 0 and "消防" in palette.list.item(0).text())
    with qtbot.waitSignal(filled.wanted) as wanted:
        qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert (wanted.args[0].page, wanted.args[0].kind) == ("plans", "plans")
    assert wanted.args[0].record_id is not None


def test_palette_offers_places_and_new_records(filled: Session, qtbot: QtBot) -> None:
    window = Window(filled)
    qtbot.addWidget(window)
    palette = Palette(filled, destinations(), window)
    titles = [palette.list.item(i).text() for i in range(palette.list.count())]
    assert titles[:3] == ["Home", "Units", "Plans"]
    assert "New: Drill" in titles
    assert "Backup and check" in titles
    palette.close()


def test_preview_shows_the_pages_of_the_document(session: Session, qtbot: QtBot) -> None:
    content = _pdf(3)
    assert page_sizes(content) == [(595.0, 842.0)] * 3
    image = render_page(content, 0, 0.5)
    assert (image.width(), image.height()) == (298, 421)
    assert image.pixelColor(100, 100).name() == "#000000"
    preview = PdfPreview(session, content, "Report", "report.pdf")
    qtbot.addWidget(preview)
    preview.show()
    qtbot.waitUntil(lambda: preview._list.count() == 3 and session.tasks.is_idle)
    assert "Page 1 of 3" in preview._where.text()
    before = preview.pages.zoom
    preview._step(1)
    assert preview.pages.zoom > before


def test_new_office_needs_a_name_and_a_free_place(qtbot: QtBot, tmp_path: Path, themed: object) -> None:
    dialog = NewOfficeDialog()
    qtbot.addWidget(dialog)
    dialog.accept()
    assert dialog.problem.text() == "The office needs a name."
    qtbot.keyClicks(dialog.name, "Test office")
    assert dialog.problem.text() == ""
    assert dialog.file.text().endswith("Testoffice.drill")
    taken = tmp_path / "taken.drill"
    taken.touch()
    dialog.file.setText(str(taken))
    dialog.accept()
    assert "already" in dialog.problem.text()
    dialog.file.setText(str(tmp_path / "free.drill"))
    dialog.accept()
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.value().level == "district"


def test_errors_name_each_record_and_bugs_carry_their_trace() -> None:
    problems = [Problem(0, "code", "x", "Bad."), Problem(4, "name", "", "Missing.")]
    assert problem_lines(InvalidInput("Two problems", problems=problems)) == [
        "Row 1: Bad.",
        "Row 5: Missing.",
    ]
    assert problem_lines(Conflict("Changed")) == []
    with pytest.raises(KeyError) as raised:
        raise KeyError("lost")
    assert "KeyError: 'lost'" in trace(raised.value)
    assert "Python" in trace(raised.value)


def _pdf(pages: int) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    for _page in range(pages):
        canvas.rect(100, 442, 300, 300, fill=1)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
