"""A clean ledger, and what offices make of it: titles, merged heads, totals, other encodings, dates in every style."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import openpyxl

from drillapp.core import enumerations
from drillapp.core.ledgers.layout import Field, layout
from drillapp.core.ledgers.words import word
from drillapp.core.localtime import BEIJING

Record = Mapping[str, Any]

WIDE = {ord(letter): chr(ord(letter) + 0xFEE0) for letter in map(chr, range(0x21, 0x7F)) if letter.isalnum()}
WIDE_MARKS = WIDE | {ord(mark): chr(ord(mark) + 0xFEE0) for mark in "-./,"}
NAMES = ["第1小学", "德胜医院（北院）", "A座超市", "胡同 社区", "3M劳保店", "棉被厂", "Total石油"]
FIELDS = {
    "units": ["code", "name", "kind", "address", "headcount", "high_risk", "valid_from", "valid_to"],
    "drills": ["number", "unit_code", "title", "form", "planned_on", "started_at", "place", "participants"],
    "stock": ["storehouse", "item_name", "spec", "quantity", "lot", "produced_on", "expires_on", "occurred_on"],
}  # fmt: skip
NOTES = [["备注：数据截至上月底"], ["填表人：张三", "审核：李四"], ["制表单位（盖章）：", "", "2026年5月6日"]]


class Mangled(NamedTuple):
    """A file, and where in it the records stand."""

    path: Path
    rows: list[int]
    """The row of each record."""
    guessable: frozenset[str]
    """Fields whose style says too little, so that only a word about the reading is asked for."""


class Style(NamedTuple):
    """A way to write the values of a column."""

    write: Callable[[Any, Random], Any]
    guessable: bool = False


def records(kind: str, random: Random) -> list[Record]:
    """Some records as they are meant."""
    return [_RECORDS[kind](number, random) for number in range(random.randint(1, 8))]


def _unit(number: int, random: Random) -> Record:
    start = date(1971, 1, 1) + timedelta(random.randrange(30_000))
    return {
        "code": random.choice([f"A{number}", f"1101020{number:05}", f"91110000100009{number:03}N", str(10**17 + number)]),
        "name": f"{random.choice(NAMES)}{number}",
        "kind": random.choice(["street", "community", "school", None]),
        "address": random.choice(["西直门南大街3号", "德外大街 12-1", None]),
        "headcount": random.choice([None, 0, 35, 1200, random.randrange(10_000)]),
        "high_risk": random.choice([True, False, None]),
        "valid_from": start,
        "valid_to": random.choice([None, start + timedelta(random.randrange(5_000))]),
    }  # fmt: skip


def _stock(number: int, random: Random) -> Record:
    made = date(2001, 1, 1) + timedelta(random.randrange(9_000))
    return {
        "storehouse": random.choice(["CK-01", "CK-02"]),
        "item_name": f"{random.choice(NAMES)}{number}",
        "spec": random.choice(["2m×1.5m", "550ml", None]),
        "quantity": random.choice([1, 20, 1500, 2.5, random.randrange(100_000)]),
        "lot": f"L2026{number:03}",
        "produced_on": made,
        "expires_on": made + timedelta(random.randrange(1_000)),
        "occurred_on": date(2026, random.randint(1, 12), random.randint(1, 28)),
    }


def _drill(number: int, random: Random) -> Record:
    start = datetime(2026, 1, 1, random.randint(0, 23), random.randint(0, 59), tzinfo=BEIJING)
    start += timedelta(random.randrange(300))
    return {
        "number": f"YL-2026-{number:03}",
        "unit_code": random.choice(["110102001", "91110000100009563N"]),
        "title": f"{random.choice(NAMES)}演练{number}",
        "form": random.choice(["live", "tabletop", None]),
        "planned_on": start.date(),
        "started_at": random.choice([start, None]),
        "place": random.choice(["三层会议室", "B1 车库", None]),
        "participants": random.choice([35, 1200, None]),
    }


_RECORDS: dict[str, Callable[[int, Random], Record]] = {"units": _unit, "drills": _drill, "stock": _stock}


# --- cells


def _wide(style: Callable[[Any, Random], Any], table: Mapping[int, str]) -> Callable[[Any, Random], Any]:
    return lambda value, random: str(style(value, random)).translate(dict(table))


def _padded(value: Any, random: Random) -> str:
    before, behind = (random.choice(["", " ", "　", "\n", "\u200b", "  "]) for _side in "ab")
    return f"{before}{value}{behind}"


def _weekday(day: date, _random: Random) -> str:
    return f"{day.year}年{day.month}月{day.day}日（星期{'一二三四五六日'[day.weekday()]}）"


DATES = [
    Style(lambda day, _: day.isoformat()),
    Style(lambda day, _: f"{day.year}/{day.month}/{day.day}"),
    Style(lambda day, _: f"{day.year}.{day.month}.{day.day}"),
    Style(lambda day, _: f"{day:%Y%m%d}"),
    Style(lambda day, _: f"{day.year}年{day.month}月{day.day}日"),
    Style(_weekday),
    Style(lambda day, _: datetime(day.year, day.month, day.day)),  # noqa: DTZ001 - a cell of a spreadsheet
    Style(lambda day, _: (day - date(1899, 12, 30)).days),
    Style(lambda day, _: f"{day.month}/{day.day}/{day:%y}"),
    Style(lambda day, _: f"{day.month:02}/{day.day:02}/{day.year}"),
    Style(lambda day, _: f"{day.day}.{day.month}.{day.year}"),
    Style(lambda day, _: f"{day:%y}.{day.month}.{day.day}"),
    Style(lambda day, _: f"{day.day}/{day.month}/{day:%y}", guessable=True),
    Style(_wide(lambda day, _: day.isoformat(), WIDE_MARKS)),
    Style(_wide(lambda day, _: f"{day.year}.{day.month}.{day.day}", WIDE_MARKS)),
    Style(lambda day, random: _padded(day.isoformat(), random)),
]


def _halved(moment: datetime, _random: Random) -> str:
    half = "下午" if moment.hour > 11 else "上午"
    return f"{moment.year}年{moment.month}月{moment.day}日{half}{moment.hour % 12}时{moment.minute}分"


MOMENTS = [
    Style(lambda moment, _: f"{moment:%Y-%m-%d %H:%M}"),
    Style(lambda moment, _: f"{moment:%Y-%m-%dT%H:%M:%S}"),
    Style(lambda moment, _: f"{moment.year}/{moment.month}/{moment.day} {moment.hour}:{moment:%M}"),
    Style(lambda moment, _: f"{moment.year}年{moment.month}月{moment.day}日 {moment.hour}:{moment:%M}"),
    Style(lambda moment, _: f"{moment.month}/{moment.day}/{moment:%y} {moment.hour}:{moment:%M}"),
    Style(lambda moment, _: moment.replace(tzinfo=None)),
    Style(lambda moment, _: (moment.replace(tzinfo=None) - datetime(1899, 12, 30)) / timedelta(1)),  # noqa: DTZ001
    Style(_halved),
    Style(_wide(lambda moment, _: f"{moment:%Y-%m-%d %H:%M}", WIDE_MARKS)),
]
NUMBERS = [
    Style(lambda number, _: number),
    Style(lambda number, _: str(number)),
    Style(lambda number, _: f"{number:,}"),
    Style(_wide(lambda number, _: f"{number:,}", WIDE_MARKS)),
    Style(lambda number, random: _padded(number, random)),
]
COUNTS = [*NUMBERS, Style(lambda number, _: f"{number}人"), Style(lambda number, _: f"{number} 名")]
QUANTITIES = [*NUMBERS, Style(lambda number, _: f"{number}件"), Style(lambda number, _: f"{number} 箱")]
FLAGS = [
    Style(lambda flag, _, yes=yes, no=no: yes if flag else no)  # type: ignore[misc]
    for yes, no in [("是", "否"), ("有", "无"), ("√", "×"), ("Y", "N"), (1, 0), ("１", "０"), (True, False)]
]
TEXTS = [
    Style(lambda text, _: text),
    Style(_padded),
    Style(_wide(lambda text, _: text, WIDE)),
]
CODES = [
    *TEXTS,
    Style(lambda code, _: int(code) if code.isdigit() and code[0] != "0" else code),
    Style(lambda code, _: f"{int(code):.5E}" if code.isdigit() and len(code) > 11 else code),
    Style(lambda code, _: code[:15] + "000" if code.isdigit() and len(code) == 18 else code),
]


def _choice_styles(field: Field) -> list[Style]:
    def word(value: str, random: Random) -> str:
        label = enumerations.label(field.enumeration, value)
        return random.choice([label, value, value.upper(), f" {label}\n", value.translate(WIDE)])

    return [Style(word)]


def styles_of(field: Field) -> list[Style]:
    """All the ways in which a field's values may stand in a file."""
    if field.name in ("code", "unit_code"):
        return CODES
    by_type = {
        "text": TEXTS, "moment": MOMENTS, "integer": COUNTS, "quantity": QUANTITIES, "flag": FLAGS,
        "date": DATES, "expiry": DATES, "production": DATES,
    }  # fmt: skip
    return by_type[field.type] if field.type in by_type else _choice_styles(field)


# --- sheets


class Sheet:
    """A sheet in the making."""

    def __init__(self) -> None:
        self.cells: list[list[Any]] = []
        self.merged: list[tuple[int, int, int, int]] = []
        """Top, left, bottom, right; from 1 and inclusive."""

    def add(self, *cells: Any) -> int:
        """Add a row and return its number."""
        self.cells.append(list(cells))
        return len(self.cells)


def mangle(kind: str, clean: Sequence[Record], random: Random, folder: Path, suffix: str) -> Mangled:
    """The ledger as somebody in some office might hand it in."""
    sheet = Sheet()
    fields = _fields(kind, random)
    left = random.choice([0, 0, 1, 2])
    numbered = random.random() < 0.5
    lead = [""] * left
    for _title in range(random.choice([0, 1, 1, 3])):
        _add_title(sheet, lead, len(fields), random)
    heads = [*(["序号"] if numbered else []), *(_head(field, random) for field in fields)]
    header = _add_header(sheet, lead, heads, random)
    styles = [random.choice(styles_of(field)) for field in fields]
    rows = []
    for number, record in enumerate(clean, 1):
        _add_between(sheet, lead, header, random)
        cells = [
            _cell(record[field.name], style, random) for field, style in zip(fields, styles, strict=True)
        ]
        rows.append(sheet.add(*lead, *([number] if numbered else []), *cells))
    _add_below(sheet, lead, len(fields), random)
    if suffix == ".xlsx":
        _merge_down(sheet, rows, left + numbered, fields)
    path = folder / f"台账{suffix}"
    _SAVE[suffix](sheet, path, random)
    guessable = {field.name for field, style in zip(fields, styles, strict=True) if style.guessable}
    if suffix == ".csv":
        # Its cells may have been merged once, which it cannot say.
        guessable |= {field.name for field in fields if field.name in word("groups")}
    return Mangled(path, rows, frozenset(guessable))


def _fields(kind: str, random: Random) -> list[Field]:
    by_name = {field.name: field for field in layout(kind).field}
    fields = [by_name[name] for name in FIELDS[kind]]
    random.shuffle(fields)
    return fields


def _cell(value: Any, style: Style, random: Random) -> Any:
    if value is None:
        return random.choice(["", "", " "])
    return style.write(value, random)


def _head(field: Field, random: Random) -> str:
    head = field.headers[0]
    return random.choice(
        [head, head, f"*{head}", " ".join(head), f"{head}（必填）", f" {head}\n", head[:2] + "\n" + head[2:]]
    )


def _add_title(sheet: Sheet, lead: list[str], width: int, random: Random) -> None:
    row = sheet.add(*lead, random.choice(["2026年度台账", "填报单位：某某街道", "附件1", ""]))
    if random.random() < 0.5:
        sheet.merged.append((row, len(lead) + 1, row, len(lead) + width))


def _add_header(sheet: Sheet, lead: list[str], heads: list[str], random: Random) -> list[str]:
    """The header, under a row of groups sometimes; returns its last row."""
    if random.random() < 0.4:
        middle = len(heads) // 2
        groups = ["基本情况", *[""] * (middle - 1), "其他情况", *[""] * (len(heads) - middle - 1)]
        row = sheet.add(*lead, *groups)
        first = len(lead) + 1
        sheet.merged.append((row, first, row, first + middle - 1))
        sheet.merged.append((row, first + middle, row, first + len(heads) - 1))
    sheet.add(*lead, *heads)
    return heads


def _add_between(sheet: Sheet, lead: list[str], header: list[str], random: Random) -> None:
    what = random.random()
    if what < 0.05:
        sheet.add(*lead, *header)
    elif what < 0.1:
        sheet.add(*lead)
    elif what < 0.13:
        sheet.add(*lead, random.choice(["一、街道", "（二）社区"]), *[""] * (len(header) - 1))
    elif what < 0.17:
        sheet.add(*lead, random.choice(["小计", "合 计", "小计："]), *[""] * (len(header) - 2), 12)


def _add_below(sheet: Sheet, lead: list[str], width: int, random: Random) -> None:
    if random.random() < 0.4:
        sheet.add(*lead, "合计", *[""] * (width - 2), 55)
    for _row in range(random.choice([0, 0, 1, 30])):
        sheet.add(*lead, *[""] * width)
    if random.random() < 0.15:
        sheet.add(*lead, "附：人员名单")
        sheet.add(*lead, "姓名", "岗位", "联系电话")
        sheet.add(*lead, "张三", "值班员", "13900000000")
    for note in random.sample(NOTES, random.choice([0, 0, 1, 2])):
        sheet.add(*lead, *note)


def _merge_down(sheet: Sheet, rows: Sequence[int], left: int, fields: Sequence[Field]) -> None:
    """Merge the storehouses of rows that follow one another and have the same."""
    column = left + next((i for i, field in enumerate(fields) if field.name == "storehouse"), -1)
    for first, second in zip(rows[::2], rows[1::2], strict=False):
        cells = [sheet.cells[row - 1][column] for row in (first, second)]
        if column >= left and second == first + 1 and cells[0] == cells[1]:
            sheet.merged.append((first, column + 1, second, column + 1))


# --- files


def _save_text(sheet: Sheet, path: Path, random: Random) -> None:
    text = io.StringIO()
    rows = ([_shown(cell) for cell in row] for row in sheet.cells)
    csv.writer(text, delimiter=random.choice(",,;\t")).writerows(rows)
    encoding = random.choice(["utf-8", "utf-8-sig", "gb18030", "utf-16"])
    path.write_bytes(text.getvalue().encode(encoding))


def _shown(cell: Any) -> str:
    """A cell as a spreadsheet writes it to a text file."""
    if isinstance(cell, datetime):
        return f"{cell:%Y/%m/%d}" if cell.time() == time() else f"{cell:%Y/%m/%d %H:%M}"
    if isinstance(cell, int) and not isinstance(cell, bool) and cell >= 10**15:
        return f"{cell:.5E}"
    return str(cell).upper() if isinstance(cell, bool) else str(cell)


def _save_workbook(sheet: Sheet, path: Path, random: Random) -> None:
    book = openpyxl.Workbook()
    active = book.active
    for row in sheet.cells:
        active.append([None if cell == "" else cell for cell in row])
    for top, left, bottom, right in sheet.merged:
        active.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    for row in _hidden(len(sheet.cells), random):
        active.row_dimensions[row].hidden = True
    book.create_sheet("说明").append(["填表说明"])
    book.save(path)


def _hidden(count: int, random: Random) -> Iterator[int]:
    return (row for row in range(1, count + 1) if random.random() < 0.05)


_SAVE: dict[str, Callable[[Sheet, Path, Random], None]] = {".csv": _save_text, ".xlsx": _save_workbook}
