"""What a request for mutual aid must fulfil, and the keys behind its codes."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from drillapp.core.batch import text_problem
from drillapp.core.database.base import still
from drillapp.core.database.types import to_thousandths
from drillapp.core.errors import Problem
from drillapp.core.i18n import _
from drillapp.core.supplies.aid.entries import Asking
from drillapp.core.supplies.model import Item, Storehouse
from drillapp.core.supplies.quantities import LARGEST
from drillapp.core.units.model import Unit


class Checked(NamedTuple):
    """A request with its keys, or what is wrong with it."""

    values: dict[str, Any]
    """Columns of the request."""
    items: list[tuple[int, float]]
    """Keys of its items, and how much of each."""
    asker_code: str
    """Code of the unit that asks."""
    problems: list[Problem]


class _Place(NamedTuple):
    id: int
    unit_id: int
    unit_code: str
    unit_name: str


def check_asking(connection: Connection, asking: Asking, as_of: date, index: int) -> Checked:
    """Look at a request as of a date; `index` says in its problems which of several it is."""
    problems = [problem_at(index, one) for one in check_text("reason", asking.reason)]
    giver = _place(connection, asking.from_storehouse, as_of)
    asker = _place(connection, asking.to_storehouse, as_of)
    for field, place in (("from_storehouse", giver), ("to_storehouse", asker)):
        if place is None:
            code = getattr(asking, field)
            message = _("There is no storehouse with the code '{value}'.").format(value=code)
            problems.append(Problem(index, field, code, message))
    if giver is not None and asker is not None and giver.unit_id == asker.unit_id:
        message = _("Both storehouses belong to {unit}: book a transfer, no aid is needed.").format(
            unit=giver.unit_name
        )
        problems.append(Problem(index, "from_storehouse", asking.from_storehouse, message))
    if asking.needed_by is not None and asking.needed_by < as_of:
        message = _("Lies before {day}.").format(day=as_of)
        problems.append(Problem(index, "needed_by", str(asking.needed_by), message))
    items, wrong = _items(connection, asking, as_of, index)
    values = {
        "from_storehouse_id": giver.id if giver else None, "to_storehouse_id": asker.id if asker else None,
        "needed_by": asking.needed_by, "reason": asking.reason.strip() or None,
    }  # fmt: skip
    return Checked(values, items, asker.unit_code if asker else "", problems + wrong)


def check_text(field: str, text: str, *, needed: bool = False) -> list[Problem]:
    """What is wrong with a text."""
    message = text_problem(text) or (_("Must not be empty.") if needed and not text.strip() else "")
    return [Problem(0, field, text[:80], message)] if message else []


def problem_at(index: int, problem: Problem) -> Problem:
    """The same problem, of another of several."""
    return Problem(index, problem.field, problem.value, problem.message)


def _place(connection: Connection, code: str, as_of: date) -> _Place | None:
    statement = (
        select(Storehouse.id, Unit.id, Unit.code, Unit.name)
        .join(Unit, Unit.id == Storehouse.unit_id)
        .where(Storehouse.code == code, still(Storehouse.retired_on, as_of))
    )
    row = connection.execute(statement).first() if text_problem(code) == "" else None
    return None if row is None else _Place(*row)


def _items(
    connection: Connection, asking: Asking, as_of: date, index: int
) -> tuple[list[tuple[int, float]], list[Problem]]:
    if not asking.wanted:
        return [], [Problem(index, "wanted", "", _("Say what is asked for."))]
    codes = [one.item for one in asking.wanted if text_problem(one.item) == ""]
    known = select(Item.code, Item.id).where(Item.code.in_(codes), still(Item.retired_on, as_of))
    ids = {row.code: row.id for row in connection.execute(known)}
    named = Counter(one.item for one in asking.wanted)
    items: list[tuple[int, float]] = []
    problems: list[Problem] = []
    for one in asking.wanted:
        message = _wrong(one.item, one.quantity, ids, named)
        if message:
            problems.append(Problem(index, "wanted", one.item, message))
        else:
            items.append((ids[one.item], one.quantity))
    return items, problems


def _wrong(item: str, quantity: float, ids: dict[str, int], named: Counter[str]) -> str:
    if item not in ids:
        return _("There is no item with the code '{value}'.").format(value=item)
    if named[item] > 1:
        return _("Item {item} stands there more than once.").format(item=item)
    if not 0 < quantity <= LARGEST or to_thousandths(quantity) <= 0:
        return _("Of {item} more than 0 and at most {most} can be asked for.").format(item=item, most=LARGEST)
    return ""
