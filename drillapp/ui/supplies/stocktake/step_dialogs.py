"""The short dialogs of a stocktake: handed in, approved, sent back, cancelled, a lot added that was found."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from PySide6.QtWidgets import QWidget

from drillapp.core.changes import Changes
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.supplies.stocktake.adding import add_found
from drillapp.core.supplies.stocktake.reviewing import cancel, review, send_back, submit
from drillapp.core.supplies.stocktake.rows import Found, Header
from drillapp.ui.parts import step_dialog
from drillapp.ui.parts.date_field import DateField
from drillapp.ui.parts.editors import FlagEditor, LongTextEditor, NumberEditor, TextEditor
from drillapp.ui.parts.reference_field import ReferenceField
from drillapp.ui.parts.step_dialog import Work
from drillapp.ui.session import Session


class StepDialog(step_dialog.StepDialog):
    """About a stocktake; a subclass adds its fields and says what is done."""

    def __init__(
        self, session: Session, header: Header, title: str, action: str, parent: QWidget | None = None
    ) -> None:
        self.header = header
        about = _("{number}, {storehouse}").format(number=header.number, storehouse=header.storehouse_name)
        super().__init__(session, title, about, action, parent, width=520)
        self.fields.focusNextChild()

    def done_words(self, _done: Any) -> str:
        return ""


class SubmitDialog(StepDialog):
    """Hand in for review."""

    def __init__(
        self, session: Session, header: Header, by: str, uncounted: int, parent: QWidget | None = None
    ) -> None:
        self._by, self._uncounted = by, uncounted
        super().__init__(session, header, _("Submit for review"), _("Submit"), parent)

    def add_fields(self) -> None:
        by = TextEditor(self)
        by.set_value(self._by)
        self.fields.add("by", _("Who answers for the count"), by, required=True)
        if self._uncounted:
            words = _("{count} lines stay not counted; nothing is posted of them")
            self.fields.add(
                "uncounted", _("Not counted"), FlagEditor(words.format(count=self._uncounted), self)
            )

    def work(self, said: dict[str, Any]) -> Work:
        key = self.header.id
        return lambda office: submit(office, key, said["by"], uncounted=bool(said.get("uncounted")))


class ApproveDialog(StepDialog):
    """Approve as a second person."""

    def __init__(self, session: Session, header: Header, parent: QWidget | None = None) -> None:
        super().__init__(session, header, _("Approve the stocktake"), _("Approve the count"), parent)

    def add_fields(self) -> None:
        hint = _("Somebody else than those who counted.")
        self.fields.add("by", _("Count reviewed by"), TextEditor(self), required=True, hint=hint)
        self.fields.add("note", _("Remark"), LongTextEditor(self))
        words = _("A second person reviews at the seat at which counts were entered")
        self.fields.add("same_seat", _("Seat"), FlagEditor(words, self))

    def work(self, said: dict[str, Any]) -> Work:
        key = self.header.id
        return lambda office: review(office, key, said["by"], said["note"], same_seat=bool(said["same_seat"]))


class SendBackDialog(StepDialog):
    """Send back to be counted again: the chosen lines, or all that differ."""

    def __init__(
        self, session: Session, header: Header, lines: tuple[int, ...], parent: QWidget | None = None
    ) -> None:
        self._lines = lines
        """The lines that are chosen in the table."""
        super().__init__(session, header, _("Send back for a recount"), _("Send back"), parent)

    def add_fields(self) -> None:
        lines = TextEditor(self)
        lines.set_value(", ".join(map(str, self._lines)) or None)
        self.fields.add("by", _("Count reviewed by"), TextEditor(self), required=True)
        self.fields.add("note", _("Why"), LongTextEditor(self), required=True)
        hint = _("Their numbers, such as 3, 7, 12; empty: all that have a difference.")
        self.fields.add("lines", _("Lines to count again"), lines, hint=hint)

    def work(self, said: dict[str, Any]) -> Work:
        key, lines = self.header.id, _numbers(said["lines"] or "")
        return lambda office: send_back(office, key, said["by"], said["note"], lines)


def _numbers(text: str) -> list[int] | None:
    """The numbers in a text; None where there are none. What is no number is one that no line has."""
    parts = [part for part in re.split(r"[^\w-]+", unicodedata.normalize("NFKC", text)) if part]
    return [int(part) if part.isdecimal() else 0 for part in parts] or None


class CancelDialog(StepDialog):
    """Give the stocktake up."""

    def __init__(self, session: Session, header: Header, parent: QWidget | None = None) -> None:
        super().__init__(session, header, _("Cancel the stocktake"), _("Cancel the stocktake"), parent)

    def add_fields(self) -> None:
        hint = _("What was counted stays to be read; nothing of it reaches the stock ledger.")
        self.fields.add("reason", _("Why"), LongTextEditor(self), required=True, hint=hint)

    def work(self, said: dict[str, Any]) -> Work:
        key = self.header.id
        return lambda office: cancel(office, key, said["reason"])


class FoundDialog(StepDialog):
    """A lot that is not on the sheet."""

    def __init__(
        self, session: Session, header: Header, by: str, item: str = "", parent: QWidget | None = None
    ) -> None:
        self._by, self._item = by, item
        super().__init__(session, header, _("Add what is not on the sheet"), _("Add"), parent)

    def add_fields(self) -> None:
        item = ReferenceField(self.session, "items", self)
        if self._item:
            item.set_value(self._item)
        self.fields.add("item_code", _("Item"), item, required=True)
        self.fields.add("lot", _("Lot"), TextEditor(self))
        self.fields.add("expires_on", _("Expires on"), DateField(self))
        self.fields.add("shelf", _("Shelf"), TextEditor(self))
        self.fields.add("quantity", _("Quantity found"), NumberEditor(self), required=True)
        self.fields.add("note", _("Remark"), TextEditor(self))

    def work(self, said: dict[str, Any]) -> Work:
        key, by = self.header.id, self._by
        found = Found(
            item_code=said["item_code"], lot=said["lot"], expires_on=said["expires_on"], shelf=said["shelf"],
            quantity=said["quantity"], note=said["note"],
        )  # fmt: skip

        def add(office: Office) -> Changes:
            return add_found(office, key, found, by)[1]

        return add
