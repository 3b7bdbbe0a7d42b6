"""The groups of lists about the stock ledger, each a page within the supplies page."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from drillapp.ui.parts.list_page import ListPage
from drillapp.ui.parts.list_pane import Action
from drillapp.ui.session import Session
from drillapp.ui.supplies.ledger.consignments import consignments_spec
from drillapp.ui.supplies.ledger.loans import loans_spec
from drillapp.ui.supplies.ledger.movements import movements_spec
from drillapp.ui.supplies.ledger.quarantine import quarantines_spec
from drillapp.ui.supplies.ledger.stock import stock_spec
from drillapp.ui.supplies.stocktake.lists import stocktakes, stocktakes_due


class StockPage(ListPage):
    """What lies where, and what of it is set aside."""

    label = "Stock"

    def __init__(self, session: Session, who_has: Action, parent: QWidget | None = None) -> None:
        self.specs = (stock_spec(who_has), quarantines_spec())
        super().__init__(session, parent)
        self.title.hide()  # the tab above says it


class LedgerPage(ListPage):
    """What was booked, what is out on loan, what is under way."""

    label = "Ledger"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.specs = (movements_spec(), loans_spec(), consignments_spec())
        super().__init__(session, parent)
        self.title.hide()  # the tab above says it


class StocktakesPage(ListPage):
    """Stocktakes, and where one is due."""

    label = "Stocktakes"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.specs = (stocktakes(), stocktakes_due())
        super().__init__(session, parent)
        self.title.hide()  # the tab above says it
