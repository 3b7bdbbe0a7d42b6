"""The lists of the cards page: cards, posts with and without one, coverage, stale cards, copies to recall, all copies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from drillapp.core import enumerations
from drillapp.core.cards.copy_lists import COPIES
from drillapp.core.cards.coverage import POST_COVERAGE, UNIT_COVERAGE
from drillapp.core.cards.queries import CARDS
from drillapp.core.cards.stale import COPIES_TO_RECALL, STALE_CARDS
from drillapp.core.i18n import _
from drillapp.core.listing import Condition, View, first_rows, rows
from drillapp.core.office import Office
from drillapp.ui.cards.copies_tab import CopiesTab
from drillapp.ui.cards.copy_dialogs import EndDialog, IssueDialog, SignDialog, print_signature_sheet
from drillapp.ui.cards.editor import CardDialog, card_dialog
from drillapp.ui.cards.preview_tab import PreviewTab
from drillapp.ui.cards.print_dialog import CardPrint, CardPrintDialog
from drillapp.ui.cards.review_dialog import ReviewDialog
from drillapp.ui.cards.suggestions_dialog import SuggestionsDialog
from drillapp.ui.parts import tones
from drillapp.ui.parts.detail import Tab
from drillapp.ui.parts.filters import Chip
from drillapp.ui.parts.list_pane import Action, ListPane, ListSpec
from drillapp.ui.parts.record_link import RecordLine
from drillapp.ui.parts.sections import Section, sections_tab
from drillapp.ui.session import Target

_POSTS = 200
_STALE = (
    "section_superseded", "plan_retired", "person_gone", "phone_changed", "post_retired", "expired",
)  # fmt: skip
_OF_COPIES = ("newer_version", "card_retired", *_STALE)


def specs() -> tuple[ListSpec, ...]:
    """All of them, in their order on the page."""
    return (_cards(), _posts(), _coverage(), _stale(), _to_recall(), _copies())


def _cards() -> ListSpec:
    return ListSpec(
        "cards",
        label="All cards",
        record_label="Card",
        chips=(Chip("state", label="State", enumeration="card_state"),),
        tones=tones.CARDS,
        tabs=_ON_CARD,
        actions=(_ISSUE,),
        prints=(
            Action(label="Disposal cards", icon="print", done=_print),
            Action(label="Signature sheet", icon="print", done=_print_signatures, needs=2),
        ),
        form=_form,
        numbered=True,
        empty_label="Enter the first card from 'Posts', or import the cards from a ledger.",
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
        actions=(
            Action(label="Write the card", icon="add", done=_new_card, needs=1, role="primary", writes=True),
            _SUGGEST,
        ),
        listing=POST_COVERAGE,
        editable=False,
        empty_label="Enter the units' posts first.",
    )


def _coverage() -> ListSpec:
    return ListSpec(
        "card_coverage",
        label="Coverage",
        chips=(
            Chip("state", label="State", enumeration="fulfilment_state"),
            Chip("kind", label="Kind", enumeration="unit_kind"),
        ),
        tones=tones.FULFILMENT,
        tabs=(Tab(label="Posts", make=sections_tab(_posts_of)),),
        actions=(
            Action(label="Posts without a card", icon="post", done=_without_card, role="primary"),
            _SUGGEST,
        ),
        listing=UNIT_COVERAGE,
        editable=False,
        empty_label="Enter the units' key posts first.",
    )


def _stale() -> ListSpec:
    return ListSpec(
        "stale_cards",
        label="Stale",
        chips=(Chip("reasons", label="Why", enumeration="stale_reason", codes=_STALE),),
        tones=tones.STALE,
        tabs=_ON_CARD,
        actions=(
            Action(label="Review …", icon="open", done=_review, needs=2, role="primary"),
            Action(label="Reprint …", icon="print", done=_print),
            _ISSUE,
        ),
        listing=STALE_CARDS,
        editable=False,
        empty_label="No card in use is stale: plans, people, phones, posts and dates all hold.",
    )


def _to_recall() -> ListSpec:
    return ListSpec(
        "copies_to_recall",
        label="To recall",
        chips=(Chip("reasons", label="Why", enumeration="stale_reason", codes=_OF_COPIES),),
        tones=tones.STALE,
        actions=(
            Action(label="Taken back …", icon="check", done=_end, needs=2, role="primary", writes=True),
            _TO_CARD,
        ),
        listing=COPIES_TO_RECALL,
        editable=False,
        empty_label="Every copy in somebody's hand is right.",
    )


def _copies() -> ListSpec:
    return ListSpec(
        "card_copies",
        label="Copies",
        chips=(Chip("state", label="State", enumeration="copy_state"),),
        tones=tones.COPIES,
        actions=(
            Action(label="Signed for …", icon="check", done=_sign, needs=2, role="primary", writes=True),
            Action(label="Taken back …", icon="retire", done=_end, needs=2, writes=True),
            _TO_CARD,
        ),
        listing=COPIES,
        editable=False,
        empty_label="Issue the first card from 'All cards'.",
    )


def _form(pane: ListPane, row: Any | None) -> CardDialog:
    return card_dialog(pane.session, row, pane)


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
        return RecordLine(row.name, mark, target=_begin(row), action=_("Write the card"))
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


def _without_card(pane: ListPane) -> None:
    """The posts that lack a card: of the unit under the cursor where one is chosen, else of the whole scope."""
    row = pane.table.current_row() if len(pane.table.selected_keys()) == 1 else None
    unit = {} if row is None else {"unit_code": frozenset((row.unit_code,))}
    chosen = {"state": frozenset(("none", "draft"))} | unit
    pane.session.go(Target("cards", "post_coverage", choices=chosen))


def _suggest(pane: ListPane) -> None:
    row = pane.table.current_row()
    code = pane.session.scope.code if row is None else row.unit_code
    show(SuggestionsDialog(pane.session, code, pane))


def _issue(pane: ListPane) -> None:
    show(IssueDialog(pane.session, pane.table.selected_keys(), pane))


def _sign(pane: ListPane) -> None:
    show(SignDialog(pane.session, pane.table.selected_keys(), pane))


def _end(pane: ListPane) -> None:
    show(EndDialog(pane.session, pane.table.selected_keys(), pane))


def _review(pane: ListPane) -> None:
    show(ReviewDialog(pane.session, pane.table.selected_keys(), pane))


def _to_card(pane: ListPane) -> None:
    row = pane.table.current_row()
    if row is not None:
        pane.session.go(Target("cards", "cards", row.card_id))


def _print_signatures(pane: ListPane) -> None:
    print_signature_sheet(pane.session, pane.table.selected_keys(), pane)


def _print(pane: ListPane) -> None:
    """Print the selected cards; without a selection all that the list shows, or all of the scope."""
    chosen, model = pane.table.selected_keys(), pane.table.model
    source, view = model.source, model.view
    shows_some = pane.spec.kind != "cards"

    def numbers(office: Office, _progress: object) -> list[str]:
        keys: Sequence[int] = chosen or (source.keys(office, view) if shows_some else ())
        return [row.number for row in rows(office, CARDS, keys)]

    pane.session.tasks.run_read(numbers, lambda found: _open_print(pane, found), owner=pane)


def _open_print(pane: ListPane, numbers: list[str]) -> None:
    scope = pane.session.scope
    show(CardPrintDialog(pane.session, CardPrint(numbers, scope.code, scope.name), pane))


def show(dialog: QDialog) -> None:
    """Open a dialog that goes when it is closed."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


# What several lists have; here, because it names what stands above.
_ON_CARD = (Tab(label="As printed", make=PreviewTab), Tab(label="Copies", make=CopiesTab))
_ISSUE = Action(label="Issue …", icon="person", done=_issue, needs=2, writes=True)
_SUGGEST = Action(label="Suggested posts …", icon="post", done=_suggest, writes=True)
_TO_CARD = Action(label="The card", icon="cards", done=_to_card, needs=1)
