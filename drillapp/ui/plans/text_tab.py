"""A version's text: its outline at the left, what is written at the right, and a search within."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans.content import Section, text_of
from drillapp.core.plans.document import plan_document
from drillapp.core.plans.versions import VersionRow
from drillapp.ui import icons
from drillapp.ui.frame.shortcut import shortcut
from drillapp.ui.parts.placeholder import Placeholder
from drillapp.ui.parts.words import divided, label, row
from drillapp.ui.plans.outline_tree import OutlineTree
from drillapp.ui.plans.shown_version import ShownVersion
from drillapp.ui.plans.text_view import TextView
from drillapp.ui.plans.version_tab import VersionTab
from drillapp.ui.session import Session

_MOST_SHOWN = 30_000
"""Characters shown at once below a section that has others under it."""


class PlanText(NamedTuple):
    """The sections of a version with their pictures."""

    sections: tuple[Section, ...]
    pictures: dict[str, bytes]


class TextTab(VersionTab):
    """Reads; a draft is written in a dialog."""

    def __init__(self, session: Session, shown: ShownVersion, parent: QWidget | None = None) -> None:
        super().__init__(session, shown, parent)
        self.text = PlanText((), {})
        self.word = self.add_action(_("Word …"), "export", role="ghost")
        self.word.setToolTip(_("Save this version as a Word document"))
        self.word.clicked.connect(self._on_word)
        self.print = self.add_action(_("Print …"), "print", role="ghost")
        self.print.setToolTip(_("This version as a document, to print or save as PDF"))
        self.print.clicked.connect(self._on_print)
        self.write = self.add_action(_("Write …"), "edit")
        self.write.clicked.connect(self._on_write)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(_("Search in this text"))
        self.search.setAccessibleName(_("Search in this text"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icons.icon("search", "faint"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self.go_to_next)
        self.found = label("", "small", parent=self)
        self.outline = OutlineTree(self)
        self.outline.place_chosen.connect(self._show_section)
        self.view = TextView(_("Text of the plan"), self)
        self.parts = divided(self.outline, self.view, (190, 400), self)
        self.empty = Placeholder(self)
        self.empty.empty_text = _("Nothing is written yet")
        self.empty.empty_hint = _("Bring in the Word document with 'From Word …', or write it here.")
        self.empty.tell("empty")
        self.body.addLayout(row(self.search, self.found))
        self.body.addWidget(self.parts, 1)
        self.body.addWidget(self.empty, 1)
        shortcut("F3", self, self.go_to_next, Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def ask(self, office: Office, plan: Any, version: VersionRow) -> PlanText:
        found = plan_document(office, version.id)
        return PlanText(found.content.sections, found.pictures)

    def show_version(self, version: VersionRow, data: PlanText) -> None:
        is_same = data == self.text
        self.text = data
        is_empty = not data.sections
        for widget in (self.search, self.found, self.parts, self.word, self.print):
            widget.setVisible(not is_empty)
        self.empty.setVisible(is_empty)
        self.write.setVisible(self.is_draft or (is_empty and not self.session.is_read_only))
        wanted = self.shown.take_section(version.id)
        if not is_same:
            place = self.outline.current_place() or 0
            self.outline.fill(data.sections, wanted or (place if place < len(data.sections) else 0))
            self._show_section(self.outline.current_place() or 0)
            self._on_search(self.search.text())
        if wanted is not None:
            self.outline.choose(wanted)

    def go_to_next(self) -> None:
        """Go to the next place of the text searched for, in the sections after this one too."""
        words = self.search.text().strip()
        if not words or self.view.go_to_next(words):
            return
        here = self.outline.current_place() or 0
        places = sorted(self._places_of(words))
        after = [place for place in places if place >= _end(self.text.sections, here)] or places
        if after:
            self.outline.choose(after[0])
            self._show_section(after[0])
            self.view.go_to_next(words)

    def _show_section(self, place: int) -> None:
        self.view.show_sections(_with_below(self.text.sections, place), self.text.pictures)
        self.view.mark(self.search.text().strip())

    def _on_search(self, text: str) -> None:
        words = text.strip()
        places = self._places_of(words)
        self.outline.show_only(places if words else None)
        self.view.mark(words)
        count = _("in {count} sections").format(count=len(places)) if places else _("not found")
        self.found.setText(count if words else "")

    def _places_of(self, words: str) -> set[int]:
        wanted = words.casefold()
        return {
            place
            for place, section in enumerate(self.text.sections)
            if wanted and wanted in f"{section.title}\n{text_of(section.blocks)}".casefold()
        }

    def _on_word(self) -> None:
        from drillapp.ui.plans.exporting import save_as_word  # brings Word

        if self.version is not None:
            save_as_word(self.session, self.plan, self.version, self)

    def _on_print(self) -> None:
        from drillapp.ui.plans.exporting import preview_version  # brings the preview

        if self.version is not None:
            preview_version(self.session, self.plan, self.version, self)

    def _on_write(self) -> None:
        from drillapp.ui.plans.writing_dialog import open_writing  # brings the editors

        if self.version is not None:
            open_writing(self.session, self.plan, self.version, self, place=self.outline.current_place() or 0)


def _end(sections: tuple[Section, ...], place: int) -> int:
    """Behind the section at a place and all below it."""
    level = sections[place].level
    later = range(place + 1, len(sections))
    return next((other for other in later if sections[other].level <= level), len(sections))


def _with_below(sections: tuple[Section, ...], place: int) -> list[Section]:
    """A section with those below it, as far as they can be read at once."""
    if not sections:
        return []
    shown, room = [sections[place]], _MOST_SHOWN
    for section in sections[place + 1 : _end(sections, place)]:
        room -= len(text_of(section.blocks))
        if room < 0:
            break
        shown.append(section)
    return shown
