"""The documents of a drill: how far each is, and what can be done with it next."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from drillapp.core.changes import Changes
from drillapp.core.drills.papers.commands import discard_paper, draft_paper, withdraw_approval
from drillapp.core.drills.papers.stored import PaperState, paper_of, papers_of
from drillapp.core.enumerations import label as word
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.ui.drills.papers.action import SHEETS
from drillapp.ui.drills.papers.approving import ApproveDialog
from drillapp.ui.drills.papers.paper_line import PaperLine
from drillapp.ui.drills.papers.redraft_dialog import RedraftDialog
from drillapp.ui.drills.papers.writing_dialog import PaperDialog
from drillapp.ui.parts.dialog import Dialog, confirm
from drillapp.ui.parts.printing import preview_report
from drillapp.ui.parts.words import label, line, scrolled
from drillapp.ui.plans.exporting import save_word
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID


class PapersDialog(Dialog):
    """Follows what is written here and elsewhere."""

    def __init__(self, session: Session, row: Any, parent: QWidget | None = None) -> None:
        super().__init__(_("Papers of a drill"), parent, width=820)
        self._session = session
        self._row = row
        self.lines: dict[str, PaperLine] = {}
        self.body.addWidget(
            label(_("Papers: {title}").format(title=row.title), "heading", wraps=True, parent=self)
        )
        where = " · ".join((row.number, row.unit_name, row.planned_on.isoformat()))
        self.body.addWidget(label(where, "muted", parent=self))
        explained = _(
            "A document is drafted from its template and the record of the drill. What the record does not say yet "
            "stands there as a gap to be filled in."
        )
        self.body.addWidget(label(explained, "small", wraps=True, parent=self))
        self._area = scrolled(None, self, sideways=False)
        self.body.addWidget(self._area, 1)
        self.sheets = self.add_action(_("Other papers …"), self._on_sheets)
        self.whole = self.add_action(_("Whole file …"), self._on_whole)
        self.add_closing(_("Close")).setAutoDefault(False)
        self.resize(940, 610)
        session.changed.connect(self._on_changed)
        self._load()

    def accept(self) -> None:
        """Nothing here is accepted as a whole: Ctrl+Enter closes it as Esc does."""
        self.reject()

    def _load(self) -> None:
        drill = self._row.id
        self._session.tasks.run_read(
            lambda office, _progress: papers_of(office, drill), self._show, owner=self, replaces="papers"
        )

    def _on_changed(self, changes: Changes) -> None:
        if {"drill_papers", "drills"} & changes.kinds:
            self._load()

    def _show(self, states: list[PaperState]) -> None:
        content = QWidget()
        content.setProperty("ground", "surface")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, GRID, 0)
        layout.setSpacing(0)
        self.lines = {}
        for state in states:
            made = PaperLine(state, content, may_write=not self._session.is_read_only)
            for name, button in made.buttons.items():
                button.clicked.connect(partial(self._do, name, state))
            self.lines[state.kind] = made
            layout.addWidget(made)
            layout.addWidget(line(content))
        layout.addStretch(1)
        self._area.setWidget(content)

    def _do(self, name: str, state: PaperState, _checked: bool = False) -> None:
        steps = {
            "draft": self._draft, "edit": self._edit, "redraft": self._redraft, "approve": self._approve,
            "withdraw": self._withdraw, "discard": self._discard, "print": self._print, "word": self._word,
        }  # fmt: skip
        steps[name](state)

    def _draft(self, state: PaperState) -> None:
        drill, kind = self._row.id, state.kind
        self._session.tasks.run_write(
            lambda office, _progress: draft_paper(office, drill, kind),
            lambda _saved: self._edit(state),
            owner=self,
        )

    def _edit(self, state: PaperState) -> None:
        dialog = PaperDialog(self._session, self._row.id, state.kind, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.begin()

    def _redraft(self, state: PaperState) -> None:
        _open(RedraftDialog(self._session, self._row.id, state, self))

    def _approve(self, state: PaperState) -> None:
        _open(ApproveDialog(self._session, self._row.id, state, self))

    def _withdraw(self, state: PaperState) -> None:
        title = _("Take the approval back?")
        words = _("The {paper} can be changed then, and must be approved again.").format(
            paper=word("drill_paper", state.kind)
        )
        if confirm(title, words, _("Take it back"), parent=self):
            drill = self._row.id
            self._session.tasks.run_write(
                lambda office, _progress: withdraw_approval(office, drill, state.kind, state.revision),
                lambda _saved: None,
                owner=self,
            )

    def _discard(self, state: PaperState) -> None:
        title = _("Throw the draft away?")
        words = _("What was written in the {paper} is lost.").format(paper=word("drill_paper", state.kind))
        if confirm(title, words, _("Throw it away"), danger=True, parent=self):
            drill = self._row.id
            self._session.tasks.run_write(
                lambda office, _progress: discard_paper(office, drill, state.kind, state.revision),
                lambda _changes: None,
                owner=self,
            )

    def _print(self, state: PaperState) -> None:
        self._preview(f"drill_{state.kind}", word("drill_paper", state.kind))

    def _word(self, state: PaperState) -> None:
        drill, kind = self._row.id, state.kind
        title = f"{self._row.title} {word('drill_paper', kind)}"

        def write(office: Office, path: Any) -> tuple[str, ...]:
            from drillapp.core.drills.papers.word import write_paper

            return write_paper(paper_of(office, drill, kind), path)

        save_word(self._session, title, write, self)

    def _on_whole(self) -> None:
        self._preview("drill_file", _("Whole file of a drill"))

    def _on_sheets(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for sheet in SHEETS[1:]:
            menu.addAction(_(sheet.label), partial(self._preview, sheet.name, _(sheet.label)))
        menu.popup(self.sheets.mapToGlobal(self.sheets.rect().topLeft()))

    def _preview(self, report: str, words: str) -> None:
        preview_report(self._session, report, f"{self._row.title} {words}", self, number=self._row.number)


def _open(dialog: Dialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
