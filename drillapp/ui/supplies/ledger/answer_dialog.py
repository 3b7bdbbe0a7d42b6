"""What comes back of a loan, or arrives of a consignment: how much of each line, and what of it is broken or lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from PySide6.QtWidgets import QWidget

from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.supplies.coming_back import Came, Coming, Part, arriving, returning, take_back, take_in
from drillapp.core.supplies.open_lines import ConsignmentRow, LoanRow
from drillapp.core.supplies.quantities import from_float, in_own_unit
from drillapp.ui.parts.editors import FlagEditor, TextEditor
from drillapp.ui.parts.records_editor import RecordsEditor
from drillapp.ui.parts.step_dialog import StepDialog, Work
from drillapp.ui.session import Session
from drillapp.ui.supplies.aid.ask_dialog import leave_out_moving
from drillapp.ui.supplies.ledger.preview_panel import look_first
from drillapp.ui.supplies.ledger.slips import Booked

_READ_ONLY = ("name", "lot", "open")


class _Line(Struct, frozen=True):
    id: int
    name: str
    lot: str
    open: str
    quantity: str
    bad: str


class _AnswerDialog(StepDialog):
    """Its lines stand in a table; a subclass says what they are called and what is booked."""

    kind = ""
    rows: Sequence[Any] = ()

    def add_fields(self) -> None:
        columns = (
            ("name", _("Item name"), 180), ("lot", _("Lot"), 190), ("open", self.open_words(), 150),
            ("quantity", self.quantity_words(), 120), ("bad", self.bad(), 120),
        )  # fmt: skip
        self.lines = RecordsEditor(
            columns, lambda texts: _Line(**texts), self.quantity_words(), self,
            hidden=("id",), locked=lambda _line: _READ_ONLY, adds=False,
        )  # fmt: skip
        self.lines.fill([self._line(row) for row in self.rows])
        leave_out_moving(self.lines, removing=False)
        self.lines.setMinimumHeight(170)
        self.body.addWidget(self.lines, 1)
        self.add_day(_("Day"))
        self.fields.add("handler", _("Handled by"), TextEditor(self))
        self.add_about_bad()
        self.resize(840, 660)

    def open_words(self) -> str:
        """What the quantity is called that is still open."""
        raise NotImplementedError

    def quantity_words(self) -> str:
        """What the quantity is called that comes."""
        raise NotImplementedError

    def bad(self) -> str:
        """What the part of it is called that is of no use."""
        raise NotImplementedError

    def add_about_bad(self) -> None:
        """Ask what becomes of that part."""
        hint = _("Needed where something is scrapped.")
        self.fields.add("approved_by", _("Approved by"), TextEditor(self), hint=hint)
        self.fields.add("reason", _("Reason"), TextEditor(self))

    def open_of(self, row: Any) -> float:
        """How much of a line is open."""
        raise NotImplementedError

    def entries(self, office: Office, parts: Sequence[Part], coming: Coming) -> Any:
        """The lines that would be booked."""
        raise NotImplementedError

    def book(self, office: Office, parts: Sequence[Part], coming: Coming) -> Came:
        """Book them."""
        raise NotImplementedError

    def is_quarantined(self, _said: dict[str, Any]) -> bool:
        """Whether that part is put into quarantine and not scrapped."""
        return False

    def work(self, said: dict[str, Any]) -> Work:
        self._parts = [part for line in self.lines.records() if (part := self._part(line)).quantity]
        quarantined = self.is_quarantined(said)
        if any(part.bad for part in self._parts) and not quarantined and not said["approved_by"]:
            raise InvalidInput(_("Say who approved that it is scrapped."), field="approved_by")
        self._coming = Coming(said["day"], said["handler"], quarantined, said["approved_by"], said["reason"])
        parts, coming = self._parts, self._coming
        return lambda office: self.book(office, parts, coming)

    def begin(self, work: Work) -> None:
        """Look first what it changes of what was booked later."""
        parts, coming = self._parts, self._coming
        look_first(
            self.session, lambda office: self.entries(office, parts, coming), lambda: self.write(work),
            self.on_failed, _("Book it"), self,
        )  # fmt: skip

    def on_done(self, done: Came) -> None:
        super().on_done(done)
        around = self.parentWidget()
        if around is not None:
            Booked(self.session, done.document, self.kind, self._rest(), around).open()

    def _rest(self) -> str:
        """How much is still open after it."""
        came = {part.id: part.quantity for part in self._parts}
        left = [
            f"{row.item_name} {from_float(rest)} {row.unit_of_measure or ''}".strip()
            for row in self.rows
            if (rest := round(self.open_of(row) - came.get(row.id, 0), 3)) > 0
        ]
        if not left:
            return _("Nothing of it is open any more.")
        return _("Still open: {lines}").format(lines=_(", ").join(left))

    def _line(self, row: Any) -> _Line:
        lot = " ".join(str(part) for part in (row.lot, row.expires_on) if part)
        quantity = from_float(self.open_of(row))
        unit = row.unit_of_measure or ""
        return _Line(row.id, row.item_name, lot, f"{quantity} {unit}".strip(), quantity, "")

    def _part(self, line: _Line) -> Part:
        row = next(one for one in self.rows if one.id == line.id)
        return Part(line.id, _number(line.quantity, row), _number(line.bad, row))


class TakeBackDialog(_AnswerDialog):
    """Loans that come back."""

    kind = "return"

    def __init__(self, session: Session, rows: Sequence[LoanRow], parent: QWidget | None = None) -> None:
        self.rows = rows
        who = _(", ").join(dict.fromkeys(row.counterparty for row in rows if row.counterparty))
        documents = _(", ").join(dict.fromkeys(row.document for row in rows))
        told = " · ".join(filter(None, (documents, who)))
        super().__init__(session, _("Take back what was lent"), told, _("Book it"), parent, width=720)

    def open_words(self) -> str:
        return _("Not returned")

    def quantity_words(self) -> str:
        return _("Comes back")

    def bad(self) -> str:
        return _("of it damaged")

    def add_about_bad(self) -> None:
        words = _("It is scrapped at once; otherwise it goes into quarantine")
        self.fields.add("scraps", _("What is damaged"), FlagEditor(words, self))
        super().add_about_bad()

    def open_of(self, row: Any) -> float:
        return float(row.outstanding)

    def is_quarantined(self, said: dict[str, Any]) -> bool:
        return not said["scraps"]

    def entries(self, office: Office, parts: Sequence[Part], coming: Coming) -> Any:
        return returning(office, parts, coming)

    def book(self, office: Office, parts: Sequence[Part], coming: Coming) -> Came:
        return take_back(office, parts, coming)


class ReceiveDialog(_AnswerDialog):
    """Consignments that arrive."""

    kind = "receive"

    def __init__(
        self, session: Session, rows: Sequence[ConsignmentRow], parent: QWidget | None = None
    ) -> None:
        self.rows = rows
        ways = dict.fromkeys(
            f"{row.document}: {row.storehouse_name} → {row.to_storehouse_name}" for row in rows
        )
        told = _(
            "What does not arrive stays under way; what will never arrive is entered as lost and scrapped."
        )
        super().__init__(session, _("Receive"), "\n".join((*ways, told)), _("Book it"), parent, width=720)

    def open_words(self) -> str:
        return _("Quantity under way")

    def quantity_words(self) -> str:
        return _("Arrived or lost")

    def bad(self) -> str:
        return _("of it lost")

    def open_of(self, row: Any) -> float:
        return float(row.under_way)

    def entries(self, office: Office, parts: Sequence[Part], coming: Coming) -> Any:
        return arriving(office, parts, coming)

    def book(self, office: Office, parts: Sequence[Part], coming: Coming) -> Came:
        return take_in(office, parts, coming)


def _number(text: str, row: Any) -> float:
    if not text.strip():
        return 0
    number, problem = in_own_unit(text, row.unit_of_measure, {})
    if number is None:
        message = f"{row.item_name}: {problem}"
        raise InvalidInput(message, field="quantity")
    return number
