"""The part of the settings that is a table: the fonts of printed papers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtWidgets import QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.core.listing import Column, View
from drillapp.core.reports.font_choice import font_uses
from drillapp.ui.parts.source import FixedSource
from drillapp.ui.parts.table import Table
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID


class TableSection(QWidget):
    """A heading, a sentence and a table over the whole width."""

    def __init__(
        self, session: Session, title: str, sentence: str, columns: tuple[Column, ...], parent: QWidget | None = None
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.session = session
        self.setProperty("ground", "surface")
        self._source = FixedSource(columns)
        self.table = Table(self._source, session, f"settings-{type(self).__name__}", parent=self)
        head = QVBoxLayout()
        head.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, GRID)
        head.setSpacing(GRID)
        head.addWidget(label(title, "heading", parent=self))
        head.addWidget(label(sentence, "muted", wraps=True, parent=self))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)

    def refresh(self) -> None:
        """Show what is in force now."""
        self._source.fill(self.rows())
        self.table.set_view(View())

    def rows(self) -> Sequence[Any]:
        """The table's rows."""
        raise NotImplementedError


class _FontRow(NamedTuple):
    id: int
    role: str
    bundled: str
    installed: str


class FontsSection(TableSection):
    """Which typeface each part of an official paper is printed in."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        columns = (
            Column("role", "Used for", width=220),
            Column("bundled", "Printed in", width=240),
            Column("installed", "Prescribed font on this machine", width=240),
        )
        sentence = _("Papers are printed in the fonts that come with the program, alike on every machine.")
        super().__init__(session, _("Printing fonts"), sentence, columns, parent)

    def rows(self) -> Sequence[_FontRow]:
        roles = {
            "body": _("Running text (FangSong)"),
            "kai": _("Second headings (KaiTi)"),
            "title": _("Titles (XiaoBiaoSong)"),
            "sans": _("Tables, charts, cards (HeiTi)"),
            "bold": _("Emphasis (HeiTi, bold)"),
        }
        none = _("none")
        return [
            _FontRow(place, roles[use.role], use.bundled, use.installed or none)
            for place, use in enumerate(font_uses(), 1)
        ]
