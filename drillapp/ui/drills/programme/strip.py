"""How far a programme is, as one bar: held, scheduled, planned, late."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from drillapp.core import enumerations
from drillapp.core.drills.programme.rows import MonthProgress
from drillapp.core.i18n import _
from drillapp.ui import theme
from drillapp.ui.parts import tones
from drillapp.ui.theme import SMALL

_STATES = ("held", "late", "scheduled", "planned")
_BAR = 6


class ProgressStrip(QWidget):
    """Painted; what it says stands in its accessible name and tool tip too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.counts: dict[str, int] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setRetainSizeWhenHidden(True)  # so that the years stay together
        self.setSizePolicy(policy)

    def show_progress(self, months: Sequence[MonthProgress]) -> None:
        """Show the sum of the months."""
        self.counts = {state: sum(getattr(one, state) for one in months) for state in _STATES}
        named = [f"{enumerations.label('programme_item_state', one)} {self.counts[one]:,}" for one in _STATES]
        self.setToolTip(" · ".join(named))
        self.setAccessibleName(f"{self.words} · {self.toolTip()}")
        self.update()

    @property
    def words(self) -> str:
        """How many drills of the programme were held."""
        held, total = self.counts.get("held", 0), sum(self.counts.values())
        return _("{held} of {total} drills held").format(held=f"{held:,}", total=f"{total:,}")

    def sizeHint(self) -> QSize:
        return QSize(220, 34)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.ui_font(SMALL))
        painter.setPen(theme.colour("muted"))
        upper = self.rect().adjusted(0, 0, 0, -_BAR - 4)
        late = self.counts.get("late", 0)
        words = self.words
        if late:
            words += f" · {enumerations.label('programme_item_state', 'late')} {late:,}"
        painter.drawText(upper, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, words)
        self._draw_bar(painter, QRectF(0, self.height() - _BAR - 1, self.width(), _BAR))
        painter.end()

    def _draw_bar(self, painter: QPainter, bar: QRectF) -> None:
        outline = QPainterPath()
        outline.addRoundedRect(bar, _BAR / 2, _BAR / 2)
        painter.setClipPath(outline)
        painter.fillRect(bar, theme.colour("border"))
        total = sum(self.counts.values())
        left = bar.left()
        for state in _STATES[:3]:
            width = bar.width() * self.counts.get(state, 0) / total if total else 0.0
            ink, _ground = theme.tone_colours(tones.tone(tones.PROGRAMME_ITEMS, state))
            painter.fillRect(QRectF(left, bar.top(), width, bar.height()), ink)
            left += width
