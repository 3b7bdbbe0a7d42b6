"""The desk: a card is scanned or typed, and a large clear answer says whether it is still right, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.cards.copy_lists import CopyRow
from drillapp.core.cards.lookup import CardStanding, look_up
from drillapp.core.i18n import _
from drillapp.ui import icons
from drillapp.ui.cards.copy_dialogs import EndDialog
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.words import button, label, restyle, row
from drillapp.ui.session import Session, Target
from drillapp.ui.theme import GRID

_SCAN_MS = 250
"""A scanner types its lines quicker than that, one behind the other; Enter alone does not end them."""
_TONES = {"right": "green", "stale": "problem", "unknown": "problem"}
_ICONS = {"right": "met", "stale": "warning", "unknown": "search"}
_IN_HAND = ("issued", "acknowledged")


class ScanField(QPlainTextEdit):
    """One line to type into; takes the many lines of a QR code as one text, from a scanner or pasted."""

    scanned = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "scan")
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setPlaceholderText(_("Scan the QR code, or type the number: C-1, or C-1 V2 ABC123"))
        self.setAccessibleName(_("Card number or scanned text"))
        self._silence = QTimer(self, singleShot=True, interval=_SCAN_MS)
        self._silence.timeout.connect(self._on_silence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.insertPlainText("\n")
            self._silence.start()
            return
        super().keyPressEvent(event)
        if self._silence.isActive() or "\n" in self.toPlainText():
            self._silence.start()

    def _on_silence(self) -> None:
        text = self.toPlainText().strip("\n")
        self.verticalScrollBar().setValue(0)
        self.setPlainText(text.split("\n")[0])
        self.selectAll()  # the next scan takes its place
        if text.strip():
            self.scanned.emit(text)


class LookupDialog(Dialog):
    """Answers one card after the other until it is closed."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Is this card still right?"), parent, width=640)
        self._session = session
        self.standing: CardStanding | None = None
        self.field = ScanField(self)
        self.field.scanned.connect(self._on_scanned)
        ask = button(_("Look up"), role="primary", parent=self)
        ask.setAutoDefault(False)
        ask.clicked.connect(lambda: self._on_scanned(self.field.toPlainText()))
        self.body.addWidget(label(_("Is this card still right?"), "heading", parent=self))
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(self.field, 1)
        line.addWidget(ask)
        self.body.addLayout(line)
        self._build_answer()
        self.body.addWidget(self.answer, 1)
        self.open_card = self.add_action(_("Open the card"), self._on_open)
        self.take_back = self.add_action(_("Take this copy back …"), self._on_take_back)
        self.add_closing(_("Close"))
        session.changed.connect(self._on_changed)
        self._offer()
        self.resize(680, 440)
        self.field.setFocus()

    def accept(self) -> None:
        """Ctrl+Enter looks up as well; the dialog stays for the next card."""
        self._on_scanned(self.field.toPlainText())

    def _build_answer(self) -> None:
        self.answer = QFrame(self)
        self.answer.setProperty("ground", "answer")
        self._picture = QLabel(self.answer)
        self.verdict = label("", "title", wraps=True, parent=self.answer)
        self.subject = label("", wraps=True, parent=self.answer)
        self.why = label("", wraps=True, parent=self.answer)
        self.what_to_do = label("", "strong", wraps=True, parent=self.answer)
        self.hands = label(
            _("The answer stands here: right, no longer right, or unknown."),
            "muted",
            wraps=True,
            parent=self.answer,
        )
        for shown in (self.subject, self.why, self.hands):
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = QVBoxLayout(self.answer)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        head = row(self._picture, self.verdict, spacing=GRID + 4)
        head.setStretch(1, 1)
        layout.addLayout(head)
        for shown in (self.subject, self.why, self.what_to_do, self.hands):
            layout.addWidget(shown)
        layout.addStretch(1)

    def _on_scanned(self, text: str) -> None:
        if text.strip():
            self._session.tasks.run_read(
                lambda office, _progress: look_up(office, text),
                self._on_standing,
                owner=self,
                replaces="look_up",
            )

    def _on_standing(self, standing: CardStanding) -> None:
        self.standing = standing
        tone = _TONES[standing.verdict]
        restyle(self.answer, "tone", tone)
        self._picture.setPixmap(icons.pixmap(_ICONS[standing.verdict], tone, 40, self.devicePixelRatioF()))
        verdict = enumerations.label("card_verdict", standing.verdict)
        self.verdict.setText(verdict[:1].upper() + verdict[1:])
        self.subject.setText(_subject(standing))
        reasons = [enumerations.label("stale_reason", code) for code in standing.reasons]
        self.why.setText(_("Why: {reasons}").format(reasons=_(", ").join(reasons)) if reasons else "")
        self.what_to_do.setText(advice(standing))
        self.hands.setText(_hands(standing.copies))
        self.answer.setAccessibleName(f"{verdict} {self.why.text()} {self.what_to_do.text()}")
        self._offer()
        self.field.setFocus()

    def _offer(self) -> None:
        standing = self.standing
        self.open_card.setVisible(standing is not None and standing.card is not None)
        self.take_back.setVisible(self._copy_in_hand() is not None and not self._session.is_read_only)

    def _copy_in_hand(self) -> CopyRow | None:
        """The copy that lies on the desk, as far as that is certain: the only one of its version."""
        standing = self.standing
        if standing is None or standing.verdict != "stale":
            return None
        held = [copy for copy in standing.copies if copy.state in _IN_HAND]
        if standing.mark.version is not None:
            held = [copy for copy in held if copy.version == standing.mark.version]
        return held[0] if len(held) == 1 else None

    def _on_take_back(self) -> None:
        copy = self._copy_in_hand()
        if copy is not None:
            dialog = EndDialog(self._session, [copy.id], self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def _on_open(self) -> None:
        if self.standing is not None and self.standing.card is not None:
            self._session.go(Target("cards", "cards", self.standing.card.id))
            self.reject()

    def _on_changed(self, changes: Any) -> None:
        """A copy was taken back: tell how the card stands now."""
        if self.standing is not None and changes.touches("cards"):
            mark = self.standing.mark
            version = "" if mark.version is None else f"V{mark.version}"
            self._on_scanned(" ".join(part for part in (mark.number, version, mark.code) if part))


def advice(standing: CardStanding) -> str:
    """What the person at the desk does now."""
    if standing.verdict == "unknown":
        return _("No card has this number. Keep it here and ask who printed it; check what was typed.")
    if standing.verdict == "right":
        asked = standing.mark.code or standing.mark.version is not None
        return (
            _("Hand it back: it may be used.")
            if asked
            else _(
                "The card is right; compare the version {version} and check code {code} at its foot."
            ).format(version=standing.card.version if standing.card else "", code=standing.code)
        )
    return next((words for code, words in _advice().items() if code in standing.reasons), "")


def _advice() -> dict[str, str]:
    """For each reason what to do; the first that holds is said."""
    return {
        "wrong_code": _("Its words are not those kept here: keep it, and hand out a fresh copy."),
        "unknown_version": _("No such version was printed here: keep it, and hand out a fresh copy."),
        "card_retired": _("Keep it: this card is used no more."),
        "post_retired": _("Keep it: its post is there no more."),
        "taken_back": _("All copies were to be taken back: keep it."),
        "newer_version": _("Keep it, and hand out a copy of the newest version."),
        "expired": _("Keep it: check the card, give it a new date, and hand out a fresh copy."),
        "plan_retired": _("Keep it: write the card anew from the plan that holds now."),
        "section_superseded": _("Have it reviewed against the new plan before anybody acts on it."),
        "person_gone": _("Keep it: write in who is there now, and hand out a fresh copy."),
        "phone_changed": _("Keep it: write in the new phone, and hand out a fresh copy."),
    }


def _subject(standing: CardStanding) -> str:
    card = standing.card
    if card is None:
        return standing.mark.number
    words = (card.number, card.title, card.unit_name, card.post, card.person)
    version = _("version {version}").format(version=card.version)
    return " · ".join([part for part in words if part] + [version])


def _hands(copies: Sequence[CopyRow]) -> str:
    """In whose hands copies are."""
    held = [copy for copy in copies if copy.state in _IN_HAND]
    if not held:
        return _("No copy is in anybody's hand.") if copies else ""
    line = _("{person}: version {version}, since {day}")
    return "\n".join(
        line.format(person=copy.person or _("No name"), version=copy.version, day=copy.issued_on)
        for copy in held
    )
