"""A list on paper: every row once, heads on each page, short columns on one line."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pypdfium2

from drillapp.core.reports.list_report import ListPaper, render_list
from drillapp.core.reports.table import Column


def _text(rows: list[tuple[str, ...]], columns: tuple[Column, ...]) -> list[str]:
    target = BytesIO()
    made = render_list(ListPaper("Office", "Plans", date(2026, 11, 24), columns, rows, ("West",)), target)
    assert made.missing == ()
    document = pypdfium2.PdfDocument(target.getvalue())
    pages = [page.get_textpage().get_text_bounded() for page in document]
    width, height = document[0].get_size()
    document.close()
    assert width > height
    return pages


def test_every_row_is_there_once_and_heads_are_repeated() -> None:
    columns = (Column("Number"), Column("Title"), Column("Day"))
    pages = _text([(f"P{n:03}", "A title " * 12, "2026-05-06") for n in range(60)], columns)
    whole = "".join(pages)
    assert len(pages) > 1
    assert all("Number" in page for page in pages)
    assert all(whole.count(f"P{n:03}") == 1 for n in range(60))


def test_a_day_stays_on_one_line_beside_long_texts() -> None:
    columns = (Column("Day"), *(Column(f"Text {n}") for n in range(8)))
    (page,) = _text([("2026-05-06", *("long words here " * 6 for _ in range(8)))], columns)
    assert "2026-05-06" in page


def test_an_empty_list_is_still_a_paper() -> None:
    (page,) = _text([], (Column("Number"), Column("Title")))
    assert "Number" in page
