"""A document of a drill for Word, in the look of official papers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from drillapp.core.drills.papers.content import numbered
from drillapp.core.drills.papers.stored import Paper
from drillapp.core.files import write_whole
from drillapp.core.plans.word.file import WordFile
from drillapp.core.plans.word.markup import paragraph, run


def write_paper(paper: Paper, path: Path) -> tuple[str, ...]:
    """Write the document; returns what could not be written, a sentence each. The file is there whole or not at all."""
    file = WordFile(paper.name, paper.unit, paper.number, paper.pictures)
    write_whole(path, file.saved(_body(file, paper)))
    return tuple(file.told())


def _body(file: WordFile, paper: Paper) -> Iterator[str]:
    for line in paper.title.splitlines():
        yield paragraph("Title", run(line))
    yield paragraph("PlanFact")
    for section in numbered(paper.sections):
        yield from file.section(section)
