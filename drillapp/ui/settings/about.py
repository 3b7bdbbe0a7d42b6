"""The program's version, and the libraries it stands on with their licences."""

from __future__ import annotations

import platform
import re
from importlib import metadata
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from drillapp.core.i18n import _
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session
from drillapp.ui.settings.section import FactGrid, SettingsSection

_NAME = re.compile(r"[A-Za-z0-9_.-]+")
_LONGEST = 60


class Library(NamedTuple):
    """A library that comes with the program."""

    name: str
    version: str
    licence: str


class AboutSection(SettingsSection):
    """Version and licences."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _("About"), parent=parent)
        facts = FactGrid()
        body = self.add_card(_("Plans and drills"))
        body.addLayout(facts)
        facts.add(_("Version"), _version(), self)
        facts.add("Python", platform.python_version(), self)
        facts.add(_("System"), platform.platform(), self)
        self._libraries = FactGrid()
        self.add_card(_("Libraries and their licences")).addLayout(self._libraries)
        fonts = self.add_card(_("Fonts"))
        words = _(
            "The fonts are free: SIL Open Font License, and GPL with font exception; texts beside them."
        )
        fonts.addWidget(label(words, wraps=True, parent=self))
        self.add_stretch()
        session.tasks.run_read(lambda _office, _progress: libraries(), self._on_libraries, owner=self)

    def _on_libraries(self, found: list[Library]) -> None:
        for one in found:
            self._libraries.add(f"{one.name} {one.version}", one.licence, self)


def libraries() -> list[Library]:
    """The libraries that the program needs, as far as this machine knows them."""
    try:
        needed = metadata.requires("drillapp") or []
    except metadata.PackageNotFoundError:
        return []
    found = []
    for line in needed:
        match = _NAME.match(line)
        if match is None or "extra ==" in line:
            continue
        try:
            about = metadata.metadata(match.group())
        except metadata.PackageNotFoundError:
            continue
        found.append(Library(about["Name"], about["Version"], _licence(about)))
    return sorted(found, key=lambda one: one.name.lower())


def _licence(about: metadata.PackageMetadata) -> str:
    given = next(
        (text for name in ("License-Expression", "License") for text in about.get_all(name) or ()), ""
    )
    if given and len(given) <= _LONGEST and "\n" not in given:
        return str(given)
    classes = [
        one.rpartition(" :: ")[2] for one in about.get_all("Classifier") or () if one.startswith("License")
    ]
    return ", ".join(classes) or str(given).partition("\n")[0][:_LONGEST]


def _version() -> str:
    try:
        return metadata.version("drillapp")
    except metadata.PackageNotFoundError:
        return "?"
