"""The score of one unit with the arithmetic behind it; each term opens the rows it was counted from."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.core.readiness.formula import formula
from drillapp.core.readiness.rows import UnitReadiness
from drillapp.ui.parts import tones
from drillapp.ui.parts.mark import Mark
from drillapp.ui.parts.words import button, label, line, row
from drillapp.ui.readiness.arithmetic import Arithmetic, Term, arithmetic
from drillapp.ui.theme import GRID

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class WhyPanel(QWidget):
    """Score, grade, change, and the sum."""

    term_chosen = Signal(str)
    """Name of the indicator whose rows are wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._score = label("", "title", parent=self)
        self._score.setAccessibleName(_("Score"))
        self._grade = Mark(self)
        self._change = label("", "small", parent=self)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(GRID + 4)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)
        self._cells = {
            indicator.name: self._line(indicator.name, i)
            for i, indicator in enumerate(formula().indicator, 2)
        }
        self._heads()
        self.sum = label("", "small", wraps=True, parent=self)
        self.sum.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addLayout(row(self._score, self._grade, self._change, 1, spacing=GRID + 4))
        layout.addLayout(self._grid)
        layout.addWidget(line(self))
        layout.addWidget(self.sum)
        layout.addStretch(1)

    def show_unit(self, unit: UnitReadiness, earlier: float | None) -> None:
        """Show the arithmetic of a unit; `earlier` is its score a quarter before."""
        worked = arithmetic(unit)
        self._score.setText("–" if unit.score is None else f"{unit.score:.1f}")
        self._grade.setVisible(unit.grade is not None)
        if unit.grade is not None:
            self._grade.tell(enumerations.label("grade", unit.grade), tones.GRADE)
        self._change.setText(change_words(unit.score, earlier))
        for term in worked.terms:
            self._show_term(term)
        self.sum.setText(sum_words(worked))

    def _heads(self) -> None:
        heads = (_("Indicator"), _("Met / asked"), _("Value"), _("Weight"), _("Product"))
        for column, words in enumerate(heads):
            head = label(words, "label", parent=self)
            self._grid.addWidget(head, 0, column, _RIGHT if column else Qt.AlignmentFlag.AlignLeft)

    def _line(self, name: str, place: int) -> list[QLabel]:
        title = next(indicator.title for indicator in formula().indicator if indicator.name == name)
        opener = button(title, role="link", parent=self)
        opener.setAccessibleName(_("{indicator}: open the rows behind").format(indicator=title))
        opener.setToolTip(opener.accessibleName())
        opener.setObjectName(f"term-{name}")
        opener.clicked.connect(lambda: self.term_chosen.emit(name))
        self._grid.addWidget(opener, place, 0, Qt.AlignmentFlag.AlignLeft)
        cells = [label("", parent=self) for _column in range(4)]
        for column, cell in enumerate(cells, 1):
            self._grid.addWidget(cell, place, column, _RIGHT)
        return cells

    def _show_term(self, term: Term) -> None:
        figures = ("–", _("not counted"), "", "")
        if term.value is not None:
            figures = (
                f"{term.met:,} / {term.asked:,}", f"{term.value:.1f}", f"{term.weight:g}", f"{term.product:,.1f}",
            )  # fmt: skip
        for cell, words in zip(self._cells[term.name], figures, strict=True):
            cell.setText(words)


def sum_words(worked: Arithmetic) -> str:
    """The addition, division and rounding, written out."""
    if worked.exact is None or worked.score is None:
        return _("Nothing is asked of this unit, so there is nothing to add up.")
    products = " + ".join(f"{term.product:,.1f}" for term in worked.terms if term.value is not None)
    return _("{products} = {total}; divided by the weights, {weight}: {exact}; rounded to one decimal: {score}").format(
        products=products, total=f"{worked.total:,.1f}", weight=f"{worked.weight:g}", exact=f"{worked.exact:.3f}",
        score=f"{worked.score:.1f}",
    )  # fmt: skip


def change_words(score: float | None, earlier: float | None) -> str:
    """How much a score changed within a quarter, in words."""
    if score is None or earlier is None:
        return ""
    change = round(score - earlier, 1)
    if not change:
        return _("as a quarter earlier")
    sign = "▲" if change > 0 else "▼"
    return _("{change} within a quarter").format(change=f"{sign} {abs(change):.1f}")
