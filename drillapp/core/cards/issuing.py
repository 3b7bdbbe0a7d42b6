"""What entries of a ledger or a form say about the copies of their cards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, cast

from msgspec import UNSET
from sqlalchemy import bindparam, delete, select, update

from drillapp.core.batch import Batch
from drillapp.core.cards.entries import CardEntry
from drillapp.core.cards.holding import newest_issue
from drillapp.core.cards.model import Card, CardCopy
from drillapp.core.database.base import narrowed, table_of
from drillapp.core.database.rows import insert_rows, next_ids
from drillapp.core.i18n import _
from drillapp.core.work import Work

_COPIES = table_of(CardCopy)
_NO_WORDS = {"issued_on", "acknowledged_on", "retired_on", "plan_id", "plan_version_id", "section_id"}
"""What can change without a word on the card being different that anybody acts on."""


def check_dates(batch: Batch) -> None:
    """Refuse what was acknowledged before it was issued, or without having been issued."""
    open_ends: list[int] = []
    for i, entry in enumerate(cast(Sequence[CardEntry], batch.entries)):
        if not isinstance(entry.acknowledged_on, date):
            continue
        if entry.issued_on is UNSET:
            open_ends.append(i)
        else:
            _check(batch, i, entry.acknowledged_on, entry.issued_on)
    if open_ends:
        issued = _issue_days(batch, open_ends)
        for i in open_ends:
            day = issued.get(batch.edited or batch.given["number"][i])
            _check(batch, i, batch.given["acknowledged_on"][i], day)


def _check(batch: Batch, i: int, acknowledged: date, issued: date | None) -> None:
    if issued is None:
        batch.refuse(i, "issued_on", _("What is acknowledged must have been issued: give the day."))
    elif acknowledged < issued:
        batch.refuse(i, "acknowledged_on", _("Lies before the issue on {day}.").format(day=issued))


def _issue_days(batch: Batch, indices: Sequence[int]) -> dict[int | str, date | None]:
    """The day on which each card was last issued, by number, or by key for a card in a form."""
    key = Card.id if batch.edited is not None else Card.number
    keys = {batch.edited} if batch.edited is not None else {batch.given["number"][i] for i in indices}
    statement = select(key, newest_issue(table_of(Card))).where(Card.owner_id == batch.owner_id)
    rows = batch.connection.execute(narrowed(cast(Any, statement), key, keys))
    return {key: day for key, day in rows if key in keys}


def count_versions(work: Work, batch: Batch) -> None:
    """Count up the version of changed cards of which a copy with the old words is about."""
    rows = [{"_id": batch.id_of(i)} for i, fields in batch.changed.items() if not fields.keys() <= _NO_WORDS]
    if not rows:
        return
    is_about = (
        select(CardCopy.id).where(CardCopy.card_id == Card.id, CardCopy.version == Card.version).exists()
    )
    statement = update(Card).where(Card.id == bindparam("_id"), is_about).values(version=Card.version + 1)
    work.connection.execute(statement, rows)


def write_copies(work: Work, batch: Batch) -> None:
    """Write the copies that entries tell of.

    A day later than the newest issue is a further copy, which replaces what the same person has in hand; an earlier
    one corrects the newest; none takes all back.
    """
    days = batch.given["issued_on"]
    told = [i for i, fields in batch.changed.items() if "issued_on" in fields]
    further = [i for i in told if _is_further(batch, i)]
    corrected = set(told).difference(further)
    signed = [i for i, fields in batch.changed.items() if "acknowledged_on" in fields]
    _replace(work, batch, further)
    _take_back(work, [batch.id_of(i) for i in corrected if days[i] is None])
    _correct(work, batch, [i for i in corrected if days[i] is not None])
    _acknowledge(work, batch, sorted(set(signed).difference(further)))
    _issue(work, batch, [*_issued(batch, batch.new), *further])


def _issued(batch: Batch, indices: Sequence[int]) -> Iterator[int]:
    days = batch.given["issued_on"]
    return (i for i in indices if days[i] is not None and days[i] is not UNSET)


def _is_further(batch: Batch, i: int) -> bool:
    day, before = batch.given["issued_on"][i], batch.existing[batch.id_of(i)]["issued_on"]
    return day is not None and (before is None or day > before)


def _replace(work: Work, batch: Batch, further: Sequence[int]) -> None:
    if not further:
        return
    in_hand = _COPIES.c.ended_on.is_(None) & (_COPIES.c.person.is_not_distinct_from(bindparam("_person")))
    statement = (
        update(_COPIES)
        .where(_COPIES.c.card_id == bindparam("_card"), in_hand)
        .values(ended_on=bindparam("_day"), ended_how="replaced")
    )
    rows = [
        {
            "_card": batch.id_of(i),
            "_person": batch.value("person", i),
            "_day": batch.given["issued_on"][i],
        }
        for i in further
    ]
    work.connection.execute(statement, rows)


def _take_back(work: Work, cards: Sequence[int]) -> None:
    if cards:
        statement = delete(_COPIES).where(_COPIES.c.card_id == bindparam("_card"))
        work.connection.execute(statement, [{"_card": card} for card in cards])


def _correct(work: Work, batch: Batch, indices: Sequence[int]) -> None:
    """Give the newest copy its true day; what is said to be issued between that day and then was not."""
    if not indices:
        return
    rows = [{"_card": batch.id_of(i), "_day": batch.given["issued_on"][i]} for i in indices]
    wrong = (_COPIES.c.issued_on >= bindparam("_day")) & (_COPIES.c.id != _newest())
    work.connection.execute(delete(_COPIES).where(_COPIES.c.card_id == bindparam("_card"), wrong), rows)
    statement = update(_COPIES).where(_COPIES.c.id == _newest())
    work.connection.execute(statement.values(issued_on=bindparam("_day")), rows)


def _acknowledge(work: Work, batch: Batch, indices: Sequence[int]) -> None:
    if indices:
        rows = [{"_card": batch.id_of(i), "_signed": batch.given["acknowledged_on"][i]} for i in indices]
        statement = update(_COPIES).where(_COPIES.c.id == _newest())
        work.connection.execute(statement.values(acknowledged_on=bindparam("_signed")), rows)


def _newest() -> Any:
    """The key of the newest copy of the card `_card`."""
    copies = _COPIES.alias()
    own = select(copies.c.id).where(copies.c.card_id == bindparam("_card"))
    return own.order_by(copies.c.issued_on.desc(), copies.c.id.desc()).limit(1).scalar_subquery()


def _issue(work: Work, batch: Batch, indices: Sequence[int]) -> None:
    if not indices:
        return
    cards = [batch.id_of(i) for i in indices]
    changed = [card for card in cards if card in batch.existing]
    statement = narrowed(select(Card.id, Card.version), Card.id, changed)
    versions: dict[int, int] = dict(work.connection.execute(statement).all()) if changed else {}
    signed = (batch.given["acknowledged_on"][i] for i in indices)
    columns: dict[str, Sequence[Any]] = {
        "id": next_ids(work.connection, _COPIES, len(cards)),
        "card_id": cards,
        "version": [versions.get(card, 1) for card in cards],
        "person": [batch.value("person", i) for i in indices],
        "issued_on": [batch.given["issued_on"][i] for i in indices],
        "acknowledged_on": [None if day is UNSET else day for day in signed],
    }
    insert_rows(work.connection, _COPIES, columns)
