"""Which lot a line of the stock ledger means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from drillapp.core.dates import months_before
from drillapp.core.i18n import _


class UnclearLotError(Exception):
    """A line contradicts its lot, or does not say which one it means."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


@dataclass(slots=True)
class KnownLot:
    """A lot with what is known of it so far; its key is negative until it is written."""

    key: int
    item_id: int
    code: str
    produced_on: date | None
    expires_on: date | None
    before: tuple[date | None, date | None] | None = None
    """Its dates as they are written, once a line has added to them."""


class Lots:
    """The lots of some items.

    A lot number tells lots of an item apart; those without are told apart by their expiry.
    """

    def __init__(self, known: Iterable[KnownLot], shelf_lives: Mapping[int, int | None]) -> None:
        self._shelf_lives = shelf_lives
        self._numbered: dict[tuple[int, str], KnownLot] = {}
        self._pooled: dict[int, dict[date | None, KnownLot]] = {}
        self._by_key: dict[int, KnownLot] = {}
        self._count_new = 0
        for lot in known:
            self._place(lot)
            self._by_key[lot.key] = lot

    def written(self, key: int) -> KnownLot:
        """The lot with this key; raises KeyError for one of another item."""
        return self._by_key[key]

    def find(
        self, kind: str, item_id: int, code: str, produced_on: date | None, expires_on: date | None
    ) -> KnownLot:
        """The lot that a line of this kind means, a new one if need be; raises UnclearLotError."""
        if produced_on is not None and expires_on is not None and expires_on < produced_on:
            raise _before_production(produced_on)
        if code:
            return self._find_numbered(item_id, code, produced_on, expires_on)
        if produced_on is None and expires_on is None:
            return self._find_undated(kind, item_id)
        return self._find_dated(item_id, produced_on, expires_on)

    def expiry(self, item_id: int, produced_on: date | None) -> date | None:
        """The day until which goods made on a day are good, if their item has a shelf life."""
        months = self._shelf_lives.get(item_id)
        if produced_on is None or months is None or produced_on.year * 12 + months >= date.max.year * 12:
            return None
        return months_before(produced_on, -months)

    def _find_numbered(
        self, item_id: int, code: str, produced_on: date | None, expires_on: date | None
    ) -> KnownLot:
        lot = self._numbered.get((item_id, code))
        if lot is None:
            return self._add(item_id, code, produced_on, expires_on or self.expiry(item_id, produced_on))
        if produced_on is None and expires_on is None:
            return lot
        if expires_on is not None and lot.expires_on not in (None, expires_on):
            raise UnclearLotError(
                "expires_on", _("Lot {lot} expires on {day}.").format(lot=code, day=lot.expires_on)
            )
        if produced_on is not None and lot.produced_on not in (None, produced_on):
            raise UnclearLotError(
                "produced_on", _("Lot {lot} was produced on {day}.").format(lot=code, day=lot.produced_on)
            )
        _learn(
            lot,
            lot.produced_on or produced_on,
            lot.expires_on or expires_on or self.expiry(item_id, produced_on),
        )
        return lot

    def _find_undated(self, kind: str, item_id: int) -> KnownLot:
        lots = self._pooled.get(item_id, {})
        if None in lots:
            return lots[None]
        if len(lots) == 1:
            return next(iter(lots.values()))
        if lots and kind != "in":
            days = ", ".join(str(day) for day in sorted(day for day in lots if day is not None))
            raise UnclearLotError(
                "lot",
                _("Say which lot: there are several without a number, expiring on {days}.").format(days=days),
            )
        return self._add(item_id, "", None, None)

    def _find_dated(self, item_id: int, produced_on: date | None, expires_on: date | None) -> KnownLot:
        expires_on = expires_on or self.expiry(item_id, produced_on)
        lot = self._pooled.get(item_id, {}).get(expires_on)
        if lot is None:
            return self._add(item_id, "", produced_on, expires_on)
        # A pool may hold goods of several days of production; the first that was said stands for it.
        _learn(lot, lot.produced_on or produced_on, lot.expires_on)
        return lot

    def _add(self, item_id: int, code: str, produced_on: date | None, expires_on: date | None) -> KnownLot:
        self._count_new += 1
        lot = KnownLot(-self._count_new, item_id, code, produced_on, expires_on)
        self._place(lot)
        return lot

    def _place(self, lot: KnownLot) -> None:
        if lot.code:
            self._numbered[lot.item_id, lot.code] = lot
        else:
            self._pooled.setdefault(lot.item_id, {})[lot.expires_on] = lot


def _learn(lot: KnownLot, produced_on: date | None, expires_on: date | None) -> None:
    if (produced_on, expires_on) == (lot.produced_on, lot.expires_on):
        return
    if produced_on is not None and expires_on is not None and expires_on < produced_on:
        raise _before_production(produced_on)
    if lot.before is None:
        lot.before = lot.produced_on, lot.expires_on
    lot.produced_on, lot.expires_on = produced_on, expires_on


def _before_production(day: date) -> UnclearLotError:
    return UnclearLotError("expires_on", _("Lies before the production, {day}.").format(day=day))
