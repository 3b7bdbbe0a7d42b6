"""Writing a version: its text, response levels, people and resources, saved together."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget, QWidget

from drillapp.core.changes import Changes
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans.content import Content, Named, Resource
from drillapp.core.plans.document import PlanDocument, plan_document
from drillapp.core.plans.outline import outline_for
from drillapp.core.plans.versions import VersionRow, write_content
from drillapp.ui.errors import words_of
from drillapp.ui.parts.dialog import Dialog, confirm
from drillapp.ui.parts.records_editor import RecordsEditor
from drillapp.ui.parts.words import label
from drillapp.ui.plans.levels_editor import LevelsEditor
from drillapp.ui.plans.section_editor import NewPicture, SectionEditor
from drillapp.ui.plans.version_tab import version_words
from drillapp.ui.session import Session

_PAGES = ("text", "levels", "roster", "contacts", "resources")


class _Written(NamedTuple):
    changes: Changes
    document: PlanDocument


class WritingDialog(Dialog):
    """Ctrl+S saves and stays; closing asks when something was not saved."""

    def __init__(
        self, session: Session, plan: Any, version: VersionRow, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Write the plan"), parent, width=1000)
        self._session = session
        self._version = version.id
        self._revision = version.revision
        self.is_touched = False
        self.body.addWidget(label(plan.title, "heading", wraps=True, parent=self))
        self.state = label(version_words(version), "muted", wraps=True, parent=self)
        self.body.addWidget(self.state)
        self.problem = label("", "problem", wraps=True, parent=self)
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.text = SectionEditor(outline_for(plan.kind, plan.tier).hint_for, self)
        self.levels = LevelsEditor(self)
        self.roster, self.contacts = _people(_("Command roster"), self), _people(_("Contacts"), self)
        self.resources = _resources(self)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        pages: tuple[tuple[Any, str], ...] = (
            (self.text, _("Text")),
            (self.levels, _("Response levels")),
            (self.roster, _("Command roster")),
            (self.contacts, _("Contacts")),
            (self.resources, _("Resources")),
        )
        for page, words in pages:
            self.tabs.addTab(page, words)
            page.edited.connect(self._on_edited)
        self.body.addWidget(self.tabs, 1)
        self.add_closing(_("Close"))
        self.save = self.add_closing(_("Save"), accepts=True)
        self.save.setDefault(False)
        self.save.setAutoDefault(False)
        self.save.setToolTip("Ctrl+S")
        self.save.setEnabled(False)
        QShortcut(QKeySequence.StandardKey.Save, self, self.accept)
        self.resize(1080, 690)

    def begin(self, page: str = "text", place: int = 0) -> None:
        """Read the version and show it, at a page and section."""
        self.tabs.setCurrentIndex(_PAGES.index(page))
        version = self._version
        self._session.tasks.run_read(
            lambda office, _progress: plan_document(office, version),
            lambda document: self._show(document, place),
            owner=self,
        )
        self.open()

    def content(self) -> Content:
        """All that is written now; raises ValueError with a sentence for what cannot be."""
        return Content(
            self.text.sections(),
            self.levels.levels(),
            self.roster.records(),
            self.contacts.records(),
            self.resources.records(),
        )

    def accept(self) -> None:
        """Save; the dialog stays."""
        if not self.save.isEnabled():
            return
        try:
            content = self.content()
        except ValueError as error:
            self._tell(str(error))
            return
        version, revision, pictures = self._version, self._revision, list(self.text.new_pictures)
        self.save.setEnabled(False)
        self._session.tasks.run_write(
            lambda office, _progress: _write(office, version, revision, content, pictures),
            self._on_saved,
            owner=self,
            failed=self._on_failed,
            title=_("Saving"),
        )

    def reject(self) -> None:
        """Leave, asking first when something was not saved."""
        title, sentence = _("Leave without saving?"), _("What you typed would be lost.")
        if not self.is_touched or confirm(title, sentence, _("Leave"), danger=True, parent=self):
            super().reject()

    def _show(self, document: PlanDocument, place: int) -> None:
        content = document.content
        self.text.fill(content.sections, document.pictures, place)
        self.levels.fill(content.levels)
        self.roster.fill(content.roster)
        self.contacts.fill(content.contacts)
        self.resources.fill(content.resources)
        self.is_touched = False
        self.save.setEnabled(False)

    def _on_edited(self) -> None:
        self.is_touched = True
        self.save.setEnabled(True)
        self._tell("")

    def _on_saved(self, written: _Written) -> None:
        self._revision += 1
        self._session.said.emit(_("Saved"))
        self._show(written.document, self.text.place)

    def _on_failed(self, error: BaseException) -> None:
        self.save.setEnabled(True)
        message = words_of(error)
        if message:
            self._tell(message)
        else:
            self._session.tasks.tell_error(error)

    def _tell(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))


def open_writing(
    session: Session, plan: Any, version: VersionRow, parent: QWidget, *, page: str = "text", place: int = 0
) -> None:
    """Open the dialog for a version at a page and section."""
    dialog = WritingDialog(session, plan, version, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.begin(page, place)


def _write(
    office: Office, version: int, revision: int, content: Content, pictures: list[NewPicture]
) -> _Written:
    changes = write_content(office, version, revision, content, pictures)
    return _Written(changes, plan_document(office, version))


def _people(name: str, parent: QWidget) -> RecordsEditor:
    columns = (
        ("role", _("Role"), 150), ("name", _("Name"), 110), ("organisation", _("Organisation"), 220),
        ("phone", _("Phone"), 150), ("duty", _("Duty"), 200),
    )  # fmt: skip
    return RecordsEditor(columns, lambda texts: Named(**texts), name, parent)


def _resources(parent: QWidget) -> RecordsEditor:
    columns = (
        ("name", _("Resource"), 240), ("quantity", _("Quantity"), 110), ("place", _("Kept at"), 220),
        ("keeper", _("Keeper"), 120), ("phone", _("Phone"), 150),
    )  # fmt: skip
    return RecordsEditor(columns, lambda texts: Resource(**texts), _("Resources"), parent)
