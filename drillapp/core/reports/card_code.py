"""What the QR code of a disposal card says: plain text, so that any phone reads it without a network."""

from __future__ import annotations

from collections.abc import Iterator

from drillapp.core.cards.lookup import card_mark
from drillapp.core.i18n import _
from drillapp.core.phones import is_phone
from drillapp.core.reports.card_text import Card, Entry, too_long
from drillapp.core.reports.matrix_code import capacity


def code_text(card: Card, version: int) -> tuple[str, str]:
    """The text for a code of at most that version, and its level of error correction.

    Steps give way from the last on, then the title, then error correction, last the first action: whole ones, so that
    none says half of what was meant. Phones never do: where they do not fit, the card is refused.
    """
    mark, phones = card_mark(card.number, card.version, card.check_code), _phones(card)
    telling = list(_telling(card, mark, phones))
    only_phones = ["\n".join((mark, *phones))]
    for level, texts in (("M", telling), ("L", telling), ("M", only_phones), ("L", only_phones)):
        room = capacity(version, level)
        for text in texts:
            if len(text.encode()) <= room:
                return text, level
    entry = Entry("\n".join(phones), _("what the QR code says, all phones"), "contacts")
    raise too_long(card, entry)


def _telling(card: Card, mark: str, phones: list[str]) -> Iterator[str]:
    """The text with all steps, with fewer and fewer, and without title."""
    first = [_("First: {action}").format(action=card.first_action)] if card.first_action else []
    steps = [f"{number}. {step.text}" for number, step in enumerate(card.steps, 1)]
    yield "\n".join((mark, card.title, *first, *phones, *steps))
    rest = _("(more on the card)")
    for count in range(len(steps) - 1, -1, -1):
        yield "\n".join((mark, card.title, *first, *phones, *steps[:count], rest))
    if first:
        yield "\n".join((mark, *first, *phones, rest))


def _phones(card: Card) -> list[str]:
    """Each phone on the card with whom it reaches."""
    alarm = [f"{line.phone} {line.who}" for line in card.alarm if is_phone(line.phone)]
    alarm += [line.who for line in card.alarm if not line.phone and is_phone(line.who)]
    return list(dict.fromkeys((*alarm, *filter(is_phone, card.contacts))))
