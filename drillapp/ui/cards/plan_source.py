"""What a card is written from: a plan, and perhaps a section of it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from drillapp.core.cards.review import SourceSection, sections_to_write_from
from drillapp.core.cards.source import Source
from drillapp.core.i18n import _
from drillapp.ui.parts.reference_field import ReferenceField
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

_TYPING_MS = 300
_INDENT = "    "
_LONGEST = 90


class PlanSource(QWidget):
    """An editor of a form (parts.editors): its value is the plan's number; the section is asked for apart."""

    edited = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._row: Any | None = None
        self._version: int | None = None
        self._is_chosen = False
        self._reference = ReferenceField(session, "plans", self)
        self._reference.edited.connect(self._on_plan)
        self.line = self._reference.line
        self.section = QComboBox(self)
        self.section.setAccessibleName(_("Section of the plan"))
        self.section.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.section.setMinimumContentsLength(20)
        self.section.activated.connect(self._on_chosen)
        self.section.hide()
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._ask)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addWidget(self._reference)
        layout.addWidget(self.section)
        self.setFocusProxy(self._reference)

    def value(self) -> str | None:
        """The number of the plan."""
        return self._reference.value()

    def set_value(self, value: Any) -> None:
        """Refer to the plan with this number."""
        self._reference.set_value(value)
        self._is_chosen = False
        self._ask()

    def show_source(self, card: Any) -> None:
        """Show what a card (a row of the list) was written from."""
        self._row = card
        self._ask()

    @property
    def chosen(self) -> Source | None:
        """The version and section that the person chose; None when what the card says of it is to stay."""
        if not self._is_chosen or self._version is None or self.value() is None:
            return None
        return Source(self._version, self.section.currentData())

    def _on_plan(self) -> None:
        self._is_chosen = False
        self._typing.start()
        self.edited.emit()

    def _on_chosen(self, _index: int) -> None:
        self._is_chosen = self.section.currentData(Qt.ItemDataRole.UserRole + 1) is None
        self.edited.emit()

    def _ask(self) -> None:
        number = self.value()
        if not number:
            self.section.hide()
            return
        self._session.tasks.run_read(
            lambda office, _progress: sections_to_write_from(office, number),
            self._on_sections,
            owner=self,
            replaces="sections",
        )

    def _on_sections(self, sections: list[SourceSection]) -> None:
        chosen = self.section.currentData() if self._is_chosen else None
        self.section.clear()
        self.section.setVisible(bool(sections))
        self._version = sections[0].version_id if sections else None
        self.section.addItem(_("The whole plan"), None)
        for one in sections:
            self.section.addItem(_INDENT * (one.level - 1) + one.name[:_LONGEST], one.id)
        self._show_kept(sections)
        if chosen is not None:
            self.section.setCurrentIndex(max(self.section.findData(chosen), 0))

    def _show_kept(self, sections: list[SourceSection]) -> None:
        """Put the cursor on what the card was written from, also where that was an earlier version."""
        card = self._row
        if card is None or card.plan_number != self.value() or card.plan_version_id is None:
            return
        place = self.section.findData(card.section_id) if card.section_id is not None else 0
        if card.plan_version_id != self._version or place < 0:
            words = _("As before: {section} (version {version})").format(
                section=card.section or _("The whole plan"), version=card.plan_version or "?"
            )
            self.section.insertItem(0, words, card.section_id)
            self.section.setItemData(0, "kept", Qt.ItemDataRole.UserRole + 1)
            place = 0
        self.section.setCurrentIndex(place)
