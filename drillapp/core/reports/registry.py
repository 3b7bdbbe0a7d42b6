"""The papers that an office can write, by the names under which command line and window ask for them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from drillapp.core.drills.papers.templates import templates
from drillapp.core.enumerations import label
from drillapp.core.errors import InvalidInput, NotFound, Unavailable
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.aid_letter import render_aid_letter
from drillapp.core.reports.aid_source import aid_letter
from drillapp.core.reports.annual_programme import render_annual_programme
from drillapp.core.reports.annual_programme_source import annual_programme
from drillapp.core.reports.assessment_report import render_assessment_report
from drillapp.core.reports.assessment_source import assessment_report
from drillapp.core.reports.bulletin_issue import write_bulletin
from drillapp.core.reports.card_sheet import render_card_sheet
from drillapp.core.reports.card_source import card_sheet
from drillapp.core.reports.comparison import render_comparison
from drillapp.core.reports.comparison_source import comparison
from drillapp.core.reports.contact_directory import render_contact_directory
from drillapp.core.reports.correction_papers import (
    render_correction_ledger,
    render_notices,
    render_replies,
)
from drillapp.core.reports.correction_source import correction_ledger, notices, replies
from drillapp.core.reports.directory_source import contact_directory
from drillapp.core.reports.dossier import render_dossier
from drillapp.core.reports.dossier_source import dossier
from drillapp.core.reports.drill_controllers import controller_sheets, render_controller_sheets
from drillapp.core.reports.drill_costs import cost_table, render_cost_table
from drillapp.core.reports.drill_cover import drill_cover, render_drill_cover
from drillapp.core.reports.drill_file import render_drill_file
from drillapp.core.reports.drill_file_source import drill_file
from drillapp.core.reports.drill_paper import drill_paper, render_drill_paper
from drillapp.core.reports.drill_rates import participation_paper, rates_paper
from drillapp.core.reports.drill_record_form import record_form, render_record_form
from drillapp.core.reports.drill_report import render_drill_report
from drillapp.core.reports.drill_script_table import render_script_table, script_table
from drillapp.core.reports.drill_sign_in import render_sign_in_sheet, sign_in_sheet
from drillapp.core.reports.drill_slip import render_report_slip, report_slip
from drillapp.core.reports.drill_source import drill_report
from drillapp.core.reports.evaluation_report import render_evaluation_report
from drillapp.core.reports.evaluation_sheet import render_evaluation_sheets
from drillapp.core.reports.evaluation_sheet_source import evaluation_sheets
from drillapp.core.reports.evaluation_source import evaluation_report
from drillapp.core.reports.filing_papers import render_filing_application, render_filing_receipt
from drillapp.core.reports.filing_source import filing_application, filing_receipt
from drillapp.core.reports.ledger_card import ledger_card_paper
from drillapp.core.reports.list_report import ListPaper, render_list
from drillapp.core.reports.page import Rendered
from drillapp.core.reports.plan_catalogue import render_plan_catalogue
from drillapp.core.reports.plan_catalogue_source import plan_catalogue
from drillapp.core.reports.plan_document import document_in_force, render_plan_document
from drillapp.core.reports.readiness_report import render_readiness_report
from drillapp.core.reports.readiness_source import readiness_report
from drillapp.core.reports.reminder import render_reminders
from drillapp.core.reports.reminder_source import reminders
from drillapp.core.reports.response_sheet import render_response_sheet
from drillapp.core.reports.response_sheet_source import response_sheet
from drillapp.core.reports.revision_notice import render_revision_notice
from drillapp.core.reports.revision_source import revision_notice
from drillapp.core.reports.stock_inventory import render_stock_inventory, stock_inventory
from drillapp.core.reports.stock_slip import loan_slip, render_stock_slip, stock_slip
from drillapp.core.reports.stocktake_report import render_stocktake_report, stocktake_report
from drillapp.core.reports.stocktake_sheet import render_stocktake_sheet, stocktake_sheet
from drillapp.core.reports.supply_fulfilment import fulfilment_paper, render_fulfilment
from drillapp.core.reports.supply_lists import expiry_paper, purchase_paper, upkeep_paper
from drillapp.core.reports.team_call_out import render_call_out
from drillapp.core.reports.team_duty import render_duty_month
from drillapp.core.reports.team_sheet import render_team_sheets
from drillapp.core.reports.team_source import call_out, duty_month, sheets_of


class Subject(NamedTuple):
    """What a report is asked to be about."""

    unit_code: str | None = None
    number: str | None = None


Write: TypeAlias = Callable[[Office, Subject, Path, Progress], Rendered]


class Report(NamedTuple):
    """A paper that can be asked for."""

    name: str
    title: Callable[[], str]
    """What it is called in the language spoken now."""
    needs: tuple[str, ...]
    """Which of `unit_code` and `number` must be given."""
    takes: tuple[str, ...]
    """Which of them may be given."""
    write: Write


def write_report(
    office: Office,
    name: str,
    path: Path,
    *,
    unit_code: str | None = None,
    number: str | None = None,
    progress: Progress = SILENT,
) -> list[str]:
    """Write a report as PDF; returns the names of the characters that no font has, which are printed as boxes.

    The file appears whole or not at all. Raises NotFound for an unknown report, unit or number, InvalidInput naming
    the field for a unit or number that is needed and was not given, Unavailable when the file cannot be written.
    """
    report, subject = _report(name), Subject(unit_code or None, number or None)
    for field in report.needs:
        if getattr(subject, field) is None:
            raise InvalidInput(_needed(field).format(report=report.title()), field=field)
    _look_at_folder(path)
    return list(report.write(office, subject, path, progress).missing)


def write_cards(
    office: Office,
    path: Path,
    *,
    numbers: Collection[str] = (),
    unit_code: str | None = None,
    size: str = "pocket",
    sector: str | None = None,
    progress: Progress = SILENT,
) -> list[str]:
    """Write disposal cards as PDF, by number, of a unit and those below it, of a sector; returns as `write_report` does.

    Raises InvalidInput for an unknown size and naming the card and the line that is too long for it, NotFound for
    numbers without a card and for units without cards, Unavailable when the file cannot be written.
    """
    _look_at_folder(path)
    sheet = card_sheet(office, numbers, unit_code, size, sector)
    return list(render_card_sheet(sheet, path, progress).missing)


def _report(name: str) -> Report:
    if name not in REPORTS:
        raise NotFound(
            _("There is no report '{name}'.").format(name=name),
            _("There are: {names}").format(names=", ".join(REPORTS)),
        )
    return REPORTS[name]


def _needed(field: str) -> str:
    if field == "number":
        return _("Say which number the report “{report}” is about.")
    return _("Say which unit the report “{report}” is about.")


def _look_at_folder(path: Path) -> None:
    """Said before the work begins, not after it."""
    if not path.parent.is_dir():
        raise Unavailable(
            _("There is no folder '{folder}'.").format(folder=path.parent),
            _("Choose a folder that is there, or make it first."),
        )


def _of_number(source: Callable[[Office, str], Any], render: Callable[..., Rendered]) -> Write:
    """Writes a paper about the record with the number."""
    return lambda office, subject, path, progress: render(
        source(office, subject.number or ""), path, progress
    )


def _of_unit(source: Callable[[Office, str | None], Any], render: Callable[..., Rendered]) -> Write:
    """Writes a paper about the unit, or the office's own."""
    return lambda office, subject, path, progress: render(source(office, subject.unit_code), path, progress)


def _readiness(office: Office, subject: Subject, path: Path, progress: Progress) -> Rendered:
    return render_readiness_report(readiness_report(office, subject.unit_code, progress), path, progress)


def _bulletin(office: Office, subject: Subject, path: Path, progress: Progress) -> Rendered:
    return write_bulletin(office, subject.unit_code, subject.number, path, progress)


def _comparison(office: Office, subject: Subject, path: Path, progress: Progress) -> Rendered:
    data = comparison(office, subject.unit_code, subject.number, progress)
    return render_comparison(data, path, progress)


def _dossier(office: Office, subject: Subject, path: Path, progress: Progress) -> Rendered:
    return render_dossier(dossier(office, subject.unit_code, progress), path, progress)


def _reminders(office: Office, subject: Subject, path: Path, progress: Progress) -> Rendered:
    data = reminders(office, subject.unit_code, subject.number)
    return render_reminders(data, path, progress)


def _cards(office: Office, subject: Subject, path: Path, progress: Progress) -> Rendered:
    return render_card_sheet(card_sheet(office, unit_code=subject.unit_code), path, progress)


def _directory(office: Office, subject: Subject, path: Path, progress: Progress) -> Rendered:
    data = contact_directory(office, subject.unit_code, subject.number)
    return render_contact_directory(data, path, progress)


def _programme(office: Office, subject: Subject, path: Path, progress: Progress) -> Rendered:
    data = annual_programme(office, subject.unit_code, subject.number)
    return render_annual_programme(data, path, progress)


def _list_paper(source: Callable[[Office, str | None, str | None], ListPaper]) -> Write:
    """Writes a list of a unit and a year or period, both of which may be left out."""
    return lambda office, subject, path, progress: render_list(
        source(office, subject.unit_code, subject.number), path, progress
    )


def _corrections(source: Callable[..., Any], render: Callable[..., Rendered]) -> Write:
    """Writes a paper to or from the units that put right what a drill found, or one of them."""
    return lambda office, subject, path, progress: render(
        source(office, subject.number or "", subject.unit_code), path, progress
    )


def _team_sheets(office: Office, subject: Subject, path: Path, progress: Progress) -> Rendered:
    sheets = sheets_of(office, subject.unit_code, subject.number)
    return render_team_sheets(office.name, office.as_of, sheets, path, progress)


def _team_duty(office: Office, subject: Subject, path: Path, progress: Progress) -> Rendered:
    data = duty_month(office, subject.unit_code, subject.number or "")
    return render_duty_month(data, path, progress)


def _correction_ledger(office: Office, subject: Subject, path: Path, progress: Progress) -> Rendered:
    data = correction_ledger(office, subject.unit_code, subject.number, progress)
    return render_correction_ledger(data, path, progress)


_UNIT, _NUMBER = ("unit_code",), ("number",)
_CORRECTION_NOTICE = _corrections(notices, render_notices)
_CORRECTION_REPLY = _corrections(replies, render_replies)
_RATES, _TAKING_PART = _list_paper(rates_paper), _list_paper(participation_paper)
_PLAN = _of_number(document_in_force, render_plan_document)
_BY_TERRITORY = _of_unit(partial(plan_catalogue, grouping="territory"), render_plan_catalogue)
_BY_SECTOR = _of_unit(partial(plan_catalogue, grouping="sector"), render_plan_catalogue)
_APPLICATION = _of_number(filing_application, render_filing_application)
_RECEIPT = _of_number(filing_receipt, render_filing_receipt)
_WALL_A3 = _of_number(partial(response_sheet, size="a3"), render_response_sheet)
_WALL_A4 = _of_number(partial(response_sheet, size="a4"), render_response_sheet)
_NOTICE = _of_number(revision_notice, render_revision_notice)
_ASSESSMENT = _of_number(assessment_report, render_assessment_report)
_EVALUATION = _of_number(evaluation_report, render_evaluation_report)
_SHEETS = _of_number(evaluation_sheets, render_evaluation_sheets)
_BLANK_SHEETS = _of_number(partial(evaluation_sheets, blank=True), render_evaluation_sheets)
_SCRIPT = _of_number(script_table, render_script_table)
_SIGN_IN = _of_number(sign_in_sheet, render_sign_in_sheet)
_BLANK_SIGN_IN = _of_number(partial(sign_in_sheet, blank=True), render_sign_in_sheet)
_RECORD_FORM = _of_number(record_form, render_record_form)
_CONTROLLERS = _of_number(controller_sheets, render_controller_sheets)
_COSTS = _of_number(cost_table, render_cost_table)
_SLIP = _of_number(report_slip, render_report_slip)
_COVER = _of_number(drill_cover, render_drill_cover)
_EXPIRY, _PURCHASE, _UPKEEP = map(_list_paper, (expiry_paper, purchase_paper, upkeep_paper))
_FULFILMENT = _of_unit(fulfilment_paper, render_fulfilment)
_AID_LETTER = _of_number(aid_letter, render_aid_letter)
_LEDGER_CARD = _list_paper(ledger_card_paper)
_STOCK_SLIP = _of_number(stock_slip, render_stock_slip)
_LOAN_SLIP = _of_number(loan_slip, render_stock_slip)
_STOCKTAKE_SHEET = _of_number(stocktake_sheet, render_stocktake_sheet)
_STOCKTAKE_REPORT = _of_number(stocktake_report, render_stocktake_report)


def _inventory(office: Office, subject: Subject, path: Path, progress: Progress) -> Rendered:
    data = stock_inventory(office, subject.unit_code, subject.number)
    return render_stock_inventory(data, path, progress)


def _drill_file(office: Office, subject: Subject, path: Path, progress: Progress) -> Rendered:
    return render_drill_file(drill_file(office, subject.number or "", progress), path, progress)


def _document(kind: str) -> Report:
    """A document of a drill as it was written."""
    write = _of_number(partial(drill_paper, kind=kind), render_drill_paper)
    return Report(f"drill_{kind}", partial(label, "drill_paper", kind), _NUMBER, _NUMBER, write)


REPORTS: dict[str, Report] = {
    report.name: report
    for report in (
        Report(
            "drill",
            lambda: _("Report on a drill"),
            _NUMBER,
            _NUMBER,
            _of_number(drill_report, render_drill_report),
        ),
        *map(_document, templates()),
        Report("drill_script_table", lambda: _("Script of injects"), _NUMBER, _NUMBER, _SCRIPT),
        Report("drill_sign_in", lambda: _("Sign-in sheet"), _NUMBER, _NUMBER, _SIGN_IN),
        Report("drill_sign_in_blank", lambda: _("Sign-in sheet, blank"), _NUMBER, _NUMBER, _BLANK_SIGN_IN),
        Report("drill_record_form", lambda: _("Record form"), _NUMBER, _NUMBER, _RECORD_FORM),
        Report("drill_controllers", lambda: _("Controllers' sheets"), _NUMBER, _NUMBER, _CONTROLLERS),
        Report("drill_costs", lambda: _("Cost table of a drill"), _NUMBER, _NUMBER, _COSTS),
        Report("drill_slip", lambda: _("Report slip"), _NUMBER, _NUMBER, _SLIP),
        Report("drill_cover", lambda: _("Cover of the drill's file"), _NUMBER, _NUMBER, _COVER),
        Report("drill_file", lambda: _("Whole file of a drill"), _NUMBER, _NUMBER, _drill_file),
        Report("annual_programme", lambda: _("Drill plan of a year"), (), (*_UNIT, *_NUMBER), _programme),
        Report("reporting_rates", lambda: _("Drills reported upward"), (), (*_UNIT, *_NUMBER), _RATES),
        Report("participation", lambda: _("Taking part in drills"), (), (*_UNIT, *_NUMBER), _TAKING_PART),
        Report(
            "correction_notice",
            lambda: _("Correction notice"),
            _NUMBER,
            (*_UNIT, *_NUMBER),
            _CORRECTION_NOTICE,
        ),
        Report(
            "correction_reply", lambda: _("Correction reply"), _NUMBER, (*_UNIT, *_NUMBER), _CORRECTION_REPLY
        ),
        Report(
            "correction_ledger",
            lambda: _("Correction ledger"),
            (),
            (*_UNIT, *_NUMBER),
            _correction_ledger,
        ),
        Report("team_sheet", lambda: _("Sheets of teams"), (), (*_UNIT, *_NUMBER), _team_sheets),
        Report(
            "team_call_out",
            lambda: _("Call-out list of teams"),
            (),
            _UNIT,
            _of_unit(call_out, render_call_out),
        ),
        Report(
            "team_duty_roster", lambda: _("Duty roster of a team"), _NUMBER, (*_UNIT, *_NUMBER), _team_duty
        ),
        Report("readiness", lambda: _("Readiness report of a unit"), (), _UNIT, _readiness),
        Report("bulletin", lambda: _("Readiness bulletin"), (), (*_UNIT, *_NUMBER), _bulletin),
        Report("comparison", lambda: _("Readiness on two days"), (), (*_UNIT, *_NUMBER), _comparison),
        Report("dossier", lambda: _("Dossier of a unit"), (), _UNIT, _dossier),
        Report("reminder", lambda: _("Reminder of obligations"), (), (*_UNIT, *_NUMBER), _reminders),
        Report("cards", lambda: _("Disposal cards of a unit"), _UNIT, _UNIT, _cards),
        Report("plan", lambda: _("Plan as a document"), _NUMBER, _NUMBER, _PLAN),
        Report("plan_catalogue", lambda: _("Catalogue of plans by territory"), (), _UNIT, _BY_TERRITORY),
        Report("plan_catalogue_by_sector", lambda: _("Catalogue of plans by sector"), (), _UNIT, _BY_SECTOR),
        Report("contact_directory", lambda: _("Emergency directory"), (), (*_UNIT, *_NUMBER), _directory),
        Report(
            "filing_application",
            lambda: _("Application for the filing of a plan"),
            _NUMBER,
            _NUMBER,
            _APPLICATION,
        ),
        Report("filing_receipt", lambda: _("Receipt for the filing of a plan"), _NUMBER, _NUMBER, _RECEIPT),
        Report("response_sheet", lambda: _("Response levels for the wall (A3)"), _NUMBER, _NUMBER, _WALL_A3),
        Report(
            "response_sheet_a4", lambda: _("Response levels for the wall (A4)"), _NUMBER, _NUMBER, _WALL_A4
        ),
        Report("revision_notice", lambda: _("Notice of a plan's revision"), _NUMBER, _NUMBER, _NOTICE),
        Report(
            "assessment_report", lambda: _("Report on a plan's assessment"), _NUMBER, _NUMBER, _ASSESSMENT
        ),
        Report(
            "evaluation_report", lambda: _("Report on a drill's evaluation"), _NUMBER, _NUMBER, _EVALUATION
        ),
        Report("evaluation_sheet", lambda: _("Evaluators' sheets"), _NUMBER, _NUMBER, _SHEETS),
        Report(
            "evaluation_sheet_blank",
            lambda: _("Evaluators' sheets to fill in"),
            _NUMBER,
            _NUMBER,
            _BLANK_SHEETS,
        ),
        Report("aid_request", lambda: _("Letter asking for aid"), _NUMBER, _NUMBER, _AID_LETTER),
        Report("ledger_card", lambda: _("Ledger card of an item"), _NUMBER, _NUMBER, _LEDGER_CARD),
        Report("stock_slip", lambda: _("Slip of a stock document"), _NUMBER, _NUMBER, _STOCK_SLIP),
        Report("loan_slip", lambda: _("Loan slip"), _NUMBER, _NUMBER, _LOAN_SLIP),
        Report("inventory", lambda: _("Inventory of storehouses"), (), (*_UNIT, *_NUMBER), _inventory),
        Report("stocktake_sheet", lambda: _("Stocktake sheet"), _NUMBER, _NUMBER, _STOCKTAKE_SHEET),
        Report(
            "stocktake_report",
            lambda: _("Report on surplus and shortage"),
            _NUMBER,
            _NUMBER,
            _STOCKTAKE_REPORT,
        ),
        Report("expiry_list", lambda: _("Supplies that expire"), (), (*_UNIT, *_NUMBER), _EXPIRY),
        Report("fulfilment", lambda: _("Fulfilment of required levels"), (), _UNIT, _FULFILMENT),
        Report("purchase_list", lambda: _("Purchase list"), (), (*_UNIT, *_NUMBER), _PURCHASE),
        Report("upkeep_plan", lambda: _("Upkeep plan"), (), (*_UNIT, *_NUMBER), _UPKEEP),
    )
}
