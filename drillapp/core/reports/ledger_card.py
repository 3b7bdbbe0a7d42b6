"""The ledger card of an item: every line with what came in, what went out and what was there after it."""

from __future__ import annotations

from datetime import date

from drillapp.core.enumerations import label
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.reports.list_report import ListPaper
from drillapp.core.reports.stock_words import number_words, with_days
from drillapp.core.reports.table import Column
from drillapp.core.supplies.card import Card, CardRow, ledger_card

SEPARATOR = "@"
"""Between an item's code and a storehouse's where a card is of one storehouse."""


def ledger_card_paper(office: Office, _unit_code: str | None, number: str | None) -> ListPaper:
    """The card of the item `number`, or of `ITEM@STOREHOUSE`, up to the office's date, oldest line first.

    Raises NotFound for an item or a storehouse that is not there.
    """
    if number is None:
        raise InvalidInput(_("Say which item the ledger card is of."), field="number")
    item, _at, storehouse = number.partition(SEPARATOR)
    return card_paper(office, item, storehouse=storehouse or None)


def card_paper(
    office: Office, item: str, *, storehouse: str | None = None, lot_id: int | None = None,
    since: date | None = None, until: date | None = None,
) -> ListPaper:  # fmt: skip
    """The same of one lot or all, from a day on, until a day; raises alike."""
    card = ledger_card(
        office, item, storehouse=storehouse, lot_id=lot_id, since=since, until=until, newest_first=False, limit=None
    )  # fmt: skip
    first = card.rows[0] if card.rows else None
    where = first.storehouse_name if storehouse and first else _("All storehouses")
    lot = with_days(first.lot, first.expires_on).replace("\n", " ") if lot_id is not None and first else ""
    notes = (
        f"{card.item} {card.spec or ''}".strip(),
        _("Unit of measure: {unit}").format(unit=card.unit_of_measure or "—"),
        where,
        *((_("Lot") + " " + lot,) if lot else ()),
        *((f"{_('Since')} {since}",) if since else ()),
        _("{count} lines").format(count=f"{card.total:,}"),
    )
    title = _("{item}: ledger card").format(item=card.item_name)
    return ListPaper(office.name, title, until or office.as_of, _columns(), _rows(card), notes)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Day"), align="centre"), Column(_("Document")), Column(_("Kind")), Column(_("From or to")),
        Column(_("Lot")), Column(_("Taken in"), align="right"), Column(_("Given out"), align="right"),
        Column(_("Balance"), align="right"), Column(_("Handled by")), Column(_("Remarks")),
    )  # fmt: skip


def _rows(card: Card) -> list[tuple[str, ...]]:
    opening = ("", "", _("Brought forward"), "", "", "", "", number_words(card.opening), "", "")
    total_in = sum(row.taken_in for row in card.rows)
    total_out = sum(row.taken_out for row in card.rows)
    closing = (
        "", "", _("Total"), "", "", number_words(round(total_in, 3)), number_words(round(total_out, 3)),
        number_words(card.closing), "", "",
    )  # fmt: skip
    return [opening, *map(_row, card.rows), closing]


def _row(row: CardRow) -> tuple[str, ...]:
    kind = label("movement_kind", row.kind)
    cause = label("movement_cause", row.cause) if row.cause else ""
    return (
        f"{row.day}", f"{row.document}/{row.line}", " · ".join(dict.fromkeys(filter(None, (kind, cause)))),
        row.counterparty or row.other_storehouse or "", with_days(row.lot, row.expires_on),
        number_words(row.taken_in or None), number_words(row.taken_out or None), number_words(row.balance),
        row.handler or row.recorded_by or "", _remarks(row),
    )  # fmt: skip


def _remarks(row: CardRow) -> str:
    return "\n".join(
        filter(
            None,
            (
                _("found {quantity}").format(quantity=number_words(row.quantity))
                if row.kind == "count"
                else "",
                _("taken back, does not count") if row.reversed else "",
                _("takes back {line}").format(line=row.reverses) if row.reverses else "",
                _("for {line}").format(line=row.answers) if row.answers else "",
                row.reason or "",
            ),
        )
    )
