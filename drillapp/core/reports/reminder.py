"""The reminder of what is overdue, to the unit that must do it: official layout, with a receipt to tear off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from drillapp.core.i18n import _
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.fonts import Fonts, bundled
from drillapp.core.reports.form import Fact, Form
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.page import LEADING, Block, Document, Rendered
from drillapp.core.reports.signature import Signature, long_date
from drillapp.core.reports.table import Column, Table, table_look
from drillapp.core.reports.text import Paragraph, sentences, text_width
from drillapp.core.reports.together import Together

_SMALL = 10.5
_BLANK = "\u3000"
"""Left to be written by hand; nothing at all would be printed as a dash."""


class ReminderLine(msgspec.Struct, frozen=True):
    """One thing to be done."""

    asked: str
    about: str
    """What of it is missing."""
    article: str
    due: str
    late: str
    """Days."""
    settles: str
    """What settles it, and in what time."""


class Reminder(msgspec.Struct, frozen=True, kw_only=True):
    """The notice to one unit."""

    office: str
    day: date
    unit: str
    code: str
    late: tuple[ReminderLine, ...]
    """The most pressing first."""
    soon: tuple[ReminderLine, ...] = ()
    unknown: tuple[ReminderLine, ...] = ()
    """That of which nothing was ever recorded."""
    is_estimated: bool = False
    """Whether a due day counts working days of a year whose holidays are not announced."""
    unverified: tuple[str, ...] = ()
    """Rules that were not read in the text itself, each with how far they were verified."""


def render_reminders(
    units: Sequence[Reminder],
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Write a notice for each unit, each on sheets of its own; characters that no font has are named in what comes back."""
    title = _("Reminder of obligations")
    document = Document(title, author=units[0].office, fonts=fonts or bundled(), progress=progress)
    styles = Styles(document.fonts)
    for place, data in enumerate(units):
        if place:
            document.begin_numbering()
        _add_notice(document, data, styles)
    return document.close(target)


def _add_notice(document: Document, data: Reminder, styles: Styles) -> None:
    document.space(LEADING)
    document.add(Title(_("{office}:\nreminder of obligations").format(office=data.office), styles.title))
    document.space(LEADING)
    document.add(Paragraph(_("{authority}:").format(authority=data.unit), styles.flush))
    document.add(styles.text(opening(data)))
    number = 1
    parts = (
        (_("Overdue"), data.late),
        (_("Due soon"), data.soon),
        (_("Nothing was ever recorded"), data.unknown),
    )
    for heading, lines in parts:
        if lines:
            _add_lines(document, styles, numbered_count(heading, len(lines)), number, lines)
            number += 1
    signature = Signature(data.office, data.day, (), styles.fonts)
    closing = styles.text(_closing(data), keep_with_next=signature.height(document.paper.text_width))
    document.add(closing, signature)
    _add_notes(document, data, styles)
    _add_receipt(document, data, styles)


def opening(data: Reminder) -> str:
    """What the notice is about, in sentences."""
    text = _("By {day}, {count} things that the law and the rules ask of your unit are overdue.")
    if not data.late:
        text = _(
            "By {day}, nothing is recorded of {count} things that the law and the rules ask of your unit."
        )
    count = len(data.late) or len(data.unknown)
    return sentences(
        text.format(day=long_date(data.day), count=count),
        _(
            "They are listed below with the article they rest on and what settles them, the most pressing first."
        ),
    )


def numbered_count(heading: str, count: int) -> str:
    """A heading with how many things stand under it."""
    return _("{heading}: {count} things").format(heading=heading, count=count)


def _add_lines(
    document: Document, styles: Styles, heading: str, number: int, lines: Sequence[ReminderLine]
) -> None:
    has_late = any(line.late not in ("", "—") and line.late[:1].isdigit() for line in lines)
    columns = [
        Column(_("#"), 24, "centre"), Column(_("What is asked, and of what"), 128), Column(_("Article")),
        Column(_("By when"), 62, "centre"),
        *([Column(_("Days late"), 36, "right")] if has_late else []), Column(_("What settles it"), 84),
    ]  # fmt: skip
    rows = [
        (
            str(place), f"{line.asked}\n{line.about}", line.article, line.due,
            *([line.late] if has_late else []), line.settles,
        )
        for place, line in enumerate(lines, 1)
    ]  # fmt: skip
    table = Table(columns, rows, table_look(styles.fonts, _SMALL))
    document.add(Together(styles.heading(1, number, heading), table))
    document.space(LEADING / 3)


def _closing(data: Reminder) -> str:
    texts = [
        _(
            "Settle them without delay, record what was done, and send the receipt below back when you have read this."
        )
    ]
    if data.unknown:
        texts.append(
            _("Where something was done but never recorded, enter it: what is not recorded does not count.")
        )
    return sentences(*texts)


def _add_notes(document: Document, data: Reminder, styles: Styles) -> None:
    notes = []
    if data.is_estimated:
        notes.append(
            _(
                "Due days with the word “estimated” count working days of a year whose holidays are not announced yet."
            )
        )
    if data.unverified:
        rules = _("; ").join(data.unverified)
        notes.append(
            _("Not read in the text itself, to be looked up before you rely on it: {rules}.").format(
                rules=rules
            )
        )
    for note in notes:
        document.add(Paragraph(note, styles.note))


def _add_receipt(document: Document, data: Reminder, styles: Styles) -> None:
    facts = [
        Fact(_("Unit"), f"{data.unit} ({data.code})", is_wide=True),
        Fact(_("Notice"), _("Reminder of {day}, {count} things").format(
            day=long_date(data.day), count=len(data.late) + len(data.soon) + len(data.unknown)
        ), is_wide=True),
        Fact(_("Received by"), _BLANK),
        Fact(_("Signed for on"), _BLANK),
        Fact(_("What will be done by when"), f"{_BLANK}\n{_BLANK}\n{_BLANK}", is_wide=True),
    ]  # fmt: skip
    heading = Paragraph(_("Receipt"), styles.subtitle)
    document.space(LEADING / 3)
    document.add(
        Whole(TearLine(_("tear off here and send back"), styles.fonts), heading, Form(facts, styles.fonts))
    )


class TearLine:
    """A dashed line with a word in its middle, along which the sheet is cut."""

    keep_with_next = 0.0

    def __init__(self, text: str, fonts: Fonts) -> None:
        self.text = text
        self.fonts = fonts

    def height(self, width: float) -> float:
        """Points that it takes."""
        return LEADING

    def split(self, width: float, room: float) -> None:
        """A line stays whole."""

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw it with its upper left corner there."""
        middle, wide = top - LEADING / 2, text_width(self.text, self.fonts.body, _SMALL) / 2 + 8
        canvas.setLineWidth(0.6)
        canvas.setDash([4, 3])
        canvas.line(left, middle, left + width / 2 - wide, middle)
        canvas.line(left + width / 2 + wide, middle, left + width, middle)
        canvas.setDash([], 0)
        canvas.setFont(self.fonts.body, _SMALL)
        canvas.drawCentredString(left + width / 2, middle - 0.36 * _SMALL, self.text)


class Whole(Together):
    """Blocks that stay on one sheet together."""

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """It stays whole."""
        return None
