"""What a card was written from: the version of a plan, perhaps a section of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec import UNSET
from sqlalchemy import ColumnElement, FromClause, and_, func, select

from drillapp.core.batch import Batch
from drillapp.core.cards.model import Card
from drillapp.core.database.base import narrowed, table_of
from drillapp.core.i18n import _
from drillapp.core.plans.model import Plan, PlanEvent, PlanVersion


def look_up_plans(batch: Batch) -> None:
    """Turn plan numbers into the plan and its version in force, or the newest where none is yet.

    A card that stays with its plan stays with the version that it was written from.
    """
    numbers = batch.codes_of("plan_number")
    message = _("There is no plan with the number '{value}'.")
    if not numbers:
        batch.look_up("plan_number", "plan_id", {}, message)
        batch.columns["plan_version_id"] = list(batch.columns["plan_id"])
        batch.columns["section_id"] = list(batch.columns["plan_id"])
        return
    plans = table_of(Plan)
    version = func.coalesce(version_in_force(plans.c.id, batch.as_of), _newest_version(plans.c.id))
    rows = batch.connection.execute(
        narrowed(select(Plan.number, Plan.id, version), Plan.number, numbers)
    ).all()
    batch.look_up("plan_number", "plan_id", {number: key for number, key, _version in rows}, message)
    versions = {key: version for _number, key, version in rows}
    kept = _plans_of_cards(batch)
    given = zip(batch.columns["plan_id"], batch.given["number"], strict=True)
    stays = [plan is not None and plan == kept.get(batch.edited or number) for plan, number in given]
    chosen = list(zip(batch.columns["plan_id"], stays, strict=True))
    batch.columns["plan_version_id"] = [
        UNSET if same or plan is UNSET else versions.get(plan) for plan, same in chosen
    ]
    batch.columns["section_id"] = [UNSET if same or plan is UNSET else None for plan, same in chosen]


def version_in_force(plan_id: ColumnElement[Any], as_of: date) -> ColumnElement[Any]:
    """The version of a plan that is in force on a day: of those begun by then the one that began last."""
    version = table_of(PlanVersion).alias()
    begin = begun_on(version)
    own = select(version.c.id).where(version.c.plan_id == plan_id, begin <= as_of)
    return own.order_by(begin.desc(), version.c.ordinal.desc()).limit(1).scalar_subquery()


def begun_on(version: FromClause) -> ColumnElement[Any]:
    """The day a version comes into force: first published, or first approved when no publication is recorded."""
    first = (
        select(func.min(PlanEvent.happened_on))
        .where(and_(PlanEvent.version_id == version.c.id, PlanEvent.kind == kind))
        .scalar_subquery()
        for kind in ("published", "approved")
    )
    return func.coalesce(*first)


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
