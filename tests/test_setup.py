"""The ground that the other tests stand on holds, and so do the rules about files that no other tool checks."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import tomllib
from datetime import date
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import select

from drillapp.core.kinds import KINDS
from drillapp.core.ledgers.layout import layout
from drillapp.core.office import Office
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry
from drillapp.core.units.model import Unit
from tests.postgres import SUPERUSER, PostgresServer

ROOT = Path(__file__).parent.parent
MOST_LINES_OF_A_FILE, MOST_LINES_OF_A_FUNCTION = 500, 50
CHINESE = re.compile(r"[\u3400-\u9fff]")
COULD_BE_CHINESE = re.compile(r"[\u3400-\u9fff]|\\[uUN]")
"""In the source, where a sign may also be told by its number or name."""
# Put together here, so that this file does not hold what it looks for.
FORBIDDEN = re.compile(
    "|".join(["pypi" + r"\.org", "pythonhosted" + r"\.org", "/work/" + r"\.library", "file:" + "///opt"])
)


def committed(pattern: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", pattern], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def locked(name: str) -> dict[str, str]:
    """Library -> version of a lock file."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", text, re.MULTILINE))


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


def test_an_office_is_new_and_open_to_write_whatever_another_test_wrote(office: Office) -> None:
    with office.read() as connection:
        assert connection.scalars(select(Unit.code)).all() == ["110102"]
    save_units(office, [UnitEntry(code="110102001", name="Street", kind="street")])
    with office.read() as connection:
        assert len(connection.scalars(select(Unit.code)).all()) == 2
    assert office.as_of == date(2026, 11, 24)


# The same test again: it finds nothing of what the first one wrote.
test_a_second_office_is_new_too = test_an_office_is_new_and_open_to_write_whatever_another_test_wrote


def test_each_test_has_an_empty_home_apart_from_the_device_key(home: Path) -> None:
    from platformdirs import user_config_path, user_data_path

    assert Path(os.environ["HOME"]) == home
    for folder in (user_config_path("drillapp"), user_data_path("drillapp")):
        assert folder.is_relative_to(home)
    assert [path.name for path in home.rglob("*") if path.is_file() and path.name != "device.key"] == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no Xvfb")
def test_the_x_server_answers(x_display: str) -> None:
    assert Path(f"/tmp/.X11-unix/X{x_display.removeprefix(':')}").is_socket()


def test_the_tools_lock_holds_the_program_s_lock() -> None:
    run, dev = locked("requirements.lock"), locked("requirements-dev.lock")
    assert len(run) > 20
    assert run.items() <= dev.items()


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[\[<>=!~ ]", line)[0].lower().replace("_", "-") for line in asked}
    assert names <= {name.lower().replace("_", "-") for name in locked("requirements-dev.lock")}


def test_no_file_names_a_registry_or_this_machine() -> None:
    found = []
    for path in committed("*"):
        if path.suffix not in {".ttf", ".png", ".svg", ".xlsx", ".xls"}:
            text = path.read_text(encoding="utf-8", errors="replace")
            found += [f"{path.relative_to(ROOT)}: {hit.group()}" for hit in FORBIDDEN.finditer(text)]
    assert found == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_formats_name_every_column_of_a_ledger(kind: str) -> None:
    fields = [
        f"**{field.headers[0]}** `{field.name}`" if field.required else f"{field.headers[0]} `{field.name}`"
        for field in layout(kind).field
    ]
    line = f"| `{kind}` {layout(kind).label['zh_CN']} | {'; '.join(fields)} |"
    assert line in (ROOT / "docs" / "formats.md").read_text(encoding="utf-8").splitlines()


def test_files_and_functions_stay_small() -> None:
    too_long = []
    for path in committed("*.py"):
        source = path.read_text(encoding="utf-8")
        if source.count("\n") > MOST_LINES_OF_A_FILE:
            too_long.append(f"{path.relative_to(ROOT)}: {source.count(chr(10))} lines")
        if "migrations" not in path.parts:  # a migration is one list of statements
            too_long += [f"{path.relative_to(ROOT)}: {name}" for name in _long_functions(source)]
    assert too_long == []


def test_the_chinese_that_the_program_works_with_is_in_data_files() -> None:
    found = []
    for path in [*committed("drillapp/*.py"), *committed("benchmarks/*.py")]:
        found += [f"{path.relative_to(ROOT)}: {text}" for text in _texts(path) if CHINESE.search(text)]
    assert found == []


def _texts(path: Path) -> list[str]:
    """The strings that the program works with; docstrings, which name laws by their titles, are not among them."""
    source = path.read_text(encoding="utf-8")
    if not COULD_BE_CHINESE.search(source):
        return []
    nodes = list(ast.walk(ast.parse(source)))
    docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    strings = [node for node in nodes if isinstance(node, ast.Constant) and id(node) not in docstrings]
    return [node.value for node in strings if isinstance(node.value, str)]


def _long_functions(source: str) -> list[str]:
    if source.count("\n") < MOST_LINES_OF_A_FUNCTION:
        return []
    functions = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return [f.name for f in functions if f.end_lineno and f.end_lineno - f.lineno >= MOST_LINES_OF_A_FUNCTION]


def _connect(server: PostgresServer, database: str) -> psycopg.Connection:
    return psycopg.connect(host=str(server.folder), user=SUPERUSER, dbname=database, autocommit=True)
