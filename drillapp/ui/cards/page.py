"""The cards page: cards, posts with and without one, coverage by unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from drillapp.core import enumerations
from drillapp.core.cards.coverage import POST_COVERAGE, UNIT_COVERAGE
from drillapp.core.cards.queries import CARDS
from drillapp.core.i18n import _
from drillapp.core.listing import Condition, View, first_rows, rows
from drillapp.core.office import Office
from drillapp.ui.cards.preview_tab import PreviewTab
from drillapp.ui.cards.print_dialog import CardPrint, CardPrintDialog
from drillapp.ui.parts import tones
from drillapp.ui.parts.detail import Tab
from drillapp.ui.parts.filters import Chip
from drillapp.ui.parts.list_page import ListPage
from drillapp.ui.parts.list_pane import Action, ListPane, ListSpec
from drillapp.ui.parts.record_link import RecordLine
from drillapp.ui.parts.sections import Section, sections_tab
from drillapp.ui.session import Session, Target

_POSTS = 200


class CardsPage(ListPage):
    """Disposal cards of the scope."""

    label = "Cards"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.specs = (_cards(), _coverage(), _posts())
        super().__init__(session, parent)


def _cards() -> ListSpec:
    return ListSpec(
        "cards",
        label="All cards",
        record_label="Card",
        chips=(Chip("state", label="State", enumeration="card_state"),),
        tones=tones.CARDS,
        fields={
            "post": {"type": "reference", "kind": "posts"},
            "person": {"type": "reference", "kind": "people"},
        },
        tabs=(Tab(label="As printed", make=PreviewTab),),
        prints=(Action(label="Disposal cards", icon="print", done=_print),),
        numbered=True,
        empty_label="Enter the first card from 'Posts', or import the cards from a ledger.",
    )


def _coverage() -> ListSpec:
    return ListSpec(
        "card_coverage",
        label="Coverage by unit",
        chips=(
            Chip("state", label="State", enumeration="fulfilment_state"),
            Chip("kind", label="Kind", enumeration="unit_kind"),
        ),
        tones=tones.FULFILMENT,
        tabs=(Tab(label="Posts", make=sections_tab(_posts_of)),),
        listing=UNIT_COVERAGE,
        editable=False,
        empty_label="Enter the units' key posts first.",
    )


def _posts() -> ListSpec:
    return ListSpec(
        "post_coverage",
        label="Posts",
        chips=(
            Chip("state", label="Card", enumeration="post_card"),
            Chip("sector", label="Sector", enumeration="sector"),
        ),
        tones=tones.POST_CARDS,
        actions=(Action(label="New card", icon="add", done=_new_card, needs=1, role="primary", writes=True),),
        listing=POST_COVERAGE,
        editable=False,
        empty_label="Enter the units' posts first.",
    )


def _posts_of(office: Office, row: Any) -> list[Section]:
    """A unit's key posts, those without a card first; a click begins their card."""
    view = View(conditions=(Condition("unit_id", "=", row.unit_id), Condition("key_post", "=", True)))
    found = first_rows(office, POST_COVERAGE, view, _POSTS)
    missing = [one for one in found if one.state != "issued"]
    covered = [one for one in found if one.state == "issued"]
    return [
        Section(
            _("Without a card"), [_post_line(one) for one in missing], empty=_("Every key post has its card.")
        ),
        Section(_("With a card"), [_post_line(one) for one in covered]),
    ]


def _post_line(row: Any) -> RecordLine:
    mark = enumerations.label("post_card", row.state)
    if row.state == "none":
        return RecordLine(row.name, mark, target=_begin(row), action=_("New card"))
    chosen = {"post": frozenset((row.name,)), "unit_code": frozenset((row.unit_code,))}
    target = Target("cards", "cards", choices=chosen)
    return RecordLine(row.name, "", mark, tones.tone(tones.POST_CARDS, row.state), target)


def _begin(row: Any) -> Target:
    values: Mapping[str, object] = {"unit_code": row.unit_code, "post": row.name}
    return Target("cards", "cards", action="new", values=values)


def _new_card(pane: ListPane) -> None:
    row = pane.table.current_row()
    if row is not None:
        pane.session.go(_begin(row))


def _print(pane: ListPane) -> None:
    """Print the selected cards, or all of the scope."""
    session, keys = pane.session, pane.table.selected_keys()
    session.tasks.run_read(
        lambda office, _progress: [row.number for row in rows(office, CARDS, keys)],
        lambda numbers: _open_print(pane, numbers),
        owner=pane,
    )


def _open_print(pane: ListPane, numbers: list[str]) -> None:
    scope = pane.session.scope
    dialog = CardPrintDialog(pane.session, CardPrint(numbers, scope.code, scope.name), pane)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
