"""The head of the readiness page: what a bureau chief reads first, each figure a way to the rows behind it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.core.readiness.formula import Floor, formula
from drillapp.core.readiness.rows import UnitReadiness
from drillapp.ui.parts import tones
from drillapp.ui.parts.mark import Mark
from drillapp.ui.parts.words import button, label, row
from drillapp.ui.readiness import said
from drillapp.ui.readiness.shown import Shown
from drillapp.ui.session import Target
from drillapp.ui.theme import GRID

NOT_MET = frozenset({"overdue", "no_data"})


class Head(QFrame):
    """Unit, score, grade, confidence, coverage, broken floors, date and version of the formula."""

    rows_wanted = Signal(object)
    """A Target with the choices of the obligations wanted."""
    top_wanted = Signal()
    """The scope's own figures are wanted again."""
    scope_wanted = Signal()
    """The unit in front is to become the scope."""
    floors_wanted = Signal()
    """The units below that break a floor are wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "card")
        self.unit: UnitReadiness | None = None
        self.back = button("", role="link", icon="chevron-left", parent=self)
        self.name = label("", "heading", parent=self)
        self.enter = button(_("Make it the scope"), role="link", parent=self)
        self.when = label("", "small", parent=self)
        self.score = label("", "title", parent=self)
        self.score.setAccessibleName(_("Score"))
        self.grade = Mark(self)
        self.change = label("", "small", parent=self)
        self.confidence = button("", role="link", parent=self)
        self.confidence.setToolTip(_("Open what is asked and without data"))
        self.coverage = button("", role="link", parent=self)
        self.coverage.setToolTip(_("Open what is asked and without data"))
        self.below = button("", role="link", icon="warning", parent=self)
        self.floors = [button("", role="link", icon="warning", parent=self) for _floor in formula().floor]
        self._lay_out()
        self._connect()

    def show_figures(self, shown: Shown) -> None:
        """Show the unit in front."""
        unit = self.unit = shown.unit
        is_top = unit.unit_id == shown.top.unit_id
        self.back.setText(shown.top.unit_name)
        self.name.setText(unit.unit_name)
        for widget in (self.back, self.enter):
            widget.setVisible(not is_top)
        self.when.setText(
            _("As of {day} · formula {version}").format(
                day=shown.as_of.isoformat(), version=formula().version
            )
        )
        earlier = shown.earlier(unit)
        self.score.setText(said.score_words(unit.score))
        self.grade.setVisible(unit.grade is not None)
        self.grade.tell(said.grade_words(unit.grade), tones.GRADE)
        self.change.setText(said.change_words(unit.score, earlier.score if earlier else None))
        self._say(self.confidence, said.confidence_words(unit.confidence))
        self._say(self.coverage, said.coverage_words(unit))
        self._show_floors(shown)

    def _show_floors(self, shown: Shown) -> None:
        broken = {floor.name for floor in said.broken_floors(shown.unit)}
        for floor, opener in zip(formula().floor, self.floors, strict=True):
            self._say(opener, said.floor_sentence(floor) if floor.name in broken else "")
        failing = sum(bool(unit.broken) for unit in shown.below)
        words = _("{count} of the units below break a floor").format(count=f"{failing:,}")
        self._say(self.below, words if failing else "")

    @staticmethod
    def _say(opener: QPushButton, words: str) -> None:
        opener.setText(words)
        opener.setAccessibleName(words)
        opener.setVisible(bool(words))

    def _open_floor(self, floor: Floor) -> None:
        self._open({"settled_by": frozenset({floor.broken_by}), "state": NOT_MET}, own=True)

    def _open_unknown(self) -> None:
        self._open({"state": frozenset({"no_data"})})

    def _open(self, choices: dict[str, frozenset[str]], *, own: bool = False) -> None:
        if self.unit is None:
            return
        values: dict[str, object] = {"unit_name": self.unit.unit_name, "own": own}
        self.rows_wanted.emit(
            Target("readiness", "obligations", self.unit.unit_id, choices=choices, values=values)
        )

    def _connect(self) -> None:
        self.back.clicked.connect(lambda _on=False: self.top_wanted.emit())
        self.enter.clicked.connect(lambda _on=False: self.scope_wanted.emit())
        self.below.clicked.connect(lambda _on=False: self.floors_wanted.emit())
        for opener in (self.confidence, self.coverage):
            opener.clicked.connect(lambda _on=False: self._open_unknown())
        for floor, opener in zip(formula().floor, self.floors, strict=True):
            opener.setObjectName(f"floor-{floor.name}")
            opener.clicked.connect(lambda _on=False, floor=floor: self._open_floor(floor))

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        layout.setSpacing(2)
        layout.addLayout(row(self.back, self.name, self.enter, 1, self.when))
        figures = (self.score, self.grade, self.change, 1, self.confidence, self.coverage, self.below)
        layout.addLayout(row(*figures, spacing=GRID + 4))
        layout.addLayout(row(*self.floors, 1, spacing=2 * GRID))
