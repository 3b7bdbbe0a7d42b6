"""Engines for both homes of an office: an encrypted SQLite file or a PostgreSQL database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from drillapp.core.memory import share_heap

POSTGRES = "postgresql"
WRITING = "drillapp_writing"
"""Execution option of a connection that is about to write: takes the write lock at its beginning."""
_PATIENCE = 10.0
"""So many seconds a connection to a file waits for another one that writes."""
_CACHE = 8_000
"""Memory for pages of a connection to a file, in KiB."""
_WIDE_CACHE = 128_000
_NARROW_CACHE = 2_000
_CHECKPOINT_EVERY = 1000
"""So many pages of the log a commit leaves in it, as SQLite has it by default."""
_BULK = "drillapp_bulk"
_WHOLE = "drillapp_whole"


def is_postgres_url(location: str) -> bool:
    """Whether an office's location is a server's address and not a file."""
    return location.startswith(("postgresql://", "postgresql+psycopg://"))


def file_engine(path: Path, key: bytes) -> Engine:
    """An engine on an encrypted office file."""
    import sqlcipher3.dbapi2 as driver  # type: ignore[import-untyped]

    share_heap()  # readers ask one after the other, and what the database needs for an answer is much
    # The driver searches its adapters for each of these values in vain, at 1.5 us a value, unless it finds one.
    driver.register_adapter(type(None), {}.get)
    driver.register_adapter(bytes, bytes)

    def connect() -> Any:
        # Transactions are begun by us (isolation_level None), so that DDL rolls back too.
        connection = driver.connect(
            str(path), isolation_level=None, check_same_thread=False, timeout=_PATIENCE
        )
        for pragma in (
            "cipher_log_level = NONE",  # errors are raised; nothing writes past us to the person's terminal
            f"key = \"x'{key.hex()}'\"",
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            f"cache_size = -{_CACHE}",
            "temp_store = MEMORY",
        ):
            try:
                connection.execute(f"PRAGMA {pragma}")
            except driver.Error:
                connection.close()
                raise
        return connection

    engine = create_engine(
        "sqlite://", creator=connect, module=driver, poolclass=QueuePool, pool_size=4, pool_use_lifo=True
    )
    event.listen(engine, "begin", _begin)
    event.listen(engine, "checkin", _give_back)
    return engine


def server_engine(url: str) -> Engine:
    """An engine on a PostgreSQL database."""
    engine = create_engine(
        url.replace("postgresql://", "postgresql+psycopg://", 1), pool_pre_ping=True, pool_size=4
    )
    event.listen(engine, "connect", _interpret)
    return engine


def _interpret(connection: Any, _entry: ConnectionPoolEntry) -> None:
    """Let a server not compile statements to machine code: for ours, of many parts, that takes longer than running them."""
    connection.execute("SET jit = off")
    connection.commit()


def is_postgres(connection: Connection) -> bool:
    """Whether a connection speaks to PostgreSQL."""
    return connection.dialect.name == POSTGRES


def asked_of_driver(
    connection: Connection, statement: str, parameters: Sequence[Any] = ()
) -> list[tuple[Any, ...]]:
    """What a file's driver answers, past SQLAlchemy's own way to it; raises what SQLAlchemy raises."""
    driver = connection.connection.driver_connection
    assert driver is not None
    try:
        return list(driver.execute(statement, parameters))
    except connection.dialect.loaded_dbapi.Error as error:
        raise DBAPIError.instance(
            statement, tuple(parameters), error, connection.dialect.loaded_dbapi.Error
        ) from error


@contextmanager
def unwaiting(connection: Connection) -> Iterator[None]:
    """Meanwhile a connection to a file raises OperationalError at once where another one writes, and waits no time."""
    if is_postgres(connection):
        yield
        return
    asked_of_driver(connection, "PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        asked_of_driver(connection, f"PRAGMA busy_timeout = {round(_PATIENCE * 1000)}")


def prepare_bulk(connection: Connection) -> None:
    """Let a connection to a file write very many rows: more memory, and no checkpoint at its commit.

    Keys of many new rows fall everywhere into the indexes: pages that had to leave would be decrypted again and again.
    What is committed is safe in the log; `Checkpoints` takes it into the file beside the work.
    """
    if not is_postgres(connection):
        _set_up(connection.connection.driver_connection, cache=_WIDE_CACHE, checkpoint_every=0)
        connection.info[_BULK] = True


def prepare_whole(connection: Connection) -> None:
    """Let a connection to a file keep fewer pages while it goes through whole tables: they are not met again before they leave."""
    if not is_postgres(connection):
        _set_up(
            connection.connection.driver_connection, cache=_NARROW_CACHE, checkpoint_every=_CHECKPOINT_EVERY
        )
        connection.info[_WHOLE] = True


def is_bulk(connection: Connection) -> bool:
    """Whether a connection to a file was prepared for a bulk in its present use."""
    return _BULK in connection.info


def _give_back(driver_connection: Any, record: ConnectionPoolEntry) -> None:
    is_other = [record.info.pop(use, False) for use in (_BULK, _WHOLE)]
    if driver_connection is not None and any(is_other):
        _set_up(driver_connection, cache=_CACHE, checkpoint_every=_CHECKPOINT_EVERY)


def _set_up(driver_connection: Any, *, cache: int, checkpoint_every: int) -> None:
    driver_connection.execute(f"PRAGMA cache_size = -{cache}")
    driver_connection.execute(f"PRAGMA wal_autocheckpoint = {checkpoint_every}")


def take_turn(connection: Connection) -> None:
    """Let one seat of a server write at a time; on a file the beginning of the transaction does so."""
    # From here on a seat sees what the one before it wrote: revisions, codes and the end of the journal's chain.
    if is_postgres(connection):
        connection.execute(text("SELECT pg_advisory_xact_lock(7364001)"))


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get(WRITING, False)
    asked_of_driver(connection, "BEGIN IMMEDIATE" if writing else "BEGIN")
