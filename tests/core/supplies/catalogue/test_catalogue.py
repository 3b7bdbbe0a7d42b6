"""The catalogue: codes of the standard, packs, other names, look-alikes, and items without codes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import use_language
from drillapp.core.ledgers.importing import import_ledger
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.saving import Editing, Saving
from drillapp.core.search.queries import search
from drillapp.core.supplies.catalogue.duplicates import look_alikes, suspected_duplicates
from drillapp.core.supplies.catalogue.entries import CategoryEntry
from drillapp.core.supplies.catalogue.listings import CATEGORIES
from drillapp.core.supplies.catalogue.packs import read_packs, show_packs
from drillapp.core.supplies.catalogue.standard import above, code_problem
from drillapp.core.supplies.catalogue.tree import save_categories
from drillapp.core.supplies.commands import save_items
from drillapp.core.supplies.entries import ItemEntry
from drillapp.core.supplies.listings import ITEMS
from drillapp.core.work import Origin

_SIZES = st.integers(1, 10**9)
_NAMES = st.text("箱盒件袋abc", min_size=1, max_size=4)


def item(code: str | None, name: str = "帐篷", **said: object) -> ItemEntry:
    return ItemEntry(name=name, **({"code": code} if code else {}), **said)  # type: ignore[arg-type]


def only_item(office: Office) -> object:
    [row] = first_rows(office, ITEMS, View(), 9)
    return row


@pytest.mark.parametrize("code", ["1010101", "2000000", "3019900", "1010000", "2010199"])
def test_codes_of_the_standard_have_four_layers(code: str) -> None:
    assert code_problem(code) == ""


@pytest.mark.parametrize(
    "code", ["4010101", "0010101", "101010", "10101010", "101O101", "１０１０１０１", "1000001", "1010001"]
)
def test_other_codes_are_refused(office_file: object, code: str) -> None:
    assert code in code_problem(code)


def test_the_branches_above_a_code_are_those_of_its_layers() -> None:
    assert above("1020304") == ["1020300", "1020000", "1000000"]
    assert above("1020000") == ["1000000"]
    assert above("1000000") == []


def test_a_wrong_standard_code_is_told_at_its_field(office: Office) -> None:
    with pytest.raises(InvalidInput) as refusal:
        save_items(office, [item("T", standard_code="4010101")])
    assert refusal.value.field == "standard_code"
    save_items(office, [item("T", standard_code="１０１０１０１")])
    assert only_item(office).standard_code == "1010101"  # type: ignore[attr-defined]


def test_a_new_item_goes_to_the_nearest_branch_of_its_standard_code(office: Office) -> None:
    save_categories(office, [CategoryEntry(code="1", name="生活"), CategoryEntry(code="101", name="帐篷类")])
    save_items(office, [item("T", standard_code="1010203"), item("B", "棉被", standard_code="1020101")])
    rows = {row.code: row.category for row in first_rows(office, ITEMS, View(), 9)}
    assert rows == {"T": "帐篷类", "B": "生活"}
    # What was chosen by hand stays when the code is handed in again without a category.
    save_items(office, [item("T", category="自定")])
    assert save_items(office, [item("T", standard_code="1010203")]).unchanged == 1


@given(st.dictionaries(_NAMES, _SIZES, min_size=1, max_size=4))
def test_packs_are_read_as_they_are_shown(packs: dict[str, int]) -> None:
    assert read_packs(show_packs(packs)) == packs


@pytest.mark.parametrize("cell", ["箱", "箱=", "=24", "箱=0", "箱=-1", "24", "箱=24;箱=30", "箱=0.0001"])
@pytest.mark.sqlite_only("a text is read the same way")
def test_what_is_no_pack_is_refused(office: Office, cell: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        save_items(office, [item("T", packs=cell)])
    assert refusal.value.field == "packs"


def test_packs_are_kept_and_replaced_as_a_whole(office: Office) -> None:
    save_items(office, [item("T", packs="盒＝10；箱：240.5件")])
    assert only_item(office).packs == "箱=240.5;盒=10"  # type: ignore[attr-defined]
    assert save_items(office, [item("T", packs="盒=10；箱=240.5")]).unchanged == 1
    assert save_items(office, [item("T")]).unchanged == 1
    assert save_items(office, [item("T", packs="托=1200")]).updated == 1
    assert only_item(office).packs == "托=1200"  # type: ignore[attr-defined]
    save_items(office, [item("T", packs=None)])
    assert only_item(office).packs is None  # type: ignore[attr-defined]


def test_other_names_are_found_by_pinyin(office: Office) -> None:
    save_items(office, [item("T", "苫布", aliases="防水布；篷布")])
    assert {hit.subtitle for hit in search(office, "fangshuibu")} == {"T"}
    assert {hit.subtitle for hit in search(office, "pb")} == {"T"}


def test_items_without_a_code_get_the_next_one_and_are_found_again(office: Office) -> None:
    save_items(office, [item("WZ0007", "铁锹"), item("X99", "镐")])
    saved = save_items(office, [item(None, "手电", spec="LED"), item(None, "手电", spec="卤素")])
    told = [note.message for note in saved.notes if note.field == "code"]
    assert ["WZ0008" in told[0], "WZ0009" in told[1]] == [True, True]
    rows = [item(None, "手电", spec="led"), item(None, "铁锹", unit_of_measure="把")]
    again = save_items(office, rows, Saving(origin=Origin("list.csv", "0" * 64)))
    assert (again.created, again.updated) == (0, 2)
    assert {row.code for row in first_rows(office, ITEMS, View(), 9)} == {"WZ0007", "X99", "WZ0008", "WZ0009"}


def test_a_form_never_takes_a_new_item_for_a_known_one(office: Office) -> None:
    save_items(office, [item("A", "手电")])
    saved = save_items(office, [item(None, "手电")])
    assert saved.created == 1
    assert any("A" in note.message for note in saved.notes if note.field == "name")


def test_categories_made_on_the_way_stand_in_the_journal(office: Office) -> None:
    save_items(office, [item("T", category="帐篷类")])
    with office.read() as connection:
        [content] = connection.execute(
            text("SELECT content FROM journal WHERE command = 'save items'")
        ).scalars()
    assert '"categories"' in content
    assert "帐篷类" in content
    assert [row.items for row in first_rows(office, CATEGORIES, View(), 9)] == [1]


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        (item("B", "强光手电", spec="LED"), "name"),
        (item("B", "强光手电筒", aliases="强光手电"), "alias"),
        (item("B", "探照灯", aliases="手提灯；强光 手电"), "alias"),
        (item("B", "强光手店"), "pinyin"),
        (item("B", "强光手电筒（进口）", spec="LED"), "spec"),
    ],
)
def test_look_alikes_are_told_when_entered(office: Office, second: ItemEntry, reason: str) -> None:
    save_items(office, [item("A", "强光手电", spec="LED" if reason != "pinyin" else None)])
    saved = save_items(office, [second])
    assert saved.created == 1
    assert [note.message for note in saved.notes if "A" in note.message]
    assert [(one.code, one.other_code, one.reason) for one in suspected_duplicates(office)] == [
        ("B", "A", reason)
    ]


def test_different_specifications_tell_items_apart(office: Office) -> None:
    saved = save_items(
        office, [item("A", "手套", spec="S小号"), item("B", "手套", spec="M中号"), item("C", "头套")]
    )
    assert saved.notes == ()
    assert suspected_duplicates(office) == []
    assert {one.other_code for one in look_alikes(office, "手套")} == {"A", "B"}
    assert look_alikes(office, "手套", spec="s小号", besides="A") == []


def test_an_unchanged_item_is_not_told_again(office: Office) -> None:
    both = [item("A", "手套"), item("B", "手套")]
    assert save_items(office, both).notes
    assert save_items(office, both).notes == ()


def test_a_form_must_keep_a_code(office: Office) -> None:
    [key] = save_items(office, [item("A")]).ids
    assert key is not None
    with pytest.raises(InvalidInput) as refusal:
        save_items(office, [ItemEntry(code=None, name="帐篷")], Saving(editing=Editing(key, 1)))
    assert refusal.value.field == "code"


def test_a_note_about_a_column_that_a_file_lacks_says_the_header_it_would_have(
    office: Office, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    use_language("zh_CN")
    path.write_text("Item name,Quantity\nBlanket,3\n", "utf-8")
    (note,) = import_ledger(office, "items", path, dry_run=True).notes
    assert (note.column, "Blanket" in note.message) == ("物资编码", True)
