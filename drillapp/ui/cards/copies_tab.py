"""The copies of a card as a dated line: who has which version since when, and what became of it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.cards.copy_lists import CopyRow, copies_of
from drillapp.core.i18n import _
from drillapp.ui.cards.copy_dialogs import IssueDialog, Offer, offers, print_signature_sheet
from drillapp.ui.parts import tones
from drillapp.ui.parts.detail import DetailTab
from drillapp.ui.parts.mark import Mark
from drillapp.ui.parts.words import button, card, label, row, scrolled
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID


class CopiesTab(DetailTab):
    """Shows the copies, the newest first, each with what can be done with it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._card: Any | None = None
        self.issue = button(_("Issue …"), icon="add", parent=self)
        self.issue.clicked.connect(self._on_issue)
        self.sheet = button(_("Signature sheet"), role="ghost", icon="print", parent=self)
        self.sheet.clicked.connect(self._on_sheet)
        self._area = scrolled(None, self, sideways=False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GRID, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(row(self.issue, self.sheet, 1))
        layout.addWidget(self._area, 1)

    def show_row(self, row: Any) -> None:
        self._card = row
        retired = getattr(row, "state", None) == "retired"  # what is listed as stale is in use
        self.issue.setEnabled(not self._session.is_read_only and not retired)
        self._session.tasks.run_read(
            lambda office, _progress: copies_of(office, row.id),
            self._on_copies,
            owner=self,
            replaces="copies",
        )

    def _on_issue(self) -> None:
        if self._card is not None:
            _open(IssueDialog(self._session, [self._card.id], self))

    def _on_sheet(self) -> None:
        if self._card is not None:
            print_signature_sheet(self._session, [self._card.id], self)

    def _on_copies(self, copies: list[CopyRow]) -> None:
        self.sheet.setEnabled(any(copy.state == "issued" for copy in copies))
        content = QWidget()
        content.setProperty("ground", "surface")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, GRID, GRID)
        layout.setSpacing(GRID)
        if not copies:
            layout.addWidget(
                label(_("Nobody has a copy of this card yet."), "muted", wraps=True, parent=content)
            )
        for copy in copies:
            layout.addWidget(self._copy(copy, content))
        layout.addStretch(1)
        self._area.setWidget(content)

    def _copy(self, copy: CopyRow, parent: QWidget) -> QFrame:
        frame, layout = card(parent, GRID + 4)
        layout.setSpacing(4)
        name = label(copy.person or _("No name"), "strong", parent=frame)
        name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        mark = Mark(frame, enumerations.label("copy_state", copy.state), tones.tone(tones.COPIES, copy.state))
        layout.addLayout(row(name, 1, mark))
        layout.addWidget(label(_versions(copy), "small", wraps=True, parent=frame))
        layout.addWidget(label(_days(copy), "small", wraps=True, parent=frame))
        if not self._session.is_read_only and (possible := offers(copy)):
            links = [self._offer(offer, copy, frame) for offer in possible]
            layout.addLayout(row(*links, 1))
        return frame

    def _offer(self, offer: Offer, copy: CopyRow, parent: QWidget) -> QWidget:
        made = button(offer.label, role="link", parent=parent)
        made.clicked.connect(lambda: _open(offer.make(self._session, [copy.id], self)))
        return made


def _open(dialog: Any) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def _versions(copy: CopyRow) -> str:
    if copy.version < copy.newest:
        words = _("Version {version}; the card is at version {newest}")
        return words.format(version=copy.version, newest=copy.newest)
    return _("Version {version}, the newest").format(version=copy.version)


def _days(copy: CopyRow) -> str:
    """What happened to the copy, in the order of time."""
    said = [_("issued {day}").format(day=copy.issued_on)]
    if copy.acknowledged_on is not None:
        said.append(_("signed {day}").format(day=copy.acknowledged_on))
    if copy.ended_on is not None:
        ended = enumerations.label("copy_state", copy.state)
        said.append(f"{ended} {copy.ended_on}")
    return "  →  ".join(said)
