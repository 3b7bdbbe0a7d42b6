"""Units keep their tree: parents anywhere in a ledger, moves, no circles, scopes that are always right."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from drillapp.core.errors import InvalidInput
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.saving import Editing, Saving
from drillapp.core.superiors import circles
from drillapp.core.units.commands import make_own_unit, save_people, save_posts, save_units
from drillapp.core.units.entries import PersonEntry, PostEntry, UnitEntry
from drillapp.core.units.model import Unit, UnitAncestor
from drillapp.core.units.queries import PEOPLE, POSTS, UNITS, unit_tree

OWN = "110102"


def units(*tree: str) -> list[UnitEntry]:
    """Units written as `code` or `code<parent`; `code<` for one that has no parent any more."""
    made = []
    for word in tree:
        code, arrow, parent = word.partition("<")
        made.append(UnitEntry(code=code, name=code, **({"parent_code": parent or None} if arrow else {})))
    return made


def shape(office: Office) -> set[str]:
    """The tree in the same writing."""
    codes = {node.id: node.code for node in unit_tree(office)}
    return {
        f"{node.code}<{codes[node.parent_id]}" if node.parent_id else node.code
        for node in unit_tree(office)
        if node.code != OWN
    }


def below(office: Office, code: str) -> set[str]:
    key = next(node.id for node in unit_tree(office) if node.code == code)
    return {row.code for row in first_rows(office, UNITS, View(unit_id=key), 1000)}


def problems(office: Office, *tree: str) -> list[tuple[int, str]]:
    with pytest.raises(InvalidInput) as refusal:
        save_units(office, units(*tree))
    return [(problem.index, problem.field) for problem in refusal.value.problems]


def test_a_parent_may_stand_anywhere_in_the_ledger(office: Office) -> None:
    save_units(office, units("C<B", "B<A", f"A<{OWN}", "D<C"))
    assert shape(office) == {"C<B", "B<A", f"A<{OWN}", "D<C"}
    assert below(office, OWN) == {OWN, "A", "B", "C", "D"}
    assert below(office, "B") == {"B", "C", "D"}


def test_the_tree_comes_from_the_top(office: Office) -> None:
    save_units(office, units("Z<A", "B<A", "C<B", f"A<{OWN}"))
    assert [node.code for node in unit_tree(office)] == [OWN, "A", "B", "Z", "C"]


def test_what_is_below_moves_along(office: Office) -> None:
    save_units(office, units(f"A<{OWN}", f"B<{OWN}", "C<A", "D<C"))
    saved = save_units(office, units("C<B"))
    assert (saved.created, saved.updated) == (0, 1)
    assert below(office, "A") == {"A"}
    assert below(office, "B") == {"B", "C", "D"}
    save_units(office, units("C<"))
    assert below(office, OWN) == {OWN, "A", "B"}
    assert below(office, "C") == {"C", "D"}


def test_an_unknown_parent_is_refused_with_all_that_hang_on_it(office: Office) -> None:
    assert problems(office, "A<X", "C<B", "B<A", f"D<{OWN}") == [(i, "parent_code") for i in range(3)]
    saved = save_units(office, units("A<X", "C<B", "B<A", f"D<{OWN}"), Saving(partial=True))
    assert [problem.index for problem in saved.problems] == [0, 1, 2]
    assert shape(office) == {f"D<{OWN}"}


def parents(office: Office) -> dict[str, str | None]:
    return {row.name: row.parent_code for row in first_rows(office, UNITS, View(), 100)}


def test_a_superior_may_be_named(office: Office) -> None:
    save_units(office, [UnitEntry(code="S", name="德胜街道", kind="street", parent_code="110102")])
    entries = [
        UnitEntry(code="A", name="甲社区", kind="community", parent_code="德胜街道"),
        UnitEntry(code="B", name="乙厂", kind="enterprise", parent_code="甲社区"),
    ]
    assert save_units(office, entries).created == 2
    found = parents(office)
    assert (found["甲社区"], found["乙厂"]) == ("S", "A")
    assert save_units(office, entries).unchanged == 2


def test_a_name_that_several_units_have_is_refused_with_their_codes(office: Office) -> None:
    twins = [
        UnitEntry(code=code, name="同名站", kind="station", parent_code="110102") for code in ("T1", "T2")
    ]
    save_units(office, twins)
    with pytest.raises(InvalidInput, match="T1, T2"):
        save_units(office, [UnitEntry(code="A", name="甲", kind="site", parent_code="同名站")])
    with pytest.raises(InvalidInput, match="T1, T2"):
        save_people(office, [PersonEntry(unit_code="同名站", name="张三")])


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("无名街道", "没有名称或编码为“无名街道”的单位"),
        ("Red Cross", "没有名称或编码为“Red Cross”的单位"),
        ("X-9", "没有编码为“X-9”的单位"),
    ],
)
def test_what_is_not_there_is_spoken_of_as_it_was_written(office: Office, said: str, told: str) -> None:
    with pytest.raises(InvalidInput, match=told):
        save_units(office, [UnitEntry(code="A", name="甲", kind="site", parent_code=said)])
    with pytest.raises(InvalidInput, match=told):
        save_people(office, [PersonEntry(unit_code=said, name="张三")])


def test_no_unit_is_above_itself(office: Office) -> None:
    assert problems(office, "A<A") == [(0, "parent_code")]
    assert problems(office, "A<B", "B<A") == [(0, "parent_code"), (1, "parent_code")]
    # D stands apart from the circle and is right; E cannot be, since A is not to be.
    in_or_on = problems(office, "A<B", "B<C", "C<A", f"D<{OWN}", "E<A")
    assert {index for index, _field in in_or_on} == {0, 1, 2, 4}
    save_units(office, units("A", "B<A", "C<B"))
    assert problems(office, "A<C") == [(0, "parent_code")]
    assert problems(office, "A<C", "B", "C") == [(0, "parent_code")]
    assert shape(office) == {"A", "B<A", "C<B"}
    save_units(office, units("A<C", "B<"))
    assert shape(office) == {"A<C", "B", "C<B"}


def test_a_circle_hidden_behind_refused_entries_is_found(office: Office) -> None:
    save_units(office, units("A", "B<A"))
    hidden = [
        UnitEntry(code="A", name="A", parent_code="B"),
        UnitEntry(code="B", name="B", parent_code=None, kind="castle"),
        UnitEntry(code="B", name="B", parent_code=None),
    ]
    saved = save_units(office, [hidden[0], hidden[1]], Saving(partial=True))
    assert [problem.index for problem in saved.problems] == [0, 1]
    assert shape(office) == {"A", "B<A"}
    again = [
        UnitEntry(code="C", name="C", parent_code="D"),
        UnitEntry(code="D", name="D", parent_code="C"),
        *units("C<"),
    ]
    save_units(office, again, Saving(partial=True))
    assert "C<D" not in shape(office)
    assert shape(office) >= {"A", "B<A"}


def test_a_circle_made_by_a_new_code_is_found(office: Office) -> None:
    save_units(office, units("A", "B<A", "C<B"))
    row = next(row for row in first_rows(office, UNITS, View(), 10) if row.code == "A")
    renamed = UnitEntry(code="A2", name="A", parent_code="C")
    with pytest.raises(InvalidInput):
        save_units(office, [renamed], Saving(editing=Editing(row.id, row.revision)))
    assert shape(office) == {"A", "B<A", "C<B"}


def test_the_offices_own_unit_is_the_top_of_its_tree(office: Office) -> None:
    save_units(office, [UnitEntry(code=OWN, name="西城区", parent_code="110000"), *units(f"A<{OWN}")])
    assert unit_tree(office)[0].name == "西城区"
    assert unit_tree(office)[0].parent_id is None
    # What is known is taken: an office may be anywhere in the tree that it keeps.
    save_units(
        office, [UnitEntry(code="CITY", name="市"), UnitEntry(code=OWN, name="西城区", parent_code="CITY")]
    )
    assert below(office, "CITY") == {"CITY", OWN, "A"}


def test_the_own_unit_can_be_another(office: Office) -> None:
    save_units(office, units("A"))
    make_own_unit(office, "A")
    assert office.unit_id == next(node.id for node in unit_tree(office) if node.code == "A")


def test_what_stands_beside_the_office_is_told(office: Office) -> None:
    entries = [
        UnitEntry(code="S", name="街道", kind="street", parent_code="110102"),
        UnitEntry(code="E", name="企业", kind="enterprise"),
        UnitEntry(code="110102", name="Test district", kind="district"),
    ]
    notes = save_units(office, entries).notes
    assert [(note.index, note.field) for note in notes] == [(1, "parent_code")]
    assert save_units(office, entries).notes == (), "it is known by then"


def test_a_new_name_of_the_offices_own_unit_is_told(office: Office) -> None:
    [own] = [row for row in first_rows(office, UNITS, View(), 10) if row.code == "110102"]
    same, other = (UnitEntry(code=own.code, name=name, kind="district") for name in (own.name, "另一个区"))
    assert save_units(office, [same]).notes == ()
    notes = save_units(office, [other], Saving(dry_run=True)).notes
    assert [(note.index, note.field) for note in notes] == [(0, "name")]
    assert own.name in notes[0].message
    save_units(office, [other])
    assert save_units(office, [other]).notes == ()


def test_new_units_without_a_kind_are_told_once(office: Office) -> None:
    entries = [
        UnitEntry(code="S", name="街道", kind="street", parent_code="110102"),
        UnitEntry(code="A", name="甲", parent_code="110102"),
        UnitEntry(code="B", name="乙", parent_code="110102"),
    ]
    notes = [note for note in save_units(office, entries).notes if note.field == "kind"]
    assert [note.index for note in notes] == [1]
    assert "2" in notes[0].message
    assert "其他" in notes[0].message
    assert [note for note in save_units(office, entries).notes if note.field == "kind"] == []


def test_what_cannot_be_is_refused(office: Office) -> None:
    entry = UnitEntry(
        code="A",
        name="甲",
        headcount=-1,
        kind="castle",
        valid_from=date(2026, 1, 2),
        valid_to=date(2026, 1, 1),
    )
    with pytest.raises(InvalidInput) as refusal:
        save_units(office, [entry])
    assert {problem.field for problem in refusal.value.problems} == {"headcount", "kind", "valid_to"}
    save_units(
        office, [UnitEntry(code="A", name="甲", valid_from=date(2026, 1, 1), valid_to=date(2026, 1, 1))]
    )


def test_people_and_posts_belong_to_a_unit(office: Office) -> None:
    save_units(office, units(f"A<{OWN}", "B<A"))
    people = [PersonEntry(unit_code=code, name="王芳", phone="010-1") for code in ("A", "B")]
    posts = [PostEntry(unit_code="B", name="值班员", key_post=True, sector="fire_safety")]
    assert save_people(office, people).created == 2
    assert save_posts(office, posts).created == 1
    assert save_people(office, people).unchanged == 2
    assert [row.unit_code for row in first_rows(office, PEOPLE, View(text="王芳"), 10)] == ["A", "B"]
    [post] = first_rows(office, POSTS, View(), 10)
    assert (post.unit_code, post.name, post.key_post, post.sector) == ("B", "值班员", True, "fire_safety")


# The ancestors against a naive walk ------------------------------------------------------------------------------

MOVES = st.lists(
    st.lists(st.tuples(st.integers(0, 11), st.integers(-1, 11)), min_size=1, max_size=6, unique_by=lambda move: move[0]),
    min_size=1,
    max_size=8,
)  # fmt: skip


@pytest.fixture
def new_office(template_file: Path, tmp_path: Path) -> Callable[[], Office]:
    """Opens one office file, with its first twelve units standing alone again."""
    for path in template_file.parent.iterdir():
        target = tmp_path / path.name
        target.write_bytes(path.read_bytes())

    def opened() -> Office:
        office = Office.open(tmp_path / template_file.name)
        save_units(office, [UnitEntry(code=f"U{i}", name="x", parent_code=None) for i in range(12)])
        return office

    return opened


def test_ancestors_follow_every_move(new_office: Callable[[], Office]) -> None:
    @settings(max_examples=40)
    @given(MOVES)
    def follow(moves: list[list[tuple[int, int]]]) -> None:
        with closing(new_office()) as office:
            for move in moves:
                entries = [
                    UnitEntry(code=f"U{unit}", name="x", parent_code=f"U{parent}" if parent >= 0 else None)
                    for unit, parent in move
                ]
                save_units(office, entries, Saving(partial=True))
                assert ancestors(office) == walked(office)

    follow()


def test_ancestors_follow_a_move_of_very_many(office: Office) -> None:
    save_units(
        office,
        [
            UnitEntry(code=f"U{i}", name="x", parent_code=f"U{i // 3 - 1}" if i > 2 else OWN)
            for i in range(900)
        ],
    )
    assert ancestors(office) == walked(office)
    save_units(office, [UnitEntry(code=f"U{i}", name="x", parent_code="U0") for i in range(300, 700)])
    assert ancestors(office) == walked(office)


def ancestors(office: Office) -> set[tuple[int, int, int]]:
    with office.read() as connection:
        columns = UnitAncestor.unit_id, UnitAncestor.ancestor_id, UnitAncestor.distance
        return {tuple(row) for row in connection.execute(select(*columns))}


def walked(office: Office) -> set[tuple[int, int, int]]:
    with office.read() as connection:
        parents = {row.id: row.parent_id for row in connection.execute(select(Unit.id, Unit.parent_id))}
    found = set()
    for unit in parents:
        above, distance = unit, 0
        while above is not None:
            found.add((unit, above, distance))
            above, distance = parents[above], distance + 1
            assert distance <= len(parents)
    return found


@given(st.dictionaries(st.sampled_from("ABCDEFGH"), st.sampled_from("ABCDEFGHX") | st.none()))
def test_circles_are_what_a_walk_comes_back_from(superiors: dict[str, str | None]) -> None:
    def comes_back(start: str) -> bool:
        code = superiors.get(start)
        for _step in superiors:
            if code is None or code == start:
                return code == start
            code = superiors.get(code)
        return False

    assert circles(superiors) == {code for code in superiors if comes_back(code)}
