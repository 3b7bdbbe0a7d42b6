"""An open office: the one door to its data, with its actor, clock and settings."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self

from sqlalchemy import Connection, Engine, select

from drillapp.core.clock import Clock, SystemClock
from drillapp.core.database.checkpoints import Checkpoints
from drillapp.core.database.engine import is_bulk, is_postgres_url, prepare_whole
from drillapp.core.database.model import OfficeRecord
from drillapp.core.database.writer import Writer
from drillapp.core.errors import Denied
from drillapp.core.i18n import _
from drillapp.core.memory import give_back
from drillapp.core.work import Work

if TYPE_CHECKING:
    from filelock import BaseFileLock

Mode = Literal["write", "read", "auto"]
"""How to open: to write (refused when another process writes), to read, or to write if nobody else does."""


class Office:
    """An open office; made by `Office.create` and `Office.open`, to be closed."""

    def __init__(
        self, location: str, engine: Engine, *, lock: BaseFileLock | None, writable: bool,
        clock: Clock, as_of: date | None, actor: str,
    ) -> None:  # fmt: skip
        self.location = location
        self.clock = clock
        self.actor = actor
        self.is_read_only = not writable
        self._engine = engine
        self._writer = Writer(engine)
        self._checkpoints = Checkpoints(engine)
        self._lock = lock
        self._as_of = as_of
        with self.read() as connection:
            self.know_itself(connection)

    @classmethod
    def create(
        cls, location: str | Path, *, name: str, level: str, code: str | None = None,
        clock: Clock | None = None, actor: str | None = None,
    ) -> Office:  # fmt: skip
        """Make a new office with its own unit, and open it to write.

        Raises Conflict when there is an office already, InvalidInput for an unknown level.
        """
        from drillapp.core.founding import found

        found(
            str(location),
            name=name,
            level=level,
            code=code or "1",
            clock=clock or SystemClock(),
            actor=_actor(actor),
        )
        return cls.open(location, clock=clock, actor=actor)

    @classmethod
    def open(
        cls, location: str | Path, *, as_of: date | None = None, mode: Mode = "write",
        clock: Clock | None = None, actor: str | None = None,
    ) -> Office:  # fmt: skip
        """Open an office file or server; older tables are backed up and upgraded first.

        Raises NotFound, Denied (no key), Damaged, Unavailable (locked by another process, newer tables).
        """
        from drillapp.core.database.opening import open_engine

        opened = open_engine(str(location), mode)
        return cls(
            str(location), opened.engine, lock=opened.lock, writable=opened.writable,
            clock=clock or SystemClock(), as_of=as_of, actor=_actor(actor),
        )  # fmt: skip

    def know_itself(self, connection: Connection) -> None:
        """Learn from the data who this office is: when it is opened, and when a whole office was brought in."""
        own = connection.execute(
            select(OfficeRecord.id, OfficeRecord.uid, OfficeRecord.name, OfficeRecord.unit_id)
            .where(OfficeRecord.is_own)
        ).one()  # fmt: skip
        self.id: int = own.id
        self.uid: str = own.uid
        self.name: str = own.name
        self.unit_id: int | None = own.unit_id

    @property
    def as_of(self) -> date:
        """The date that every derived figure is computed for: today unless another was chosen."""
        return self._as_of or self.clock.today()

    @as_of.setter
    def as_of(self, day: date | None) -> None:
        self._as_of = day

    @property
    def is_server(self) -> bool:
        """Whether the office is kept on a PostgreSQL server."""
        return is_postgres_url(self.location)

    @property
    def engine(self) -> Engine:
        """The engine, for backup and check, which work below the level of records."""
        return self._engine

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the facts, whatever is written meanwhile."""
        options: dict[str, Any] = {}
        if self.is_server:
            options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self._engine.connect().execution_options(**options) as connection:
            yield connection

    @contextmanager
    def read_whole(self) -> Iterator[Connection]:
        """The same for a question that goes through whole tables: it takes less memory, which is given back at its end."""
        with self.read() as connection:
            prepare_whole(connection)
            yield connection
        give_back()

    @contextmanager
    def write(self, command: str) -> Iterator[Work]:
        """One transaction with one journal entry; an exception leaves no trace of it.

        Raises Denied when the office was opened read-only.
        """
        if self.is_read_only:
            raise Denied(
                _("This office is open read-only here, because another window writes to it."),
                _("Close the other window, then open the office again."),
            )
        self._checkpoints.finish()
        with self._writer.transaction() as connection:
            work = Work(connection, self.id, command)
            yield work
            work.enter_in_journal(self.clock.now(), self.actor)
            bulk = is_bulk(connection)
        if bulk:
            self._checkpoints.begin()

    def close(self) -> None:
        """Let go of file, connections and lock."""
        self._checkpoints.finish()
        self._writer.close()
        self._engine.dispose()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _actor(name: str | None) -> str:
    if name:
        return name
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "?"
