"""Plans that are named by their titles where numbers are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from sqlalchemy import select

from drillapp.core.batch import Batch
from drillapp.core.database.base import narrowed
from drillapp.core.i18n import _
from drillapp.core.named import write_codes
from drillapp.core.plans.events import in_force_periods
from drillapp.core.plans.model import Plan


def no_plan_called() -> str:
    """What is said of a name ({value}) that no plan has."""
    return _("There is no plan with the name or number '{value}'.")


def write_plan_numbers(batch: Batch, field: str = "plan_number", *, among_them: bool = False) -> None:
    """Put numbers in the place of titles that are no numbers; a title that several plans in use have is refused.

    `among_them`: the entries are plans themselves, and may be meant.
    """
    said = batch.codes_of(field)
    if not said:
        return
    entered = list(zip(batch.given["number"], batch.given["title"], strict=True)) if among_them else []
    numbers = batch.connection.execute(narrowed(select(Plan.number), Plan.number, said)).scalars()
    _write_numbers(batch, field, said.difference(numbers, (number for number, _title in entered)), entered)


def _write_numbers(
    batch: Batch, field: str, titles: set[str], entered: Sequence[tuple[str, str]] = ()
) -> None:
    if not titles:
        return
    called: dict[str, set[str]] = {}
    in_use = select(Plan.title, Plan.number).where(Plan.retired_on.is_(None))
    for title, number in batch.connection.execute(narrowed(in_use, Plan.title, titles)):
        if title in titles:
            called.setdefault(title, set()).add(number)
    # Those below a plan are often called as it is: of the entries only one is meant that nothing there is called like.
    titles = titles - called.keys()
    for number, title in entered:
        if number and title in titles:
            called.setdefault(title, set()).add(number)
    write_codes(batch, field, called)


def look_up_plans(batch: Batch) -> dict[str, tuple[int, date | None, date | None]]:
    """Turn plan numbers or titles into keys, and refuse unknown ones; returns `in_force_periods` of the plans."""
    said, periods_of = batch.codes_of("plan_number"), partial(in_force_periods, batch.connection)
    periods = batch.lookups.of(batch.connection, "periods of plans", said, periods_of)
    if titles := said - periods.keys():
        _write_numbers(batch, "plan_number", titles)
        periods = periods | periods_of(batch.codes_of("plan_number") - periods.keys())
    ids = {number: period[0] for number, period in periods.items()}
    batch.look_up(
        "plan_number", "plan_id", ids, _("There is no plan with the number '{value}'."), no_plan_called()
    )
    return periods
