"""The floor of whatever looks at all that is asked of all units: each table that it must read, once, in raw SQL."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.recorded import Bare

PASSES = (
    "SELECT id, parent_id, code, name, kind FROM units",
    """SELECT plans.unit_id, count(*), max(happened_on), sum(plan_events.kind = 'filed') FROM plan_events
       JOIN plans ON plans.id = plan_events.plan_id WHERE happened_on <= :day GROUP BY plans.unit_id""",
    """SELECT unit_id, count(*), max(ended_at), sum(participants * 100 >= expected * 80), sum(reported_on <= :day),
       sum(rating IS NOT NULL) FROM drills WHERE ended_at <= :day GROUP BY unit_id""",
    """SELECT findings.unit_id, count(*), sum(done_on <= :day), sum(verified_on <= :day) FROM findings
       JOIN drills ON drills.id = findings.drill_id WHERE ended_at <= :day GROUP BY findings.unit_id""",
    """SELECT storehouses.unit_id, holdings.item_id, sum(delta) FROM stock_entries
       JOIN holdings ON holdings.id = stock_entries.holding_id
       JOIN storehouses ON storehouses.id = holdings.storehouse_id
       WHERE occurred_on <= :day GROUP BY storehouses.unit_id, holdings.item_id""",
    """SELECT units.id, count(*) FROM required_levels
       JOIN units ON units.kind = required_levels.unit_kind GROUP BY units.id""",
    """SELECT storehouses.unit_id, count(*), max(done_on) FROM upkeep
       JOIN storehouses ON storehouses.id = upkeep.storehouse_id WHERE done_on <= :day GROUP BY storehouses.unit_id""",
    """SELECT storehouses.unit_id, max(posted_at) FROM stocktakes
       JOIN storehouses ON storehouses.id = stocktakes.storehouse_id GROUP BY storehouses.unit_id""",
    """SELECT posts.unit_id, count(*), count(cards.id), max(cards.plan_version_id) FROM posts
       LEFT JOIN cards ON cards.post_id = posts.id WHERE key_post GROUP BY posts.unit_id""",
    """SELECT cards.unit_id, count(*), max(card_copies.issued_on) FROM card_copies
       JOIN cards ON cards.id = card_copies.card_id WHERE card_copies.issued_on <= :day GROUP BY cards.unit_id""",
    """SELECT teams.unit_id, count(DISTINCT teams.id), count(*), sum(team_members.insured_until >= :day) FROM teams
       LEFT JOIN team_members ON team_members.team_id = teams.id GROUP BY teams.unit_id""",
)
"""Plans, drills, corrections, supplies, cards, teams; reporting stands with the drills."""

FIVE = (
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
"""What the first version of the formula asks: plans, drills, corrections, levels, cards."""


def run(bare: Bare, day: str, passes: Sequence[str] = PASSES) -> None:
    """Read everything once, as of a day."""
    for sql in passes:
        bare.ask(sql.replace(":day", "?1"), *[day] * (":day" in sql))
