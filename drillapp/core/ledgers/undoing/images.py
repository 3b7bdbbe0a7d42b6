"""What an import did to each table: which rows are new, how the others were before, and how it left them all."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, delete

from drillapp.core.database.base import table_of
from drillapp.core.database.plainly import digests, plain_rows_between, plain_rows_of
from drillapp.core.database.recording import Recorded, said, unpacked
from drillapp.core.database.tables import METADATA
from drillapp.core.ledgers.model import LedgerMapping
from drillapp.core.work import ranges

_MAPPINGS = table_of(LedgerMapping)
_BLOCK = 5000
_encode = msgspec.msgpack.Encoder().encode


class Image(msgspec.Struct, frozen=True):
    """What was done to one table."""

    name: str
    columns: tuple[str, ...]
    created: list[tuple[int, int]]
    """Keys of the new rows, as inclusive ranges."""
    digests: bytes
    """CRC-32 of each new row as it was left, in the order of keys."""
    before: list[bytes]
    """The other rows as they were before, packed (`recording.unpacked`)."""
    left: dict[int, int]
    """CRC-32 of each of them as it was left; none for a row that was deleted."""
    measured: dict[int, int] = {}
    """What stood of items in the unit of measure that they were given (`measures.measured`)."""

    @property
    def table(self) -> Table:
        """The table."""
        return METADATA.tables[self.name]

    @property
    def said(self) -> tuple[str, ...]:
        """The columns by which a row is compared."""
        return said(self.columns)

    def rows_before(self) -> Iterator[list[Any]]:
        """The rows that were there before, as they were then."""
        return unpacked(self.before)

    def count(self) -> int:
        """How many rows are new."""
        return sum(last - first + 1 for first, last in self.created)


def image_of(connection: Connection, recorded: Recorded) -> Image:
    """What was done to a table from the beginning of its recording until now."""
    keys, left_so = _created(connection, recorded)
    left = digests_of(connection, recorded.table, recorded.said, recorded.ids)
    created, table = ranges(keys), str(recorded.table.name)
    return Image(table, recorded.names, created, left_so.tobytes(), recorded.blocks, left)


def _created(connection: Connection, recorded: Recorded) -> tuple[array[int], array[int]]:
    """The keys of the new rows and their digests: those that were taken down as long as they are of all new rows."""
    counted = f"SELECT count(*), max(id) FROM {recorded.table.name} WHERE id > {recorded.last}"
    count, last = connection.exec_driver_sql(counted).one()
    if count == len(recorded.new.keys):
        return recorded.new.keys, recorded.new.digests
    keys, found = array("q"), array("I")
    for start in range(recorded.last + 1, (last or 0) + 1, _BLOCK):
        end = min(start + _BLOCK - 1, last)
        rows = plain_rows_between(connection, recorded.table, recorded.said, start, end)
        keys.extend([row[0] for row in rows])
        found.extend(digests(rows))
    return keys, found


def created_digests(connection: Connection, image: Image) -> Iterator[tuple[int, int | None, int]]:
    """Each new row's key, its CRC-32 as it is now (None where it is gone) and as it was left."""
    left = array("I", image.digests)
    place = 0
    for first, last in image.created:
        for start in range(first, last + 1, _BLOCK):
            end = min(start + _BLOCK - 1, last)
            rows = plain_rows_between(connection, image.table, image.said, start, end)
            now = _by_key(rows)
            for key in range(start, end + 1):
                yield key, now.get(key), left[place]
                place += 1


def digests_of(
    connection: Connection, table: Table, columns: tuple[str, ...], ids: Iterable[int]
) -> dict[int, int]:
    """The CRC-32 of each of these rows as it is now, as far as they are there."""
    wanted = sorted(ids)
    found: dict[int, int] = {}
    for start in range(0, len(wanted), _BLOCK):
        rows = plain_rows_of(connection, table, columns, wanted[start : start + _BLOCK])
        found.update(_by_key(rows))
    return found


def _by_key(rows: Sequence[tuple[Any, ...]]) -> dict[int, int]:
    return dict(zip((row[0] for row in rows), digests(rows), strict=True))


def pack(images: list[Image]) -> bytes:
    """As it is kept."""
    return _encode([image for image in images if image.created or image.before])


def unpack(kept: bytes) -> list[Image]:
    """What was kept."""
    return msgspec.msgpack.decode(kept, type=list[Image])


def rows_of_ledgers(images: Iterable[Image]) -> list[Image]:
    """Without how the file was understood, which is no record."""
    return [image for image in images if image.table is not _MAPPINGS]


def forget_mapping(connection: Connection, images: Iterable[Image]) -> None:
    """Forget how the file was understood, unless another one was since."""
    for image in images:
        if image.table is _MAPPINGS:
            now = digests_of(connection, _MAPPINGS, image.said, image.left)
            own = [key for key, left in image.left.items() if now.get(key) == left]
            own += [key for key, here, left in created_digests(connection, image) if here == left]
            connection.execute(delete(_MAPPINGS).where(_MAPPINGS.c.id.in_(own)))
