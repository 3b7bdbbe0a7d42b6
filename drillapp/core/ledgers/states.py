"""What becomes of each row of a file that was checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from drillapp.core.i18n import _
from drillapp.core.ledgers.bringing import Outcome, Prepared, says_the_same
from drillapp.core.ledgers.checked import Checked, Told
from drillapp.core.ledgers.converting import own_code
from drillapp.core.ledgers.layout import Field, layout
from drillapp.core.ledgers.matching import Record, look_alikes
from drillapp.core.ledgers.said import Said
from drillapp.core.ledgers.shapes import Guess
from drillapp.core.ledgers.showing import shown_value
from drillapp.core.ledgers.table import Table
from drillapp.core.lookups import Lookups
from drillapp.core.office import Office


def checked(
    office: Office, prepared: Prepared, outcome: Outcome, guess: Guess, said: Said, table: Table,
    lookups: Lookups,
) -> Checked:  # fmt: skip
    """Every row of the file with what would become of it."""
    told = _told(prepared, outcome, said, _alike(office, prepared, outcome, lookups))
    code = own_code(prepared.kind)
    shape = layout(prepared.kind)
    shown = {*guess.columns, *said.given, code}
    fields = [field for field in shape.field if field.name in shown]
    entries = dict(zip(prepared.numbers, outcome.entries, strict=True))
    return Checked(outcome.result, fields, guess.columns, table, said, prepared.rows, entries, told)


def _alike(office: Office, prepared: Prepared, outcome: Outcome, lookups: Lookups) -> dict[int, str]:
    """For new entries that are much like a record, or like another new one, which that is."""
    with office.read() as connection:
        found = look_alikes(connection, office, prepared.kind, outcome.entries, outcome.saved.new, lookups)
    return {i: _likeness(prepared, other) for i, other in found.items()}


def _likeness(prepared: Prepared, other: Record | int) -> str:
    if isinstance(other, int):
        return _("Much like row {row}.").format(row=prepared.numbers[other])
    return _("Much like {name} ({code}), which is there already.").format(name=other.name, code=other.code)


def _told(prepared: Prepared, outcome: Outcome, said: Said, alike: Mapping[int, str]) -> dict[int, Told]:
    numbers, saved = prepared.numbers, outcome.saved
    states: dict[int, Told] = dict.fromkeys(prepared.rows.numbers, Told("same"))
    states.update((row, Told("same", says_the_same(above))) for row, above in prepared.repeats.items())
    states.update(dict.fromkeys(map(numbers.__getitem__, saved.new), Told("new")))
    states.update((numbers[i], Told("like", why)) for i, why in alike.items())
    fields = layout(prepared.kind).field
    for i, changed in saved.changed.items():
        why = "; ".join(_changes(fields, outcome.entries[i], changed))
        states[numbers[i]] = Told("changed", why)
    refused: dict[int, list[str]] = {}
    for error in outcome.result.errors:
        refused.setdefault(error.row, []).append(f"{error.column}: {error.message}")
    states.update((row, Told("refused", "\n".join(messages))) for row, messages in refused.items())
    states.update((row, Told("left_out", why)) for row, why in prepared.rows.left_out.items())
    states.update((row, Told("left_out", _("Left out by hand."))) for row in said.left_out)
    return states


def _changes(fields: Sequence[Field], entry: Any, changed: Mapping[str, tuple[Any, Any]]) -> Iterator[str]:
    """What would change in a record, in words."""
    for field in fields:
        if field.name in changed:
            old, new = changed[field.name]
            told = _("{field}: {old} → {new}")
            yield told.format(
                field=field.label, old=shown_value(field, old) or "—", new=shown_value(field, new) or "—"
            )
        elif field.name.endswith("_code") and f"{field.name.removesuffix('_code')}_id" in changed:
            yield _("{field}: now {new}").format(
                field=field.label, new=shown_value(field, getattr(entry, field.name))
            )
