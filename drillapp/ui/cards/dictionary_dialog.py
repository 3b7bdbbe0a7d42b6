"""The dictionary of key posts by sector, as the office has it: a group at the left, its posts at the right."""

from __future__ import annotations

import re

import msgspec
from PySide6.QtWidgets import QListWidget, QPlainTextEdit, QVBoxLayout, QWidget

from drillapp.core.cards.posts import KeyPost, PostGroup, post_groups, save_post_groups
from drillapp.core.errors import DrillappError
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.ui.parts.dialog import Dialog, confirm
from drillapp.ui.parts.words import label, row
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

_ALSO = re.compile("[/／]")
_TOLD = " / "


class DictionaryDialog(Dialog):
    """One post a line; what else it is called behind strokes. Which cards a post needs stays with its name."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Dictionary of key posts"), parent, width=720)
        self._session = session
        self._groups: list[PostGroup] = []
        self._place = -1
        self.list = QListWidget(self)
        self.list.setAccessibleName(_("Sectors"))
        self.list.setFixedWidth(280)
        self.list.currentRowChanged.connect(self._on_group)
        self.posts = QPlainTextEdit(self)
        self.posts.setAccessibleName(_("Key posts, one a line"))
        self.posts.setTabChangesFocus(True)
        self.concerns = label("", "small", wraps=True, parent=self)
        self.problem = label("", "problem", wraps=True, parent=self)
        right = QVBoxLayout()
        right.setSpacing(GRID // 2)
        right.addWidget(self.posts, 1)
        right.addWidget(
            label(_("One post a line; other names of it behind a stroke: cook / chef"), "small", parent=self)
        )
        right.addWidget(self.concerns)
        right.addWidget(self.problem)
        self.body.addWidget(label(_("Dictionary of key posts"), "heading", parent=self))
        sides = row(self.list, spacing=2 * GRID)
        sides.addLayout(right, 1)
        self.body.addLayout(sides, 1)
        self.restore = self.add_action(_("As it came with the program"), self._on_restore, role="ghost")
        self.add_closing(_("Cancel"))
        self.go = self.add_closing(_("Save"), accepts=True)
        for control in (self.go, self.restore):
            control.setEnabled(not session.is_read_only)
        self.posts.setReadOnly(session.is_read_only)
        self.resize(760, 560)
        session.tasks.run_read(lambda office, _progress: post_groups(office), self._on_groups, owner=self)

    def accept(self) -> None:
        """Keep the office's own dictionary; the dialog closes when that has worked."""
        self._take_over()
        self._save(tuple(self._groups))

    def _save(self, groups: tuple[PostGroup, ...] | None) -> None:
        self._session.tasks.run_write(
            lambda office, _progress: _saved(office, groups),
            self._on_saved,
            owner=self,
            failed=self._on_failed,
        )

    def _on_groups(self, groups: tuple[PostGroup, ...]) -> None:
        self._groups = list(groups)
        self.list.addItems([group.label for group in groups])
        self.list.setCurrentRow(0)

    def _on_group(self, place: int) -> None:
        self._take_over()
        self._place = place
        group = self._groups[place]
        lines = [_TOLD.join((post.name, *post.also)) for post in group.posts]
        self.posts.setPlainText("\n".join(lines))
        names = "、".join(group.names)
        self.concerns.setText(_("For units with these words in their names: {words}").format(words=names))
        self.concerns.setVisible(bool(names))

    def _take_over(self) -> None:
        """Keep what is written about the group in front."""
        if self._place >= 0:
            group = self._groups[self._place]
            posts = read_posts(self.posts.toPlainText(), group.posts)
            self._groups[self._place] = msgspec.structs.replace(group, posts=posts)

    def _on_restore(self) -> None:
        sentence = _("The office's own changes to the dictionary would be lost.")
        if confirm(
            _("Back to the dictionary of the program?"), sentence, _("Go back"), danger=True, parent=self
        ):
            self._save(None)

    def _on_saved(self, _done: bool) -> None:
        self._session.said.emit(_("Saved"))
        super().accept()

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, DrillappError):
            self.problem.setText(error.message)
        else:
            self._session.tasks.tell_error(error)


def read_posts(text: str, known: tuple[KeyPost, ...]) -> tuple[KeyPost, ...]:
    """The posts of a group as they are written, each with what is known of the one of that name."""
    by_name = {post.name: post for post in known}
    found = []
    for line in text.splitlines():
        name, *also = [part.strip() for part in _ALSO.split(line)]
        if name:
            post = by_name.get(name, KeyPost(name))
            found.append(msgspec.structs.replace(post, also=tuple(part for part in also if part)))
    return tuple(found)


def _saved(office: Office, groups: tuple[PostGroup, ...] | None) -> bool:
    save_post_groups(office, groups)
    return True
