"""Key posts that a unit of its kind usually has and this one lacks: ticked, and added in one go."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from drillapp.core.cards.posts import SuggestedPost, suggested_posts
from drillapp.core.cards.templates import templates
from drillapp.core.i18n import _
from drillapp.core.listing import Condition, View, first_rows
from drillapp.core.office import Office
from drillapp.core.saving import Saved
from drillapp.core.units.commands import save_posts
from drillapp.core.units.entries import PostEntry
from drillapp.core.units.queries import UNITS
from drillapp.ui.cards.dictionary_dialog import DictionaryDialog
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.unit_picker import UnitField
from drillapp.ui.parts.words import label, scrolled
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID


class SuggestionsDialog(Dialog):
    """Asks for the unit, shows what the dictionary suggests for it."""

    def __init__(self, session: Session, unit_code: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Suggested key posts"), parent, width=620)
        self._session = session
        self._code = ""
        self.boxes: dict[str, QCheckBox] = {}
        """Of each post suggested, by its name."""
        self.body.addWidget(label(_("Suggested key posts"), "heading", parent=self))
        words = _("Posts that units of this kind, sector and name usually have, and this one has not yet.")
        self.body.addWidget(label(words, "muted", wraps=True, parent=self))
        self.unit = UnitField(session, self)
        self.unit.line.setAccessibleName(_("Unit"))
        self.unit.set_value(unit_code or None)
        self.unit.edited.connect(self._ask)
        self.body.addWidget(self.unit)
        self._area = scrolled(None, self, sideways=False)
        self.body.addWidget(self._area, 1)
        self.add_action(_("Dictionary …"), self._on_dictionary, role="ghost")
        self.add_closing(_("Cancel"))
        self.go = self.add_closing(_("Add as key posts"), accepts=True)
        self.go.setEnabled(False)
        self.resize(620, 560)
        self._ask()

    def accept(self) -> None:
        """Add the ticked posts; the dialog closes when that has worked."""
        code, names = self._code, [name for name, box in self.boxes.items() if box.isChecked()]
        if not names:
            return
        entries = [PostEntry(unit_code=code, name=name, key_post=True) for name in names]
        self._session.tasks.run_write(
            lambda office, _progress: save_posts(office, entries),
            self._on_saved,
            owner=self,
            title=_("Saving"),
        )

    def _ask(self) -> None:
        code = self.unit.value() or ""
        self._session.tasks.run_read(
            lambda office, _progress: _suggested(office, code),
            self._on_suggested,
            owner=self,
            replaces="suggested",
        )

    def _on_suggested(self, found: tuple[str, list[SuggestedPost]]) -> None:
        self._code, posts = found
        self.boxes = {}
        content = QWidget()
        content.setProperty("ground", "surface")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, GRID, GRID)
        layout.setSpacing(GRID)
        for title, of_group in groupby(posts, lambda post: post.group_label):
            layout.addWidget(label(title, "section", parent=content))
            for post in of_group:
                self.boxes[post.name] = box = QCheckBox(post.name, content)
                box.setChecked(True)
                box.toggled.connect(self._refresh)
                layout.addWidget(box)
                layout.addWidget(_cards(post, content))
        if not posts:
            layout.addWidget(label(self._nothing(), "muted", wraps=True, parent=content))
        layout.addStretch(1)
        self._area.setWidget(content)
        self._refresh()

    def _nothing(self) -> str:
        if not self._code:
            return _("Choose a unit to see what is suggested for it.")
        return _("The dictionary suggests nothing more for this unit.")

    def _refresh(self) -> None:
        count = sum(box.isChecked() for box in self.boxes.values())
        self.go.setEnabled(count > 0 and not self._session.is_read_only)
        self.go.setText(_("Add {count} key posts").format(count=count) if count else _("Add as key posts"))

    def _on_saved(self, saved: Saved) -> None:
        self._session.said.emit(_("Key posts added: {count}").format(count=saved.created + saved.updated))
        super().accept()

    def _on_dictionary(self) -> None:
        dialog = DictionaryDialog(self._session, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._ask)
        dialog.open()


def _suggested(office: Office, unit_code: str) -> tuple[str, list[SuggestedPost]]:
    """The unit's code, empty when there is no such unit, and what is suggested for it."""
    units: list[Any] = first_rows(office, UNITS, View(conditions=(Condition("code", "=", unit_code),)), 1)
    if not units:
        return "", []
    return unit_code, suggested_posts(office, units[0].id)


def _cards(post: SuggestedPost, parent: QWidget) -> QWidget:
    """Which cards the post usually needs."""
    known = templates()
    titles = "、".join(known[name].title for name in post.cards)
    words = label(
        _("Cards: {titles}").format(titles=titles) if titles else "", "small", wraps=True, parent=parent
    )
    words.setContentsMargins(3 * GRID, 0, 0, 0)
    words.setVisible(bool(titles))
    return words
