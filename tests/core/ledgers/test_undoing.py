"""A ledger file that was brought in can be taken back as a whole, as long as nobody has built on it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from drillapp.core.check import check
from drillapp.core.clock import FixedClock
from drillapp.core.database.engine import is_postgres
from drillapp.core.database.tables import METADATA
from drillapp.core.errors import Conflict, NotFound
from drillapp.core.kinds import KINDS
from drillapp.core.ledgers.importing import import_ledger
from drillapp.core.ledgers.undoing.commands import imports, undo_import
from drillapp.core.office import Office
from drillapp.core.progress import Cancelled
from drillapp.core.search.queries import search
from drillapp.core.units.commands import make_own_unit, save_people
from drillapp.core.units.entries import PersonEntry
from tests.journaled import commands

from .test_importing import GOOD, REFERRED_TO, ledger

NOT_COMPARED = {"journal", "ledger_imports", "ledger_mappings", "remembered_figures"}
FIRST = GOOD | {
    "posts": GOOD["posts"] | {"name": "另一岗"},
    "items": GOOD["items"] | {"packs": "箱=20;捆=5"},
    "drill_log": {"drill_number": "YL-1", "at": "2026-5-6 9:30", "text": "到达集合点"},
}
SECOND: dict[str, dict[str, Any]] = {
    "units": {"name": "乙单位", "parent_code": "U8"},
    "people": {"phone": "13800000000"},
    "posts": {"key_post": "是"},
    "plans": {"title": "防汛抢险应急预案", "approved_on": "2026.4.1", "version": "第二版"},
    "drills": {"title": "综合演练"},
    "findings": {"text": "集合太慢"},
    "categories": {"name": "帐篷类"},
    "items": {"name": "棉大衣", "packs": "箱=24"},
    "storehouses": {"name": "区级一库"},
    "cards": {"issued_on": "2026-6-1"},
    "teams": {"members": 20},
    "team_members": {"insured_until": "2028-1-1"},
    "team_equipment": {"quantity": 9},
    "scenarios": {"name": "内涝转移安置"},
    "scenario_rates": {"quantity": 2},
    "levels": {"quantity": 2000},
}
"""What a second file says otherwise of the row of a kind."""


@pytest.fixture
def furnished(office: Office, tmp_path: Path) -> Office:
    """An office with what the good rows refer to."""
    for kind, rows in REFERRED_TO.items():
        bring_in(office, tmp_path, kind, *rows)
    bring_in(office, tmp_path, "units", GOOD["units"] | {"code": "U8", "name": "上级"})
    return office


def bring_in(office: Office, folder: Path, kind: str, *rows: dict[str, Any]) -> int:
    """Import a ledger of these rows; returns the journal's entry of it."""
    result = import_ledger(office, kind, ledger(folder / f"{kind}.csv", kind, *rows))
    assert not result.errors
    assert result.entry is not None
    return result.entry


def tables(office: Office) -> dict[str, set[Any]]:
    """All rows of all tables, without how often they were changed, and what can be found."""
    with office.read() as connection:
        found = {name: set(map(tuple, connection.exec_driver_sql(rows))) for name, rows in _ALL_ROWS.items()}
        key = "key" if is_postgres(connection) else "rowid"
        found["found"] = set(connection.exec_driver_sql(f"SELECT {key} FROM search_index").scalars())
    return found


_ALL_ROWS = {
    table.name: f"SELECT {', '.join(column.name for column in table.columns if column.name != 'revision')} FROM {table.name}"
    for table in METADATA.sorted_tables
    if table.name not in NOT_COMPARED
}


def test_files_of_all_kinds_are_taken_back_and_all_is_as_before(furnished: Office, tmp_path: Path) -> None:
    taken: list[tuple[str, int, dict[str, set[Any]]]] = []
    for rows in (FIRST, SECOND):
        for kind in filter(rows.__contains__, KINDS):
            before = tables(furnished)
            taken.append((kind, bring_in(furnished, tmp_path, kind, FIRST[kind] | rows[kind]), before))
    assert {kind for kind, _entry, _before in taken} == set(KINDS)
    for kind, entry, before in reversed(taken):
        assert undo_import(furnished, entry).touches(kind)
        after = tables(furnished)
        assert {name for name in before if before[name] != after[name]} == set(), kind
    assert check(furnished).ok
    assert commands(furnished).count("undo import") == len(taken)
    assert all(one.undone_at for one in imports(furnished)[: len(taken)])


def test_what_a_file_renamed_is_found_by_its_old_name_again(office: Office, tmp_path: Path) -> None:
    bring_in(office, tmp_path, "items", GOOD["items"])
    entry = bring_in(office, tmp_path, "items", GOOD["items"] | {"name": "棉大衣"})
    assert [hit.title for hit in search(office, "mdy")] == ["棉大衣"]
    undo_import(office, entry)
    assert (search(office, "mdy"), [hit.title for hit in search(office, "mb")]) == ([], ["棉被"])


def test_the_list_of_imports_tells_who_brought_in_what(office: Office, tmp_path: Path) -> None:
    new = GOOD["units"] | {"code": "U10"}
    bring_in(office, tmp_path, "units", GOOD["units"])
    entry = bring_in(office, tmp_path, "units", GOOD["units"] | {"name": "乙单位"}, new)
    newest, oldest = imports(office)
    assert (newest.entry_id, newest.kind, newest.file_name) == (entry, "units", "units.csv")
    assert (newest.created, newest.updated, newest.undone_at) == (1, 1, None)
    assert (newest.at, newest.actor) == (office.clock.now(), office.actor)
    assert (oldest.created, oldest.updated) == (1, 0)


def refused(office: Office, entry: int) -> str:
    """What is said of an import that cannot be undone, which leaves everything as it is."""
    before = tables(office)
    with pytest.raises(Conflict) as refusal:
        undo_import(office, entry)
    assert tables(office) == before
    assert next(one for one in imports(office) if one.entry_id == entry).undone_at is None
    return refusal.value.message


def test_what_somebody_changed_since_is_not_taken_back(office: Office, tmp_path: Path) -> None:
    entry = bring_in(office, tmp_path, "items", GOOD["items"], GOOD["items"] | {"code": "W-10"})
    later = bring_in(office, tmp_path, "items", GOOD["items"] | {"name": "棉大衣"})
    assert "品种“W-9 棉大衣”此后改过" in refused(office, entry)
    undo_import(office, later)
    undo_import(office, entry)


def test_a_date_of_a_plan_that_was_corrected_since_names_the_plan(office: Office, tmp_path: Path) -> None:
    entry = bring_in(office, tmp_path, "plans", GOOD["plans"])
    with office.write("test") as work:
        work.connection.execute(text("UPDATE plan_events SET happened_on = '2025-03-02'"))
    assert "预案“YA-9 防汛应急预案”此后改过" in refused(office, entry)


def test_what_was_removed_since_is_named_by_what_it_belonged_to(office: Office, tmp_path: Path) -> None:
    entry = bring_in(office, tmp_path, "items", GOOD["items"] | {"packs": "箱=20;捆=5"})
    bring_in(office, tmp_path, "items", GOOD["items"] | {"packs": "包=3"})
    assert "品种" in refused(office, entry)


def test_what_is_referred_to_since_is_not_taken_back(office: Office, tmp_path: Path) -> None:
    entry = bring_in(office, tmp_path, "units", GOOD["units"])
    bring_in(office, tmp_path, "people", GOOD["people"] | {"unit_code": "U9"})
    assert "人员“张某”" in refused(office, entry)


def test_what_became_the_offices_own_unit_since_is_not_taken_back(office: Office, tmp_path: Path) -> None:
    entry = bring_in(office, tmp_path, "units", GOOD["units"])
    make_own_unit(office, GOOD["units"]["code"])
    assert "本机构自身" in refused(office, entry)


@pytest.mark.parametrize("kind", ["units", "plans"])
def test_what_would_be_below_itself_is_not_taken_back(furnished: Office, tmp_path: Path, kind: str) -> None:
    code, above = {"units": ("code", "parent_code"), "plans": ("number", "parent_number")}[kind]
    first, second, third = (GOOD[kind] | {code: name, above: ""} for name in ("X1", "Y1", "Z1"))
    bring_in(furnished, tmp_path, kind, second, third, first | {above: "Y1"})
    entry = bring_in(furnished, tmp_path, kind, first | {above: "Z1"})
    later = bring_in(furnished, tmp_path, kind, second | {above: "X1"})
    assert "自己的下级" in refused(furnished, entry)
    undo_import(furnished, later)
    undo_import(furnished, entry)


def test_the_import_that_wrote_what_stands_in_the_way_is_named(furnished: Office, tmp_path: Path) -> None:
    entry = bring_in(furnished, tmp_path, "units", {"code": "N1", "name": "新单位", "parent_code": "U8"})
    save_people(furnished, [PersonEntry(unit_code="N1", name="手工录入")])
    later = bring_in(furnished, tmp_path, "people", {"unit_code": "N1", "name": "张三"})
    told = refused(furnished, entry)
    assert f"张三”引用了其中导入的内容。（由编号 {later} 的导入“people.csv”写入）" in told
    assert "手工录入”引用了其中导入的内容。（" not in told, "nobody brought it in"
    undo_import(furnished, later)
    assert "people.csv" not in refused(furnished, entry)


def test_a_later_import_that_changed_a_record_is_named(furnished: Office, tmp_path: Path) -> None:
    row = {"code": "N1", "name": "新单位", "parent_code": "U8"}
    entry = bring_in(furnished, tmp_path, "units", row)
    later = bring_in(furnished, tmp_path, "units", row | {"address": "东街1号"})
    assert f"由编号 {later} 的导入“units.csv”写入" in refused(furnished, entry)


def test_stock_that_was_issued_since_is_not_taken_back(furnished: Office, tmp_path: Path) -> None:
    entry = bring_in(furnished, tmp_path, "movements", GOOD["movements"])
    issue = GOOD["movements"] | {"document": "CK-1", "kind": "出库", "quantity": 8, "occurred_on": "2026.1.6"}
    later = bring_in(furnished, tmp_path, "movements", issue)
    told = refused(furnished, entry)
    assert "CK-1" in told
    name = next(one.file_name for one in imports(furnished) if one.entry_id == later)
    assert f"编号 {later} 的导入“{name}”" in told
    undo_import(furnished, later)
    undo_import(furnished, entry)
    assert check(furnished).ok


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        ("movements", GOOD["movements"] | {"document": "RK-8", "quantity": "20箱"}),
        ("quarantines", GOOD["quarantines"] | {"quantity": "8箱"}),
        ("levels", GOOD["levels"] | {"quantity": "8箱"}),
    ],
)
def test_a_unit_of_measure_that_was_counted_in_since_stays(
    furnished: Office, tmp_path: Path, kind: str, row: dict[str, Any]
) -> None:
    for one in ("movements", "levels"):
        bring_in(furnished, tmp_path, one, GOOD[one])
    entry = bring_in(furnished, tmp_path, "items", {"code": "W-1", "name": "棉被", "unit_of_measure": "箱"})
    later = bring_in(furnished, tmp_path, kind, row)
    assert "棉被”此后已按新的计量单位" in refused(furnished, entry)
    undo_import(furnished, later)
    undo_import(furnished, entry)


def test_a_count_that_was_booked_since_keeps_what_it_counted(furnished: Office, tmp_path: Path) -> None:
    entry = bring_in(furnished, tmp_path, "movements", GOOD["movements"])
    count = GOOD["movements"] | {"document": "PD-1", "kind": "盘点", "quantity": 7, "occurred_on": "2026.1.6"}
    bring_in(furnished, tmp_path, "movements", count)
    assert "PD-1" in refused(furnished, entry)


def test_goods_set_aside_since_are_not_taken_back(furnished: Office, tmp_path: Path) -> None:
    entry = bring_in(furnished, tmp_path, "movements", GOOD["movements"])
    bring_in(furnished, tmp_path, "quarantines", GOOD["quarantines"] | {"quantity": "8床"})
    assert "隔离" in refused(furnished, entry)


def test_an_import_is_undone_once(office: Office, tmp_path: Path) -> None:
    entry = bring_in(office, tmp_path, "units", GOOD["units"])
    undo_import(office, entry)
    with pytest.raises(Conflict, match="已经撤销"):
        undo_import(office, entry)
    with pytest.raises(NotFound):
        undo_import(office, entry + 1)


def test_nothing_is_kept_of_a_dry_run_nor_of_what_is_entered_after_an_import(
    office: Office, tmp_path: Path
) -> None:
    path = ledger(tmp_path / "a.csv", "units", GOOD["units"])
    assert import_ledger(office, "units", path, dry_run=True).entry is None
    first = import_ledger(office, "units", path)
    assert import_ledger(office, "units", path).entry is None
    save_people(office, [PersonEntry(unit_code="110102", name="王某")])
    assert [one.entry_id for one in imports(office)] == [first.entry]
    assert first.entry is not None
    undo_import(office, first.entry)


def test_many_rows_are_gone_as_well_as_few(office: Office, tmp_path: Path) -> None:
    rows = [
        GOOD["units"] | {"code": f"U{number:02}", "parent_code": f"U{number // 2:02}"}
        for number in range(1, 40)
    ]
    rows[0] |= {"parent_code": "110102"}
    before = tables(office)
    entry = bring_in(office, tmp_path, "units", *rows)
    undo_import(office, entry)
    assert tables(office) == before


def test_how_a_file_was_understood_is_forgotten_with_it(
    office: Office, clock: FixedClock, tmp_path: Path
) -> None:
    def understood() -> int:
        with office.read() as connection:
            return int(connection.execute(text("SELECT count(*) FROM ledger_mappings")).scalar_one())

    first = bring_in(office, tmp_path, "units", GOOD["units"])
    clock.moment += timedelta(minutes=1)
    later = bring_in(office, tmp_path, "units", GOOD["units"] | {"code": "U10"})
    undo_import(office, first)
    assert understood() == 1
    undo_import(office, later)
    assert understood() == 0


def test_an_undo_that_is_stopped_leaves_everything_as_it_is(office: Office, tmp_path: Path) -> None:
    class Stopping:
        def step(self, done: int, total: int | None, text: str) -> None:
            if done == 3:
                raise Cancelled

    entry = bring_in(office, tmp_path, "units", GOOD["units"])
    before = tables(office)
    with pytest.raises(Cancelled):
        undo_import(office, entry, Stopping())
    assert tables(office) == before
    undo_import(office, entry)
