"""What a drill used is posted to the stock ledger; what came back was never posted, so it simply is not.

Setting a used quantity right posts the difference by a further document: more as `out`, less as `return`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import update

from drillapp.core.changes import Changes
from drillapp.core.drills.record.available import Place, free_of
from drillapp.core.drills.record.model import DrillSupply
from drillapp.core.drills.record.reading import drill_row, supplies_in
from drillapp.core.drills.record.rows import SupplyRow
from drillapp.core.drills.record.saving import Recorded, begin_change, count_up
from drillapp.core.drills.rows import DrillRow
from drillapp.core.errors import InvalidInput, Problem
from drillapp.core.i18n import _
from drillapp.core.localtime import local_day
from drillapp.core.numbering import free_document
from drillapp.core.office import Office
from drillapp.core.saving import refuse_if_any
from drillapp.core.supplies.book import book_movements
from drillapp.core.supplies.entries import MovementEntry
from drillapp.core.work import Work


class _Difference(NamedTuple):
    """A line of which more (or, when negative, less) was used than is posted."""

    supply: SupplyRow
    used: float
    quantity: float


def settle_supplies(
    office: Office, drill_id: int, revision: int, used: Mapping[int, float], *, day: date | None = None
) -> Recorded:
    """Say how much of each line (by its key) was used; lines that are not named stay as they are.

    `day` is that of the stock documents: by default the day the drill ended. Raises NotFound, Conflict; InvalidInput
    for a drill that has not ended, more than was set aside, or more than is there.
    """
    with office.write("settle drill supplies") as work:
        stand = begin_change(work, drill_id, revision)
        drill = drill_row(work.connection, drill_id, office.as_of)
        if drill.ended_at is None:
            raise InvalidInput(
                _("The drill {number} has not ended.").format(number=drill.number),
                _("Its supplies are settled when it is over."),
                field="used",
            )
        posted_on = day or local_day(drill.ended_at)
        supplies = supplies_in(work.connection, drill_id, drill.planned_on)
        refuse_if_any(_problems(supplies, used), partial=False)
        told = [one for one in supplies if one.id in used and one.used != used[one.id]]
        if not told:
            return Recorded(stand, Changes())
        differences = [
            _Difference(one, used[one.id], round(used[one.id] - (one.used or 0), 3)) for one in told
        ]
        _refuse_overdrawn(work, drill, differences, posted_on)
        _settle(office, work, drill, differences, posted_on)
        count_up(work, drill_id)
        work.touched("drills", {drill.unit_id})
        return Recorded(stand + 1, work.changes)


def _settle(
    office: Office, work: Work, drill: DrillRow, differences: Sequence[_Difference], day: date
) -> None:  # fmt: skip
    documents = {
        "out": _post(office, work, drill, "out", [one for one in differences if one.quantity > 0], day),
        "return": _post(office, work, drill, "return", [one for one in differences if one.quantity < 0], day),
    }
    for one in differences:
        document = one.supply.document
        if one.quantity:
            document = documents["out" if one.quantity > 0 else "return"]
        values = {"used": one.used, "document": document}
        work.connection.execute(update(DrillSupply).where(DrillSupply.id == one.supply.id).values(values))
        fields = {name: (getattr(one.supply, name), value) for name, value in values.items()}
        work.changed(
            "drill_supplies", one.supply.id, {n: pair for n, pair in fields.items() if pair[0] != pair[1]}
        )


def _post(
    office: Office, work: Work, drill: DrillRow, kind: str, differences: Sequence[_Difference], day: date
) -> str | None:  # fmt: skip
    """Post lines as one document; returns its number."""
    if not differences:
        return None
    document = free_document(work.connection, kind, day)
    book_movements(office, work, [_movement(drill, kind, document, one, day) for one in differences])
    return document


def _movement(
    drill: DrillRow, kind: str, document: str, difference: _Difference, day: date
) -> MovementEntry:  # fmt: skip
    supply = difference.supply
    return MovementEntry(
        document=document,
        kind=kind,
        storehouse=supply.storehouse,
        item_code=supply.item,
        lot=supply.lot,
        # Goods without a lot number are told apart by their expiry.
        expires_on=supply.expires_on,
        quantity=abs(difference.quantity),
        occurred_on=day,
        reason=_("Drill: {title}").format(title=drill.title),
        reference=drill.number,
    )


def _problems(supplies: Sequence[SupplyRow], used: Mapping[int, float]) -> list[Problem]:
    known = {one.id: (number, one) for number, one in enumerate(supplies, 1)}
    found = []
    for key, quantity in used.items():
        if key not in known:
            found.append(
                Problem(0, "used", str(quantity), _("This line of the supplies is not there any more."))
            )
            continue
        number, supply = known[key]
        words = ""
        if quantity < 0 or round(quantity, 3) != quantity:
            words = _("The quantity must be 0 or more, with at most three decimals.")
        elif quantity > supply.reserved:
            words = _("Only {quantity} were set aside: set aside more first.").format(
                quantity=supply.reserved
            )
        if words:
            message = _("Supplies, line {number}: {problem}").format(number=number, problem=words)
            found.append(Problem(number - 1, "used", str(quantity), message))
    return found


def _refuse_overdrawn(work: Work, drill: DrillRow, differences: Sequence[_Difference], day: date) -> None:
    """What is posted now may not be what other drills have set aside."""
    places = {
        Place(one.supply.storehouse_id, one.supply.lot_id): one for one in differences if one.quantity > 0
    }
    free = free_of(work.connection, places, day, drill.id)
    problems = []
    for place, one in places.items():
        if one.quantity > free.get(place, 0):
            words = _(
                "{item}: {quantity} are too many: only {free} are there and not set aside for other drills."
            )
            message = words.format(
                item=one.supply.item_name, quantity=f"{one.quantity:g}", free=f"{free.get(place, 0):g}"
            )
            problems.append(Problem(one.supply.position, "used", str(one.used), message))
    refuse_if_any(problems, partial=False)
