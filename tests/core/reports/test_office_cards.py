"""Which cards are printed from the office's ledger."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from drillapp.core.cards.checking import check_code
from drillapp.core.cards.commands import save_cards
from drillapp.core.cards.entries import CardEntry
from drillapp.core.cards.queries import CARDS
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.reports.registry import write_cards, write_report
from drillapp.core.retiring import retire
from drillapp.core.units.commands import save_posts, save_units
from drillapp.core.units.entries import PostEntry, UnitEntry
from tests.core.reports.paper import picture, read, texts


def test_the_cards_of_a_unit_are_those_of_the_units_below_too_by_number(carded: Office, target: Path) -> None:
    assert write_report(carded, "cards", target, unit_code="S") == []
    text = read(target)
    assert text.index("K-1") < text.index("K-2")
    assert "K-3" not in text
    [row] = [row for row in first_rows(carded, CARDS, View(), 10) if row.number == "K-2"]
    assert check_code(row) in text
    for part in (
        "值班员应急处置卡",
        "䶮里社区",
        "赵𠮷祥",
        "1.接警核实2.上报街道",
        "联系值班室010-1；火警119",
    ):
        assert part in text


@pytest.mark.parametrize(
    ("size", "pages"), [("pocket", 1), ("pocket_duplex", 2), ("a6", 2), ("a4", 2), ("a3", 2)]
)
def test_cards_are_printed_by_number_in_each_size(
    carded: Office, target: Path, size: str, pages: int
) -> None:
    write_cards(carded, target, numbers=["K-3", "K-2"], size=size)
    pdf = BytesIO(target.read_bytes())
    assert len(texts(pdf)) == pages
    assert "K-1" not in read(target)
    assert picture(pdf, scale=0.5).convert("L").getextrema()[0] < 60


def test_the_cards_of_a_sector_are_those_of_its_posts_and_else_of_its_units(
    carded: Office, target: Path
) -> None:
    save_posts(carded, [PostEntry(unit_code="S", name="值班长", sector="fire_safety")])
    community = UnitEntry(
        code="C1", name="䶮里社区", parent_code="S", kind="community", sectors=("fire_safety", "transport")
    )
    save_units(carded, [community])
    write_cards(carded, target, sector="transport")
    assert ("K-2" in read(target), "K-1" in read(target)) == (True, False)
    write_cards(carded, target, sector="fire_safety")
    assert all(number in read(target) for number in ("K-1", "K-2"))
    with pytest.raises(NotFound):
        write_cards(carded, target, sector="construction")


def test_a_retired_card_is_not_printed(carded: Office, target: Path) -> None:
    with carded.read() as connection:
        key = connection.exec_driver_sql("SELECT id FROM cards WHERE number = 'K-2'").scalar_one()
    retire(carded, "cards", [key], carded.as_of)
    write_cards(carded, target, unit_code="S")
    assert "K-2" not in read(target)
    with pytest.raises(NotFound, match="K-2"):
        write_cards(carded, target, numbers=["K-1", "K-2"])


def test_numbers_without_a_card_are_named(carded: Office, target: Path) -> None:
    with pytest.raises(NotFound) as caught:
        write_cards(carded, target, numbers=["K-1", "K-8", "K-9"])
    assert "K-8, K-9" in caught.value.message
    assert "K-1" not in caught.value.message
    assert not target.exists()


def test_a_card_that_is_too_long_is_refused_by_card_and_line(carded: Office, target: Path) -> None:
    long = CardEntry(number="K-4", unit_code="S", post="值班长", steps="短\n" + "核实情况并上报" * 90)
    save_cards(carded, [long])
    with pytest.raises(InvalidInput) as caught:
        write_cards(carded, target, unit_code="S", size="pocket")
    assert "K-4" in caught.value.message
    assert "步骤2" in caught.value.message
    assert not target.exists()


def test_a_unit_without_cards_and_an_unknown_size_are_refused(carded: Office, target: Path) -> None:
    with pytest.raises(NotFound):
        write_cards(carded, target, unit_code="C2")
    with pytest.raises(InvalidInput) as caught:
        write_cards(carded, target, unit_code="S", size="a5")
    assert caught.value.field == "size"
