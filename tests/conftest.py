"""What every test stands on: a home of its own, an office ready to use, a clock that stands still."""

from __future__ import annotations

import gc
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import lru_cache, partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

# Before anything imports Qt: the tests' windows are painted, but not shown. Tests that need a real X server start
# one with the fixture x_display and run the program as a process of its own.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import settings

from drillapp.core.clock import FixedClock
from drillapp.core.database.keys import KEY_BYTES

if TYPE_CHECKING:  # as a plugin it must be imported by pytest first
    from pytestqt.qtbot import QtBot
    from sqlalchemy import Engine

    from drillapp.core.office import Office
    from tests.postgres import PostgresServer

pytest_plugins = ["tests.postgres", "tests.x_server"]

HOME_VARIABLES = {
    "HOME": ".",
    "USERPROFILE": ".",
    "XDG_DATA_HOME": "data",
    "XDG_CONFIG_HOME": "config",
    "XDG_CACHE_HOME": "cache",
    "XDG_STATE_HOME": "state",
    "APPDATA": "config",
    "LOCALAPPDATA": "data",
}
NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
"""The tests' moment: noon in Beijing on the day that the sample district is laid out around."""
PATIENCE_MS = 60_000
STATEMENTS_KEPT = 3000
SCOPES_KEPT = 16
GARBAGE_ROUNDS = 10_000, 10, 10
TEMPLATE_OFFICE = {"name": "Test district", "level": "district", "code": "110102"}

# Offices and servers of tests are made in memory where the system has such a folder with room: a disk would be made
# to write each commit through, and copying an office's database there takes ten times the work.
IN_MEMORY = Path("/dev/shm")
if IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > 2 << 30:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))

# The machine's speed decides nothing; on a build server the same examples come each time.
settings.register_profile("default", deadline=None, max_examples=60)
settings.register_profile("ci", deadline=None, max_examples=60, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")

_numbers = count(1)


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """A worker's offices share what SQLAlchemy compiled: else each test would compile all its statements anew."""
    from drillapp.core.database import engine as module

    make, first = module.create_engine, dict[str, "Engine"]()

    def create_engine(*arguments: Any, **options: Any) -> Engine:
        made = make(*arguments, query_cache_size=STATEMENTS_KEPT, **options)
        kind = made.dialect.name
        if kind in first and first[kind].dialect.server_version_info:  # it has been connected
            made.dialect, made._compiled_cache = first[kind].dialect, first[kind]._compiled_cache
        else:
            first[kind] = made
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "create_engine", create_engine)
        yield


@pytest.fixture(scope="session", autouse=True)
def put_together_once() -> Iterator[None]:
    """A worker's offices share the parts of statements for more days and units than the program does."""
    from drillapp.core.rules import duty

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(duty, "kept_for", lru_cache(SCOPES_KEPT)(duty.kept_for.__wrapped__))
        yield


@pytest.fixture
def qtbot(qtbot: QtBot) -> QtBot:
    """Waits as long as a busy machine may need: how fast things are is for the benchmarks to say, not for tests."""
    for name in ("waitUntil", "waitSignal", "waitSignals"):
        setattr(qtbot, name, partial(getattr(qtbot, name), timeout=PATIENCE_MS))
    return qtbot


@pytest.fixture(scope="session")
def worker_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home in which the template offices are made: it holds this machine's device key."""
    from platformdirs import user_data_path

    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        _move_home(folder, patch)
        device_key = user_data_path("drillapp", appauthor=False) / "device.key"
    device_key.parent.mkdir(parents=True)
    device_key.write_bytes(secrets.token_bytes(KEY_BYTES))
    return folder


@pytest.fixture(autouse=True)
def home(
    worker_home: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A fresh home for each test, with no settings and no recent offices, but the worker's device key."""
    fresh = tmp_path_factory.mktemp("home", numbered=True)
    shutil.copytree(worker_home, fresh, dirs_exist_ok=True)
    _move_home(fresh, monkeypatch)
    return fresh


@pytest.fixture
def clock() -> FixedClock:
    """A clock that stands still at noon of 2026-11-24 in Beijing; set `clock.moment` to move it."""
    return FixedClock(NOON)


@pytest.fixture(scope="session")
def template_file(worker_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new office's file; migrating is dear, copying is cheap."""
    location = tmp_path_factory.mktemp("template") / "template.drill"
    _create_template(str(location), worker_home)
    return location


@pytest.fixture(scope="session")
def template_database(worker_home: Path, postgres_server: PostgresServer) -> str:
    """The name of a database that holds a new office."""
    name = "template_office"
    _create_template(postgres_server.create(name), worker_home)
    return name


@pytest.fixture
def office_file(template_file: Path, tmp_path: Path) -> Path:
    """The file of a new office (district 110102), with its key file beside it."""
    for path in template_file.parent.iterdir():
        shutil.copy2(path, tmp_path / path.name.replace("template.drill", "test.drill"))
    return tmp_path / "test.drill"


@pytest.fixture
def other_office(
    template_file: Path, tmp_path_factory: pytest.TempPathFactory, clock: FixedClock
) -> Iterator[Office]:
    """A second new office (district 110102) in a file, open to write, for what one office hands to another."""
    from drillapp.core.office import Office

    folder = tmp_path_factory.mktemp("other")
    shutil.copytree(template_file.parent, folder, dirs_exist_ok=True)
    with Office.open(folder / template_file.name, clock=clock) as opened:
        yield opened


@pytest.fixture
def office_url(postgres_server: PostgresServer, template_database: str) -> Iterator[str]:
    """The URL of a new office (district 110102) on PostgreSQL."""
    name = f"office_{next(_numbers)}"
    yield postgres_server.create(name, template_database)
    postgres_server.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def office_location(request: pytest.FixtureRequest) -> str:
    """Where a new office (district 110102) is: once an encrypted file, once a PostgreSQL database.

    Mark a test `sqlite_only("reason")` when its subject is the file.
    """
    return str(request.getfixturevalue("office_file" if request.param == "sqlite" else "office_url"))


@pytest.fixture
def office(office_location: str, clock: FixedClock) -> Iterator[Office]:
    """A new office (district 110102), open to write, on both kinds of storage; its clock stands still."""
    from drillapp.core.office import Office

    with Office.open(office_location, clock=clock) as opened:
        yield opened


def pytest_collection_finish() -> None:
    """Let the garbage collector pass by what stays to the end anyway: its rounds took a tenth of the suite."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE_ROUNDS)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take the PostgreSQL half away from tests that are marked `sqlite_only`."""
    left_out = [item for item in items if _is_postgres_half(item) and item.get_closest_marker("sqlite_only")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture
def grant_home() -> Callable[[dict[str, str], Path], dict[str, str]]:
    """Give a process that a test starts the environment of a home: `grant_home(os.environ, home)`."""
    return lambda environment, folder: {**environment, **_home_environment(folder)}


def _is_postgres_half(item: pytest.Item) -> bool:
    call = getattr(item, "callspec", None)
    return call is not None and call.params.get("office_location") == "postgresql"


def _create_template(location: str, folder: Path) -> None:
    from drillapp.core.office import Office

    with pytest.MonkeyPatch.context() as patch:
        _move_home(folder, patch)
        Office.create(location, **TEMPLATE_OFFICE).close()


def _move_home(folder: Path, patch: pytest.MonkeyPatch) -> None:
    for name, value in _home_environment(folder).items():
        patch.setenv(name, value)
    for name in [
        name for name in os.environ if name.startswith("DRILLAPP_") and name != "DRILLAPP_NO_POSTGRES"
    ]:
        patch.delenv(name)


def _home_environment(folder: Path) -> dict[str, str]:
    return {name: str(folder / part) for name, part in HOME_VARIABLES.items()}
