"""A tab about one version of a plan: which one stands above and can be chosen."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans.drafts import DRAFTS
from drillapp.core.plans.versions import VersionRow, versions_of
from drillapp.ui.parts.detail import DetailTab
from drillapp.ui.parts.words import button
from drillapp.ui.plans.shown_version import ShownVersion
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID


class _Read(NamedTuple):
    versions: list[VersionRow]
    version: VersionRow
    data: Any


class VersionTab(DetailTab):
    """Reads what belongs to the version shown; a subclass says what (`ask`) and shows it (`show_version`)."""

    def __init__(self, session: Session, shown: ShownVersion, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.shown = shown
        self.plan: Any = None
        self.version: VersionRow | None = None
        self.versions: list[VersionRow] = []
        self.picker = QComboBox(self)
        self.picker.setAccessibleName(_("Version"))
        self.picker.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.picker.activated.connect(self._on_picked)
        self.head = QHBoxLayout()
        self.head.setSpacing(GRID)
        self.head.addWidget(self.picker)
        self.head.addStretch(1)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, GRID, 0, 0)
        self.body.setSpacing(GRID)
        self.body.addLayout(self.head)
        shown.changed.connect(self.refresh)

    def show_row(self, row: Any) -> None:
        self.plan = row
        key, shown, ask = row.id, self.shown, self.ask

        def read(office: Office, _progress: object) -> _Read:
            versions = versions_of(office, key)
            version = shown.of(key, versions)
            return _Read(versions, version, ask(office, row, version))

        self.session.tasks.run_read(read, self._on_read, owner=self, replaces="version")

    def refresh(self) -> None:
        """Ask anew, when somebody looks."""
        if self.plan is not None and self.isVisible():
            self.show_row(self.plan)

    def ask(self, office: Office, plan: Any, version: VersionRow) -> Any:
        """What is shown of a version; runs beside the window."""
        raise NotImplementedError

    def show_version(self, version: VersionRow, data: Any) -> None:
        """Show what was read."""
        raise NotImplementedError

    def add_action(self, text: str, icon: str, *, role: str = "") -> QPushButton:
        """A button beside the version."""
        made = button(text, icon=icon, role=role, parent=self)
        self.head.addWidget(made)
        return made

    @property
    def is_draft(self) -> bool:
        """Whether the version may still be written here."""
        return self.version is not None and self.version.state in DRAFTS and not self.session.is_read_only

    def _on_read(self, read: _Read) -> None:
        self.versions, self.version = read.versions, read.version
        self.picker.clear()
        for version in read.versions:
            self.picker.addItem(version_words(version), version.id)
        self.picker.setCurrentIndex(read.versions.index(read.version))
        self.show_version(read.version, read.data)

    def _on_picked(self, index: int) -> None:
        self.shown.choose(self.plan.id, self.picker.itemData(index))


def version_name(version: VersionRow) -> str:
    """What a version is called."""
    return version.label or _("Version {number}").format(number=version.ordinal)


def version_words(version: VersionRow) -> str:
    """A version with how it stands."""
    return f"{version_name(version)} · {enumerations.label('plan_version_state', version.state)}"
