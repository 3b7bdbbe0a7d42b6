"""Whether teams meet the standard of their kind, for all teams at once as of a date."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from sqlalchemy import Boolean, ColumnElement, Integer, and_, case, cast, func, literal, select, union_all

from drillapp.core.database.base import AnySelect
from drillapp.core.teams.clauses import clauses
from drillapp.core.teams.figures import figures
from drillapp.core.teams.measures import reading


@lru_cache(16)  # to build it takes longer than to ask it
def team_standards(as_of: date) -> AnySelect:
    """One row for each team in use and each clause for its kind.

    team_id, unit_id, clause (code), place (order), counts, state (a code of the enumeration standard_state: met,
    not_met, no_data), value and asked (what was found and the figure it is held against; of equipment kinds of items
    in full and required), day (of a training, drill or the team's insurance).
    """
    # Worked out once, not for each clause: every branch below reads it.
    known = figures(as_of).cte("team_figures").prefix_with("MATERIALIZED")
    parts = []
    for place, clause in enumerate(clauses()):
        read = reading(clause, known, as_of)
        state = case((~read.known, "no_data"), (read.met, "met"), else_="not_met")
        part = select(
            known.c.team_id, known.c.unit_id, literal(clause.code).label("clause"),
            literal(place).label("place"), literal(clause.counts, Boolean).label("counts"),
            state.label("state"), cast(read.value, Integer).label("value"), cast(read.asked, Integer).label("asked"),
            read.day.label("day"),
        )  # fmt: skip
        parts.append(part.where(known.c.kind.in_(clause.kinds)) if clause.kinds else part)
    every = union_all(*parts).subquery()
    return select(every)


@lru_cache(16)
def team_states(as_of: date) -> AnySelect:
    """One row for each team in use: team_id, state, met and asked (clauses that count and those of them that are met).

    Not met if a clause that counts is not; no data if one cannot be told; else met.
    """
    each = team_standards(as_of).subquery()

    def how_many(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
        return cast(func.sum(case((and_(each.c.counts, *conditions), 1), else_=0)), Integer)

    not_met, unknown = how_many(each.c.state == "not_met"), how_many(each.c.state == "no_data")
    return select(
        each.c.team_id,
        case((not_met > 0, "not_met"), (unknown > 0, "no_data"), else_="met").label("state"),
        how_many(each.c.state == "met").label("met"),
        how_many().label("asked"),
    ).group_by(each.c.team_id)
