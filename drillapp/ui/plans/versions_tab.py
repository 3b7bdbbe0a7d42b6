"""A plan's versions: which one is in force, a new one, two of them compared."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.core.plans.drafts import DRAFTS
from drillapp.core.plans.versions import VersionRow, versions_of
from drillapp.ui.parts import tones
from drillapp.ui.parts.detail import DetailTab
from drillapp.ui.parts.mark import Mark
from drillapp.ui.parts.words import button, label, line, row, scrolled
from drillapp.ui.plans.shown_version import ShownVersion
from drillapp.ui.plans.version_tab import version_name
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID


class VersionsTab(DetailTab):
    """The newest first; two that are ticked are compared."""

    def __init__(self, session: Session, shown: ShownVersion, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown = shown
        self._plan: Any = None
        self.lines: list[VersionLine] = []
        self.new = button(_("New version …"), icon="add", parent=self)
        self.new.clicked.connect(self._on_new)
        self.word = button(_("From Word …"), icon="import", parent=self)
        self.word.clicked.connect(self._on_word)
        self.compare = button(_("Compare"), icon="list", parent=self)
        self.compare.clicked.connect(self._on_compare)
        self._area = scrolled(None, self, sideways=False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GRID, 0, 0)
        layout.addLayout(row(self.new, self.word, self.compare, 1))
        layout.addWidget(self._area, 1)

    def show_row(self, row: Any) -> None:
        self._plan = row
        self._session.tasks.run_read(
            lambda office, _progress: versions_of(office, row.id),
            self._on_versions,
            owner=self,
            replaces="versions",
        )

    def chosen(self) -> list[VersionRow]:
        """The versions ticked, the older first."""
        ticked = [line.version for line in self.lines if line.box.isChecked()]
        return sorted(ticked, key=lambda version: version.ordinal)

    def _on_versions(self, versions: list[VersionRow]) -> None:
        content = QWidget()
        content.setProperty("ground", "surface")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, GRID, GRID)
        layout.setSpacing(0)
        self.lines = [VersionLine(version, content) for version in versions]
        for made in self.lines:
            made.box.toggled.connect(lambda _on: self._refresh())
            made.open.clicked.connect(lambda _checked=False, version=made.version: self._open(version))
            layout.addWidget(made)
            layout.addWidget(line(content))
        layout.addStretch(1)
        for made in self.lines[:2]:
            made.box.setChecked(len(versions) > 1)
        self._area.setWidget(content)
        self._refresh()

    def _refresh(self) -> None:
        may_write = not self._session.is_read_only
        newest = self.lines[0].version if self.lines else None
        is_written = newest is not None and newest.state in DRAFTS
        self.new.setEnabled(may_write and not is_written)
        self.new.setToolTip(_("The newest version is still being written.") if is_written else "")
        self.word.setEnabled(may_write)
        self.compare.setEnabled(len(self.chosen()) == 2)
        self.compare.setToolTip("" if self.compare.isEnabled() else _("Tick two versions."))

    def _open(self, version: VersionRow) -> None:
        self._shown.choose(version.plan_id, version.id)
        self._shown.go("Text")

    def _on_new(self) -> None:
        from drillapp.ui.plans.new_version_dialog import NewVersionDialog

        dialog = NewVersionDialog(self._session, self._shown, self._plan, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _on_word(self) -> None:
        from drillapp.ui.plans.word_dialog import choose_word

        choose_word(self._session, self._shown, self._plan, self)

    def _on_compare(self) -> None:
        from drillapp.ui.plans.compare_dialog import CompareDialog

        old, new = self.chosen()
        dialog = CompareDialog(self._session, self._plan, old, new, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


class VersionLine(QWidget):
    """One version: label, state, days, what was changed."""

    def __init__(self, version: VersionRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.version = version
        name = version_name(version)
        self.box = QCheckBox(name, self)
        self.box.setAccessibleName(_("Compare {version}").format(version=name))
        state = enumerations.label("plan_version_state", version.state)
        mark = Mark(self, state, tones.tone(tones.PLAN_VERSIONS, version.state))
        self.open = button(_("Open"), role="link", parent=self)
        self.open.setAccessibleName(_("Open {version}").format(version=name))
        head = QHBoxLayout()
        for widget in (self.box, mark):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, 0, GRID)
        layout.setSpacing(2)
        layout.addLayout(head)
        for words in (_days(version), version.summary or ""):
            if words:
                below = label(words, "small", wraps=True, parent=self)
                below.setContentsMargins(3 * GRID, 0, 0, 0)
                layout.addWidget(below)


def _days(version: VersionRow) -> str:
    if version.begin is None:
        return ""
    if version.end is None:
        return _("in force from {begin}").format(begin=version.begin)
    return _("in force from {begin} to {end}").format(begin=version.begin, end=version.end)
