"""The sections of a dossier on supplies, teams and disposal cards."""

from __future__ import annotations

from drillapp.core.cards.coverage import UNIT_COVERAGE
from drillapp.core.cards.queries import CARDS, CardRow
from drillapp.core.enumerations import label
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.reports.dossier import Part, Section
from drillapp.core.reports.dossier_rows import DAY, day_words, filled, own_rows
from drillapp.core.reports.stock_words import number_words
from drillapp.core.reports.table import Column
from drillapp.core.supplies.dates.listing import EXPIRY
from drillapp.core.supplies.levels.requirements import REQUIREMENTS, RequirementRow
from drillapp.core.supplies.listings import STOREHOUSES
from drillapp.core.supplies.rows import StockRow
from drillapp.core.teams.queries import TEAMS
from drillapp.core.teams.rows import TeamRow
from drillapp.core.units.queries import UnitRow


def stock_section(office: Office, unit: UnitRow) -> Section:
    """Storehouses, stock against the required levels, and what expires."""
    stores = [
        (one.code, one.name, one.address or "", one.keeper or "", one.phone or "")
        for one in own_rows(office, STOREHOUSES, unit)
    ]
    levels: list[RequirementRow] = own_rows(office, REQUIREMENTS, unit)
    dated: list[StockRow] = own_rows(office, EXPIRY, unit)
    return Section(
        _("Supplies"),
        parts=filled(
            Part(
                (
                    Column(_("Storehouse code"), 84), Column(_("Storehouse")), Column(_("Address")),
                    Column(_("Keeper"), 54, "centre"), Column(_("Phone"), 86),
                ), stores, _("Storehouses ({count})").format(count=len(stores)),
            ),
            Part(_level_columns(), list(map(_level_row, levels)), _levels_words(levels)),
            Part(_expiry_columns(), list(map(_expiry_row, dated)), _expiry_words(dated)),
        ),
    )  # fmt: skip


def _levels_words(levels: list[RequirementRow]) -> str:
    short = sum(one.state == "short" for one in levels)
    return _("Required levels ({count}, {short} of them short)").format(count=len(levels), short=short)


def _level_columns() -> tuple[Column, ...]:
    return (
        Column(_("Item name")), Column(_("Storehouse")), Column(_("Required"), 56, "right"), Column(_("Available"), 56, "right"),
        Column(_("Missing"), 50, "right"), Column(_("State"), 44, "centre"),
    )  # fmt: skip


def _level_row(one: RequirementRow) -> tuple[str, ...]:
    name = f"{one.item_name} ({one.unit_of_measure})" if one.unit_of_measure else one.item_name
    return (
        name, one.storehouse_name or _("all storehouses"), number_words(one.required), number_words(one.available) or "0",
        number_words(one.missing) if one.missing else "—", label("fulfilment_state", one.state),
    )  # fmt: skip


def _expiry_words(dated: list[StockRow]) -> str:
    expired = sum(one.state == "expired" for one in dated)
    return _("Lots with an expiry day ({count}, {expired} of them expired)").format(
        count=len(dated), expired=expired
    )


def _expiry_columns() -> tuple[Column, ...]:
    return (
        Column(_("Expires on"), DAY, "centre"), Column(_("Item name")), Column(_("Lot"), 84), Column(_("Quantity"), 56, "right"),
        Column(_("Storehouse")), Column(_("State"), 72, "centre"),
    )  # fmt: skip


def _expiry_row(one: StockRow) -> tuple[str, ...]:
    quantity = f"{number_words(one.quantity)} {one.unit_of_measure or ''}".strip()
    return (
        day_words(one.expires_on), one.item_name, one.lot or "", quantity, one.storehouse_name,
        label("stock_state", one.state),
    )  # fmt: skip


def team_section(office: Office, unit: UnitRow) -> Section:
    """The unit's teams and how far they meet their standard."""
    teams: list[TeamRow] = own_rows(office, TEAMS, unit)
    columns = (
        Column(_("Team name")), Column(_("Kind"), 76), Column(_("Leader"), 50, "centre"), Column(_("Phone"), 80),
        Column(_("Head count"), 40, "right"), Column(_("Standard"), 62, "centre"), Column(_("Insured until"), DAY, "centre"),
    )  # fmt: skip
    lines = [
        (
            one.name, label("team_kind", one.kind), one.leader or "", one.phone or "",
            "—" if one.people is None else f"{one.people:,}", _standard(one), day_words(one.insured_until),
        )
        for one in teams
    ]  # fmt: skip
    return Section(_("Rescue teams"), parts=filled(Part(columns, lines)))


def _standard(team: TeamRow) -> str:
    words = label("standard_state", team.state) if team.state else "—"
    return f"{words} {team.met or 0}/{team.asked}" if team.asked else words


def card_section(office: Office, unit: UnitRow) -> Section:
    """Its disposal cards, and of how many key posts there is one."""
    cards: list[CardRow] = own_rows(office, CARDS, unit)
    columns = (
        Column(_("Card number"), 96), Column(_("Post")), Column(_("Person"), 54, "centre"), Column(_("Hazards")),
        Column(_("State"), 70, "centre"), Column(_("Issued on"), DAY, "centre"),
        Column(_("Acknowledged on"), 72, "centre"),
    )  # fmt: skip
    lines = [
        (
            one.number, one.post or "", one.person or "", one.hazards or "", label("card_state", one.state),
            day_words(one.issued_on), day_words(one.acknowledged_on),
        )
        for one in cards
    ]  # fmt: skip
    texts = tuple(
        _("Of {posts} key posts {covered} have a card.").format(posts=one.key_posts, covered=one.covered)
        for one in own_rows(office, UNIT_COVERAGE, unit)
    )
    return Section(_("Disposal cards"), texts, filled(Part(columns, lines)))
