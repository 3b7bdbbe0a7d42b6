"""The rows of a sheet that is known to be of one layout: understood as a ledger is, with nobody looking at that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from drillapp.core.i18n import _
from drillapp.core.ledgers.converting import convert, wanted_for
from drillapp.core.ledgers.guessing.guess import guess
from drillapp.core.ledgers.guessing.settled import settle
from drillapp.core.ledgers.layout import BRACKETS, layout, plain_word, words_of
from drillapp.core.ledgers.reading import begun
from drillapp.core.ledgers.rows import Rows
from drillapp.core.ledgers.said import Said
from drillapp.core.ledgers.shapes import Glance, Guess
from drillapp.core.ledgers.table import Source, digest_now
from drillapp.core.progress import SILENT, Progress


def read_rows(
    name: str,
    entry: type[Any],
    path: Path,
    progress: Progress = SILENT,
    *,
    sheet: str | None = None,
    column_map: Mapping[str, str] | None = None,
    given: Mapping[str, Any] | None = None,
) -> Rows:
    """All rows of a file of the layout `name` as entries of a type, or errors.

    `given` are values of fields for which the file has no column; a required one need not be there then. Raises what
    `reading.opened` raises, and InvalidInput for a file without the required columns, or without rows.
    """
    said = Said(kind=name, given=dict(given or {}))
    digest = digest_now(path)
    with ExitStack() as open_files:
        source = Source(path, digest, open_files.enter_context(begun(path, progress, sheet)))
        shown = source.glances(progress)
        found = _understood(name, shown, sheet, column_map, said, path.name)
        settle(found, _("Give the column in the file that header; or it is another ledger's file."))
        names = [field for field in entry.__struct_fields__ if field in found.columns]
        return convert(
            source, shown, found, said, wanted_for(name, entry, found, names), None, progress, open_files, keep=False,
        ).rows  # fmt: skip


def _understood(
    name: str,
    shown: Sequence[Glance],
    sheet: str | None,
    column_map: Mapping[str, str] | None,
    said: Said,
    file_name: str,
) -> Guess:
    ask = partial(guess, shown, kind=name, column_map=column_map, given=said.given, file_name=file_name)
    found = ask(sheet=sheet)
    # Of a file that may be any ledger a header is doubted when nothing below bears it out; this one is believed, so that
    # its cells are refused and not lost.
    words = words_of(layout(name))
    settled = {*found.columns.values(), *found.left_out}
    doubted = {}
    for column, header in found.headers.items():
        meant = words.get(plain_word(header)) or words.get(plain_word(BRACKETS.sub("", header)))
        if meant and meant[0] not in found.columns and column not in settled:
            doubted[column] = meant[0]
    return ask(sheet=found.sheet, header=found.header, said=doubted) if doubted else found
