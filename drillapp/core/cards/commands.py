"""What can be done with disposal cards."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import UNSET
from sqlalchemy import select

from drillapp.core.batch import Batch, Target
from drillapp.core.cards.entries import CardEntry
from drillapp.core.cards.holding import newest_acknowledgement, newest_issue
from drillapp.core.cards.issuing import check_dates, count_versions, write_copies
from drillapp.core.cards.model import Card
from drillapp.core.cards.people import link_people
from drillapp.core.cards.source import Source, look_up_plans, take_source
from drillapp.core.cards.steps import steps_problem
from drillapp.core.database.base import narrowed, table_of
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.saving import Saved, Saving, save
from drillapp.core.units.model import Post
from drillapp.core.units.references import look_up_units
from drillapp.core.work import Work

_CARDS = Target(
    kind="cards",
    table=table_of(Card),
    key=("number",),
    fields=(
        "number", "person", "title", "hazards", "first_action", "alarm", "steps", "protection", "prohibitions", "route",
        "supplies", "contacts", "valid_until",
    ),
    required=("number", "unit_code", "post"),
    searched=("title", "number"),
    derived={"issued_on": newest_issue, "acknowledged_on": newest_acknowledgement},
)  # fmt: skip


def save_cards(
    office: Office, entries: Sequence[CardEntry], saving: Saving = Saving(), source: Source | None = None
) -> Saved:
    """Create or update cards by number; a day of issue or acknowledgement is that of the newest copy.

    New words on a card of which copies were handed out make a new version of it. `source` says which version and
    section of their plan the cards are written from; without it that is the version in force.
    Raises InvalidInput for unknown units, plans and sources, a post that the unit does not have, more than eight steps,
    a card acknowledged before it was issued.
    """

    def prepare(batch: Batch) -> None:
        _prepare(batch)
        if source is not None:
            take_source(batch, source)

    return save(office, _CARDS, entries, saving, prepare, _finish)


def _prepare(batch: Batch) -> None:
    look_up_units(batch)
    _look_up_posts(batch)
    look_up_plans(batch)
    check_dates(batch)
    batch.columns["version"] = [UNSET] * len(batch.entries)  # counted, never told
    for i, text in enumerate(batch.given["steps"]):
        if isinstance(text, str) and (problem := steps_problem(text)):
            batch.refuse(i, "steps", problem)


def _finish(work: Work, batch: Batch) -> None:
    count_versions(work, batch)
    write_copies(work, batch)
    link_people(work, batch)


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
