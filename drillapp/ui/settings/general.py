"""The office's own facts, and how this person's window looks and speaks."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from drillapp.core import enumerations
from drillapp.core.i18n import LANGUAGES, _
from drillapp.core.office import Office
from drillapp.core.settings import REMIND_AT_START, set_setting, setting
from drillapp.ui import theme
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session
from drillapp.ui.settings.section import FactGrid, SettingsSection
from drillapp.ui.theme import GRID

_MEGABYTE = 1_048_576


class GeneralSection(SettingsSection):
    """Office, person, language, theme."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Office and window"), parent=parent)
        self._facts = FactGrid()
        self.add_card(_("Office")).addLayout(self._facts)
        self._add_person()
        self._add_reminder()
        self._add_look()
        self.add_stretch()

    def refresh(self) -> None:
        office = self.session.office
        while (item := self._facts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        if office is None:
            return
        scope = self.session.scope
        facts = (
            (_("Name of the office"), office.name),
            (_("Location"), office.location),
            (_("Size"), size_words(office)),
            (_("Identity"), office.uid),
            (_("Shown for"), scope.name or _("All units")),
            (_("Mode"), _("Read only") if office.is_read_only else _("Read and write")),
        )
        for name, value in facts:
            self._facts.add(name, value, self)
        self.remind.setEnabled(not office.is_read_only)
        self.session.tasks.run_read(
            lambda office, _progress: bool(setting(office, REMIND_AT_START, False)),
            self.remind.setChecked,
            owner=self,
            replaces="remind",
        )

    def _add_person(self) -> None:
        body = self.add_card(_("Who works here"))
        self.actor = QLineEdit(self)
        office = self.session.office
        self.actor.setText(office.actor if office is not None else "")
        self.actor.setAccessibleName(_("Your name"))
        self.actor.setMaximumWidth(320)
        self.actor.editingFinished.connect(self._on_actor)
        body.addWidget(self.actor)
        words = _("Stands in the journal beside everything that is changed from this window.")
        body.addWidget(label(words, "small", wraps=True, parent=self))

    def _add_reminder(self) -> None:
        body = self.add_card(_("Reminder"))
        self.remind = QCheckBox(_("Say at the start how much is overdue and due this month"), self)
        self.remind.clicked.connect(self._on_remind)
        body.addWidget(self.remind)
        words = _("Beside the clock of the system, or in the status bar where there is no place for it.")
        body.addWidget(label(words, "small", wraps=True, parent=self))

    def _add_look(self) -> None:
        body = self.add_card(_("Theme"))
        self.themes = QButtonGroup(self)
        line = QHBoxLayout()
        line.setSpacing(3 * GRID)
        chosen = self.session.preferences.text("theme", "system")
        for key, (mode, words) in enumerate(_theme_words().items()):
            made = QRadioButton(words, self)
            made.setChecked(mode == chosen)
            self.themes.addButton(made, key)
            line.addWidget(made)
        line.addStretch(1)
        body.addLayout(line)
        self.themes.idClicked.connect(self._on_theme)
        body = self.add_card(_("Language"))
        self.language = QComboBox(self)
        self.language.setMaximumWidth(320)
        self.language.setAccessibleName(_("Language"))
        for code in LANGUAGES:
            self.language.addItem(enumerations.label("language", code), code)
        self.language.setCurrentIndex(
            self.language.findData(self.session.preferences.text("language", "zh_CN"))
        )
        self.language.activated.connect(self._on_language)
        body.addWidget(self.language)
        body.addWidget(label(_("Takes effect at the next start."), "small", parent=self))

    def _on_remind(self, wanted: bool) -> None:
        self.session.tasks.run_write(
            lambda office, _progress: set_setting(office, REMIND_AT_START, wanted),
            lambda _none: self.session.said.emit(_("Saved")),
            owner=self,
        )

    def _on_actor(self) -> None:
        name, office = self.actor.text().strip(), self.session.office
        if name and office is not None and name != office.actor:
            office.actor = name
            self.session.preferences.set_text("actor", name)
            self.session.said.emit(_("Saved"))

    def _on_theme(self, key: int) -> None:
        mode = tuple(_theme_words())[key]
        self.session.preferences.set_text("theme", mode)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply_theme(app, mode)

    def _on_language(self, _index: int) -> None:
        self.session.preferences.set_text("language", self.language.currentData())
        self.session.said.emit(_("The language changes at the next start."))


def size_words(office: Office) -> str:
    """How large an office's file is."""
    if office.is_server:
        return _("on a server")
    return f"{Path(office.location).stat().st_size / _MEGABYTE:,.1f} MB"


def _theme_words() -> dict[str, str]:
    return {"system": _("As the system"), "light": _("Light"), "dark": _("Dark")}
