"""Readiness of all units, against counting the same tables once each in raw SQL."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.district import District
from benchmarks.figure import Figure, compared
from benchmarks.recorded import Bare
from drillapp.core.readiness.queries import readiness

_COUNTING = (
    "SELECT id, parent_id, code, name, kind FROM units",
    """SELECT plans.unit_id, count(*), max(happened_on) FROM plan_events
       JOIN plans ON plans.id = plan_events.plan_id WHERE happened_on <= :day GROUP BY plans.unit_id""",
    "SELECT unit_id, count(*), max(ended_at) FROM drills WHERE ended_at <= :day GROUP BY unit_id",
    """SELECT findings.unit_id, count(*), sum(done_on <= :day) FROM findings
       JOIN drills ON drills.id = findings.drill_id WHERE ended_at <= :day GROUP BY findings.unit_id""",
    """SELECT storehouses.unit_id, holdings.item_id, sum(delta) FROM stock_entries
       JOIN holdings ON holdings.id = stock_entries.holding_id
       JOIN storehouses ON storehouses.id = holdings.storehouse_id
       WHERE occurred_on <= :day GROUP BY storehouses.unit_id, holdings.item_id""",
    """SELECT units.id, count(*) FROM required_levels
       JOIN units ON units.kind = required_levels.unit_kind GROUP BY units.id""",
    """SELECT posts.unit_id, count(*), count(cards.id) FROM posts LEFT JOIN cards ON cards.post_id = posts.id
       WHERE key_post GROUP BY posts.unit_id""",
)


def figures(district: District) -> Iterator[Figure]:
    """All units as of the district's day."""
    with district.open() as office:
        bare = Bare(office)
        day = office.as_of.isoformat()

        def count() -> None:
            for sql in _COUNTING:
                bare.ask(sql.replace(":day", "?1"), *[day] * (":day" in sql))

        yield compared("readiness of all units", lambda: readiness(office), count, 3, ceiling=1500)
        bare.close()
