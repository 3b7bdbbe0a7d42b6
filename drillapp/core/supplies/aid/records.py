"""Requests for mutual aid in ledgers: imported as they were kept elsewhere, in the state that they have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import UNSET
from sqlalchemy import select

from drillapp.core.batch import Batch, Target
from drillapp.core.database.base import narrowed, table_of
from drillapp.core.database.types import to_thousandths
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.saving import Saved, Saving, save
from drillapp.core.supplies.aid.entries import AidLineEntry, AidRequestEntry
from drillapp.core.supplies.aid.model import AidLine, AidRequest
from drillapp.core.supplies.quantities import check_quantities
from drillapp.core.supplies.references import look_up_items, look_up_storehouses

_REQUESTS = Target(
    kind="aid_requests",
    table=table_of(AidRequest),
    key=("number",),
    fields=(
        "number", "requested_on", "state", "needed_by", "reason", "answered_on", "answered_by", "note", "document",
    ),
    required=("number", "from_storehouse", "to_storehouse", "requested_on", "state"),
    choices={"state": "aid_state"},
)  # fmt: skip
_LINES = Target(
    kind="aid_lines",
    table=table_of(AidLine),
    key=("request_id", "item_id"),
    fields=("quantity", "agreed"),
    required=("request", "item_code", "quantity"),
    key_field="item_code",
)
_ANSWERED = ("agreed", "declined", "sent")


def save_aid_requests(office: Office, entries: Sequence[AidRequestEntry], saving: Saving = Saving()) -> Saved:
    """Create or update requests by number; raises InvalidInput for unknown storehouses, and for states without their day."""
    return save(office, _REQUESTS, entries, saving, _prepare_requests)


def save_aid_lines(office: Office, entries: Sequence[AidLineEntry], saving: Saving = Saving()) -> Saved:
    """Create or update lines by request and item; raises InvalidInput, also for more agreed than was asked for."""
    return save(office, _LINES, entries, saving, _prepare_lines)


def _prepare_requests(batch: Batch) -> None:
    look_up_storehouses(batch, "from_storehouse", "to_storehouse")
    given = batch.given
    for i, (state, giver, asker) in enumerate(
        zip(given["state"], given["from_storehouse"], given["to_storehouse"], strict=True)
    ):
        if giver == asker:
            batch.refuse(i, "to_storehouse", _("Must be another storehouse than the one that gives."))
        if state in _ANSWERED and not _said(given["answered_on"][i]):
            batch.refuse(i, "answered_on", _("Say when it was answered."))
        if state == "sent" and not _said(given["document"][i]):
            batch.refuse(i, "document", _("Say under which document it was sent."))
        for name in ("needed_by", "answered_on"):
            day = given[name][i]
            if _said(day) and day < given["requested_on"][i]:
                batch.refuse(
                    i, name, _("Lies before the request of {day}.").format(day=given["requested_on"][i])
                )


def _prepare_lines(batch: Batch) -> None:
    look_up_items(batch)
    numbers = batch.codes_of("request")
    statement = select(AidRequest.number, AidRequest.id).where(AidRequest.owner_id == batch.owner_id)
    rows = batch.connection.execute(narrowed(statement, AidRequest.number, numbers))
    ids = {row.number: row.id for row in rows}
    batch.look_up("request", "request_id", ids, _("There is no request for aid with the number '{value}'."))
    batch.columns["position"] = [UNSET] * len(batch.entries)  # new ones come in the order of the file
    check_quantities(batch)
    check_quantities(batch, "agreed")
    for i, (quantity, agreed) in enumerate(zip(batch.given["quantity"], batch.given["agreed"], strict=True)):
        if i in batch.refused:
            continue
        if to_thousandths(quantity) <= 0:
            batch.refuse(i, "quantity", _("Must be more than 0."))
        if _said(agreed) and not 0 <= to_thousandths(agreed) <= to_thousandths(quantity):
            batch.refuse(i, "agreed", _("From 0 to {asked} can be agreed.").format(asked=quantity))


def _said(value: Any) -> bool:
    return value is not None and value is not UNSET and value != ""
