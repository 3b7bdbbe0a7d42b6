"""What stands where a year has no programme yet."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.ui import icons
from drillapp.ui.parts.words import button, label
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID


class NoProgramme(QWidget):
    """Says what a programme would be made from, and offers to draw it up."""

    wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        picture = QLabel(self)
        picture.setPixmap(icons.pixmap("calendar", "faint", 36, self.devicePixelRatioF()))
        self.title = label("", "heading", parent=self)
        self.hint = label("", "muted", wraps=True, parent=self)
        for words in (picture, self.title, self.hint):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.make = button(_("Draw up the programme"), role="primary", icon="add", parent=self)
        self.make.clicked.connect(self.wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6 * GRID, 0, 6 * GRID, 0)
        layout.setSpacing(2 * GRID)
        layout.addStretch(2)
        for words in (picture, self.title, self.hint):
            layout.addWidget(words)
        layout.addWidget(self.make, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def show_year(self, year: int, duties: int) -> None:
        """Say what is asked in a year, and whether a programme can be drawn up for it."""
        self.title.setText(_("There is no drill programme for {year} yet.").format(year=year))
        hint = _(
            "The rules ask for {count} drills in this year. The programme gives each a day: one drill settles several"
            " where plan and type match, single before comprehensive, tabletop before live, spread over the months."
        )
        self.hint.setText(hint.format(count=f"{duties:,}"))
        over = year < self._session.as_of.year
        self.make.setEnabled(not over and not self._session.is_read_only)
        self.make.setToolTip(_("{year} is over.").format(year=year) if over else "")
