"""A document drafted from its template and the drill's record; what the record lacks becomes a gap to be seen."""

from __future__ import annotations

from drillapp.core.drills.papers.content import PaperSection, as_drafted
from drillapp.core.drills.papers.facts import DrillFacts
from drillapp.core.drills.papers.templates import PLACE, Template
from drillapp.core.drills.papers.words import gap
from drillapp.core.plans.content import Block, Paragraph


def drafted(template: Template, facts: DrillFacts) -> tuple[PaperSection, ...]:
    """All sections of a document, filled."""
    return tuple(
        as_drafted(
            PaperSection(
                section.heading,
                section.level,
                tuple(block for text in section.text for block in _blocks(text, facts)),
                section.key,
            )
        )
        for section in template.section
    )


def _blocks(text: str, facts: DrillFacts) -> tuple[Block, ...]:
    alone = PLACE.fullmatch(text)
    if alone is not None and alone[1] in facts.blocks:
        return facts.blocks[alone[1]] or (Paragraph(gap(alone[1])),)
    return (Paragraph(PLACE.sub(lambda place: facts.texts[place[1]] or gap(place[1]), text)),)
