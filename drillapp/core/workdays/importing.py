"""The table of a year's holidays and moved working days, taken from a file as it is handed round."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import msgspec
from sqlalchemy import delete, insert, select

from drillapp.core import enumerations
from drillapp.core.changes import Changes
from drillapp.core.errors import InvalidInput, NotFound, Problem
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.resources import load_toml
from drillapp.core.workdays.model import SpecialDay

_MOST_BYTES = 1_000_000


class _Day(msgspec.Struct):
    """A day as holiday-cn gives it."""

    name: str
    date: date
    isOffDay: bool  # noqa: N815 - the field's name in the file


class _Table(msgspec.Struct):
    days: list[_Day]


class _Given(NamedTuple):
    day: date
    is_working: bool
    name: str


def import_days(office: Office, path: Path) -> Changes:
    """Take over the days of a file: JSON as holiday-cn has it, or CSV with the columns date, name, day off.

    A day that is there already takes the file's word. Raises NotFound, InvalidInput naming the line.
    """
    days = _days(path)
    if not days:
        raise InvalidInput(
            _("'{file}' names no days.").format(file=path.name),
            _("The year may not be announced yet: try again after the notice."),
        )
    with office.write("import working days") as work:
        before = {row.day: row.is_working for row in work.connection.execute(select(SpecialDay))}
        work.connection.execute(delete(SpecialDay).where(SpecialDay.day.in_([one.day for one in days])))
        work.connection.execute(insert(SpecialDay), [one._asdict() for one in days])
        for one in days:
            if before.get(one.day) != one.is_working:
                fields = {one.day.isoformat(): (before.get(one.day), one.is_working)}
                work.changed("special_days", 0, fields)
        work.touched("special_days", None)
        work.touched("plans", None)
        return work.changes


def _days(path: Path) -> list[_Given]:
    text = _text(path)
    found = _from_json(path, text) if text.lstrip().startswith("{") else list(_from_csv(text))
    return list({one.day: one for one in found}.values())


def _text(path: Path) -> str:
    if not path.is_file():
        raise NotFound(_("There is no file '{file}'.").format(file=path), _("Check the path."))
    if path.stat().st_size > _MOST_BYTES:
        raise InvalidInput(_("'{file}' is too large for a table of days.").format(file=path.name))
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InvalidInput(_("'{file}' is not a text file.").format(file=path.name))


def _from_json(path: Path, text: str) -> list[_Given]:
    try:
        table = msgspec.json.decode(text, type=_Table)
    except msgspec.DecodeError as error:
        raise InvalidInput(
            _("'{file}' is no table of holidays: {reason}").format(file=path.name, reason=error),
            _("Expected: the JSON of holiday-cn, or CSV with the columns date, name, day off."),
        ) from error
    return [_Given(day.date, not day.isOffDay, day.name) for day in table.days]


def _from_csv(text: str) -> Iterator[_Given]:
    rows = list(csv.reader(text.splitlines()))
    columns = _columns(rows[0] if rows else [])
    problems: list[Problem] = []
    for number, row in enumerate(rows[1:]):
        cells = {name: row[i].strip() for name, i in columns.items() if i < len(row)}
        if not any(cells.values()):
            continue
        try:
            yield _Given(_date(cells["date"]), not _is_off(cells["off"]), cells.get("name", ""))
        except (ValueError, KeyError):
            message = _("Line {number} is not a day with yes or no: {text}")
            message = message.format(number=number + 2, text=" ".join(row))
            problems.append(Problem(number, "date", " ".join(row), message))
    if problems:
        raise InvalidInput(problems[0].message, problems=problems)


def _columns(heads: list[str]) -> dict[str, int]:
    words = load_toml("holidays.toml")["columns"]
    plain = [head.strip().casefold() for head in heads]
    found = {name: i for i, head in enumerate(plain) for name, known in words.items() if head in known}
    if missing := {"date", "off"} - found.keys():
        expected = ", ".join(words[name][0] for name in sorted(missing))
        raise InvalidInput(
            _("The table lacks the column {columns}.").format(columns=expected),
            _("Expected: the JSON of holiday-cn, or CSV with the columns date, name, day off."),
        )
    return found


def _date(text: str) -> date:
    year, month, day = text.replace("/", "-").replace(".", "-").split("-")
    return date(int(year), int(month), int(day))


def _is_off(text: str) -> bool:
    answer = enumerations.parse("yes_no", text)
    if answer is None:
        raise ValueError(text)
    return answer == "yes"
