"""A plan from Word: what goes where is shown and can be put right before anything is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from drillapp.core.changes import Changes
from drillapp.core.errors import DrillappError
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans.word.document import WordDocument, content_of
from drillapp.core.plans.word.taking import take_document
from drillapp.core.progress import Cancelled
from drillapp.ui.errors import words_of
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.dropped import dropped_files, welcome_files
from drillapp.ui.parts.file_dialogs import ask_open
from drillapp.ui.parts.placeholder import Placeholder
from drillapp.ui.parts.words import button, divided, label, row
from drillapp.ui.plans.new_version_dialog import Begun
from drillapp.ui.plans.outline_tree import OutlineTree
from drillapp.ui.plans.shown_version import ShownVersion
from drillapp.ui.plans.word_lines import WordLineList, WordLines
from drillapp.ui.session import Session


def choose_word(session: Session, shown: ShownVersion, plan: Any, parent: QWidget) -> None:
    """Open the dialog into which a Word document is dropped or chosen."""
    dialog = WordDialog(session, shown, plan, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


class WordDialog(Dialog):
    """The outline at the left, the lines with their levels at the right, above them what was left out."""

    def __init__(
        self, session: Session, shown: ShownVersion, plan: Any, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Plan from Word"), parent, width=1000)
        self._session = session
        self._shown = shown
        self._plan = plan
        self._task: Any = None
        self._path = Path()
        self.setAcceptDrops(True)
        self.file = label(_("Plan from Word"), "heading", parent=self)
        self.body.addWidget(self.file)
        self.body.addWidget(label(plan.title, "muted", wraps=True, parent=self))
        choose = button(_("Choose a document …"), icon="open", parent=self)
        choose.setAutoDefault(False)
        choose.clicked.connect(self._on_choose)
        self.told = label("", "small", wraps=True, parent=self)
        self.told.hide()
        self.help = label(
            _("Digits set the level of the selected lines, 0 makes text; ← → move it by one; Ctrl+Z takes it back."),
            "small", wraps=True, parent=self,
        )  # fmt: skip
        self.help.hide()
        self.body.addLayout(row(choose, 1))
        self.body.addWidget(self.told)
        self.model = WordLines(self)
        self.model.relevelled.connect(self._show_outline)
        self.lines = WordLineList(self.model, self)
        self.outline = OutlineTree(self)
        self.outline.place_chosen.connect(self._go_to_section)
        self.parts = divided(self.outline, self.lines, (280, 700), self)
        self.parts.hide()
        self.empty = Placeholder(self)
        self.empty.empty_text = _("Drop a Word document here")
        self.empty.empty_hint = _("Nothing is written before you have seen what goes where.")
        self.empty.tell("empty")
        self.empty.retry_wanted.connect(self._on_again)
        self.body.addWidget(self.parts, 1)
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self.help)
        self.add_closing(_("Cancel"))
        self.go = self.add_closing(_("Write as a draft"), accepts=True)
        self.go.setAutoDefault(False)
        self.go.setEnabled(False)
        self.resize(1080, 680)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        welcome_files(event)

    def dropEvent(self, event: QDropEvent) -> None:
        for path in dropped_files(event)[:1]:
            self.read(path)

    def read(self, path: Path) -> None:
        """Read a document and show its lines."""
        from drillapp.core.plans.word.reading import read_word

        self._path = path
        self.file.setText(path.name)
        self.go.setEnabled(False)
        self.empty.tell("loading")
        self._task = self._session.tasks.run_read(
            lambda _office, progress: read_word(path, progress),
            self._on_document,
            owner=self,
            failed=self._on_failed,
            title=_("Reading the document"),
            replaces="document",
        )

    def accept(self) -> None:
        """Write what is shown as a draft; the dialog closes when that has worked."""
        if not self.go.isEnabled():
            return
        plan, document = self._plan, self.model.document
        self.go.setEnabled(False)
        self._session.tasks.run_write(
            lambda office, _progress: write_draft(office, plan, document),
            self._on_written,
            owner=self,
            failed=self._on_not_written,
            title=_("Saving"),
        )

    def reject(self) -> None:
        """Leave; reading under way is stopped."""
        if self._task is not None:
            self._task.cancel()
        super().reject()

    def _on_choose(self) -> None:
        forms = _("Word documents (*.docx *.docm);;All files (*)")
        path = ask_open(self._session, self, _("Choose a document"), forms, "word")
        if path is not None:
            self.read(path)

    def _on_again(self) -> None:
        self.read(self._path)

    def _on_document(self, document: WordDocument) -> None:
        self.model.fill(document)
        self.empty.hide()
        self.parts.show()
        self.help.show()
        self.told.setText("\n".join(document.told))
        self.told.setVisible(bool(document.told))
        self._show_outline()
        self.lines.setCurrentIndex(self.model.index(0))
        self.lines.setFocus()

    def _show_outline(self) -> None:
        content = content_of(self.model.document)
        self.outline.fill(content.sections, None)
        count = len(content.sections)
        self.go.setText(_("Write {count} sections as a draft").format(count=count))
        self.go.setEnabled(count > 0)

    def _go_to_section(self, section: int) -> None:
        heads = [place for place, line in enumerate(self.model.document.lines) if line.level]
        starts_with_text = bool(self.model.document.lines) and not self.model.document.lines[0].level
        place = section - starts_with_text
        if 0 <= place < len(heads):
            index = self.model.index(heads[place])
            self.lines.setCurrentIndex(index)
            self.lines.scrollTo(index, self.lines.ScrollHint.PositionAtTop)

    def _on_failed(self, error: BaseException) -> None:
        """What cannot be read says why where the document would be."""
        if isinstance(error, Cancelled):
            return
        if not isinstance(error, DrillappError):
            self._session.tasks.tell_error(error)
            return
        self.parts.hide()
        self.help.hide()
        self.told.hide()
        self.empty.show()
        self.empty.tell("failed", words_of(error))

    def _on_written(self, written: Begun) -> None:
        self._shown.choose(self._plan.id, written.version_id)
        self._shown.go("Text")
        super().accept()

    def _on_not_written(self, error: BaseException) -> None:
        self.go.setEnabled(True)
        self._session.tasks.tell_error(error)


def write_draft(office: Office, plan: Any, document: WordDocument) -> Begun:
    """Write a document as a draft of a plan; runs beside the window."""
    version_id = take_document(office, plan.id, document)
    return Begun(version_id, Changes(frozenset({"plans"}), frozenset({plan.unit_id})))
