"""What an older office knew is there after the upgrade: versions of plans with events, copies of cards, holders, stock."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Connection, create_engine, inspect, text

from drillapp.core.database import schema
from drillapp.core.database.engine import file_engine
from drillapp.core.database.keys import new_key
from drillapp.core.search.index import index_key
from drillapp.core.supplies.halves import wrong_halves
from tests.postgres import PostgresServer

_numbers = count(1)
_UID = "".join(f"{n:02x}" for n in range(15))
OLDER = f"""
INSERT INTO offices (id, uid, name, is_own) VALUES (1, ~{_UID}00~, 'Office', true);
INSERT INTO units (id, uid, owner_id, revision, code, name, kind, high_risk, crowded)
 VALUES (1, ~{_UID}01~, 1, 1, 'A', 'A', 'other', false, false);
INSERT INTO posts (id, uid, owner_id, revision, unit_id, name, key_post) VALUES (1, ~{_UID}02~, 1, 1, 1, 'Watch', true);
INSERT INTO people (id, uid, owner_id, revision, unit_id, name, key_person) VALUES (5, ~{_UID}03~, 1, 1, 1, 'Wang', false);
INSERT INTO plans (id, uid, owner_id, revision, number, title, unit_id, version)
 VALUES (7, ~{_UID}04~, 1, 1, 'P', 'Plan', 1, '2.1'), (9, ~{_UID}07~, 1, 3, 'Q', 'Draft', 1, NULL);
INSERT INTO plan_events (plan_id, kind, happened_on, reference)
 VALUES (7, 'approved', '2025-01-05', NULL), (7, 'filed', '2025-02-01', 'BA-1');
INSERT INTO drills (id, uid, owner_id, revision, number, unit_id, title, plan_id, planned_on, third_party)
 VALUES (3, ~{_UID}08~, 1, 1, 'D', 1, 'Drill', 7, '2026-05-01', false);
INSERT INTO findings (id, uid, owner_id, revision, drill_id, number, text, unit_id)
 VALUES (4, ~{_UID}09~, 1, 1, 3, '1', 'Found', 1);
INSERT INTO cards (id, uid, owner_id, revision, number, unit_id, post_id, person, plan_id, issued_on, acknowledged_on)
 VALUES (1, ~{_UID}05~, 1, 1, 'K1', 1, 1, 'Wang', 7, '2026-01-05', '2026-01-08'),
 (2, ~{_UID}06~, 1, 1, 'K2', 1, 1, 'Nobody', NULL, NULL, NULL);
INSERT INTO storehouses (id, uid, owner_id, revision, code, name, unit_id) VALUES (1, ~{_UID}0a~, 1, 1, 'S', 'Store', 1);
INSERT INTO items (id, uid, owner_id, revision, code, name) VALUES (1, ~{_UID}0b~, 1, 1, 'I', 'Tent');
INSERT INTO lots (id, item_id, code) VALUES (1, 1, ''), (2, 1, 'L');
INSERT INTO holdings (id, storehouse_id, item_id, lot_id) VALUES (1, 1, 1, 1), (2, 1, 1, 2);
INSERT INTO movements
 (id, uid, owner_id, revision, document, line, kind, storehouse_id, item_id, lot_id, quantity, occurred_on, recorded_at)
 VALUES (1, ~{_UID}0c~, 1, 1, 'M', 1, 'in', 1, 1, 1, 9000, '2024-06-30', '2024-06-30 10:00:00');
INSERT INTO stock_entries (movement_id, holding_id, occurred_on, delta)
 VALUES (1, 1, '2024-01-01', 5000), (1, 1, '2024-06-30', 4000), (1, 1, '2024-07-01', -2000), (1, 1, '2025-12-31', 1),
 (1, 2, '2024-12-31', 7000);
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def connection(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Connection]:
    """An empty database of each kind."""
    if request.param == "sqlite":
        engine = file_engine(tmp_path / "older", new_key())
    else:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        engine = create_engine(server.create(f"carried_over_{next(_numbers)}"))
    with engine.connect() as opened:
        if request.param == "sqlite":  # as in every upgrade, which remakes tables
            opened.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]
        yield opened
    engine.dispose()


@pytest.fixture
def upgraded(connection: Connection) -> Connection:
    """The older office, under the tables of now."""
    command.upgrade(schema.configuration(connection), "0001")
    before, after = ("X'", "'") if connection.dialect.name == "sqlite" else ("'\\x", "'")
    for statement in OLDER.split(";\n"):
        for part in range(statement.count("~")):
            statement = statement.replace("~", after if part % 2 else before, 1)
        if statement.strip():
            connection.exec_driver_sql(statement)
    schema.upgrade(connection)
    return connection


def ask(connection: Connection, query: str) -> list[tuple[object, ...]]:
    return [tuple(map(str, row)) for row in connection.execute(text(query))]


def test_every_plan_has_a_version_that_its_events_belong_to(upgraded: Connection) -> None:
    versions = "SELECT plan_id, ordinal, label, plan_versions.revision FROM plan_versions ORDER BY plan_id"
    assert ask(upgraded, versions) == [("7", "1", "2.1", "1"), ("9", "1", "None", "1")]
    assert ask(
        upgraded,
        "SELECT plan_events.plan_id, plan_versions.plan_id, kind, happened_on, reference FROM plan_events"
        " JOIN plan_versions ON plan_versions.id = version_id ORDER BY plan_events.id",
    ) == [("7", "7", "approved", "2025-01-05", "None"), ("7", "7", "filed", "2025-02-01", "BA-1")]
    shared = "SELECT count(*) FROM plans JOIN plan_versions ON plan_versions.uid = plans.uid"
    assert ask(upgraded, shared) == [("2",)]
    assert ask(upgraded, "SELECT drill_id, text, section_id FROM findings") == [("3", "Found", "None")]
    assert "version" not in {found["name"] for found in inspect(upgraded).get_columns("plans")}


def test_cards_that_were_issued_have_a_copy_and_everything_else_stays(upgraded: Connection) -> None:
    assert ask(
        upgraded, "SELECT card_id, version, person, issued_on, acknowledged_on, ended_on FROM card_copies"
    ) == [("1", "1", "Wang", "2026-01-05", "2026-01-08", "None")]
    assert ask(upgraded, "SELECT card_id, person_id, phone FROM card_people") == [("1", "5", "None")]
    assert ask(
        upgraded,
        "SELECT cards.number, cards.version, person, plan_versions.plan_id FROM cards"
        " LEFT JOIN plan_versions ON plan_versions.id = plan_version_id ORDER BY cards.id",
    ) == [("K1", "1", "Wang", "7"), ("K2", "1", "Nobody", "None")]


def test_every_record_is_found_by_its_title(upgraded: Connection) -> None:
    key, wanted = {
        "sqlite": ("rowid", "search_index MATCH 'draft'"),
        "postgresql": ("key", "words @@ CAST('draft' AS tsquery)"),
    }[upgraded.dialect.name]
    assert ask(upgraded, "SELECT count(*) FROM search_index") == [("9",)]
    assert ask(upgraded, f"SELECT {key} FROM search_index WHERE {wanted}") == [(str(index_key("plans", 9)),)]


def test_the_sums_of_half_years_are_those_of_the_entries(upgraded: Connection) -> None:
    assert ask(
        upgraded, "SELECT holding_id, half, change, entries FROM stock_halves ORDER BY holding_id, half"
    ) == [
        ("1", "4048", "9000", "2"),
        ("1", "4049", "-2000", "1"),
        ("1", "4051", "1", "1"),
        ("2", "4049", "7000", "1"),
    ]
    assert wrong_halves(upgraded) == []
