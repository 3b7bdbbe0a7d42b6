"""What can be done with the catalogue and the storehouses; the stock ledger is in book.py."""

from __future__ import annotations

from drillapp.core.supplies.catalogue.items import save_items
from drillapp.core.supplies.stores.commands import save_shelves, save_storehouses

__all__ = ["save_items", "save_shelves", "save_storehouses"]
