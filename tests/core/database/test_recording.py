"""A recording keeps what each statement is about to change, whatever the statement is like."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import bindparam, delete, insert, select, update

from drillapp.core.database.base import table_of
from drillapp.core.database.recording import Recorded, Recording, unpacked
from drillapp.core.database.rows import insert_rows, next_ids, update_rows
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
