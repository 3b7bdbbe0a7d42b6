"""A stock document as it is written: kind, what concerns all of it, its lines; booked whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from drillapp.core import enumerations
from drillapp.core.errors import DrillappError, InvalidInput
from drillapp.core.i18n import _
from drillapp.core.listing import Condition, View, first_rows
from drillapp.core.numbering import next_document
from drillapp.core.office import Office
from drillapp.core.supplies.documents import BookedDocument, book_document
from drillapp.core.supplies.listings import STOREHOUSES
from drillapp.core.supplies.proposing import ItemThere, items_there
from drillapp.ui.errors import words_of
from drillapp.ui.parts.dialog import Dialog, confirm
from drillapp.ui.parts.words import button, label
from drillapp.ui.session import Session, Target
from drillapp.ui.supplies.ledger.document_entries import Written, entries_of, sort_out
from drillapp.ui.supplies.ledger.document_head import DocumentHead
from drillapp.ui.supplies.ledger.document_kinds import ANSWERS
from drillapp.ui.supplies.ledger.document_lines import DocumentLines
from drillapp.ui.supplies.ledger.fitting import WIDE, fit_window
from drillapp.ui.supplies.ledger.line_row import LineRow
from drillapp.ui.supplies.ledger.preview_panel import look_first
from drillapp.ui.supplies.ledger.slips import Booked
from drillapp.ui.theme import GRID

if TYPE_CHECKING:
    from drillapp.core.supplies.scanning import Scanned

_ASK_MS = 150
_SIZE = (1280, 700)
_ORDER = ("in", "out", "transfer", "send", "receive", "lend", "return", "scrap", "count")


class DocumentDialog(Dialog):
    """The kind is chosen above; what else is asked follows from it."""

    saved = Signal(object)
    """Saved (drillapp.core.saving)."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Book a document"), parent, width=WIDE)
        self._session = session
        self._written = Written([], [], [])
        self.kind = "in"
        self.is_touched = False
        self._is_wanted = False
        """Whether it is to be booked as soon as it is known what is there."""
        self.head = DocumentHead(session, self)
        self.lines = DocumentLines(session, self)
        self.problem = label("", "problem", wraps=True, parent=self)
        self.problem.hide()
        self.asking = QTimer(self, singleShot=True, interval=_ASK_MS)
        self.asking.timeout.connect(self.ask)
        self._lay_out()
        self.head.edited.connect(self._on_head)
        self.lines.edited.connect(self._on_lines)
        fit_window(self, *_SIZE)

    def begin_new(self, values: Mapping[str, Any]) -> None:
        """Start a document with likely values; those of an item, lot and quantity are its first line.

        The lot '' is that of the goods without a number; without a lot, what expires first is meant.
        """
        kind = str(values.get("kind") or "in")
        if kind in ANSWERS:
            self._go_to_open(kind)
            return
        self.choose_kind(kind)
        said = {name: value for name, value in values.items() if name != "document"}
        self.head.set_values({"occurred_on": self._session.today, **said})
        expires_on, lot = values.get("expires_on"), values.get("lot")
        if kind == "scrap" and isinstance(expires_on, date) and expires_on < self._session.today:
            self.head.set_values({"cause": "expired"})
        key = (lot or None, expires_on) if lot is not None or expires_on else None
        first = self.lines.add_line(values.get("item_code") or "", key, values.get("quantity"))
        self._choose_storehouse(values)
        self.is_touched = False
        self.ask()
        self.open()
        if not self.head.value("storehouse"):
            self.head.editor("storehouse").setFocus()
        else:
            first.focus("quantity" if first.code else "item_code")

    def choose_kind(self, kind: str) -> None:
        """Ask for what a kind needs."""
        self.kind = kind
        self._buttons[kind].setChecked(True)
        self.head.choose_kind(kind)
        self.lines.choose_kind(kind)
        self._tell("")
        self.asking.start()

    @property
    def scan_storehouse(self) -> str:
        """Where a code is that of several things, what lies in this storehouse is meant."""
        return self.head.value("storehouse") or ""

    def take_scan(self, scanned: Scanned) -> bool:
        """An item or lot is a line, once more of it one piece more; a storehouse is that of the document."""
        if scanned.kind in ("storehouses", "shelves"):
            if self.head.value("storehouse"):
                return False
            self.head.set_values({"storehouse": scanned.storehouse})
            self._on_head("storehouse")
            return True
        if scanned.kind not in ("items", "lots"):
            return False
        key = (scanned.lot, scanned.expires_on) if scanned.kind == "lots" else None
        line = self.lines.line_of(scanned.item_code, key)
        if line is None:
            line = self.lines.add_line(scanned.item_code, key, 1)
            line.item.say_name(scanned.item_name)
        else:
            line.count_up()
        self._on_lines()
        line.focus("quantity")
        return True

    def ask(self) -> None:
        """Look up what is there of each item, and the number of the next document."""
        self.asking.stop()
        storehouse, codes = self.head.value("storehouse"), self.lines.items()
        day, kind = self.head.value("occurred_on") or self._session.as_of, self.kind
        self._session.tasks.run_read(
            lambda office, _progress: (
                day, next_document(office, kind, day), items_there(office, codes, storehouse, day), bool(storehouse),
            ),
            self._on_answer, owner=self, failed=self._on_not_answered, replaces="there",
        )  # fmt: skip

    def accept(self) -> None:
        """Look what it changes, and book it; the dialog closes when that has worked."""
        if not self.go.isEnabled():
            return
        self._is_wanted = True
        self.ask()  # the lots proposed are those of this moment

    def reject(self) -> None:
        """Leave, asking first when something was typed."""
        if not self.is_touched or confirm(
            _("Leave without booking?"), _("What you typed would be lost."), _("Leave"), danger=True, parent=self
        ):  # fmt: skip
            super().reject()

    def _book(self) -> None:
        self.lines.clear_problems()
        self._tell("")
        head = self.head.values()
        if head is None:
            return
        self._written = written = entries_of(self.kind, head, self.lines)
        if written.problems:
            self._tell_lines(written.problems)
            return
        if not written.entries:
            self._tell(_("Add what is moved."))
            self.lines.rows[0].focus()
            return
        self.go.setEnabled(False)
        entries = written.entries
        look_first(self._session, lambda _office: entries, self._write, self._on_refused, _("Book it"), self)

    def _write(self) -> None:
        entries = self._written.entries
        self._session.tasks.run_write(
            lambda office, _progress: book_document(office, entries),
            self._on_booked, owner=self, failed=self._on_refused, title=_("Booking"),
        )  # fmt: skip

    def _on_booked(self, booked: BookedDocument) -> None:
        super().accept()
        self.saved.emit(booked.saved)
        words = _("{kind}: {count} lines.").format(
            kind=enumerations.label("movement_kind", self.kind), count=len(self._written.entries)
        )
        around = self.parentWidget()
        if around is not None:
            Booked(self._session, booked.document, self.kind, words, around).open()

    def _on_refused(self, error: Any) -> None:
        """Say beside the lines what core found; what was typed stays."""
        self.go.setEnabled(True)
        if isinstance(error, BaseException) and not isinstance(error, DrillappError):
            self._session.tasks.tell_error(error)
            return
        problems = error.problems if isinstance(error, InvalidInput) else error
        if isinstance(error, DrillappError) and not problems:
            self._tell(words_of(error))
            return
        beside, elsewhere = sort_out(problems, self._written.lines, self.head)
        self._tell_lines(beside)
        self._tell("\n".join(elsewhere))

    def _tell_lines(self, problems: Sequence[tuple[LineRow, str, str]]) -> None:
        for line, field, words in reversed(problems):
            line.tell(words, field)
            line.focus(field)

    def _tell(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def _on_head(self, name: str) -> None:
        self.is_touched = True
        if name in ("storehouse", "occurred_on"):
            self.asking.start()

    def _on_lines(self) -> None:
        self.is_touched = True
        self._tell("")
        self.lines.refresh()
        self.asking.start()

    def _on_answer(self, answer: tuple[date, str, dict[str, ItemThere], bool]) -> None:
        day, document, there, is_known = answer
        if "document" not in self.head.touched:
            self.head.set_values({"document": document})
        self.lines.show_there(there, day, is_known=is_known)
        if self._is_wanted:
            self._is_wanted = False
            self._book()

    def _on_not_answered(self, error: BaseException) -> None:
        self._is_wanted = False
        self._session.tasks.tell_error(error)

    def _choose_storehouse(self, values: Mapping[str, Any]) -> None:
        """Where the unit has only one storehouse, that one is meant."""
        unit = values.get("unit_code")
        if values.get("storehouse") or not unit:
            return
        self._session.tasks.run_read(
            lambda office, _progress: _only_storehouse(office, str(unit)), self._on_storehouse, owner=self
        )

    def _on_storehouse(self, code: str) -> None:
        if code and not self.head.value("storehouse"):
            self.head.set_values({"storehouse": code})
            self.asking.start()
            if self.head.editor("storehouse").line.hasFocus():
                self.lines.rows[0].focus("quantity" if self.lines.rows[0].code else "item_code")

    def _on_kind(self, kind: str) -> None:
        if kind in ANSWERS:
            self._buttons[self.kind].setChecked(True)
            self._go_to_open(kind)
        else:
            self.choose_kind(kind)

    def _go_to_open(self, kind: str) -> None:
        """What comes back or arrives begins with what is open."""
        self.reject()
        if self.isVisible():
            return
        words = {"return": _("Choose what comes back."), "receive": _("Choose what arrives.")}
        self.deleteLater()
        self._session.go(Target("supplies", ANSWERS[kind]))
        self._session.said.emit(words[kind])

    def _lay_out(self) -> None:
        self.body.addWidget(label(_("Book a document"), "heading", parent=self))
        self.body.addLayout(self._kinds())
        self.body.addWidget(self.head)
        self.body.addWidget(self.lines, 1)
        self.body.addWidget(self.problem)
        told = _("Enter goes on, Ctrl+Enter books. A label that is scanned adds a line or one piece.")
        self.buttons.insertWidget(0, label(told, "small", parent=self))
        self.add_closing(_("Cancel"))
        self.go = self.add_closing(_("Book it"), accepts=True)
        self.go.setDefault(False)  # Enter goes on to the next field
        self.go.setAutoDefault(False)
        self.go.setToolTip(_("Ctrl+Enter"))
        QShortcut(QKeySequence("Ctrl+N"), self, lambda: self.lines.add_line().focus())
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self, self.accept)

    def _kinds(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(GRID)
        group = QButtonGroup(self)
        self._buttons = {}
        for kind in _ORDER:
            words = enumerations.label("movement_kind", kind) + (" …" if kind in ANSWERS else "")
            made = button(words, role="chip", checkable=True, parent=self)
            made.setAutoDefault(False)
            made.clicked.connect(lambda _checked=False, kind=kind: self._on_kind(kind))
            group.addButton(made)
            self._buttons[kind] = made
            line.addWidget(made)
        line.addStretch(1)
        return line


def _only_storehouse(office: Office, unit_code: str) -> str:
    rows = first_rows(office, STOREHOUSES, View(conditions=(Condition("unit_code", "=", unit_code),)), 2)
    return rows[0].code if len(rows) == 1 else ""
