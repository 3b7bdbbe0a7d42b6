"""A storehouse with a few lots, and short ways through a stocktake of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from drillapp.core.clock import FixedClock
from drillapp.core.errors import InvalidInput
from drillapp.core.office import Office
from drillapp.core.supplies.stocktake.counting import enter_counts
from drillapp.core.supplies.stocktake.drawing import draw_up
from drillapp.core.supplies.stocktake.explaining import explain
from drillapp.core.supplies.stocktake.posting import post_stocktake
from drillapp.core.supplies.stocktake.queries import stocktake_view
from drillapp.core.supplies.stocktake.reviewing import review, submit
from drillapp.core.supplies.stocktake.rows import Count, Drawing, LineRow, Part
from tests.core.supplies.ledger import book, furnish, line, stock

MORNING = datetime(2026, 11, 24, 1, tzinfo=UTC)
"""Nine o'clock in Beijing."""
COUNTER, REVIEWER = "王磊", "李敏"


def furnish_store(office: Office) -> None:
    """100 shovels, 50 and 20 tents of two lots at S1, as of a week ago; 5 shovels at S2."""
    furnish(office)
    book(
        office,
        line("in", 100, "2026-11-17", "RK1"),
        line("in", 50, "2026-11-17", "RK1", item_code="TENT", lot="A", expires_on=date(2027, 5, 1)),
        line("in", 20, "2026-11-17", "RK1", item_code="TENT", lot="B", expires_on=date(2027, 8, 1)),
        line("in", 5, "2026-11-17", "RK1", storehouse="S2"),
    )


def at(clock: FixedClock, minutes: float) -> datetime:
    """So many minutes after the morning's beginning; the clock stands there then."""
    clock.moment = MORNING + timedelta(minutes=minutes)
    return clock.moment


def drawn(office: Office, **said: object) -> int:
    """A stocktake of S1."""
    return draw_up(office, Drawing(**({"storehouse": "S1"} | said))).id  # type: ignore[arg-type]


def count(
    office: Office, key: int, found: dict[int, float | None], by: str = COUNTER, **said: object
) -> None:
    """Enter what was found of lines by their numbers."""
    enter_counts(office, key, [Count(line, quantity, **said) for line, quantity in found.items()], by)  # type: ignore[arg-type]


def lines(office: Office, key: int) -> dict[int, LineRow]:
    """The lines by their numbers."""
    return {one.position: one for one in stocktake_view(office, key).lines}


def explain_all(office: Office, key: int) -> None:
    """Say of every difference that its reason is not known."""
    explain(
        office,
        key,
        {
            position: [Part("unknown", one.difference)]
            for position, one in lines(office, key).items()
            if one.difference
        },
    )


def finish(office: Office, key: int, *, uncounted: bool = False) -> None:
    """From the last count to the ledger."""
    explain_all(office, key)
    submit(office, key, COUNTER, uncounted=uncounted)
    review(office, key, REVIEWER, same_seat=True)
    post_stocktake(office, key)


def shovels(office: Office, day: str = "2026-11-24") -> float:
    """What the book says of shovels at S1."""
    return stock(office, day).get(("S1", "SHOVEL", None, None), 0)


def refused(error: type[Exception], call: object, *given: object, **said: object) -> str:
    """The sentence with which something is refused."""
    with pytest.raises(error) as caught:
        call(*given, **said)  # type: ignore[operator]
    return str(caught.value)


def problems(call: object, *given: object, **said: object) -> list[str]:
    """All that is wrong with what is refused."""
    with pytest.raises(InvalidInput) as caught:
        call(*given, **said)  # type: ignore[operator]
    return [problem.message for problem in caught.value.problems]
