"""Taking back what was booked: shows the lines, asks why, names all that depends on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from drillapp.core import enumerations
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.listing import Condition, View, first_rows
from drillapp.core.office import Office
from drillapp.core.supplies.documents import BookedDocument
from drillapp.core.supplies.listings import MOVEMENTS
from drillapp.core.supplies.reversing import reversal_entries, reverse_movements
from drillapp.core.supplies.rows import MovementRow
from drillapp.ui.parts.cells import number_words
from drillapp.ui.parts.editors import FlagEditor, LongTextEditor, TextEditor
from drillapp.ui.parts.step_dialog import StepDialog, Work
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session
from drillapp.ui.supplies.ledger.preview_panel import look_first
from drillapp.ui.supplies.ledger.slips import Booked

_SHOWN = 6
_MOST = 10_000


class ReverseDialog(StepDialog):
    """Reverses the lines given, or all of their document."""

    def __init__(
        self, session: Session, rows: Sequence[MovementRow], others: int, parent: QWidget | None = None
    ) -> None:
        self.rows = rows
        self._others = others
        told = _(
            "A further line takes each of them back; from the day of the line on it is as if it had never been."
        )
        super().__init__(session, _("Reverse"), told, _("Reverse"), parent, width=640)

    def add_fields(self) -> None:
        for row in self.rows[:_SHOWN]:
            self.body.addWidget(label(line_words(row), wraps=True, parent=self))
        if len(self.rows) > _SHOWN:
            more = _("and {count} more lines").format(count=len(self.rows) - _SHOWN)
            self.body.addWidget(label(more, "muted", parent=self))
        self.whole: FlagEditor | None = None
        if self._others:
            words = _("All {count} lines of document {document}").format(
                count=len(self.rows) + self._others, document=self.rows[0].document
            )
            self.whole = FlagEditor(words, self)
            self.body.addWidget(self.whole)
        self.fields.add("reason", _("Why"), LongTextEditor(self), required=True)
        self.fields.add("approved_by", _("Approved by"), TextEditor(self))
        hint = _("The day of the document that reverses; not before that of the lines.")
        self.add_day(_("Day"))
        self.fields.editor("day").setToolTip(hint)

    def work(self, said: dict[str, Any]) -> Work:
        keys, document = [row.id for row in self.rows], self.rows[0].document
        whole = self.whole is not None and self.whole.value()

        def chosen(office: Office) -> list[int]:
            return _open_keys(office, document) if whole else keys

        self._keys, self._said = chosen, said

        def reverse(office: Office) -> BookedDocument:
            return reverse_movements(
                office, chosen(office), said["reason"], day=said["day"], approved_by=said["approved_by"]
            )

        return reverse

    def begin(self, work: Work) -> None:
        """Look first what it changes; where lines depend on it, all of them are named."""
        chosen, said = self._keys, self._said
        look_first(
            self.session,
            lambda office: reversal_entries(office, chosen(office), said["reason"], said["day"]),
            lambda: self.write(work), self._on_refused, _("Reverse"), self,
        )  # fmt: skip

    def on_done(self, done: BookedDocument) -> None:
        super().on_done(done)
        around = self.parentWidget()
        if around is not None:
            words = _("{kind}: {count} lines.").format(
                kind=enumerations.label("movement_kind", "reverse"), count=done.saved.created
            )
            Booked(self.session, done.document, "reverse", words, around).open()

    def _on_refused(self, error: Any) -> None:
        if isinstance(error, BaseException) or not error:
            self.on_failed(error)
            return
        self.on_failed(error)
        first = _("What was booked later depends on it; reverse these first, or together with it:")
        depends = [
            problem for problem in error if problem.field == "reverses" and "/" in (problem.value or "")
        ]
        if depends:
            self.tell("\n".join([first, *(problem.message for problem in depends)]))


def reverse(session: Session, keys: Sequence[int], parent: QWidget) -> None:
    """Ask about reversing these lines, unless they are reversed already or reverse others."""

    def then(found: tuple[list[MovementRow], int]) -> None:
        rows, others = found
        if not rows:
            words = _("What is chosen was taken back already, or takes back other lines.")
            session.tasks.tell_error(InvalidInput(words, _("Choose other lines."), field="reverses"))
            return
        ReverseDialog(session, rows, others, parent).open()

    session.tasks.run_read(lambda office, _progress: _reversible(office, keys), then, owner=parent)


def line_words(row: Any) -> str:
    """A line of the ledger in one line of words."""
    lot = " ".join(str(part) for part in (row.lot, row.expires_on) if part)
    quantity = f"{number_words(row.quantity)} {row.unit_of_measure or ''}".strip()
    kind = enumerations.label("movement_kind", row.kind)
    parts = (
        f"{row.document}/{row.line}", row.occurred_on.isoformat(), kind, f"{row.item_name} {quantity}", lot,
        row.storehouse_name,
    )  # fmt: skip
    return " · ".join(part for part in parts if part)


def _reversible(office: Office, keys: Sequence[int]) -> tuple[list[MovementRow], int]:
    """The lines that can be reversed, and how many more of their document can, if they are of one."""
    view = View(conditions=(Condition("id", "in", list(keys)),), sort=(("document", False), ("line", False)))
    rows = [row for row in first_rows(office, MOVEMENTS, view, _MOST) if _is_open(row)]
    documents = {row.document for row in rows}
    if len(documents) != 1:
        return rows, 0
    return rows, len(_open_keys(office, rows[0].document)) - len(rows)


def _open_keys(office: Office, document: str) -> list[int]:
    view = View(conditions=(Condition("document", "=", document),), sort=(("line", False),))
    return [row.id for row in first_rows(office, MOVEMENTS, view, _MOST) if _is_open(row)]


def _is_open(row: MovementRow) -> bool:
    return row.kind != "reverse" and not row.is_reversed
