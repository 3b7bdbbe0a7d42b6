"""The injects of the script in their order, each with its plan, what is left of the time, and how it stands."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from drillapp.core import enumerations
from drillapp.core.drills.conduct.queries import ConductView
from drillapp.core.drills.conduct.standing import Standing
from drillapp.core.drills.injects.offsets import show_offset
from drillapp.core.drills.injects.rows import InjectRow
from drillapp.core.i18n import _
from drillapp.ui import theme
from drillapp.ui.drills.conduct import times
from drillapp.ui.drills.conduct.conductor import Now, next_of
from drillapp.ui.drills.conduct.rows_model import ROW, RowsModel, RowsView
from drillapp.ui.parts import tones
from drillapp.ui.parts.drawing import draw_ground, draw_mark

_HEIGHT = 62
_NUMBER = 40
_PAD = 14
_NEXT = 4
"""Width of the bar before the inject that is next, in pixels."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_Index = QModelIndex | QPersistentModelIndex


class InjectLine(NamedTuple):
    """An inject as it is shown."""

    id: int
    number: str
    plan: str
    """When it is planned: by the drill's clock, or that it is held in reserve."""
    wall: str
    """And by the clock on the wall; or when it was released."""
    to: str
    content: str
    word: str
    tone: str
    left: str
    """What is left of the time, or over."""
    is_next: bool
    is_over: bool


def inject_lines(view: ConductView, now: Now) -> list[InjectLine]:
    """The injects as they are shown at a moment."""
    soonest = None if view.timeline.is_over else next_of(view, now)
    next_id = soonest[0].id if soonest else None
    counts = not view.timeline.is_over  # afterwards nothing runs out any more
    return [_line(row, one, next_id, counts) for row, one in zip(view.injects, now.standings, strict=True)]


def _line(row: InjectRow, one: Standing, next_id: int | None, counts: bool) -> InjectLine:
    means = enumerations.label("inject_means", row.means) if row.means else ""
    to = " · ".join(part for part in (row.addressee or "", means) if part)
    return InjectLine(
        row.id, row.number, _plan(row), _wall(one), to, " ".join(row.content.split()),
        enumerations.label("inject_state", one.state), tones.tone(tones.INJECTS, one.state), _left(one, counts),
        row.id == next_id, one.state in ("done", "done_late") or (one.state == "released" and not row.awaits_action),
    )  # fmt: skip


def _plan(row: InjectRow) -> str:
    if row.offset_seconds is not None:
        return show_offset(row.offset_seconds)
    return _("after {number}").format(number=row.after_number) if row.after_number else ""


def _wall(one: Standing) -> str:
    if one.released_at is not None:
        return _("released {time}").format(time=times.wall(one.released_at))
    return times.wall(one.planned_at) if one.planned_at is not None else ""


def _left(one: Standing, counts: bool) -> str:
    if one.taken is not None:
        return _("took {length}").format(length=times.length(one.taken))
    return times.countdown(one.remaining) if counts and one.remaining is not None else ""


class InjectList(RowsView):
    """Enter or Space does with the inject under the cursor what is to be done with it next."""

    act_wanted = Signal(int)
    chosen = Signal(object)
    """The id of the inject under the cursor, or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Injects"), parent)
        self.rows = RowsModel(_spoken, self)
        self.setModel(self.rows)
        self.setItemDelegate(_Painter(self))
        self.setUniformItemSizes(True)
        self.doubleClicked.connect(lambda index: self.act_wanted.emit(index.data(ROW).id))
        self.selectionModel().currentChanged.connect(self._on_current)

    def show_lines(self, lines: list[InjectLine]) -> None:
        """Show the injects; the one that is next is kept in sight when it becomes another one."""
        before = next((line.id for line in self.rows.rows if line.is_next), None)
        self.rows.show_rows(lines)
        place = next((place for place, line in enumerate(lines) if line.is_next), None)
        if place is not None and lines[place].id != before:
            index = self.rows.index(place)
            self.scrollTo(self.rows.index(min(place + 2, len(lines) - 1)))
            self.scrollTo(index)
            if not self.hasFocus():
                self.setCurrentIndex(index)
        elif not self.currentIndex().isValid() and lines:
            self.setCurrentIndex(self.rows.index(0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.current()
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if event.key() in keys and line is not None and not event.isAutoRepeat():
            self.act_wanted.emit(line.id)
        else:
            super().keyPressEvent(event)

    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        line = index.data(ROW) if index.isValid() else None
        self.chosen.emit(None if line is None else line.id)


def _spoken(line: InjectLine) -> str:
    return " ".join(
        part for part in (line.number, line.plan, line.word, line.left, line.to, line.content) if part
    )


class _Painter(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(200, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line: InjectLine = index.data(ROW)
        rect = option.rect
        draw_ground(painter, rect, option.state.value)
        if line.is_next:
            painter.fillRect(rect.left(), rect.top(), _NEXT, rect.height(), theme.colour("accent"))
        painter.save()
        inner = rect.adjusted(_PAD, 6, -_PAD, -6)
        ink = "faint" if line.is_over else "text"
        _write(painter, QRect(inner.left(), inner.top(), _NUMBER, 24), line.number, ink, strong=True)
        top = QRect(inner.left() + _NUMBER, inner.top(), inner.width() - _NUMBER, 24)
        right = _mark(painter, top, line)
        used = _write(painter, top.adjusted(0, 0, -right, 0), line.plan, ink, strong=True)
        _write(painter, top.adjusted(used + 10, 0, -right, 0), line.wall, "muted")
        below = QRect(top.left(), inner.top() + 26, top.width(), 22)
        used = _write(painter, below, line.to, "muted") if line.to else 0
        _write(painter, below.adjusted(used + (10 if used else 0), 0, 0, 0), line.content, ink)
        painter.restore()


def _mark(painter: QPainter, rect: QRect, line: InjectLine) -> int:
    """Draw the state and what is left at the right end; how much room they took."""
    metrics = QFontMetrics(theme.ui_font())
    painter.setFont(theme.ui_font())
    icon = 18 if line.tone not in ("neutral", "accent") else 0
    width = metrics.horizontalAdvance(line.word) + icon + 18
    draw_mark(
        painter, QRect(rect.right() - width, rect.top(), width, rect.height()), line.word, line.tone, metrics
    )
    if not line.left:
        return width + 8
    strong = theme.ui_font(theme.HEADING, QFont.Weight.DemiBold) if not line.is_over else theme.ui_font()
    painter.setFont(strong)
    ink = line.tone if line.tone in ("red", "orange") else "muted" if line.is_over else "text"
    painter.setPen(theme.colour(ink))
    room = QFontMetrics(strong).horizontalAdvance(line.left) + 8
    painter.drawText(
        QRect(rect.right() - width - room, rect.top(), room - 8, rect.height()), _RIGHT, line.left
    )
    return width + room + 8


def _write(painter: QPainter, rect: QRect, text: str, ink: str, *, strong: bool = False) -> int:
    """Write as much of a text as there is room for; its width."""
    font = theme.ui_font(theme.BODY, QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(rect.width(), 0))
    painter.setFont(font)
    painter.setPen(theme.colour(ink))
    painter.drawText(rect, _LEFT, shown)
    return metrics.horizontalAdvance(shown)
