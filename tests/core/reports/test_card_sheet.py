from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
import zxingcpp

from drillapp.core.errors import InvalidInput
from drillapp.core.progress import Cancelled
from drillapp.core.reports.card_sheet import Card, CardSheet, render_card_sheet
from tests.core.reports.paper import picture, texts

CARD = Card(
    number="DS-K-0001",
    unit="德胜街道裕中西里社区居委会",
    post="消防控制室值班员",
    title="室内燃气泄漏应急处置卡",
    steps=(
        "禁止在现场按门铃、开关电器、打电话、点火，不拉电闸、不更换衣服。",
        "敲门疏散住户，清点人数，引导至上风向集合点。",
        "确认安全并佩戴防护后关闭总阀，打开门窗通风。",
        "在安全地点拨打119和燃气公司电话。",
    ),
    hazards="燃气泄漏、爆燃、中毒窒息",
    contacts=("街道值班室 010-8200 0001", "物业经理 王䶮 138 0000 0000"),
    person="赵𠮷祥",
    plan="DS-ZX-03",
    issued_on=date(2026, 3, 1),
)


def cards(count: int) -> list[Card]:
    return [msgspec.structs.replace(CARD, number=f"DS-K-{number:04d}") for number in range(1, count + 1)]


def printed(sheet: CardSheet) -> BytesIO:
    pdf = BytesIO()
    assert render_card_sheet(sheet, pdf).missing == ()
    return pdf


@pytest.mark.parametrize("size", ["pocket", "a6", "a4"])
def test_a_card_says_everything(size: str) -> None:
    text = texts(printed(CardSheet("局", [CARD], size)))[0]
    for part in (
        "室内燃气泄漏应急处置卡",
        "消防控制室值班员",
        "赵𠮷祥",
        "风险：燃气泄漏",
        "4.在安全地点",
        "王䶮",
        "DS-ZX-03",
        "2026-03-01",
    ):
        assert part in text


def test_eight_pocket_cards_stand_on_a_sheet() -> None:
    pages = texts(printed(CardSheet("局", cards(17))))
    assert [page.count("编号：DS-K-") for page in pages] == [8, 8, 1]


def test_larger_cards_have_a_page_each() -> None:
    assert len(texts(printed(CardSheet("局", cards(3), "a6")))) == 3


@pytest.mark.parametrize(("size", "count", "scale"), [("pocket", 8, 4), ("a6", 1, 3), ("a4", 1, 1.5)])
def test_the_codes_on_the_printed_page_can_be_read(size: str, count: int, scale: float) -> None:
    codes = [f"DRILLAPP:CARD:110102010:DS-K-{number:04d}:2026-03-01" for number in range(count)]
    sheet = CardSheet("局", [msgspec.structs.replace(CARD, code=code) for code in codes], size)
    page = picture(printed(sheet), scale=scale)
    assert sorted(found.text for found in zxingcpp.read_barcodes(page)) == codes


def test_a_card_without_a_code_of_its_own_carries_its_number() -> None:
    page = picture(printed(CardSheet("局", [CARD], "a6")), scale=3)
    assert [found.text for found in zxingcpp.read_barcodes(page)] == ["DS-K-0001"]


def test_long_text_shrinks_to_fit() -> None:
    steps = (*CARD.steps, *CARD.steps)
    text = texts(printed(CardSheet("局", [msgspec.structs.replace(CARD, steps=steps)])))[0]
    assert "8.在安全地点拨打119和燃气公司电话。" in text


def test_text_that_cannot_fit_is_refused_by_card_and_line() -> None:
    steps = ("短。", "很长的步骤" * 80, "短。")
    with pytest.raises(InvalidInput, match="DS-K-0001") as refused:
        render_card_sheet(CardSheet("局", [msgspec.structs.replace(CARD, steps=steps)]), BytesIO())
    assert "步骤2" in refused.value.message
    assert refused.value.hint
    printed(CardSheet("局", [msgspec.structs.replace(CARD, steps=steps)], "a4"))


def test_a_title_that_cannot_fit_is_refused() -> None:
    with pytest.raises(InvalidInput, match="标题"):
        render_card_sheet(CardSheet("局", [msgspec.structs.replace(CARD, title="处置卡" * 15)]), BytesIO())


def test_many_contacts_give_way_to_the_steps() -> None:
    card = msgspec.structs.replace(CARD, steps=(*CARD.steps, *CARD.steps[1:]), contacts=CARD.contacts * 2)
    text = texts(printed(CardSheet("局", [card])))[0]
    assert text.count("街道值班室") == 2
    assert "7." in text


def test_an_unknown_size_is_refused() -> None:
    with pytest.raises(InvalidInput, match="a3"):
        render_card_sheet(CardSheet("局", [CARD], "a3"), BytesIO())


def test_printing_that_is_cancelled_leaves_no_file(tmp_path: Path) -> None:
    class Stop:
        def step(self, done: int, total: int | None, text: str) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        render_card_sheet(CardSheet("局", cards(60)), tmp_path / "cards.pdf", Stop())
    assert list(tmp_path.iterdir()) == []
