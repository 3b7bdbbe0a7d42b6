"""Disposal cards to print, from the office's ledger."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator

from drillapp.core.cards.alarm import read_alarm
from drillapp.core.cards.checking import check_code
from drillapp.core.cards.queries import CARDS, CardRow, cards_in_use
from drillapp.core.cards.steps import read_steps
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.listing import rows
from drillapp.core.office import Office
from drillapp.core.reports.card_format import card_format
from drillapp.core.reports.card_sheet import CardSheet
from drillapp.core.reports.card_text import Card
from drillapp.core.units.references import unit_id

_BLOCK = 500


def card_sheet(
    office: Office,
    numbers: Collection[str] = (),
    unit_code: str | None = None,
    size: str = "pocket",
    sector: str | None = None,
) -> CardSheet:
    """The cards with these numbers, or all, of a unit and those below it, of a sector, by number; no retired ones.

    Raises InvalidInput for a size or sector that there is not, NotFound for an unknown unit, for numbers without a card
    (named) and where there are no cards.
    """
    card_format(size)
    scope = None
    if unit_code is not None:
        with office.read() as connection:
            scope = unit_id(connection, unit_code)
    ids = cards_in_use(office, numbers, scope, sector)
    if not ids:
        raise NotFound(
            _("There are no disposal cards to print."),
            _("Enter cards for the posts of this unit and the units under it."),
        )
    return CardSheet(office.name, _cards(office, ids), size)


def draft_sheet(office: Office, row: CardRow, size: str) -> CardSheet:
    """One card as its row says, kept or still being written; raises InvalidInput for a size that there is not."""
    card_format(size)
    return CardSheet(office.name, [_card(row)], size)


def _cards(office: Office, ids: array[int]) -> Iterator[Card]:
    """Read block by block, so that a whole district's cards need no room."""
    for start in range(0, len(ids), _BLOCK):
        yield from map(_card, rows(office, CARDS, ids[start : start + _BLOCK]))


def _card(row: CardRow) -> Card:
    return Card(
        number=row.number,
        unit=row.unit_name,
        post=row.post,
        title=row.title or _("{post}: disposal card").format(post=row.post),
        first_action=" ".join(_lines(row.first_action)),
        alarm=read_alarm(row.alarm),
        steps=read_steps(row.steps),
        hazards=_lines(row.hazards),
        protection=_lines(row.protection),
        prohibitions=_lines(row.prohibitions),
        route=_lines(row.route),
        supplies=_lines(row.supplies),
        contacts=_lines(row.contacts),
        person=row.person or "",
        source=" ".join(filter(None, (row.plan_number, row.plan_version, row.section))),
        version=row.version,
        valid_until=row.valid_until,
        check_code=check_code(row),
    )


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())
