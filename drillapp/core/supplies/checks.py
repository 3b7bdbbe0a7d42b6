"""What every line of the stock ledger must fulfil by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple, cast

from msgspec import UNSET, UnsetType

from drillapp.core import enumerations
from drillapp.core.batch import Batch, Target
from drillapp.core.database.base import table_of
from drillapp.core.i18n import _
from drillapp.core.supplies.entries import MovementEntry
from drillapp.core.supplies.model import Movement
from drillapp.core.supplies.quantities import check_quantities
from drillapp.core.supplies.references import look_up_items, look_up_storehouses

MOVEMENTS = Target(
    kind="movements",
    table=table_of(Movement),
    key=("document", "line"),
    fields=("document", "kind", "quantity", "occurred_on"),
    required=("document", "kind", "storehouse", "item_code", "quantity", "occurred_on"),
    choices={"kind": "movement_kind", "cause": "movement_cause"},
)
_OPTIONAL = ("lot", "produced_on", "expires_on", "to_storehouse_id")
SAID = ("reason", "reference", "cause", "counterparty", "due_on", "handler", "approved_by", "recorded_by")
"""Columns of a movement that take what the entry says; one that no entry says anything of is left out."""
LINKS = ("answers", "reverses")
SENDING = frozenset(("transfer", "send"))
"""Kinds that name the storehouse where the goods go."""
ISSUING = frozenset(("out", "lend"))
"""Kinds that hand goods to somebody who relies on them: neither expired nor from quarantine."""
_ANSWERING = frozenset(("return", "receive"))
_MAY_BE_NOTHING = frozenset(("count", "reverse"))
"""A count may find nothing, and be reversed."""


class Checked(NamedTuple):
    """Entries that were looked at one by one; the batch says which are refused."""

    batch: Batch
    thousandths: list[int]
    recorded: list[datetime | None]
    """When each was recorded, to the second; None where it is not said."""


def check_entries(batch: Batch) -> Checked:
    """Resolve codes; refuse what is wrong with a line by itself, and lines that are repeated."""
    batch.check_texts()
    for field, enumeration in MOVEMENTS.choices.items():
        batch.check_choice(field, enumerations.codes(enumeration))
    look_up_storehouses(batch)
    look_up_items(batch)
    thousandths = check_quantities(batch)
    batch.columns |= {name: batch.given[name] for name in _OPTIONAL if name in batch.given}
    said = [name for name in (*SAID, *LINKS) if set(map(type, batch.given[name])) != {UnsetType}]
    batch.columns |= {name: batch.given[name] for name in said}
    for name in (*_OPTIONAL, *said):
        batch.columns[name] = [
            value if value is not UNSET and value != "" else None for value in batch.columns[name]
        ]
    _check_quantities_of_kinds(batch, thousandths)
    _check_targets(batch)
    _check_links(batch)
    _check_due(batch)
    _refuse_repeated(batch)
    return Checked(batch, thousandths, [_whole_seconds(moment) for moment in batch.given["recorded_at"]])


def _check_quantities_of_kinds(batch: Batch, thousandths: Sequence[int]) -> None:
    for i, (kind, quantity) in enumerate(zip(batch.given["kind"], thousandths, strict=True)):
        if not quantity and kind not in _MAY_BE_NOTHING and i not in batch.refused:
            batch.refuse(i, "quantity", _("Must be more than 0."))


def _check_targets(batch: Batch) -> None:
    storehouses, targets = batch.columns["storehouse_id"], batch.given["to_storehouse"]
    for i, (kind, target) in enumerate(zip(batch.given["kind"], targets, strict=True)):
        if kind not in SENDING:
            if target and kind != "reverse":
                batch.refuse(i, "to_storehouse", _("Only a transfer has a storehouse that receives."))
        elif not target:
            batch.refuse(i, "to_storehouse", _("A transfer needs the storehouse that receives."))
        elif batch.columns["to_storehouse_id"][i] == storehouses[i] is not None:
            batch.refuse(i, "to_storehouse", _("Must be another storehouse than the one that gives."))


def _check_links(batch: Batch) -> None:
    """Which kinds name another line."""
    kinds = batch.given["kind"]
    if not {"receive", "reverse"}.isdisjoint(kinds):
        for i, kind in enumerate(kinds):
            if kind == "receive" and not _link(batch, "answers", i):
                batch.refuse(i, "answers", _("Name the line of the consignment that arrives: DOCUMENT/LINE."))
            if kind == "reverse" and not _link(batch, "reverses", i):
                batch.refuse(i, "reverses", _("Name the line that is reversed: DOCUMENT/LINE."))
    for i, name in enumerate(batch.columns.get("answers", ())):
        if name and kinds[i] not in _ANSWERING:
            batch.refuse(i, "answers", _("Only a return or a receipt of a consignment answers another line."))
    for i, name in enumerate(batch.columns.get("reverses", ())):
        if name and kinds[i] != "reverse":
            batch.refuse(i, "reverses", _("Only a line of the kind 'reverse' reverses another one."))


def _link(batch: Batch, name: str, i: int) -> str | None:
    return batch.columns[name][i] if name in batch.columns else None


def _check_due(batch: Batch) -> None:
    for i, due_on in enumerate(batch.columns.get("due_on", ())):
        if due_on is None:
            continue
        if batch.given["kind"][i] != "lend":
            batch.refuse(i, "due_on", _("Only what is lent has a day to be back by."))
        elif isinstance(day := batch.given["occurred_on"][i], date) and due_on < day:
            batch.refuse(i, "due_on", _("Lies before the loan, {day}.").format(day=day))


def _refuse_repeated(batch: Batch) -> None:
    seen: set[MovementEntry] = set()
    for i, entry in enumerate(cast(Sequence[MovementEntry], batch.entries)):
        if entry in seen:
            batch.refuse(i, "document", _("Stands there more than once."))
        seen.add(entry)


def _whole_seconds(moment: datetime | None) -> datetime | None:
    # Ledger files hold seconds: what is written out and read back must be the same moment.
    if not moment:
        return None
    return (moment if moment.tzinfo else moment.astimezone()).replace(microsecond=0)
