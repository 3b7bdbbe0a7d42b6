"""Supplies of a drill: set aside before it, never more than nobody else has spoken for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace
from sqlalchemy import Connection, delete, select

from drillapp.core.database.base import in_blocks
from drillapp.core.drills.model import Drill
from drillapp.core.drills.record.available import Offer, Place, free_of, offers
from drillapp.core.drills.record.checks import Subject
from drillapp.core.drills.record.model import DrillSupply
from drillapp.core.drills.record.parts import SupplyLine
from drillapp.core.errors import InvalidInput, Problem
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.supplies.model import Item, Lot, Storehouse
from drillapp.core.work import Work

_MOST = 2_000_000
"""Largest quantity of a line; thousandths of it still fit every storage."""


def suggest(
    office: Office, drill_id: int, wanted: Mapping[str, float], *, unit_id: int | None = None
) -> list[Offer]:
    """From which lots a drill had best take these quantities (item code to quantity): what expires first, first.

    `available` of each is how much to take; where there is not enough, all there is.
    """
    found: list[Offer] = []
    open_ = dict(wanted)
    for offer in offers(office, drill_id, unit_id=unit_id):
        quantity = round(min(open_.get(offer.item, 0), offer.available), 3)
        if quantity > 0:
            open_[offer.item] = round(open_[offer.item] - quantity, 3)
            found.append(_with(offer, quantity))
    return found


def supply_problems(
    connection: Connection, drill: Subject, lines: Sequence[SupplyLine]
) -> tuple[list[Problem], dict[Place, int]]:
    """What is wrong with what is to be set aside, and the item of each lot.

    What a drill has used already can be set aside no less, and its line stays.
    """
    places = [Place(line.storehouse_id, line.lot_id) for line in lines]
    items = _items(connection, places)
    used = _used(connection, drill.id)
    free = free_of(connection, places, drill.planned_on, drill.id)
    problems: list[Problem] = []
    for number, (line, place) in enumerate(zip(lines, places, strict=True), 1):
        before = used.get(line.id or 0)
        words = _problem(line, place, items, free.get(place, 0), before.used if before else 0)
        if before is not None and before.place != place:
            words = _("What was used already cannot be taken away; set it right.")
        if not words and place in places[: number - 1]:
            words = _("Stands there more than once.")
        if words:
            problems.append(_told(number, words))
    kept = {line.id for line in lines}
    if any(key not in kept for key in used):
        problems.append(
            Problem(0, "supplies", "", _("What was used already cannot be taken away; set it right."))
        )
    return problems, items


def _problem(line: SupplyLine, place: Place, items: Mapping[Place, int], free: float, used: float) -> str:
    if place not in items:
        return _("There is no such lot or storehouse.")
    if not 0 < line.reserved <= _MOST or round(line.reserved, 3) != line.reserved:
        return _("The quantity must be above 0, with at most three decimals.")
    if line.reserved < used:
        return _("{quantity} of it were used already.").format(quantity=used)
    most = round(free + used, 3)
    if line.reserved > most:
        return _("{quantity} are too many: only {free} are there on the day and not set aside for other drills.").format(
            quantity=line.reserved, free=f"{most:g}"
        )  # fmt: skip
    return ""


def _told(number: int, words: str) -> Problem:
    message = _("Supplies, line {number}: {problem}").format(number=number, problem=words)
    return Problem(number - 1, "supplies", "", message)


def refuse_if_overdrawn(work: Work, drill_ids: Collection[int]) -> None:
    """After drills were moved to another day: raise InvalidInput when what is set aside for one is not there then."""
    for drill_id, number, day in _moved(work.connection, drill_ids):
        statement = select(DrillSupply.storehouse_id, DrillSupply.lot_id, DrillSupply.reserved)
        statement = statement.where(DrillSupply.drill_id == drill_id, DrillSupply.used.is_(None))
        wanted = {Place(row[0], row[1]): row[2] for row in work.connection.execute(statement)}
        free = free_of(work.connection, wanted, day, drill_id)
        if any(quantity > free.get(place, 0) for place, quantity in wanted.items()):
            words = _("The supplies that are set aside for the drill {number} are not free on {day}.")
            message = words.format(number=number, day=day)
            raise InvalidInput(
                message, _("Set less aside first, or choose another day."),
                problems=[Problem(0, "planned_on", str(day), message)],
            )  # fmt: skip


def release_supplies(work: Work, drill_ids: Collection[int]) -> None:
    """Give back what is set aside for drills that are called off; what was used stays."""
    statement = select(DrillSupply.id, DrillSupply.lot_id, DrillSupply.reserved, DrillSupply.drill_id)
    rows = list(
        in_blocks(
            work.connection, statement.where(DrillSupply.used.is_(None)), DrillSupply.drill_id, drill_ids
        )
    )
    if rows:
        work.connection.execute(delete(DrillSupply).where(DrillSupply.id.in_([row.id for row in rows])))
    for row in rows:
        fields = {"lot_id": (row.lot_id, None), "reserved": (row.reserved, None)}
        work.changed("drill_supplies", row.id, fields)


def _moved(connection: Connection, drill_ids: Collection[int]) -> Iterator[tuple[int, str, date]]:
    with_supplies = select(DrillSupply.drill_id).where(DrillSupply.used.is_(None))
    statement = select(Drill.id, Drill.number, Drill.planned_on).where(Drill.id.in_(with_supplies))
    for row in in_blocks(connection, statement, Drill.id, drill_ids):
        yield row.id, row.number, row.planned_on


def _items(connection: Connection, places: Iterable[Place]) -> dict[Place, int]:
    """The item of each lot in a storehouse that there is."""
    wanted = set(places)
    lots = dict(
        connection.execute(
            select(Lot.id, Lot.item_id)
            .join(Item, Item.id == Lot.item_id)
            .where(Lot.id.in_({place.lot_id for place in wanted}))
        ).all()
    )
    houses = set(
        connection.execute(
            select(Storehouse.id).where(Storehouse.id.in_({place.storehouse_id for place in wanted}))
        ).scalars()
    )
    return {
        place: lots[place.lot_id]
        for place in wanted
        if place.lot_id in lots and place.storehouse_id in houses
    }


class _Used(NamedTuple):
    place: Place
    used: float


def _used(connection: Connection, drill_id: int) -> dict[int, _Used]:
    """What the drill has used of its lines that are settled."""
    statement = select(DrillSupply.id, DrillSupply.storehouse_id, DrillSupply.lot_id, DrillSupply.used).where(
        DrillSupply.drill_id == drill_id, DrillSupply.used.is_not(None)
    )
    rows = connection.execute(statement)
    return {row.id: _Used(Place(row.storehouse_id, row.lot_id), row.used or 0) for row in rows}


def _with(offer: Offer, quantity: float) -> Offer:
    return replace(offer, available=int(quantity) if quantity == int(quantity) else quantity)
