"""Whether the card in somebody's hand is still right: scanned, or typed from its foot."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

import msgspec
from sqlalchemy import select

from drillapp.core.cards.checking import check_code, read_code
from drillapp.core.cards.copy_lists import CopyRow, copies_of
from drillapp.core.cards.model import Card
from drillapp.core.cards.queries import CARDS, CardRow
from drillapp.core.cards.stale import reasons_of
from drillapp.core.listing import rows
from drillapp.core.office import Office

_VERSION = re.compile(r"\D{0,2}(\d{1,6})\D{0,2}")


class CardMark(NamedTuple):
    """What a card says of itself; version and code may be left out."""

    number: str
    version: int | None = None
    code: str = ""


class CardStanding(msgspec.Struct, frozen=True):
    """What is known of the card in hand."""

    verdict: str
    """A code of the enumeration card_verdict: right, stale, unknown."""
    mark: CardMark
    reasons: tuple[str, ...] = ()
    """Codes of the enumeration stale_reason."""
    card: CardRow | None = None
    code: str = ""
    """Check code of the card as it is kept."""
    copies: tuple[CopyRow, ...] = ()
    """Those that were handed out, the newest first."""


def card_mark(number: str, version: int, code: str) -> str:
    """What stands on a card, and as the first line in its QR code, so that it can be looked up."""
    return f"{number} V{version} {code}"


def look_up(office: Office, text: str) -> CardStanding:
    """How the card stands whose QR code was scanned, or whose number (version, check code) was typed."""
    marks = list(_readings(text))
    if not marks:
        return CardStanding("unknown", CardMark(""))
    keys = _keys(office, marks)
    mark = next((mark for mark in marks if mark.number in keys), marks[0])
    found = rows(office, CARDS, [keys[mark.number]]) if mark.number in keys else []
    if not found:
        return CardStanding("unknown", mark)
    [card] = found
    code = check_code(card)
    copies = tuple(copies_of(office, card.id))
    reasons = (*_wrong_in_hand(mark, card, code), *reasons_of(office, card.id))
    return CardStanding("stale" if reasons else "right", mark, reasons, card, code, copies)


def _readings(text: str) -> Iterator[CardMark]:
    """The ways to read the first line, the one with the longest number first, since numbers may have spaces."""
    lines = (
        unicodedata.normalize("NFKC", text.encode(errors="ignore").decode()).replace("\x00", " ").split("\n")
    )
    words = next((words for line in lines if (words := line.split())), [])
    for cut in range(len(words), max(0, len(words) - 3), -1):
        mark = _reading(" ".join(words[:cut]), words[cut:])
        if mark is not None:
            yield mark
            yield mark._replace(number=mark.number.upper())


def _reading(number: str, rest: list[str]) -> CardMark | None:
    """A number with a version, a code or both behind it; None where the words cannot be that."""
    is_code = bool(rest) and (read_code(rest[-1]) != "" or not _VERSION.fullmatch(rest[-1]))
    code = read_code(rest[-1]) or rest[-1] if is_code else ""
    before = rest[:-1] if is_code else rest
    if not before:
        return CardMark(number, None, code)
    version = _VERSION.fullmatch(before[0])
    return CardMark(number, int(version[1]), code) if version and len(before) == 1 else None


def _keys(office: Office, marks: list[CardMark]) -> dict[str, int]:
    """The card of each of these numbers; the office's own one where a neighbour's has the same."""
    numbers = {mark.number for mark in marks}
    statement = (
        select(Card.number, Card.id)
        .where(Card.number.in_(numbers))
        .order_by(Card.owner_id == office.id, Card.id)
    )
    with office.read() as connection:
        return dict(connection.execute(statement).all())


def _wrong_in_hand(mark: CardMark, card: CardRow, code: str) -> Iterator[str]:
    if card.state == "retired":
        yield "card_retired"
    if card.state == "taken_back":
        yield "taken_back"
    if mark.version is not None and mark.version < card.version:
        yield "newer_version"
    elif mark.version is not None and mark.version > card.version:
        yield "unknown_version"
    elif mark.code and mark.code != code:
        yield "wrong_code"
