"""Founding an office: tables, key, its own record and its own unit."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine, insert
from sqlalchemy.exc import OperationalError

from drillapp.core import enumerations
from drillapp.core.batch import text_problem
from drillapp.core.clock import Clock
from drillapp.core.database import keys, schema
from drillapp.core.database.engine import WRITING, file_engine, is_postgres_url, server_engine
from drillapp.core.database.model import OfficeRecord
from drillapp.core.database.opening import upgrade_file
from drillapp.core.database.uid import new_uid
from drillapp.core.errors import Conflict, InvalidInput, Unavailable
from drillapp.core.i18n import _
from drillapp.core.units.entries import UnitEntry


def found(location: str, *, name: str, level: str, code: str, clock: Clock, actor: str) -> None:
    """Make a new office; raises Conflict when there is one already, InvalidInput for name, code or level."""
    if not name.strip():
        raise InvalidInput(_("The office needs a name."), field="name")
    _check("name", name)
    _check("code", code)
    if level not in enumerations.codes("unit_kind"):
        raise InvalidInput(
            _("There is no level '{level}'.").format(level=level),
            _("Allowed: {codes}").format(codes=" ".join(enumerations.codes("unit_kind"))),
            field="level",
        )

    def complete(engine: Engine) -> None:
        _add_own_unit(location, engine, UnitEntry(code=code, name=name, kind=level), clock, actor)

    if is_postgres_url(location):
        engine = server_engine(location)
        try:
            _found_on_server(engine, name)
            complete(engine)
        finally:
            engine.dispose()
    else:
        _found_file(Path(location), name, complete)


def _check(field: str, text: str) -> None:
    problem = text_problem(text) or ("" if text.strip() else _("Must not be empty."))
    if problem:
        raise InvalidInput(problem, field=field)


def _found_on_server(engine: Engine, name: str) -> None:
    try:
        with engine.connect() as connection, connection.begin():
            if schema.version(connection) is not None:
                raise Conflict(
                    _("This database holds an office already."), _("Open it, or create an empty database.")
                )
            schema.upgrade(connection)
            connection.execute(insert(OfficeRecord).values(uid=new_uid(), name=name, is_own=True))
    except OperationalError as error:
        raise Unavailable(
            _("The server does not answer: {reason}").format(reason=str(error.orig).strip().splitlines()[0]),
            _("Check the address, the network and that the server runs."),
        ) from error


def _found_file(path: Path, name: str, complete: Callable[[Engine], None]) -> None:
    """Make the office under a passing name, so that an office file is a whole office or not there."""
    if path.exists():
        raise Conflict(
            _("{file} exists already.").format(file=path),
            _("Open it, or choose another name for the new office."),
        )
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        key = keys.new_key()
        engine = file_engine(part, key)
        try:
            _make_tables(engine, name)
            complete(engine)
        finally:
            engine.dispose()  # the last connection folds the write-ahead log into the file
        keys.write_device_slot(path, key)
        os.replace(part, path)
    except OSError as error:
        raise Unavailable(
            _("The office file {file} cannot be written: {reason}").format(
                file=path, reason=error.strerror or error
            ),
            _("Check the folder's permissions and free space."),
        ) from error


def _make_tables(engine: Engine, name: str) -> None:
    with engine.connect().execution_options(**{WRITING: True}) as connection:
        upgrade_file(connection)
        with connection.begin():
            connection.execute(insert(OfficeRecord).values(uid=new_uid(), name=name, is_own=True))


def _add_own_unit(location: str, engine: Engine, unit: UnitEntry, clock: Clock, actor: str) -> None:
    from drillapp.core.office import Office
    from drillapp.core.units.commands import make_own_unit, save_units

    office = Office(location, engine, lock=None, writable=True, clock=clock, as_of=None, actor=actor)
    save_units(office, [unit])
    make_own_unit(office, unit.code)
