"""The report on the assessment of a plan: outline, basis, course, findings item by item, conclusion, suggestions."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import BinaryIO

import msgspec

from drillapp.core.i18n import _
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.fonts import Fonts, bundled
from drillapp.core.reports.form import Fact, Form
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.page import LEADING, Document, Rendered
from drillapp.core.reports.signature import Signature, long_date
from drillapp.core.reports.table import Column, Table, table_look
from drillapp.core.reports.text import Paragraph, sentences


class AssessedItem(msgspec.Struct, frozen=True):
    """An item of the form with its answer."""

    text: str
    needs_revision: bool | None
    """None: not answered."""
    note: str = ""


class AssessedGroup(msgspec.Struct, frozen=True):
    """A group of items."""

    name: str
    items: tuple[AssessedItem, ...]


class AssessmentReport(msgspec.Struct, frozen=True):
    """What the paper says."""

    office: str
    title: str
    plan: str
    number: str
    version: str
    unit: str
    assessed_on: date
    day: date
    assessors: tuple[str, ...]
    standard: str
    basis: str
    process: str
    groups: tuple[AssessedGroup, ...]
    conclusion: str
    """revise or keep; empty when none is on record."""
    suggestions: str


def render_assessment_report(
    data: AssessmentReport,
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Write the report; characters that no font has are named in what comes back."""
    fonts = fonts or bundled()
    document = Document(
        sentences(*data.title.splitlines()), author=data.office, fonts=fonts, progress=progress
    )
    styles = Styles(fonts)
    document.space(LEADING)
    document.add(Title(data.title, styles.title))
    document.space(LEADING)
    document.add(styles.heading(1, 1, _("Overview")))
    document.space(LEADING / 4)
    document.add(Form(_facts(data), fonts))
    document.space(LEADING / 3)
    _add_text(document, styles, 2, _("Basis of the assessment"), data.basis or data.standard)
    _add_text(document, styles, 3, _("Course of the assessment"), data.process or _("Nothing was entered."))
    _add_items(document, data, styles)
    _add_text(document, styles, 5, _("Conclusion of the assessment"), _conclusion(data))
    _add_text(document, styles, 6, _("Suggestions"), data.suggestions or _("None."))
    roles = (_("Head of the assessors"), _("Assessors"))
    document.add(Signature(data.office, data.day, roles, fonts))
    return document.close(target)


def _facts(data: AssessmentReport) -> list[Fact]:
    return [
        Fact(_("Plan title"), data.plan, is_wide=True),
        Fact(_("Plan number"), data.number),
        Fact(_("Version"), data.version),
        Fact(_("Made by"), data.unit, is_wide=True),
        Fact(_("Assessed on"), long_date(data.assessed_on)),
        Fact(_("Overall result"), _result({"revise": True, "keep": False}.get(data.conclusion))),
        Fact(_("Assessors"), _(", ").join(data.assessors), is_wide=True),
    ]


def _add_text(document: Document, styles: Styles, number: int, heading: str, text: str) -> None:
    document.add(styles.heading(1, number, heading))
    document.add(*(styles.text(line) for line in text.splitlines() if line.strip()))


def _add_items(document: Document, data: AssessmentReport, styles: Styles) -> None:
    items = [item for group in data.groups for item in group.items]
    revise = sum(item.needs_revision is True for item in items)
    open_ = sum(item.needs_revision is None for item in items)
    document.add(styles.heading(1, 4, _("What the assessment found")))
    text = _("Of {count} items, {revise} need revision; {open} were not assessed.").format(
        count=len(items), revise=revise, open=open_
    )
    document.add(styles.text(text))
    document.space(LEADING / 4)
    columns = (
        Column(_("Subject"), 74, "centre"), Column(_("What was looked at")), Column(_("Result"), 58, "centre"),
        Column(_("Remarks on it"), 120),
    )  # fmt: skip
    rows = [
        (group.name, item.text, _result(item.needs_revision), item.note)
        for group in data.groups
        for item in group.items
    ]
    document.add(Table(columns, rows, table_look(styles.fonts, 10.5)))
    document.add(Paragraph(_("Form: {standard}").format(standard=data.standard), styles.note))


def _result(needs_revision: bool | None) -> str:
    if needs_revision is None:
        return "—"
    return _("revise") if needs_revision else _("keep")


def _conclusion(data: AssessmentReport) -> str:
    if not data.conclusion:
        return _("No conclusion is on record.")
    if data.conclusion == "revise":
        return _("On assessment, the plan needs to be revised; the revision is to be begun in time.")
    return _("On assessment, the plan need not be revised and stays in force.")
