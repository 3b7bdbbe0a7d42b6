"""The report on a drill's evaluation, in the five chapters of YJ/T 9009."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

import msgspec

from drillapp.core.charts.ranking import Bar, Ranking
from drillapp.core.i18n import _
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.charts.drawn import Drawn
from drillapp.core.reports.charts.series import share
from drillapp.core.reports.fonts import Fonts, bundled
from drillapp.core.reports.form import Fact, Form
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.page import LEADING, Document, Rendered
from drillapp.core.reports.signature import Signature
from drillapp.core.reports.table import Column, Table, table_look
from drillapp.core.reports.text import Paragraph, sentences
from drillapp.core.reports.together import Space, Together

Row = tuple[str, ...]


class GroupLine(msgspec.Struct, frozen=True):
    """A group of items."""

    code: str
    name: str
    judged: int
    faults: int
    score: float | None
    """In percent."""
    score_words: str


class EvaluationReport(msgspec.Struct, frozen=True, kw_only=True):
    """What the paper says, its rows in words already."""

    office: str
    title: str
    day: date
    summary: str
    facts: tuple[Fact, ...]
    process: tuple[str, ...]
    """Paragraphs."""
    evaluators: tuple[Row, ...]
    """Evaluator, party, form, groups and place, handed in on."""
    figures: tuple[str, ...]
    groups: tuple[GroupLine, ...]
    faults: tuple[Row, ...]
    """Row code, item, share, what the evaluators said."""
    disputed: tuple[Row, ...]
    """Row code, item, what each said."""
    no_fault: str
    no_dispute: str
    """What is said where there are none."""
    responses: tuple[Row, ...]
    """Inject or level, action, who, limit, taken, state."""
    objectives: tuple[Row, ...]
    """Objective, how far it was met, note."""
    comments: tuple[str, ...]
    findings: tuple[Row, ...]
    """Problem, action, owner, due on, state."""
    conclusion: tuple[str, ...]
    basis: str
    """Forms and rule."""
    is_event: bool = False
    """Whether the response to a real emergency was assessed."""


def render_evaluation_report(
    data: EvaluationReport,
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
    add_evaluation_report(document, data, Styles(fonts))
    return document.close(target)


def add_evaluation_report(document: Document, data: EvaluationReport, styles: Styles) -> None:
    """Set it from where the page is."""
    document.space(LEADING)
    document.add(Title(data.title, styles.title))
    document.space(LEADING)
    _add_facts(document, data, styles)
    _add_process(document, data, styles)
    _add_analysis(document, data, styles)
    _add_suggestions(document, data, styles)
    _add_conclusion(document, data, styles)


def _add_facts(document: Document, data: EvaluationReport, styles: Styles) -> None:
    heading = _("Basic facts of the event" if data.is_event else "Basic facts of the drill")
    document.add(styles.heading(1, 1, heading), styles.text(data.summary))
    document.space(LEADING / 4)
    document.add(Form(data.facts, styles.fonts))
    document.space(LEADING / 3)


def _add_process(document: Document, data: EvaluationReport, styles: Styles) -> None:
    document.add(styles.heading(1, 2, _("Course of the evaluation")), *map(styles.text, data.process))
    if not data.evaluators:
        return
    columns = (
        Column(_("Evaluator"), 70, "centre"), Column(_("Party"), 92, "centre"), Column(_("Form used")),
        Column(_("Groups and place"), 84), Column(_("Handed in"), 64, "centre"),
    )  # fmt: skip
    _add_table(document, columns, data.evaluators, styles)


def _add_analysis(document: Document, data: EvaluationReport, styles: Styles) -> None:
    heading = _("Analysis of the response" if data.is_event else "Analysis of the drill")
    document.add(styles.heading(1, 3, heading))
    document.add(styles.heading(2, 1, _("Results as a whole")))
    document.add(styles.text(sentences(*data.figures)))
    _add_groups(document, data.groups, styles)
    number = 2
    for heading, columns, rows, empty in _parts(data):
        document.add(styles.heading(2, number, heading))
        if rows:
            _add_table(document, columns, rows, styles)
        else:
            document.add(styles.text(empty))
        number += 1


def _add_groups(document: Document, groups: Sequence[GroupLine], styles: Styles) -> None:
    if not groups:
        return
    columns = (
        Column(_("Code"), 44, "centre"), Column(_("Group")), Column(_("Items judged"), 74, "centre"),
        Column(_("Faults"), 58, "centre"), Column(_("Score rate"), 66, "right"),
    )  # fmt: skip
    rows = [
        (group.code, group.name, str(group.judged), str(group.faults), group.score_words) for group in groups
    ]
    _add_table(document, columns, rows, styles)
    bars = [
        Bar(group.code, f"{group.code} {group.name}", share(group.score), is_asked=False) for group in groups
    ]
    chart = Drawn(Ranking(bars), styles.fonts)
    caption = Paragraph(_("Score by group, in percent"), styles.note, keep_with_next=60)
    document.add(Together(caption, chart))
    document.space(LEADING / 3)


def _parts(data: EvaluationReport) -> tuple[tuple[str, tuple[Column, ...], tuple[Row, ...], str], ...]:
    """What follows the figures: heading, columns, rows, what is said where there are none."""
    code, item = Column(_("Code"), 44, "centre"), Column(_("What is judged"), 130)
    said = Column(_("What the evaluators said"))
    return (
        (
            _("Problems found"), (code, item, Column(_("Score rate"), 54, "right"), said), data.faults,
            data.no_fault,
        ),
        (
            _("Where the evaluators disagree"), (code, item, said), data.disputed,
            data.no_dispute,
        ),
        (
            _("Response times"),
            (
                Column(_("Inject or level"), 58, "centre"), Column(_("Expected action")), Column(_("Who acts"), 70),
                Column(_("Limit"), 62, "right"), Column(_("Taken"), 68, "right"), Column(_("State"), 74, "centre"),
            ),
            data.responses, _("No expected actions are on record."),
        ),
        (
            _("Objectives of the response" if data.is_event else "Objectives of the drill"),
            (Column(_("Objective")), Column(_("Result"), 70, "centre"), Column(_("Remarks on it"), 150)),
            data.objectives, _("No objectives were set."),
        ),
    )  # fmt: skip


def _add_suggestions(document: Document, data: EvaluationReport, styles: Styles) -> None:
    document.add(styles.heading(1, 4, _("Improvements and suggestions")))
    document.add(*map(styles.text, data.comments))
    if not data.findings:
        document.add(styles.text(_("No findings were entered.")))
        return
    columns = (
        Column(_("#"), 26, "centre"), Column(_("Problem")), Column(_("Corrective action")),
        Column(_("Owner"), 60, "centre"), Column(_("To be done by"), 64, "centre"), Column(_("State"), 66, "centre"),
    )  # fmt: skip
    rows = [(str(place), *row) for place, row in enumerate(data.findings, 1)]
    _add_table(document, columns, rows, styles)


def _add_conclusion(document: Document, data: EvaluationReport, styles: Styles) -> None:
    roles = (_("Head of the evaluators"), _("Evaluators"))
    signature = Signature(data.office, data.day, roles, styles.fonts)
    document.add(styles.heading(1, 5, _("Conclusion of the evaluation")))
    keep = signature.height(document.paper.text_width)
    basis = Paragraph(data.basis, styles.note, keep_with_next=keep)
    # The last words come along with the signature, so that nobody signs a page on which nothing stands.
    below = keep + basis.height(document.paper.text_width)
    document.add(*map(styles.text, data.conclusion[:-1]))
    document.add(*(styles.text(text, keep_with_next=below) for text in data.conclusion[-1:]))
    document.add(basis, signature)


def _add_table(document: Document, columns: Sequence[Column], rows: Sequence[Row], styles: Styles) -> None:
    document.add(Together(Space(LEADING / 4), Table(columns, rows, table_look(styles.fonts, 10.5))))
    document.space(LEADING / 3)
