"""What whole tables say is asked once, and again when somebody has written."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from drillapp.core.lookups import Lookups
from drillapp.core.office import Office

MANY = [str(number) for number in range(5000)]


class Asked:
    """Notes what it is asked for."""

    def __init__(self) -> None:
        self.values: list[Collection[Any] | None] = []

    def __call__(self, values: Collection[Any] | None) -> int:
        self.values.append(values)
        return len(self.values)


def test_few_values_are_looked_up_by_themselves(office: Office) -> None:
    lookups, asked = Lookups(), Asked()
    with office.read() as connection:
        assert [lookups.of(connection, "units", values, asked) for values in (["A"], ["B"])] == [1, 2]
    assert asked.values == [["A"], ["B"]]


def test_all_are_looked_up_once_for_many_values(office: Office) -> None:
    lookups, asked = Lookups(), Asked()
    with office.read() as connection:
        assert [lookups.of(connection, "units", MANY, asked) for _time in range(2)] == [1, 1]
        assert lookups.of(connection, "plans", MANY, asked) == 2
    assert asked.values == [None, None]


def test_what_is_looked_up_ahead_for_few_holds_for_many(office: Office) -> None:
    lookups, asked = Lookups(), Asked()
    with office.read() as connection:
        lookups.is_ahead = True
        assert lookups.of(connection, "units", ["A"], asked) == 1
        lookups.is_ahead = False
        assert lookups.of(connection, "units", MANY, asked) == 1
    assert asked.values == [None]


def test_what_was_found_is_out_of_date_when_somebody_has_written(office: Office) -> None:
    lookups, asked = Lookups(), Asked()
    with office.read() as connection:
        assert lookups.of(connection, "units", MANY, asked) == 1
    with office.write("something") as work:
        work.changed("units", 1, {"name": ("old", "new")})
    with office.read() as connection:
        assert lookups.of(connection, "units", MANY, asked) == 2


def test_what_was_found_is_forgotten_when_the_memory_is_wanted(office: Office) -> None:
    lookups, asked = Lookups(), Asked()
    with office.read() as connection:
        lookups.of(connection, "units", MANY, asked)
        lookups.forget()
        assert lookups.of(connection, "units", MANY, asked) == 2
