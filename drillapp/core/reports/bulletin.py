"""The readiness bulletin in the layout of official documents (GB/T 9704-2012), without red head and seal.

Number, title, addressees, body, list of attachments, office and date; the attachments on pages of their own, the last of
which says how the figures are worked out.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from drillapp.core.charts.tiles import tile_places
from drillapp.core.i18n import _
from drillapp.core.progress import SILENT, Progress
from drillapp.core.readiness.formula import formula
from drillapp.core.reports.charts.drawn import Drawn
from drillapp.core.reports.comparison import MovedLine, moved_table
from drillapp.core.reports.fonts import Fonts, bundled
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.page import LEADING, MM, Block, Document, Rendered
from drillapp.core.reports.readiness_charts import Group, Placed, heat_map, places, ranking, tiles
from drillapp.core.reports.readiness_words import (
    change_words,
    confidence_words,
    coverage_words,
    method_lines,
    moved_words,
    score_words,
)
from drillapp.core.reports.signature import Signature, long_date
from drillapp.core.reports.table import Column, Table, table_look
from drillapp.core.reports.text import Paragraph, Style, sentences, shorten, text_width
from drillapp.core.reports.together import Space, Together

_SMALL, _LISTED = 10.5, 9.5
_IN_BODY = 10
"""So many units with something overdue are named in the body; the attachment has all."""
_MAP = 290.0
"""Points that the tile map is high."""
_BRACKET = "\u3014"
"""In the number of every official document, before its year."""
_MOST_TILES = 40
_IMPRINT = 14.0
"""Size of the words at the foot of the last page."""
_BODY = 16.0


class OverdueLine(msgspec.Struct, frozen=True):
    """One thing that is overdue, in words."""

    unit: str
    missing: str
    asked: str
    article: str
    due: str
    late: str


class OverdueUnit(msgspec.Struct, frozen=True):
    """What is overdue in a unit with all below it."""

    unit: str
    count: int
    lines: tuple[OverdueLine, ...]
    """The most pressing first, as many as are listed."""


class BulletinPaper(msgspec.Struct, frozen=True, kw_only=True):
    """All that the bulletin says."""

    office: str
    unit: str
    number: str
    """Empty for a draft."""
    title: str
    addressees: str
    as_of: date
    issued_on: date
    compared_with: date
    version: str
    whole: Placed
    opening: str
    groups: tuple[Group, ...]
    """The units right below, those of a kind together, the best first."""
    moved: tuple[MovedLine, ...]
    more: str
    """What the causes come to that are not listed; empty where all are."""
    overdue: tuple[OverdueUnit, ...]
    overdue_words: str
    good: tuple[str, ...]
    """What is to be praised, a paragraph each."""
    bad: tuple[str, ...]
    reliance: tuple[str, ...]
    """Coverage and confidence, a paragraph each."""
    unverified: tuple[str, ...] = ()
    """Rules that were not read in the text itself, each with how far they were verified."""


def render_bulletin(
    data: BulletinPaper,
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Write the bulletin; characters that no font has are named in what comes back."""
    fonts = fonts or bundled()
    title = sentences(*data.title.splitlines())
    document = Document(title, author=data.office, fonts=fonts, progress=progress)
    styles = Styles(fonts)
    _add_head(document, data, styles)
    number = 1
    for add in (_add_ranking, _add_changes, _add_overdue, _add_notable):
        number += add(document, data, styles, number)
    _add_end(document, data, styles, number)
    for place, (heading, add_one) in enumerate(_attachments(data), 1):
        document.new_page()
        _add_attachment_head(document, heading, place, styles)
        add_one(document, data, styles)
    _add_imprint(document, data)
    return document.close(target)


def _add_head(document: Document, data: BulletinPaper, styles: Styles) -> None:
    """Number, title, addressees, and the short opening."""
    document.add(
        Paragraph(number_words(data.number), Style(styles.fonts.body, _BODY, LEADING, align="centre"))
    )
    document.space(LEADING)
    document.add(Title(data.title, styles.title))
    document.space(LEADING)
    document.add(Paragraph(data.addressees, styles.flush), styles.text(data.opening))


def number_words(number: str) -> str:
    """The document's own number as it is, a serial number with a word before it, or that there is none yet."""
    if not number:
        return _("Draft without a number")
    return number if _BRACKET in number else _("Serial number {number}").format(number=number)


def _add_ranking(document: Document, data: BulletinPaper, styles: Styles, number: int) -> int:
    used = formula(data.version)
    if not data.groups:
        return 0
    heads: list[Block] = [styles.heading(1, number, _("Ranking"))]
    for serial, group in enumerate(data.groups, 1):
        heading = _("{kind} ({count})").format(kind=group.kind, count=len(group.units))
        heads.append(styles.heading(2, serial, heading))
        chart = Drawn(ranking(group.units, used, data.compared_with), styles.fonts)
        document.add(Together(*heads, chart))
        document.space(LEADING / 3)
        if _is_mapped(group.units):
            document.add(_map(group, data, styles))
            document.space(LEADING / 3)
        heads = []
    return 1


def _is_mapped(units: Sequence[Placed]) -> bool:
    """A tile map tells more than bars where the units have their place on the map."""
    known = tile_places()
    return len(units) <= _MOST_TILES and any(one.now.unit in known for one in units)


def _map(group: Group, data: BulletinPaper, styles: Styles) -> Block:
    drawn = Drawn(tiles(group.units, formula(data.version), data.compared_with), styles.fonts, _MAP)
    caption = _("{kind} on the map, in their rough position; letters are grades").format(kind=group.kind)
    return Together(Paragraph(caption, styles.note), drawn)


def _add_changes(document: Document, data: BulletinPaper, styles: Styles, number: int) -> int:
    heading = styles.heading(1, number, _("Changes and their causes"))
    before = data.whole.before
    if before is None:
        document.add(heading, styles.text(_("Nothing is there to compare with.")))
        return 1
    is_same = before.grade == data.whole.now.grade
    text = (
        _("Since {day} the score went from {before} to {after}, {change}; the grade is still {grade}.")
        if is_same
        else _(
            "Since {day} the score went from {before} to {after}, {change}; the grade from {was} to {grade}."
        )
    )
    words = text.format(
        day=long_date(data.compared_with), before=score_words(before.score), after=score_words(data.whole.now.score),
        change=moved_words(data.whole.now.score, before.score), was=before.grade or "—",
        grade=data.whole.now.grade or "—",
    )  # fmt: skip
    document.add(heading, styles.text(words))
    if data.moved:
        document.space(LEADING / 4)
        document.add(moved_table(data.moved, styles))
    if data.more:
        document.add(Paragraph(data.more, styles.note))
    document.space(LEADING / 3)
    return 1


def _add_overdue(document: Document, data: BulletinPaper, styles: Styles, number: int) -> int:
    heading = styles.heading(1, number, _("Overdue"))
    document.add(heading, styles.text(data.overdue_words))
    if data.overdue:
        columns = (
            Column(_("#"), 26, "centre"), Column(_("Unit"), 132), Column(_("Things overdue"), 58, "right"),
            Column(_("The most pressing")),
        )  # fmt: skip
        rows = [
            (str(place), unit.unit, f"{unit.count:,}", _first_words(unit))
            for place, unit in enumerate(data.overdue[:_IN_BODY], 1)
        ]
        document.space(LEADING / 4)
        document.add(Table(columns, rows, table_look(styles.fonts, _LISTED)))
        document.space(LEADING / 3)
    return 1


def _first_words(unit: OverdueUnit) -> str:
    line = unit.lines[0]
    text = line.missing if line.unit == unit.unit else f"{line.unit}: {line.missing}"
    return _("{asked}: {missing}").format(asked=line.asked, missing=text)


def _add_notable(document: Document, data: BulletinPaper, styles: Styles, number: int) -> int:
    parts = [part for part in ((_("What went well"), data.good), (_("To be put right"), data.bad)) if part[1]]
    if not parts:
        return 0
    heads: list[Block] = [styles.heading(1, number, _("Notable"))]
    for serial, (heading, (first, *others)) in enumerate(parts, 1):
        heads.append(styles.heading(2, serial, heading))
        document.add(Together(*heads, styles.text(first)), *map(styles.text, others))
        heads = []
    return 1


def _add_end(document: Document, data: BulletinPaper, styles: Styles, number: int) -> None:
    """Coverage and confidence; with the last paragraph, on its page, the list of attachments, office and date."""
    body = [styles.heading(1, number, _("Coverage and confidence")), *map(styles.text, data.reliance)]
    kept = 2 if len(body) == 2 else 1  # a heading is not left behind
    document.add(*body[:-kept])
    names = [heading for heading, _add in _attachments(data)]
    signature = Signature(data.office, data.issued_on, (), styles.fonts)
    word = _("Attachments: ")
    font, indent = styles.fonts.body, 2.0 * _BODY
    beside = indent + text_width(word, font, _BODY)
    lines = [
        Paragraph(f"{'' if place > 1 else word}{place}. {name}", Style(font, _BODY, LEADING, left, "left"))
        for place, (name, left) in enumerate(zip(names, (indent, beside, beside), strict=False), 1)
    ]
    document.add(_Whole(*body[-kept:], Space(LEADING), *lines, signature))


class _Whole(Together):
    """Stays on one page."""

    def split(self, width: float, room: float) -> None:
        return None


def _attachments(data: BulletinPaper) -> list[tuple[str, Any]]:
    """Headings of the attachments, and what sets each."""
    found: list[tuple[str, Any]] = []
    if data.groups:
        found.append((_("Indicators of the units"), _add_indicators))
    if data.overdue:
        found.append((_("What is overdue, by unit"), _add_overdue_list))
    found.append((_("How the figures are worked out"), _add_method))
    return found


def _add_attachment_head(document: Document, heading: str, place: int, styles: Styles) -> None:
    """The word and its number at the upper left, the title on the third line (GB/T 9704)."""
    head = Style(styles.fonts.sans, _BODY, LEADING, align="left")
    document.add(Paragraph(_("Attachment {number}").format(number=place), head))
    document.space(LEADING)
    document.add(Title(heading, styles.title))
    document.space(LEADING / 2)


def _add_indicators(document: Document, data: BulletinPaper, styles: Styles) -> None:
    used = formula(data.version)
    for serial, group in enumerate(data.groups, 1):
        heading = _("{kind} ({count})").format(kind=group.kind, count=len(group.units))
        marks = places([one.now.score for one in group.units])
        chart = Drawn(heat_map(group.units, used, marks), styles.fonts)
        document.add(Together(styles.heading(2, serial, heading), chart))
        document.space(LEADING / 3)
        document.add(Table(_unit_columns(), _unit_rows(group, marks), table_look(styles.fonts, _LISTED)))
        document.space(LEADING / 3)


def _unit_columns() -> tuple[Column, ...]:
    return (
        Column(_("Ranked"), 44, "centre"), Column(_("Unit")), Column(_("Score"), 38, "right"), Column(_("Score before"), 38, "right"),
        Column(_("Up or down"), 42, "right"), Column(_("Grade"), 40, "centre"), Column(_("Reported"), 52, "right"),
        Column(_("Confidence"), 62, "centre"),
    )  # fmt: skip


def _unit_rows(group: Group, marks: Sequence[str]) -> list[tuple[str, ...]]:
    return [
        (
            mark, one.now.unit_name, score_words(one.now.score), score_words(one.before.score if one.before else None),
            change_words(one.now.score, one.before.score if one.before else None), one.now.grade or "—",
            coverage_words(one.now), confidence_words(one.now.confidence),
        )
        for mark, one in zip(marks, group.units, strict=True)
    ]  # fmt: skip


def _add_overdue_list(document: Document, data: BulletinPaper, styles: Styles) -> None:
    """One table, each unit right below with what presses most in it and below it."""
    columns = (
        Column(_("Unit"), 92), Column(_("Asked, and what is missing")), Column(_("Article"), 126),
        Column(_("By when"), 58, "centre"), Column(_("Days late"), 36, "right"),
    )  # fmt: skip
    rows: list[tuple[str, ...]] = []
    for serial, unit in enumerate(data.overdue, 1):
        head = _("{serial}. {unit}: {count} overdue").format(
            serial=serial, unit=unit.unit, count=f"{unit.count:,}"
        )
        for place, line in enumerate(unit.lines):
            below = "" if line.unit == unit.unit else line.unit
            name = "\n".join(filter(None, ("" if place else head, below)))
            rows.append((name, f"{line.asked}\n{line.missing}", line.article, line.due, line.late))
        rest = unit.count - len(unit.lines)
        if rest:
            rows.append(("", _("and {count} more").format(count=f"{rest:,}"), "", "", ""))
    document.add(Table(columns, rows, table_look(styles.fonts, _LISTED)))
    if any(len(unit.lines) < unit.count for unit in data.overdue):
        note = _("What is not listed here stands in the list of obligations.")
        document.add(Paragraph(note, styles.note))


def _add_method(document: Document, data: BulletinPaper, styles: Styles) -> None:
    body = Style(styles.fonts.body, 12, 20, indent=24)  # so that it fits on one page
    for serial, line in enumerate(method_lines(formula(data.version)), 1):
        document.add(Paragraph(f"{serial}. {line}", body))
    if data.unverified:
        rules = _("; ").join(data.unverified)
        note = _("Not read in the text itself, to be looked up before you rely on it: {rules}.").format(
            rules=rules
        )
        document.add(Paragraph(note, styles.note))


def _add_imprint(document: Document, data: BulletinPaper) -> None:
    """Who printed it and when, at the foot of the last page; a draft has none."""
    if not data.number:
        return
    imprint = Imprint(
        data.office, _("printed on {day}").format(day=long_date(data.issued_on)), document.fonts
    )
    height = imprint.height(document.paper.text_width)
    if document.room < height:
        document.new_page()
    document.add(Space(document.room - height), imprint)


class Imprint:
    """The issuing office at the left and the day at the right between two rules (GB/T 9704, 7.4)."""

    keep_with_next = 0.0

    def __init__(self, office: str, day: str, fonts: Fonts) -> None:
        self.office = office
        self.day = day
        self.fonts = fonts

    def height(self, width: float) -> float:
        """Points that it takes: one line."""
        return LEADING

    def split(self, width: float, room: float) -> None:
        """A line stays whole."""

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw it with its upper left corner there; words one character from either edge."""
        canvas.setLineWidth(0.35 * MM)
        canvas.lines([(left, y, left + width, y) for y in (top, top - LEADING)])
        baseline = top - LEADING / 2 - _IMPRINT * 0.36
        font = self.fonts.body
        room = width - 3 * _IMPRINT - text_width(self.day, font, _IMPRINT)
        canvas.setFont(font, _IMPRINT)
        canvas.drawString(left + _IMPRINT, baseline, shorten(self.office, font, _IMPRINT, room))
        canvas.drawRightString(left + width - _IMPRINT, baseline, self.day)
