"""Inspections and maintenance: what is due, what was done, and what becomes of goods that failed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from drillapp.core.i18n import _
from drillapp.core.kinds import KINDS
from drillapp.core.listing import Condition
from drillapp.core.office import Office
from drillapp.core.supplies.upkeep.queries import UPKEEP, UPKEEP_DUE
from drillapp.ui.parts import tones
from drillapp.ui.parts.detail import Tab
from drillapp.ui.parts.fields import fields_of, hinted
from drillapp.ui.parts.filters import Chip
from drillapp.ui.parts.form_dialog import FormDialog
from drillapp.ui.parts.list_page import ListPage
from drillapp.ui.parts.list_pane import Action, ListPane, ListSpec
from drillapp.ui.parts.printing import preview_report
from drillapp.ui.parts.record_lines import records_section
from drillapp.ui.parts.sections import Section, sections_tab
from drillapp.ui.session import Session, Target
from drillapp.ui.supplies.upkeep.form import UpkeepDialog
from drillapp.ui.supplies.upkeep.lines import done_line

_FIELDS: Mapping[str, Mapping[str, Any]] = {
    "lot": hinted(hint_label="Empty: all that lies in the storehouse was looked after."),
    "note": {"type": "long", "wide": True},
}
_KIND = Chip("kind", label="Kind of upkeep", enumeration="upkeep_kind")


class UpkeepPage(ListPage):
    """A page within the supplies page."""

    label = "Upkeep"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.specs = (_due(), _done())
        super().__init__(session, parent)
        self.title.hide()  # the tab above says it


def _due() -> ListSpec:
    return ListSpec(
        "upkeep_due",
        label="To be looked after",
        chips=(Chip("state", label="State", enumeration="due_window"), _KIND),
        tones=tones.DUE,
        tabs=(Tab(label="Done", make=sections_tab(_history)),),
        actions=(
            Action(label="Note as done …", icon="check", done=_note, needs=1, role="primary", writes=True),
        ),
        prints=(Action(label="Upkeep plan", icon="print", done=_print),),
        listing=UPKEEP_DUE,
        editable=False,
        empty_label="Say of an item in the catalogue how often it is inspected or maintained.",
    )


def _done() -> ListSpec:
    return ListSpec(
        "upkeep",
        label="Looked after",
        record_label="Upkeep",
        chips=(Chip("result", label="Result of upkeep", enumeration="upkeep_result"), _KIND),
        tones=tones.UPKEEP,
        defaults=lambda session: {"done_on": session.today, "kind": "inspection", "result": "passed"},
        form=_form,
        empty_label="Note what was inspected or maintained, or import it from a ledger.",
    )


def _form(pane: ListPane, row: Any | None) -> FormDialog:
    title = _("Inspection or maintenance that was done") if row is None else _("Correct what was noted")
    return UpkeepDialog(pane.session, title, KINDS["upkeep"], fields_of(KINDS["upkeep"], _FIELDS), pane)


def _note(pane: ListPane) -> None:
    """Begin to note what is due under the cursor as done today."""
    row = pane.table.current_row()
    if row is not None:
        dialog = _form(pane, None)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.saved.connect(lambda _saved: pane.session.said.emit(_("Saved")))
        dialog.begin_new(
            {
                "kind": row.kind, "storehouse": row.storehouse, "item_code": row.item_code,
                "done_on": pane.session.today, "result": "passed",
            }
        )  # fmt: skip


def _history(office: Office, row: Any) -> list[Section]:
    """What was done of this kind to this item in this storehouse."""
    here = (
        Condition("storehouse", "=", row.storehouse),
        Condition("item_code", "=", row.item_code),
        Condition("kind", "=", row.kind),
    )
    chosen = {
        "storehouse": frozenset((row.storehouse,)),
        "item_code": frozenset((row.item_code,)),
        "kind": frozenset((row.kind,)),
    }
    target = Target("supplies", "upkeep", choices=chosen)
    section = records_section(
        office, _("Looked after"), UPKEEP, here, done_line, target, (("done_on", True),)
    )
    nothing = _("Nothing was noted yet: the time runs from the day on which the goods came.")
    return [section._replace(empty=nothing)]


def _print(pane: ListPane) -> None:
    title = _("Upkeep plan {day}").format(day=pane.session.as_of)
    preview_report(pane.session, "upkeep_plan", title, pane, unit_code=pane.session.scope.code or None)
