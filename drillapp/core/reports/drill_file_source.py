"""What is in the file of a drill: every paper that its record can fill, and what it lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from drillapp.core.drills.naming import drill_named
from drillapp.core.drills.papers.stored import paper_of, papers_of
from drillapp.core.drills.record.reading import drill_record
from drillapp.core.drills.record.rows import DrillRecord, FileRow
from drillapp.core.drills.reporting.queries import DRILL_REPORTS
from drillapp.core.enumerations import codes, label
from drillapp.core.i18n import _
from drillapp.core.listing import rows
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.correction_papers import add_correction_ledger
from drillapp.core.reports.correction_source import correction_ledger
from drillapp.core.reports.drill_costs import add_cost_table, cost_table
from drillapp.core.reports.drill_cover import cover_of
from drillapp.core.reports.drill_file import DrillFile, FilePart
from drillapp.core.reports.drill_paper import add_drill_paper, paper_name, sheet_of
from drillapp.core.reports.drill_photos import add_photos, photos_of
from drillapp.core.reports.drill_record_form import add_record_form, record_form
from drillapp.core.reports.drill_report import DrillReport
from drillapp.core.reports.drill_script_table import add_script_table, script_table
from drillapp.core.reports.drill_sign_in import add_sign_in_sheet, sign_in_sheet
from drillapp.core.reports.drill_slip import add_report_slip, report_slip
from drillapp.core.reports.drill_source import drill_report
from drillapp.core.reports.evaluation_report import add_evaluation_report
from drillapp.core.reports.evaluation_sheet import add_evaluation_sheets
from drillapp.core.reports.evaluation_sheet_source import evaluation_sheets
from drillapp.core.reports.evaluation_source import evaluation_report
from drillapp.core.reports.headings import Styles
from drillapp.core.reports.list_report import ACROSS
from drillapp.core.reports.page import FORM_SHEET, OFFICIAL, Document, Paper

_BEHIND = ("summary",)
"""Documents that are written after the drill."""


def drill_file(office: Office, number: str, progress: Progress = SILENT) -> DrillFile:
    """The whole file of a drill; raises NotFound for a number that no drill has."""
    drill, drill_id = drill_report(office, number), drill_named(office, number)
    record = drill_record(office, drill_id)
    written = {paper.kind for paper in papers_of(office, drill_id) if paper.state != "none"}
    evaluation = evaluation_sheets(office, number)
    is_judged = any(sheet.number is not None for sheet in evaluation.sheets)
    parts: list[FilePart] = [*_papers(office, drill_id, written - set(_BEHIND))]
    script = script_table(office, number)
    if script.planned or script.reserve:
        parts.append(_part(_("Script of injects"), ACROSS, add_script_table, script))
    if record.roll.lines:
        parts.append(_part(_("Sign-in sheet"), ACROSS, add_sign_in_sheet, sign_in_sheet(office, number)))
    parts.append(_part(_("Record form"), FORM_SHEET, add_record_form, record_form(office, number)))
    parts += _pictures(office, record, progress)
    if is_judged:
        parts.append(_part(_("Evaluators' sheets"), FORM_SHEET, add_evaluation_sheets, evaluation))
        report = evaluation_report(office, number)
        parts.append(_part(paper_name("evaluation_report"), OFFICIAL, add_evaluation_report, report))
    parts += _papers(office, drill_id, written & set(_BEHIND))
    parts += _accounts(office, drill, record)
    return DrillFile(
        drill.unit,
        _("{drill}: whole file").format(drill=drill.title),
        cover_of(drill),
        tuple(parts),
        tuple(_missing(office, drill_id, drill)),
        tuple(file.name for file in record.files if not _is_picture(file)),
    )


def _part(title: str, paper: Paper, add: Callable[[Document, Any, Styles], None], data: Any) -> FilePart:
    return FilePart(title, paper, lambda document, styles: add(document, data, styles))


def _papers(office: Office, drill_id: int, kinds: set[str]) -> Iterator[FilePart]:
    for kind in codes("drill_paper"):
        if kind in kinds:
            paper = paper_of(office, drill_id, kind)
            yield _part(paper_name(kind), sheet_of(paper), add_drill_paper, paper)


def _pictures(office: Office, record: DrillRecord, progress: Progress) -> Iterator[FilePart]:
    """Photographs together; scans of other kinds by kind."""
    for kind in codes("drill_file"):
        files = [file for file in record.files if file.kind == kind and _is_picture(file)]
        if files:
            is_scan = kind != "photo"
            words = _("Scans: {kind}") if is_scan else _("Photographs")
            title = words.format(kind=label("drill_file", kind))
            data = photos_of(office, title, files, progress, is_scan=is_scan)
            yield _part(title, FORM_SHEET, add_photos, data)


def _is_picture(file: FileRow) -> bool:
    return file.media_type.startswith("image/")


def _accounts(office: Office, drill: DrillReport, record: DrillRecord) -> Iterator[FilePart]:
    if drill.findings:
        yield _part(
            _("Correction ledger"),
            ACROSS,
            add_correction_ledger,
            correction_ledger(office, None, drill.number),
        )
    if record.costs:
        yield _part(_("Costs"), FORM_SHEET, add_cost_table, cost_table(office, drill.number))
    if drill.ended_at is not None:
        yield _part(_("Report slip"), FORM_SHEET, add_report_slip, report_slip(office, drill.number))


def _missing(office: Office, drill_id: int, drill: DrillReport) -> Iterator[str]:
    """What a drill that is over should have in its file; before it is over, only its plan can be missed."""
    if drill.ended_at is None:
        if all(
            paper.state == "none" for paper in papers_of(office, drill_id) if paper.kind == "working_plan"
        ):
            yield paper_name("working_plan")
        return
    found = rows(office, DRILL_REPORTS, [drill_id])
    missing = found[0].missing_papers if found else ()
    yield from (label("report_paper", code) for code in missing)
