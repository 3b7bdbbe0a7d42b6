from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from drillapp.core.i18n import use_language
from drillapp.core.progress import Cancelled
from drillapp.core.reports import fonts
from drillapp.core.reports.headings import Styles
from drillapp.core.reports.page import LEADING, OFFICIAL, Document
from drillapp.core.reports.signature import Signature
from drillapp.core.reports.table import Column, Table, table_look
from tests.core.reports.paper import texts


def filled(numbering: str, paragraphs: int = 40) -> Document:
    document = Document("通知", numbering=numbering)
    styles = Styles(document.fonts)
    document.add(*(styles.text(f"第{number}段：" + "应急演练" * 25) for number in range(paragraphs)))
    return document


def test_twenty_two_lines_fill_the_page() -> None:
    assert int((OFFICIAL.height - OFFICIAL.top - OFFICIAL.bottom + 0.01) / LEADING) == 22


def test_pages_carry_their_number_between_dashes() -> None:
    pdf = BytesIO()
    pages = filled("dashes").close(pdf).pages
    found = texts(pdf)
    assert len(found) == pages > 3
    assert all(text.endswith(f"—{number}—") for number, text in enumerate(found, 1))


def test_pages_can_say_how_many_there_are() -> None:
    pdf = BytesIO()
    pages = filled("of").close(pdf).pages
    assert [f"第{number}页共{pages}页" in text for number, text in enumerate(texts(pdf), 1)] == [True] * pages


def test_every_paragraph_is_there_once() -> None:
    pdf = BytesIO()
    filled("dashes").close(pdf)
    whole = "".join(texts(pdf))
    assert [whole.count(f"第{number}段：") for number in range(40)] == [1] * 40


def test_the_same_paper_comes_out_the_same() -> None:
    first, second = BytesIO(), BytesIO()
    filled("of", 5).close(first)
    filled("of", 5).close(second)
    assert first.getvalue() == second.getvalue()


def test_a_heading_does_not_stand_alone_at_the_foot() -> None:
    document = Document("通知")
    styles = Styles(document.fonts)
    document.add(*(styles.text("短段。") for _line in range(21)))
    document.add(styles.heading(1, 1, "标题"), styles.text("正文" * 60))
    pdf = BytesIO()
    document.close(pdf)
    assert "标题" in texts(pdf)[1]


def test_a_paper_that_is_cancelled_leaves_no_file(tmp_path: Path) -> None:
    class Stop:
        def step(self, done: int, total: int | None, text: str) -> None:
            raise Cancelled

    target = tmp_path / "report.pdf"
    target.write_bytes(b"the former report")
    document = Document("通知", progress=Stop())
    with pytest.raises(Cancelled):
        document.close(target)
    assert target.read_bytes() == b"the former report"
    assert list(tmp_path.iterdir()) == [target]


def test_a_long_table_repeats_its_head_on_each_page() -> None:
    document = Document("台账")
    rows = [(str(number), f"单位{number:03d}", "1.5") for number in range(200)]
    columns = (Column("序号", 40, "centre"), Column("单位名称"), Column("数量", align="right"))
    document.add(Table(columns, rows, table_look(document.fonts)))
    pdf = BytesIO()
    pages = document.close(pdf).pages
    found = texts(pdf)
    assert pages > 4
    assert all(text.startswith("序号单位名称数量") for text in found)
    assert [sum(f"单位{number:03d}" in text for text in found) for number in range(200)] == [1] * 200


def test_a_cell_longer_than_a_page_goes_on_over_pages() -> None:
    document = Document("台账")
    text = "".join(f"{number:04d}号" for number in range(1500))
    document.add(Table((Column("序号", 40), Column("记录", 100)), [("1", text)], table_look(document.fonts)))
    pdf = BytesIO()
    assert document.close(pdf).pages > 2
    whole = "".join(texts(pdf))
    assert all(f"{number:04d}号" in whole for number in (0, 700, 1499))


def test_columns_fill_the_width_and_keep_given_ones() -> None:
    look = table_look(fonts.bundled())
    table = Table((Column("序号", 40), Column("名称"), Column("说明")), [("1", "短", "很长" * 100)], look)
    widths = table.layout(442.0).widths
    assert widths[0] == 40
    assert sum(widths) == pytest.approx(442)
    assert widths[2] > widths[1] >= 3 * look.size


def test_the_signature_names_office_and_date_without_leading_zeros() -> None:
    document = Document("报告")
    document.add(Signature("西城区应急管理局", date(2026, 3, 1), ("编制人",), document.fonts))
    pdf = BytesIO()
    document.close(pdf)
    assert "编制人：西城区应急管理局2026年3月1日" in texts(pdf)[0]


def test_an_english_paper_speaks_english() -> None:
    use_language("en")
    pdf = BytesIO()
    filled("of", 1).close(pdf)
    assert "Page1of1" in texts(pdf)[0]
