"""A disposal card drawn on a sheet."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from drillapp.core.reports.card_faces import EDGE, LINE, Faces, Lines, first_room
from drillapp.core.reports.card_layout import (
    LABEL_SIZE,
    NUMBER,
    SIGN,
    Placed,
)
from drillapp.core.reports.card_signs import YELLOW, draw_sign
from drillapp.core.reports.fonts import Fonts
from drillapp.core.reports.matrix_code import draw_code
from drillapp.core.reports.text import put_line
from drillapp.core.reports.writing import Writing

_BAND = 0.13  # grey
_HAIRLINE = 0.8
_AFTER_BOX = 0.95  # times the size of the text
_MIDDLE = 0.36  # from the middle of a line down to its baseline, times the size


class CardDrawing:
    """One card being drawn; the corners are the upper left ones of its faces."""

    def __init__(self, canvas: Any, fonts: Fonts, faces: Faces) -> None:
        self.canvas, self.fonts, self.faces = canvas, fonts, faces
        self.layout = faces.layout
        self.column = faces.body.style.column * faces.body.style.size

    def draw_front(self, corner: tuple[float, float]) -> None:
        """Title and first action, and the text on this face."""
        self._put_band(*corner)
        if self.faces.first is not None:
            self._put_first(self.faces.first, *corner)
        self._put_text(0, *corner)
        if self.layout.faces == 1:
            self._put_foot(*corner)

    def draw_back(self, corner: tuple[float, float]) -> None:
        """The rest of the text, the foot and the code."""
        self._put_text(1, *corner)
        self._put_foot(*corner)

    def _put_band(self, left: float, top: float) -> None:
        layout, faces = self.layout, self.faces
        edge, (start, height) = layout.padding * EDGE, faces.band
        self.canvas.setFillGray(_BAND)
        wide = layout.face[0] - 2 * edge
        self.canvas.rect(left + edge, top - start - height, wide, height, stroke=0, fill=1)
        ink = Writing(self.canvas, grey=1.0)
        y = top - start - layout.title * 0.2
        y = self._put_lines(ink, faces.title, self.fonts.bold, left + layout.padding, y)
        self._put_lines(ink, faces.owner, self.fonts.sans, left + layout.padding, y)
        ink.finish()

    def _put_first(self, first: Lines, left: float, top: float) -> None:
        """In a heavy frame, the largest text of all."""
        layout, faces, canvas = self.layout, self.faces, self.canvas
        edge, (start, height) = layout.padding * EDGE, faces.box
        line = layout.owner * 0.2
        canvas.setFillColorRGB(*YELLOW)
        canvas.setStrokeGray(_BAND)
        canvas.setLineWidth(line)
        wide = layout.face[0] - 2 * edge - line
        canvas.rect(left + edge + line / 2, top - start - height, wide, height, stroke=1, fill=1)
        ink = Writing(canvas)
        y = top - start - first.size * 0.225
        label_middle = y - first.size * LINE / 2
        size, bold = layout.owner, self.fonts.bold
        ink.put(bold, size, left + layout.padding, label_middle - size * _MIDDLE, faces.first_label)
        self._put_lines(ink, first, bold, left + first_room(layout, faces.first_label, self.fonts)[0], y)
        ink.finish()

    def _put_lines(self, ink: Writing, lines: Lines, font: str, x: float, y: float) -> float:
        """Returns where the next line may begin."""
        for line in lines.lines:
            middle = y - lines.size * LINE / 2
            ink.put(font, lines.size, x, middle - lines.size * _MIDDLE, line.text)
            y -= lines.size * LINE
        return y

    def _put_text(self, face: int, left: float, top: float) -> None:
        ink = Writing(self.canvas)
        here = [each for each in self.faces.body.placed if self.faces.regions[each.region].face == face]
        for placed in here:
            region = self.faces.regions[placed.region]
            self._put_entry(ink, placed, left + region.left, top - region.top - placed.top)
        ink.finish()
        self._put_boxes(here, left, top)
        self._put_hairlines(here, left, top)

    def _put_entry(self, ink: Writing, placed: Placed, x: float, y: float) -> None:
        size, fonts, entry = self.faces.body.style.size, self.fonts, placed.entry
        leading = size * self.layout.leading
        baseline = y - leading / 2 - size * _MIDDLE
        self._put_label(ink, placed, x, baseline)
        start = x + self.column
        width = self.faces.regions[placed.region].width - self.column
        before = placed.label_width
        if entry.number:
            ink.put(fonts.bold, size, start + before + size * _AFTER_BOX, baseline, f"{entry.number}.")
            start += NUMBER * size
            width -= NUMBER * size
        if entry.lead:
            ink.put(fonts.bold, size, start + before, baseline, entry.lead)
            before += placed.lead_width
        for line in placed.lines:
            put_line(ink, line, (fonts.sans, size), (start + before, baseline), width - before, "justify")
            baseline -= leading
            before = 0.0

    def _put_label(self, ink: Writing, placed: Placed, x: float, baseline: float) -> None:
        size, sign = self.faces.body.style.size, placed.group.sign
        if not placed.is_labelled:
            return
        start = x
        if sign:
            draw_sign(self.canvas, sign, (x + size * 0.45, baseline + size * _MIDDLE), size)
            start += size * SIGN
        ink.put(self.fonts.bold, size * LABEL_SIZE, start, baseline, placed.group.label)

    def _put_boxes(self, here: list[Placed], left: float, top: float) -> None:
        """To tick with a pen."""
        size = self.faces.body.style.size
        side = size * 0.74
        code = []
        for placed in here:
            if placed.entry.number:
                region = self.faces.regions[placed.region]
                x = left + region.left + self.column + placed.label_width + size * 0.04
                middle = top - region.top - placed.top - size * self.layout.leading / 2
                code.append(f"{x:.2f} {middle - side / 2:.2f} {side:.2f} {side:.2f} re")
        if code:
            self.canvas.addLiteral(f"q 0 G {size * 0.075:.3f} w {' '.join(code)} S Q")

    def _put_hairlines(self, here: list[Placed], left: float, top: float) -> None:
        """Between the groups."""
        size = self.faces.body.style.size
        code = []
        for before, placed in pairwise(here):
            if placed.is_labelled and before.region == placed.region:
                region = self.faces.regions[placed.region]
                above = before.top + before.height
                y = top - region.top - (placed.top + above) / 2
                x = left + region.left
                code.append(f"{x:.2f} {y:.2f} m {x + region.width:.2f} {y:.2f} l")
        if code:
            self.canvas.addLiteral(f"q {_HAIRLINE} G {size * 0.05:.3f} w {' '.join(code)} S Q")

    def _put_foot(self, left: float, top: float) -> None:
        layout, foot, region = self.layout, self.faces.foot, self.faces.regions[-1]
        bottom = top - layout.face[1] + layout.padding
        ink = Writing(self.canvas)
        self._put_lines(ink, foot, self.fonts.sans, left + region.left, bottom + foot.height)
        ink.finish()
        x = left + layout.face[0] - layout.padding - layout.code
        draw_code(self.canvas, self.faces.code, x, bottom, layout.code)
