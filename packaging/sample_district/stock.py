"""Stock by storehouse, item and lot while the movements are being made, so that none takes more than there is."""

from __future__ import annotations

from collections import Counter
from datetime import date

from sample_district.supplies import Item

Place = tuple[str, str, str]
"""Storehouse, item, lot."""


class Stock:
    """What lies where at the moment reached."""

    def __init__(self) -> None:
        self._quantity: Counter[Place] = Counter()
        self._expires: dict[tuple[str, str], date] = {}

    def know_lot(self, item: str, lot: str, expires_on: date | None) -> None:
        """Remember when a lot expires."""
        if expires_on:
            self._expires[item, lot] = expires_on

    def set(self, place: Place, quantity: int) -> None:
        """What a count found."""
        self._quantity[place] = quantity

    def add(self, place: Place, quantity: int) -> None:
        """Put in, or take out with a negative quantity."""
        self._quantity[place] += quantity
        assert self._quantity[place] >= 0, place

    def at(self, place: Place) -> int:
        """How much there is."""
        return self._quantity[place]

    def places(self, storehouse: str) -> list[Place]:
        """What the storehouse holds, in the order it first came."""
        return [
            place for place, quantity in self._quantity.items() if place[0] == storehouse and quantity > 0
        ]

    def oldest(self, storehouse: str, item: Item, day: date) -> Place | None:
        """The lot of the item to be taken first: the next to expire that has not yet."""
        usable = self._usable(storehouse, item, day)
        return min(usable, key=lambda place: self._expires.get((place[1], place[2]), date.max), default=None)

    def usable(self, storehouse: str, item: Item, day: date) -> int:
        """How much of the item will still be in date on the day."""
        return sum(self._quantity[place] for place in self._usable(storehouse, item, day))

    def _usable(self, storehouse: str, item: Item, day: date) -> list[Place]:
        held = [place for place in self.places(storehouse) if place[1] == item.code]
        return [place for place in held if self._expires.get((place[1], place[2]), date.max) > day]
