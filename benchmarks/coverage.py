"""Coverage of all units and the stale cards of the district, against one pass of raw SQL over the same tables."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from benchmarks.district import District
from benchmarks.figure import Figure, compared
from benchmarks.recorded import Bare
from drillapp.core.cards.coverage import UNIT_COVERAGE
from drillapp.core.cards.stale import COPIES_TO_RECALL, STALE_CARDS
from drillapp.core.database.base import AnySelect
from drillapp.core.office import Office

_COVERAGE = """
SELECT units.id, units.code, units.name, units.kind, count(*),
       sum(EXISTS (SELECT 1 FROM cards JOIN card_copies ON card_copies.card_id = cards.id WHERE cards.post_id = posts.id
                   AND card_copies.issued_on <= ?1 AND card_copies.ended_on IS NULL))
FROM posts JOIN units ON units.id = posts.unit_id WHERE posts.key_post GROUP BY units.id"""
_STALE = """
SELECT cards.id, cards.number, cards.title, units.code, units.name, posts.name, cards.person, cards.valid_until,
       plans.number, plans.retired_on, posts.retired_on, units.retired_on, versions.ordinal, people.retired_on,
       people.phone, people.printed
FROM cards JOIN units ON units.id = cards.unit_id JOIN posts ON posts.id = cards.post_id
LEFT JOIN plans ON plans.id = cards.plan_id
LEFT JOIN plan_versions AS versions ON versions.plan_id = cards.plan_id AND versions.ordinal > 1
LEFT JOIN (SELECT card_id, people.retired_on, people.phone, card_people.phone AS printed
           FROM card_people JOIN people ON people.id = person_id
           WHERE people.retired_on <= ?1 OR replace(people.phone, '-', '') <> card_people.phone) AS people
       ON people.card_id = cards.id
WHERE cards.valid_until < ?1 OR plans.retired_on <= ?1 OR posts.retired_on <= ?1 OR units.retired_on <= ?1
      OR versions.id IS NOT NULL OR people.card_id IS NOT NULL"""
_RECALLED = _STALE.replace(
    "FROM cards JOIN", "FROM card_copies JOIN cards ON cards.id = card_copies.card_id JOIN"
)


def figures(district: District) -> Iterator[Figure]:
    """All units, all stale cards and all copies to take back as of the district's day."""
    with district.open() as office:
        bare = Bare(office)
        day = office.as_of.isoformat()
        for name, listing, floor in (
            ("coverage of all units", UNIT_COVERAGE, _COVERAGE),
            ("stale cards of the district", STALE_CARDS, _STALE),
            ("copies to recall in the district", COPIES_TO_RECALL, _RECALLED),
        ):
            ask = partial(_ask, office, listing.statement(office.as_of))
            yield compared(name, ask, partial(bare.ask, floor, day), 2)
        bare.close()


def _ask(office: Office, statement: AnySelect) -> None:
    with office.read() as connection:
        connection.execute(statement).all()
