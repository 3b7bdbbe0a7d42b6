"""A plan from Word to its filing across the National Day, its next version, and the cards that this makes stale."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from drillapp.ui import theme
from tests.core.plans.word.documents import SENTENCE, written
from tests.journeys.desk import Desk, write
from tests.journeys.test_main_job import TODAY, found_office

STATE_PLAN = Path(__file__).parents[3] / "shared" / "data" / "plans" / "国家突发事件总体应急预案2025.docx"
LOOK_ALIKE = (
    "|", f"某社某地2月25日电，{SENTENCE}", "1　总则", "1.1　总体要求", SENTENCE, "1.2　分类分级", SENTENCE,
    "（1）自然灾害。主要包括水旱、气象灾害等。", "2　运行机制", "2.1　监测与预警", SENTENCE, "2.2　处置", SENTENCE,
    "3　应急保障", SENTENCE,
)  # fmt: skip
NUMBER = "110102001-ZT-01"
CARDS = 100
LEDGERS = {
    ("单位", "单位"): "单位编码,单位名称,上级单位编码,单位类型\n110102001,西长安街街道,110102,街道\n",
    ("单位", "岗位"): "单位编码,岗位,重点岗位\n110102001,值班长,是\n",
    ("预案", "全部预案"): (
        f"预案编号,预案名称,单位编码,层级,类别\n{NUMBER},西长安街街道总体应急预案,110102001,街道级,总体预案\n"
    ),
}
HANDED_OUT = (
    "处置卡编号,单位编码,岗位,持卡人,预案编号,处置卡名称,第一步,处置步骤,联系人,发放日期\n"
    + "".join(
        f"CZK-{i:03},110102001,值班长,人员{i:03},{NUMBER},值班长处置卡,接报并记录,立即报告街道值班室,街道值班室 010-66035000,2026-10-09\n"
        for i in range(1, CARDS + 1)
    )
)


@pytest.fixture
def desk(qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Desk]:
    # Qt asks for the person's folder once in a process; each test has a person of its own.
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    made = Desk(qapp, monkeypatch, TODAY)
    yield made
    if made.program is not None:
        made.leave()
    theme.apply_theme(qapp, "light")


@pytest.fixture(params=["like the State plan", "the State plan"])
def document(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A plan without styles of headings, its numbers in the text."""
    if request.param == "the State plan":
        if not STATE_PLAN.exists():
            pytest.skip(f"{STATE_PLAN} is not here: a public document that is not part of the project")
        return STATE_PLAN
    return written(tmp_path / "plan.docx", LOOK_ALIKE)


def load(desk: Desk, folder: Path, place: str, tab: str, content: str) -> None:
    path = folder / "ledger.csv"
    path.write_text(content, encoding="utf-8-sig")
    desk.import_ledger(place, tab, path)


def plan_tab(desk: Desk, words: str) -> Any:
    """A tab of the plan's panel."""
    desk.go("预案", "全部预案")
    desk.choose_row(0)
    desk.open_tab(words)
    return desk.pane().detail._tabs.currentWidget()


def possible(desk: Desk, kind: str) -> Any:
    """The line about an event that could be next."""
    return next(line for line in plan_tab(desk, "生命周期").next.lines if line.possible.kind == kind)


def record(desk: Desk, kind: str, day: str, **texts: str) -> None:
    """Record an event from the plan's life."""
    line = possible(desk, kind)
    assert line.possible.allowed, line.possible.why_not
    QTest.mouseClick(line.go, Qt.MouseButton.LeftButton)
    desk.settle()
    fields = desk.dialog().fields
    write(fields.editor("happened_on").line, day)
    for name, text in texts.items():
        fields.editor(name).set_value(text)
    desk.click("保存")
    assert QApplication.activeModalWidget() is None, f"{kind} was refused"


def bring_in(desk: Desk, document: Path) -> int:
    """The text of the plan from Word; how many sections were seen before anything was written."""
    tab = plan_tab(desk, "版本")
    desk.choose_file(document)
    desk.click("从Word导入…", tab)
    desk.click("选择文档…")
    dialog = desk.dialog()
    headings = int(sum(line.level > 0 for line in dialog.model.document.lines))
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    desk.settle()
    return headings


def approve(desk: Desk, drafted: str, reviewed: str, approved: str, published: str) -> None:
    """What a street's plan needs until it is in force."""
    record(desk, "drafted", drafted)
    record(desk, "risk_assessed", drafted)
    record(desk, "resources_surveyed", drafted)
    record(desk, "reviewed", reviewed, people="王工\n李工", conclusion="passed")
    record(desk, "approved", approved)
    record(desk, "published", published)


def begin_second(desk: Desk) -> None:
    """A second version that says one more thing."""
    desk.click("新版本…", plan_tab(desk, "版本"))
    desk.click("开始编写")
    desk.click("编写…", plan_tab(desk, "正文"))
    editor = desk.dialog().text
    editor.tree.choose(1)
    editor.text.insertPlainText("值班室二十四小时有人。")
    desk.click("保存")
    desk.click("关闭")


def compared(desk: Desk) -> str:
    """What the comparison of both versions shows of the first change."""
    desk.click("对比", plan_tab(desk, "版本"))
    dialog = desk.dialog()
    assert dialog.list.count() == 1
    text = str(dialog.view.toPlainText())
    desk.click("关闭")
    return text


def reprinted(desk: Desk) -> bytes:
    """The pocket cards of all stale cards, as the preview shows them."""
    desk.go("处置卡", "失效")
    desk.pane().table.grid.selectAll()
    desk.settle()
    desk.click("重新打印…", desk.pane().toolbar)
    desk.click("预览")
    preview = desk.dialog()
    content = bytes(preview._content)
    preview.close()
    return content


def test_from_word_to_filing_and_from_a_new_version_to_new_cards(
    desk: Desk, document: Path, tmp_path: Path
) -> None:
    desk.start()
    found_office(desk, tmp_path / "office.drill")
    for (place, tab), content in LEDGERS.items():
        load(desk, tmp_path, place, tab, content)

    assert bring_in(desk, document) == (38 if document == STATE_PLAN else 7)
    assert plan_tab(desk, "缺项").links, "an outline check that finds nothing in this text sees nothing"
    assert not possible(desk, "published").possible.allowed
    approve(desk, "2026-08-03", "2026-09-01", "2026-09-10", "2026-09-24")
    filing = possible(desk, "filed").possible
    assert (str(filing.due_on), filing.due_is_estimated) == ("2026-10-29", False)
    record(desk, "filed", "2026-10-08", authority="西城区应急管理局", reference="备〔2026〕1号")
    answer = possible(desk, "filing_answered").possible
    assert str(answer.due_on) == "2026-10-14"  # Saturday the 10th is a working day
    load(desk, tmp_path, "处置卡", "全部处置卡", HANDED_OUT)
    assert {row.state for row in desk.rows()} == {"issued"}
    desk.go("处置卡", "失效")
    assert desk.rows() == []

    begin_second(desk)
    assert "值班室二十四小时有人。" in compared(desk)
    desk.go("处置卡", "失效")
    assert desk.rows() == [], "a draft makes nothing stale"
    approve(desk, "2026-11-02", "2026-11-03", "2026-11-10", "2026-11-12")
    states = {line.version.ordinal: line.version.state for line in plan_tab(desk, "版本").lines}
    assert states == {1: "superseded", 2: "in_force"}

    desk.go("处置卡", "失效")
    assert {row.reasons for row in desk.rows()} == {"section_superseded"}
    look_at(reprinted(desk))


def look_at(pdf: bytes) -> None:
    """Every card is on its sheet, in words and in its code, which says which card it is."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    wanted = {f"CZK-{i:03}" for i in range(1, CARDS + 1)}
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert {number for number in wanted if number in text} == wanted
    assert text.count("街道值班室") >= CARDS
    pictures = (page.render(scale=4, grayscale=True).to_pil() for page in document)
    codes = [
        code.text for one in pictures for code in zxingcpp.read_barcodes(one, zxingcpp.BarcodeFormat.QRCode)
    ]
    assert {code.split()[0] for code in codes} == wanted
    assert all("立即报告街道值班室" in code for code in codes)
    document.close()
