"""What lists and questions about required levels and scenarios answer with."""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class LevelRow(Struct, frozen=True):
    """A required level in a list; of a storehouse the unit is the one that it belongs to."""

    id: int
    unit_id: int | None
    revision: int
    unit_code: str | None
    unit_name: str | None
    unit_kind: str | None
    storehouse: str | None
    storehouse_name: str | None
    item_code: str
    item_name: str
    unit_of_measure: str | None
    quantity: float
    most: float | None
    source: str | None
    retired_on: date | None


class ScenarioRow(Struct, frozen=True):
    """A scenario, and how far the stock of its unit and of those below it would go."""

    id: int
    unit_id: int
    revision: int
    code: str
    name: str
    unit_code: str
    unit_name: str
    people: int
    hours: int
    note: str | None
    state: str | None
    """met or short; None without rates."""
    items: int
    short: int
    """Of how many items there is too little."""
    limiting: str | None
    """The item of which there is least for what is asked."""
    missing: float | None
    """How much of it is missing."""
    unit_of_measure: str | None
    """Of the limiting item."""
    people_served: int | None
    """For how many people what there is by head would suffice, over all the hours; None where nothing goes by head."""
    hours_lasting: int | None
    """For how many hours all the people could be supplied with what is used up; None where nothing is."""
    retired_on: date | None


class RateRow(Struct, frozen=True):
    """What a scenario takes of an item, and what is there of it."""

    id: int
    unit_id: int
    revision: int
    scenario: str
    scenario_name: str
    unit_name: str
    item_code: str
    item_name: str
    quantity: float
    unit_of_measure: str | None
    basis: str
    source: str | None
    state: str
    required: float
    available: float
    missing: float
    share: float
    """What is there of what is required, in per cent, at most 100."""
    people_served: int | None
    hours_lasting: int | None
    retired_on: date | None
