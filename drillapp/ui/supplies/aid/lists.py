"""The list of requests for mutual aid, with the next step of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.supplies.aid.queries import AID_REQUESTS, aid_view
from drillapp.core.supplies.aid.rows import AidItem, AidView, Party
from drillapp.core.supplies.quantities import from_float
from drillapp.ui.parts.cells import Tones, number_words
from drillapp.ui.parts.detail import Tab
from drillapp.ui.parts.filters import Chip
from drillapp.ui.parts.list_pane import Action, ListPane, ListSpec
from drillapp.ui.parts.printing import preview_report
from drillapp.ui.parts.record_link import RecordLine
from drillapp.ui.parts.sections import Section, sections_tab
from drillapp.ui.session import Target

_TONES: Tones = {
    "state": {
        "drafted": "neutral", "requested": "accent", "agreed": "blue", "declined": "neutral", "sent": "green",
        "cancelled": "neutral",
    }
}  # fmt: skip


def aid_requests() -> ListSpec:
    """All requests of the scope and to it, the newest first."""
    return ListSpec(
        "aid_requests",
        label="Requests for aid",
        chips=(Chip("state", label="State", enumeration="aid_state"),),
        tones=_TONES,
        tabs=(Tab(label="Request", make=sections_tab(_sections)),),
        actions=(
            Action(
                label="Next step …",
                icon="chevron-right",
                done=next_step,
                needs=1,
                role="primary",
                writes=True,
            ),
            Action(
                label="Correct the answer …", icon="edit", done=_correct, needs=1, writes=True, role="more"
            ),
            Action(label="Change the draft …", icon="edit", done=_change, needs=1, writes=True, role="more"),
            Action(
                label="Take the request back …", icon="close", done=_cancel, needs=1, writes=True, role="more"
            ),
        ),
        prints=(Action(label="Letter asking for aid", icon="print", done=_print, needs=1),),
        listing=AID_REQUESTS,
        editable=False,
        retires=False,
        opens=next_step,
        empty_label="Look under 'Who has it' for what is needed, and ask for it there.",
    )


def next_step(pane: ListPane) -> None:
    """Begin the step that usually follows; say so where none does."""
    from drillapp.ui.supplies.aid.step_dialogs import NEXT

    def begin(view: AidView) -> None:
        dialog = NEXT.get(view.state)
        if dialog is None or (view.state == "sent" and not view.is_under_way):
            pane.session.said.emit(
                _("Nothing more is to be done for request {number}.").format(number=view.number)
            )
        else:
            _open(dialog(pane.session, view, pane))

    _with_view(pane, begin)


def _correct(pane: ListPane) -> None:
    from drillapp.ui.supplies.aid.step_dialogs import AnswerDialog

    _with_view(pane, lambda view: _open(AnswerDialog(pane.session, view, pane)))


def _cancel(pane: ListPane) -> None:
    from drillapp.ui.supplies.aid.step_dialogs import CancelDialog

    _with_view(pane, lambda view: _open(CancelDialog(pane.session, view, pane)))


def _change(pane: ListPane) -> None:
    from drillapp.ui.supplies.aid.ask_dialog import AskDialog, Offer

    def begin(view: AidView) -> None:
        offers = [
            Offer(view.giver.storehouse, one.item, view.giver.name, one.name, "", from_float(one.quantity))
            for one in view.items
        ]
        _open(AskDialog(pane.session, offers, parent=pane, draft=view))

    _with_view(pane, begin)


def _print(pane: ListPane) -> None:
    row = pane.table.current_row()
    if row is not None:
        title = _("Letter asking for aid {number}").format(number=row.number)
        preview_report(pane.session, "aid_request", title, pane, number=row.number)


def _with_view(pane: ListPane, then: Callable[[AidView], object]) -> None:
    row = pane.table.current_row()
    if row is not None:
        pane.session.tasks.run_read(lambda office, _progress: aid_view(office, row.id), then, owner=pane)


def _open(dialog: Any) -> None:
    from PySide6.QtCore import Qt

    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def _sections(office: Office, row: Any) -> list[Section]:
    """What is asked for with what came of it, and whom to call."""
    view = aid_view(office, row.id)
    items = [_item_line(item) for item in view.items]
    sections = [
        Section(_("What is asked for"), items),
        Section(_("Who has it"), _party_lines(view.giver), total=0),
        Section(_("Where it is needed"), _party_lines(view.asker), total=0),
    ]
    if view.document:
        target = Target("supplies", "movements", choices={"document": frozenset((view.document,))})
        sections.append(Section(_("Booked"), [RecordLine(view.document, target=target)], total=0))
    return sections


def _item_line(item: AidItem) -> RecordLine:
    def amount(quantity: float) -> str:
        return f"{number_words(quantity)} {item.unit_of_measure or ''}".strip()

    parts = [_("asked for {quantity}").format(quantity=amount(item.quantity))]
    if item.agreed is not None:
        parts.append(_("agreed {quantity}").format(quantity=amount(item.agreed)))
    if item.sent:
        parts.append(_("sent {quantity}").format(quantity=amount(item.sent)))
    if item.received:
        parts.append(_("arrived {quantity}").format(quantity=amount(item.received)))
    target = Target("supplies", "items", choices={"code": frozenset((item.item,))})
    return RecordLine(item.name, " · ".join(parts), target=target, wraps=True)


def _party_lines(party: Party) -> list[RecordLine]:
    chosen = {"storehouse": frozenset((party.storehouse,)), "storehouse_name": frozenset((party.name,))}
    people = ((party.keeper, party.phone), (party.deputy, party.deputy_phone))
    called = " · ".join(" ".join(filter(None, who)) for who in people if any(who))
    told = " · ".join(filter(None, (party.unit_name, called, party.address, party.access)))
    return [RecordLine(party.name, told, target=Target("supplies", "stock", choices=chosen), wraps=True)]
