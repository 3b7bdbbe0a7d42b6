"""What an auditor compares: a ledger card on the screen, on paper, and by the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

from typer.testing import CliRunner

from drillapp.cli import app
from drillapp.core import enumerations
from tests.journeys.correcting import pdf_text
from tests.journeys.desk import Desk


class CardLine(NamedTuple):
    """A line of a ledger card in words."""

    day: str
    document: str
    kind: str
    taken_in: str
    taken_out: str
    balance: str


class Card(NamedTuple):
    """A ledger card as it is seen: its lines on the screen, the oldest first, the balance above them, and its paper."""

    lines: list[CardLine]
    closing: str
    text: str


def card_of(desk: Desk, item: str) -> Card:
    """The ledger card of an item over all its lots."""
    desk.go("物资", "库存")
    desk.choose_row([row.item_name for row in desk.rows()].index(item))
    desk.click("物资账卡", desk.pane().toolbar)
    dialog = desk.dialog()
    dialog.lot.setCurrentIndex(0)
    dialog.lot.activated.emit(0)
    desk.settle()
    model = dialog.table.model
    columns = [model.place(name) for name in CardLine._fields]
    lines = [
        CardLine(*(str(model.index(place, column).data() or "") for column in columns))
        for place in reversed(range(model.rowCount()))
    ]
    closing = str(dialog.closing.text())
    desk.click("打印账卡…", dialog)
    text = "".join(pdf_text(desk.dialog()))
    desk.click("关闭", dialog)
    return Card(lines, closing, text)


def lines_of_paper(text: str, lines: list[CardLine]) -> list[CardLine]:
    """Those of these lines that stand in a printed card with just these figures, as far as they stand in this order."""
    found, place = [], 0
    for line in lines:
        begins = re.escape(line.day + line.document + line.kind)
        figures = re.escape(line.taken_in + line.taken_out + line.balance)
        within = r"(?:(?!\d{4}-\d\d-\d\d[A-Z]).)*?"  # not as far as the next line
        match = re.compile(rf"{begins}{within}{figures}(?!\d)").search(text, place)
        if match is not None:
            found.append(line)
            place = match.end()
    return found


def lines_of_command(card: Any) -> list[CardLine]:
    """The lines of a card as the command line tells them."""
    return [
        CardLine(
            row["day"], f"{row['document']}/{row['line']}", enumerations.label("movement_kind", row["kind"]),
            *(f"{row[name]:g}" if row[name] else "" for name in ("taken_in", "taken_out")), f"{row['balance']:g}",
        )
        for row in card["rows"]
    ]  # fmt: skip


def command(office: Path, *arguments: str, as_of: str = "2026-05-18") -> Any:
    """What the command line says of the same office."""
    options = ("--office", str(office), "--as-of", as_of, "--lang", "zh_CN")
    result = CliRunner().invoke(app, [*options, *arguments, "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def stock_of_command(office: Path, day: str) -> dict[tuple[str, str | None], float]:
    """Item and lot to what lay there at the end of a day."""
    rows = command(office, "stock", as_of=day)
    return {(row["item_name"], row["lot"]): row["quantity"] for row in rows}
