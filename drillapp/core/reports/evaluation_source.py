"""The report on a drill's evaluation from the office's ledgers."""

from __future__ import annotations

from collections.abc import Iterator

from drillapp.core.drills.evaluation.agreement import JudgedItem
from drillapp.core.drills.evaluation.overall import DrillEvaluation, evaluation_of
from drillapp.core.drills.evaluation.rating_words import figures_in_words, level_in_words, percent
from drillapp.core.drills.evaluation.rows import Sheet
from drillapp.core.drills.evaluation.rule import rating_rule
from drillapp.core.drills.evaluation.words import (
    no_dispute_in_words,
    no_fault_in_words,
    opinions_in_words,
    response_in_words,
    share_in_words,
)
from drillapp.core.drills.naming import drill_named
from drillapp.core.enumerations import label
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.reports.drill_report import DrillReport, facts, finding_state, summary
from drillapp.core.reports.drill_source import drill_report
from drillapp.core.reports.evaluation_report import EvaluationReport, GroupLine, Row
from drillapp.core.reports.signature import long_date


def evaluation_report(office: Office, number: str) -> EvaluationReport:
    """What the report says; raises NotFound for a number that no drill has."""
    drill = drill_report(office, number)
    found = evaluation_of(office, drill_named(office, number))
    findings = tuple(
        (one.text, one.action, one.owner, _day(one.due_on), finding_state(one, office.as_of))
        for one in drill.findings
    )
    return EvaluationReport(
        office=drill.unit,
        title=_title(drill),
        is_event=drill.is_event,
        day=office.as_of,
        summary=summary(drill),
        facts=tuple(fact for fact in facts(drill) if fact.value),
        process=tuple(_process(found)),
        evaluators=tuple(map(_evaluator, found.sheets)),
        figures=tuple(figures_in_words(found.rating.figures)) if found.rating.code else (),
        groups=tuple(
            GroupLine(
                one.group.code, one.group.title, one.judged, one.faults,
                # Rounded as in words: the bar would round a half to the even tenth.
                None if one.score is None else float(percent(one.score)), share_in_words(one.score),
            )
            for one in found.groups
        ),
        faults=tuple(_fault(item) for item in found.items if item.is_fault),
        disputed=tuple(_disputed(item) for item in found.disputed),
        responses=tuple(map(response_in_words, found.responses)),
        no_fault=no_fault_in_words(found),
        no_dispute=no_dispute_in_words(found),
        objectives=tuple(
            (one.words, label("objective_met", one.met) or "—", one.note or "") for one in found.objectives
        ),
        comments=tuple(_comments(found)),
        findings=findings,
        conclusion=tuple(_conclusion(found, drill.is_event)),
        basis=_basis(found),
    )  # fmt: skip


def _process(found: DrillEvaluation) -> Iterator[str]:
    outside = [sheet for sheet in found.sheets if sheet.institution]
    if not found.sheets:
        yield _("No evaluator has a sheet yet.")
        return
    text = _("{count} evaluators took part, {outside} of them from a third party.")
    yield text.format(
        count=len({sheet.who for sheet in found.sheets}), outside=len({one.who for one in outside})
    )
    for name, about in _institutions(outside).items():
        text = (
            _("{institution} evaluates as a third party ({about}).")
            if about
            else _("{institution} evaluates as a third party.")
        )
        yield text.format(institution=name, about=about) if about else text.format(institution=name)
    if found.open_sheets:
        names = _(", ").join(sheet.who for sheet in found.open_sheets)
        yield _("Not handed in yet: {names}. The results are provisional.").format(names=names)


def _institutions(outside: list[Sheet]) -> dict[str, str]:
    """Each third party with its qualification and contract."""
    found: dict[str, str] = {}
    for sheet in outside:
        parts = [
            _("qualification: {words}").format(words=sheet.qualification) if sheet.qualification else "",
            _("contract: {words}").format(words=sheet.contract) if sheet.contract else "",
        ]
        about = _("; ").join(filter(None, parts))
        found[sheet.institution or ""] = about or found.get(sheet.institution or "", "")
    return found


def _evaluator(sheet: Sheet) -> Row:
    groups = " ".join(sheet.groups) or _("all groups")
    assigned = "\n".join(filter(None, (groups, sheet.place)))
    day = sheet.submitted_on.isoformat() if sheet.submitted_on else _("not yet")
    return sheet.evaluator, sheet.institution or _("in-house"), sheet.asked_by.title, assigned, day


def _fault(item: JudgedItem) -> Row:
    title = _("{item} (critical)").format(item=item.item.title) if item.item.critical else item.item.title
    said = opinions_in_words(item.faulted_by)
    return item.item.code, title, share_in_words(item.share), said


def _disputed(item: JudgedItem) -> Row:
    return item.item.code, item.item.title, opinions_in_words(item.opinions)


def _comments(found: DrillEvaluation) -> Iterator[str]:
    for sheet in found.sheets:
        if sheet.comment:
            yield _("{who} on the spot: {comment}").format(who=sheet.who, comment=sheet.comment)


def _title(drill: DrillReport) -> str:
    text = _(
        "{unit}:\nassessment of the response to {drill}"
        if drill.is_event
        else "{unit}:\nreport on the evaluation of {drill}"
    )
    return text.format(unit=drill.unit, drill=drill.title)


def _conclusion(found: DrillEvaluation, is_event: bool) -> Iterator[str]:
    verdict, rating = found.verdict, found.rating
    if rating.code is None:
        yield _(
            "Nothing was judged yet, so the response cannot be rated."
            if is_event
            else "Nothing was judged yet, so the drill cannot be rated."
        )
        return
    if verdict is not None and verdict.rating is not None:
        text = _(
            "The response is rated “{rating}”, decided by {who} on {day}."
            if is_event
            else "The drill is rated “{rating}”, decided by {who} on {day}."
        )
        yield text.format(
            rating=label("drill_rating", verdict.rating),
            who=verdict.decided_by,
            day=long_date(verdict.decided_on),
        )
        if verdict.reason:
            text = _("By the rule it would be “{computed}”. Reason for deciding otherwise: {reason}")
            yield text.format(computed=label("drill_rating", verdict.computed), reason=verdict.reason)
    else:
        text = _("By the rule the rating is “{rating}”; it has not been decided yet.")
        yield text.format(rating=label("drill_rating", rating.code))
    yield _("How it comes out by the rule:")
    yield from map(level_in_words, rating.levels)


def _basis(found: DrillEvaluation) -> str:
    standards = dict.fromkeys(sheet.asked_by.standard for sheet in found.sheets)
    return _("Forms: {forms}. Rating: {rule}").format(
        forms=_("; ").join(standards) or "—", rule=rating_rule().source
    )


def _day(day: object) -> str:
    return "" if day is None else str(day)
