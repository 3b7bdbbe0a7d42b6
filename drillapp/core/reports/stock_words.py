"""How figures and lots of the stock ledger are written on paper."""

from __future__ import annotations

from datetime import date

from drillapp.core.i18n import _


def number_words(quantity: float | None) -> str:
    """A quantity as people write it; nothing for none."""
    return "" if quantity is None else f"{quantity:,.3f}".rstrip("0").rstrip(".")


def with_days(lot: str | None, expires_on: date | None, produced_on: date | None = None) -> str:
    """A lot number with its dates, one below the other."""
    produced = _("made on {day}").format(day=produced_on) if produced_on else ""
    expires = _("until {day}").format(day=expires_on) if expires_on else ""
    return "\n".join(part for part in (lot or "", produced, expires) if part)
