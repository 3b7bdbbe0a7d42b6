"""The version of an office's tables: made, recognised, upgraded after a verified backup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, inspect

from drillapp.core.database.engine import is_postgres
from drillapp.core.errors import Damaged, Unavailable
from drillapp.core.i18n import _

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0024"
"""The newest migration; a test holds it equal to Alembic's own head."""
_INDEX_REMADE = "0005"
"""The last migration that left the search index empty."""


def version(connection: Connection) -> str | None:
    """The version of the tables, or None where there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def is_current(connection: Connection) -> bool:
    """Whether the tables are those of this program; raises Unavailable for newer ones, Damaged for foreign ones."""
    found = version(connection)
    if found is None:
        raise Damaged(
            _("This is no office: it has no tables of this program."),
            _("Choose an office file, or create a new office."),
        )
    if found > HEAD:
        raise Unavailable(
            _("This office was written by a newer version of the program (tables {version}).").format(
                version=found
            ),
            _("Install the newer version on this machine; nothing was changed."),
        )
    return found == HEAD


def upgrade(connection: Connection) -> None:
    """Bring the tables to HEAD inside the caller's transaction.

    On SQLite the caller must have foreign keys off: a batch migration drops and renames parent tables, and with
    foreign keys on the drop would silently delete the child rows.
    """
    from alembic import command

    before = version(connection)
    command.upgrade(configuration(connection), "head")
    if before is not None and before < _INDEX_REMADE:
        from drillapp.core.search.rebuild import rebuild  # needed once in an office's life

        rebuild(connection)
    if is_postgres(connection):
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise Damaged(
            _("After the upgrade {count} references lead nowhere; it was undone.").format(count=len(broken)),
            _("Go on with the earlier version of the program, and keep the backup made just now."),
        )


def configuration(connection: Connection, **attributes: Any) -> Config:
    """Alembic's configuration for a connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "drillapp.core.database:migrations")
    config.attributes.update(connection=connection, **attributes)
    return config
