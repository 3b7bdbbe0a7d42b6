"""What would help a unit most: three actions with the points each brings, and the way to the form that does it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.core.progress import Cancelled
from drillapp.core.readiness.advice import Action, advice
from drillapp.core.readiness.rows import UnitReadiness
from drillapp.ui.parts.words import button, card, label, row, scrolled
from drillapp.ui.readiness import said
from drillapp.ui.readiness.settling import settle, settle_words
from drillapp.ui.session import Session, Target
from drillapp.ui.theme import GRID

_MOST = 3
_NOT_MET = frozenset({"overdue", "no_data"})


class HelpCard(QFrame):
    """Worked out by the formula itself, beside the window."""

    rows_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.actions_shown: list[Action] = []
        self._waiting = label("", "muted", wraps=True, parent=self)
        self._area = scrolled(None, self, sideways=False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(label(_("What would help most"), "heading", parent=self))
        layout.addWidget(self._waiting)
        layout.addWidget(self._area, 1)

    def ask(self, unit: UnitReadiness) -> None:
        """Work out what would help a unit."""
        unit_id = unit.unit_id
        self._wait(_("Working it out …"))
        self.session.tasks.run_read(
            lambda office, _progress: advice(office, unit_id, _MOST),
            self.show_actions,
            failed=self._on_failed,
            title=_("Working out what would help most"),
            replaces="advice",
        )

    def show_actions(self, actions: list[Action]) -> None:
        """Show these, the one that helps most for its effort first."""
        self.actions_shown = actions
        self._wait("" if actions else _("Nothing that is asked and known is missed."))
        content = QWidget()
        content.setProperty("ground", "surface")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        for place, action in enumerate(actions):
            layout.addWidget(self._card(place, action, content))
        layout.addStretch(1)
        self._area.setWidget(content)

    def _on_failed(self, error: BaseException) -> None:
        self._wait("")
        if not isinstance(error, Cancelled):
            self.session.tasks.tell_error(error)

    def _wait(self, words: str) -> None:
        self._waiting.setText(words)
        self._waiting.setVisible(bool(words))

    def _card(self, place: int, action: Action, parent: QWidget) -> QFrame:
        frame, inside = card(parent, GRID + 4)
        inside.setSpacing(GRID // 2)
        points = label(_("+{points} points").format(points=f"{action.points:.1f}"), "heading", parent=frame)
        title = label(action.title, "strong", wraps=True, parent=frame)
        inside.addLayout(row(title, 1, points))
        inside.addWidget(label(_where(action), "muted", wraps=True, parent=frame))
        inside.addWidget(label(_gain(action), "small", wraps=True, parent=frame))
        do = button(settle_words(action.kind), role="" if place else "primary", parent=frame)
        do.setObjectName(f"help-{place}")
        do.setEnabled(not self.session.is_read_only)
        do.clicked.connect(lambda _on=False: self._settle(action))
        rows = button(_("Open the rows"), role="link", parent=frame)
        rows.clicked.connect(lambda _on=False: self._open(action))
        inside.addLayout(row(do, rows, 1))
        return frame

    def _settle(self, action: Action) -> None:
        settle(self.session, action.duties[0], action.duties[0].unit)

    def _open(self, action: Action) -> None:
        choices = {"rule": frozenset(action.rules), "state": _NOT_MET}
        values = {"unit_name": action.unit_name}
        self.rows_wanted.emit(
            Target("readiness", "obligations", action.unit_id, choices=choices, values=values)
        )


def _where(action: Action) -> str:
    """Whose duties it settles."""
    count = f"{action.count:,}"
    if action.unit_id is None:
        return _("Units: {units}, duties: {count}").format(units=f"{action.units:,}", count=count)
    return _("{unit} · duties: {count}").format(unit=action.unit_name, count=count)


def _gain(action: Action) -> str:
    """What it changes, and how much work it is."""
    words = _("Score {before} → {after} · days of work: about {days}").format(
        before=said.score_words(action.score_before), after=said.score_words(action.score_after),
        days=f"{action.effort / 2:g}",
    )  # fmt: skip
    if action.grade_before == action.grade_after:
        return words
    grade = _("grade {before} → {after}").format(before=action.grade_before, after=action.grade_after)
    return f"{words}; {grade}"
