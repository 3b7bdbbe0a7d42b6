"""The lines of a ledger card as a table asks for them: page by page, known by their place on the card."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from drillapp.core.i18n import _
from drillapp.core.listing import Column, View
from drillapp.core.office import Office
from drillapp.core.supplies.card import Card, CardRow, ledger_card

_COLUMNS = (
    Column("day", "Day", "date", 96),
    Column("document", "Document", width=150),
    Column("kind", "Kind", "choice", 76, "movement_kind"),
    Column("taken_in", "Taken in", "number", 80),
    Column("taken_out", "Given out", "number", 80),
    Column("balance", "Balance", "number", 86),
    Column("party", "From or to", width=150),
    Column("cause", "Cause of movement", "choice", 96, "movement_cause"),
    Column("lot", "Lot", width=100),
    Column("expires_on", "Expires on", "date", 96),
    Column("storehouse_name", "Storehouse", width=150),
    Column("remarks", "Remarks", width=190),
    Column("handler", "Handled by", width=90),
    Column("recorded_at", "Recorded at", "moment", 140),
    Column("recorded_by", "Entered by", width=90),
)


class About(NamedTuple):
    """Which card is shown: of an item, in one storehouse or all, of one lot or all, of some days or all."""

    item: str
    storehouse: str | None = None
    lot_id: int | None = None
    since: date | None = None
    until: date | None = None


class CardLine(NamedTuple):
    """A line as the table shows it; `id` is its place, the newest first."""

    id: int
    movement_id: int
    number: str
    """The document's."""
    day: date
    document: str
    kind: str
    cause: str | None
    party: str | None
    taken_in: float | None
    taken_out: float | None
    balance: float
    lot: str | None
    expires_on: date | None
    storehouse_name: str
    remarks: str
    handler: str | None
    recorded_at: datetime
    recorded_by: str | None


class CardSource:
    """The newest line first; only the lines that are looked at are read, however long the card is."""

    columns = _COLUMNS

    def __init__(self, about: About | None = None) -> None:
        self.about = about

    def first(self, office: Office, _view: View, limit: int) -> list[Any]:
        """The newest lines."""
        return self._lines(office, 0, limit)

    def keys(self, office: Office, _view: View) -> array[int]:
        """The places of all lines."""
        return array("q", range(0 if self.about is None else self.head(office).total))

    def rows(self, office: Office, ids: Sequence[int]) -> list[Any]:
        """The lines at these places."""
        if not ids:
            return []
        first = min(ids)
        lines = {line.id: line for line in self._lines(office, first, max(ids) - first + 1)}
        return [lines[key] for key in ids if key in lines]

    def head(self, office: Office) -> Card:
        """What the card says as a whole, without its lines."""
        return self._card(office, 0, 0)

    def _lines(self, office: Office, first: int, limit: int) -> list[CardLine]:
        if self.about is None:
            return []
        return [_line(place, row) for place, row in enumerate(self._card(office, first, limit).rows, first)]

    def _card(self, office: Office, first: int, limit: int) -> Card:
        about = self.about
        assert about is not None
        return ledger_card(
            office, about.item, storehouse=about.storehouse, lot_id=about.lot_id, since=about.since, until=about.until,
            offset=first, limit=limit,
        )  # fmt: skip


def _line(place: int, row: CardRow) -> CardLine:
    return CardLine(
        place, row.movement_id, row.document, row.day, f"{row.document}/{row.line}", row.kind, row.cause,
        row.counterparty or row.other_storehouse, row.taken_in or None, row.taken_out or None, row.balance, row.lot,
        row.expires_on, row.storehouse_name, _remarks(row), row.handler, row.recorded_at, row.recorded_by,
    )  # fmt: skip


def _remarks(row: CardRow) -> str:
    parts = (
        _("found {quantity}").format(quantity=f"{row.quantity:,}") if row.kind == "count" else "",
        _("taken back, does not count") if row.reversed else "",
        _("takes back {line}").format(line=row.reverses) if row.reverses else "",
        _("for {line}").format(line=row.answers) if row.answers else "",
        row.reason or "",
    )
    return " · ".join(filter(None, parts))
