"""Which rule the obligations shown come from: one of those the office asks, or several where a figure says so."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from drillapp.core.i18n import _
from drillapp.core.law import SETTLEMENTS, Rule
from drillapp.core.office import Office
from drillapp.core.progress import Progress
from drillapp.core.rules.book import rule_book
from drillapp.ui.session import Session

_LETTERS = 14
_SHOWN = 24


class RuleChoice(QComboBox):
    """All rules, or one; the rules come beside the window."""

    chosen = Signal(object)
    """frozenset of the ids of the rules chosen."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Rule"))
        self.setMinimumContentsLength(_LETTERS)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMaxVisibleItems(_SHOWN)
        self.addItem(_("All rules"), ())
        self.activated.connect(lambda _place: self.chosen.emit(frozenset(self.codes())))
        session.tasks.run_read(_rules, self._on_rules, owner=self)

    def codes(self) -> tuple[str, ...]:
        """The ids of the rules chosen; none for all."""
        return tuple(self.currentData() or ())

    def choose(self, ids: frozenset[str]) -> None:
        """Choose these rules without telling it."""
        wanted = tuple(sorted(ids))
        place = next((i for i in range(self.count()) if tuple(self.itemData(i)) == wanted), -1)
        if place < 0:
            self.addItem(_(", ").join(wanted), wanted)
            place = self.count() - 1
        self.setCurrentIndex(place)

    def _on_rules(self, rules: Sequence[Rule]) -> None:
        wanted = self.codes()
        self.clear()
        self.addItem(_("All rules"), ())
        for rule in rules:
            self.addItem(f"{rule.id}  {rule.title}", (rule.id,))
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + 2 * _SHOWN)
        self.choose(frozenset(wanted))


def _rules(office: Office, _progress: Progress) -> list[Rule]:
    book = rule_book(office)
    return sorted(
        (rule for one in SETTLEMENTS for rule in book.settled_by(one, office.as_of)), key=lambda rule: rule.id
    )
