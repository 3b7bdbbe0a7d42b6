"""What is asked of the scope, thing by thing: met and not, by when, by which article, by what evidence."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.core.law import SETTLEMENTS
from drillapp.core.listing import View
from drillapp.core.readiness.formula import formula
from drillapp.ui.frame.shortcut import shortcut
from drillapp.ui.parts.chips import ChipMenu
from drillapp.ui.parts.filters import filter_line
from drillapp.ui.parts.words import button, label
from drillapp.ui.readiness.obligation_list import ObligationList
from drillapp.ui.readiness.rows_behind import OWN_ONLY
from drillapp.ui.readiness.rule_choice import RuleChoice
from drillapp.ui.readiness.shown import Shown
from drillapp.ui.readiness.view import ReadinessView
from drillapp.ui.session import Scope, Session, Target
from drillapp.ui.theme import GRID

_TYPING_MS = 180


class ObligationsView(ReadinessView):
    """Filters above the list; every figure of the page leads here, narrowed to the rows it was counted from."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._unit = Scope()
        self.list = ObligationList(session, "obligations", self)
        self._build_filters()
        self._lay_out()
        self._connect()

    def refresh(self, shown: Shown) -> None:
        """Facts, date or scope are others; another unit in front changes nothing here."""
        self.reload()

    def reload(self) -> None:
        """Ask for the rows of the scope and filters of now."""
        unit_id = self._unit.unit_id if self._unit.unit_id is not None else self.session.scope.unit_id
        chosen = {
            **{name: choice.codes() for name, choice in self._choices.items()},
            OWN_ONLY: ("yes",) if self.own_only.isChecked() else (),
        }
        choices = {name: codes for name, codes in chosen.items() if codes}
        view = View(unit_id, text=self.text.text().strip(), choices=choices)
        self.unit_chip.setVisible(self._unit.unit_id is not None)
        self.unit_chip.setText(self._unit.name)
        self.clear.setVisible(bool(view.text or view.choices or self._unit.unit_id))
        self.list.show_view(view)

    def narrow(self, target: Target) -> None:
        """Show what a figure was counted from."""
        unit_id = target.record_id if target.record_id != self.session.scope.unit_id else None
        self._unit = Scope(unit_id, "", str(target.values.get("unit_name", "")))
        self.text.blockSignals(True)
        self.text.setText(target.text)
        self.text.blockSignals(False)
        for name, choice in self._choices.items():
            choice.choose(target.choices.get(name, frozenset()))
        self.own_only.setChecked(bool(target.values.get("own")))
        self.reload()

    def forget_unit(self) -> None:
        """Show the whole scope again, with the filters as they are."""
        self._unit = Scope()
        self.reload()

    def _build_filters(self) -> None:
        self.text = filter_line(120, 220, self)
        self.states = _chips(_("State"), "due_window", enumerations.codes("due_window"), self)
        self.sorts = _chips(_("Settled by"), "settlement", SETTLEMENTS, self)
        indicators = [(one.name, one.title) for one in formula().indicator]
        self.indicators = ChipMenu(_("Indicator"), indicators, self)
        self.rules = RuleChoice(self.session, self)
        self._choices: dict[str, ChipMenu | RuleChoice] = {
            "state": self.states, "indicator": self.indicators, "settled_by": self.sorts, "rule": self.rules,
        }  # fmt: skip
        self.own_only = button(_("Without the units below"), role="chip", checkable=True, parent=self)
        self.unit_chip = button("", role="chip", icon="close", parent=self)
        self.unit_chip.setToolTip(_("Show the whole scope again"))
        self.clear = button(_("Clear"), role="ghost", parent=self)
        self.counted = label("", "small", parent=self)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(3 * GRID, 0, 3 * GRID, GRID)
        bar.setSpacing(GRID)
        for part in (self.text, *self._choices.values(), self.own_only, self.unit_chip, self.clear):
            bar.addWidget(part)
        bar.addStretch(1)
        bar.addWidget(self.counted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addLayout(bar)
        layout.addWidget(self.list, 1)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        typing.timeout.connect(self.reload)
        self.text.textChanged.connect(lambda _text: typing.start())
        for choice in self._choices.values():
            choice.chosen.connect(lambda _codes: self.reload())
        self.own_only.clicked.connect(lambda _on: self.reload())
        self.unit_chip.clicked.connect(lambda _on: self.forget_unit())
        self.clear.clicked.connect(lambda _on: self.narrow(Target("readiness")))
        self.list.counted.connect(
            lambda count: self.counted.setText(_("{count} rows").format(count=f"{count:,}"))
        )
        shortcut("Ctrl+F", self, self.text.setFocus)


def _chips(title: str, enumeration: str, codes: list[str] | tuple[str, ...], parent: QWidget) -> ChipMenu:
    return ChipMenu(title, [(code, enumerations.label(enumeration, code)) for code in codes], parent)
