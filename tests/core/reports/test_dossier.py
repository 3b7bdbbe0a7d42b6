"""The dossier of a unit: its own records from every ledger, in one file with contents."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from drillapp.core.errors import NotFound
from drillapp.core.i18n import use_language
from drillapp.core.office import Office
from drillapp.core.reports.dossier_source import dossier
from drillapp.core.reports.registry import write_report
from drillapp.core.rules.queries import obligations
from drillapp.core.supplies.book import save_movements
from drillapp.core.supplies.commands import save_items, save_storehouses
from drillapp.core.supplies.entries import ItemEntry, MovementEntry, StorehouseEntry
from drillapp.core.supplies.levels.commands import save_levels
from drillapp.core.supplies.levels.entries import LevelEntry
from drillapp.core.teams.commands import save_teams
from drillapp.core.teams.entries import TeamEntry
from drillapp.core.units.commands import save_people
from drillapp.core.units.entries import PersonEntry
from tests.core.reports.paper import read

TITLES = (
    "一、基本情况", "二、人员与岗位", "三、预案", "四、近两年应急演练", "五、问题与整改", "六、物资", "七、应急救援队伍",
    "八、应急处置卡", "九、法定事项", "十、就绪度",
)  # fmt: skip


@pytest.fixture
def kept(carded: Office) -> Office:
    """Of the street also people, a store with a lot and a level, a team."""
    save_people(
        carded, [PersonEntry(unit_code="S", name="周䶮", post="值班长", phone="010-66", key_person=True)]
    )
    save_items(carded, [ItemEntry(code="W1", name="饮用水", unit_of_measure="箱", shelf_life_months=24)])
    save_storehouses(carded, [StorehouseEntry(code="K1", name="街道储备库", unit_code="S", keeper="李库管")])
    save_movements(
        carded,
        [
            MovementEntry(
                document="RK-1", kind="in", storehouse="K1", item_code="W1", lot="L7", quantity=30,
                occurred_on=date(2026, 3, 1), expires_on=date(2026, 10, 31),
            )
        ],
    )  # fmt: skip
    save_levels(carded, [LevelEntry(unit_code="S", item_code="W1", quantity=50)])
    save_teams(
        carded, [TeamEntry(unit_code="S", name="德胜抢险队", leader="王队长", phone="010-77", members=12)]
    )
    return carded


def test_all_that_is_kept_of_the_unit_is_in_it_under_its_heading(kept: Office, target: Path) -> None:
    assert write_report(kept, "dossier", target, unit_code="S") == []
    text = read(target).split("一、基本情况")[-1]
    places = [text.index(title) for title in TITLES[1:]]
    assert places == sorted(places)
    for words, title, following in (
        ("周䶮值班长010-66是", 1, 2), ("P-1防汛应急预案", 2, 3), ("D-1防汛综合应急演练2026-06-10", 3, 4),
        ("集合点没有标志补装标志刘洋2026-07-312026-07-20", 4, 5), ("饮用水(箱)", 5, 6), ("2026-10-31饮用水L730箱", 5, 6),
        ("德胜抢险队", 6, 7), ("K-1值班长", 7, 8), ("有现行有效的应急预案", 8, 9),
    ):  # fmt: skip
        start = text.index(TITLES[title])
        end = text.index(TITLES[following]) if following < len(TITLES) else len(text)
        assert words in text[start:end], words


def test_what_belongs_to_units_below_is_not_in_it(kept: Office, target: Path) -> None:
    write_report(kept, "dossier", target, unit_code="S")
    text = read(target)
    assert "油罐泄漏演练" not in text
    assert "名册未更新" not in text
    assert "K-2" not in text


def test_every_obligation_of_the_unit_is_there_with_its_state(kept: Office) -> None:
    unit = next(row for row in obligations(kept) if row.unit == "S").unit_id
    own = obligations(kept, unit, own_only=True)
    section = dossier(kept, "S").sections[8]
    assert sum(len(part.rows) for part in section.parts) == len(own)
    assert section.parts[0].heading.startswith("逾期")


def test_the_contents_name_the_pages_on_which_the_sections_begin(kept: Office, target: Path) -> None:
    write_report(kept, "dossier", target, unit_code="S")
    document = pypdfium2.PdfDocument(target)
    pages = ["".join(page.get_textpage().get_text_bounded().split()) for page in document]
    outline = [(one.get_title(), one.get_dest().get_index()) for one in document.get_toc()]
    document.close()
    assert ["".join(title.split()) for title, _page in outline] == list(TITLES)
    for title, page in outline:
        assert "".join(title.split()) in pages[page]
        assert pages[page].endswith(f"—{page - 1}—")


def test_a_unit_of_which_nothing_is_kept_says_so(kept: Office, target: Path) -> None:
    write_report(kept, "dossier", target, unit_code="O")
    text = read(target)
    assert text.count("无记录。") >= 5
    assert "老年协会" in text


def test_an_unknown_unit_is_not_found(kept: Office, target: Path) -> None:
    with pytest.raises(NotFound):
        write_report(kept, "dossier", target, unit_code="X9")


def test_the_english_dossier_is_english(kept: Office, target: Path) -> None:
    use_language("en")
    write_report(kept, "dossier", target, unit_code="S")
    text = read(target)
    assert "Emergencydossierofaunit" in text
    assert "4.Drillsoftwoyears" in text
