"""Records above records (units above units, plans above plans), named by code anywhere in the same entries."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from drillapp.core.batch import Batch
from drillapp.core.named import is_name


def check_superiors(batch: Batch, key: str, field: str, *, unknown: str, named: str, circle: str) -> None:
    """Refuse entries whose superior there is not, or is refused itself (`unknown`, of a name `named`), and circles."""
    if not any(batch.given[field]):
        return
    stored = _stored(batch, key)
    while True:
        _refuse_unknown(batch, key, field, stored, unknown, named)
        accepted = _accepted(batch, key)
        said = {code: batch.given[field][i] or None for code, i in accepted.items() if _says(batch, field, i)}
        # A refused entry leaves its record as it is, so the circle is looked for once more after each refusal.
        found = circles({**stored, **said}) & said.keys()
        if not found:
            return
        for code in found:
            batch.refuse(accepted[code], field, circle)


def circles(superiors: Mapping[str, str | None]) -> set[str]:
    """The codes that are above themselves."""
    found: set[str] = set()
    done: set[str] = set()
    for start in superiors:
        places: dict[str, int] = {}
        code: str | None = start
        while code is not None and code not in done and code not in places:
            places[code] = len(places)
            code = superiors.get(code)
        if code is not None and code in places:
            found.update(other for other, place in places.items() if place >= places[code])
        done.update(places)
    return found


def _refuse_unknown(
    batch: Batch, key: str, field: str, stored: Mapping[str, str | None], message: str, named: str
) -> None:
    below: dict[str, list[int]] = {}
    for i, code in enumerate(batch.given[field]):
        if code:
            below.setdefault(code, []).append(i)
    missing = list(below.keys() - stored.keys() - _accepted(batch, key).keys())
    while missing:
        code = missing.pop()
        for i in below.get(code, ()):
            own = batch.given[key][i]
            if i not in batch.refused and own not in stored:
                missing.append(own)
            batch.refuse(i, field, (named if is_name(code) else message).format(value=code))


def _accepted(batch: Batch, key: str) -> dict[str, int]:
    """The entries that are to be saved by their code; of repeated ones the first is."""
    accepted: dict[str, int] = {}
    for i, code in enumerate(batch.given[key]):
        if i not in batch.refused:
            accepted.setdefault(code, i)
    return accepted


def _says(batch: Batch, field: str, i: int) -> bool:
    value = batch.given[field][i]
    return value is None or isinstance(value, str)


def _stored(batch: Batch, key: str) -> dict[str, str | None]:
    """The superior of each record there is, the one in the form already under its new code."""
    table = batch.target.table
    above = table.alias("above")
    statement = (
        select(table.c.id, table.c[key], above.c[key].label("superior"))
        .outerjoin(above, table.c.parent_id == above.c.id)
        .where(table.c.owner_id == batch.owner_id)
    )
    rows = batch.connection.execute(statement).all()
    new = {row[1]: batch.given[key][0] for row in rows if row.id == batch.edited}
    return {new.get(row[1], row[1]): new.get(row.superior, row.superior) for row in rows}
