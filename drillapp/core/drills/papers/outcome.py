"""What came of a drill, for its summary: its course by the log, its evaluation, its findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from drillapp.core.drills.conduct.lines import LineRow
from drillapp.core.drills.conduct.queries import ConductView
from drillapp.core.drills.conduct.timeline import drill_time
from drillapp.core.drills.evaluation.agreement import JudgedItem
from drillapp.core.drills.evaluation.overall import DrillEvaluation
from drillapp.core.drills.evaluation.responses import Response
from drillapp.core.drills.evaluation.rows import Sheet
from drillapp.core.drills.papers.blocks import Row, listed_lines, objective_words
from drillapp.core.drills.papers.content import grid
from drillapp.core.drills.papers.words import chinese, listed, span, words
from drillapp.core.drills.rows import FindingRow
from drillapp.core.localtime import local_moment
from drillapp.core.plans.content import Block, Paragraph

_MOST_LINES = 80
"""Of a longer log a summary does not print every note: the record form does."""
_FEWEST_STEPS = 5


def outcome_blocks(
    view: ConductView, evaluation: DrillEvaluation, findings: Sequence[FindingRow]
) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """For each place what stands there."""
    is_judged = evaluation.rating.code is not None
    yield "course", _course(view)
    yield "results", grid("results", list(_results(evaluation)))
    late = [one for one in evaluation.responses if one.is_late]
    yield "late", grid("late", list(map(_response, late))) or _said(words().no_late, evaluation.responses)
    faults = [item for item in evaluation.items if item.is_fault]
    yield "faults", listed_lines(map(_fault, faults)) or _said(words().no_faults, is_judged)
    comments = [sheet.comment for sheet in evaluation.sheets if sheet.comment]
    comments += [row.text for row in held_lines(view) if row.kind == "comment"]
    yield "comments", listed_lines(comments)
    yield "findings", grid("findings", list(map(_finding, findings))) or _said(words().no_findings, is_judged)
    yield "evaluators", listed_lines(dict.fromkeys(map(_evaluator, evaluation.sheets)))
    measures = [finding for finding in findings if finding.action]
    yield "measures", grid("measures", [_measure(*placed) for placed in enumerate(measures, 1)])


def _course(view: ConductView) -> tuple[Block, ...]:
    """All lines that hold; of a long log those that moved the drill on, where it has them."""
    held = held_lines(view)
    steps = [row for row in held if row.kind != "note"]
    is_short = len(held) <= _MOST_LINES or len(steps) < _FEWEST_STEPS
    told = grid("course", [_log_row(view, row) for row in (held if is_short else steps)])
    return told if is_short else (*told, Paragraph(words().rest_of_log.format(count=len(held) - len(steps))))


def held_lines(view: ConductView) -> list[LineRow]:
    """The lines of the log that hold: those replaced or annulled are not there, nor those that count for nothing."""
    return [line.row for line in view.log if not line.is_struck and not line.is_ignored]


def line_words(row: LineRow) -> str:
    """What a line says, with what it did where that is not a mere note."""
    kind = chinese("log_kind", row.kind)
    if row.kind == "note" or row.text == kind:
        return row.text
    return words().log_line.format(kind=kind, text=row.text)


def _log_row(view: ConductView, row: LineRow) -> Row:
    seconds = drill_time(view.timeline, row.at).total_seconds() if view.timeline.started_at else None
    return f"{local_moment(row.at):%H:%M:%S}", _elapsed(seconds), line_words(row), row.who or ""


def _elapsed(seconds: float | None) -> str:
    if seconds is None or seconds < 0:
        return ""
    minutes, rest = divmod(int(seconds), 60)
    return f"+{minutes // 60}:{minutes % 60:02d}:{rest:02d}"


def _results(evaluation: DrillEvaluation) -> Iterator[Row]:
    judged = [one for one in evaluation.objectives if one.met is not None]
    for place, one in enumerate(judged, 1):
        yield str(place), objective_words(one), chinese("objective_met", one.met), one.note or ""


def _response(one: Response) -> Row:
    state = chinese("inject_state", one.state or None)
    return one.source, one.action, one.actor or "", span(one.within), span(one.taken), state


def _fault(item: JudgedItem) -> str:
    reasons = listed(dict.fromkeys(opinion.answer.reason.strip() for opinion in item.faulted_by))
    return words().clause_sign.join(filter(None, (item.item.zh, reasons)))


def _evaluator(sheet: Sheet) -> str:
    return words().clause_sign.join(
        filter(None, (sheet.evaluator, sheet.institution, " ".join(sheet.groups)))
    )


def _finding(finding: FindingRow) -> Row:
    severity, cause = chinese("finding_severity", finding.severity), chinese("finding_cause", finding.cause)
    return finding.number, finding.text, severity, cause


def _measure(place: int, finding: FindingRow) -> Row:
    due = finding.due_on.isoformat() if finding.due_on else ""
    who = "\n".join(filter(None, (finding.unit_name, finding.owner)))
    return str(place), finding.action or "", who, due


def _said(text: str, holds: object) -> tuple[Block, ...]:
    """The sentence for nothing found, said only where somebody looked."""
    return (Paragraph(text),) if holds else ()
