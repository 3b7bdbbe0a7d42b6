"""What is asked about supplies, worked out lot by lot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dateutil.relativedelta import relativedelta

from drillapp.core import enumerations
from tests.core.rules.district import Facts, LotTold
from tests.core.rules.entering import INSPECTION_MONTHS, ITEMS

_Told = tuple[str, str, str, date | None, bool]
"""Rule, subject, state, due day, whether it was done late."""


def supplies_asked(facts: Facts, unit: str, day: date) -> Iterator[_Told]:
    """What is asked of a unit; its one storehouse has its code."""
    lots = [lot for lot in facts.lots if lot.unit == unit and lot.came <= day]
    for (owner, item), required in facts.levels.items():
        if owner == unit:
            there = sum(
                _left(lot, day) for lot in lots if lot.item == item and day <= (lot.expires or date.max)
            )
            state = "met" if there >= required else "overdue" if lots else "no_data"
            yield "SU-03", ITEMS[item], state, None, False
            if item == "MASK":
                yield "SU-01", ITEMS[item], "met" if there else "overdue", None, False
    yield from _inspected(facts, unit, [lot for lot in lots if lot.item == "PUMP" and _left(lot, day)], day)
    yield from _counted(facts, unit, lots, day)
    for lot in lots:
        yield from _lent(lot, day)


def _left(lot: LotTold, day: date) -> int:
    """What of a lot lies in the storehouse."""
    lent = lot.lent_quantity if lot.lent and lot.lent <= day else 0
    return lot.quantity - lent + (lot.back_quantity if lot.back and lot.back <= day else 0)


def _inspected(facts: Facts, unit: str, pumps: list[LotTold], day: date) -> Iterator[_Told]:
    """From the day the goods came, then from the last inspection; of several lots the one due first counts."""
    if not pumps:
        return
    done = [one.day for one in facts.inspections if one.unit == unit and one.day <= day]
    since = min(max([lot.came, *done]) for lot in pumps)
    due = since + relativedelta(months=INSPECTION_MONTHS)
    state = _recurring(in_time=due >= day, is_known=bool(done))
    kind = enumerations.label("upkeep_kind", "inspection")
    yield "SU-02", f"{ITEMS['PUMP']} · {kind} · {unit}", state, due, False


def _counted(facts: Facts, unit: str, lots: list[LotTold], day: date) -> Iterator[_Told]:
    """Every quarter, from the day on which anything first came."""
    if not lots:
        return
    counts = [one.day for one in facts.counts if one.unit == unit and one.day <= day]
    due = max(counts, default=min(lot.came for lot in lots)) + relativedelta(months=3)
    state = _recurring(in_time=due >= day, is_known=bool(counts))
    yield "SU-06", unit, state, due, False


def _recurring(*, in_time: bool, is_known: bool) -> str:
    if in_time:
        return "met" if is_known else "due"
    return "overdue" if is_known else "no_data"


def _lent(lot: LotTold, day: date) -> Iterator[_Told]:
    if lot.lent is None or lot.lent > day or lot.lent_until is None:
        return
    back = lot.back if lot.back and lot.back <= day else None
    is_back = back is not None and lot.back_quantity >= lot.lent_quantity
    if is_back and lot.lent_until <= day - relativedelta(months=24):
        return
    state = "met" if is_back else "overdue" if lot.lent_until < day else "due"
    late = is_back and back is not None and back > lot.lent_until
    yield "SU-07", f"{ITEMS[lot.item]} · {lot.name}", state, lot.lent_until, late
