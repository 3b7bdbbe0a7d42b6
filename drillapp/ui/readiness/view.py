"""What a view of the readiness page is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from drillapp.ui.readiness.shown import Shown
from drillapp.ui.session import Session


class ReadinessView(QWidget):
    """Made when first looked at, and told what is shown whenever that is other and the view is seen."""

    rows_wanted = Signal(object)
    """A Target with the choices of the obligations wanted."""
    unit_wanted = Signal(int)
    """A unit that is to stand in front."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.shown: Shown | None = None

    def days(self) -> str | None:
        """The two days that the view compares, as the paper takes them; None for the usual ones."""
        return None

    def show_figures(self, shown: Shown) -> None:
        """Show other figures, or another unit, unless they are shown already."""
        if shown is not self.shown:
            self.shown = shown
            self.refresh(shown)

    def refresh(self, shown: Shown) -> None:
        """Fill the view."""
        raise NotImplementedError
