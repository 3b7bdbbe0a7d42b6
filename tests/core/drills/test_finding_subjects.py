"""A finding can be about a kind of supply and a disposal card, by their codes."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from drillapp.core.drills.commands import save_drills, save_findings
from drillapp.core.drills.entries import DrillEntry, FindingEntry
from drillapp.core.drills.model import Finding
from drillapp.core.errors import InvalidInput
from drillapp.core.office import Office
from drillapp.core.supplies.commands import save_items
from drillapp.core.supplies.entries import ItemEntry
from drillapp.core.supplies.model import Item


def test_a_finding_about_a_kind_of_supply(office: Office) -> None:
    save_items(office, [ItemEntry(code="1010101", name="对讲机", category="通信")])
    save_drills(
        office, [DrillEntry(number="D1", unit_code="110102", title="演练", planned_on=date(2026, 5, 12))]
    )
    save_findings(office, [FindingEntry(drill_number="D1", number="1", text="信号弱", item_code="1010101")])
    with office.read() as connection:
        found = connection.execute(select(Item.code).join(Finding, Finding.item_id == Item.id)).scalar_one()
    assert found == "1010101"
    with pytest.raises(InvalidInput) as refused:
        save_findings(office, [FindingEntry(drill_number="D1", number="2", text="缺", item_code="9")])
    assert refused.value.problems[0].field == "item_code"
    with pytest.raises(InvalidInput) as refused:
        save_findings(office, [FindingEntry(drill_number="D1", number="2", text="缺", card_number="X")])
    assert refused.value.problems[0].field == "card_number"
