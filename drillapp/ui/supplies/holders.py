"""Who has an item, wherever it stands in a list: as an action, and as a tab beside the list."""

from __future__ import annotations

from typing import Any

from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.supplies.queries import stock_as_of
from drillapp.ui.parts import record_lines
from drillapp.ui.parts.cells import number_words
from drillapp.ui.parts.detail import Tab
from drillapp.ui.parts.list_pane import Action, ListPane
from drillapp.ui.parts.record_link import RecordLine
from drillapp.ui.parts.sections import Section, sections_tab
from drillapp.ui.session import Target
from drillapp.ui.supplies.aid.page import WHO_HAS
from drillapp.ui.supplies.ledger.card_action import item_of

_HOLDERS = 100


def who_has_action() -> Action:
    """Asks who has the item under the cursor, in all units."""
    return Action(label="Who has it", icon="search", done=_who_has_it, needs=1)


def who_has_tab() -> Tab:
    """The stock of the item in all units."""
    return Tab(label="Who has it", make=sections_tab(_holders))


def _who_has_it(pane: ListPane) -> None:
    row = pane.table.current_row()
    if row is not None:
        pane.session.go(Target("supplies", WHO_HAS, text=item_of(row)))


def _holders(office: Office, row: Any) -> list[Section]:
    """The stock of an item in all units, whatever the scope."""
    held = stock_as_of(office, None, item_of(row))
    total = sum(one.quantity for one in held)
    words = _("In all: {quantity}").format(
        quantity=f"{number_words(total)} {row.unit_of_measure or ''}".strip()
    )
    return [Section(words, [_holder_line(one) for one in held[:_HOLDERS]], len(held))]


def _holder_line(row: Any) -> RecordLine:
    quantity = f"{number_words(row.quantity)} {row.unit_of_measure or ''}".strip()
    line = record_lines.stock_line(row)
    expires = _("expires {day}").format(day=row.expires_on) if row.expires_on else ""
    words = " · ".join(part for part in (row.unit_name, row.lot, expires) if part)
    return line._replace(title=f"{row.storehouse_name}  {quantity}", subtitle=words)
