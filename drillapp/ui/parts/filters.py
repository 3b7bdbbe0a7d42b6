"""The bar above a list that narrows it: text, chips, retired ones too, and a way to clear it all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.core.listing import Condition, View
from drillapp.ui import icons
from drillapp.ui.parts.chips import ChipMenu
from drillapp.ui.parts.words import button, label
from drillapp.ui.theme import GRID

_TYPING_MS = 180
"""Silence after which a typed text is looked for."""
_LONGEST = 24
"""Characters of a chip's words."""


class Chip(NamedTuple):
    """A column that can be narrowed to some codes of its enumeration."""

    column: str
    label: str
    """English message id."""
    enumeration: str
    codes: tuple[str, ...] = ()
    """Those on offer; by default all."""
    chosen: tuple[str, ...] = ()
    """Those that are chosen at first."""


def filter_line(narrowest: int, widest: int, parent: QWidget) -> QLineEdit:
    """The line for the text that a list is narrowed to; widths in pixels."""
    line = QLineEdit(parent)
    line.setPlaceholderText(_("Filter"))
    line.setAccessibleName(_("Filter the list by text (Ctrl+F)"))
    line.setClearButtonEnabled(True)
    line.addAction(icons.icon("filter", "faint"), QLineEdit.ActionPosition.LeadingPosition)
    line.setMinimumWidth(narrowest)
    line.setMaximumWidth(widest)
    return line


class FilterBar(QWidget):
    """Tells `changed` when the list is to be narrowed otherwise."""

    changed = Signal()

    def __init__(
        self,
        chips: tuple[Chip, ...],
        parent: QWidget | None = None,
        *,
        retired: bool = True,
        retired_label: str = "",
    ) -> None:
        super().__init__(parent)
        self._conditions: tuple[Condition, ...] = ()
        self.text = filter_line(160, 260, self)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._on_changed)
        self.text.textChanged.connect(lambda _text: self._typing.start())
        self._chips = {chip.column: self._chip(chip) for chip in chips}
        self._retired = button(
            _(retired_label) if retired_label else _("Retired too"), role="chip", checkable=True, parent=self
        )
        self._retired.setVisible(retired)
        self._retired.toggled.connect(lambda _on: self._on_changed())
        self._extra = button("", role="chip", icon="close", checkable=True, parent=self)
        self._extra.clicked.connect(self._on_extra_cleared)
        self._clear = button(_("Clear"), role="ghost", parent=self)
        self._clear.clicked.connect(self.clear)
        self.count = label("", "small", parent=self)
        self._lay_out()
        self._refresh()

    def narrow(self, view: View) -> View:
        """The view with what the bar says."""
        return view._replace(
            text=self.text.text().strip(),
            choices={column: chip.codes() for column, chip in self._chips.items() if chip.codes()},
            conditions=self._conditions,
            retired=self._retired.isChecked(),
        )

    def choose(self, text: str = "", choices: Mapping[str, frozenset[str]] | None = None) -> None:
        """Narrow as a figure or link wants it; everything else is cleared.

        A column that no chip stands for becomes a condition with a chip of its own.
        """
        wanted = choices or {}
        others = {column: sorted(codes) for column, codes in wanted.items() if column not in self._chips}
        conditions = tuple(Condition(column, "in", codes) for column, codes in others.items())
        words = ", ".join(next(iter(others.values()), ()))
        self._set(text, wanted, conditions, words if len(words) <= _LONGEST else words[:_LONGEST] + "…")

    def set_conditions(self, conditions: tuple[Condition, ...], words: str) -> None:
        """Narrow by conditions that no chip stands for; `words` says so on a chip that takes them away."""
        self._set("", {}, conditions, words)

    def clear(self) -> None:
        """Show everything again."""
        self._retired.blockSignals(True)
        self._retired.setChecked(False)
        self._retired.blockSignals(False)
        self._set("", {}, (), "")

    def tell_count(self, count: int | None) -> None:
        """Say how many rows there are."""
        self.count.setText("" if count is None else _("{count} rows").format(count=f"{count:,}"))

    @property
    def told(self) -> str:
        """Words for the conditions that no chip stands for; empty when there are none."""
        return self._extra.text() if self._conditions else ""

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        chips = any(chip.codes() for chip in self._chips.values())
        return bool(self.text.text().strip() or chips or self._conditions or self._retired.isChecked())

    def _set(
        self, text: str, choices: Mapping[str, frozenset[str]], conditions: tuple[Condition, ...], words: str
    ) -> None:
        self.text.blockSignals(True)
        self.text.setText(text)
        self.text.blockSignals(False)
        for column, chip in self._chips.items():
            chip.choose(choices.get(column, frozenset()))
        self._conditions = conditions
        self._extra.setText(words)
        self._on_changed()

    def _chip(self, chip: Chip) -> ChipMenu:
        codes = chip.codes or enumerations.codes(chip.enumeration)
        options = [(code, enumerations.label(chip.enumeration, code)) for code in codes]
        made = ChipMenu(_(chip.label), options, self)
        made.choose(frozenset(chip.chosen))
        made.chosen.connect(lambda _codes: self._on_changed())
        return made

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        for widget in (self.text, *self._chips.values(), self._retired, self._extra, self._clear):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self.count)

    def _on_changed(self) -> None:
        self._typing.stop()
        self._refresh()
        self.changed.emit()

    def _on_extra_cleared(self) -> None:
        self._conditions = ()
        self._on_changed()

    def _refresh(self) -> None:
        self._extra.setVisible(bool(self._conditions))
        self._extra.setChecked(True)
        self._clear.setVisible(self.is_narrowed)
