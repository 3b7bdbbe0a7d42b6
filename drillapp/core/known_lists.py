"""All lists that can be asked for by name: the ledgers, and what is worked out from them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from drillapp.core.cards.copy_lists import COPIES
from drillapp.core.cards.coverage import POST_COVERAGE, UNIT_COVERAGE
from drillapp.core.cards.stale import COPIES_TO_RECALL, STALE_CARDS
from drillapp.core.drills.programme.queries import PROGRAMME_ITEMS, PROGRAMMES
from drillapp.core.drills.reporting.queries import DRILL_REPORTS
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.kinds import KINDS
from drillapp.core.ledgers.layout import layout
from drillapp.core.listing import Listing
from drillapp.core.plans.gap_list import PLAN_GAPS
from drillapp.core.plans.queries import PLAN_VERSIONS
from drillapp.core.readiness.bulletins.queries import BULLETINS
from drillapp.core.supplies.dates.listing import EXPIRY
from drillapp.core.supplies.levels.requirements import REQUIREMENTS, UNIT_FULFILMENT
from drillapp.core.supplies.listings import STOCK
from drillapp.core.supplies.open_lines import CONSIGNMENTS, LOANS
from drillapp.core.supplies.stocktake.queries import STOCKTAKES, STOCKTAKES_DUE
from drillapp.core.supplies.upkeep.queries import UPKEEP_DUE
from drillapp.core.teams.lapses import LAPSES


class KnownList(NamedTuple):
    """A list with its name for people."""

    listing: Listing
    title: Callable[[], str]


_WORKED_OUT: dict[str, KnownList] = {
    "plan_versions": KnownList(PLAN_VERSIONS, lambda: _("Versions of plans")),
    "plan_gaps": KnownList(PLAN_GAPS, lambda: _("Plans that lack something")),
    "team_lapses": KnownList(LAPSES, lambda: _("What lapses in teams")),
    "card_coverage": KnownList(UNIT_COVERAGE, lambda: _("Units and their cards")),
    "post_coverage": KnownList(POST_COVERAGE, lambda: _("Posts and their cards")),
    "stale_cards": KnownList(STALE_CARDS, lambda: _("Stale cards")),
    "copies_to_recall": KnownList(COPIES_TO_RECALL, lambda: _("Copies to take back")),
    "card_copies": KnownList(COPIES, lambda: _("Copies of cards")),
    "requirements": KnownList(REQUIREMENTS, lambda: _("Required supplies")),
    "unit_fulfilment": KnownList(UNIT_FULFILMENT, lambda: _("Fulfilment by unit")),
    "holdings": KnownList(STOCK, lambda: _("Stock")),
    "loans": KnownList(LOANS, lambda: _("Loans")),
    "consignments": KnownList(CONSIGNMENTS, lambda: _("On the way")),
    "expiry": KnownList(EXPIRY, lambda: _("Supplies by expiry")),
    "upkeep_due": KnownList(UPKEEP_DUE, lambda: _("Upkeep due")),
    "stocktakes": KnownList(STOCKTAKES, lambda: _("Stocktakes")),
    "stocktakes_due": KnownList(STOCKTAKES_DUE, lambda: _("Stocktakes due")),
    "drill_reports": KnownList(DRILL_REPORTS, lambda: _("Reports on drills")),
    "programmes": KnownList(PROGRAMMES, lambda: _("Annual programmes")),
    "programme_items": KnownList(PROGRAMME_ITEMS, lambda: _("Drills of the annual programmes")),
    "bulletins": KnownList(BULLETINS, lambda: _("Bulletins")),
}


def list_names() -> list[str]:
    """The names of all lists."""
    return [*KINDS, *_WORKED_OUT]


def known_list(name: str) -> KnownList:
    """The list with this name; raises NotFound naming those there are."""
    if name in _WORKED_OUT:
        return _WORKED_OUT[name]
    if name not in KINDS:
        raise NotFound(
            _("There is no list '{name}'.").format(name=name),
            _("Allowed: {codes}").format(codes=" ".join(list_names())),
        )
    return KnownList(KINDS[name].listing, lambda: layout(name).title)
