"""The ground that the other tests stand on holds, and so do the rules that no other tool checks."""

from __future__ import annotations

import psycopg

from tests.postgres import SUPERUSER, PostgresServer


def test_a_database_made_from_a_template_has_its_rows_and_keeps_its_own(
    postgres_server: PostgresServer,
) -> None:
    postgres_server.create("origin")
    with _connect(postgres_server, "origin") as connection:
        connection.execute("CREATE TABLE fact AS SELECT 1 AS value")
    postgres_server.create("copy", "origin")
    with _connect(postgres_server, "copy") as connection:
        connection.execute("INSERT INTO fact VALUES (2)")
        assert connection.execute("SELECT count(*) FROM fact").fetchone() == (2,)
    with _connect(postgres_server, "origin") as connection:
        assert connection.execute("SELECT count(*) FROM fact").fetchone() == (1,)
    postgres_server.drop("copy")
    postgres_server.drop("origin")


def _connect(server: PostgresServer, database: str) -> psycopg.Connection:
    return psycopg.connect(host=str(server.folder), user=SUPERUSER, dbname=database, autocommit=True)
