"""The first page of somebody who has no office open: make one, try the sample, or open a file."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.ui import icons
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.words import button, card, label, restyle
from drillapp.ui.preferences import Preferences
from drillapp.ui.theme import GRID

SUFFIX = ".drill"
_LEVELS = ("district", "street", "community", "department", "enterprise", "school", "hospital", "other")
_WIDTH = 860


class NewOffice(NamedTuple):
    """What a new office is made from."""

    location: Path
    name: str
    level: str
    code: str


class WelcomePage(QWidget):
    """Three ways in, and the offices opened before."""

    new_wanted = Signal(object)
    """A NewOffice to be made."""
    sample_wanted = Signal()
    open_wanted = Signal(str)

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self.setProperty("ground", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._busy = label("", "muted", parent=self)
        self._busy.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._inner = QWidget(self)
        self._inner.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(self._inner)
        column.setSpacing(2 * GRID)
        column.addLayout(self._head())
        column.addSpacing(GRID)
        column.addLayout(self._ways())
        recent = self._recent()
        if recent is not None:
            column.addWidget(recent)
        column.addWidget(self._busy)
        outer = QGridLayout(self)
        outer.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        outer.setRowStretch(0, 2)
        outer.addWidget(self._inner, 1, 1)
        outer.setRowStretch(2, 3)
        outer.setColumnStretch(0, 1)
        outer.setColumnStretch(1, 20)
        outer.setColumnStretch(2, 1)

    def tell_busy(self, text: str) -> None:
        """Say what is being done; nothing else can be begun meanwhile. Empty: free again."""
        self._busy.setText(text)
        for made in self._inner.findChildren(QPushButton):
            made.setEnabled(not text)

    def _head(self) -> QHBoxLayout:
        mark = QLabel(self)
        mark.setPixmap(icons.pixmap("app", "accent", 48, self.devicePixelRatioF()))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(_("Plans and drills"), "title", parent=self))
        words.addWidget(
            label(_("Contingency plans, drills, supplies and disposal cards, in one file of yours."), "muted")
        )
        head = QHBoxLayout()
        head.setSpacing(2 * GRID)
        head.addWidget(mark)
        head.addLayout(words, 1)
        return head

    def _ways(self) -> QHBoxLayout:
        ways = QHBoxLayout()
        ways.setSpacing(2 * GRID)
        new = button(_("New office …"), role="primary")
        new.clicked.connect(self._on_new)
        sample = button(_("Open the sample"))
        sample.clicked.connect(self.sample_wanted)
        known = button(_("Open …"))
        known.clicked.connect(self._on_open)
        for icon, title, text, action in (
            ("add", _("New office"), _("Start an empty ledger for your bureau, street office or unit, then load your Excel files."), new),
            ("sample", _("Sample district"), _("Look around in a made-up district with plans, two years of drills and stock."), sample),
            ("open", _("Open a file"), _("Go on with an office that is on this computer or on a drive."), known),
        ):  # fmt: skip
            ways.addWidget(self._way(icon, title, text, action), 1)
        return ways

    def _way(self, icon: str, title: str, text: str, action: QPushButton) -> QFrame:
        frame, layout = card(self, 3 * GRID)
        picture = QLabel(frame)
        picture.setPixmap(icons.pixmap(icon, "accent_text", 28, self.devicePixelRatioF()))
        layout.addWidget(picture)
        layout.addWidget(label(title, "heading", parent=frame))
        layout.addWidget(label(text, "muted", wraps=True, parent=frame))
        layout.addStretch(1)
        layout.addSpacing(GRID)
        layout.addWidget(action)
        return frame

    def _recent(self) -> QFrame | None:
        known = self._preferences.recent_offices()
        if not known:
            return None
        frame, layout = card(self)
        layout.setSpacing(2)
        layout.addWidget(label(_("Opened before"), "label", parent=frame))
        for location in known[:4]:
            made = button(location, role="link", icon="history", parent=frame)
            made.clicked.connect(lambda _checked=False, chosen=location: self.open_wanted.emit(chosen))
            layout.addWidget(made)
        return frame

    def _on_new(self) -> None:
        dialog = NewOfficeDialog(self)
        if dialog.exec():
            self.new_wanted.emit(dialog.value())

    def _on_open(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(
            self, _("Open an office"), default_folder().as_posix(), _("Offices (*{suffix});;All files (*)").format(suffix=SUFFIX)
        )  # fmt: skip
        if chosen:
            self.open_wanted.emit(chosen)


class NewOfficeDialog(Dialog):
    """Asks for the name and level of a new office; the file follows the name until chosen otherwise."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("New office"), parent, width=520)
        self.name, self.level, self.code = QLineEdit(self), QComboBox(self), QLineEdit(self)
        self.file = QLineEdit(self)
        self._file_is_chosen = False
        for code in _LEVELS:
            self.level.addItem(enumerations.label("unit_kind", code), code)
        self.name.setPlaceholderText(_("For example: Emergency Management Bureau of the district"))
        self.code.setPlaceholderText(_("Optional, for example 110102"))
        self.body.addWidget(label(_("New office"), "heading", parent=self))
        self._add(_("Name of the office"), self.name)
        self._add(_("Level"), self.level)
        self._add(_("Code of its unit"), self.code)
        self._add(_("Kept in the file"), self.file)
        self.problem = label("", "problem", wraps=True, parent=self)
        self.body.addWidget(self.problem)
        choose = self.add_action(_("Choose a place …"), self._on_choose)
        choose.setProperty("role", "ghost")
        self.add_closing(_("Cancel"))
        self.make = self.add_closing(_("Create the office"), accepts=True)
        self.name.textChanged.connect(self._on_name)
        self.file.textEdited.connect(self._on_file_typed)
        self._on_name("")
        self.name.setFocus()

    def value(self) -> NewOffice:
        """What was entered."""
        return NewOffice(
            Path(self.file.text()).expanduser(),
            self.name.text().strip(),
            self.level.currentData(),
            self.code.text().strip(),
        )

    def accept(self) -> None:
        problem = self._problem()
        self._tell_problem(problem)
        if not problem:
            super().accept()

    def _tell_problem(self, problem: str) -> None:
        self.problem.setText(problem)
        restyle(self.name, "wrong", "true" if problem and not self.name.text().strip() else "false")

    def _problem(self) -> str:
        if not self.name.text().strip():
            return _("The office needs a name.")
        if Path(self.file.text()).expanduser().exists():
            return _("There is a file of this name already; choose another place.")
        return ""

    def _add(self, text: str, field: QWidget) -> None:
        words = label(text, "label", parent=self)
        words.setBuddy(field)
        field.setAccessibleName(text)
        self.body.addWidget(words)
        self.body.addWidget(field)

    def _on_name(self, name: str) -> None:
        self._tell_problem("")
        if not self._file_is_chosen:
            self.file.setText(str(default_folder() / f"{_file_stem(name) or 'office'}{SUFFIX}"))

    def _on_file_typed(self) -> None:
        self._file_is_chosen = True
        self._tell_problem("")

    def _on_choose(self) -> None:
        chosen, _filter = QFileDialog.getSaveFileName(self, _("Where to keep the office"), self.file.text())
        if chosen:
            self._file_is_chosen = True
            self.file.setText(chosen if Path(chosen).suffix else chosen + SUFFIX)


def default_folder() -> Path:
    """The folder of the person's own data."""
    return (
        Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation))
        / "drillapp"
    )


def _file_stem(name: str) -> str:
    return "".join(sign for sign in name.strip() if sign.isalnum() or sign in "-_")[:40]
