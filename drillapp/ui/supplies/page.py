"""The supplies page: stock, movements, items, storehouses, what must be there, what expires, upkeep."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.core.listing import Condition, View, first_rows
from drillapp.core.office import Office
from drillapp.core.supplies.levels.requirements import REQUIREMENTS
from drillapp.core.supplies.listings import MOVEMENTS, STOCK
from drillapp.core.supplies.queries import stock_as_of
from drillapp.ui.parts import record_lines, tones
from drillapp.ui.parts.cells import number_words
from drillapp.ui.parts.detail import Tab
from drillapp.ui.parts.filters import Chip
from drillapp.ui.parts.form_dialog import FormDialog
from drillapp.ui.parts.list_page import ListPage
from drillapp.ui.parts.list_pane import Action, ListPane, ListSpec
from drillapp.ui.parts.record_link import RecordLine
from drillapp.ui.parts.sections import Section, sections_tab
from drillapp.ui.session import Session, Target
from drillapp.ui.supplies.aid.page import WHO_HAS, AidPage
from drillapp.ui.supplies.catalogue.page import CataloguePage
from drillapp.ui.supplies.dates.page import DatesPage
from drillapp.ui.supplies.labels.actions import label_action
from drillapp.ui.supplies.levels.page import LevelsPage
from drillapp.ui.supplies.movement_dialog import MovementDialog
from drillapp.ui.supplies.stocktake.lists import stocktakes, stocktakes_due
from drillapp.ui.supplies.stores.page import StoresPage, put_on_shelf_action
from drillapp.ui.supplies.upkeep.page import UpkeepPage

_HOLDERS = 100


class SuppliesPage(ListPage):
    """Supplies of the scope."""

    label = "Supplies"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.specs = (_stock(), _movements(), stocktakes(), stocktakes_due())
        super().__init__(session, parent)
        who_has = Action(label="Who has it", icon="search", done=_who_has_it, needs=1)
        who_has_tab = Tab(label="Who has it", make=sections_tab(_holders))
        self.catalogue = CataloguePage(session, who_has, who_has_tab)
        self.add_view(_("Catalogue"), self.catalogue)
        self.stores = StoresPage(session)
        self.add_view(_("Storehouses"), self.stores)
        self.levels = LevelsPage(session, who_has, who_has_tab)
        self.add_view(_("What must be there"), self.levels)
        self.dates = DatesPage(session)
        self.add_view(_("What expires"), self.dates)
        self.upkeep = UpkeepPage(session)
        self.add_view(_("Upkeep"), self.upkeep)
        self.aid = AidPage(session)
        self.add_view(_("Mutual aid"), self.aid)

    def show_target(self, target: Target) -> None:
        pages = (self.catalogue, self.stores, self.levels, self.dates, self.upkeep, self.aid)
        also = {"categories": self.catalogue, WHO_HAS: self.aid}
        for place, page in enumerate(pages, len(self.specs)):
            own = (spec.kind for spec in page.specs)
            if target.kind in own or also.get(target.kind) is page:
                self.tabs.setCurrentIndex(place)
                page.show_target(target)
                return
        super().show_target(target)


def _stock() -> ListSpec:
    return ListSpec(
        "stock",
        label="Stock",
        chips=(Chip("state", label="State", enumeration="stock_state"),),
        tones=tones.STOCK,
        tabs=(Tab(label="Movements", make=sections_tab(_history)),),
        actions=(
            Action(label="Book a movement", icon="movement", done=_book, role="primary", writes=True),
            Action(label="Who has it", icon="search", done=_who_has_it, needs=1),
            put_on_shelf_action(),
            Action(
                label="Import a list of stock …",
                icon="import",
                done=ListPane.bring_in,
                role="ghost",
                writes=True,
            ),
            Action(label="Export …", icon="export", done=ListPane.take_out, role="ghost"),
        ),
        prints=(label_action(),),
        listing=STOCK,
        editable=False,
        empty_label="Book the first receipt, or import the movements from a ledger.",
    )


def _movements() -> ListSpec:
    return ListSpec(
        "movements",
        label="Movements",
        record_label="Movement",
        chips=(Chip("kind", label="Kind", enumeration="movement_kind"),),
        form=_movement_form,
        retires=False,
        new_label="Book a movement",
        empty_label="Book the first receipt, or import the movements from a ledger.",
    )


def _movement_form(pane: ListPane, _row: Any | None) -> FormDialog:
    return MovementDialog(pane.session, pane)


def _book(pane: ListPane) -> None:
    """Begin a movement; of what is under the cursor, it goes out."""
    row = pane.table.current_row()
    values: dict[str, object] = {"kind": "in"}
    if row is not None:
        values = {"kind": "out", "storehouse": row.storehouse, "item_code": row.item, "lot": row.lot}
    pane.session.go(Target("supplies", "movements", action="new", values=values))


def _who_has_it(pane: ListPane) -> None:
    """Ask who has an item, in all units."""
    row = pane.table.current_row()
    if row is not None:
        code = getattr(row, "item", None) or getattr(row, "item_code", None) or row.code
        pane.session.go(Target("supplies", WHO_HAS, text=code))


def _history(office: Office, row: Any) -> list[Section]:
    """What is required of the unit, and what was booked of this lot in this storehouse."""
    required = View(conditions=(Condition("unit_id", "=", row.unit_id), Condition("item", "=", row.item)))
    levels = [_level_line(one) for one in first_rows(office, REQUIREMENTS, required, 1)]
    lot = Condition("lot", "is null") if row.lot is None else Condition("lot", "=", row.lot)
    here = (Condition("storehouse", "=", row.storehouse), Condition("item_code", "=", row.item), lot)
    chosen = {"storehouse": frozenset((row.storehouse,)), "item_code": frozenset((row.item,))}
    booked = record_lines.records_section(
        office, _("Movements"), MOVEMENTS, here, record_lines.movement_line,
        Target("supplies", "movements", choices=chosen),
    )  # fmt: skip
    nothing = _("No level is required of this unit.")
    return [Section(_("Required level"), levels, total=0, empty=nothing), booked]


def _level_line(row: Any) -> RecordLine:
    words = _("required {required}, can be used {available}").format(
        required=number_words(row.required), available=number_words(row.available)
    )
    mark = enumerations.label("fulfilment_state", row.state)
    target = Target("supplies", "requirements", row.id)
    return RecordLine(row.item_name, words, mark, tones.tone(tones.FULFILMENT, row.state), target)


def _holders(office: Office, row: Any) -> list[Section]:
    """The stock of an item in all units, whatever the scope."""
    code = getattr(row, "item", None) or getattr(row, "item_code", None) or row.code
    held = stock_as_of(office, None, code)
    total = sum(one.quantity for one in held)
    words = _("In all: {quantity}").format(
        quantity=f"{number_words(total)} {row.unit_of_measure or ''}".strip()
    )
    return [Section(words, [_holder_line(one) for one in held[:_HOLDERS]], len(held))]


def _holder_line(row: Any) -> RecordLine:
    quantity = f"{number_words(row.quantity)} {row.unit_of_measure or ''}".strip()
    line = record_lines.stock_line(row)
    expires = _("expires {day}").format(day=row.expires_on) if row.expires_on else ""
    words = " · ".join(part for part in (row.unit_name, row.lot, expires) if part)
    return line._replace(title=f"{row.storehouse_name}  {quantity}", subtitle=words)
