"""Faults on the evaluators' sheets offered as findings."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select

from drillapp.core.drills.entries import FindingEntry
from drillapp.core.drills.evaluation.agreement import JudgedItem
from drillapp.core.drills.evaluation.overall import evaluation_of
from drillapp.core.drills.model import Finding
from drillapp.core.i18n import _
from drillapp.core.numbering import next_finding
from drillapp.core.office import Office


class Proposal(NamedTuple):
    """A finding that could be made, and what it comes from."""

    entry: FindingEntry
    item: JudgedItem


def findings_from(office: Office, drill_id: int) -> list[FindingEntry]:
    """A finding for every item in which an evaluator found a fault and of which there is none yet, to be saved or not."""
    return [proposal.entry for proposal in proposals(office, drill_id)]


def proposals(office: Office, drill_id: int) -> list[Proposal]:
    """The same with the items, in their order."""
    evaluation = evaluation_of(office, drill_id)
    known = _known(office, drill_id)
    faults = [item for item in evaluation.items if item.faulted_by and item.item.code not in known]
    first = int(next_finding(office, evaluation.number))
    return [
        Proposal(_entry(evaluation.number, str(first + place), item), item)
        for place, item in enumerate(faults)
    ]


def _entry(drill_number: str, number: str, item: JudgedItem) -> FindingEntry:
    return FindingEntry(
        drill_number=drill_number,
        number=number,
        text=_text(item),
        severity="major" if item.item.critical else "minor",
        evaluation_item=item.item.code,
    )


def _text(item: JudgedItem) -> str:
    """What the evaluators wrote, each reason once; what was asked where nobody gave one."""
    reasons = dict.fromkeys(filter(None, (one.answer.reason.strip() for one in item.faulted_by)))
    if not reasons:
        return _("Not done: {item}").format(item=item.item.title)
    return _("Not done: {item} ({reasons})").format(item=item.item.title, reasons=_("; ").join(reasons))


def _known(office: Office, drill_id: int) -> set[str]:
    statement = select(Finding.evaluation_item).where(
        Finding.drill_id == drill_id, Finding.evaluation_item.is_not(None), Finding.retired_on.is_(None)
    )
    with office.read() as connection:
        return {code for code in connection.execute(statement).scalars() if code is not None}
