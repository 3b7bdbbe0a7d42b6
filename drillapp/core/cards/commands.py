"""What can be done with disposal cards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from sqlalchemy import select

from drillapp.core.batch import Batch, Target
from drillapp.core.cards.entries import CardEntry
from drillapp.core.cards.model import Card
from drillapp.core.database.base import narrowed, table_of
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans.model import Plan
from drillapp.core.saving import Saved, Saving, save
from drillapp.core.units.model import Post
from drillapp.core.units.references import look_up_units

_CARDS = Target(
    kind="cards",
    table=table_of(Card),
    key=("number",),
    fields=("number", "person", "title", "hazards", "steps", "contacts", "issued_on", "acknowledged_on"),
    required=("number", "unit_code", "post"),
    searched=("title", "number"),
)


def save_cards(office: Office, entries: Sequence[CardEntry], saving: Saving = Saving()) -> Saved:
    """Create or update cards by number.

    Raises InvalidInput for unknown units and plans, a post that the unit does not have, a card acknowledged before
    it was issued.
    """
    return save(office, _CARDS, entries, saving, _prepare)


def _prepare(batch: Batch) -> None:
    look_up_units(batch)
    _look_up_posts(batch)
    numbers = batch.codes_of("plan_number")
    statement = narrowed(select(Plan.number, Plan.id), Plan.number, numbers)
    plans = dict(batch.connection.execute(statement).all())
    batch.look_up("plan_number", "plan_id", plans, _("There is no plan with the number '{value}'."))
    for i, entry in enumerate(cast(Sequence[CardEntry], batch.entries)):
        if entry.acknowledged_on and entry.issued_on and entry.acknowledged_on < entry.issued_on:
            batch.refuse(
                i, "acknowledged_on", _("Lies before the issue on {day}.").format(day=entry.issued_on)
            )
        if entry.acknowledged_on and entry.issued_on is None:
            batch.refuse(i, "issued_on", _("What is acknowledged must have been issued: give the day."))


def _look_up_posts(batch: Batch) -> None:
    names = batch.codes_of("post")
    statement = narrowed(select(Post.unit_id, Post.name, Post.id), Post.name, names)
    posts = {(unit, name): key for unit, name, key in batch.connection.execute(statement)}
    message = _("The unit {unit} has no post '{post}'.")
    keys: list[int | None] = []
    for i, pair in enumerate(zip(batch.columns["unit_id"], batch.given["post"], strict=True)):
        keys.append(posts.get(pair))
        if keys[i] is None and i not in batch.refused:
            batch.refuse(i, "post", message.format(unit=batch.given["unit_code"][i], post=pair[1]))
    batch.columns["post_id"] = keys
