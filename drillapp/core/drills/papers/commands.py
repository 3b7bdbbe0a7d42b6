"""What can be done with the documents of a drill: drafted, written on, approved, taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import delete, insert, select, update

from drillapp.core.attachments.store import Kept, keep_all
from drillapp.core.batch import text_problem
from drillapp.core.changes import Changes
from drillapp.core.database.base import table_of
from drillapp.core.drills.model import Drill
from drillapp.core.drills.papers.content import DEEPEST, PaperSection, write_sections
from drillapp.core.drills.papers.drafting import drafted
from drillapp.core.drills.papers.facts import drill_facts
from drillapp.core.drills.papers.model import DrillPaper
from drillapp.core.drills.papers.stored import Paper, find_paper
from drillapp.core.drills.papers.templates import template_of
from drillapp.core.enumerations import label
from drillapp.core.errors import Conflict, InvalidInput, NotFound, Problem
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans.content import text_of
from drillapp.core.work import Work

_TABLE = table_of(DrillPaper)
MOST_CHARACTERS = 500_000
"""Longest text of one document."""


class PaperSaved(Struct, frozen=True):
    """What became of a document."""

    revision: int
    changes: Changes


def draft_paper(office: Office, drill_id: int, kind: str) -> PaperSaved:
    """Draft a document from its template and the drill's record.

    Raises InvalidInput for an unknown kind and where there is one already, NotFound for the drill.
    """
    sections = drafted(template_of(kind), drill_facts(office, drill_id))
    with office.write("draft drill paper") as work:
        if find_paper(work.connection, drill_id, kind, office) is not None:
            raise InvalidInput(
                _("The drill has a {paper} already.").format(paper=label("drill_paper", kind)),
                _("Fill it anew from the record; what was written by hand stays."),
                field="kind",
            )
        values = {"drill_id": drill_id, "kind": kind, "sections": write_sections(sections), "revision": 1}
        key = work.connection.execute(insert(_TABLE).values(values).returning(_TABLE.c.id)).scalar_one()
        work.changed("drill_papers", key, {name: (None, value) for name, value in values.items()})
        _touch(work, drill_id)
        return PaperSaved(1, work.changes)


def save_paper(
    office: Office,
    drill_id: int,
    kind: str,
    revision: int,
    sections: Sequence[PaperSection],
    pictures: Iterable[Kept] = (),
) -> PaperSaved:
    """Write the text of a draft, with pictures that are new in it; an equal text changes nothing.

    Raises InvalidInput naming the section, and for an approved document; Conflict when it was changed since.
    """
    with office.write("save drill paper") as work:
        paper = paper_to_change(work, office, drill_id, kind, revision)
        known = {section.key: section.drafted for section in paper.sections if section.key}
        kept = tuple(replace(each, drafted=known.get(each.key, "")) for each in map(_cleaned, sections))
        _check(kept)
        keep_all(work.connection, pictures)
        return store_sections(work, paper, kept)


def approve_paper(office: Office, drill_id: int, kind: str, revision: int, day: date, by: str) -> PaperSaved:
    """Approve a document: it cannot be changed then, unless the approval is taken back.

    Raises InvalidInput for gaps that are not filled, an empty name, a day to come; Conflict.
    """
    name = by.strip()
    if problem := text_problem(name) or ("" if name else _("Say who approves it.")):
        raise InvalidInput(problem, field="by")
    if day > office.clock.today():
        raise InvalidInput(_("{day} is still to come.").format(day=day), field="day")
    with office.write("approve drill paper") as work:
        paper = paper_to_change(work, office, drill_id, kind, revision)
        if problems := _gap_problems(paper):
            raise InvalidInput(
                problems[0].message, _("Fill it in, or take it out of the text."), problems=problems
            )
        return _write(work, paper, {"approved_on": day, "approved_by": name})


def withdraw_approval(office: Office, drill_id: int, kind: str, revision: int) -> PaperSaved:
    """Take an approval back, so that the document can be changed; raises InvalidInput where there is none, Conflict."""
    with office.write("withdraw approval of drill paper") as work:
        paper = _paper(work, office, drill_id, kind, revision)
        if paper.approved_on is None:
            raise InvalidInput(_("It is not approved."), field="kind")
        return _write(work, paper, {"approved_on": None, "approved_by": None})


def discard_paper(office: Office, drill_id: int, kind: str, revision: int) -> Changes:
    """Throw a draft away; raises InvalidInput for an approved document, Conflict."""
    with office.write("discard drill paper") as work:
        paper = paper_to_change(work, office, drill_id, kind, revision)
        work.connection.execute(delete(_TABLE).where(_TABLE.c.id == paper.id))
        work.changed("drill_papers", paper.id, {"sections": (write_sections(paper.sections), None)})
        _touch(work, drill_id)
        return work.changes


def store_sections(work: Work, paper: Paper, sections: tuple[PaperSection, ...]) -> PaperSaved:
    """Write the sections of a document inside the caller's transaction."""
    if sections == paper.sections:
        return PaperSaved(paper.revision, Changes())
    return _write(work, paper, {"sections": write_sections(sections)}, write_sections(paper.sections))


def _paper(work: Work, office: Office, drill_id: int, kind: str, revision: int) -> Paper:
    paper = find_paper(work.connection, drill_id, kind, office)
    if paper is None:
        raise NotFound(
            _("The drill has no {paper} yet.").format(paper=label("drill_paper", kind)),
            _("Draft it first from its template."),
        )
    if paper.revision != revision:
        raise Conflict(_("Someone else changed this document since you opened it."), _("Open it again."))
    return paper


def paper_to_change(work: Work, office: Office, drill_id: int, kind: str, revision: int) -> Paper:
    """A draft that nobody changed since that revision; raises NotFound, Conflict, InvalidInput when it is approved."""
    paper = _paper(work, office, drill_id, kind, revision)
    if paper.approved_on is not None:
        raise InvalidInput(
            _("The {paper} was approved on {day}: it stays as it is.").format(
                paper=label("drill_paper", kind), day=paper.approved_on
            ),
            _("Take the approval back first."),
            field="kind",
        )
    return paper


def _cleaned(section: PaperSection) -> PaperSection:
    return replace(section, heading=section.heading.strip(), level=min(max(section.level, 1), DEEPEST))


def _check(sections: Sequence[PaperSection]) -> None:
    problems = [
        Problem(place, "heading", section.heading, problem)
        for place, section in enumerate(sections)
        if (problem := _problem(place + 1, section))
    ]
    if problems:
        raise InvalidInput(problems[0].message, problems=problems)
    length = sum(len(section.heading) + len(text_of(section.blocks)) for section in sections)
    if length > MOST_CHARACTERS:
        raise InvalidInput(
            _("The document has {count} characters; at most {most} can be kept.").format(
                count=length, most=MOST_CHARACTERS
            ),
            field="sections",
        )


def _problem(place: int, section: PaperSection) -> str:
    if not section.heading:
        return _("Section {place} has no heading.").format(place=place)
    if problem := text_problem(section.heading):
        return _("Section {place}: {problem}").format(place=place, problem=problem)
    return ""


def _gap_problems(paper: Paper) -> list[Problem]:
    text = _("“{heading}” still has a gap: {gap}")
    return [
        Problem(place, "sections", gap, text.format(heading=heading, gap=gap))
        for place, (heading, gap) in enumerate(paper.gaps)
    ]


def _write(work: Work, paper: Paper, values: dict[str, Any], sections: str = "") -> PaperSaved:
    before = {"sections": sections, "approved_on": paper.approved_on, "approved_by": paper.approved_by}
    fields = {name: (before[name], value) for name, value in values.items()}
    statement = update(_TABLE).where(_TABLE.c.id == paper.id)
    work.connection.execute(statement.values(values | {"revision": paper.revision + 1}))
    work.changed("drill_papers", paper.id, fields)
    _touch(work, paper.drill_id)
    return PaperSaved(paper.revision + 1, work.changes)


def _touch(work: Work, drill_id: int) -> None:
    unit = work.connection.execute(select(Drill.unit_id).where(Drill.id == drill_id)).scalar_one()
    work.touched("drill_papers", {unit})
