"""Storehouses, and the shelves in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from drillapp.core.i18n import _
from drillapp.core.listing import Condition
from drillapp.core.office import Office
from drillapp.core.supplies.catalogue.pictures import picture_of, set_picture
from drillapp.core.supplies.listings import STOCK
from drillapp.core.supplies.stores.listings import SHELVES
from drillapp.ui.parts import record_lines
from drillapp.ui.parts.detail import Tab
from drillapp.ui.parts.fields import hinted
from drillapp.ui.parts.filters import Chip
from drillapp.ui.parts.form_dialog import FormDialog
from drillapp.ui.parts.list_page import ListPage
from drillapp.ui.parts.list_pane import Action, ListPane, ListSpec
from drillapp.ui.parts.picture_tab import picture_tab
from drillapp.ui.parts.record_link import RecordLine
from drillapp.ui.parts.sections import Section, sections_tab
from drillapp.ui.session import Session, Target
from drillapp.ui.supplies.labels.actions import label_action, shelf_label_action
from drillapp.ui.supplies.ledger.inventory import inventory_action, inventory_of_action
from drillapp.ui.supplies.stores.store_dialog import StoreDialog


class StoresPage(ListPage):
    """A page within the supplies page."""

    label = "Storehouses"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.specs = (storehouses_spec(), shelves_spec())
        super().__init__(session, parent)
        self.title.hide()  # the tab above says it


def storehouses_spec() -> ListSpec:
    """The list of storehouses."""
    return ListSpec(
        "storehouses",
        label="Storehouses",
        record_label="Storehouse",
        chips=(Chip("kind", label="Kind of store", enumeration="storehouse_kind"),),
        tabs=(
            Tab(label="Stock", make=sections_tab(_stored)),
            Tab(label="Shelves", make=sections_tab(_shelves)),
            Tab(
                label="Room",
                make=picture_tab(
                    _picture,
                    _set_picture,
                    empty_label="No plan of the room yet: choose a picture, PNG or JPEG.",
                ),
            ),
        ),
        form=_form,
        actions=(Action(label="New shelf", icon="add", done=_new_shelf, needs=1, writes=True),),
        prints=(inventory_of_action(), inventory_action(), label_action(), shelf_label_action()),
        empty_label="Import the storehouses from a ledger, or enter them one by one.",
    )


def shelves_spec() -> ListSpec:
    """The list of places in storehouses."""
    return ListSpec(
        "shelves",
        label="Shelves",
        record_label="Shelf",
        tabs=(Tab(label="Stock", make=sections_tab(_on_shelf)),),
        fields={
            "code": hinted(hint_label="As it stands on the shelf, such as A-1.", label="Shelf"),
            "name": {"wide": True},
        },
        prints=(label_action(),),
        empty_label="Enter shelves here; a list of stock brings its places along.",
    )


def put_on_shelf_action() -> Action:
    """For a list of stock: says on which shelf the chosen lots lie."""
    return Action(label="Put on a shelf …", icon="storehouse", done=_put, needs=2, role="more", writes=True)


def _form(pane: ListPane, row: Any | None) -> FormDialog:
    return StoreDialog(pane.session, row is None, pane)


def _put(pane: ListPane) -> None:
    from drillapp.ui.supplies.stores.shelf_dialog import ShelfDialog

    row, keys = pane.table.current_row(), pane.table.selected_keys()
    if row is not None and keys:
        ShelfDialog(pane.session, row.storehouse, row.storehouse_name, keys, row.shelf, pane).open()


def _new_shelf(pane: ListPane) -> None:
    row = pane.table.current_row()
    if row is not None:
        pane.session.go(Target("supplies", "shelves", action="new", values={"storehouse": row.code}))


def _picture(office: Office, key: int) -> bytes | None:
    return picture_of(office, "storehouses", key)


def _set_picture(office: Office, key: int, content: bytes | None) -> Any:
    return set_picture(office, "storehouses", key, content)


def _stored(office: Office, row: Any) -> list[Section]:
    """What lies in a storehouse."""
    chosen = {"storehouse_name": frozenset((row.name,)), "storehouse": frozenset((row.code,))}
    here = (Condition("storehouse", "=", row.code),)
    target = Target("supplies", "stock", choices=chosen)
    return [record_lines.records_section(office, _("Stock"), STOCK, here, record_lines.stock_line, target)]


def _shelves(office: Office, row: Any) -> list[Section]:
    """The shelves of a storehouse, and what lies on none."""
    here = Condition("storehouse", "=", row.code)
    listed: Callable[[Any], RecordLine] = _shelf_line
    chosen = {"storehouse": frozenset((row.code,))}
    shelves = record_lines.records_section(
        office, _("Shelves"), SHELVES, (here,), listed, Target("supplies", "shelves", choices=chosen)
    )
    loose = record_lines.records_section(
        office, _("On no shelf"), STOCK, (here, Condition("shelf", "is null")), record_lines.stock_line,
        Target("supplies", "stock", choices=chosen),
    )  # fmt: skip
    return [shelves, loose]


def _shelf_line(row: Any) -> RecordLine:
    words = _("{count} lots").format(count=row.holdings) if row.holdings else _("empty")
    return RecordLine(
        " ".join(filter(None, (row.code, row.name))), words, target=Target("supplies", "shelves", row.id)
    )


def _on_shelf(office: Office, row: Any) -> list[Section]:
    """What lies on a shelf."""
    here = (Condition("storehouse", "=", row.storehouse), Condition("shelf", "=", row.code))
    chosen = {"storehouse": frozenset((row.storehouse,)), "shelf": frozenset((row.code,))}
    target = Target("supplies", "stock", choices=chosen)
    return [record_lines.records_section(office, _("Stock"), STOCK, here, record_lines.stock_line, target)]
