"""What comes near to settling an obligation, record by record, and why each does not."""

from __future__ import annotations

from typing import Any

from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.rules.near_miss import NearMiss
from drillapp.core.rules.nearly import nearly
from drillapp.ui.parts.record_link import RecordLine
from drillapp.ui.parts.sections import Section
from drillapp.ui.session import Target

_PAGES = {
    "drills": "drills", "findings": "drills", "plans": "plans", "cards": "cards", "teams": "units", "stock": "supplies",
    "movements": "supplies", "upkeep": "supplies", "stocktakes": "supplies",
}  # fmt: skip
"""On which page the list of each kind is."""


def near(office: Office, row: Any) -> list[Section]:
    """The records that nearly settle what a row of obligations asks."""
    if row.state == "met" and not row.obligation.late:
        return [Section(_("These come near"), empty=_("It is met."))]
    found = [_line(one) for one in nearly(office, row.obligation)]
    return [Section(_("These come near"), found, empty=_("No record comes near to settling it."))]


def _line(one: NearMiss) -> RecordLine:
    words = one.why if one.on is None else _("{day}: {why}").format(day=one.on, why=one.why)
    page = _PAGES.get(one.kind)
    return RecordLine(one.name, words, target=Target(page, one.kind, one.id) if page else None, wraps=True)
