"""Pictures of items, and of the rooms of storehouses."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from sqlalchemy import select, update

from drillapp.core.attachments.model import Attachment
from drillapp.core.attachments.store import content_from, keep
from drillapp.core.changes import Changes
from drillapp.core.database.base import table_of
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.files import write_whole
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.supplies.model import Item, Storehouse

Pictured = Literal["items", "storehouses"]
_COLUMNS: dict[str, tuple[Any, str]] = {"items": (Item, "picture_id"), "storehouses": (Storehouse, "plan_id")}
_TYPES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def set_picture(office: Office, kind: Pictured, record_id: int, content: bytes | None) -> Changes:
    """Give an item or a storehouse a picture, or with None take it away.

    Raises InvalidInput for what is neither PNG nor JPEG or too large, NotFound for a record that is gone.
    """
    model, name = _COLUMNS[kind]
    table = table_of(model)
    with office.write(f"set picture of {kind}") as work:
        statement = select(table.c[name]).where(table.c.id == record_id, table.c.owner_id == office.id)
        found = work.connection.execute(statement).first()
        if found is None:
            raise NotFound(
                _("This record is not there any more."), _("Close the form and look at the list again.")
            )
        key = None if content is None else keep(work.connection, content, media_type(content))
        if key != found[0]:
            change = {name: key, "revision": table.c.revision + 1}
            work.connection.execute(update(table).where(table.c.id == record_id).values(change))
            work.changed(kind, record_id, {name: (found[0], key)})
            work.touched(kind, None)
        return work.changes


def picture_of(office: Office, kind: Pictured, record_id: int) -> bytes | None:
    """The picture of an item or a storehouse."""
    model, name = _COLUMNS[kind]
    statement = select(Attachment.content).join(model, getattr(model, name) == Attachment.id)
    with office.read() as connection:
        content = connection.execute(statement.where(model.id == record_id)).scalar()
    return None if content is None else bytes(content)


def exchange_picture(
    office: Office, kind: Pictured, code: str, file: Path | None, output: Path | None
) -> None:
    """Set the picture of a record by its code from a file, write it to one, or without either take it away.

    Raises NotFound for an unknown code, or when there is no picture to write.
    """
    model = _COLUMNS[kind][0]
    with office.read() as connection:
        statement = select(model.id).where(model.code == code, model.owner_id == office.id)
        key = connection.execute(statement).scalar()
    if key is None:
        unknown = _("There is no item with the code '{value}'.")
        if kind == "storehouses":
            unknown = _("There is no storehouse with the code '{value}'.")
        raise NotFound(unknown.format(value=code))
    if output is None:
        set_picture(office, kind, key, None if file is None else content_from(file))
        return
    content = picture_of(office, kind, key)
    if content is None:
        raise NotFound(_("There is no picture yet."))
    write_whole(output, content)


def media_type(content: bytes) -> str:
    """What kind of picture it is; raises InvalidInput for other files."""
    for beginning, found in _TYPES.items():
        if content.startswith(beginning):
            return found
    raise InvalidInput(
        _("The file is not a picture that can be shown here."),
        _("Choose a PNG or JPEG file."),
        field="content",
    )
