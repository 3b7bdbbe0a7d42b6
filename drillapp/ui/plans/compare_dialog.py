"""Two versions side by side: the changes in a list, each with its old text at the left and its new one at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFont,
    QKeySequence,
    QShortcut,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QTextEdit, QWidget

from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans.compare import Difference, compare
from drillapp.core.plans.content import Content
from drillapp.core.plans.spans import Span
from drillapp.core.plans.versions import VersionRow, read_content
from drillapp.ui import theme
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.printing import preview_report
from drillapp.ui.parts.words import button, divided, label, row
from drillapp.ui.plans.side_by_side import SideLine, side_lines
from drillapp.ui.plans.text_view import TextView
from drillapp.ui.plans.version_tab import version_name
from drillapp.ui.plans.writing import char_format, replace_document
from drillapp.ui.session import Session
from drillapp.ui.theme import SMALL

_SIGNS = {"added": "+", "removed": "−", "moved": "↕", "renumbered": "#", "changed": "≠"}


class _Compared(NamedTuple):
    old: Content
    new: Content
    differences: list[Difference]


class CompareDialog(Dialog):
    """Alt+Down and Alt+Up go from change to change."""

    def __init__(
        self, session: Session, plan: Any, old: VersionRow, new: VersionRow, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Compare two versions"), parent, width=1080)
        self._session = session
        self._plan = plan
        self._names = version_name(old), version_name(new)
        self._compared = _Compared(Content(), Content(), [])
        self.body.addWidget(label(_("Compare two versions"), "heading", parent=self))
        self.body.addWidget(label(plan.title, "muted", wraps=True, parent=self))
        self.count = label("", "small", parent=self)
        before = button(_("Previous change"), icon="chevron-left", parent=self)
        after = button(_("Next change"), icon="chevron-right", parent=self)
        for made, step, keys in ((before, -1, "Alt+Up"), (after, 1, "Alt+Down")):
            made.setAutoDefault(False)
            made.setToolTip(keys)
            made.clicked.connect(lambda _checked=False, step=step: self.go(step))
            QShortcut(QKeySequence(keys), self, lambda step=step: self.go(step))
        self.body.addLayout(row(before, after, self.count, 1, _legend(self)))
        self.list = QListWidget(self)
        self.list.setAccessibleName(_("Changes"))
        self.list.currentRowChanged.connect(self._show)
        self.view = TextView(_("The change, old at the left and new at the right"), self)
        self.body.addWidget(divided(self.list, self.view, (260, 800), self), 1)
        self.notice = self.add_action(_("Revision notice …"), self._on_notice)
        self.add_closing(_("Close"))
        self.resize(1120, 660)
        chosen = old.id, new.id
        session.tasks.run_read(
            lambda office, _progress: _compare(office, *chosen),
            self._on_compared,
            owner=self,
            title=_("Comparing"),
        )

    def go(self, step: int) -> None:
        """Go to the change so many further."""
        last = self.list.count() - 1
        self.list.setCurrentRow(max(0, min(last, self.list.currentRow() + step)))

    def _on_compared(self, compared: _Compared) -> None:
        self._compared = compared
        for difference in compared.differences:
            item = QListWidgetItem(f"{_SIGNS[difference.how]}  {_what(difference)}")
            item.setToolTip(_named(_how(difference), difference.name))
            self.list.addItem(item)
        if compared.differences:
            self.list.setCurrentRow(0)
            self.list.setFocus()
        else:
            self.count.setText(_("Both versions say the same."))

    def _show(self, place: int) -> None:
        difference = self._compared.differences[place]
        told = _("Change {number} of {count}")
        self.count.setText(told.format(number=place + 1, count=len(self._compared.differences)))
        lines = side_lines(difference, self._compared.old, self._compared.new)
        document = _written(self._names, _named(_how(difference), _what(difference)), lines, self.view)
        replace_document(self.view, document)

    def _on_notice(self) -> None:
        title = _("Notice of a plan's revision")
        preview_report(self._session, "revision_notice", title, self, number=self._plan.number)


def _compare(office: Office, old_id: int, new_id: int) -> _Compared:
    old, new = read_content(office, old_id), read_content(office, new_id)
    return _Compared(old, new, compare(old, new))


def _what(difference: Difference) -> str:
    lists = {
        "level": _("Response level"),
        "roster": _("Command roster"),
        "contacts": _("Contacts"),
        "resources": _("Resources"),
    }
    head = lists.get(difference.what)
    return _named(head, difference.name) if head else difference.name


def _named(head: str, what: str) -> str:
    return _("{head}: {what}").format(head=head, what=what)


def _how(difference: Difference) -> str:
    words = {
        "added": _("Added"),
        "removed": _("Removed"),
        "moved": _("Moved"),
        "renumbered": _("Numbered anew"),
        "changed": _("Changed"),
    }[difference.how]
    return f"{words}, {_('moved')}" if difference.is_moved and difference.how != "moved" else words


def _written(
    names: tuple[str, str], title: str, lines: Sequence[SideLine], parent: TextView
) -> QTextDocument:
    """A table of two columns under the versions' names."""
    document = QTextDocument(parent)
    document.setDefaultFont(theme.ui_font())
    cursor = QTextCursor(document)
    cursor.insertText(title, char_format(weight=QFont.Weight.DemiBold))
    look = QTextTableFormat()
    look.setBorder(0)
    look.setCellPadding(7)
    look.setCellSpacing(0)
    look.setTopMargin(8)
    look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    half = QTextLength(QTextLength.Type.PercentageLength, 50)
    look.setColumnWidthConstraints([half, half])
    table = cursor.insertTable(len(lines) + 1, 2, look)
    for column, name in enumerate(names):
        table.cellAt(0, column).firstCursorPosition().insertText(name, char_format(SMALL, ink="muted"))
    for place, line in enumerate(lines, 1):
        for column, spans in enumerate((line.left, line.right)):
            _write_side(table, place, column, line, spans)
    return document


def _write_side(table: QTextTable, place: int, column: int, line: SideLine, spans: Sequence[Span]) -> None:
    cell = table.cellAt(place, column)
    ground = cell.format()
    ground.setBackground(theme.colour("surface" if line.is_same else "sunken"))
    cell.setFormat(ground)
    cursor = cell.firstCursorPosition()
    spaced = QTextBlockFormat()
    spaced.setLineHeight(140, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    cursor.setBlockFormat(spaced)
    if line.name and spans:
        cursor.insertText(_named(line.name, ""), char_format(SMALL, ink="muted"))
    for span in spans:
        cursor.insertText(span.text.replace("\n", "\u2028"), _ink(span.kind, line.is_same))


def _ink(kind: str, is_quiet: bool) -> QTextCharFormat:
    """Insertions underlined, deletions struck out; each with a ground of its own besides."""
    if kind == "inserted":
        look = char_format(ink="accent_text")
        look.setBackground(theme.colour("accent_soft"))
        look.setFontUnderline(True)
    elif kind == "deleted":
        look = char_format(ink="problem")
        look.setBackground(theme.colour("problem_soft"))
        look.setFontStrikeOut(True)
    else:
        look = char_format(ink="muted" if is_quiet else "text")
    return look


def _legend(parent: QWidget) -> QTextEdit:
    """How insertions and deletions are marked."""
    shown = TextView(_("How changes are marked"), parent)
    shown.setFixedSize(190, 30)
    shown.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    shown.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    cursor = QTextCursor(shown.document())
    cursor.insertText(_("inserted"), _ink("inserted", is_quiet=False))
    cursor.insertText("   ", char_format())
    cursor.insertText(_("deleted"), _ink("deleted", is_quiet=False))
    return shown
