"""Documents and photographs of the sample's drills."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import msgspec

from drillapp.core.drills.papers.commands import approve_paper, draft_paper, save_paper
from drillapp.core.drills.papers.content import PaperSection
from drillapp.core.drills.papers.stored import paper_of
from drillapp.core.drills.record.files import add_file
from drillapp.core.office import Office
from drillapp.core.plans.content import Block, Paragraph
from drillapp.core.resources import resource_path
from drillapp.core.sample_drill_texts import FOLDER, DrillText, PaperText
from drillapp.core.sample_time import Deed


def add_photos(office: Office, drill_id: int, text: DrillText) -> None:
    """Keep the pictures that stand for photographs with a drill."""
    for name in text.photos:
        add_file(office, drill_id, name, resource_path(f"{FOLDER}/{name}").read_bytes(), "image/png")


def paper_deeds(office: Office, drill_id: int, text: DrillText) -> Iterator[Deed]:
    """The documents of a drill: drafted from its record as it is that day, filled in, and approved."""
    for paper in text.paper:
        yield Deed(paper.written_on, partial(_write, office, drill_id, paper))
        if paper.approved_on is not None:
            yield Deed(paper.approved_on, partial(_approve, office, drill_id, paper, text.leader))


def _write(office: Office, drill_id: int, paper: PaperText) -> None:
    draft_paper(office, drill_id, paper.kind)
    if paper.fill:
        drafted = paper_of(office, drill_id, paper.kind)
        sections = [_filled(section, paper.fill) for section in drafted.sections]
        save_paper(office, drill_id, paper.kind, drafted.revision, sections)


def _filled(section: PaperSection, fill: dict[str, str]) -> PaperSection:
    return msgspec.structs.replace(section, blocks=tuple(_block(block, fill) for block in section.blocks))


def _block(block: Block, fill: dict[str, str]) -> Block:
    if not isinstance(block, Paragraph):
        return block
    text = block.text
    for gap, words in fill.items():
        text = text.replace(gap, words)
    return Paragraph(text)


def _approve(office: Office, drill_id: int, paper: PaperText, leader: str) -> None:
    drafted = paper_of(office, drill_id, paper.kind)
    assert paper.approved_on is not None
    approve_paper(office, drill_id, paper.kind, drafted.revision, paper.approved_on, leader)
