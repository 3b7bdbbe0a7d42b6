"""What slips, ledger cards and inventories say, from the stock ledger."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.office import Office
from drillapp.core.reports.registry import write_report
from drillapp.core.supplies.queries import stock_as_of
from drillapp.core.supplies.reversing import lines_named, reverse_movements
from tests.core.reports.paper import read
from tests.core.supplies.ledger import book, furnish, line


@pytest.fixture
def booked(office: Office) -> Office:
    """Twelve shovels came, a wrong receipt of 5, 3 went out, 2 were lent, and 1 more than booked was counted."""
    furnish(office)
    book(
        office,
        line("in", 12, "2026-03-01", "RK-1", cause="purchase", counterparty="京安器材公司", handler="谭雨燕"),
        line("in", 5, "2026-03-02", "RK-2"),
        line("out", 3, "2026-04-01", "CK-1", cause="drill", reference="YL-2026-1"),
        line("lend", 2, "2026-05-01", "JC-1", counterparty="德胜社区", due_on=date(2026, 6, 1)),
        line("count", 13, "2026-06-01", "PD-1"),
    )
    reverse_movements(office, lines_named(office, "RK-2/1"), "重复登记")
    return office


def test_a_ledger_card_shows_every_line_with_the_balance_after_it(booked: Office, tmp_path: Path) -> None:
    target = tmp_path / "card.pdf"
    assert write_report(booked, "ledger_card", target, number="SHOVEL@S1") == []
    text = read(target)
    for part in (
        "铁锹：物资账卡", "计量单位：把", "S1库", "上期结转",
        "RK-1/1入库·采购京安器材公司1212谭雨燕", "重复登记", "已冲销，不计", "出库·演练使用39",
        "借出德胜社区27", "实盘13",
    ):  # fmt: skip
        assert part in text, part
    (row,) = stock_as_of(booked, None, "SHOVEL")
    assert row.quantity == 13
    assert text.endswith("合计18513第1页共1页")


def test_an_issue_slip_names_lines_and_who_signs(booked: Office, tmp_path: Path) -> None:
    target = tmp_path / "slip.pdf"
    assert write_report(booked, "stock_slip", target, number="CK-1") == []
    text = read(target)
    for part in (
        "出库单",
        "编号CK-1",
        "2026年4月1日",
        "演练使用",
        "YL-2026-1",
        "SHOVEL铁锹把3",
        "批准人",
        "接收人",
    ):
        assert part in text, part
    assert "借用人" not in text


def test_a_loan_slip_binds_the_borrower(booked: Office, tmp_path: Path) -> None:
    target = tmp_path / "slip.pdf"
    assert write_report(booked, "loan_slip", target, number="JC-1") == []
    text = read(target)
    assert "借用单" in text
    assert "德胜社区" in text
    assert "于2026年6月1日前完好、清洁、足数归还" in text
    with pytest.raises(InvalidInput, match="CK-1"):
        write_report(booked, "loan_slip", tmp_path / "none.pdf", number="CK-1")
    with pytest.raises(NotFound):
        write_report(booked, "stock_slip", tmp_path / "none.pdf", number="CK-9")
    assert not (tmp_path / "none.pdf").exists()


def test_a_slip_tells_that_a_line_was_taken_back(booked: Office, tmp_path: Path) -> None:
    target = tmp_path / "slip.pdf"
    write_report(booked, "stock_slip", target, number="RK-2")
    assert "已冲销，不计" in read(target)


def test_the_inventory_lists_each_storehouse_by_itself(booked: Office, tmp_path: Path) -> None:
    book(
        booked,
        line("in", 4, "2026-07-01", "RK-3", storehouse="S2", item_code="TENT", produced_on=date(2026, 1, 15)),
    )
    target = tmp_path / "inventory.pdf"
    assert write_report(booked, "inventory", target) == []
    text = read(target)
    assert "SHOVEL铁锹13把" in text
    assert "2026-01-15生产至2027-01-15" in text
    assert text.index("S1库") < text.index("S2库")
    write_report(booked, "inventory", target, number="S2")
    only = read(target)
    assert "帐篷" in only
    assert "铁锹" not in only
    booked.as_of = date(2026, 1, 1)
    with pytest.raises(NotFound, match="2026-01-01"):
        write_report(booked, "inventory", target)
