"""An office's tables are made and upgraded by migrations alone, safely, and are what the models say."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Callable
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Connection, inspect, text

from drillapp.core.database import schema
from drillapp.core.database.opening import lock_file
from drillapp.core.database.tables import METADATA
from drillapp.core.errors import Damaged, Unavailable
from drillapp.core.office import Office
from drillapp.core.units.commands import save_people, save_units
from drillapp.core.units.entries import PersonEntry, UnitEntry
from drillapp.core.units.queries import unit_tree

MIGRATIONS = Path(schema.__file__).with_name("migrations")


# Models and migrations -------------------------------------------------------------------------------------------


def _is_ours(thing: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
    """Everything but the search indexes, which differ between the databases and have no model."""
    table = name if kind == "table" else thing.table.name
    return not str(table).startswith(("search_index", "section_index", "section_titles"))


def test_migrations_make_what_the_models_say(office: Office) -> None:
    with office.read() as connection:
        options = {"include_object": _is_ours, "compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, METADATA) == []


def test_migrations_make_the_checks_of_the_models(office: Office) -> None:
    def named(constraint: CheckConstraint) -> bool:
        return constraint.name is not None

    with office.read() as connection:
        inspector = inspect(connection)
        for table in METADATA.sorted_tables:
            made = {check["name"] for check in inspector.get_check_constraints(table.name)}
            modelled = filter(named, (c for c in table.constraints if isinstance(c, CheckConstraint)))
            assert {constraint.name for constraint in modelled} == made, table.name


def test_every_constraint_has_a_name() -> None:
    unnamed = [
        (table.name, constraint)
        for table in METADATA.sorted_tables
        for constraint in table.constraints
        if constraint.name is None
    ]
    assert unnamed == []


def test_the_program_knows_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", "drillapp.core.database:migrations")
    assert ScriptDirectory.from_config(config).get_heads() == [schema.HEAD]


@pytest.mark.parametrize("path", sorted(MIGRATIONS.rglob("*.py")), ids=lambda path: path.name)
def test_a_migration_stands_on_nothing_that_may_change(path: Path) -> None:
    roots = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            roots |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            roots.add((node.module or "").split(".")[0])
    assert roots <= {"__future__", "sqlalchemy", "alembic"}


# Upgrades --------------------------------------------------------------------------------------------------------

NEXT = "9000"
Migrate = Callable[[str], None]


@pytest.fixture
def migrate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Migrate:
    """`migrate(body)` is a newer program: with one more migration, which does `body`."""

    def install(body: str) -> None:
        folder = tmp_path / "migrations"
        shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
        script = "import sqlalchemy as sa\nfrom alembic import op\n\n"
        script += f"revision = {NEXT!r}\ndown_revision = {schema.HEAD!r}\nbranch_labels = None\ndepends_on = None\n\n"
        (folder / "versions" / "next.py").write_text(
            f"{script}\ndef upgrade() -> None:\n{indent(body, '    ')}\n"
        )
        usual = schema.configuration

        def configuration(connection: Connection, **attributes: Any) -> Config:
            config = usual(connection, **attributes)
            config.set_main_option("script_location", str(folder))
            return config

        monkeypatch.setattr(schema, "configuration", configuration)
        monkeypatch.setattr(schema, "HEAD", NEXT)

    return install


@pytest.fixture
def location(office_location: str) -> str:
    """An office with unit B below unit A, and a person in each."""
    with Office.open(office_location) as office:
        save_units(office, [UnitEntry(code="A", name="甲"), UnitEntry(code="B", name="乙", parent_code="A")])
        save_people(office, [PersonEntry(unit_code=code, name="王") for code in ("A", "B")])
    return office_location


REMADE = """
recreate = "always" if op.get_bind().dialect.name == "sqlite" else "never"
with op.batch_alter_table("units", recreate=recreate) as units:
    units.add_column(sa.Column("nickname", sa.Text(), nullable=True))
"""


def everything(office: Office) -> dict[str, int]:
    with office.read() as connection:
        return {
            table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
            for table in ("units", "unit_ancestors", "people", "journal", "offices")
        }


def test_an_upgrade_that_remakes_a_table_keeps_all_rows(location: str, migrate: Migrate) -> None:
    with Office.open(location) as office:
        before = everything(office)
    migrate(REMADE)
    with Office.open(location) as office:
        assert everything(office) == before
        with office.read() as connection:
            assert "nickname" in {column["name"] for column in inspect(connection).get_columns("units")}
            assert schema.version(connection) == NEXT
        if not office.is_server:
            with office.read() as connection:
                assert connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall() == []
                assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        save_units(office, [UnitEntry(code="C", name="丙", parent_code="B")])


@pytest.mark.sqlite_only("a server is backed up on the server")
def test_the_backup_before_an_upgrade_is_the_office_as_it_was(location: str, migrate: Migrate) -> None:
    usual = schema.HEAD
    migrate(REMADE)
    Office.open(location).close()
    schema.HEAD = usual  # the older program again; it leaves alone what the newer one made
    with pytest.raises(Unavailable):
        Office.open(location)
    with Office.open(f"{location}.before-upgrade-from-{usual}") as office:
        assert {node.code for node in unit_tree(office)} == {"110102", "A", "B"}


@pytest.mark.sqlite_only("a server is backed up on the server")
def test_without_its_backup_an_upgrade_is_not_begun(location: str, migrate: Migrate) -> None:
    backup = Path(f"{location}.before-upgrade-from-{schema.HEAD}")
    backup.mkdir()
    usual = schema.HEAD
    migrate(REMADE)
    with pytest.raises(Unavailable):
        Office.open(location)
    schema.HEAD = usual
    Office.open(location).close()


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (
            'op.create_table("half", sa.Column("id", sa.Integer()))\nraise ZeroDivisionError',
            ZeroDivisionError,
        ),
        (
            'op.add_column("units", sa.Column("half", sa.Text()))\nop.execute("SELECT * FROM nowhere")',
            Exception,
        ),
    ],
)
def test_an_upgrade_that_fails_leaves_the_office_as_it_was(
    location: str, migrate: Migrate, body: str, error: type[Exception]
) -> None:
    usual = schema.HEAD
    migrate(body)
    with pytest.raises(error):
        Office.open(location)
    schema.HEAD = usual
    with Office.open(location) as office, office.read() as connection:
        assert schema.version(connection) == usual
        assert not inspect(connection).has_table("half")
        assert "half" not in {column["name"] for column in inspect(connection).get_columns("units")}


@pytest.mark.sqlite_only("a server holds its foreign keys during the upgrade too")
def test_an_upgrade_that_loses_what_is_referred_to_is_undone(location: str, migrate: Migrate) -> None:
    usual = schema.HEAD
    migrate("op.execute(\"DELETE FROM units WHERE code = 'B'\")")
    with pytest.raises(Damaged):
        Office.open(location)
    schema.HEAD = usual
    with Office.open(location) as office:
        assert {node.code for node in unit_tree(office)} == {"110102", "A", "B"}


@pytest.mark.sqlite_only("a server has no lock file")
def test_who_only_reads_upgrades_unless_another_process_writes(location: str, migrate: Migrate) -> None:
    migrate(REMADE)
    held = lock_file(Path(location))
    assert held is not None
    with pytest.raises(Unavailable):
        Office.open(location, mode="read")
    held.release()
    Office.open(location, mode="read").close()
    released = lock_file(Path(location))
    assert released is not None
    released.release()
