"""A hotel's store over half a year: from the list it kept to a ledger card that stands up to an audit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from drillapp.ui import theme
from tests.journeys import stocking, street
from tests.journeys.auditing import (
    Card,
    card_of,
    command,
    lines_of_command,
    lines_of_paper,
    stock_of_command,
)
from tests.journeys.desk import Desk, write
from tests.journeys.stocking import Counting, Document, booked, labels, refer, rows_of, scan, stock, take_back
from tests.journeys.street import Time

HOTEL = f"{street.STREET}03"
LAST = {
    ("灭火器", None): 42, ("防烟面罩", None): 57, ("消防服", None): 5, ("破拆斧", None): 2, ("强光手电", None): 17,
}  # fmt: skip
"""What lies there in the end."""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Time:
    made = Time(datetime.now(UTC))
    made.go_to(2026, 1, 12)
    for module in ("drillapp.core.office", "drillapp.ui.session"):
        monkeypatch.setattr(f"{module}.SystemClock", lambda: made)
    return made


@pytest.fixture
def desk(qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, clock: Time) -> Iterator[Desk]:
    # Qt asks for the person's folder once in a process; each test has a person of its own.
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    made = Desk(qapp, monkeypatch, None)
    yield made
    if made.program is not None:
        made.leave()
    theme.apply_theme(qapp, "light")


def test_from_a_hotels_list_to_a_ledger_card_that_stands_up_to_an_audit(
    desk: Desk, clock: Time, tmp_path: Path
) -> None:
    desk.start()
    street.found(desk, tmp_path / "office.drill")
    begin(desk, tmp_path)
    masks, extinguishers = labels(desk)
    receive_masks(desk)

    next_day(desk, clock, 3, 17)
    lend_for_a_drill(desk, masks, extinguishers)
    next_day(desk, clock, 3, 18)
    half_comes_back(desk)

    next_day(desk, clock, 5, 18)
    scrap_what_expired(desk)
    enter_what_was_forgotten(desk)
    count_blind(desk, clock, extinguishers)
    review(desk)
    assert stock(desk) == LAST
    cards = {code: card_of(desk, item) for code, item in (("WZ0001", "灭火器"), ("WZ0002", "防烟面罩"))}
    assert [line.balance for line in cards["WZ0001"].lines] == ["36", "46", "42", "44", "44", "42"]
    assert [line.balance for line in cards["WZ0002"].lines] == ["60", "100", "70", "85", "60", "57"]
    desk.leave()
    look_at(cards, tmp_path / "office.drill")

    clock.go_to(2026, 5, 19)
    desk.start()
    assert stock(desk) == LAST


def next_day(desk: Desk, clock: Time, month: int, day: int) -> None:
    """Close the program and open it on another day."""
    desk.leave()
    clock.go_to(2026, month, day)
    desk.start()


def begin(desk: Desk, folder: Path) -> None:
    """The street's units, the hotel's store, and the list that the hotel kept."""
    path = folder / "units.csv"
    path.write_text(street.LEDGERS["单位", "单位"], encoding="utf-8-sig")
    desk.import_ledger("单位", "单位", path)
    stocking.enter_store(desk, "CK1", HOTEL)
    assert stocking.bring_in(desk, folder).startswith("读取5行：新增5，")
    assert stock(desk) == {
        ("灭火器", None): 36, ("防烟面罩", None): 60, ("消防服", None): 5, ("破拆斧", None): 2, ("强光手电", None): 20,
    }  # fmt: skip


def receive_masks(desk: Desk) -> None:
    """Masks with a lot number and a date."""
    desk.go("物资", "出入库流水")
    desk.click("登记出入库", desk.pane().toolbar)
    document = Document(desk)
    document.say(storehouse="微型消防站", cause="采购", counterparty="北京安防器材公司")
    document.type_line("防烟面罩", "40", lot="M2309", expires_on="2026-03-31")
    assert document.book() == "RK20260112-01"


def lend_for_a_drill(desk: Desk, masks: str, extinguishers: str) -> None:
    """Two labels are scanned, the first one where nobody thought of supplies: the form opens, each scan adds."""
    scan(desk, masks)
    document = Document(desk, "借出")
    assert document.dialog.head.value("storehouse") == "CK1", "they lie nowhere else"
    document.say(cause="演练使用", counterparty="西单大酒楼保卫部", due_on="2026-03-20")
    for _piece in range(4):
        document.scan(extinguishers)
    document.scan(masks)
    first, second = document.line(0), document.line(1)
    assert (first.item.line.text(), first.quantity.text(), second.quantity.text()) == ("WZ0002", "2", "4")
    write(first.quantity, "30")
    document.look()
    assert first.share_words.text() == "M2309 有效期至2026-03-31 × 30", "what expires first goes first"
    assert (first.after.text(), second.after.text()) == ("70", "32")
    assert document.book() == "JC20260317-01"


def half_comes_back(desk: Desk) -> None:
    """Half of each line; the other half stays open."""
    assert take_back(desk, "15", "2") == "GH20260318-01"
    rows = desk.rows()
    assert [(row.item_name, row.outstanding, row.state) for row in rows] == [
        ("防烟面罩", 15, "outstanding"), ("灭火器", 2, "outstanding"),
    ]  # fmt: skip
    assert stock(desk)["防烟面罩", "M2309"] == 25


def scrap_what_expired(desk: Desk) -> None:
    """From the list of what expires; who approved it must be said."""
    desk.go("物资", "借出")
    assert {row.state for row in desk.rows()} == {"overdue"}
    desk.go("物资", "有效期")
    (row,) = desk.rows()
    assert (row.item_name, row.lot, row.quantity, row.state) == ("防烟面罩", "M2309", 25, "expired")
    desk.choose_row(0)
    desk.click("报废…", desk.pane().toolbar)
    document = Document(desk)
    desk.click("登记", document.dialog)
    assert document.dialog.head.problem("approved_by") == "不能为空。"
    document.say(approved_by="李主任")
    assert document.book() == "BF20260518-01"
    assert ("防烟面罩", "M2309") not in stock(desk)


def enter_what_was_forgotten(desk: Desk) -> None:
    """A gift of February: what changes of what was booked since is shown before it is booked."""
    desk.go("物资", "出入库流水")
    desk.click("登记出入库", desk.pane().toolbar)
    document = Document(desk)
    document.say(
        storehouse="微型消防站", occurred_on="2026-02-10", cause="捐赠", counterparty="西城区消防救援支队"
    )
    document.type_line("灭火器", "10")
    desk.click("登记", document.dialog)
    preview = desk.dialog()
    (holding,) = rows_of(preview.table)
    assert (holding.item_name, holding.today_before, holding.today_after) == ("灭火器", 34, 44)
    assert [(row.document, row.before, row.after) for row in rows_of(preview.lines)] == [
        ("JC20260317-01/2", 32, 42), ("GH20260318-01/2", 34, 44),
    ]  # fmt: skip
    desk.click("返回修改", preview)
    assert document.dialog.isVisible()
    desk.click("登记", document.dialog)
    desk.click("登记")
    assert booked(desk) == "RK20260210-01"
    assert stock(desk)["灭火器", None] == 44


def count_blind(desk: Desk, clock: Time, extinguishers: str) -> None:
    """Counted by scan and by keys; in between goods go out, of one line after its count, of another before."""
    desk.go("物资", "盘点")
    desk.click("制盘点单", desk.pane().toolbar)
    drawing = desk.dialog()
    refer(desk, drawing.fields.editor("storehouse"), "微型消防站")
    write(drawing.fields.editor("tolerance"), "2")
    desk.click("制单", drawing)
    counting = Counting(desk)
    assert "盲盘" in counting.dialog.heading.text()
    write(counting.dialog.by, "刘洋")
    scan(desk, extinguishers)
    assert counting.asks[1] == "灭火器"
    assert "账面" not in counting.dialog.card.details.text()
    counting.count("44")
    desk.click("关闭", counting.dialog)

    clock.pass_by(minutes=10)
    issue_meanwhile(desk, extinguishers)
    clock.pass_by(minutes=10)
    desk.go("物资", "盘点")
    desk.choose_row(0)
    desk.click("打开盘点单", desk.pane().toolbar)
    counting = Counting(desk)
    found = {"防烟面罩": "57", "消防服": "5", "破拆斧": "2", "强光手电": "17"}
    said = {}
    while counting.asks[1] in found and counting.asks[1] not in said:
        name = counting.asks[1]
        said[name] = counting.count(found[name])
    assert set(said) == set(found)
    assert [name for name, words in said.items() if "须复盘" in words] == ["防烟面罩"]
    counting.count("57")
    assert counting.asks[1] == "已全部盘完"
    explain_and_submit(desk, counting)


def issue_meanwhile(desk: Desk, extinguishers: str) -> None:
    """What the duty room takes while it is counted."""
    scan(desk, extinguishers)
    document = Document(desk)
    document.say(cause="领用", counterparty="值班室")
    document.scan(extinguishers)
    document.type_line("强光手电", "3")
    line = document.line(0)
    assert (line.quantity.text(), line.lot.line.text()) == ("2", "无批号")
    assert document.book() == "CK20260518-01"


def explain_and_submit(desk: Desk, counting: Counting) -> None:
    """The only difference, split over two reasons; the counter answers for it."""
    desk.click("有差异 1", counting.dialog)
    (line,) = rows_of(counting.dialog.table)
    assert (line.item_name, line.difference) == ("防烟面罩", "-3")
    counting.dialog.table.choose(line.id)
    desk.settle()
    counting.explain(("损坏", "-2"), ("丢失", "-1"))
    desk.click("提交复核…", counting.dialog)
    desk.click("提交")


def review(desk: Desk) -> None:
    """A second person looks at it and posts it; who counted cannot."""
    desk.choose_row(0)
    desk.click("打开盘点单", desk.pane().toolbar)
    review = desk.dialog()
    desk.until(lambda: review.view is not None, "the count")
    assert review.outcome.text() == "共5行，已盘5行：相符4行，盘盈0行，盘亏1行；复盘1行"
    assert review.meanwhile.text() == (
        "盘点期间有出入库：1行在盘点之前，已计入账面数量；1行在盘点之后，在实盘数上增减。"
    )
    desk.click("复核通过…", review)
    asked = desk.dialog()
    asked.fields.editor("same_seat").click()
    write(asked.fields.editor("by"), "刘洋")
    desk.click("通过", asked)
    assert "刘洋参加了盘点，须由他人复核" in asked.fields.problem("by")
    write(asked.fields.editor("by"), "李主任")
    desk.click("通过", asked)
    desk.in_the_next_dialog(lambda dialog: dialog.closing.click())
    desk.click("入账", review)
    assert review.mark.accessibleName() == "已入账"
    desk.click("关闭", review)


def look_at(cards: dict[str, Card], office: Path) -> None:
    """Screen, paper and command line say the same of each item, also of days gone by, and the office is sound."""
    for code, card in cards.items():
        found = command(office, "movement", "card", code)
        assert card.lines == lines_of_command(found)
        assert card.lines[-1].balance == f"{found['closing']:g}"
        assert card.closing.startswith(f"结存：{found['closing']:g} ")
        assert card.lines == lines_of_paper(card.text, card.lines)
    assert stock_of_command(office, "2026-05-18") == LAST
    assert stock_of_command(office, "2026-03-17") == {
        ("灭火器", None): 42, ("防烟面罩", None): 60, ("防烟面罩", "M2309"): 10, ("消防服", None): 5, ("破拆斧", None): 2,
        ("强光手电", None): 20,
    }, "with what was entered later"  # fmt: skip
    assert command(office, "check")["ok"]
