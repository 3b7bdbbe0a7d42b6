"""Who made the paper and who answers for it: lines to sign, the office and the date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from drillapp.core.i18n import _
from drillapp.core.reports.fonts import Fonts
from drillapp.core.reports.page import LEADING
from drillapp.core.reports.text import shorten, text_width

SIZE = 16.0


class Signature:
    """The office's name over the date at the right, before them the lines that people sign on."""

    keep_with_next = 0.0

    def __init__(self, office: str, day: date, roles: Sequence[str], fonts: Fonts) -> None:
        self.office = office
        self.day = day
        self.roles = tuple(roles)
        self.fonts = fonts

    def height(self, width: float) -> float:
        """Points that it takes: one line of space, the signing lines two abreast, office and date."""
        return LEADING * (3.5 + (len(self.roles) + 1) // 2 * 1.4)

    def split(self, width: float, room: float) -> None:
        """A signature stays whole."""

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw it with its upper left corner there."""
        canvas.setLineWidth(0.5)
        canvas.setFont(self.fonts.body, SIZE)
        y = top - 1.4 * LEADING
        for place, role in enumerate(self.roles):
            x = left + (place % 2) * width / 2
            label = _("{role}:").format(role=role)
            canvas.drawString(x, y, label)
            start = x + text_width(label, self.fonts.body, SIZE) + 4
            canvas.line(start, y - 3, x + width / 2 - 24, y - 3)
            if place % 2 or place == len(self.roles) - 1:
                y -= 1.4 * LEADING
        self._draw_office(canvas, left + width - 4 * SIZE, y - 0.6 * LEADING, width)

    def _draw_office(self, canvas: Any, right: float, y: float, width: float) -> None:
        """The date four characters from the right edge, the office's name centred over it (GB/T 9704)."""
        day = long_date(self.day)
        office = shorten(self.office, self.fonts.body, SIZE, width - 4 * SIZE)
        date_width = text_width(day, self.fonts.body, SIZE)
        middle = min(right - date_width / 2, right + 4 * SIZE - text_width(office, self.fonts.body, SIZE) / 2)
        canvas.drawCentredString(middle, y, office)
        canvas.drawRightString(right, y - LEADING, day)


def long_date(day: date) -> str:
    """The date as official papers write it, without leading zeros."""
    return _("{year}-{month}-{day}").format(year=day.year, month=day.month, day=day.day)
