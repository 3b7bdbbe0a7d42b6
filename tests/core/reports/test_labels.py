"""Labels: every code on them is read back from the printed page and opens what it stands on."""

from __future__ import annotations

import io
from datetime import date
from itertools import product

import pypdfium2
import pytest
import zxingcpp

from drillapp.core.datafile import BadField
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.office import Office
from drillapp.core.reports.labels import formats
from drillapp.core.reports.labels.drawing import SYMBOLOGIES, Label
from drillapp.core.reports.labels.formats import label_formats
from drillapp.core.reports.labels.sheet import LabelPrint, render_labels
from drillapp.core.reports.labels.source import item_labels, lot_labels, shelf_labels, storehouse_labels
from drillapp.core.supplies.codes import payload_of_item, payload_of_lot
from drillapp.core.supplies.commands import save_shelves
from drillapp.core.supplies.scanning import resolve
from drillapp.core.supplies.stores.entries import ShelfEntry
from tests.core.supplies.ledger import book, furnish, line

UID = "01934b5e-7a2c-7abc-8def-00ffa1b2c3d4"
LONG = Label(
    payload_of_lot(UID, "2025-06-18-一号线", date(2028, 6, 18)),
    "移动式应急照明灯塔（含发电机组、可升降灯杆和备用灯头，全方位自动泛光）",
    ("有效期至2028-06-18", "批次2025-06-18-一号线", "4×500瓦，升降杆4.5米", "西城区应急物资储备库三号货架"),
    "WZ0001-LIGHT-TOWER 2025-06-18-一号线",
)
SHORT = Label(payload_of_item(UID), "锹", (), "1")


def printed(labels: list[Label], how: LabelPrint) -> pypdfium2.PdfDocument:
    target = io.BytesIO()
    assert render_labels("西城区", labels, how, target).missing == ()
    return pypdfium2.PdfDocument(target.getvalue())


def read(document: pypdfium2.PdfDocument, page: int = 0) -> list[zxingcpp.Barcode]:
    image = document[page].render(scale=300 / 72).to_pil().convert("L")
    return list(zxingcpp.read_barcodes(image))


@pytest.mark.parametrize(("name", "symbology"), list(product(label_formats(), SYMBOLOGIES)))
def test_every_format_is_read_back(name: str, symbology: str) -> None:
    layout = label_formats()[name]
    document = printed([LONG, SHORT], LabelPrint(name, symbology))  # type: ignore[arg-type]
    assert len(document) == (1 if layout.is_sheet else 2)
    found = [code for page in range(len(document)) for code in read(document, page)]
    assert {code.text for code in found} == {LONG.code, SHORT.code}
    assert {code.format.name for code in found} == {"QRCode" if symbology == "qr" else "Code128"}
    text = "".join(document[page].get_textpage().get_text_range() for page in range(len(document)))
    assert LONG.plain in text.replace("\r\n", ""), "the code that people type is never cut"
    assert "移动式应急照明灯" in text.replace("\r\n", "")


def test_a_used_sheet_is_gone_on_with_and_copies_fill_further_sheets() -> None:
    layout = label_formats()["a4_3x8"]
    document = printed([SHORT, LONG], LabelPrint("a4_3x8", start=23, copies=2))
    assert len(document) == 2
    first, second = read(document, 0), read(document, 1)
    assert [code.text for code in first] == [SHORT.code] * 2
    assert [code.text for code in second] == [LONG.code] * 2
    place = min(code.position.top_left.y for code in first) / 300 * 25.4
    assert place > layout.corner(21)[1], "in the last row"


@pytest.mark.parametrize(
    ("how", "field"),
    [
        (LabelPrint("nothing"), "format"),
        (LabelPrint(symbology="ean"), "symbology"),  # type: ignore[arg-type]
        (LabelPrint(start=0), "start"),
        (LabelPrint(start=25), "start"),
        (LabelPrint("roll_60x40", start=2), "start"),
        (LabelPrint(copies=0), "copies"),
        (LabelPrint(copies=501), "copies"),
    ],
)
def test_what_cannot_be_printed_is_refused_at_its_field(how: LabelPrint, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        printed([SHORT], how)
    assert refused.value.field == field


def test_nothing_chosen_is_said() -> None:
    with pytest.raises(NotFound):
        printed([], LabelPrint())


def test_too_many_or_too_thin_is_said() -> None:
    with pytest.raises(InvalidInput, match=r"20000|too many"):
        printed([SHORT] * 50, LabelPrint(copies=500))
    with pytest.raises(InvalidInput, match=r"narrow|太窄"):
        printed([Label("7" * 80, "单据", (), "")], LabelPrint("roll_40x30", "code128"))


def test_a_format_larger_than_its_page_is_refused() -> None:
    wide = {"name": "x", "title": {"en": "x"}, "width": 120.0, "height": 30.0, "padding": 1.0}
    for said in ({"columns": 2, "across": 120.0}, {"columns": 2, "across": 50.0}):
        with pytest.raises(BadField):
            formats._check(formats._Formats([formats.LabelFormat(**(wide | said))]))  # type: ignore[arg-type]


def test_labels_of_what_is_kept_open_it(office: Office) -> None:
    furnish(office)
    save_shelves(office, [ShelfEntry(storehouse="S1", code="A-1", name="一号货架")])
    book(
        office,
        line("in", 5, "2026-03-01", item_code="TENT", lot="B7", expires_on=date(2027, 3, 1)),
        line("in", 3, "2026-03-01", item_code="TENT", expires_on=date(2027, 6, 1)),
        line("in", 2, "2026-03-01", storehouse="S2"),
        line("out", 2, "2026-03-02", "D2", storehouse="S2"),
    )
    labels = {
        "items": item_labels(office),
        "lots": lot_labels(office),
        "shelves": shelf_labels(office, "S1"),
        "storehouses": storehouse_labels(office, ["S2", "S1"]),
    }
    assert {kind: [label.plain for label in each] for kind, each in labels.items()} == {
        "items": ["SHOVEL", "TENT"], "lots": ["TENT B7", "TENT"], "shelves": ["S1 / A-1"], "storehouses": ["S2", "S1"],
    }  # fmt: skip
    for kind, each in labels.items():
        for label in each:
            found = resolve(office, label.code)
            assert found.kind == kind
            assert found.code in label.plain
    for wrong in (
        lambda: item_labels(office, ["TENT", "NOTHING"]),
        lambda: lot_labels(office, storehouse="NOWHERE"),
        lambda: lot_labels(office, item="SHOVEL"),
        lambda: shelf_labels(office, "NOWHERE"),
    ):
        with pytest.raises(NotFound):
            wrong()
