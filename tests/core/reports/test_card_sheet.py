"""What printed cards say and show: every word, the code, the places on the sheet, and what is refused."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import pypdfium2
import pytest
import zxingcpp

from drillapp.core.cards.alarm import read_alarm
from drillapp.core.cards.steps import Step, read_steps
from drillapp.core.cards.templates import fill, templates
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import use_language
from drillapp.core.progress import Cancelled
from drillapp.core.reports.card_code import code_text
from drillapp.core.reports.card_faces import lay_out
from drillapp.core.reports.card_format import FORMATS, card_format
from drillapp.core.reports.card_sheet import CardSheet, render_card_sheet
from drillapp.core.reports.card_text import Card
from drillapp.core.reports.fonts import bundled
from drillapp.core.reports.page import MM
from tests.core.reports.card_words import CARD, cards
from tests.core.reports.paper import picture, texts

LEAST_MODULE = 0.33 * MM


def printed(cards: list[Card], size: str = "pocket") -> BytesIO:
    pdf = BytesIO()
    assert render_card_sheet(CardSheet("局", cards, size), pdf).missing == ()
    return pdf


def changed(**fields: Any) -> Card:
    return msgspec.structs.replace(CARD, **fields)


def codes(pdf: BytesIO, page: int = 0, scale: float = 4.0) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture(pdf, page, scale))]


@pytest.mark.parametrize("size", list(FORMATS))
def test_a_card_says_everything(size: str) -> None:
    text = "".join(texts(printed([CARD], size)))
    for part in (
        "室内燃气泄漏应急处置卡", "裕中西里社区居委会", "消防控制室值班员", "赵𠮷祥", "第一步", "喊人，往室外撤",
        "风险", "报警", "119", "说：裕中西里23号", "立即", "1.敲门疏散住户", "10分钟内", "3.到上风向", "直至交接",
        "4.在路口接应", "禁止", "严禁返回取物", "防护", "手电在室外先打开", "路线", "小区东门外花坛", "物资",
        "联系", "王䶮", "DS-K-0001", "第2版", "8GK2MA", "2027-03-01", "DS-ZX-03", "燃气泄漏",
    ):  # fmt: skip
        assert part in text


@pytest.mark.parametrize("size", list(FORMATS))
def test_the_first_action_is_larger_than_all_else(size: str) -> None:
    faces = lay_out(CARD, card_format(size), bundled())
    assert faces.first is not None
    assert faces.first.size > max(faces.title.size, faces.owner.size, faces.body.style.size, faces.foot.size)


def test_five_folded_cards_stand_on_a_sheet() -> None:
    pages = texts(printed(cards(12)))
    assert [page.count("编号：DS-K-") for page in pages] == [5, 5, 2]
    assert all("折" in page and "裁" in page for page in pages)


def test_backs_lie_behind_their_fronts_when_the_sheet_is_turned_at_its_long_edge() -> None:
    numbered = [msgspec.structs.replace(card, title=f"卡{n:02d}号") for n, card in enumerate(cards(13), 1)]
    document = pypdfium2.PdfDocument(printed(numbered, "pocket_duplex").getvalue())
    assert len(document) == 4
    wide = document[0].get_width()
    for sheet, count in ((0, 10), (2, 3)):
        fronts, backs = document[sheet].get_textpage(), document[sheet + 1].get_textpage()
        for number in range(5 * sheet + 1, 5 * sheet + 1 + count):
            front, back = _place(fronts, f"卡{number:02d}号"), _place(backs, f"DS-K-{number:04d}")
            assert front is not None
            assert back is not None
            assert (front[0] < wide / 2) == (back[0] > wide / 2)
            assert front[1] - back[1] < 54 * MM
            assert front[1] > back[1]
    document.close()


def _place(page: Any, words: str) -> tuple[float, float] | None:
    found = page.search(words).get_next()
    return page.get_charbox(found[0])[:2] if found else None


def test_larger_cards_have_a_page_each() -> None:
    assert len(texts(printed(cards(3), "a6"))) == 3


def test_a_poster_is_turned_where_its_text_is_then_larger() -> None:
    steps = tuple(Step("at_once", "短句子") for _ in range(8))
    few, many = changed(steps=steps), CARD
    sizes = {lay_out(card, card_format("a3"), bundled()).layout.sheet for card in (few, many)}
    assert sizes <= {(297 * MM, 420 * MM), (420 * MM, 297 * MM)}
    document = pypdfium2.PdfDocument(printed([few, many], "a3").getvalue())
    for page, card in zip(document, (few, many), strict=True):
        assert page.get_size() == pytest.approx(
            lay_out(card, card_format("a3"), bundled()).layout.sheet, abs=1
        )
    document.close()


@pytest.mark.parametrize(
    ("size", "count", "scale"),
    [("pocket", 5, 4), ("pocket_duplex", 10, 4), ("a6", 1, 3), ("a4", 1, 2), ("a3", 1, 1.5)],
)
def test_any_phone_reads_the_code_from_the_printed_page(size: str, count: int, scale: float) -> None:
    page = 1 if size == "pocket_duplex" else 0
    found = sorted(codes(printed(cards(count), size), page, scale))
    assert [text.splitlines()[0] for text in found] == [
        f"DS-K-{number:04d} V2 8GK2MA" for number in range(1, count + 1)
    ]
    for text in found:
        for phone in ("119 消防", "96777", "010-8200 0001", "138 0000 0000"):
            assert phone in text
        assert "第一步：不开关电器" in text


def test_every_template_is_printed_in_every_size_with_a_code_that_can_be_read() -> None:
    made = [_of_template(name) for name in templates()]
    for size in ("pocket", "a6", "a4", "a3"):
        assert sum(page.count("校验码") for page in texts(printed(made, size))) == len(made)
    pdf = printed(made)
    found = [text for page in range(-(-len(made) // 5)) for text in codes(pdf, page)]
    assert sorted(text.split()[0] for text in found) == sorted(card.number for card in made)


def _of_template(name: str) -> Card:
    said = fill(templates()[name], {"address": "德胜街道裕中西里23号", "unit": "裕中西里社区"})
    lines = {field: tuple(text.splitlines()) for field, text in said.items()}
    return changed(
        number=f"T-{name}", title=said["title"], first_action=said["first_action"], alarm=read_alarm(said["alarm"]),
        steps=read_steps(said["steps"]), hazards=lines["hazards"], protection=lines["protection"],
        prohibitions=lines["prohibitions"], route=lines["route"], supplies=lines["supplies"],
        contacts=lines["contacts"],
    )  # fmt: skip


@pytest.mark.parametrize("size", list(FORMATS))
def test_the_largest_code_of_a_size_has_modules_wide_enough_to_print(size: str) -> None:
    layout = card_format(size)
    assert layout.code / (17 + 4 * layout.code_version) >= LEAST_MODULE


def test_steps_give_way_in_a_small_code_and_phones_never() -> None:
    text, level = code_text(changed(steps=CARD.steps * 2), 12)
    assert level == "M"
    assert "（其余见卡面）" in text
    assert "1. 敲门" in text or "4. " not in text
    people = tuple(f"联系人{place} 1380000{place:04}" for place in range(9))
    text, level = code_text(changed(contacts=people), 12)
    assert all(person in text for person in people)
    with pytest.raises(InvalidInput, match="DS-K-0001") as refused:
        code_text(
            changed(contacts=people * 2 + tuple(f"值班{place} 8200{place:04}" for place in range(20))), 12
        )
    assert refused.value.field == "contacts"


def test_long_text_shrinks_to_fit() -> None:
    steps = (*CARD.steps, *CARD.steps)
    large = lay_out(CARD, card_format("pocket"), bundled())
    small = lay_out(changed(steps=steps), card_format("pocket"), bundled())
    assert small.body.style.size < large.body.style.size
    assert "8.在路口接应" in texts(printed([changed(steps=steps)]))[0]


@pytest.mark.parametrize("size", list(FORMATS))
@pytest.mark.parametrize("field", ["title", "first_action", "prohibitions", "supplies", "contacts"])
def test_four_thousand_characters_are_refused_by_card_and_line(size: str, field: str) -> None:
    long = "很长的文字" * 800
    card = changed(**{field: long if field in ("title", "first_action") else (long,)})
    with pytest.raises(InvalidInput, match="DS-K-0001") as refused:
        printed([card], size)
    assert refused.value.field == field
    assert "很长的文字" in refused.value.message
    assert refused.value.hint


def test_a_step_that_cannot_fit_is_refused_by_its_number_and_printed_larger() -> None:
    card = changed(steps=(CARD.steps[0], Step("at_once", "很长的步骤" * 70), CARD.steps[2]))
    with pytest.raises(InvalidInput, match="步骤2"):
        printed([card])
    printed([card], "a4")


def test_latin_and_rare_characters_are_printed_as_they_are() -> None:
    card = changed(
        title="Gas leak – 䶮里 𠮷",
        steps=(Step("at_once", "Shut the valve, call 王䶮 and 𠮷田; don't switch lights."),),
    )
    for size in FORMATS:
        text = "".join(texts(printed([card], size)))
        assert "Gasleak–䶮里𠮷" in text
        assert "call王䶮and𠮷田" in text


def test_a_card_of_few_words_and_one_in_english() -> None:
    few = Card(number="K-1", unit="局", post="值班", title="卡", steps=(Step("at_once", "核实"),))
    assert "1.核实" in texts(printed([few]))[0]
    assert codes(printed([few]))[0].splitlines()[-1] == "1. 核实"
    use_language("en")
    assert "Never" in "".join(texts(printed([CARD], "a4")))


def test_printing_that_is_cancelled_leaves_no_file(tmp_path: Path) -> None:
    class Stop:
        def step(self, done: int, total: int | None, text: str) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        render_card_sheet(CardSheet("局", cards(60)), tmp_path / "cards.pdf", Stop())
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_size_is_refused() -> None:
    with pytest.raises(InvalidInput, match="a5"):
        printed([CARD], "a5")
