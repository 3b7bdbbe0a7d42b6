"""A tab of the detail panel made of sections: what hangs on the record, each line a link."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtWidgets import QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.ui.parts.detail import DetailTab, MakeTab
from drillapp.ui.parts.record_link import RecordLine, RecordLink
from drillapp.ui.parts.words import button, label, row, scrolled
from drillapp.ui.session import Session, Target
from drillapp.ui.theme import GRID


class Section(NamedTuple):
    """A heading with lines below."""

    title: str
    lines: Sequence[RecordLine] = ()
    total: int | None = None
    """How many there are, where not all are shown."""
    everything: Target | None = None
    """Where all of them are shown."""
    empty: str = ""
    """What is said when there are none."""


Ask = Callable[[Office, Any], list[Section]]
"""Reads what a record's tab shows; runs beside the window."""


class SectionsTab(DetailTab):
    """Asks for the sections of the record shown and lays them out."""

    def __init__(self, session: Session, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._ask = ask
        self._area = scrolled(None, self, sideways=False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GRID, 0, 0)
        layout.addWidget(self._area)

    def show_row(self, row: Any) -> None:
        self._session.tasks.run_read(
            lambda office, _progress: self._ask(office, row), self._on_sections, owner=self, replaces="ask"
        )

    def links(self) -> list[RecordLink]:
        """The lines shown, from top to bottom."""
        return self.findChildren(RecordLink)

    def _on_sections(self, sections: list[Section]) -> None:
        content = QWidget()
        content.setProperty("ground", "surface")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, GRID, GRID)
        layout.setSpacing(2)
        for section in sections:
            self._add(layout, section, content)
        layout.addStretch(1)
        self._area.setWidget(content)

    def _add(self, layout: QVBoxLayout, section: Section, parent: QWidget) -> None:
        total = len(section.lines) if section.total is None else section.total
        title = f"{section.title} · {total:,}" if total else section.title
        head = row(label(title, "label", parent=parent), 1)
        target = section.everything
        if target is not None and total:
            link = button(_("Show all"), role="link", parent=parent)
            link.clicked.connect(lambda: self._session.go(target))
            head.addWidget(link)
        head.setContentsMargins(GRID, GRID, 0, 0)
        layout.addLayout(head)
        if not section.lines:
            empty = label(section.empty or _("None"), "muted", wraps=True, parent=parent)
            empty.setContentsMargins(GRID, 0, 0, GRID)
            layout.addWidget(empty)
        for line in section.lines:
            layout.addWidget(self._link(line, parent))

    def _link(self, line: RecordLine, parent: QWidget) -> RecordLink:
        link = RecordLink(line, parent)
        target = line.target
        if target is not None:
            link.setEnabled(target.action != "new" or not self._session.is_read_only)
            link.clicked.connect(lambda: self._session.go(target))
        return link


def sections_tab(ask: Ask) -> MakeTab:
    """How to make a tab that shows what `ask` reads."""
    return lambda session: SectionsTab(session, ask)
