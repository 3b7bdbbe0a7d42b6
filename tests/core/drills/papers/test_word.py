"""A document of a drill as Word reads it."""

from __future__ import annotations

from pathlib import Path

from docx import Document

from drillapp.core.drills.papers.commands import draft_paper, save_paper
from drillapp.core.drills.papers.content import PaperSection
from drillapp.core.drills.papers.stored import paper_of
from drillapp.core.drills.papers.word import write_paper
from drillapp.core.office import Office
from drillapp.core.plans.content import Grid, Paragraph, Picture
from tests.core.drills.papers.whole import whole
from tests.core.drills.record import recorded


def test_headings_paragraphs_and_tables_are_words_own(office: Office, tmp_path: Path) -> None:
    drill, path = whole(office), tmp_path / "plan.docx"
    draft_paper(office, drill, "working_plan")
    paper = paper_of(office, drill, "working_plan")
    assert write_paper(paper, path) == ()
    word = Document(str(path))
    headings = [
        (each.style.style_id, each.text) for each in word.paragraphs if each.style.style_id[:3] == "Hea"
    ]
    assert headings[:4] == [
        ("Heading1", "一、目的及要求"), ("Heading2", "（一）演练目的"), ("Heading2", "（二）演练目标"),
        ("Heading2", "（三）演练要求"),
    ]  # fmt: skip
    assert [
        each.text for each in word.paragraphs if each.style.style_id == "Title"
    ] == paper.title.splitlines()
    grids = [block for section in paper.sections for block in section.blocks if isinstance(block, Grid)]
    assert [[tuple(cell.text for cell in row.cells) for row in table.rows] for table in word.tables] == [
        list(grid.rows) for grid in grids
    ]
    assert word.core_properties.title == paper.name
    assert "updateFields" not in word.settings.element.xml


def test_long_texts_rare_signs_and_lost_pictures(office: Office, tmp_path: Path) -> None:
    drill, path = recorded.drill(office), tmp_path / "script.docx"
    draft_paper(office, drill, "script")
    long = "䶮𠮷\x01長" * 20_000
    blocks = (Paragraph(long), Picture("0" * 64))
    save_paper(office, drill, "script", 1, [PaperSection("情景", blocks=blocks)])
    told = write_paper(paper_of(office, drill, "script"), path)
    assert len(told) == 1
    word = Document(str(path))
    assert word.paragraphs[-1].text == "䶮𠮷長" * 20_000
