"""Taking the log of an office file into the file beside the work, so that a bulk is acknowledged when it is safe."""

from __future__ import annotations

from contextlib import closing, suppress
from threading import Thread

from sqlalchemy import Engine


class Checkpoints:
    """At most one checkpoint at a time, on a connection of its own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._running: Thread | None = None

    def begin(self) -> None:
        """Begin a checkpoint."""
        self.finish()
        self._running = Thread(target=self._take, name="checkpoint", daemon=True)
        self._running.start()

    def finish(self) -> None:
        """Wait for the checkpoint that is on its way: before the engine is disposed of, and before more is written.

        Only what begins to write when all is in the file uses the log from its beginning: otherwise it would grow.
        """
        running, self._running = self._running, None
        if running is not None:
            running.join()

    def _take(self) -> None:
        from sqlcipher3.dbapi2 import Error  # type: ignore[import-untyped]

        # What a reader or a full disk holds back stays safe in the log, and the next commits try again.
        with suppress(Error), closing(self._engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")
