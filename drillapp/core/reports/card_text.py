"""What a disposal card says, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

import msgspec

from drillapp.core import enumerations
from drillapp.core.cards.alarm import AlarmLine
from drillapp.core.cards.steps import Step
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _, language

_SHOWN = 30


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """The words of one card."""

    number: str
    unit: str
    post: str
    title: str
    first_action: str = ""
    alarm: tuple[AlarmLine, ...] = ()
    steps: tuple[Step, ...] = ()
    hazards: tuple[str, ...] = ()
    protection: tuple[str, ...] = ()
    prohibitions: tuple[str, ...] = ()
    route: tuple[str, ...] = ()
    supplies: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    person: str = ""
    source: str = ""
    """Number and version of the plan that the card was written from, and the section."""
    version: int = 1
    valid_until: date | None = None
    check_code: str = ""


class Entry(msgspec.Struct, frozen=True):
    """One paragraph of a card, and what to call it when it is too long."""

    text: str
    name: str
    field: str
    lead: str = ""
    """Set in bold before the text: a phone."""
    number: int = 0
    """Of a step: it stands behind a box to tick."""


class Group(msgspec.Struct, frozen=True):
    """Entries under one word, which stands left of them."""

    label: str
    entries: tuple[Entry, ...]
    sign: str = ""
    """`warning`, `prohibition` or `duty`: drawn with the word."""
    is_aside: bool = False
    """Where to go, what with and whom to ask: beside the QR code when there is room."""
    is_back: bool = False
    """On the back of a card, when there is room."""


def groups(card: Card, *, runs_on: bool) -> list[Group]:
    """All that a card says below its title and first action; `runs_on` puts short lists into one paragraph."""

    def listed(texts: Sequence[str], name: str, field: str) -> tuple[Entry, ...]:
        lines = [_end().join(text.rstrip("。；;") for text in texts)] if runs_on and texts else texts
        return tuple(Entry(line, name, field) for line in lines)

    found = [
        Group(_("Danger"), listed(card.hazards, _("the hazards"), "hazards"), sign="warning"),
        Group(_("Alarm"), tuple(_alarm(card.alarm))),
        *_steps(card.steps),
        Group(
            _("Never"),
            listed(card.prohibitions, _("the prohibitions"), "prohibitions"),
            sign="prohibition",
            is_back=True,
        ),
        Group(
            _("Protect"),
            listed(card.protection, _("the protection"), "protection"),
            sign="duty",
            is_back=True,
        ),
        Group(_("Route"), listed(card.route, _("the route"), "route"), is_aside=True),
        Group(_("Kit"), listed(card.supplies, _("the supplies"), "supplies"), is_aside=True),
        Group(_("Call"), listed(card.contacts, _("the contacts"), "contacts"), is_aside=True),
    ]
    return [group for group in found if group.entries]


def owner(card: Card) -> str:
    """Whose card it is."""
    return "  ".join(filter(None, (card.unit, card.post, card.person)))


def foot(card: Card) -> tuple[str, ...]:
    """What tells this card from others and from its earlier versions, and on a second line where it is from."""
    marks = (
        _("No. {number}").format(number=card.number),
        _("Version {version}").format(version=card.version),
        _("Check code {code}").format(code=card.check_code) if card.check_code else "",
        _("Valid until {date}").format(date=card.valid_until) if card.valid_until else "",
    )
    source = _("Plan {number}").format(number=card.source) if card.source else ""
    return tuple(filter(None, ("  ".join(filter(None, marks)), source)))


def too_long(card: Card, entry: Entry) -> InvalidInput:
    """The refusal of a card because of a text that does not fit."""
    message = _("Card {card}: {line} does not fit this size of card: “{text}”.")
    text = entry.text if len(entry.text) <= _SHOWN else entry.text[:_SHOWN] + "…"
    return InvalidInput(
        message.format(card=card.number or card.title, line=entry.name, text=text),
        _("Shorten it, or print the card in a larger size."),
        field=entry.field,
    )


def _alarm(lines: Sequence[AlarmLine]) -> Iterator[Entry]:
    for place, line in enumerate(lines, 1):
        words = _("say: {words}").format(words=line.words) if line.words else ""
        text = "  ".join(filter(None, (line.who, words)))
        yield Entry(text, _("alarm line {number}").format(number=place), "alarm", lead=line.phone)


def _steps(steps: Sequence[Step]) -> Iterator[Group]:
    numbered = enumerate(steps, 1)
    for block, together in groupby(numbered, key=lambda each: each[1].block):
        yield Group(
            enumerations.label("card_block", block),
            tuple(
                Entry(step.text, _("step {number}").format(number=number), "steps", number=number)
                for number, step in together
            ),
        )


def _end() -> str:
    return "; " if language() == "en" else "；"
