"""Lists show exactly what was asked for, in the order asked for, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drillapp.core.listing import Condition, View, count, counts, first_rows, keys, rows
from drillapp.core.office import Office
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry
from drillapp.core.units.queries import UNITS

OWN = "110102"
NAMES = (
    "德胜街道",
    "100%达标",
    "a_b",
    "A_B 中心",
    "消防站",
    "axb",
    "50/50",
    r"back\slash",
    "西长安街 Street",
    "消防 一中队",
)
KINDS = ("street", "community", "enterprise", "other")
SECTORS = ((), ("transport",), ("transport", "fire_safety"), ("fire_safety",))


@pytest.fixture
def filled(office: Office) -> Office:
    """An office of sixty more units with every mixture of values, some of them empty."""
    save_units(
        office,
        [
            UnitEntry(
                code=f"U{i:02}",
                name=NAMES[i % len(NAMES)],
                parent_code=f"U{i // 4:02}" if i > 3 else (OWN if i else None),
                kind=KINDS[i % 3],
                sectors=SECTORS[i % 4],
                headcount=None if i % 5 == 0 else i * 7 % 30,
                high_risk=i % 2 == 0,
                valid_from=None if i % 4 == 0 else date(2020, 1 + i % 12, 1),
            )
            for i in range(60)
        ],
    )
    return office


def shown(office: Office, view: View) -> list[str]:
    return [row.code for row in first_rows(office, UNITS, view, 1000)]


SORTS = st.lists(
    st.tuples(st.sampled_from(["name", "kind", "headcount", "valid_from", "high_risk", "parent_code"]), st.booleans()),
    max_size=3,
    unique_by=lambda sort: sort[0],
).map(tuple)  # fmt: skip
VIEWS = st.builds(
    View,
    unit_id=st.none(),
    retired=st.just(True),
    text=st.sampled_from(["", "", "%", "_", "a_b", "街", "消防 站", "/", "\\", "U1", "STREET", "  ", "无此"]),
    choices=st.dictionaries(st.just("kind"), st.lists(st.sampled_from(KINDS), max_size=2, unique=True))
    | st.dictionaries(st.just("sectors"), st.lists(st.sampled_from(["transport", "fire_safety"]), max_size=2)),
    conditions=st.lists(
        st.sampled_from(
            [
                Condition("headcount", ">=", 10), Condition("headcount", "is null"), Condition("high_risk", "=", True),
                Condition("valid_from", "<", date(2020, 7, 1)), Condition("valid_from", "is not null"),
                Condition("kind", "in", ["street", "other"]),
            ]
        ),
        max_size=2,
    ).map(tuple),
    sort=SORTS,
)  # fmt: skip


COMPARE = {
    "=": lambda a, b: a == b,
    "<": lambda a, b: a is not None and a < b,
    ">=": lambda a, b: a is not None and a >= b,
    "in": lambda a, b: a in b,
    "is null": lambda a, _b: a is None,
    "is not null": lambda a, _b: a is not None,
}


def fits(row: Any, view: View) -> bool:
    """Whether a view shows a row."""
    words = view.text.lower().split()
    return (
        all(word in row.name.lower() or word in row.code.lower() for word in words)
        and all(
            not codes or set((getattr(row, column) or "").split(",")) & set(codes)
            for column, codes in view.choices.items()
        )
        and all(
            COMPARE[comparison](getattr(row, column), value) for column, comparison, value in view.conditions
        )
    )


def naive(all_rows: Sequence[Any], view: View) -> list[int]:
    """The keys of a view, worked out row by row."""
    chosen = sorted((row for row in all_rows if fits(row, view)), key=lambda row: row.id)
    for column, descending in reversed(view.sort or UNITS.sort):
        values = {getattr(row, column) for row in chosen} - {None}
        in_order = [*sorted(values, reverse=descending), None]
        chosen = [row for value in in_order for row in chosen if getattr(row, column) == value]
    return [row.id for row in chosen]


def test_a_view_is_what_a_look_at_each_row_gives(filled: Office) -> None:
    all_rows = first_rows(filled, UNITS, View(), 1000)
    by_key = {row.id: row for row in all_rows}
    assert len(all_rows) == 61

    @settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(VIEWS, st.integers(1, 20))
    def agree(view: View, page: int) -> None:
        expected = naive(all_rows, view)
        found = keys(filled, UNITS, view)
        assert list(found) == expected
        assert count(filled, UNITS, view) == len(expected)
        assert first_rows(filled, UNITS, view, page) == [by_key[key] for key in expected[:page]]
        paged = [
            row for at in range(0, len(found), page) for row in rows(filled, UNITS, found[at : at + page])
        ]
        assert paged == [by_key[key] for key in expected]

    agree()


def test_signs_of_the_search_language_mean_themselves(filled: Office) -> None:
    for text, names in {
        "%": {"100%达标"}, "_": {"a_b", "A_B 中心"}, "a_b": {"a_b", "A_B 中心"}, "\\": {r"back\slash"}, "/": {"50/50"},
    }.items():  # fmt: skip
        assert {row.name for row in first_rows(filled, UNITS, View(text=text), 1000)} == names
    for text in ("\x00", "\ud800", "德胜\x00街道"):
        assert {"德胜街道"} <= {row.name for row in first_rows(filled, UNITS, View(text=text), 1000)}


def test_empty_values_come_last_both_ways(filled: Office) -> None:
    for descending in (False, True):
        sort = (("headcount", descending),)
        values = [row.headcount for row in first_rows(filled, UNITS, View(sort=sort), 1000)]
        there = [value for value in values if value is not None]
        assert values == sorted(there, reverse=descending) + [None] * (len(values) - len(there))
        assert None in values


def test_a_scope_is_a_unit_with_all_below_it(filled: Office) -> None:
    key = next(row.id for row in first_rows(filled, UNITS, View(), 100) if row.code == "U02")
    expected = {f"U{i:02}" for i in [2, *range(8, 12), *range(32, 48)]}
    assert set(shown(filled, View(unit_id=key))) == expected
    assert count(filled, UNITS, View(unit_id=key)) == len(expected)
    assert shown(filled, View(unit_id=999_999)) == []


def test_a_choice_finds_a_code_among_several(filled: Office) -> None:
    chosen = first_rows(filled, UNITS, View(choices={"sectors": ["transport"]}), 1000)
    assert {row.sectors for row in chosen} == {"transport", "transport,fire_safety"}


@pytest.mark.parametrize("descending", [False, True])
def test_sorting_by_the_column_of_one_chosen_code_leaves_the_order_of_entry(
    filled: Office, descending: bool
) -> None:
    view = View(choices={"kind": ["street"]}, sort=(("kind", descending),))
    found = list(keys(filled, UNITS, view))
    assert len(found) > 10
    assert found == sorted(found)
    assert [row.id for row in first_rows(filled, UNITS, view, 5)] == found[:5]


def test_sorting_by_a_column_of_joined_codes_counts_with_one_chosen(filled: Office) -> None:
    view = View(choices={"sectors": ["transport"]}, sort=(("sectors", True),))
    sectors = [row.sectors for row in first_rows(filled, UNITS, view, 1000)]
    assert len(set(sectors)) == 2
    assert sectors == sorted(sectors, reverse=True)


def test_counts_by_columns_add_up(filled: Office) -> None:
    found = counts(filled, UNITS, View(text="U"), "kind", "high_risk")
    assert sum(found.values()) == count(filled, UNITS, View(text="U"))
    assert found["street", True] == sum(
        row.kind == "street" and row.high_risk for row in first_rows(filled, UNITS, View(text="U"), 1000)
    )


def test_rows_come_in_the_order_of_the_keys_without_those_that_are_gone(filled: Office) -> None:
    found = list(keys(filled, UNITS, View()))
    wanted = [found[5], 999_999, found[2], found[40]]
    assert [row.id for row in rows(filled, UNITS, wanted)] == [found[5], found[2], found[40]]
    assert rows(filled, UNITS, []) == []
