"""A street with a community, a filling station and a school, each with plans: what a programme is drawn up for."""

from __future__ import annotations

from datetime import date

from drillapp.core.drills.programme.queries import programme_of
from drillapp.core.drills.programme.rows import ItemRow, ProgrammeRow
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry
from drillapp.core.units.references import unit_ids

YEAR = 2027
BEGUN = date(2024, 3, 1)


def fill(office: Office) -> None:
    """Enter the street."""
    save_units(
        office,
        [
            UnitEntry(code="S", name="德胜街道", kind="street", parent_code="110102", valid_from=BEGUN),
            UnitEntry(code="C", name="安德里社区", kind="community", parent_code="S", valid_from=BEGUN),
            UnitEntry(
                code="E",
                name="北京加油站",
                kind="enterprise",
                parent_code="S",
                high_risk=True,
                valid_from=BEGUN,
            ),
            UnitEntry(code="X", name="育翔小学", kind="school", parent_code="S", valid_from=BEGUN),
        ],
    )
    save_plans(
        office,
        [
            PlanEntry(
                number="S-1", title="街道防汛应急预案", unit_code="S", tier="street", kind="special", hazard="防汛",
                published_on=BEGUN,
            ),
            PlanEntry(
                number="E-1", title="加油站火灾现场处置方案", unit_code="E", tier="unit", kind="on_site", hazard="火灾",
                published_on=BEGUN,
            ),
            PlanEntry(
                number="E-2", title="加油站综合应急预案", unit_code="E", tier="unit", kind="comprehensive",
                published_on=BEGUN,
            ),
        ],
    )  # fmt: skip


def key_of(office: Office, code: str) -> int:
    """The key of a unit."""
    with office.read() as connection:
        return unit_ids(connection, {code})[code]


def programme(office: Office, code: str = "S") -> ProgrammeRow:
    """A unit's programme of the year."""
    return programme_of(office, key_of(office, code), YEAR)


def by_title(items: list[ItemRow], words: str) -> list[ItemRow]:
    """The items whose title has these words."""
    return [item for item in items if words in item.title]
