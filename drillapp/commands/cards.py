"""Commands on disposal cards: templates, copies in people's hands, and whether a card is still right."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from drillapp.commands.frame import (
    Json,
    UnitCode,
    commands_of,
    day_of,
    open_office,
    print_json,
    print_listing,
    print_table,
)
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import _

group = typer.Typer(
    name="cards", help="Disposal cards: templates, copies, which are stale.", no_args_is_help=True
)
_command = commands_of(group)

Numbers = Annotated[list[str], typer.Argument(metavar="NUMBER…", help="Numbers of cards.")]
On = Annotated[str | None, typer.Option("--on", help="Day YYYY-MM-DD; default: the date.")]
Holder = Annotated[str | None, typer.Option("--person", help="Only what this person has in hand.")]


@_command
def templates(
    post: Annotated[str, typer.Option(help="Those that fit this post come first.")] = "", json: Json = False
) -> None:
    """Cards to begin with, one a hazard."""
    from drillapp.core.cards.templates import fitting

    found = fitting(post)
    if json:
        print_json(found)
    else:
        print_table([{"template": one.id, "title": one.title, "hazard": one.hazard} for one in found])


@_command
def fill(
    template: Annotated[str, typer.Argument(help="Its id, as `cards templates` has it.")],
    number: Annotated[str, typer.Option(help="Number of the new card.")],
    unit: Annotated[str, typer.Option(help="Code of its unit.")],
    post: Annotated[str, typer.Option(help="Post that it is for.")],
    person: Annotated[str | None, typer.Option(help="Who has the post.")] = None,
    plan: Annotated[str | None, typer.Option(help="Number of the plan that it comes from.")] = None,
    place: Annotated[
        list[str] | None,
        typer.Option(help='"meeting_point=…", "duty_phone=…" and so on; what is not said stays a line.'),
    ] = None,
    dry_run: Annotated[bool, typer.Option(help="Check everything, write nothing.")] = False,
    json: Json = False,
) -> None:
    """Make a card from a template; prints its words."""
    from drillapp.core.cards.beginning import beginning_of
    from drillapp.core.cards.commands import save_cards
    from drillapp.core.cards.entries import CardEntry
    from drillapp.core.cards.templates import fill as filled
    from drillapp.core.cards.templates import templates as known
    from drillapp.core.saving import Saving

    if template not in known():
        raise NotFound(
            _("There is no template '{name}'.").format(name=template),
            _("There are: {names}").format(names=", ".join(known())),
        )
    with open_office("write") as office:
        places = beginning_of(office, unit, post).places | _places(place or [])
        words = filled(known()[template], places)
        entry = CardEntry(
            number=number, unit_code=unit, post=post, person=person, plan_number=plan, **_fields(words)
        )
        if not save_cards(office, [entry], Saving(dry_run=True)).created:
            raise InvalidInput(_("There is a card with the number '{number}' already.").format(number=number))
        if not dry_run:
            save_cards(office, [entry])
    if json:
        print_json(words)
    else:
        print_table([{"field": name, "text": text} for name, text in words.items()])


def _fields(words: dict[str, str]) -> dict[str, Any]:
    return {name: text or None for name, text in words.items()}


def _places(pairs: list[str]) -> dict[str, str]:
    from drillapp.core.cards.templates import PLACES

    found = {name: text for name, _equals, text in (pair.partition("=") for pair in pairs)}
    if unknown := found.keys() - PLACES:
        raise InvalidInput(
            _("Nothing on a card is called '{name}'.").format(name=", ".join(sorted(unknown))),
            _("Allowed: {codes}").format(codes=" ".join(sorted(PLACES))),
        )
    return found


@_command
def issue(
    numbers: Numbers,
    on: On = None,
    person: Annotated[str | None, typer.Option(help="To whom; default: whose card it is.")] = None,
    keep: Annotated[bool, typer.Option(help="What the person has of the card stays in hand.")] = False,
) -> None:
    """Hand out a copy of each card; takes back what the same person has of it."""
    from drillapp.core.cards.copies import issue_copies
    from drillapp.core.cards.naming import cards_named

    with open_office("write") as office:
        ids = cards_named(office, numbers)
        issue_copies(office, ids, day=day_of(on, office), person=person, replacing=not keep)
    print(_("{count} copies issued.").format(count=len(ids)))


@_command
def acknowledge(numbers: Numbers, on: On = None, person: Holder = None) -> None:
    """Note that the copies in hand that nobody has signed for are signed for now."""
    from drillapp.core.cards.copies import acknowledge as sign
    from drillapp.core.cards.naming import copies_in_hand

    with open_office("write") as office:
        copies = copies_in_hand(office, numbers, person)
        ids = [copy.id for copy in copies if copy.acknowledged_on is None] or [copy.id for copy in copies]
        sign(office, ids, day=day_of(on, office))
    print(_("{count} copies signed for.").format(count=len(ids)))


@_command
def recall(
    numbers: Numbers,
    how: Annotated[str, typer.Option(help="recalled, expired, lost or replaced.")] = "recalled",
    on: On = None,
    person: Holder = None,
) -> None:
    """Note that the copies in hand of these cards are in nobody's hand any more."""
    from drillapp.core.cards.copies import end_copies
    from drillapp.core.cards.naming import copies_in_hand

    with open_office("write") as office:
        ids = [copy.id for copy in copies_in_hand(office, numbers, person)]
        end_copies(office, ids, how, day=day_of(on, office))
    print(_("{count} copies taken back.").format(count=len(ids)))


@_command
def look_up(
    text: Annotated[str, typer.Argument(help="Card number, with version and check code; or the QR text.")],
    json: Json = False,
) -> None:
    """Whether the card in hand is still right, and why not."""
    from drillapp.core import enumerations
    from drillapp.core.cards.lookup import look_up as standing_of

    with open_office("read") as office:
        found = standing_of(office, text)
    if json:
        print_json(
            {
                "verdict": found.verdict, "reasons": found.reasons, "number": found.mark.number,
                "version": found.card.version if found.card else None, "code": found.code,
                "copies_in_hand": sum(copy.ended_on is None for copy in found.copies),
            }
        )  # fmt: skip
        return
    print(enumerations.label("card_verdict", found.verdict))
    for reason in found.reasons:
        print(f"  {enumerations.label('stale_reason', reason)}")


@_command
def stale(unit: UnitCode = None, json: Json = False) -> None:
    """Cards in use that are no longer right, and why."""
    from drillapp.core.cards.stale import STALE_CARDS

    print_listing(STALE_CARDS, unit, json)


@_command
def copies(
    unit: UnitCode = None,
    to_recall: Annotated[bool, typer.Option(help="Only those in hand that are no longer right.")] = False,
    json: Json = False,
) -> None:
    """Copies that were handed out."""
    from drillapp.core.cards.copy_lists import COPIES
    from drillapp.core.cards.stale import COPIES_TO_RECALL

    print_listing(COPIES_TO_RECALL if to_recall else COPIES, unit, json)


@_command
def checked(numbers: Numbers) -> None:
    """Say that cards were checked against the version of their plan in force, and hold."""
    from drillapp.core.cards.naming import cards_named
    from drillapp.core.cards.source import renew_sources

    with open_office("write") as office:
        renew_sources(office, cards_named(office, numbers))
    print(_("{count} cards hold.").format(count=len(numbers)))
