"""What the papers on rescue teams say: sheets, the call-out list of a scope, the duty roster of a month."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

import msgspec

from drillapp.core.enumerations import label
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.reports.list_report import ListPaper
from drillapp.core.reports.plan_source import scope_of
from drillapp.core.reports.signature import long_date
from drillapp.core.reports.table import Column
from drillapp.core.teams.chosen import Chosen
from drillapp.core.teams.references import team_named
from drillapp.core.teams.roster import DutyRow, duty_of, roster
from drillapp.core.teams.rows import TeamRow
from drillapp.core.teams.sheet import TeamSheet, team_sheets, teams_of
from drillapp.core.units.references import unit_id

_MONTH = re.compile(r"^(?P<team>.*\S)\s+(?P<year>\d{4})-(?P<month>\d{1,2})$")


class DutyMonth(msgspec.Struct, frozen=True):
    """The duty roster of a team in a month."""

    office: str
    unit: str
    team: str
    month: date
    """Its first day."""
    days: tuple[tuple[date, dict[str, str]], ...]
    """Each day with who is on duty by shift (codes of the enumeration duty_shift)."""
    shifts: tuple[str, ...]
    """The shifts that occur, in their order."""
    phones: tuple[tuple[str, str], ...]
    """Who is on duty in the month, with the telephone number."""
    concerns: tuple[str, ...]
    """What speaks against somebody's duty, a sentence each."""


def sheets_of(office: Office, unit_code: str | None, number: str | None) -> list[TeamSheet]:
    """The sheet of the team with that name, or those of all teams of a unit and the units below it.

    Raises NotFound for an unknown unit or team and where there are no teams, InvalidInput for a name that several have.
    """
    if number:
        return team_sheets(office, Chosen(team_id=_team(office, unit_code, number)))
    scope, name = scope_of(office, unit_code)
    found = team_sheets(office, Chosen(scope))
    if not found:
        raise NotFound(
            _("{unit} has no rescue teams.").format(unit=name),
            _("Enter the teams first, or choose another unit."),
        )
    return found


def call_out(office: Office, unit_code: str | None) -> ListPaper:
    """Whom to call: each team with leader and phones, who is on duty on the day, how soon it is there, where it stands.

    Raises NotFound for an unknown unit.
    """
    scope, name = scope_of(office, unit_code)
    duty: dict[int, list[DutyRow]] = defaultdict(list)
    for row in duty_of(office, Chosen(scope), office.as_of, office.as_of):
        duty[row.team_id].append(row)
    columns = (
        Column(_("Unit")), Column(_("Team name")), Column(_("Leader"), 52, "centre"), Column(_("Phone"), 82),
        Column(_("On duty on the day")), Column(_("Response (min)"), 62, "centre"), Column(_("Station")),
    )  # fmt: skip
    teams = teams_of(office, Chosen(scope))
    rows = [_call_row(team, duty[team.id]) for team in teams]
    note = _("{count} teams; {with_duty} with somebody on duty on this day").format(
        count=len(teams), with_duty=sum(1 for team in teams if duty[team.id])
    )
    title = _("{unit}: call-out list of rescue teams").format(unit=name)
    return ListPaper(office.name, title, office.as_of, columns, rows, (note,))


def duty_month(office: Office, unit_code: str | None, number: str) -> DutyMonth:
    """The roster of a team in the month of the office's date, or that which is named: '永安站 2026-12'.

    Raises NotFound for an unknown team, InvalidInput for what is no month.
    """
    name, month = _name_and_month(number, office.as_of)
    team_id = _team(office, unit_code, name)
    [team] = teams_of(office, Chosen(team_id=team_id))
    last = month.replace(day=monthrange(month.year, month.month)[1])
    rows = roster(office, team_id, month, last)
    by_day = {day: list(found) for day, found in groupby(rows, key=lambda row: row.day)}
    days = tuple(
        (day, _shifts(by_day.get(day, ())))
        for day in (month.replace(day=place) for place in range(1, last.day + 1))
    )
    shifts = tuple(code for code in ("whole", "day", "night") if any(code in found for _day, found in days))
    phones = {row.member: row.phone or "" for row in rows}
    concerns = tuple(
        _("{day} {member}: {reason}").format(
            day=row.day, member=row.member, reason=label("duty_concern", row.concern)
        )
        for row in rows
        if row.concern
    )
    return DutyMonth(
        office.name,
        team.unit_name,
        team.name,
        month,
        days,
        shifts or ("day", "night"),
        tuple(phones.items()),
        concerns,
    )


def facts_of(sheet: TeamSheet) -> list[tuple[str, str, bool]]:
    """Label, value and whether it takes a whole row, of a team's own facts."""
    team = sheet.team
    state = label("standard_state", team.state)
    met = (
        _("{state} ({met} of {asked})").format(state=state, met=team.met, asked=team.asked)
        if team.state
        else ""
    )
    minutes = (
        "" if team.response_minutes is None else _("{count} minutes").format(count=team.response_minutes)
    )
    insured = "" if team.insured_until is None else long_date(team.insured_until)
    return [
        (_("Unit"), team.unit_name, True),
        (_("Kind"), label("team_kind", team.kind), False),
        (_("Head count"), "" if team.people is None else str(team.people), False),
        (_("Leader"), team.leader or "", False),
        (_("Phone"), team.phone or "", False),
        (_("Station"), team.station or "", True),
        (_("Response time"), minutes, False),
        (_("Team insured until"), insured, False),
        (_("Standard"), met, False),
        (_("Storehouse code"), team.storehouse or "", False),
        *([(_("Note"), team.note, True)] if team.note else []),
    ]


def _team(office: Office, unit_code: str | None, name: str) -> int:
    unit = None
    if unit_code:
        with office.read() as connection:
            unit = unit_id(connection, unit_code)
    return team_named(office, name, unit)


def _name_and_month(number: str, today: date) -> tuple[str, date]:
    found = _MONTH.match(number.strip())
    if found is None:
        return number.strip(), today.replace(day=1)
    try:
        return found["team"], date(int(found["year"]), int(found["month"]), 1)
    except ValueError:
        raise InvalidInput(
            _("'{value}' is no month (YYYY-MM).").format(value=f"{found['year']}-{found['month']}"),
            field="number",
        ) from None


def _call_row(team: TeamRow, duty: Sequence[DutyRow]) -> tuple[str, ...]:
    minutes = "" if team.response_minutes is None else str(team.response_minutes)
    on_duty = "\n".join(
        _duty_words(shift, list(rows)) for shift, rows in groupby(duty, key=lambda row: row.shift)
    )
    return (
        team.unit_name,
        team.name,
        team.leader or "",
        team.phone or "",
        on_duty,
        minutes,
        team.station or "",
    )


def _duty_words(shift: str, rows: Iterable[DutyRow]) -> str:
    """The shift, and who with which number; who leads comes first."""
    names = _(", ").join(f"{row.member} {row.phone or ''}".strip() for row in rows)
    return _("{shift}: {names}").format(shift=label("duty_shift", shift), names=names)


def _shifts(rows: Iterable[DutyRow]) -> dict[str, str]:
    by_shift: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        by_shift[row.shift].append(_("{name} (leads)").format(name=row.member) if row.leads else row.member)
    return {shift: _(", ").join(names) for shift, names in by_shift.items()}
