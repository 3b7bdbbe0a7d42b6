"""The log as it is read: line under line with wall and drill time; what was replaced stands there struck out."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QMenu, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from drillapp.core import enumerations
from drillapp.core.drills.conduct.queries import ConductView, LogLine
from drillapp.core.i18n import _
from drillapp.ui import theme
from drillapp.ui.drills.conduct import times
from drillapp.ui.drills.conduct.conductor import Pending
from drillapp.ui.drills.conduct.rows_model import ROW, RowsModel, RowsView
from drillapp.ui.parts.drawing import SELECTED, draw_ground

_PAD = 14
_TIME = 76
_LEAST = 50
_WRAP = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignLeft.value | Qt.AlignmentFlag.AlignTop.value
_HEIGHTS = 4_000
_Index = QModelIndex | QPersistentModelIndex


class ShownLine(NamedTuple):
    """A line of the log as it is shown."""

    id: int
    """0 while it is on its way to the disk."""
    wall: str
    clock: str
    kind: str
    """The word of a line that is no note."""
    text: str
    about: str
    is_struck: bool = False


def _shown(line: LogLine) -> ShownLine:
    row = line.row
    kind = "" if row.kind == "note" else enumerations.label("log_kind", row.kind)
    if line.inject_number is not None:
        kind = f"{kind} {line.inject_number}"
    clock = "" if line.seconds is None else times.clock(line.seconds)
    text = "" if row.text == enumerations.label("log_kind", row.kind) else row.text
    corrected = _("correction") if row.corrects_id is not None and row.kind != "void" else ""
    ignored = _("counts for nothing") if line.is_ignored and not line.is_struck else ""
    # Of a report upward the subject is the rule that it answers, which is no word for people.
    subject = "" if row.kind == "report" else row.subject or ""
    about = " · ".join(part for part in (row.who or "", subject, corrected, ignored) if part)
    return ShownLine(row.id, times.wall(row.at), clock, kind, text, about, line.is_struck)


def _waiting(one: Pending) -> ShownLine:
    state = _("saving …") if one.line_id is None else ""
    about = " · ".join(part for part in (one.who, one.subject, state) if part)
    return ShownLine(0, times.wall(one.at), "", "", one.text, about)


class LogList(RowsView):
    """Stays at its end while lines come in; Enter on a line corrects it."""

    correct_wanted = Signal(object)
    """The LogLine."""

    def __init__(self, *, writes: bool, parent: QWidget | None = None) -> None:
        super().__init__(_("Log"), parent)
        self._writes = writes
        self._view: ConductView | None = None
        self._kept: list[ShownLine] = []
        self.model_ = RowsModel(_spoken, self)
        self.setModel(self.model_)
        self.setItemDelegate(_Painter(self))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self._follows = True
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._on_scrolled)
        bar.rangeChanged.connect(self._on_range)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        self.doubleClicked.connect(lambda index: self._correct(index.data(ROW)))

    @property
    def lines(self) -> list[ShownLine]:
        """What is shown."""
        return list(self.model_.rows)

    def show_log(self, view: ConductView, pending: list[Pending]) -> None:
        """Show the log; whoever reads further up stays there."""
        if view is not self._view:
            self._view, self._kept = view, [_shown(line) for line in view.log]
        self.model_.show_rows([*self._kept, *map(_waiting, pending)])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current() is not None:
            self._correct(self.current())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.model_.rows:
            painter = QPainter(self.viewport())
            painter.setPen(theme.colour("muted"))
            spot = self.viewport().rect().adjusted(_PAD, 8, -_PAD, 0)
            painter.drawText(spot, _WRAP, _("Nothing was logged yet."))
            painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _on_scrolled(self, value: int) -> None:
        self._follows = value >= self.verticalScrollBar().maximum() - 4

    def _on_range(self, _least: int, most: int) -> None:
        if self._follows:
            self.verticalScrollBar().setValue(most)

    def _correct(self, line: Any) -> None:
        found = self._found(line)
        if found is not None and self._writes:
            self.correct_wanted.emit(found)

    def _found(self, line: ShownLine) -> LogLine | None:
        """The line of the log that is shown; None for one that is struck out or on its way."""
        if self._view is None or line.is_struck:
            return None
        return next((one for one in self._view.log if one.row.id == line.id), None)

    def _on_menu(self, spot: QPoint) -> None:
        index = self.indexAt(spot)
        if not index.isValid() or self._found(index.data(ROW)) is None or not self._writes:
            return
        line = index.data(ROW)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Correct or annul …"), lambda: self._correct(line))
        menu.popup(self.viewport().mapToGlobal(spot))


def _spoken(line: ShownLine) -> str:
    struck = _("struck out") if line.is_struck else ""
    return " ".join(part for part in (line.wall, line.kind, line.text, line.about, struck) if part)


class _Painter(QStyledItemDelegate):
    """A line is as high as its words need."""

    def __init__(self, view: LogList) -> None:
        super().__init__(view)
        self._view = view
        self._heights: dict[tuple[str, int], int] = {}

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        line: ShownLine = index.data(ROW)
        width = self._view.viewport().width()
        about = 18 if line.about else 0
        return QSize(width, max(_LEAST, self._height(_words(line), width - _TIME - 2 * _PAD) + about + 18))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line: ShownLine = index.data(ROW)
        rect = option.rect
        draw_ground(painter, rect, option.state.value & SELECTED)
        painter.save()
        left = rect.left() + _PAD
        painter.setFont(_font(DEMI if not line.is_struck else NORMAL, struck=line.is_struck))
        painter.setPen(theme.colour("faint" if line.is_struck else "text"))
        painter.drawText(QRect(left, rect.top() + 8, _TIME, 18), _WRAP, line.wall)
        painter.setFont(theme.ui_font(theme.SMALL))
        painter.setPen(theme.colour("faint" if line.is_struck else "muted"))
        painter.drawText(QRect(left, rect.top() + 26, _TIME, 16), _WRAP, line.clock)
        self._words(painter, rect, line)
        painter.restore()

    def _words(self, painter: QPainter, rect: QRect, line: ShownLine) -> None:
        left, width = rect.left() + _PAD + _TIME, rect.width() - _TIME - 2 * _PAD
        words = _words(line)
        height = self._height(words, width)
        spot = QRect(left, rect.top() + 8, width, height)
        painter.setFont(_font(DEMI if line.kind and not line.text else NORMAL, struck=line.is_struck))
        ink = "faint" if line.is_struck else "accent_text" if line.kind else "text"
        painter.setPen(theme.colour(ink))
        painter.drawText(spot, _WRAP, words)
        if line.about:
            painter.setFont(theme.ui_font(theme.SMALL))
            painter.setPen(theme.colour("faint" if line.is_struck else "muted"))
            below = QRect(left, spot.bottom() + 3, width, 16)
            metrics = QFontMetrics(painter.font())
            painter.drawText(below, _WRAP, metrics.elidedText(line.about, Qt.TextElideMode.ElideRight, width))

    def _height(self, words: str, width: int) -> int:
        key = (words, width)
        if key not in self._heights:
            if len(self._heights) > _HEIGHTS:
                self._heights.clear()
            metrics = QFontMetrics(theme.ui_font())
            self._heights[key] = metrics.boundingRect(
                QRect(0, 0, max(width, 1), 10_000), _WRAP, words
            ).height()
        return self._heights[key]


NORMAL, DEMI = QFont.Weight.Normal, QFont.Weight.DemiBold


def _words(line: ShownLine) -> str:
    return "  ".join(part for part in (line.kind, line.text) if part)


def _font(weight: QFont.Weight, *, struck: bool) -> QFont:
    font = theme.ui_font(theme.BODY, weight)
    font.setStrikeOut(struck)
    return font
