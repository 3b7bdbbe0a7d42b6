"""What a page of the window is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from drillapp.ui.session import Session, Target

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from drillapp.core.changes import Changes


class Page(QWidget):
    """Shows something for the scope and date; loads it anew when that, or the facts, are others, but only while seen."""

    kinds: frozenset[str] = frozenset()
    """Kinds of record whose changes concern this page; none means all."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.setProperty("ground", "surface")
        self._is_stale = True
        session.changed.connect(self._on_changed)
        session.scope_changed.connect(self.make_stale)
        session.as_of_changed.connect(self.make_stale)

    def reload(self) -> None:
        """Ask for everything shown anew."""
        raise NotImplementedError

    def show_target(self, target: Target) -> None:
        """Show what a figure, link or search hit leads to; a page with nothing to choose ignores it."""

    def make_stale(self) -> None:
        """Load anew: now if seen, otherwise when next seen."""
        self._is_stale = True
        if self.isVisible():
            self._load()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._load()

    def _load(self) -> None:
        self._is_stale = False
        self.reload()

    def _on_changed(self, changes: Changes) -> None:
        if not self.kinds or changes.touches(*self.kinds):
            self.make_stale()
