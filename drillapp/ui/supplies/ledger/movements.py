"""The list of movements: each line of the ledger, with its document beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.core.listing import Condition, View, first_rows
from drillapp.core.office import Office
from drillapp.core.supplies.listings import MOVEMENTS
from drillapp.ui.parts.cells import Tones, number_words
from drillapp.ui.parts.detail import Tab
from drillapp.ui.parts.filters import Chip
from drillapp.ui.parts.list_pane import Action, ListPane, ListSpec
from drillapp.ui.parts.record_link import RecordLine
from drillapp.ui.parts.sections import Section, sections_tab
from drillapp.ui.session import Target
from drillapp.ui.supplies.ledger.card_action import card_action
from drillapp.ui.supplies.ledger.document_dialog import DocumentDialog
from drillapp.ui.supplies.ledger.slips import print_slip

_TONES: Tones = {"kind": {"count": "accent", "reverse": "neutral"}, "is_reversed": {"True": "neutral"}}
_SHOWN = 60
"""So many lines of a document are named beside the list."""


def movements_spec() -> ListSpec:
    """All lines of the scope, the newest first."""
    return ListSpec(
        "movements",
        label="Movements",
        record_label="Movement",
        chips=(
            Chip("kind", label="Kind", enumeration="movement_kind"),
            Chip("cause", label="Cause of movement", enumeration="movement_cause"),
        ),
        tones=_TONES,
        tabs=(Tab(label="Whole document", make=sections_tab(_document)),),
        form=_form,
        retires=False,
        new_label="Book a document",
        actions=(
            Action(label="Reverse …", icon="history", done=_reverse, needs=2, writes=True),
            card_action(),
        ),
        prints=(Action(label="Slip of the document", icon="print", done=_print, needs=1),),
        empty_label="Book the first receipt, or import the movements from a ledger.",
    )


def _form(pane: ListPane, _row: Any | None) -> DocumentDialog:
    return DocumentDialog(pane.session, pane)


def _reverse(pane: ListPane) -> None:
    from drillapp.ui.supplies.ledger.reverse_dialog import reverse  # not needed to show the list

    keys = pane.table.selected_keys()
    if keys:
        reverse(pane.session, keys, pane)


def _print(pane: ListPane) -> None:
    row = pane.table.current_row()
    if row is not None:
        print_slip(pane.session, row.document, row.kind, pane)


def _document(office: Office, row: Any) -> list[Section]:
    """The whole document of a line, and the lines that are bound to it."""
    view = View(conditions=(Condition("document", "=", row.document),), sort=(("line", False),))
    lines = first_rows(office, MOVEMENTS, view, _SHOWN)
    everything = Target("supplies", "movements", choices={"document": frozenset((row.document,))})
    name = f"{row.document}/{row.line}"
    answering = View(conditions=(Condition("answers", "=", name),), sort=(("occurred_on", False),))
    reversing = View(conditions=(Condition("reverses", "=", name),))
    bound = [
        (_("Reversed by"), first_rows(office, MOVEMENTS, reversing, 1) if row.is_reversed else []),
        (_("What came of it"), first_rows(office, MOVEMENTS, answering, _SHOWN) if row.kind in ("lend", "send") else []),
        (_("Answers"), _named(office, row.answers)),
        (_("Reverses"), _named(office, row.reverses)),
    ]  # fmt: skip
    sections = [
        Section(_("Document {number}").format(number=row.document), _lines(lines), len(lines), everything)
    ]
    return sections + [Section(title, _lines(found), total=0) for title, found in bound if found]


def _named(office: Office, name: str | None) -> list[Any]:
    """The line called DOCUMENT/LINE."""
    document, _slash, line = (name or "").rpartition("/")
    if not document or not line.isdecimal():
        return []
    conditions = (Condition("document", "=", document), Condition("line", "=", int(line)))
    return list(first_rows(office, MOVEMENTS, View(conditions=conditions), 1))


def _lines(rows: list[Any]) -> list[RecordLine]:
    make: Callable[[Any], RecordLine] = _line
    return [make(row) for row in rows]


def _line(row: Any) -> RecordLine:
    quantity = f"{number_words(row.quantity)} {row.unit_of_measure or ''}".strip()
    kind = enumerations.label("movement_kind", row.kind)
    lot = " ".join(str(part) for part in (row.lot, row.expires_on) if part)
    words = " · ".join(
        filter(
            None, (f"{row.document}/{row.line}", kind, row.occurred_on.isoformat(), lot, row.storehouse_name)
        )
    )
    mark = _("taken back") if row.is_reversed else ""
    return RecordLine(
        f"{row.item_name}  {quantity}", words, mark, "neutral", Target("supplies", "movements", row.id), wraps=True
    )  # fmt: skip
