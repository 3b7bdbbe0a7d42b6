"""The documents of a version: dropped here or chosen, opened, taken away from a draft."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.attachments.store import MOST_MEGABYTES
from drillapp.core.changes import Changes
from drillapp.core.errors import Unavailable
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans.papers import NewPaper, Paper, add_papers, papers_of, remove_paper
from drillapp.core.plans.versions import VersionRow
from drillapp.core.progress import Progress
from drillapp.ui.parts.dropped import dropped_files, welcome_files
from drillapp.ui.parts.editors import ChoiceEditor
from drillapp.ui.parts.opening import open_kept, save_kept
from drillapp.ui.parts.words import button, icon_button, label, line, row, scrolled
from drillapp.ui.plans.shown_version import ShownVersion
from drillapp.ui.plans.version_tab import VersionTab
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID


class _Added(NamedTuple):
    files: int
    changes: Changes


class PapersTab(VersionTab):
    """A line a document."""

    def __init__(self, session: Session, shown: ShownVersion, parent: QWidget | None = None) -> None:
        super().__init__(session, shown, parent)
        self.lines: list[PaperLine] = []
        self.setAcceptDrops(True)
        self.kind = ChoiceEditor("plan_paper", self, required=True)
        self.kind.setAccessibleName(_("Kind of document"))
        self.kind.set_value("annex")
        self.add = button(_("Add …"), icon="add", parent=self)
        self.add.clicked.connect(self._on_add)
        self._controls = QWidget(self)
        controls = row(label(_("Drop files here, as"), "small", parent=self), self.kind, self.add, 1)
        controls.setContentsMargins(0, 0, 0, 0)
        self._controls.setLayout(controls)
        self.body.addWidget(self._controls)
        self._area = scrolled(None, self, sideways=False)
        self.body.addWidget(self._area, 1)

    def ask(self, office: Office, plan: Any, version: VersionRow) -> list[Paper]:
        return papers_of(office, version.id)

    def show_version(self, version: VersionRow, data: list[Paper]) -> None:
        self._controls.setVisible(not self.session.is_read_only)
        content = QWidget()
        content.setProperty("ground", "surface")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, GRID, 0)
        layout.setSpacing(0)
        self.lines = [PaperLine(paper, content, may_remove=self.is_draft) for paper in data]
        for made in self.lines:
            made.open.clicked.connect(
                lambda _checked=False, paper=made.paper: open_kept(
                    self.session, paper.name, paper.digest, self
                )
            )
            made.keep.clicked.connect(
                lambda _checked=False, paper=made.paper: save_kept(
                    self.session, paper.name, paper.digest, self
                )
            )
            made.remove.clicked.connect(lambda _checked=False, paper=made.paper: self._on_remove(paper))
            layout.addWidget(made)
            layout.addWidget(line(content))
        if not data:
            layout.addWidget(label(_("No documents yet"), "muted", parent=content))
        layout.addStretch(1)
        self._area.setWidget(content)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not self.session.is_read_only:
            welcome_files(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.add_files(dropped_files(event))

    def add_files(self, paths: list[Path]) -> None:
        """Keep these files with the version."""
        version, plan, kind = self.version, self.plan, self.kind.value() or "annex"
        if version is None or not paths:
            return
        self.session.tasks.run_write(
            lambda office, progress: _add(office, plan, version.id, kind, paths, progress),
            self._on_added,
            owner=self,
            title=_("Adding documents"),
        )

    def _on_add(self) -> None:
        names, _filter = QFileDialog.getOpenFileNames(self, _("Add documents"))
        self.add_files([Path(name) for name in names])

    def _on_added(self, added: _Added) -> None:
        self.session.said.emit(_("{count} documents added").format(count=added.files))
        self.refresh()

    def _on_remove(self, paper: Paper) -> None:
        self.session.tasks.run_write(
            lambda office, _progress: remove_paper(office, paper.id),
            lambda _changes: self.refresh(),
            owner=self,
        )


class PaperLine(QWidget):
    """One document: its name, what it is, how large."""

    def __init__(self, paper: Paper, parent: QWidget | None = None, *, may_remove: bool) -> None:
        super().__init__(parent)
        self.paper = paper
        self.open = button(paper.name, role="link", parent=self)
        self.open.setAccessibleName(_("Open {name}").format(name=paper.name))
        self.keep = icon_button("save", _("Save {name} as …").format(name=paper.name), parent=self)
        self.remove = icon_button("close", _("Take {name} away").format(name=paper.name), parent=self)
        self.remove.setVisible(may_remove)
        kind = enumerations.label("plan_paper", paper.kind)
        below = label(f"{kind} · {_size(paper.size)}", "small", parent=self)
        below.setContentsMargins(6, 0, 0, 0)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        words.addWidget(below)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, GRID // 2, 0, GRID // 2)
        layout.addLayout(words, 1)
        layout.addWidget(self.keep)
        layout.addWidget(self.remove)


def _add(
    office: Office, plan: Any, version_id: int, kind: str, paths: list[Path], progress: Progress
) -> _Added:
    add_papers(office, version_id, kind, _papers(paths, progress))
    return _Added(len(paths), Changes(frozenset({"plans"}), frozenset({plan.unit_id})))


def _papers(paths: list[Path], progress: Progress) -> Iterator[NewPaper]:
    for done, path in enumerate(paths):
        progress.step(done, len(paths), path.name)
        media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        yield NewPaper(path.name, _content(path), media_type)


def _content(path: Path) -> bytes:
    """A file's bytes; of one that is too large only so many that this is seen."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_MEGABYTES * 1024 * 1024 + 1)
    except OSError as error:
        raise Unavailable(
            _("'{file}' cannot be read.").format(file=path.name), _("Is it a file, and open nowhere else?")
        ) from error


def _size(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(1, round(size / 1024))} KB"
