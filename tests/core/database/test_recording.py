"""A recording keeps what each statement is about to change, whatever the statement is like."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from sqlalchemy import bindparam, delete, func, insert, select, update

from drillapp.core.database.base import table_of
from drillapp.core.database.engine import is_postgres
from drillapp.core.database.plainly import digests, plain_rows_between
from drillapp.core.database.recording import Recorded, Recording, unpacked
from drillapp.core.database.rows import insert_rows, next_ids, update_rows
from drillapp.core.ledgers.undoing.images import image_of
from drillapp.core.office import Office
from drillapp.core.supplies.catalogue.model import Category, ItemPack
from drillapp.core.supplies.model import Item
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry
from drillapp.core.units.model import Unit
from drillapp.core.work import Work

UNITS = table_of(Unit)


@pytest.fixture
def work(office: Office) -> Iterator[Work]:
    """A command in an office with the units A1 to A4."""
    save_units(office, [UnitEntry(code=f"A{n}", name=f"单位{n}", parent_code="110102") for n in range(1, 5)])
    with office.write("test") as made:
        yield made


def kept(recorded: Recorded | None) -> dict[str, str]:
    """The names that were kept, by the units' codes."""
    assert recorded is not None
    code, name = recorded.names.index("code"), recorded.names.index("name")
    return {row[code]: row[name] for row in unpacked(recorded.blocks)}


@pytest.mark.parametrize(
    "statement",
    [
        (update(Unit).where(Unit.code.in_(["A1", "A2"])).values(name="新"), None),
        (
            update(Unit).where(Unit.code == bindparam("_code")).values(name=bindparam("_name")),
            [{"_code": "A1", "_name": "甲"}, {"_code": "A2", "_name": "乙"}],
        ),
        (
            update(Unit).where(Unit.code >= bindparam("_from"), Unit.code < "A3").values(name="新"),
            [{"_from": "A1"}, {"_from": "A2"}],
        ),
    ],
)  # fmt: skip
def test_rows_are_kept_as_they_were_before_the_first_change(
    work: Work, statement: tuple[object, object]
) -> None:
    recording = Recording(work.connection, ())
    work.connection.execute(*(part for part in statement if part is not None))  # type: ignore[call-overload]
    work.connection.execute(update(Unit).where(Unit.code == "A1").values(name="再改"))
    recording.stop()
    work.connection.execute(update(Unit).where(Unit.code == "A4").values(name="不记"))
    assert kept(recording.tables[UNITS]) == {"A1": "单位1", "A2": "单位2"}


def test_new_rows_are_told_by_the_last_key_before_them_and_not_kept(work: Work) -> None:
    recording = Recording(work.connection, ("units",))
    categories = table_of(Category)
    own = {"owner_id": work.office_id, "revision": 1, "uid": "0" * 32}
    [key] = next_ids(work.connection, categories, 1)
    insert_rows(
        work.connection, categories, {"id": [key], "name": ["帐篷"], **{k: [v] for k, v in own.items()}}
    )
    update_rows(work.connection, categories, ["name"], [{"id": key, "name": "被服"}])
    work.connection.execute(update(Unit).values(name="不记"))
    recording.stop()
    recorded = recording.tables[categories]
    assert (recorded.last < key, recorded.ids, set(recording.tables)) == (True, set(), {categories})


def test_deleted_rows_are_kept(work: Work) -> None:
    own = {"owner_id": work.office_id, "revision": 1}
    items, packs = table_of(Item), table_of(ItemPack)
    item = {"id": 7, "uid": "1" * 32, "code": "W", "name": "水", **own}
    work.connection.execute(insert(items).values(item))
    insert_rows(
        work.connection, packs, {"id": [1, 2], "item_id": [7, 7], "name": ["箱", "捆"], "quantity": [24, 6]}
    )
    recording = Recording(work.connection, ())
    work.connection.execute(
        delete(ItemPack).where(ItemPack.item_id == bindparam("_item")), [{"_item": 7}, {"_item": 8}]
    )
    recording.stop()
    assert recording.tables[packs].ids == {1, 2}
    assert work.connection.execute(select(packs.c.id)).all() == []


MANY = 1200


def many(work: Work, **columns: list[object]) -> dict[str, list[object]]:
    """Columns of so many new units."""
    keys: list[object] = [*next_ids(work.connection, UNITS, MANY)]
    return {
        "id": keys, "uid": [f"{key:032x}" for key in keys], "owner_id": [work.office_id] * MANY,
        "revision": [1] * MANY, "code": [f"B{key}" for key in keys], "name": [f"单位{key}" for key in keys],
        "kind": ["enterprise"] * MANY, "high_risk": [True] * MANY, "crowded": [False] * MANY, "valid_from": [None, date(2026, 1, 2)] * (MANY // 2), **columns,
    }  # fmt: skip


def digested(work: Work, recording: Recording) -> tuple[int, bool]:
    """How many of the new units are known without reading them; whether all are digested as they are stored."""
    recorded = recording.tables[UNITS]
    image = image_of(work.connection, recorded)
    first, last = recorded.last + 1, recorded.last + 10 * MANY
    stored = plain_rows_between(work.connection, UNITS, recorded.said, first, last)
    return len(recorded.new.keys), image.digests == array("I", digests(stored)).tobytes()


def test_many_new_rows_are_known_from_what_was_inserted(work: Work) -> None:
    recording = Recording(work.connection, ())
    insert_rows(work.connection, UNITS, many(work))
    insert_rows(work.connection, UNITS, many(work))
    known = 0 if is_postgres(work.connection) else 2 * MANY
    assert digested(work, recording) == (known, True)


@pytest.mark.sqlite_only("a server refuses such values")
@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("address", ["路", 5]), ("address", [5, 5]), ("address", [7.5, 7.5]), ("headcount", ["7", "7"]),
        ("headcount", [7.0, 8.0]), ("headcount", [None, 7.0]),
    ],
)  # fmt: skip
def test_what_a_column_holds_otherwise_than_it_was_bound_is_read(
    work: Work, column: str, values: list[object]
) -> None:
    recording = Recording(work.connection, ())
    insert_rows(work.connection, UNITS, many(work, **{column: values * (MANY // 2)}))
    assert digested(work, recording) == (0, True)


@pytest.mark.parametrize(
    "then",
    [
        lambda work: work.connection.execute(update(Unit).where(Unit.code == "B3").values(name="改")),
        lambda work: update_rows(work.connection, UNITS, ["name"], [{"id": last(work), "name": "改"}]),
        lambda work: work.connection.execute(delete(Unit).where(Unit.id == bindparam("_id")), {"_id": last(work)}),
        lambda work: insert_rows(work.connection, UNITS, {name: of[:1] for name, of in many(work).items()}),
    ],
    ids=["changed", "changed by key", "removed", "one more"],
)  # fmt: skip
def test_new_rows_that_are_no_longer_all_as_inserted_are_read(
    work: Work, then: Callable[[Work], object]
) -> None:
    recording = Recording(work.connection, ())
    insert_rows(work.connection, UNITS, many(work, code=[f"B{number}" for number in range(MANY)]))
    then(work)
    _known, is_so = digested(work, recording)
    assert is_so


def test_old_rows_that_are_changed_leave_the_new_ones_known(work: Work) -> None:
    recording = Recording(work.connection, ())
    insert_rows(work.connection, UNITS, many(work))
    work.connection.execute(update(Unit).where(Unit.code == "A1").values(name="改"))
    known = 0 if is_postgres(work.connection) else MANY
    assert digested(work, recording) == (known, True)


def last(work: Work) -> int:
    """The newest unit."""
    key: int = work.connection.execute(select(func.max(Unit.id))).scalar_one()
    return key
