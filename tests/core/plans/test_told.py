"""A ledger's label says which version its row speaks of: dates go to that one, and nothing is rewritten by accident."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.errors import InvalidInput
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.plans.life import life_of
from drillapp.core.plans.lifecycle import EventEntry, record_event
from drillapp.core.plans.queries import PLANS, PlanRow
from drillapp.core.plans.versions import begin_version, versions_of
from drillapp.core.readiness.queries import readiness
from drillapp.core.saving import Editing, Saved, Saving

OLD, NEW = date(2023, 3, 1), date(2026, 3, 1)


def told(office: Office, *, editing: Editing | None = None, **said: Any) -> Saved:
    entry = PlanEntry(**{"number": "P", "title": "预案", "unit_code": "110102"} | said)
    return save_plans(office, [entry], Saving(editing=editing))


def row(office: Office) -> PlanRow:
    (found,) = first_rows(office, PLANS, View(retired=True), 9)
    assert isinstance(found, PlanRow)
    return found


def life(office: Office) -> list[tuple[int, str, date]]:
    return [(one.version_ordinal, one.kind, one.happened_on) for one in life_of(office, row(office).id)]


def labels(office: Office) -> list[str | None]:
    return [version.label for version in reversed(versions_of(office, row(office).id))]


def test_a_new_label_with_later_dates_is_a_further_version(office: Office) -> None:
    told(office, version="1", approved_on=OLD, published_on=OLD, filed_on=OLD, filing_number="A")
    said = {"version": "2", "approved_on": NEW, "published_on": NEW, "filed_on": NEW, "filing_number": "B"}
    assert told(office, **said).updated == 1
    assert labels(office) == ["1", "2"]
    kinds = ("approved", "filed", "published")
    assert sorted(life(office)) == [*((1, kind, OLD) for kind in kinds), *((2, kind, NEW) for kind in kinds)]
    found = row(office)
    assert (found.version, found.label_in_force, found.filing_number, found.published_on) == (
        "2",
        "2",
        "B",
        NEW,
    )
    assert told(office, **said).unchanged == 1
    office.as_of = date(2025, 1, 1)
    found = row(office)
    assert (found.label_in_force, found.filing_number, found.published_on) == ("1", "A", OLD)


def test_a_label_alone_is_a_draft_beside_the_version_in_force(office: Office) -> None:
    told(office, version="1", approved_on=OLD, published_on=OLD)
    draft = {"version": "2", "approved_on": None, "published_on": None}
    told(office, **draft)
    assert labels(office) == ["1", "2"]
    assert life(office) == [(1, "approved", OLD), (1, "published", OLD)]
    assert told(office, **draft).unchanged == 1
    # Filing and assessment are of the version in force, approval of the one being written.
    told(office, filed_on=date(2023, 4, 1), assessed_on=date(2025, 1, 1))
    told(office, approved_on=NEW)
    told(office, published_on=NEW, filed_on=date(2026, 3, 20))
    assert life(office)[2:] == [
        (1, "filed", date(2023, 4, 1)), (1, "assessed", date(2025, 1, 1)), (2, "approved", NEW), (2, "published", NEW),
        (2, "filed", date(2026, 3, 20)),
    ]  # fmt: skip


def test_a_better_name_is_no_further_version(office: Office) -> None:
    told(office, approved_on=OLD, published_on=OLD)
    told(office, version="2023版")  # it had no name
    told(office, version="2023年版", approved_on=OLD, published_on=OLD)  # the same dates
    assert labels(office) == ["2023年版"]
    found = row(office)
    told(office, version="1.0", editing=Editing(found.id, found.revision))  # from a form
    assert labels(office) == ["1.0"]
    told(office, version=None)
    assert labels(office) == [None]
    assert told(office, version=None).unchanged == 1


def test_an_older_ledger_does_not_rewrite_what_came_after(office: Office) -> None:
    told(office, version="1", approved_on=OLD, published_on=OLD)
    told(office, version="2", approved_on=NEW, published_on=NEW)
    before = life(office)
    for said, field in (
        ({"version": "1", "approved_on": OLD, "published_on": OLD}, "version"),
        ({"published_on": date(2022, 1, 1)}, "published_on"),
        ({"version": "3", "approved_on": date(2022, 1, 1), "published_on": date(2026, 4, 1)}, "approved_on"),
    ):
        with pytest.raises(InvalidInput) as refusal:
            told(office, **said)
        assert refusal.value.field == field
    assert (life(office), labels(office)) == (before, ["1", "2"])
    # A correction and a withdrawal concern the newest version alone.
    told(office, published_on=date(2026, 3, 5))
    told(office, published_on=date(2026, 3, 4))
    assert (2, "published", date(2026, 3, 4)) in life(office)
    told(office, published_on=None)
    assert [one for one in life(office) if one[1] == "published"] == [(1, "published", OLD)]
    assert told(office, published_on=None).unchanged == 1


def test_a_version_never_begins_before_the_one_before_it(office: Office) -> None:
    told(office, version="1", approved_on=OLD)
    told(office, version="2")
    with pytest.raises(InvalidInput) as refusal:
        told(office, published_on=date(2022, 12, 1))
    assert refusal.value.field == "published_on"


def test_ledger_and_forms_of_the_life_go_together(office: Office) -> None:
    told(office, version="1", approved_on=OLD, published_on=OLD, kind="special")
    second = begin_version(office, row(office).id, label="2")
    for kind in ("risk_assessed", "approved"):
        record_event(office, EventEntry(version_id=second, kind=kind, happened_on=NEW))
    told(office, version="2", approved_on=NEW, published_on=date(2026, 3, 9))
    assert life(office)[-1] == (2, "published", date(2026, 3, 9))
    assert labels(office) == ["1", "2"]


def test_a_plan_is_in_force_since_its_first_version_even_if_only_a_later_one_was_published(
    office: Office,
) -> None:
    told(office, version="2023版", approved_on=OLD)
    told(office, version="2026版", approved_on=NEW, published_on=NEW)
    held = DrillEntry(
        number="D", unit_code="110102", title="演练", plan_number="P", planned_on=date(2024, 5, 12)
    )
    assert save_drills(office, [held]).created == 1
    own = next(unit for unit in readiness(office, on=date(2024, 6, 1)) if unit.unit == "110102")
    assert own.indicators["plans"].own_met >= 1
