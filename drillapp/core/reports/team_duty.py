"""The duty roster of a month, a line a day, to hang on the wall."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import msgspec

from drillapp.core.enumerations import label
from drillapp.core.i18n import _
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.fonts import Fonts, bundled
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.page import FORM_SHEET, Document, Rendered
from drillapp.core.reports.table import Column, Table, table_look
from drillapp.core.reports.team_source import DutyMonth
from drillapp.core.reports.text import Paragraph, Style

_SIZE = 10.0


def render_duty_month(
    data: DutyMonth,
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Write the roster; characters that no font has are named in what comes back."""
    fonts = fonts or bundled()
    month = _month(data)
    title = _("Duty roster, {month}").format(month=month)
    document = Document(
        title, author=data.office, fonts=fonts, paper=FORM_SHEET, numbering="of", progress=progress
    )
    styles, look = Styles(fonts), msgspec.structs.replace(table_look(fonts, _SIZE), padding=2.5)
    below = Style(fonts.body, 11, 18, align="centre", after=6)
    document.add(Title(title, styles.title), Paragraph(f"{data.unit}　{data.team}", below))
    columns = (
        Column(_("Day"), 40, "centre"), Column(_("Weekday"), 44, "centre"),
        *(Column(label("duty_shift", shift)) for shift in data.shifts),
    )  # fmt: skip
    weekdays = _("Mon Tue Wed Thu Fri Sat Sun").split()
    rows = [
        (str(day.day), weekdays[day.weekday()], *(found.get(shift, "") for shift in data.shifts))
        for day, found in data.days
    ]
    document.add(Table(columns, rows, look))
    phones = _("; ").join(f"{name} {phone}".strip() for name, phone in data.phones)
    if phones:
        document.add(Paragraph(_("Phones: {phones}").format(phones=phones), styles.note))
    if data.concerns:
        words = _("To be looked at: {concerns}").format(concerns=_("; ").join(data.concerns))
        document.add(Paragraph(words, styles.note))
    return document.close(target)


def _month(data: DutyMonth) -> str:
    return _("{year}-{month}").format(year=data.month.year, month=data.month.month)
