"""A document's text in an ordinary text file: '## heading', paragraphs a line each, '| cell | cell |' for tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from drillapp.core.drills.papers.content import DEEPEST, PaperSection
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.plans.content import Block, Grid, Paragraph, Picture

_HEADING = re.compile(r"(#+)\s*(.*)")
_PICTURE = re.compile(r"!\[(.*)\]\(([0-9a-f]{64})(?: ([0-9.]+))?\)")
_CELLS = re.compile(r"(?:[^|\\]|\\.)+")
_ESCAPED = {"\\": "\\\\", "|": "\\|", "\n": "\\n"}
_RULE = re.compile(r"\|(?:\s*-+\s*\|)+")


def as_text(sections: Sequence[PaperSection]) -> str:
    """The document as text that `from_text` reads again."""
    return "\n".join(line for section in sections for line in _lines(section)) + "\n"


def from_text(text: str, known: Sequence[PaperSection]) -> tuple[PaperSection, ...]:
    """The document that a text says; a section with a heading that the document had before is that one.

    Raises InvalidInput for text before the first heading, and rows of unequal length, naming the line.
    """
    keys = {section.heading: section.key for section in known}
    found: list[PaperSection] = []
    for level, heading, lines in _chunks(text):
        section = PaperSection(heading, level, tuple(_blocks(lines)), keys.pop(heading, ""))
        found.append(section)
    return tuple(found)


def _lines(section: PaperSection) -> Iterator[str]:
    yield f"{'#' * section.level} {section.heading}"
    for block in section.blocks:
        match block:
            case Paragraph(text):
                yield from (_escaped_start(line) for line in text.splitlines() if line.strip())
            case Grid(rows, heads):
                yield from _table(rows, heads)
            case Picture(digest, width_mm, caption):
                yield f"![{caption}]({digest} {width_mm:g})"
    yield ""


def _escaped_start(line: str) -> str:
    return f"\\{line}" if line.lstrip()[:1] in ("#", "|", "!", "\\") else line


def _table(rows: Sequence[Sequence[str]], heads: int) -> Iterator[str]:
    yield ""
    for place, row in enumerate(rows):
        cells = ("".join(_ESCAPED.get(sign, sign) for sign in cell) for cell in row)
        yield f"| {' | '.join(cells)} |"
        if place + 1 == heads:
            yield f"|{'---|' * len(row)}"
    yield ""


def _chunks(text: str) -> Iterator[tuple[int, str, list[tuple[int, str]]]]:
    level, heading, lines = 0, "", list[tuple[int, str]]()
    for number, line in enumerate(text.splitlines(), 1):
        found = _HEADING.fullmatch(line.strip())
        if found is not None:
            if level:
                yield level, heading, lines
            level, heading, lines = min(len(found[1]), DEEPEST), found[2].strip(), []
        elif level:
            lines.append((number, line.strip()))
        elif line.strip():
            message = _("Line {line}: a text begins with a heading, such as '# Aims'.").format(line=number)
            raise InvalidInput(message, field="text")
    if level:
        yield level, heading, lines


def _blocks(lines: Sequence[tuple[int, str]]) -> Iterator[Block]:
    rows: list[tuple[str, ...]] = []
    heads = 0
    for number, line in (*lines, (0, "")):
        if _RULE.fullmatch(line):
            heads = len(rows)
        elif line.startswith("|"):
            row = _row(line)
            if rows and len(row) != len(rows[0]):
                message = _("Line {line}: the row has {count} cells, the table {most}.").format(
                    line=number, count=len(row), most=len(rows[0])
                )
                raise InvalidInput(message, field="text")
            rows.append(row)
        else:
            if rows:
                yield Grid(tuple(rows), heads)
                rows, heads = [], 0
            if line:
                yield _paragraph(line)


def _paragraph(line: str) -> Block:
    picture = _PICTURE.fullmatch(line)
    if picture is not None:
        return Picture(picture[2], float(picture[3] or 0), picture[1])
    return Paragraph(line.removeprefix("\\"))


def _row(line: str) -> tuple[str, ...]:
    cells = _CELLS.findall(line.removeprefix("|").removesuffix("|") if not line.endswith("\\|") else line[1:])
    return tuple(
        re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], cell).strip() for cell in cells
    )
