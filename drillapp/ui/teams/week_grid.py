"""The week as a grid: members down, days across; a click or a key puts somebody on duty."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from drillapp.core import enumerations
from drillapp.core.i18n import _, language
from drillapp.core.teams.shifts import Hand
from drillapp.ui import icons, theme
from drillapp.ui.parts.drawing import draw_lines, draw_words
from drillapp.ui.teams.week import Week

_Index = QModelIndex | QPersistentModelIndex
_ROW = 34
_NOWHERE = QModelIndex()
_SHIFT_KEYS = {Qt.Key.Key_D: "day", Qt.Key.Key_N: "night", Qt.Key.Key_W: "whole"}
_LEAD_SIGN = "★"
_TOTALS = ("day", "night")
"""The lines below the members: how many are there in each half of a day."""


class WeekModel(QAbstractTableModel):
    """Members and, below them, how many are on duty by day and by night."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.week: Week | None = None
        self.least = 0
        """So many are asked for at any time; 0: none."""

    def show_week(self, week: Week) -> None:
        """Show another week."""
        self.beginResetModel()
        self.week = week
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() or self.week is None else len(self.week.hands) + len(_TOTALS)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """The names, then the days."""
        return 0 if parent.isValid() or self.week is None else 1 + len(self.week.days)

    def hand(self, row: int) -> Hand | None:
        """The member of a line; None for the totals."""
        hands = [] if self.week is None else self.week.hands
        return hands[row] if 0 <= row < len(hands) else None

    def day(self, column: int) -> date:
        """The day of a column."""
        assert self.week is not None
        return self.week.days[column - 1]

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if self.hand(index.row()) is None or index.column() == 0:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def total(self, index: _Index) -> int:
        """How many are on duty in the half of a day of a line of totals."""
        assert self.week is not None
        return self.week.on_duty(self.day(index.column()), _TOTALS[index.row() - len(self.week.hands)])

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self.week is None:
            return None
        hand = self.hand(index.row())
        if index.column() == 0:
            return self._name(index.row(), hand) if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return str(self.total(index)) if hand is None else self._words(hand, self.day(index.column()))
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._tip(hand, index)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if (
            role != Qt.ItemDataRole.DisplayRole
            or self.week is None
            or orientation != Qt.Orientation.Horizontal
        ):
            return None
        if section == 0:
            return _("Member")
        day = self.day(section)
        locale = QLocale("zh_CN") if language() == "zh_CN" else QLocale("en")
        name = locale.standaloneDayName(day.weekday() + 1, QLocale.FormatType.ShortFormat)
        return f"{name}\n{day:%m-%d}"

    def change(self, index: _Index, key: str) -> None:
        """Do what a click (`next`) or a key asks for in a cell."""
        hand = self.hand(index.row())
        if hand is None or self.week is None or index.column() == 0:
            return
        day = self.day(index.column())
        if key == "next":
            self.week.next(hand, day)
        elif key == "lead":
            self.week.lead(hand, day)
        elif key == "clear":
            self.week.clear(hand, day)
        else:
            self.week.toggle(hand, day, key)
        self.dataChanged.emit(self.index(0, index.column()), self.index(self.rowCount() - 1, index.column()))
        self.edited.emit()

    def _name(self, row: int, hand: Hand | None) -> str:
        """Whose line it is."""
        assert self.week is not None
        if hand is None:
            half = enumerations.label("duty_shift", _TOTALS[row - len(self.week.hands)])
            return _("On duty: {half}").format(half=half)
        role = enumerations.label("team_role", hand.role) if hand.role not in (None, "member") else ""
        return f"{hand.name} {role}".strip()

    def _words(self, hand: Hand, day: date) -> str:
        assert self.week is not None
        parts = (
            enumerations.label("duty_shift", shift) + (f" {_LEAD_SIGN}" if leads else "")
            for shift, leads in self.week.shifts(hand, day)
        )
        return _(", ").join(parts)

    def _tip(self, hand: Hand | None, index: _Index) -> str:
        if hand is None:
            return str(self.total(index))
        day = self.day(index.column())
        concern = hand.concern(day)
        parts = (hand.name, day.isoformat(), self._words(hand, day) or _("not on duty"))
        return " ".join((*parts, enumerations.label("duty_concern", concern))) if concern else " ".join(parts)


class WeekPainter(QStyledItemDelegate):
    """A shift as a filled field; what speaks against it as a sign in the corner."""

    def __init__(self, model: WeekModel, grid: QTableView) -> None:
        super().__init__(grid)
        self._model, self._grid = model, grid

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        rect = option.rect
        hand = self._model.hand(index.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.column() == 0:
            self._name(painter, rect, index, hand)
        elif hand is None:
            self._total(painter, rect, index)
        else:
            self._shift(painter, rect, hand, index)
        draw_lines(painter, rect, is_grid=True)
        if hand is not None and option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -2, -2), 4, 4)
        painter.restore()

    @staticmethod
    def _name(painter: QPainter, rect: QRect, index: _Index, hand: Hand | None) -> None:
        if hand is None:
            painter.fillRect(rect, theme.colour("sunken"))
        ink = theme.colour("muted" if hand is None else "text")
        draw_words(painter, rect.adjusted(8, 0, -8, 0), index.data(), ink)

    def _shift(self, painter: QPainter, rect: QRect, hand: Hand, index: _Index) -> None:
        words, concern = index.data(), hand.concern(self._model.day(index.column()))
        if words:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft"))
            painter.drawRoundedRect(rect.adjusted(3, 3, -4, -4), 4, 4)
            painter.setPen(theme.colour("accent_text"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)
        elif concern in ("left", "not_joined"):
            painter.fillRect(rect, theme.colour("sunken"))
        if concern and (words or concern == "uninsured"):
            ratio = self._grid.devicePixelRatioF()
            tone = "red" if concern == "uninsured" else "problem"
            painter.drawPixmap(rect.right() - 17, rect.top() + 3, icons.pixmap("warning", tone, 13, ratio))

    def _total(self, painter: QPainter, rect: QRect, index: _Index) -> None:
        total, least = self._model.total(index), self._model.least
        painter.fillRect(rect, theme.colour("sunken"))
        if least:
            painter.setPen(theme.colour("green" if total >= least else "red"))
        else:
            painter.setPen(theme.colour("muted"))
        words = (
            f"{total}"
            if not least or total >= least
            else _("{count} of {least}").format(count=total, least=least)
        )
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)


class WeekGrid(QTableView):
    """A click goes through the shifts; D, N, W put on duty by day, by night, the whole day; L leads; Del takes off."""

    def __init__(self, model: WeekModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.is_open = True
        """Whether it may be changed."""
        self.setModel(model)
        self.setItemDelegate(WeekPainter(model, self))
        self.setAccessibleName(_("Week of the duty roster"))
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        across.setHighlightSections(False)
        across.setSectionsClickable(False)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        across.setMinimumHeight(2 * _ROW - 20)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(_ROW)
        down.hide()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self._change(index, "next")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index, key = self.currentIndex(), event.key()
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._change(index, "next")
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._change(index, "clear")
        elif key == Qt.Key.Key_L:
            self._change(index, "lead")
        elif key in _SHIFT_KEYS:
            self._change(index, _SHIFT_KEYS[Qt.Key(key)])
        else:
            super().keyPressEvent(event)

    def _change(self, index: QModelIndex, what: str) -> None:
        if index.isValid() and self.is_open:
            self._model.change(index, what)
