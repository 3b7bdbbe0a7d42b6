"""A form says beside the field what is wrong, keeps what was typed, and saves through core."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from drillapp.core import i18n
from drillapp.core.i18n import _
from drillapp.core.kinds import KINDS
from drillapp.core.listing import View, first_rows
from drillapp.core.units.entries import UnitEntry
from drillapp.ui.parts.fields import fields_of
from drillapp.ui.parts.form import Form
from drillapp.ui.parts.form_dialog import FormDialog
from drillapp.ui.session import Session

UNITS = KINDS["units"]


@pytest.fixture
def form(session: Session, qtbot: QtBot) -> Form:
    made = Form(session, UNITS, fields_of(UNITS))
    qtbot.addWidget(made)
    made.begin_new({"parent_code": "110102"})
    made.show()
    return made


def enter(form: Form, qtbot: QtBot, **texts: str) -> None:
    for name, text in texts.items():
        line: QWidget = getattr(form.editor(name), "line", form.editor(name))
        line.clear()
        if text.isascii():
            qtbot.keyClicks(line, text)
        else:  # Qt's test keyboard knows no other signs
            line.insert(text)


def test_missing_name_is_said_beside_the_field_and_the_rest_is_kept(form: Form, qtbot: QtBot) -> None:
    enter(form, qtbot, code="110102001", headcount="120")
    form.save()
    assert form.problem("name") == "Must not be empty."
    assert form.problem("code") == ""
    assert form.editor("code").value() == "110102001"
    assert form.editor("headcount").value() == 120


def test_a_number_that_is_none_is_said_while_typing(form: Form, qtbot: QtBot) -> None:
    enter(form, qtbot, headcount="12a")
    assert form.problem("headcount") == "This must be a number."
    enter(form, qtbot, headcount="１２")
    assert form.problem("headcount") == ""
    assert form.editor("headcount").value() == 12


def test_a_date_that_is_none_is_said_while_typing(form: Form, qtbot: QtBot) -> None:
    enter(form, qtbot, valid_from="2026-02-30")
    assert form.problem("valid_from") == "There is no such day."


def test_what_core_refuses_is_said_beside_its_field_before_saving(form: Form, qtbot: QtBot) -> None:
    enter(form, qtbot, code="110102001", name="Test street", parent_code="999")
    qtbot.waitUntil(lambda: form.problem("parent_code") != "")
    assert form.editor("name").value() == "Test street"


def test_saving_creates_the_record_and_tells_everybody(form: Form, session: Session, qtbot: QtBot) -> None:
    enter(form, qtbot, code="110102001", name="Test street")
    with qtbot.waitSignals([form.saved, session.changed]):
        form.save()
    assert session.office is not None
    rows = first_rows(session.office, UNITS.listing, View(text="Test street"), 5)
    assert [(row.code, row.parent_code) for row in rows] == [("110102001", "110102")]
    assert not form.is_touched


def test_changing_a_record_someone_else_changed_is_refused_and_keeps_the_text(
    form: Form, session: Session, qtbot: QtBot
) -> None:
    office = session.office
    assert office is not None
    row = first_rows(office, UNITS.listing, View(), 1)[0]
    form.begin_edit(row)
    UNITS.save(office, [UnitEntry(code=row.code, name="Changed elsewhere")])
    enter(form, qtbot, name="Changed here")
    form.save()
    qtbot.waitUntil(lambda: form._banner.isVisible())
    assert "Someone else changed" in form._banner_words.text()
    assert form.editor("name").value() == "Changed here"


def test_emptied_field_is_emptied_in_the_record(form: Form, session: Session, qtbot: QtBot) -> None:
    office = session.office
    assert office is not None
    UNITS.save(office, [UnitEntry(code="110102001", name="Street", address="Somewhere")])
    row = first_rows(office, UNITS.listing, View(text="110102001"), 1)[0]
    form.begin_edit(row)
    form.editor("address").set_value(None)
    with qtbot.waitSignal(form.saved):
        form.save()
    assert first_rows(office, UNITS.listing, View(text="110102001"), 1)[0].address is None


def test_every_kind_has_a_form_with_its_fields(session: Session, qtbot: QtBot) -> None:
    for kind in KINDS.values():
        form = Form(session, kind, fields_of(kind))
        qtbot.addWidget(form)
        assert set(form._editors) == set(kind.entry.__struct_fields__)
    qtbot.waitUntil(lambda: session.tasks.is_idle)


def test_every_field_and_column_is_named_in_chinese() -> None:
    i18n.use_language("zh_CN")
    for kind in KINDS.values():
        for part in (*fields_of(kind), *kind.listing.columns):
            assert not _(part.label).isascii(), (kind.name, part.name, part.label)


def test_dialog_begins_at_the_first_field_to_fill_in(session: Session, qtbot: QtBot) -> None:
    posts = KINDS["posts"]
    dialog = FormDialog(session, "Post", posts, fields_of(posts))
    qtbot.addWidget(dialog)
    dialog.begin_new({"unit_code": "110102"})
    name = dialog.form.editor("name")
    qtbot.waitUntil(name.hasFocus)
    assert dialog.focusWidget() is name


@pytest.mark.parametrize("day", [date(2025, 1, 1), None])
def test_dialog_says_when_another_day_than_today_is_looked_at(
    session: Session, qtbot: QtBot, day: date | None
) -> None:
    session.set_as_of(day or session.today)
    dialog = FormDialog(session, "Unit", UNITS, fields_of(UNITS))
    qtbot.addWidget(dialog)
    told = [part.text() for part in dialog.findChildren(QLabel) if "not today" in part.text()]
    assert [text for text in told if "2025-01-01" in text] == told
    assert bool(told) == (day is not None)


def test_all_controls_have_names_for_readers(form: Form) -> None:
    for name in form._editors:
        control = getattr(form.editor(name), "line", form.editor(name))
        assert control.accessibleName(), name


def test_saving_an_empty_form_complains_but_counts_as_nothing_typed(form: Form, qtbot: QtBot) -> None:
    form.save()
    assert form.problem("name") == "Must not be empty."
    assert not form.is_touched
    enter(form, qtbot, name="Test street")
    assert form.is_touched


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_field_of_a_form_has_its_chinese(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_language", "zh_CN")
    assert [field.name for field in fields_of(KINDS[kind]) if _(field.label).isascii()] == []
