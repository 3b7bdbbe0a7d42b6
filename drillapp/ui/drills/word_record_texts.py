"""The texts of a record from Word that belong to the drill's design, to be put right."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from drillapp.core.drills.word_record.draft import WordRecord
from drillapp.core.i18n import _
from drillapp.ui.parts.editors import LongTextEditor, TextEditor
from drillapp.ui.parts.words import label
from drillapp.ui.theme import GRID


class TextsTab(QWidget):
    """Organiser, scenario, safety, who took part and who kept the record."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.organiser, self.recorder = TextEditor(self), TextEditor(self)
        self.scenario, self.safety, self.parties = (LongTextEditor(self) for _place in range(3))
        self._warnings: dict[QWidget, QLabel] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GRID, 0, 0)
        layout.setSpacing(4)
        for editor, words in (
            (self.organiser, _("Organiser")), (self.scenario, _("Scenario")), (self.safety, _("Safety measures")),
            (self.parties, _("Taking part, a body each line")), (self.recorder, _("Recorded by")),
        ):  # fmt: skip
            head = label(words, "label", parent=self)
            warning = self._warnings[editor] = label("", "warning", wraps=True, parent=self)
            warning.hide()
            head.setBuddy(editor)
            editor.setAccessibleName(words)
            layout.addWidget(head)
            layout.addWidget(editor)
            layout.addWidget(warning)
        layout.addStretch(1)

    def fill(self, record: WordRecord) -> None:
        """Show what was understood."""
        for name in ("organiser", "scenario", "safety", "recorder"):
            getattr(self, name).set_value(getattr(record, name))
        self.parties.set_value("\n".join(record.parties))

    def tell(self, name: str, words: str) -> None:
        """Say something of a text below it."""
        warning = self._warnings[getattr(self, name)]
        warning.setText(words)
        warning.show()

    def told(self, name: str) -> str:
        """What is said below a text."""
        return self._warnings[getattr(self, name)].text()

    def value(self) -> dict[str, Any]:
        """The fields of a record as they stand here."""
        names = ("organiser", "scenario", "safety", "recorder")
        parties = (line.strip() for line in (self.parties.value() or "").split("\n"))
        return {name: getattr(self, name).value() or "" for name in names} | {
            "parties": tuple(filter(None, parties))
        }
