"""Two tables about many drills: how reliably units report them, and how far their people take part."""

from __future__ import annotations

from collections.abc import Sequence

from drillapp.core.drills.participation import UnitParticipation, participation, people_never
from drillapp.core.drills.reporting.periods import Period, read_period
from drillapp.core.drills.reporting.queries import reporting_rates
from drillapp.core.drills.reporting.rows import ReportRate
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.reports.list_report import ListPaper
from drillapp.core.reports.plan_source import scope_of
from drillapp.core.reports.table import Column


def rates_paper(office: Office, unit_code: str | None, number: str | None) -> ListPaper:
    """Reports expected, received and in time, of a unit and each directly below it, for a period (default: the year).

    Raises NotFound for an unknown unit, InvalidInput for what is no period.
    """
    period = read_period(number) if number else Period(office.as_of.year)
    unit_id, name = scope_of(office, unit_code)
    rates = reporting_rates(office, unit_id, period.begin, period.end)
    columns = (
        Column(_("Unit code")), Column(_("Unit")), Column(_("Reports expected"), align="right"),
        Column(_("Received"), align="right"), Column(_("On time"), align="right"),
        Column(_("Received %"), align="right"), Column(_("On time %"), align="right"),
    )  # fmt: skip
    title = _("{unit}: drills reported upward").format(unit=name)
    rows = [_rate_row(rate, _("in all") if rate.unit_id == unit_id else "") for rate in rates]
    note = _("Expected: reports whose last day has come, and those that were received before it.")
    return ListPaper(office.name, title, office.as_of, columns, rows, (period.words, note))


def participation_paper(office: Office, unit_code: str | None, number: str | None) -> ListPaper:
    """Drills, attendances and people of each unit of a scope in a year (default: this one).

    Raises NotFound for an unknown unit, InvalidInput for what is no year.
    """
    year = _year(number, office.as_of.year)
    unit_id, name = scope_of(office, unit_code)
    columns = (
        Column(_("Unit code")), Column(_("Unit")), Column(_("Drills"), align="right"),
        Column(_("Attendances"), align="right"), Column(_("Head count"), align="right"),
        Column(_("Per head"), align="right"), Column(_("People known"), align="right"),
        Column(_("Of them took part"), align="right"),
    )  # fmt: skip
    units = participation(office, unit_id, year)
    title = _("{unit}: taking part in drills, {year}").format(unit=name, year=year)
    return ListPaper(
        office.name, title, office.as_of, columns, [_unit_row(unit) for unit in units], _notes(office, unit_id, units)
    )  # fmt: skip


def share_words(share: float | None) -> str:
    """A share in percent; a dash where there is nothing to share."""
    return "—" if share is None else f"{100 * share:.1f}"


def _rate_row(rate: ReportRate, remark: str) -> Sequence[str]:
    name = f"{rate.unit_name} ({remark})" if remark else rate.unit_name
    counts = (f"{count:,}" for count in (rate.expected, rate.received, rate.on_time))
    return (rate.unit, name, *counts, share_words(rate.received_rate), share_words(rate.on_time_rate))


def _unit_row(unit: UnitParticipation) -> Sequence[str]:
    head = "" if unit.headcount is None else f"{unit.headcount:,}"
    per_head = "—" if unit.per_head is None else f"{unit.per_head:.2f}"
    counts = (f"{count:,}" for count in (unit.people, unit.people_taking_part))
    return (unit.unit, unit.unit_name, f"{unit.drills:,}", f"{unit.attendances:,}", head, per_head, *counts)


def _notes(office: Office, unit_id: int | None, units: Sequence[UnitParticipation]) -> tuple[str, ...]:
    without = sum(not unit.drills for unit in units)
    words = _("{units} units, {without} of them without a drill; {people} people never took part in one.")
    never = people_never(office, unit_id)
    return (words.format(units=f"{len(units):,}", without=f"{without:,}", people=f"{never:,}"),)


def _year(number: str | None, usual: int) -> int:
    if not number:
        return usual
    period = read_period(number)
    if period.part:
        raise InvalidInput(_("'{value}' is not a year.").format(value=number), field="number")
    return period.year
