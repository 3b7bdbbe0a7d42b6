"""The sheet of a rescue team: facts, standard, members, equipment, agreements, trainings and drills."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

from drillapp.core.enumerations import label
from drillapp.core.i18n import _
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.fonts import Fonts, bundled
from drillapp.core.reports.form import Fact, Form
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.page import FORM_SHEET, MM, Document, Rendered
from drillapp.core.reports.signature import long_date
from drillapp.core.reports.table import Column, Table, table_look
from drillapp.core.reports.team_source import facts_of
from drillapp.core.reports.text import Paragraph, Style
from drillapp.core.reports.together import Together
from drillapp.core.teams.evidence import ClauseResult
from drillapp.core.teams.sheet import TeamSheet

_SIZE = 10.0
_Part = tuple[str, tuple[Column, ...], Sequence[tuple[str, ...]], str]
"""Heading, columns, rows, and what is said where there are none."""


def render_team_sheets(
    office: str,
    as_of: date,
    sheets: Sequence[TeamSheet],
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Write the sheets, each on pages of its own; characters that no font has are named in what comes back."""
    fonts = fonts or bundled()
    title = _("Sheet of a rescue team")
    document = Document(
        title, author=office, fonts=fonts, paper=FORM_SHEET, numbering="of", progress=progress
    )
    for place, sheet in enumerate(sheets):
        if place:
            document.new_page()
        _write(document, fonts, sheet, title, as_of)
    return document.close(target)


def _write(document: Document, fonts: Fonts, sheet: TeamSheet, title: str, as_of: date) -> None:
    styles, look = Styles(fonts), table_look(fonts, _SIZE)
    heading = Style(fonts.sans, 12, 20, align="left", before=3 * MM, after=1 * MM)
    below = Style(fonts.body, 10.5, 16, align="centre", after=2 * MM)
    day = _("{team}, as of {day}").format(team=sheet.team.name, day=long_date(as_of))
    form = Form([Fact(*fact) for fact in facts_of(sheet)], fonts)
    form.size, form.leading, form.padding = 10.5, 15.0, 4.0
    document.add(Title(title, styles.title), Paragraph(day, below), form)
    for words, columns, rows, empty in _parts(sheet):
        head = Paragraph(words, heading, keep_with_next=20.0)
        if rows:
            document.add(Together(head, Table(columns, rows, look)))
        else:
            document.add(Together(head, Paragraph(empty, styles.note)))
    if any(clause.mark != "V" for clause in _clauses(sheet)):
        note = _(
            "Sources: V read in the text, V2 second-hand, M not verified, C a convention of this program."
        )
        document.add(Paragraph(note, styles.note))


def _parts(sheet: TeamSheet) -> Iterator[_Part]:
    yield _standard(sheet)
    yield _members(sheet)
    yield _equipment(sheet)
    yield _agreements(sheet)
    yield _trainings(sheet)


def _clauses(sheet: TeamSheet) -> Sequence[ClauseResult]:
    return () if sheet.standard is None else sheet.standard.clauses


def _standard(sheet: TeamSheet) -> _Part:
    columns = (
        Column(_("Asked of the team")), Column(_("State"), 62, "centre"), Column(_("As found")), Column(_("Source"), 130),
        Column(_("Mark"), 30, "centre"),
    )  # fmt: skip
    rows = [
        (
            one.title, label("standard_state", one.state) if one.counts else _("({state})").format(
                state=label("standard_state", one.state)
            ),
            one.evidence, one.source, one.mark,
        )
        for one in _clauses(sheet)
    ]  # fmt: skip
    return (
        _("Standard (in brackets: told, does not decide)"),
        columns,
        rows,
        _("The team is not in use on this day."),
    )


def _members(sheet: TeamSheet) -> _Part:
    columns = (
        Column(_("#"), 34, "centre"), Column(_("Name"), 52), Column(_("Role"), 46), Column(_("Phone"), 82),
        Column(_("Qualification")), Column(_("Qualified until"), 66), Column(_("Insured until"), 66),
        Column(_("State"), 62),
    )  # fmt: skip
    rows = [
        (
            str(place), one.name, label("team_role", one.role), one.phone or "", one.qualification or "",
            _day(one.qualified_until), _day(one.insured_until or sheet.team.insured_until),
            label("member_state", one.state),
        )
        for place, one in enumerate(sheet.members, 1)
    ]  # fmt: skip
    return _("Members of the team"), columns, rows, _("No members are named.")


def _equipment(sheet: TeamSheet) -> _Part:
    columns = (
        Column(_("#"), 34, "centre"), Column(_("Item name")), Column(_("Unit of measure"), 56, "centre"),
        Column(_("Required"), 56, "right"), Column(_("Available"), 56, "right"), Column(_("State"), 56, "centre"),
    )  # fmt: skip
    rows = [
        (
            str(place), one.item_name, one.unit_of_measure or "", f"{one.quantity:g}",
            "—" if one.available is None else f"{one.available:g}", label("standard_state", one.state),
        )
        for place, one in enumerate(sheet.equipment, 1)
    ]  # fmt: skip
    return (
        _("Equipment (in date in the team's storehouse)"),
        columns,
        rows,
        _("No required equipment is listed."),
    )


def _agreements(sheet: TeamSheet) -> _Part:
    columns = (
        Column(_("Number of the agreement"), 96), Column(_("Partner")), Column(_("About what")),
        Column(_("In force from"), 66), Column(_("Valid until"), 66), Column(_("State"), 50, "centre"),
    )  # fmt: skip
    rows = [
        (
            one.number, one.partner, one.scope or "", _day(one.valid_from), _day(one.valid_until),
            label("agreement_state", one.state),
        )
        for one in sheet.agreements
    ]  # fmt: skip
    return _("Agreements"), columns, rows, _("No agreement is entered.")


def _trainings(sheet: TeamSheet) -> _Part:
    columns = (
        Column(_("Day"), 66), Column(_("What"), 44), Column(_("Subject or title")), Column(_("Hours trained"), 44, "right"),
        Column(_("Took part"), 50, "right"), Column(_("Trainer"), 96),
    )  # fmt: skip
    trainings = [
        (
            one.held_on,
            _("Training"),
            one.subject,
            _number(one.hours),
            _number(one.attended),
            one.trainer or "",
        )
        for one in sheet.trainings
    ]
    drills = [
        (one.planned_on, _("Drill"), one.title, "", _number(one.present), "")
        for one in sheet.drills
        if one.held
    ]
    rows = [
        (_day(day), *rest)
        for day, *rest in sorted([*trainings, *drills], key=lambda row: row[0], reverse=True)
    ]
    return _("Trainings and drills"), columns, rows, _("No training is recorded.")


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
