"""The tree of categories: planted from a table in any order, renamed and moved, never above itself."""

from __future__ import annotations

import random

import pytest

from drillapp.core.errors import Conflict, InvalidInput
from drillapp.core.office import Office
from drillapp.core.saving import Editing, Saving
from drillapp.core.supplies.catalogue.entries import CategoryEntry
from drillapp.core.supplies.catalogue.listings import arranged, category_tree
from drillapp.core.supplies.catalogue.tree import propose_categories, save_categories
from drillapp.core.supplies.commands import save_items
from drillapp.core.supplies.entries import ItemEntry

TABLE = [
    ("1", "基本生活保障物资"),
    ("101", "住宿"),
    ("10101", "帐篷"),
    ("1010101", "单帐篷"),
    ("1010199", "其他"),
    ("102", "衣被"),
    ("10299", "其他"),
    ("2000000", "应急装备"),
]


def branch(name: str, **said: str | None) -> CategoryEntry:
    return CategoryEntry(name=name, **said)  # type: ignore[arg-type]


def tree(office: Office) -> list[str]:
    return ["-" * depth + row.name for depth, row in arranged(category_tree(office))]


def key_of(office: Office, name: str) -> tuple[int, int]:
    row = next(row for row in category_tree(office) if row.name == name)
    return row.id, row.revision


def test_the_standards_table_is_planted_in_any_order(office: Office) -> None:
    rows = [branch(name, code=code) for code, name in TABLE]
    random.Random(5).shuffle(rows)
    assert save_categories(office, rows).created == len(TABLE)
    assert tree(office) == [
        "基本生活保障物资", "-住宿", "--帐篷", "---单帐篷", "---其他", "-衣被", "--其他", "应急装备",
    ]  # fmt: skip
    assert save_categories(office, rows).unchanged == len(TABLE)


def test_proposed_names_get_their_code_from_the_table(office: Office) -> None:
    assert propose_categories(office).created == 11
    assert propose_categories(office).created == 0
    saved = save_categories(office, [branch("帐篷", code="1010000")])
    assert (saved.created, saved.updated) == (0, 1)
    assert [row.code for row in category_tree(office) if row.name == "帐篷"] == ["1010000"]


def test_a_branch_is_renamed_and_moved(office: Office) -> None:
    save_categories(office, [branch("甲"), branch("乙", parent="甲"), branch("丙")])
    key, revision = key_of(office, "乙")
    save_categories(office, [branch("新乙", parent="丙")], Saving(editing=Editing(key, revision)))
    assert sorted(tree(office)) == sorted(["甲", "丙", "-新乙"])
    with pytest.raises(Conflict):
        save_categories(office, [branch("旧")], Saving(editing=Editing(key, revision)))


def test_no_branch_is_above_itself(office: Office) -> None:
    save_categories(office, [branch("甲"), branch("乙", parent="甲"), branch("丙", parent="乙")])
    key, revision = key_of(office, "甲")
    for parent in ("甲", "丙"):
        with pytest.raises(InvalidInput) as refusal:
            save_categories(office, [branch("甲", parent=parent)], Saving(editing=Editing(key, revision)))
        assert refusal.value.field == "parent"
    assert tree(office) == ["甲", "-乙", "--丙"]


def test_unknown_branches_above_are_refused_and_nothing_is_written(office: Office) -> None:
    with pytest.raises(InvalidInput, match="无"):
        save_categories(office, [branch("甲"), branch("乙", parent="无"), branch("丙", parent="乙")])
    assert tree(office) == []
    saved = save_categories(office, [branch("甲"), branch("乙", parent="无")], Saving(partial=True))
    assert (saved.created, len(saved.problems)) == (1, 1)


def test_a_name_of_several_branches_is_told_by_the_branch_above(office: Office) -> None:
    save_categories(
        office, [branch("甲"), branch("乙"), branch("其他", parent="甲"), branch("其他", parent="乙")]
    )
    with pytest.raises(InvalidInput) as refusal:
        save_items(office, [ItemEntry(code="T", name="锹", category="其他")])
    assert refusal.value.field == "category"
    save_items(office, [ItemEntry(code="T", name="锹", category="乙/其他")])
    rows = {row.parent: row.items for row in category_tree(office) if row.name == "其他"}
    assert rows == {"甲": 0, "乙": 1}


def test_a_dry_run_plants_nothing(office: Office) -> None:
    assert save_categories(office, [branch("甲")], Saving(dry_run=True)).created == 1
    assert tree(office) == []
