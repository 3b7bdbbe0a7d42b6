"""The catalogue: items, and the categories that they are in."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from drillapp.core.i18n import _
from drillapp.core.listing import Condition, View, first_rows
from drillapp.core.office import Office
from drillapp.core.supplies.catalogue.duplicates import look_alikes
from drillapp.core.supplies.catalogue.pictures import picture_of, set_picture
from drillapp.core.supplies.listings import ITEMS
from drillapp.ui.parts.detail import Tab
from drillapp.ui.parts.editors import few_lines
from drillapp.ui.parts.fields import hinted
from drillapp.ui.parts.filters import Chip
from drillapp.ui.parts.list_page import ListPage
from drillapp.ui.parts.list_pane import Action, ListPane, ListSpec
from drillapp.ui.parts.picture_tab import picture_tab
from drillapp.ui.parts.record_link import RecordLine
from drillapp.ui.parts.sections import Section, sections_tab
from drillapp.ui.session import Session, Target
from drillapp.ui.supplies.catalogue.category_field import CategoryField
from drillapp.ui.supplies.catalogue.tree_page import CategoriesPage
from drillapp.ui.supplies.labels.actions import label_action
from drillapp.ui.supplies.ledger.card_action import card_action


class CataloguePage(ListPage):
    """A page within the supplies page; what it knows of who has an item it is given."""

    label = "Catalogue"

    def __init__(
        self, session: Session, who_has: Action, who_has_tab: Tab, parent: QWidget | None = None
    ) -> None:
        self.specs = (items_spec(who_has, who_has_tab),)
        super().__init__(session, parent)
        self.title.hide()  # the tab above says it
        self.categories = CategoriesPage(session)
        self.add_view(_("Categories"), self.categories)

    def show_target(self, target: Target) -> None:
        if target.kind == "categories":
            self.tabs.setCurrentIndex(len(self.specs))
            return
        super().show_target(target)


def items_spec(who_has: Action, who_has_tab: Tab) -> ListSpec:
    """The list of items."""
    return ListSpec(
        "items",
        label="Items",
        record_label="Item",
        chips=(Chip("date_kind", label="Kind of date", enumeration="date_kind"),),
        tabs=(
            who_has_tab,
            Tab(label="Look-alikes", make=sections_tab(_alike)),
            Tab(
                label="Picture",
                make=picture_tab(
                    _picture, _set_picture, empty_label="No picture yet: choose one, PNG or JPEG."
                ),
            ),
        ),
        fields=_FIELDS,
        actions=(
            who_has,
            card_action(),
            Action(label="Look-alikes …", icon="search", done=_show_alike),
        ),
        prints=(label_action(),),
        empty_label="Import the catalogue from a ledger, or enter items one by one.",
    )


_FIELDS: dict[str, dict[str, Any]] = {
    "code": hinted(hint_label="Left empty, a new item gets the next code."),
    "standard_code": hinted(hint_label="Seven digits of GB/T 38565-2020, the first 1, 2 or 3."),
    "category": {"make": CategoryField},
    "aliases": hinted(
        hint_label="One a line; the item is found by each of them.", type="long", make=few_lines
    ),
    "packs": hinted(hint_label="What a pack holds in the unit of measure, such as box=24;carton=240."),
    "date_kind": hinted(hint_label="What the date on the goods means.", section_label="Dates and upkeep"),
    "warning_days": hinted(
        hint_label="So many days before its date it is reported; empty for the usual ones."
    ),
}


def _picture(office: Office, key: int) -> bytes | None:
    return picture_of(office, "items", key)


def _set_picture(office: Office, key: int, content: bytes | None) -> Any:
    return set_picture(office, "items", key, content)


def _alike(office: Office, row: Any) -> list[Section]:
    """The items that look like one."""
    found = look_alikes(office, row.name, row.aliases, row.spec, besides=row.code)
    codes = [one.other_code for one in found]
    keys = {
        one.code: one.id
        for one in first_rows(office, ITEMS, View(conditions=(Condition("code", "in", codes),)), len(codes))
    }
    lines = [
        RecordLine(
            f"{one.other_code} {one.other_name}", " · ".join(filter(None, (one.other_spec, one.words))),
            target=Target("supplies", "items", keys.get(one.other_code)),
        )
        for one in found
    ]  # fmt: skip
    return [Section(_("Look-alikes"), lines, empty=_("No other item looks like this one."))]


def _show_alike(pane: ListPane) -> None:
    from drillapp.ui.supplies.catalogue.alike_dialog import AlikeDialog

    AlikeDialog(pane.session, pane).open()
