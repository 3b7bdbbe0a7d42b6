"""What a drill's record says for the places of its documents; what it does not say is not there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from drillapp.core.drills.conduct.queries import ConductView, conduct_view
from drillapp.core.drills.conduct.timeline import drill_time
from drillapp.core.drills.evaluation.overall import DrillEvaluation, evaluation_of
from drillapp.core.drills.papers.blocks import (
    cost_rows,
    inject_rows,
    lines_of_text,
    listed_lines,
    objective_lines,
    role_lines,
    step_rows,
    supply_rows,
    tested_lines,
)
from drillapp.core.drills.papers.content import grid
from drillapp.core.drills.papers.outcome import outcome_blocks
from drillapp.core.drills.papers.words import (
    amount,
    chinese,
    day_in_words,
    listed,
    moment_in_words,
    span,
    words,
)
from drillapp.core.drills.queries import drill_file
from drillapp.core.drills.record.reading import drill_record
from drillapp.core.drills.record.rows import DrillRecord, PartyRow
from drillapp.core.drills.rows import FindingRow
from drillapp.core.localtime import local_day, local_moment
from drillapp.core.office import Office
from drillapp.core.plans.content import Block


class DrillFacts(Struct, frozen=True):
    """For each place what stands there: words inside a sentence, or blocks of their own. Empty: nothing is known."""

    texts: dict[str, str]
    blocks: dict[str, tuple[Block, ...]]


def drill_facts(office: Office, drill_id: int) -> DrillFacts:
    """The facts of a drill; raises NotFound."""
    record = drill_record(office, drill_id)
    view, evaluation = conduct_view(office, drill_id), evaluation_of(office, drill_id)
    findings = drill_file(office, record.drill.number).findings
    organiser = office.name if record.drill.unit_id == office.unit_id else record.drill.unit_name
    return DrillFacts(
        _texts(record, view, evaluation, organiser), dict(_blocks(record, view, evaluation, findings))
    )


def _texts(record: DrillRecord, view: ConductView, evaluation: DrillEvaluation, unit: str) -> dict[str, str]:
    drill, design, verdict = record.drill, record.design, evaluation.verdict
    return {
        "drill": drill.title,
        "unit": "" if drill.title.startswith(unit) else unit,
        "organiser": design.organiser or unit,
        "plan": plan_words(record),
        "level": design.level or "",
        "content": chinese("drill_content", drill.content),
        "form": chinese("drill_form", drill.form),
        "purpose": chinese("drill_purpose", drill.purpose),
        "hazard": drill.hazard or "",
        "notice": words().unannounced if drill.unannounced else words().announced,
        "day": day_in_words(drill.planned_on),
        "place": drill.place or "",
        "leader": drill.leader or "",
        "expected": _people(drill.expected or record.expected or None),
        "participants": _people(drill.participants),
        "parties": listed(dict.fromkeys(party.name for party in record.parties)),
        "budget": words().yuan.format(amount=amount(design.budget)) if design.budget is not None else "",
        "rating": chinese("drill_rating", drill.rating),
        "decided_by": verdict.decided_by if verdict is not None else "",
        **_times(view),
    }


def plan_words(record: DrillRecord) -> str:
    """The plan with its number in brackets; empty without one."""
    drill = record.drill
    if not drill.plan_title:
        return ""
    return words().plan.format(title=drill.plan_title, number=drill.plan_number)


def _times(view: ConductView) -> dict[str, str]:
    """By the log, which leaves pauses out; the hour of a drill that has not begun is known to nobody."""
    timeline = view.timeline
    start, end = timeline.started_at, timeline.ended_at
    return {
        "time": f"{local_moment(start):%H:%M}" if start else "",
        "held": day_in_words(local_day(start)) if start else "",
        "started": moment_in_words(start) if start else "",
        "ended": moment_in_words(end) if end else "",
        "duration": span(drill_time(timeline, end).total_seconds()) if end else "",
    }


def _people(count: int | None) -> str:
    return "" if count is None else words().people.format(count=count)


def _blocks(
    record: DrillRecord,
    view: ConductView,
    evaluation: DrillEvaluation,
    findings: Sequence[FindingRow],
) -> Iterator[tuple[str, tuple[Block, ...]]]:
    design = record.design
    yield "scenario", lines_of_text(design.scenario)
    yield "subjects", listed_lines(record.subjects)
    yield "safety", lines_of_text(design.safety)
    yield "stop_conditions", lines_of_text(design.stop_conditions)
    yield "objectives", objective_lines(evaluation.objectives)
    yield "tested", tested_lines(record.tested)
    yield "roles", role_lines(record)
    yield "parties_table", grid("parties", list(map(_party, enumerate(record.parties, 1))))
    script = [inject for inject in view.injects if not inject.retired]
    yield "injects", grid("injects", inject_rows(script, reserve=False))
    yield "steps", grid("steps", step_rows(script))
    yield "reserves", grid("injects", inject_rows(script, reserve=True))
    yield "supplies", grid("supplies", supply_rows(record.supplies))
    yield "costs", grid("costs", cost_rows(record.costs))
    yield from outcome_blocks(view, evaluation, findings)


def _party(placed: tuple[int, PartyRow]) -> tuple[str, ...]:
    place, party = placed
    expected = "" if party.expected is None else str(party.expected)
    return str(place), party.name, chinese("drill_role", party.role), expected
