"""200,000 movements from a spreadsheet with all checks, against reading its cells and inserting the same rows.

The floor knows all keys beforehand, checks nothing, and writes into the same tables of another copy of the district.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.district import PLACE, District, remove
from benchmarks.figure import Figure, milliseconds
from benchmarks.making.words import TODAY
from drillapp.core.database.uid import new_uid
from drillapp.core.ledgers.importing import import_ledger
from drillapp.core.office import Office

_MOVEMENTS = 200_000
_LINES = 20
"""Lines of a document."""
_ROUNDS = 3
_DAYS = 300
_HEADERS = ("document", "kind", "storehouse", "item_code", "lot", "quantity", "occurred_on")
_PLACES = """
    SELECT storehouses.code, items.code, lots.code, storehouses.id, items.id, lots.id, holdings.id
    FROM holdings JOIN storehouses ON storehouses.id = holdings.storehouse_id
    JOIN items ON items.id = holdings.item_id JOIN lots ON lots.id = holdings.lot_id
"""
_FREE = """
    WHERE (lots.expires_on IS NULL OR lots.expires_on > ?1) AND NOT EXISTS (
        SELECT * FROM movements WHERE movements.storehouse_id = holdings.storehouse_id
        AND movements.item_id = holdings.item_id AND movements.lot_id = holdings.lot_id
        AND kind = 'count' AND occurred_on >= ?2)
"""
"""In date all the time, and not counted since: what comes in is there until it goes out."""
_MOVEMENT = """
    INSERT INTO movements (id, uid, owner_id, revision, document, line, kind, storehouse_id, item_id, lot_id, quantity,
                           occurred_on, recorded_at, recorded_by)
    VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_ENTRY = "INSERT INTO stock_entries (movement_id, holding_id, occurred_on, delta) VALUES (?, ?, ?, ?)"


def figures(district: District) -> Iterator[Figure]:
    """Receipts and issues of the last months, of all storehouses; nothing of them is in the district."""
    ledger = PLACE / f"movements-{district.size:g}.xlsx"
    _write_ledger(district, ledger, round(_MOVEMENTS * district.size))
    times = [(_ours(district, ledger), _floor(district, ledger)) for _ in range(_ROUNDS)]
    ours, floor = map(statistics.median, zip(*times, strict=True))
    yield Figure(f"import of {_MOVEMENTS:,} movements from xlsx", ours, floor, 3)


def _ours(district: District, ledger: Path) -> float:
    copy = district.copy(f"booking-{district.size:g}.office")
    with copy.open("write") as office:
        taken = milliseconds(lambda: _import(office, ledger))
    remove(copy.path)
    return taken


def _import(office: Office, ledger: Path) -> None:
    result = import_ledger(office, "movements", ledger)
    if result.errors or not result.created:
        raise RuntimeError(f"the import was refused: {result.errors[:3]}")


def _floor(district: District, ledger: Path) -> float:
    copy = district.copy(f"booking-{district.size:g}.office")
    with copy.open("write") as office:
        pooled = office.engine.raw_connection()
        driver: Any = pooled.driver_connection
        # As much memory as ours takes for a bulk, and as little of the log taken into the file meanwhile.
        driver.execute("PRAGMA cache_size = -128000")
        driver.execute("PRAGMA wal_autocheckpoint = 0")
        keys = {tuple(row[:3]): row[3:] for row in driver.execute(_PLACES)}
        taken = milliseconds(lambda: _parse_and_write(ledger, driver, office, keys))
        pooled.close()
    remove(copy.path)
    return taken


def _parse_and_write(
    ledger: Path, driver: Any, office: Office, keys: dict[tuple[Any, ...], Sequence[int]]
) -> None:
    from python_calamine import load_workbook

    with load_workbook(str(ledger)) as workbook:
        rows = workbook.get_sheet_by_index(0).to_python()[1:]
    first = driver.execute("SELECT max(id) FROM movements").fetchone()[0] + 1
    now, actor = office.clock.now().replace(tzinfo=None).isoformat(" "), office.actor
    movements, entries = [], []
    for key, (document, kind, storehouse, item, lot, quantity, day) in enumerate(rows, first):
        storehouse_id, item_id, lot_id, holding_id = keys[storehouse, item, lot]
        uid, amount, said = bytes.fromhex(new_uid().replace("-", "")), round(quantity * 1000), day.isoformat()
        movements.append((key, uid, office.id, document, (key - first) % _LINES + 1, kind, storehouse_id, item_id,
                          lot_id, amount, said, now, actor))  # fmt: skip
        entries.append((key, holding_id, said, amount if kind == "in" else -amount))
    driver.execute("BEGIN IMMEDIATE")
    driver.executemany(_MOVEMENT, movements)
    driver.executemany(_ENTRY, entries)
    driver.execute("COMMIT")


def _write_ledger(district: District, path: Path, count: int) -> None:
    """Of each place first a receipt, then issues of less than that, so that there is enough whatever was before."""
    import xlsxwriter

    if path.exists() and path.stat().st_mtime > district.path.stat().st_mtime:
        return
    first = TODAY - timedelta(_DAYS)
    with district.open() as office, office.read() as connection:
        days = (TODAY.isoformat(), first.isoformat())
        places = sorted(row[:3] for row in connection.exec_driver_sql(_PLACES + _FREE, days))
    chance = Random("bulk booking")
    chosen = chance.sample(places, min(len(places), max(1, count // 8)))
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
        day_format = workbook.add_format({"num_format": "yyyy-mm-dd"})
        sheet = workbook.add_worksheet("movements")
        sheet.write_row(0, 0, _HEADERS)
        for number in range(count):
            turn, place = divmod(number, len(chosen))
            kind, quantity = ("in", 5000) if turn == 0 else ("out", chance.randint(1, 400))
            day = first + timedelta(_DAYS * number // count)
            document = f"PL{number // _LINES:06}"
            sheet.write_row(number + 1, 0, (document, kind, *chosen[place], quantity))
            sheet.write_datetime(number + 1, len(_HEADERS) - 1, day, day_format)
