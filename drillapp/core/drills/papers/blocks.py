"""Parts of a drill's record as paragraphs and as rows of tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from drillapp.core import enumerations
from drillapp.core.drills.evaluation.objectives import Objective
from drillapp.core.drills.injects.offsets import show_offset
from drillapp.core.drills.injects.rows import InjectRow
from drillapp.core.drills.papers.words import amount, chinese, listed, span, words
from drillapp.core.drills.record.rows import CostRow, DrillRecord, SupplyRow, TestedRow
from drillapp.core.plans.content import Block, Paragraph

Row = tuple[str, ...]


def lines_of_text(text: str | None) -> tuple[Block, ...]:
    """A paragraph a line."""
    lines = (line.strip() for line in (text or "").splitlines())
    return tuple(Paragraph(line) for line in lines if line)


def listed_lines(texts: Iterable[str]) -> tuple[Block, ...]:
    """A counted paragraph for each."""
    return tuple(Paragraph(words().item.format(n=n, text=text)) for n, text in enumerate(texts, 1))


def objective_lines(objectives: Sequence[Objective]) -> tuple[Block, ...]:
    """Who does what, under which condition, to which standard."""
    return listed_lines(objective_words(one) + words().end_sign for one in objectives)


def objective_words(objective: Objective) -> str:
    """An objective in one line."""
    parts = (objective.condition, objective.who, objective.task, objective.standard)
    return words().clause_sign.join(filter(None, parts))


def tested_lines(tested: Iterable[TestedRow]) -> tuple[Block, ...]:
    """Each version of a plan with the section of it."""
    return listed_lines(
        " ".join(filter(None, (words().title.format(title=row.plan_title), row.version, row.section)))
        for row in tested
    )


def role_lines(record: DrillRecord) -> tuple[Block, ...]:
    """Who has which part, a role a line; the leader stands with the commanders."""
    named: dict[str, dict[str, None]] = defaultdict(dict)
    if record.drill.leader:
        named["commander"][record.drill.leader] = None
    for party in record.parties:
        if party.role is not None:
            named[party.role][party.name] = None
    return tuple(
        Paragraph(words().role_line.format(role=chinese("drill_role", role), names=listed(named[role])))
        for role in enumerations.codes("drill_role")
        if role in named
    )


def inject_rows(injects: Iterable[InjectRow], *, reserve: bool) -> list[Row]:
    """Rows of the script: those with a time or a condition, or those held in reserve."""
    return [
        (
            inject.number, inject.stage or "", inject_time(inject), inject.content, inject.sender or "",
            inject.addressee or "", chinese("inject_means", inject.means), inject.expected_action or "",
            span(inject.within_seconds),
        )
        for inject in injects
        if is_reserve(inject) == reserve
    ]  # fmt: skip


def step_rows(injects: Iterable[InjectRow]) -> list[Row]:
    """Rows of the script in short, for documents that are set upright."""
    return [
        (
            inject.number, inject_time(inject), inject.content, inject.addressee or "",
            inject.expected_action or "", span(inject.within_seconds),
        )
        for inject in injects
        if not is_reserve(inject)
    ]  # fmt: skip


def is_reserve(inject: InjectRow) -> bool:
    """Whether it has neither a time nor a condition."""
    return inject.offset_seconds is None and inject.after_id is None


def inject_time(inject: InjectRow) -> str:
    """When it is planned: drill time, the condition, or that it is a reserve."""
    after = words().after.format(number=inject.after_number) if inject.after_number else ""
    time = show_offset(inject.offset_seconds) if inject.offset_seconds is not None else ""
    return "\n".join(filter(None, (time, after))) or words().reserve


def supply_rows(supplies: Iterable[SupplyRow]) -> list[Row]:
    """What is set aside."""
    return [
        (
            str(place), row.item_name, amount(row.reserved), row.unit_of_measure or "", row.storehouse_name,
            row.lot or "",
        )
        for place, row in enumerate(supplies, 1)
    ]  # fmt: skip


def cost_rows(costs: Iterable[CostRow]) -> list[Row]:
    """Costs, planned and actual."""
    return [
        (
            str(place), chinese("drill_cost", row.kind), amount(row.planned), amount(row.actual), row.payee or "",
            row.note or "",
        )
        for place, row in enumerate(costs, 1)
    ]  # fmt: skip
