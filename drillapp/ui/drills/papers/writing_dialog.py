"""Writing a document section by section; Ctrl+S saves and stays."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from drillapp.core.changes import Changes
from drillapp.core.drills.papers.commands import save_paper
from drillapp.core.drills.papers.content import DEEPEST, PaperSection
from drillapp.core.drills.papers.stored import Paper, paper_of
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans.content import Section
from drillapp.ui.errors import words_of
from drillapp.ui.parts.dialog import Dialog, confirm
from drillapp.ui.parts.words import label
from drillapp.ui.plans.section_editor import NewPicture, SectionEditor
from drillapp.ui.session import Session


class _Written(NamedTuple):
    changes: Changes
    paper: Paper


class PaperDialog(Dialog):
    """The outline at the left, the section chosen at the right; gaps are named above its text."""

    def __init__(self, session: Session, drill: int, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Write a document"), parent, width=900)
        self._session = session
        self._drill = drill
        self._kind = kind
        self._revision = 0
        self._gaps: dict[str, list[str]] = {}
        self.is_touched = False
        self.heading = label("", "heading", wraps=True, parent=self)
        self.state = label("", "muted", wraps=True, parent=self)
        self.problem = label("", "problem", wraps=True, parent=self)
        self.problem.hide()
        for words in (self.heading, self.state, self.problem):
            self.body.addWidget(words)
        self.text = SectionEditor(self._hint, self, numbered=False)
        self.text.edited.connect(self._on_edited)
        self.body.addWidget(self.text, 1)
        self.add_closing(_("Close")).setAutoDefault(False)
        self.save = self.add_closing(_("Save"), accepts=True)
        self.save.setDefault(False)
        self.save.setAutoDefault(False)
        self.save.setToolTip("Ctrl+S")
        self.save.setEnabled(False)
        QShortcut(QKeySequence.StandardKey.Save, self, self.accept)
        self.resize(1060, 680)

    def begin(self) -> None:
        """Read the document and show it."""
        drill, kind = self._drill, self._kind
        self._session.tasks.run_read(
            lambda office, _progress: paper_of(office, drill, kind), self._show, owner=self
        )
        self.open()

    def accept(self) -> None:
        """Save; the dialog stays."""
        if not self.save.isEnabled():
            return
        sections = [_paper_section(section) for section in self.text.sections()]
        drill, kind, revision = self._drill, self._kind, self._revision
        pictures = list(self.text.new_pictures)
        self.save.setEnabled(False)
        self._session.tasks.run_write(
            lambda office, _progress: _write(office, drill, kind, revision, sections, pictures),
            lambda written: self._on_saved(written.paper),
            owner=self,
            failed=self._on_failed,
            title=_("Saving"),
        )

    def reject(self) -> None:
        """Leave, asking first when something was not saved."""
        title, sentence = _("Leave without saving?"), _("What you typed would be lost.")
        if not self.is_touched or confirm(title, sentence, _("Leave"), danger=True, parent=self):
            super().reject()

    def _show(self, paper: Paper, place: int = 0) -> None:
        self._revision = paper.revision
        self._gaps = {}
        for heading, gap in paper.gaps:
            self._gaps.setdefault(heading, []).append(gap)
        self.heading.setText(paper.name)
        count = len(paper.gaps)
        self.state.setText(_("{count} gaps to fill in").format(count=count) if count else _("No gaps"))
        sections = [Section(each.level, each.heading, "", each.blocks, each.key) for each in paper.sections]
        self.text.fill(tuple(sections), paper.pictures, place)
        self.is_touched = False
        self.save.setEnabled(False)

    def _hint(self, title: str) -> str:
        gaps = self._gaps.get(title, ())
        return _("Still to be filled in: {gaps}").format(gaps=" ".join(gaps)) if gaps else ""

    def _on_edited(self) -> None:
        self.is_touched = True
        self.save.setEnabled(True)
        self._tell("")

    def _on_saved(self, paper: Paper) -> None:
        self._session.said.emit(_("Saved"))
        self._show(paper, self.text.place)

    def _on_failed(self, error: BaseException) -> None:
        self.save.setEnabled(True)
        words = words_of(error)
        if words:
            self._tell(words)
        else:
            self._session.tasks.tell_error(error)

    def _tell(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))


def _write(
    office: Office,
    drill: int,
    kind: str,
    revision: int,
    sections: list[PaperSection],
    pictures: list[NewPicture],
) -> _Written:
    saved = save_paper(office, drill, kind, revision, sections, pictures)
    return _Written(saved.changes, paper_of(office, drill, kind))


def _paper_section(section: Section) -> PaperSection:
    return PaperSection(section.title, min(section.level, DEEPEST), section.blocks, section.lineage)
