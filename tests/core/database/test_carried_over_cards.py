"""What an older office knew of its cards is there after the upgrade: copies, holders, the version of the plan."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Connection, create_engine, text

from drillapp.core.database import schema
from drillapp.core.database.engine import file_engine
from drillapp.core.database.keys import new_key
from tests.postgres import PostgresServer

_UID = "".join(f"{n:02x}" for n in range(15))
OLDER = f"""
INSERT INTO offices (id, uid, name, is_own) VALUES (1, ~{_UID}00~, 'Office', true);
INSERT INTO units (id, uid, owner_id, revision, code, name, kind, high_risk, crowded)
 VALUES (1, ~{_UID}01~, 1, 1, 'A', 'A', 'other', false, false);
INSERT INTO posts (id, uid, owner_id, revision, unit_id, name, key_post) VALUES (1, ~{_UID}02~, 1, 1, 1, 'Watch', true);
INSERT INTO people (id, uid, owner_id, revision, unit_id, name, key_person) VALUES (5, ~{_UID}03~, 1, 1, 1, 'Wang', false);
INSERT INTO plans (id, uid, owner_id, revision, number, title, unit_id) VALUES (7, ~{_UID}04~, 1, 1, 'P', 'Plan', 1);
INSERT INTO cards (id, uid, owner_id, revision, number, unit_id, post_id, person, plan_id, issued_on, acknowledged_on)
 VALUES (1, ~{_UID}05~, 1, 1, 'K1', 1, 1, 'Wang', 7, '2026-01-05', '2026-01-08'),
 (2, ~{_UID}06~, 1, 1, 'K2', 1, 1, 'Nobody', NULL, NULL, NULL);
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def connection(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Connection]:
    """An empty database of each kind."""
    if request.param == "sqlite":
        engine = file_engine(tmp_path / "older", new_key())
    else:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        engine = create_engine(server.create("carried_over_cards"))
    with engine.connect() as opened:
        if request.param == "sqlite":  # as in every upgrade, which remakes tables
            opened.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]
        yield opened
    engine.dispose()


def test_cards_that_were_issued_have_a_copy_and_everything_else_stays(connection: Connection) -> None:
    command.upgrade(schema.configuration(connection), "0001")
    before, after = ("X'", "'") if connection.dialect.name == "sqlite" else ("'\\x", "'")
    for statement in OLDER.split(";\n"):
        for part in range(statement.count("~")):
            statement = statement.replace("~", after if part % 2 else before, 1)
        if statement.strip():
            connection.exec_driver_sql(statement)
    schema.upgrade(connection)

    def ask(query: str) -> list[tuple[object, ...]]:
        return [tuple(map(str, row)) for row in connection.execute(text(query))]

    assert ask("SELECT card_id, version, person, issued_on, acknowledged_on, ended_on FROM card_copies") == [
        ("1", "1", "Wang", "2026-01-05", "2026-01-08", "None")
    ]
    assert ask("SELECT card_id, person_id, phone FROM card_people") == [("1", "5", "None")]
    assert ask(
        "SELECT cards.number, cards.version, person, plan_versions.plan_id FROM cards"
        " LEFT JOIN plan_versions ON plan_versions.id = plan_version_id ORDER BY cards.id"
    ) == [("K1", "1", "Wang", "7"), ("K2", "1", "Nobody", "None")]
