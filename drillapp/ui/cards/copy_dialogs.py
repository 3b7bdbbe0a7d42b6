"""What happens to copies of cards: issued, signed for, taken back; one at a time or many at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtWidgets import QCheckBox, QRadioButton, QWidget

from drillapp.core import enumerations
from drillapp.core.cards.copies import acknowledge, end_copies, issue_copies
from drillapp.core.cards.copy_lists import COPIES
from drillapp.core.changes import Changes
from drillapp.core.errors import DrillappError
from drillapp.core.i18n import _
from drillapp.core.listing import Condition, View, keys
from drillapp.core.office import Office
from drillapp.core.progress import Progress
from drillapp.ui.errors import lines_of
from drillapp.ui.parts.beside import required_value
from drillapp.ui.parts.date_field import DateField
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.parts.printing import preview
from drillapp.ui.parts.reference_field import ReferenceField
from drillapp.ui.parts.words import label, restyle
from drillapp.ui.session import Session

_NAMED = 6
"""So many refused cards are named."""


class CopyDialog(Dialog):
    """Asks for a day, does it in one transaction, and says beside the day what is wrong."""

    def __init__(self, session: Session, title: str, explanation: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.session = session
        self.body.addWidget(label(title, "heading", wraps=True, parent=self))
        self.body.addWidget(label(explanation, "muted", wraps=True, parent=self))
        self.day = DateField(self)
        self.day.set_value(session.as_of)
        self.problem = label("", "problem", wraps=True, parent=self)
        self.problem.hide()

    def ask_day(self, words: str) -> None:
        """Put the day below what was asked so far, and the buttons below it."""
        head = label(words, "label", parent=self)
        head.setBuddy(self.day)
        self.day.line.setAccessibleName(words)
        self.body.addWidget(head)
        self.body.addWidget(self.day)
        self.body.addWidget(self.problem)
        self.add_closing(_("Cancel"))

    def work(self) -> Callable[[Office, date], Changes]:
        """What is to be done on the day; read from the dialog before it begins."""
        raise NotImplementedError

    def done_words(self) -> str:
        """What the status bar says afterwards."""
        raise NotImplementedError

    def accept(self) -> None:
        """Do it; the dialog closes when that has worked."""
        try:
            day = required_value(self.day)
        except ValueError as error:
            self.tell(str(error))
            return
        self.tell("")
        work = self.work()
        self.session.tasks.run_write(
            lambda office, _progress: work(office, day),
            self._on_done,
            owner=self,
            failed=self._on_failed,
            title=self.windowTitle(),
        )

    def tell(self, words: str) -> None:
        """Say what is wrong."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        restyle(self.day.line, "wrong", "true" if words else "false")

    def _on_done(self, _changes: Changes) -> None:
        self.session.said.emit(self.done_words())
        super().accept()

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, DrillappError):
            self.session.tasks.tell_error(error)
            return
        self.tell(lines_of(error, _NAMED))


class IssueDialog(CopyDialog):
    """Hands out copies of cards, each to whose card it is, or one to somebody else."""

    def __init__(self, session: Session, card_ids: Sequence[int], parent: QWidget | None = None) -> None:
        count = len(card_ids)
        title = _("Issue a card") if count == 1 else _("Issue {count} cards").format(count=count)
        words = _("Each is handed to its holder; what they have of the same card in hand is replaced by it.")
        super().__init__(session, title, words, parent)
        self._card_ids = list(card_ids)
        self.person = ReferenceField(session, "people", self)
        self.person.line.setPlaceholderText(_("The holder on the card"))
        if count == 1:
            head = label(_("Handed to"), "label", parent=self)
            head.setBuddy(self.person)
            self.person.line.setAccessibleName(_("Handed to"))
            self.body.addWidget(head)
            self.body.addWidget(self.person)
        else:
            self.person.hide()
        self.ask_day(_("Issued on"))
        self.sheet = QCheckBox(_("Then print the signature sheet"), self)
        self.sheet.setChecked(True)
        self.body.addWidget(self.sheet)
        self.add_closing(_("Issue"), accepts=True)

    def work(self) -> Callable[[Office, date], Changes]:
        cards, person = self._card_ids, self.person.value()
        return lambda office, day: issue_copies(office, cards, day=day, person=person)

    def done_words(self) -> str:
        return _("Issued: {count} cards").format(count=len(self._card_ids))

    def _on_done(self, changes: Changes) -> None:
        if self.sheet.isChecked():
            print_signature_sheet(self.session, self._card_ids, self.parentWidget() or self)
        super()._on_done(changes)


class SignDialog(CopyDialog):
    """Notes that people have signed for their copies."""

    def __init__(self, session: Session, copy_ids: Sequence[int], parent: QWidget | None = None) -> None:
        count = len(copy_ids)
        title = _("Signed for") if count == 1 else _("{count} copies signed for").format(count=count)
        super().__init__(session, title, _("The day that stands beside the signature."), parent)
        self._copy_ids = list(copy_ids)
        self.ask_day(_("Acknowledged on"))
        self.add_closing(_("Note it"), accepts=True)

    def work(self) -> Callable[[Office, date], Changes]:
        copies = self._copy_ids
        return lambda office, day: acknowledge(office, copies, day=day)

    def done_words(self) -> str:
        return _("Signed for: {count} copies").format(count=len(self._copy_ids))


class EndDialog(CopyDialog):
    """Notes that copies are in nobody's hand any more, and how that came."""

    def __init__(
        self, session: Session, copy_ids: Sequence[int], parent: QWidget | None = None, how: str = "recalled"
    ) -> None:
        count = len(copy_ids)
        title = _("Take back a copy") if count == 1 else _("Take back {count} copies").format(count=count)
        words = _("They stay in the card's history; nobody counts on them any more.")
        super().__init__(session, title, words, parent)
        self._copy_ids = list(copy_ids)
        self.body.addWidget(label(_("What happened"), "label", parent=self))
        self.how: dict[str, QRadioButton] = {}
        for code, said in _ways().items():
            self.how[code] = QRadioButton(said, self)
            self.how[code].setChecked(code == how)
            self.body.addWidget(self.how[code])
        self.ask_day(_("On which day"))
        self.add_closing(_("Note it"), accepts=True)

    def work(self) -> Callable[[Office, date], Changes]:
        copies, how = self._copy_ids, next(code for code, made in self.how.items() if made.isChecked())
        return lambda office, day: end_copies(office, copies, how, day=day)

    def done_words(self) -> str:
        return _("Taken back: {count} copies").format(count=len(self._copy_ids))


class Offer(NamedTuple):
    """What can be done with one copy now."""

    label: str
    """Already in the language of now."""
    make: Callable[[Session, Sequence[int], QWidget], CopyDialog]


def offers(copy: Any) -> list[Offer]:
    """What can be done with a copy (a row of the list): nothing once it has ended."""
    if copy.state not in ("issued", "acknowledged"):
        return []
    sign = [Offer(_("Signed for …"), SignDialog)] if copy.state == "issued" else []
    return [*sign, Offer(_("Taken back …"), EndDialog)]


def print_signature_sheet(session: Session, card_ids: Sequence[int], parent: QWidget) -> None:
    """Show the sheet for the copies of these cards that nobody has signed for yet."""

    def write(office: Office, path: Path, progress: Progress) -> Sequence[str]:
        from drillapp.core.reports.signature_sheet import render_signature_sheet  # brings the report kit

        unsigned = View(
            choices={"state": ("issued",)}, conditions=(Condition("card_id", "in", list(card_ids)),)
        )
        return render_signature_sheet(office, keys(office, COPIES, unsigned), path, progress).missing

    preview(session, write, _("Signature sheet for disposal cards"), parent)


def _ways() -> dict[str, str]:
    words = {
        "recalled": _("It was handed in"),
        "lost": _("It was lost"),
        "replaced": _("A newer copy took its place"),
        "expired": _("Its date has passed"),
    }
    return {code: words[code] for code in words if code in enumerations.codes("copy_end")}
