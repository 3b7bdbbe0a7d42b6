"""Mutual aid and labels by the command line: who has it, the request from the draft to the goods, the letter, labels."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from tests.cli.line import Line


@pytest.fixture
def stored(line: Line) -> Line:
    line.bring(
        "units",
        "code,name,parent_code,kind\n110102010,德胜街道,110102,street\n110102003,新街口街道,110102,street\n",
    )
    line.bring("items", "code,name,category,unit_of_measure\nW,饮用水,食品,箱\nT,帐篷,帐篷,顶\n")
    line.bring(
        "storehouses",
        "code,name,unit_code,keeper,phone\nK1,德胜库,110102010,赵工,010-1\nK2,新街口库,110102003,钱工,010-2\n",
    )
    line.bring(
        "movements",
        "document,kind,storehouse,item_code,lot,quantity,occurred_on,expires_on\n"
        "R1,in,K2,W,A,30,2026-01-05,2027-01-05\nR1,in,K2,W,B,30,2026-01-05,2027-06-05\nR1,in,K2,T,,4,2026-01-05,\n",
    )
    return line


def refused(line: Line, *arguments: str) -> str:
    result = line.run(*arguments)
    assert result.exit_code == 1, result.output
    return result.stderr


def test_from_who_has_it_to_the_other_storehouse(stored: Line, tmp_path: Path) -> None:
    found = stored.json("who-has", "yys", "--unit", "110102010", "--quantity", "40")
    assert [
        (row["storehouse"], row["steps"], row["available"], row["take"], row["phone"])
        for row in found["rows"]
    ] == [("K2", 1, 60, 40, "010-2")]
    assert found["missing"] == 0
    draft = ("aid", "draft", "--from", "K2", "--to", "K1", "--want", "W=40")
    number = stored.ok(*draft, "--by", "2026-12-01", "--reason", "停水").strip()
    stored.ok("aid", "change", number, "--want", "W=40", "--want", "T=2")
    letter = tmp_path / "letter.pdf"
    stored.ok("aid", "letter", number, "-o", str(letter))
    text = pypdfium2.PdfDocument(str(letter))[0].get_textpage().get_text_range()
    assert all(words in text for words in (number, "停水", "饮用水", "帐篷", "钱工"))
    assert "draft" in refused(stored, "aid", "answer", number, "--by", "钱工")
    stored.ok("aid", "request", number)
    assert "W" in refused(stored, "aid", "answer", number, "--by", "钱工", "--agreed", "W=41")
    stored.ok("aid", "answer", number, "--by", "钱工", "--agreed", "W=35", "--note", "仅饮用水")
    document = stored.ok("aid", "send", number).strip()
    assert stored.json("aid", "show", number)["document"] == document
    stock = {(row["storehouse"], row["lot"]): row["quantity"] for row in stored.json("stock", "--item", "W")}
    assert stock == {("K2", "B"): 25}, "what expires first goes first, and is on its way"
    stored.ok("aid", "receive", number)
    stock = {(row["storehouse"], row["lot"]): row["quantity"] for row in stored.json("stock", "--item", "W")}
    assert stock == {("K2", "B"): 25, ("K1", "A"): 30, ("K1", "B"): 5}
    assert [(row["number"], row["state"]) for row in stored.json("aid", "list")] == [(number, "sent")]
    exported = tmp_path / "lines.csv"
    stored.ok("export", "aid_lines", str(exported))
    assert stored.json("import", "aid_lines", str(exported))["unchanged"] == 2
    assert "sent" in refused(stored, "aid", "cancel", number, "--note", "x")


@pytest.mark.sqlite_only("the command line is the same over both")
def test_what_is_wrong_is_one_sentence(stored: Line) -> None:
    assert "W" in refused(stored, "aid", "draft", "--from", "K2", "--to", "K1", "--want", "W")
    assert "K9" in refused(stored, "aid", "draft", "--from", "K9", "--to", "K1", "--want", "W=1")
    assert "HZ-9" in refused(stored, "aid", "show", "HZ-9")
    assert "zzz" in refused(stored, "who-has", "zzz")


@pytest.mark.sqlite_only("the command line is the same over both")
def test_labels_are_written_and_read_back(stored: Line, tmp_path: Path) -> None:
    path = tmp_path / "labels.pdf"
    for kind, options, count in (
        ("items", ["T"], 2), ("lots", ["--storehouse", "K2"], 6), ("storehouses", ["K1"], 2),
    ):  # fmt: skip
        stored.ok(
            "label", kind, *options, "-o", str(path), "--copies", "2", "--code", "code128", "--start", "3"
        )
        page = pypdfium2.PdfDocument(str(path))[0]
        assert len(zxingcpp.read_barcodes(page.render(scale=300 / 72).to_pil().convert("L"))) == count
    assert "roll_60x40" in stored.ok("label", "formats")
    assert "24" in refused(stored, "label", "items", "-o", str(path), "--start", "25")
    assert refused(stored, "label", "shelves", "--storehouse", "K1", "-o", str(path))
