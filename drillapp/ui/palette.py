"""Ctrl+K: any record by Chinese, pinyin or initials, sections of plans by their text, places and commands by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from drillapp.core.i18n import _
from drillapp.core.search.hits import Hit
from drillapp.core.search.passages import Passage
from drillapp.core.search.queries import search
from drillapp.ui import icons, theme
from drillapp.ui.destinations import Destination
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session, Target
from drillapp.ui.theme import GRID

_TYPING_MS = 80
_WIDTH = 620
_ROW = 44
_ROW_WITH_PASSAGE = 62
_PAGES = {
    "units": "units",
    "people": "units",
    "posts": "units",
    "teams": "units",
    "plans": "plans",
    "sections": "plans",
    "drills": "drills",
    "findings": "drills",
    "items": "supplies",
    "storehouses": "supplies",
    "scenarios": "supplies",
    "cards": "cards",
}
_KIND_ICONS = {
    "people": "person",
    "teams": "teams",
    "items": "item",
    "storehouses": "storehouse",
    "scenarios": "level",
    "sections": "list",
}


class Entry(NamedTuple):
    """One line of the palette."""

    icon: str
    title: str
    subtitle: str
    target: Target
    passage: Passage = Passage()
    """Of a section, the line in which the words stand."""


class Palette(QDialog):
    """A line to type into and what was found below it; Enter goes there."""

    def __init__(self, session: Session, places: Sequence[Destination], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Search"))
        self._session = session
        self._places = places
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(_("Name, number, pinyin or initials, words of a plan …"))
        self.line.setAccessibleName(_("Search everything"))
        self.line.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.line.installEventFilter(self)
        self.list = QListWidget(self)
        self.list.setAccessibleName(_("Found"))
        self.list.setItemDelegate(_EntryPainter(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(self._go)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._look)
        self.line.textChanged.connect(lambda _text: self._typing.start())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, GRID, GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self.line)
        layout.addWidget(self.list, 1)
        layout.addWidget(label(_("↑ ↓ choose   Enter go   Esc close"), "small", parent=self))
        self.setFixedSize(_WIDTH, 460)
        self.move(
            parent.mapToGlobal(parent.rect().center()).x() - _WIDTH // 2,
            parent.mapToGlobal(parent.pos()).y() + 96,
        )
        self._show(self._commands(""))
        self.line.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event.key())
        return super().eventFilter(watched, event)

    def _on_key(self, key: int) -> bool:
        row, last = self.list.currentRow(), self.list.count() - 1
        if key == Qt.Key.Key_Down:
            self.list.setCurrentRow(min(row + 1, last))
        elif key == Qt.Key.Key_Up:
            self.list.setCurrentRow(max(row - 1, 0))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go(self.list.currentItem())
        else:
            return False
        return True

    def _look(self) -> None:
        text = self.line.text().strip()
        if not text:
            self._show(self._commands(""))
            return
        self._session.tasks.run_read(
            lambda office, _progress: search(office, text),
            lambda hits: self._on_found(text, hits),
            owner=self,
            replaces="search",
        )

    def _on_found(self, text: str, hits: list[Hit]) -> None:
        found = [_entry(hit) for hit in hits]
        self._show([*found, *self._commands(text)])

    def _commands(self, text: str) -> list[Entry]:
        words = text.casefold()
        places = [Entry(place.icon, place.label, _("Go to"), Target(place.name)) for place in self._places]
        new = [
            Entry("add", _("New: {record}").format(record=_(kind.label)), "", _new(kind.page))
            for kind in _NEW
        ]
        backup = Entry("backup", _("Backup and check"), _("Settings"), Target("settings", "data"))
        imports = Entry("import", _("Earlier imports"), _("Settings"), Target("settings", "data"))
        return [entry for entry in (*places, *new, backup, imports) if words in entry.title.casefold()]

    def _show(self, entries: Sequence[Entry]) -> None:
        self.list.clear()
        for entry in entries:
            item = QListWidgetItem(entry.title)
            item.setData(Qt.ItemDataRole.UserRole, entry)
            self.list.addItem(item)
        if not entries:
            item = QListWidgetItem(_("Nothing found"))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _go(self, item: QListWidgetItem | None) -> None:
        entry: Entry | None = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        if entry is not None:
            self.close()
            self._session.go(entry.target)


class _EntryPainter(QStyledItemDelegate):
    """Icon, title, in grey what tells it from others, and below what was found in a text."""

    def sizeHint(self, _option: Any, index: Any) -> QSize:
        entry: Entry | None = index.data(Qt.ItemDataRole.UserRole)
        return QSize(_WIDTH - 40, _ROW_WITH_PASSAGE if entry is not None and entry.passage.text else _ROW)

    def paint(self, painter: QPainter, option: Any, index: Any) -> None:
        entry: Entry | None = index.data(Qt.ItemDataRole.UserRole)
        rect = option.rect.adjusted(2, 1, -2, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if entry is not None and option.state & (
            QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver
        ):
            painter.setPen(Qt.PenStyle.NoPen)
            selected = option.state & QStyle.StateFlag.State_Selected
            painter.setBrush(theme.colour("accent_soft" if selected else "hover"))
            painter.drawRoundedRect(rect, 6, 6)
        if entry is None:
            painter.setPen(theme.colour("muted"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, index.data())
        else:
            line = rect
            if entry.passage.text:
                line = rect.adjusted(0, 4, 0, -rect.height() // 2 + 2)
                below = rect.adjusted(40, rect.height() // 2, -12, -4)
                _paint_passage(painter, below, entry.passage, option.font)
            painter.setFont(option.font)
            self._entry(painter, line, entry, option.fontMetrics)
        painter.restore()

    def _entry(self, painter: QPainter, rect: Any, entry: Entry, metrics: Any) -> None:
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(
            rect.left() + 10, rect.center().y() - 8, icons.pixmap(entry.icon, "muted", 18, ratio)
        )
        inner = rect.adjusted(40, 0, -12, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        whole = metrics.horizontalAdvance(entry.subtitle) + 1  # rounded down, it would not quite fit
        room = min(whole, inner.width() // 2)
        subtitle = metrics.elidedText(entry.subtitle, Qt.TextElideMode.ElideRight, room)
        painter.setPen(theme.colour("muted"))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, subtitle)
        painter.setPen(theme.colour("text"))
        title = metrics.elidedText(entry.title, Qt.TextElideMode.ElideRight, inner.width() - room - 16)
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignLeft, title)


def _paint_passage(painter: QPainter, rect: Any, passage: Passage, font: QFont) -> None:
    """A line of a text as far as there is room, what was looked for in bold."""
    usual = QFont(font)
    usual.setPixelSize(theme.SMALL)
    bold = QFont(usual)
    bold.setBold(True)
    shown = QFontMetrics(bold).elidedText(passage.text, Qt.TextElideMode.ElideRight, rect.width())
    for text, is_marked in _parts(shown, passage.marks):
        painter.setFont(bold if is_marked else usual)
        painter.setPen(theme.colour("text" if is_marked else "muted"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        rect = rect.adjusted(painter.fontMetrics().horizontalAdvance(text), 0, 0, 0)


def _parts(text: str, marks: Sequence[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """A text in parts that are marked and parts that are not."""
    done = 0
    for first, behind in marks:
        yield text[done:first], False
        yield text[first:behind], True
        done = behind
    yield text[done:], False


class _Kind(NamedTuple):
    page: str
    label: str


_NEW = (
    _Kind("plans", label="Plan"),
    _Kind("drills", label="Drill"),
    _Kind("units", label="Unit"),
    _Kind("cards", label="Card"),
)
"""Kinds of record that can be begun from here; each on the page of its own name."""


def _new(page: str) -> Target:
    return Target(page, page, action="new")


def _entry(hit: Hit) -> Entry:
    page = _PAGES[hit.kind]
    icon = _KIND_ICONS.get(hit.kind, page)
    about = " · ".join(part for part in (hit.subtitle, hit.unit_name) if part)
    if hit.place is None:
        return Entry(icon, hit.title, about, Target(page, hit.kind, hit.id))
    target = Target(page, "plans", hit.place.plan_id, section=hit.place)
    return Entry(icon, hit.title, about, target, hit.passage)
