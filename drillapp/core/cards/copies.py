"""The life of copies in people's hands: issued, acknowledged, and ended in one of four ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, bindparam, select, update

from drillapp.core.cards.model import Card, CardCopy
from drillapp.core.changes import Changes
from drillapp.core.database.base import AnySelect, in_blocks, table_of
from drillapp.core.database.rows import insert_rows, next_ids
from drillapp.core.enumerations import codes
from drillapp.core.errors import InvalidInput, NotFound, Problem
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.saving import refuse_if_any
from drillapp.core.work import Work

_COPIES = table_of(CardCopy)


def issue_copies(
    office: Office, card_ids: Sequence[int], *, day: date, person: str | None = None, replacing: bool = True
) -> Changes:
    """Hand out a copy of each card as it is now, to this person or else to the one whose card it is.

    `replacing` takes back what the same person has in hand of the same card.
    Raises InvalidInput for cards that are retired or past their date, and a day before a copy that would be replaced.
    """
    _refuse_future(office, day)
    with office.write("issue cards") as work:
        cards = _in_order(_card_rows(work.connection, card_ids), card_ids)
        holders = {card.id: person or card.person for card in cards}
        replaced = list(_in_hand_of(work.connection, card_ids, holders)) if replacing else []
        refuse_if_any([*_not_to_issue(cards, day), *_later_copies(replaced, cards, day)], partial=False)
        _end(work, replaced, "replaced", day)
        ids = next_ids(work.connection, _COPIES, len(cards))
        columns: dict[str, Sequence[Any]] = {
            "id": ids,
            "card_id": [card.id for card in cards],
            "version": [card.version for card in cards],
            "person": [holders[card.id] for card in cards],
            "issued_on": [day] * len(cards),
        }
        insert_rows(work.connection, _COPIES, columns)
        work.created("card_copies", ids)
        work.touched("cards", {card.unit_id for card in cards})
        return work.changes


def acknowledge(office: Office, copy_ids: Sequence[int], *, day: date) -> Changes:
    """Note that whoever has these copies has signed for them.

    Raises InvalidInput for copies that are signed for already or in nobody's hand any more, and a day before the issue.
    """
    _refuse_future(office, day)
    with office.write("acknowledge cards") as work:
        copies = _in_order(_copy_rows(work.connection, copy_ids), copy_ids)
        problems = []
        for i, copy in enumerate(copies):
            if copy.acknowledged_on is not None:
                problems.append(
                    _problem(i, copy, _("Was signed for already, on {day}.").format(day=copy.acknowledged_on))
                )
            elif problem := _not_in_hand(copy, day):
                problems.append(_problem(i, copy, problem))
        refuse_if_any(problems, partial=False)
        _write(work, copies, {"acknowledged_on": day})
        return work.changes


def end_copies(office: Office, copy_ids: Sequence[int], how: str, *, day: date) -> Changes:
    """Note that copies are in nobody's hand any more: replaced, recalled, expired or lost.

    Raises InvalidInput for copies that were ended already, a day before what happened to them last, a replaced one
    without a newer copy of its card, an expired one that is still good.
    """
    _refuse_future(office, day)
    if how not in codes("copy_end"):
        raise InvalidInput(_("A copy cannot end as '{how}'.").format(how=how), field="how")
    with office.write("end copies of cards") as work:
        copies = _in_order(_copy_rows(work.connection, copy_ids), copy_ids)
        newest = _newest_issues(work.connection, {copy.card_id for copy in copies}, day)
        problems = [
            _problem(i, copy, problem)
            for i, copy in enumerate(copies)
            if (problem := _not_in_hand(copy, day) or _not_so(copy, how, day, newest.get(copy.card_id)))
        ]
        refuse_if_any(problems, partial=False)
        _end(work, copies, how, day)
        return work.changes


def _refuse_future(office: Office, day: date) -> None:
    if day > office.clock.today():
        raise InvalidInput(_("This day has not come yet."), field="day")


def _not_to_issue(cards: Iterable[Row[Any]], day: date) -> Iterator[Problem]:
    for i, card in enumerate(cards):
        if card.retired_on is not None and card.retired_on <= day:
            yield _problem(i, card, _("The card is retired since {day}.").format(day=card.retired_on))
        elif card.valid_until is not None and card.valid_until < day:
            yield _problem(i, card, _("The card was valid until {day}.").format(day=card.valid_until))


def _later_copies(replaced: Iterable[Row[Any]], cards: Sequence[Row[Any]], day: date) -> Iterator[Problem]:
    places = {card.id: i for i, card in enumerate(cards)}
    for copy in replaced:
        if problem := _not_in_hand(copy, day):
            yield _problem(places[copy.card_id], copy, problem)


def _not_in_hand(copy: Row[Any], day: date) -> str:
    """Why a copy was not in somebody's hand on a day, or is not any more; empty when it was and is."""
    if copy.ended_on is not None:
        return _("Is in nobody's hand any more since {day}.").format(day=copy.ended_on)
    if day < copy.issued_on:
        return _("Was issued later, on {day}.").format(day=copy.issued_on)
    if copy.acknowledged_on is not None and day < copy.acknowledged_on:
        return _("Was signed for later, on {day}.").format(day=copy.acknowledged_on)
    return ""


class _Issue(NamedTuple):
    """When a copy was issued; of two on one day the one written later is the newer."""

    day: date
    copy_id: int


def _not_so(copy: Row[Any], how: str, day: date, newest: _Issue | None) -> str:
    """Why a copy cannot have ended that way; empty when it can."""
    if how == "replaced" and (newest is None or newest <= (copy.issued_on, copy.id)):
        return _("No newer copy of this card has been issued: issue that first.")
    if how == "expired" and copy.version == copy.newest and (copy.valid_until or day) >= day:
        return _("The card is still valid on {day}.").format(day=day)
    return ""


def _problem(index: int, row: Row[Any], message: str) -> Problem:
    return Problem(index, "number", row.number, f"{row.number}: {message}")


def _card_rows(connection: Connection, ids: Sequence[int]) -> Iterator[Row[Any]]:
    statement = select(
        Card.id, Card.unit_id, Card.number, Card.version, Card.person, Card.retired_on, Card.valid_until
    )
    return in_blocks(connection, statement, Card.id, ids)


def _copy_statement() -> AnySelect:
    return select(
        CardCopy.id, CardCopy.card_id, CardCopy.person, CardCopy.version, CardCopy.issued_on, CardCopy.acknowledged_on,
        CardCopy.ended_on, CardCopy.ended_how, Card.unit_id, Card.number, Card.valid_until,
        Card.version.label("newest"),
    ).join(Card, Card.id == CardCopy.card_id)  # fmt: skip


def _copy_rows(connection: Connection, ids: Sequence[int]) -> Iterator[Row[Any]]:
    return in_blocks(connection, _copy_statement(), CardCopy.id, ids)


def _in_hand_of(
    connection: Connection, card_ids: Sequence[int], holders: dict[int, str | None]
) -> Iterator[Row[Any]]:
    """The copies of these cards that the same people have in hand."""
    statement = _copy_statement().where(CardCopy.ended_on.is_(None))
    for copy in in_blocks(connection, statement, CardCopy.card_id, card_ids):
        if copy.person == holders[copy.card_id]:
            yield copy


def _newest_issues(connection: Connection, card_ids: Collection[int], day: date) -> dict[int, _Issue]:
    """The last copy of each card that was issued by a day and is in hand."""
    found: dict[int, _Issue] = defaultdict(lambda: _Issue(date.min, 0))
    statement = select(CardCopy.card_id, CardCopy.issued_on, CardCopy.id).where(
        CardCopy.issued_on <= day, CardCopy.ended_on.is_(None)
    )
    for copy in in_blocks(connection, statement, CardCopy.card_id, card_ids):
        found[copy.card_id] = max(found[copy.card_id], _Issue(copy.issued_on, copy.id))
    return found


def _in_order(rows: Iterable[Row[Any]], ids: Sequence[int]) -> list[Row[Any]]:
    found = {row.id: row for row in rows}
    if len(found) < len(set(ids)):
        raise NotFound(
            _("This record is not there any more."), _("Close the form and look at the list again.")
        )
    return [found[key] for key in dict.fromkeys(ids)]


def _end(work: Work, copies: Sequence[Row[Any]], how: str, day: date) -> None:
    _write(work, copies, {"ended_on": day, "ended_how": how})


def _write(work: Work, copies: Sequence[Row[Any]], fields: dict[str, Any]) -> None:
    if not copies:
        return
    statement = update(_COPIES).where(_COPIES.c.id == bindparam("_id")).values(fields)
    work.connection.execute(statement, [{"_id": copy.id} for copy in copies])
    for copy in copies:
        work.changed(
            "card_copies",
            copy.id,
            {name: (getattr(copy, name), value) for name, value in fields.items()},
        )
    work.touched("cards", {copy.unit_id for copy in copies})
