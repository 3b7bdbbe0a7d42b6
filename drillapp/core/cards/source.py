"""What a card was written from: the version of a plan, perhaps a section of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from msgspec import UNSET
from sqlalchemy import ColumnElement, Row, func, select

from drillapp.core.batch import Batch
from drillapp.core.cards.model import Card
from drillapp.core.changes import Changes
from drillapp.core.database.base import in_blocks, narrowed, table_of
from drillapp.core.database.rows import update_rows
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans.model import Plan, PlanSection, PlanVersion
from drillapp.core.plans.standing import version_in_force_as_of
from drillapp.core.plans.titled import no_plan_called, write_plan_numbers
from drillapp.core.work import Work

_SOURCE = ("plan_id", "plan_version_id", "section_id")


class Source(NamedTuple):
    """What cards are written from."""

    version_id: int
    section_id: int | None = None
    """None: the plan as a whole."""


def look_up_plans(batch: Batch) -> None:
    """Turn plan numbers into the plan and its version in force, or the newest where none is yet.

    A card that stays with its plan stays with the version that it was written from.
    """
    write_plan_numbers(batch)
    numbers = batch.codes_of("plan_number")
    message = _("There is no plan with the number '{value}'.")
    if not numbers:
        batch.look_up("plan_number", "plan_id", {}, message)
        batch.columns["plan_version_id"] = list(batch.columns["plan_id"])
        batch.columns["section_id"] = list(batch.columns["plan_id"])
        return
    plans = table_of(Plan)
    version = func.coalesce(version_in_force_as_of(plans.c.id, batch.as_of), _newest_version(plans.c.id))
    rows = batch.connection.execute(
        narrowed(select(Plan.number, Plan.id, version), Plan.number, numbers)
    ).all()
    batch.look_up(
        "plan_number", "plan_id", {number: key for number, key, _version in rows}, message, no_plan_called()
    )
    versions = {key: version for _number, key, version in rows}
    kept = _plans_of_cards(batch)
    given = zip(batch.columns["plan_id"], batch.given["number"], strict=True)
    stays = [plan is not None and plan == kept.get(batch.edited or number) for plan, number in given]
    chosen = list(zip(batch.columns["plan_id"], stays, strict=True))
    batch.columns["plan_version_id"] = [
        UNSET if same or plan is UNSET else versions.get(plan) for plan, same in chosen
    ]
    batch.columns["section_id"] = [UNSET if same or plan is UNSET else None for plan, same in chosen]


def take_source(batch: Batch, source: Source) -> None:
    """Let the cards be written from this version of a plan, or this section of it, whatever else they say of it."""
    plan = batch.connection.execute(
        select(PlanVersion.plan_id).where(PlanVersion.id == source.version_id)
    ).scalar()
    of = select(PlanSection.version_id).where(PlanSection.id == source.section_id)
    is_of_version = source.section_id is None or batch.connection.execute(of).scalar() == source.version_id
    for i in range(len(batch.entries)):
        if plan is None:
            batch.refuse(i, "plan_number", _("There is no such version of a plan."))
        elif not is_of_version:
            batch.refuse(i, "plan_number", _("This version of the plan has no such section."))
    for name, value in zip(_SOURCE, (plan, *source), strict=True):
        batch.columns[name] = [value] * len(batch.entries)


def renew_sources(office: Office, card_ids: Sequence[int]) -> Changes:
    """Say that cards were checked against the version of their plan that is in force now, and hold.

    A card of a section stays with that section where the version carries it on, else it is the whole plan's.
    Raises NotFound for cards that there are not.
    """
    with office.write("check cards against their plans") as work:
        cards = _cards(work, card_ids, office.as_of)
        behind = [card for card in cards if (card.newest_begun or 0) > (card.ordinal or 0)]
        _write(work, [(card, _renewed(card)) for card in behind])
        return work.changes


def _renewed(card: Row[Any]) -> dict[str, Any]:
    return dict(zip(_SOURCE, (card.plan_id, card.in_force, card.carried_on), strict=True))


def _cards(work: Work, card_ids: Sequence[int], as_of: date) -> list[Row[Any]]:
    """The cards with what they were written from, and what they would be written from on a day."""
    cards = table_of(Card)
    plans = select(
        cards.c.id, cards.c.unit_id, *(cards.c[name] for name in _SOURCE), PlanVersion.ordinal,
        version_in_force_as_of(cards.c.plan_id, as_of).label("in_force"),
        version_in_force_as_of(cards.c.plan_id, as_of, "ordinal").label("newest_begun"),
    ).outerjoin(PlanVersion, PlanVersion.id == cards.c.plan_version_id).subquery()  # fmt: skip
    old, new = table_of(PlanSection).alias(), table_of(PlanSection).alias()
    carried_on = (
        select(func.min(new.c.id))
        .join_from(old, new, new.c.lineage == old.c.lineage)
        .where(old.c.id == plans.c.section_id, new.c.version_id == plans.c.in_force)
        .scalar_subquery()
    )
    statement = select(plans, carried_on.label("carried_on"))
    found = list(in_blocks(work.connection, statement, plans.c.id, card_ids))
    if len(found) < len(set(card_ids)):
        raise NotFound(_("There is no such card any more."))
    return found


def _write(work: Work, sources: Sequence[tuple[Row[Any], dict[str, Any]]]) -> None:
    changes = [
        (card, fields)
        for card, source in sources
        if (fields := {name: (getattr(card, name), new) for name, new in source.items()})
        and any(old != new for old, new in fields.values())
    ]
    rows = [
        {"id": card.id, **{name: new for name, (_old, new) in fields.items()}} for card, fields in changes
    ]
    if rows:
        update_rows(work.connection, table_of(Card), _SOURCE, rows)
    for card, fields in changes:
        work.changed("cards", card.id, fields)
    work.touched("cards", {card.unit_id for card, _source in sources})


def _newest_version(plan_id: ColumnElement[Any]) -> ColumnElement[Any]:
    version = table_of(PlanVersion).alias()
    own = select(version.c.id).where(version.c.plan_id == plan_id)
    return own.order_by(version.c.ordinal.desc()).limit(1).scalar_subquery()


def _plans_of_cards(batch: Batch) -> dict[int | str, int]:
    """The plan of each card that entries speak of, by number, or by key for a card in a form."""
    cards: Any = select(Card.id if batch.edited is not None else Card.number, Card.plan_id).where(
        Card.owner_id == batch.owner_id, Card.plan_id.is_not(None)
    )
    if batch.edited is not None:
        cards = cards.where(Card.id == batch.edited)
    else:
        cards = narrowed(cards, Card.number, batch.codes_of("number"))
    return dict(batch.connection.execute(cards).all())
