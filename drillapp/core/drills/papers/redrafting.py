"""Filling a document anew from the drill's record: what was written by hand stays, unless that is not wanted."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Literal

from msgspec import Struct

from drillapp.core.drills.papers.commands import PaperSaved, paper_to_change, store_sections
from drillapp.core.drills.papers.content import PaperSection
from drillapp.core.drills.papers.drafting import drafted
from drillapp.core.drills.papers.facts import drill_facts
from drillapp.core.drills.papers.stored import paper_of
from drillapp.core.drills.papers.templates import template_of
from drillapp.core.office import Office

State = Literal["refreshed", "edited", "removed"]


class SectionChange(Struct, frozen=True):
    """A section that would say something else than it does now."""

    key: str
    heading: str
    state: State
    """refreshed: nobody wrote on it, so it is filled anew; edited: it stays unless it is named; removed: somebody took
    it out, so it stays out unless it is named."""
    before: PaperSection | None
    after: PaperSection


def changes_of_redraft(office: Office, drill_id: int, kind: str) -> list[SectionChange]:
    """What filling a document anew could change; raises NotFound where there is none."""
    paper = paper_of(office, drill_id, kind)
    return list(_changes(paper.sections, drafted(template_of(kind), drill_facts(office, drill_id))))


def redraft_paper(
    office: Office, drill_id: int, kind: str, revision: int, replacing: Collection[str] = ()
) -> PaperSaved:
    """Fill a document anew; sections that somebody wrote on or took out only when their keys are in `replacing`.

    Sections that somebody added stay where they are. Raises as `save_paper` does.
    """
    fresh = drafted(template_of(kind), drill_facts(office, drill_id))
    with office.write("redraft drill paper") as work:
        paper = paper_to_change(work, office, drill_id, kind, revision)
        return store_sections(work, paper, _merged(paper.sections, fresh, replacing))


def _changes(old: Sequence[PaperSection], fresh: Sequence[PaperSection]) -> Iterator[SectionChange]:
    there = {section.key: section for section in old if section.key}
    for section in fresh:
        before = there.get(section.key)
        if before is None:
            yield SectionChange(section.key, section.heading, "removed", None, section)
        elif (before.heading, before.level, before.blocks) != (
            section.heading,
            section.level,
            section.blocks,
        ):
            state: State = "edited" if before.is_edited else "refreshed"
            yield SectionChange(section.key, section.heading, state, before, section)


def _merged(
    old: Sequence[PaperSection], fresh: Sequence[PaperSection], replacing: Collection[str]
) -> tuple[PaperSection, ...]:
    by_key = {section.key: section for section in fresh}
    merged = [
        by_key[section.key]
        if section.key in by_key and (not section.is_edited or section.key in replacing)
        else section
        for section in old
    ]
    for place, section in enumerate(fresh):
        if section.key in replacing and all(each.key != section.key for each in merged):
            merged.insert(_behind(merged, fresh[:place]), section)
    return tuple(merged)


def _behind(sections: Sequence[PaperSection], before: Sequence[PaperSection]) -> int:
    """Where a section goes that stands behind those in the template: behind the last of them that is there."""
    keys = {section.key for section in before}
    return max((place for place, each in enumerate(sections, 1) if each.key in keys), default=0)
