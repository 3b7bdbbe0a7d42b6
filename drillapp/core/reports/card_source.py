"""Disposal cards to print, from the office's ledger."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator

from drillapp.core.cards.queries import CARDS, CardRow, cards_in_use
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.listing import rows
from drillapp.core.office import Office
from drillapp.core.reports.card_format import card_format
from drillapp.core.reports.card_sheet import Card, CardSheet
from drillapp.core.units.references import unit_id

_BLOCK = 500


def card_sheet(
    office: Office, numbers: Collection[str] = (), unit_code: str | None = None, size: str = "pocket"
) -> CardSheet:
    """The cards with these numbers, or all, of a unit and those below it, by number; retired ones are left out.

    Raises InvalidInput for a size that there is not, NotFound for an unknown unit, for numbers without a card (named)
    and for a unit that has no cards.
    """
    card_format(size)
    scope = None
    if unit_code is not None:
        with office.read() as connection:
            scope = unit_id(connection, unit_code)
    ids = cards_in_use(office, numbers, scope)
    if not ids:
        raise NotFound(
            _("There are no disposal cards to print."),
            _("Enter cards for the posts of this unit and the units under it."),
        )
    return CardSheet(office.name, _cards(office, ids), size)


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
        steps=_lines(row.steps),
        hazards=" ".join(_lines(row.hazards)),
        contacts=_lines(row.contacts),
        person=row.person or "",
        plan=row.plan_number or "",
        issued_on=row.issued_on,
    )


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())
