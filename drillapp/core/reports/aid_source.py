"""What the letter of a request for mutual aid says, from what is on record."""

from __future__ import annotations

from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.reports.aid_letter import AidLetter
from drillapp.core.supplies.aid.queries import aid_view
from drillapp.core.supplies.aid.rows import AidItem, AidView, Party
from drillapp.core.supplies.aid.stored import request_numbered
from drillapp.core.supplies.codes import payload_of_aid_request
from drillapp.core.supplies.quantities import from_float


def aid_letter(office: Office, number: str) -> AidLetter:
    """The letter of a request; raises NotFound."""
    view = aid_view(office, request_numbered(office, number))
    return AidLetter(
        title=_("Letter asking for help with emergency supplies"),
        number=view.number,
        code=payload_of_aid_request(view.uid),
        giver=view.giver.unit_name,
        asker=view.asker.unit_name,
        day=view.requested_on,
        needed_by=view.needed_by,
        reason=view.reason or "",
        items=tuple(_line(place, item) for place, item in enumerate(view.items, 1)),
        from_storehouse=_place(view.giver),
        to_storehouse=_place(view.asker),
        address=" ".join(filter(None, (view.asker.address, view.asker.access))),
        receiver=_people(view.asker),
        keeper=_people(view.giver),
        agreed=tuple("" if item.agreed is None else from_float(item.agreed) for item in view.items),
        answer=_answer(view),
        answered_by=view.answered_by or "",
        answered_on=view.answered_on,
    )


def _line(place: int, item: AidItem) -> tuple[str, ...]:
    return str(place), item.name, item.spec or "", item.unit_of_measure or "", from_float(item.quantity)


def _place(party: Party) -> str:
    return f"{party.name} ({party.storehouse})"


def _people(party: Party) -> str:
    people = ((party.keeper, party.phone), (party.deputy, party.deputy_phone))
    return _("; ").join(" ".join(filter(None, who)) for who in people if any(who))


def _answer(view: AidView) -> str:
    if view.answered_on is None:
        return ""
    asked = {item.item: item.quantity for item in view.items}
    agreed = {item.item: item.agreed or 0 for item in view.items}
    if agreed == asked:
        words = _("agreed in full")
    elif any(agreed.values()):
        words = _("agreed as entered in the table")
    else:
        words = _("cannot help")
    return _("; ").join(filter(None, (words, view.note)))
