"""Finding records of any kind by what one remembers of their title, and sections of plans by their words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, String, cast, literal, select, text, union_all

from drillapp.core.cards.model import Card
from drillapp.core.database.base import AnySelect
from drillapp.core.database.engine import is_postgres
from drillapp.core.drills.model import Drill
from drillapp.core.office import Office
from drillapp.core.plans.model import Plan
from drillapp.core.search import index
from drillapp.core.search.full_text import find_sections
from drillapp.core.search.hits import Hit
from drillapp.core.search.tokens import readings
from drillapp.core.supplies.levels.model import Scenario
from drillapp.core.supplies.model import Item, Storehouse
from drillapp.core.teams.model import Team
from drillapp.core.units.model import Person, Unit

_A_KIND = 8
"""So many hits of each kind are enough to choose from."""
_SECTIONS = 12


def search(office: Office, wanted: str, limit: int = 40) -> list[Hit]:
    """Records found by their titles, at most `limit`; then sections of plans that hold the words, some more."""
    found = search_titles(office, wanted, limit)
    with office.read() as connection:
        return [*found, *find_sections(connection, wanted, office.as_of, _SECTIONS)]


def search_titles(office: Office, wanted: str, limit: int) -> list[Hit]:
    """Records whose title or number holds the words: Chinese in any part, pinyin, or first letters of pinyin.

    '消防', 'xiaofang', 'xf' and the beginning of a number all find; the kinds come in their usual order.
    """
    phrases = readings(wanted)
    if not phrases:
        return []
    with office.read() as connection:
        ids = _found(connection, phrases)
        hits = {(row.kind, row.id): Hit(*row) for row in connection.execute(_titles(ids))} if ids else {}
    return [hits[key] for key in ids if key in hits][:limit]


def ids_of_kind(connection: Connection, kind: str, wanted: str, limit: int) -> list[int]:
    """The keys of the records of one kind that are found by the words, at most `limit`."""
    phrases = readings(wanted)
    return [key for _kind, key in _found(connection, phrases, (kind,), limit)] if phrases else []


def _found(
    connection: Connection,
    phrases: Sequence[tuple[str, list[str]]],
    kinds: Sequence[str] = index.KINDS,
    of_each: int = _A_KIND,
) -> list[tuple[str, int]]:
    postgres = is_postgres(connection)
    wanted = _postgres_condition(phrases) if postgres else "search_index MATCH :wanted"
    key = "key" if postgres else "rowid"
    statement = " UNION ALL ".join(
        f"SELECT * FROM (SELECT {key} AS key FROM search_index WHERE {wanted} AND {key} BETWEEN {first} AND {last}"
        f" ORDER BY {key} LIMIT {of_each}) AS k{number}"
        for number, (first, last) in enumerate(map(index.key_range, kinds))
    )
    values = _postgres_values(phrases) if postgres else {"wanted": _match(phrases)}
    rows = connection.execute(text(statement), values)
    return [(index.kind_of(row.key), index.record_id(row.key)) for row in rows]


def _match(phrases: Sequence[tuple[str, list[str]]]) -> str:
    """The phrases in FTS5's language; the last token may go on."""
    return " OR ".join(f'{column} : "{" ".join(tokens)}" *' for column, tokens in phrases)


def _postgres_condition(phrases: Sequence[tuple[str, list[str]]]) -> str:
    parts = (f"{column} @@ CAST(:wanted{i} AS tsquery)" for i, (column, _tokens) in enumerate(phrases))
    return f"({' OR '.join(parts)})"


def _postgres_values(phrases: Sequence[tuple[str, list[str]]]) -> dict[str, str]:
    return {
        f"wanted{i}": " <-> ".join(f"'{token}'" for token in tokens) + ":*"
        for i, (_column, tokens) in enumerate(phrases)
    }


def _titles(ids: Sequence[tuple[str, int]]) -> Any:
    by_kind: dict[str, list[int]] = {}
    for kind, record_id in ids:
        by_kind.setdefault(kind, []).append(record_id)
    return union_all(*(_title(kind, chosen) for kind, chosen in by_kind.items()))


def _title(kind: str, ids: list[int]) -> AnySelect:
    model, title, subtitle = _TITLES[kind]
    statement = select(
        literal(kind).label("kind"), model.id.label("id"), title.label("title"),
        cast(subtitle, String).label("subtitle"), Unit.name.label("unit_name") if kind != "items" else literal(""),
    ).where(model.id.in_(ids))  # fmt: skip
    if kind in ("units", "items"):
        return statement
    return statement.join(Unit, Unit.id == model.unit_id)


_TITLES: dict[str, tuple[Any, Any, Any]] = {
    "units": (Unit, Unit.name, Unit.code),
    "plans": (Plan, Plan.title, Plan.number),
    "drills": (Drill, Drill.title, Drill.number),
    "people": (Person, Person.name, Person.post),
    "items": (Item, Item.name, Item.code),
    "storehouses": (Storehouse, Storehouse.name, Storehouse.code),
    "cards": (Card, Card.title, Card.number),
    "teams": (Team, Team.name, Team.kind),
    "scenarios": (Scenario, Scenario.name, Scenario.code),
}
