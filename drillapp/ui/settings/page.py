"""The settings page: its parts at the left, the chosen one beside them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.ui import icons, theme
from drillapp.ui.parts.page import Page
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session, Target
from drillapp.ui.settings.about import AboutSection
from drillapp.ui.settings.data import DataSection
from drillapp.ui.settings.general import GeneralSection
from drillapp.ui.settings.rules.section import RulesSection
from drillapp.ui.settings.tables import FontsSection
from drillapp.ui.settings.weights import WeightsSection
from drillapp.ui.settings.workdays import WorkdaysSection
from drillapp.ui.theme import GRID

_LIST_WIDTH = 208


class _Part(NamedTuple):
    name: str
    label: str
    icon: str
    make: Callable[[Session], Any]


def _parts() -> tuple[_Part, ...]:
    return (
        _Part("general", _("Office and window"), "home", GeneralSection),
        _Part("data", _("Backup and check"), "backup", DataSection),
        _Part("rules", _("Rules in force"), "obligation", RulesSection),
        _Part("workdays", _("Working days"), "calendar", WorkdaysSection),
        _Part("weights", _("Readiness formula"), "readiness", WeightsSection),
        _Part("fonts", _("Printing fonts"), "print", FontsSection),
        _Part("about", _("About"), "info", AboutSection),
    )


class SettingsPage(Page):
    """Office, window, data, rules, fonts."""

    kinds = frozenset({"settings"})

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._parts = _parts()
        self.sections: dict[str, Any] = {}
        self.list = QListWidget(self)
        self.list.setFixedWidth(_LIST_WIDTH)
        self.list.setAccessibleName(_("Parts of the settings"))
        self.list.setIconSize(QSize(icons.SIZE, icons.SIZE))
        for part in self._parts:
            self.list.addItem(QListWidgetItem(part.label))
        self._stack = QStackedWidget(self)
        self._lay_out()
        self._paint_icons()
        theme.notifier().changed.connect(self._paint_icons)
        self.list.currentRowChanged.connect(self._on_chosen)
        self.list.setCurrentRow(0)
        self.setFocusProxy(self.list)

    def reload(self) -> None:
        name = self._parts[self.list.currentRow()].name
        if name in self.sections:
            self.sections[name].refresh()

    def show_target(self, target: Target) -> None:
        names = [part.name for part in self._parts]
        if target.kind in names:
            self.list.setCurrentRow(names.index(target.kind))

    def section(self, name: str) -> Any:
        """A part, made now if it was not looked at yet."""
        if name not in self.sections:
            part = next(part for part in self._parts if part.name == name)
            self.sections[name] = part.make(self.session)
            self._stack.addWidget(self.sections[name])
        return self.sections[name]

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, GRID)
        head.addWidget(label(_("Settings"), "title", parent=self))
        middle = QHBoxLayout()
        middle.setContentsMargins(2 * GRID, 0, 0, 0)
        middle.addWidget(self.list)
        middle.addWidget(self._stack, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addLayout(middle, 1)

    def _paint_icons(self) -> None:
        for place, part in enumerate(self._parts):
            self.list.item(place).setIcon(icons.icon(part.icon))

    def _on_chosen(self, place: int) -> None:
        section = self.section(self._parts[place].name)
        self._stack.setCurrentWidget(section)
        section.refresh()
