"""The supplies page: groups of lists, each a page of its own within it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QWidget

from drillapp.core.i18n import _
from drillapp.ui.frame.shortcut import shortcut
from drillapp.ui.parts.list_page import ListPage
from drillapp.ui.parts.list_pane import ListPane
from drillapp.ui.session import Session, Target
from drillapp.ui.supplies.aid.page import WHO_HAS, AidPage
from drillapp.ui.supplies.catalogue.page import CataloguePage
from drillapp.ui.supplies.dates.page import DatesPage
from drillapp.ui.supplies.holders import who_has_action, who_has_tab
from drillapp.ui.supplies.ledger.pages import LedgerPage, StockPage, StocktakesPage
from drillapp.ui.supplies.levels.page import LevelsPage
from drillapp.ui.supplies.stores.page import StoresPage
from drillapp.ui.supplies.upkeep.page import UpkeepPage

_REMEMBERED = "supplies/tab"


class SuppliesPage(ListPage):
    """Supplies of the scope; which group, and which list of each, was looked at last is remembered."""

    label = "Supplies"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        who_has, tab = who_has_action(), who_has_tab()
        self.stock = StockPage(session, who_has)
        self.ledger = LedgerPage(session)
        self.stocktakes = StocktakesPage(session)
        self.levels = LevelsPage(session, who_has, tab)
        self.dates = DatesPage(session)
        self.upkeep = UpkeepPage(session)
        self.aid = AidPage(session)
        self.catalogue = CataloguePage(session, who_has, tab)
        self.stores = StoresPage(session)
        self.groups: dict[str, ListPage] = {}
        for name, words, group in (
            ("stock", _("Stock"), self.stock), ("ledger", _("Ledger"), self.ledger),
            ("stocktakes", _("Stocktaking"), self.stocktakes), ("levels", _("What must be there"), self.levels),
            ("dates", _("What expires"), self.dates), ("upkeep", _("Upkeep"), self.upkeep),
            ("aid", _("Mutual aid"), self.aid), ("catalogue", _("Catalogue"), self.catalogue),
            ("stores", _("Storehouses"), self.stores),
        ):  # fmt: skip
            self.groups[name] = group
            self.add_view(words, group)
        for keys, step in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            shortcut(keys, self, self._stepper(step))
        self._bring_back()

    def pane(self, kind: str) -> ListPane:
        return self._group_of(kind).pane(kind)

    def show_pane(self, kind: str) -> ListPane:
        group = self._group_of(kind)
        self.show_group(group)
        return group.show_pane(kind)

    def show_group(self, group: ListPage) -> None:
        """Go to a group."""
        self.tabs.setCurrentIndex(list(self.groups.values()).index(group))

    def reload(self) -> None:
        """Each group hears for itself what is to be shown anew."""

    def show_target(self, target: Target) -> None:
        if not (target.kind or target.record_id or target.action or target.text or target.choices):
            return
        try:
            group = self._group_of(target.kind)
        except StopIteration:
            group = self.stock
        self.show_group(group)
        group.show_target(target)

    def _group_of(self, kind: str) -> ListPage:
        """The group that shows a kind of record; raises StopIteration when none does."""
        also = {"categories": self.catalogue, WHO_HAS: self.aid}
        if kind in also:
            return also[kind]
        return next(group for group in self.groups.values() if any(spec.kind == kind for spec in group.specs))

    def _stepper(self, step: int) -> Callable[[], None]:
        def go() -> None:
            self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % self.tabs.count())

        return go

    def _on_tab(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        if index in self._views:  # not yet while tabs are added
            self.setFocusProxy(self._views[index])

    def _remembering(self) -> Iterator[tuple[str, ListPage]]:
        yield _REMEMBERED, self
        for name, group in self.groups.items():
            yield f"{_REMEMBERED}/{name}", group

    def _bring_back(self) -> None:
        """Go to where this person was last, and remember from now on."""
        preferences = self.session.preferences
        for name, page in self._remembering():
            place = preferences.text(name, str(page.tabs.currentIndex()))
            if place.isdecimal() and int(place) < page.tabs.count():
                page.tabs.setCurrentIndex(int(place))
            page.tabs.currentChanged.connect(lambda index, name=name: preferences.set_text(name, str(index)))
        self._on_tab(self.tabs.currentIndex())
