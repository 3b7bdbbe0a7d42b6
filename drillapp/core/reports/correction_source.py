"""What the papers on corrections say, from the findings of a drill or of a unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import select

from drillapp.core.drills.findings.model import FindingStep
from drillapp.core.drills.naming import drill_named
from drillapp.core.drills.queries import DRILLS, FINDINGS
from drillapp.core.drills.rows import DrillRow, FindingRow
from drillapp.core.enumerations import label
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.listing import Condition, View, keys, rows
from drillapp.core.localtime import local_day
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.correction_papers import CorrectionLedger, CorrectionLine, UnitCorrections
from drillapp.core.reports.plan_source import scope_of

_BLOCK = 500


def notices(office: Office, number: str, unit_code: str | None) -> list[UnitCorrections]:
    """What each responsible unit is to put right after a drill, risks that are accepted left out.

    Raises NotFound for an unknown drill or unit, and when nothing is to be put right.
    """
    return _by_unit(office, number, unit_code, ("open", "overdue", "done", "verified"))


def replies(office: Office, number: str, unit_code: str | None) -> list[UnitCorrections]:
    """What each responsible unit has put right after a drill; raises as `notices` does."""
    return _by_unit(office, number, unit_code, ("done", "verified"))


def correction_ledger(
    office: Office, unit_code: str | None, number: str | None, progress: Progress = SILENT
) -> CorrectionLedger:
    """All findings of a unit and those below it, or of one drill, those that wait longest first.

    Raises NotFound for an unknown unit or drill.
    """
    drill = _drill(office, number) if number else None
    unit_id, name = scope_of(office, unit_code) if drill is None else (None, drill.unit_name)
    conditions = (Condition("drill_number", "=", number),) if number else ()
    wanted = keys(office, FINDINGS, View(unit_id=unit_id, conditions=conditions))
    lines: list[tuple[str, ...]] = []
    for start in range(0, len(wanted), _BLOCK):
        progress.step(start, len(wanted), _("Correction ledger"))
        block = rows(office, FINDINGS, wanted[start : start + _BLOCK])
        lines += [(str(len(lines) + place), *_ledger_line(one)) for place, one in enumerate(block, 1)]
    about = _("the drill “{title}” ({number})").format(title=drill.title, number=number) if drill else name
    return CorrectionLedger(office.name, about, office.as_of, lines)


def _by_unit(
    office: Office, number: str, unit_code: str | None, states: Sequence[str]
) -> list[UnitCorrections]:
    drill = _drill(office, number)
    conditions = [Condition("drill_number", "=", number), Condition("state", "in", list(states))]
    if unit_code is not None:
        scope_of(office, unit_code)  # an unknown one is told
        conditions.append(Condition("unit_code", "=", unit_code))
    view = View(conditions=tuple(conditions), sort=(("unit_code", False), ("number", False)))
    found: list[FindingRow] = rows(office, FINDINGS, keys(office, FINDINGS, view))
    if not found:
        raise NotFound(
            _("The drill {number} has no findings that this paper could name.").format(number=number),
            _("'drillapp finding list' shows the findings there are."),
        )
    done = _done(office, [one.id for one in found])
    units = dict.fromkeys(one.unit_code for one in found)
    held_on = local_day(drill.started_at) if drill.started_at is not None else drill.planned_on
    return [
        UnitCorrections(
            office=drill.unit_name,
            unit=next(one.unit_name for one in found if one.unit_code == unit),
            drill=drill.title,
            number=number,
            held_on=held_on,
            day=office.as_of,
            lines=tuple(_lines((one for one in found if one.unit_code == unit), done)),
        )
        for unit in units
    ]


def _drill(office: Office, number: str) -> DrillRow:
    found: DrillRow = rows(office, DRILLS, [drill_named(office, number)])[0]
    return found


def _lines(found: Iterator[FindingRow], done: dict[int, tuple[str, str, str]]) -> Iterator[CorrectionLine]:
    for one in found:
        who, note, proof = done.get(one.id, ("", "", ""))
        yield CorrectionLine(
            text=one.text,
            severity=label("finding_severity", one.severity),
            cause=label("finding_cause", one.cause),
            action=one.action or "",
            owner=one.owner or "",
            due_on=one.due_on,
            done_on=one.done_on,
            done_by=who or one.owner or "",
            done=note or one.action or "",
            proof=proof,
            state=label("finding_state", one.state),
        )


def _done(office: Office, finding_ids: Sequence[int]) -> dict[int, tuple[str, str, str]]:
    """Of each finding who put it right last, how, and the name of the proof."""
    statement = (
        select(FindingStep.finding_id, FindingStep.who, FindingStep.note, FindingStep.attachment_name)
        .where(FindingStep.kind == "done", FindingStep.finding_id.in_(finding_ids))
        .order_by(FindingStep.id)
    )
    with office.read() as connection:
        found = connection.execute(statement).all()
    return {key: (who or "", note or "", proof or "") for key, who, note, proof in found}


def _ledger_line(one: FindingRow) -> tuple[str, ...]:
    again = _("(again)") if one.again else ""
    return (
        f"{one.text}{again}",
        f"{one.drill_title}\n{one.drill_number}",
        label("finding_cause", one.cause),
        one.action or "",
        "\n".join(filter(None, (one.unit_name, one.owner))),
        _day(one.due_on),
        _day(one.done_on),
        "\n".join(filter(None, (one.verified_by, _day(one.verified_on), one.verified_drill))),
        label("finding_state", one.state),
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""
