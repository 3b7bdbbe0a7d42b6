"""The bar above the page: scope, date and search."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.ui import icons
from drillapp.ui.parts.words import button, label, restyle
from drillapp.ui.session import Scope, Session
from drillapp.ui.theme import GRID

if TYPE_CHECKING:
    from PySide6.QtCore import QDate

    from drillapp.ui.frame.popup import Popup


_MINUTE_MS = 60_000


class TopBar(QFrame):
    """Says for which unit and day everything below is, and lets the person change both."""

    search_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topbar")
        self._session = session
        self.scope = _field("units", _("Scope: the unit that is shown, with those under it (Ctrl+U)"), self)
        self.scope.setMinimumWidth(200)
        self.scope.clicked.connect(self._on_scope_asked)
        self.day = _field("calendar", _("Date that everything is computed for (Ctrl+D)"), self)
        self.day.setProperty("marked", _marked(session))
        self.day.clicked.connect(self._on_day_asked)
        self.today = button(_("Back to today"), role="ghost", parent=self)
        self.today.clicked.connect(lambda: session.set_as_of(session.today))
        self.search = _search_field(self)
        self.search.clicked.connect(self.search_wanted)
        # A window may stay open past midnight.
        self._minutes = QTimer(self, interval=_MINUTE_MS)
        self._minutes.timeout.connect(session.follow_the_day)
        self._minutes.start()
        self._lay_out()
        for signal in (session.opened, session.scope_changed, session.as_of_changed):
            signal.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Say scope and date as they are."""
        session = self._session
        is_open = session.office is not None
        for widget in (self.scope, self.day, self.today, self.search):
            widget.setEnabled(is_open)
        self.scope.setText("  " + (session.scope.name or _("All units")))
        day = session.as_of.isoformat()
        words = _("{day} · today") if session.is_today else _("As of {day}")
        self.day.setText("  " + words.format(day=day))
        icons.dress(self.day, "calendar", "muted" if session.is_today else "on_accent")
        restyle(self.day, "marked", _marked(session))
        self.today.setVisible(not session.is_today)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3 * GRID, GRID + 2, 3 * GRID, GRID + 2)
        layout.setSpacing(GRID)
        layout.addWidget(self.scope)
        layout.addWidget(self.day)
        layout.addWidget(self.today)
        layout.addStretch(1)
        layout.addWidget(self.search)

    def _on_scope_asked(self) -> None:
        from drillapp.ui.frame.popup import Popup  # not needed to show the frame
        from drillapp.ui.parts.unit_picker import UnitChooser

        popup = Popup(self.scope, width=380, height=460)
        chooser = UnitChooser(self._session, with_all=True, parent=popup)
        chooser.chosen.connect(lambda unit: self._session.set_scope(Scope(unit.id, unit.code, unit.name)))
        chooser.chosen.connect(lambda _unit: popup.close())
        popup.body.addWidget(chooser)
        popup.open_below()
        chooser.setFocus()

    def _on_day_asked(self) -> None:
        from PySide6.QtCore import QDate

        from drillapp.ui.frame.popup import Popup  # not needed to show the frame
        from drillapp.ui.parts.date_field import calendar

        popup = Popup(self.day)
        shown = calendar(popup)
        shown.setSelectedDate(QDate(*self._session.as_of.timetuple()[:3]))
        shown.activated.connect(lambda chosen: self._on_day_chosen(popup, chosen))
        shown.clicked.connect(lambda chosen: self._on_day_chosen(popup, chosen))
        note = label(
            _("Everything is shown as it was, or will be, on the day you choose."), "small", wraps=True
        )
        column = QVBoxLayout()
        column.addWidget(note)
        column.addWidget(shown)
        popup.body.addLayout(column)
        popup.open_below()
        shown.setFocus()

    def _on_day_chosen(self, popup: Popup, chosen: QDate) -> None:
        popup.close()
        self._session.set_as_of(date(chosen.year(), chosen.month(), chosen.day()))


def _marked(session: Session) -> str:
    return "false" if session.is_today else "true"


def _field(icon: str, tip: str, parent: QWidget) -> QPushButton:
    made = button("", role="field", icon=icon, tip=tip, parent=parent)
    made.setAccessibleName(tip)
    return made


def _search_field(parent: QWidget) -> QPushButton:
    made = button(
        "  " + _("Search plans, drills, units, people …"),
        role="search",
        icon="search",
        tip="Ctrl+K",
        parent=parent,
    )
    made.setMinimumWidth(300)
    return made
