"""A version's text being written: its outline at the left, the section chosen at the right."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, cast

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtGui import QImage, QKeySequence, QShortcut, QTextCursor, QTextDocument, QTextTable
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QTextEdit, QVBoxLayout, QWidget

from drillapp.core.attachments.store import digest_of
from drillapp.core.i18n import _
from drillapp.core.plans.content import Grid, Picture, Section
from drillapp.ui import theme
from drillapp.ui.parts.words import button, divided, icon_button, label, row
from drillapp.ui.plans import outline_steps as steps
from drillapp.ui.plans.outline_steps import Outlined
from drillapp.ui.plans.outline_tree import OutlineTree
from drillapp.ui.plans.writing import insert_grid, insert_picture, read_blocks, replace_document, write_blocks

_WIDTH_MM = 140.0


class NewPicture(NamedTuple):
    """A picture put in here, which the office does not keep yet."""

    digest: str
    media_type: str
    content: bytes


class SectionEditor(QWidget):
    """Holds the sections; every step in the outline can be taken back."""

    edited = Signal()

    def __init__(
        self, hint_for: Callable[[str], str], parent: QWidget | None = None, *, numbered: bool = True
    ) -> None:
        """`hint_for` says what is wanted under a title; sections that are not `numbered` are numbered when printed."""
        super().__init__(parent)
        self._hint_for = hint_for
        self._sections: list[Section] = []
        self._place = 0
        self._pictures: dict[str, bytes] = {}
        self._before: list[Outlined] = []
        self._is_filling = False
        self.new_pictures: list[NewPicture] = []
        self.tree = OutlineTree(self)
        self.tree.place_chosen.connect(self._on_place)
        self.number = QLineEdit(self)
        self.number.setMaximumWidth(90)
        self.number.setPlaceholderText(_("Number"))
        self.number.setAccessibleName(_("Number of the section"))
        self.title = QLineEdit(self)
        self.title.setPlaceholderText(_("Title of the section"))
        self.title.setAccessibleName(_("Title of the section"))
        self.hint = label("", "small", wraps=True, parent=self)
        self.text = QTextEdit(self)
        self.text.setAcceptRichText(False)
        self.text.setProperty("role", "written")
        self.text.setAccessibleName(_("Text of the section"))
        for line in (self.number, self.title):
            line.textEdited.connect(self._on_head)
        self._lay_out()
        self.number.setVisible(numbered)

    def fill(self, sections: tuple[Section, ...], pictures: dict[str, bytes], place: int = 0) -> None:
        """Begin with these sections; the cursor stays where it is in a section that is shown again."""
        cursor = self.text.textCursor().position() if place == self._place else 0
        self._sections, self._pictures = list(sections), dict(pictures)
        self._before.clear()
        self.new_pictures.clear()
        self._show(Outlined(self._sections, min(place, max(0, len(sections) - 1))))
        kept = self.text.textCursor()
        kept.setPosition(min(cursor, self.text.document().characterCount() - 1))
        self.text.setTextCursor(kept)

    def sections(self) -> tuple[Section, ...]:
        """The sections as they are written now."""
        self._keep()
        return tuple(self._sections)

    @property
    def place(self) -> int:
        """The section chosen."""
        return self._place

    def add(self, *, below: bool = False) -> None:
        """A new section behind the one chosen, or below it."""
        self._step(lambda: steps.added(self._sections, self._place, _("New section"), below=below))
        self.title.setFocus()
        self.title.selectAll()

    def remove(self) -> None:
        """Take the section chosen away, with all below it; Ctrl+Z brings it back."""
        if self._sections:
            self._step(lambda: steps.removed(self._sections, self._place))

    def shift(self, step: int) -> None:
        """Move the section chosen before or behind its neighbour."""
        if self._sections:
            self._step(lambda: steps.moved(self._sections, self._place, step))

    def deepen(self, step: int) -> None:
        """Move the section chosen a level deeper or higher."""
        if self._sections:
            self._step(lambda: steps.deepened(self._sections, self._place, step))

    def undo(self) -> None:
        """Take the last step in the outline back."""
        if self._before:
            self._show(self._before.pop())
            self.edited.emit()

    def insert_table(self) -> None:
        """A table of two rows and three columns where the cursor stands."""
        insert_grid(self.text.textCursor(), Grid((("",) * 3,) * 2, 1))
        self.text.setFocus()

    def insert_picture_file(self, path: Path) -> None:
        """A picture where the cursor stands."""
        content = path.read_bytes()
        if QImage.fromData(content).isNull():
            self.hint.setText(_("'{file}' is not a picture that can be shown.").format(file=path.name))
            return
        media_type = mimetypes.guess_type(path.name)[0] or "image/png"
        digest = digest_of(content)
        self.new_pictures.append(NewPicture(digest, media_type, content))
        self._pictures[digest] = content
        cursor = self.text.textCursor()
        cursor.insertBlock()
        insert_picture(cursor, Picture(digest, _WIDTH_MM), content)
        cursor.insertBlock()

    def _lay_out(self) -> None:
        left = QWidget(self)
        side = QVBoxLayout(left)
        side.setContentsMargins(0, 0, 8, 0)
        side.addLayout(self._outline_bar(left))
        side.addWidget(self.tree, 1)
        right = QWidget(self)
        main = QVBoxLayout(right)
        main.setContentsMargins(8, 0, 0, 0)
        main.addLayout(row(self.number, self.title))
        main.addWidget(self.hint)
        main.addLayout(self._text_bar(right))
        main.addWidget(self.text, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(divided(left, right, (300, 640), self))

    def _outline_bar(self, parent: QWidget) -> QHBoxLayout:
        actions: tuple[tuple[str, str, str, Callable[[], None]], ...] = (
            ("add", _("Add a section behind"), "Ctrl+Shift+N", self.add),
            ("open", _("Add a section below"), "Ctrl+Shift+B", lambda: self.add(below=True)),
            ("control-up", _("Move up"), "Alt+Up", lambda: self.shift(-1)),
            ("control-down", _("Move down"), "Alt+Down", lambda: self.shift(1)),
            ("chevron-left", _("A level higher"), "Alt+Left", lambda: self.deepen(-1)),
            ("chevron-right", _("A level deeper"), "Alt+Right", lambda: self.deepen(1)),
            ("close", _("Take the section away"), "Ctrl+Shift+Delete", self.remove),
            ("history", _("Take the last step back"), "Ctrl+Shift+Z", self.undo),
        )
        bar = QHBoxLayout()
        bar.setSpacing(0)
        for icon, words, keys, done in actions:
            made = icon_button(icon, f"{words} ({keys})", parent=parent)
            made.clicked.connect(lambda _checked=False, done=done: done())
            QShortcut(QKeySequence(keys), self, lambda done=done: done())
            bar.addWidget(made)
        bar.addStretch(1)
        return bar

    def _text_bar(self, parent: QWidget) -> QHBoxLayout:
        actions: tuple[tuple[str, Callable[[], None]], ...] = (
            (_("Table"), self.insert_table),
            (_("Row below"), lambda: self._in_table("row")),
            (_("Column at the right"), lambda: self._in_table("column")),
            (_("Take row away"), lambda: self._in_table("no row")),
            (_("Picture …"), self._on_picture),
        )
        bar = QHBoxLayout()
        bar.setSpacing(2)
        for words, done in actions:
            made = button(words, role="ghost", parent=parent)
            made.setAutoDefault(False)
            made.clicked.connect(lambda _checked=False, done=done: done())
            bar.addWidget(made)
        bar.addStretch(1)
        return bar

    def _in_table(self, what: str) -> None:
        cursor = self.text.textCursor()
        table = cast("QTextTable | None", cursor.currentTable())
        if table is None:
            return
        cell = table.cellAt(cursor)
        if what == "row":
            table.insertRows(cell.row() + 1, 1)
        elif what == "column":
            table.insertColumns(cell.column() + 1, 1)
        else:
            table.removeRows(cell.row(), 1)

    def _on_picture(self) -> None:
        pictures = _("Pictures (*.png *.jpg *.jpeg *.bmp *.gif)")
        name, _filter = QFileDialog.getOpenFileName(self, _("Put a picture in"), "", pictures)
        if name:
            self.insert_picture_file(Path(name))

    def _step(self, step: Callable[[], Outlined]) -> None:
        self._keep()
        kept = Outlined(list(self._sections), self._place)
        after = step()
        if after.sections != kept.sections:
            self._before.append(kept)
            self._show(after)
            self.edited.emit()

    def _show(self, outlined: Outlined) -> None:
        self._sections, self._place = outlined
        self.tree.fill(self._sections, self._place)
        self._show_section()

    def _show_section(self) -> None:
        self._is_filling = True
        section = self._sections[self._place] if self._sections else None
        for widget in (self.number, self.title, self.text):
            widget.setEnabled(section is not None)
        self.number.setText(section.number if section else "")
        self.title.setText(section.title if section else "")
        hint = self._hint_for(section.title) if section else _("Add the first section.")
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        document = QTextDocument(self.text)
        document.setDefaultFont(theme.ui_font())
        document.setDocumentMargin(10)
        write_blocks(QTextCursor(document), section.blocks if section else (), self._pictures)
        document.setModified(False)
        replace_document(self.text, document)
        document.contentsChanged.connect(self._on_text)
        self._is_filling = False

    def _keep(self) -> None:
        """Take what was written in the section chosen into the list."""
        if not self._sections:
            return
        section = self._sections[self._place]
        is_written = self.text.document().isModified()
        blocks = read_blocks(self.text.document()) if is_written else section.blocks
        kept = replace(
            section, number=self.number.text().strip(), title=self.title.text().strip(), blocks=blocks
        )
        self._sections[self._place] = kept

    def _on_place(self, place: int) -> None:
        self._keep()
        self._place = place
        self._show_section()

    def _on_head(self, _text: str) -> None:
        words = f"{self.number.text().strip()} {self.title.text().strip()}".strip()
        self.tree.rename(self._place, words)
        self.edited.emit()

    def _on_text(self) -> None:
        if not self._is_filling:
            self.edited.emit()
