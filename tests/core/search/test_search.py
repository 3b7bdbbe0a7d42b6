"""What one remembers of a name finds it: any part of it, its pinyin, the first letters, the beginning of a number."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.saving import Editing, Saving
from drillapp.core.search.queries import search
from drillapp.core.search.tokens import segments, tokens, words
from drillapp.core.units.commands import save_people, save_units
from drillapp.core.units.entries import PersonEntry, UnitEntry

OWN = "110102"


@pytest.mark.parametrize("before", ["", "区", "西城", "西城区", "AB12", "西1城2区3"])
def test_a_phrase_is_read_its_own_way_wherever_it_stands(before: str) -> None:
    """Titles are taken apart in pieces, and no piece may cut a phrase."""
    assert tokens(f"{before}重庆银行").syllables.split()[-4:] == ["chong", "qing", "yin", "hang"]
    assert tokens(f"{before}重庆银行").words.split()[-4:] == ["重", "庆", "银", "行"]


def test_a_number_is_one_word_however_long_its_pieces_are() -> None:
    assert tokens("演练NEW-YL1101025").words.split() == ["演", "练", "new", "yl1101025"]
    assert tokens("").words == tokens("").initials == ""


def test_a_number_is_found_as_it_is_written_and_by_pinyin_only_where_it_is_chinese() -> None:
    words, syllables, initials = map(str.split, tokens("演练", "110102001-YL-2026_01"))
    assert words == ["演", "练", "110102001", "yl", "2026", "01"]
    assert (syllables, initials) == (["yan", "lian"], ["yl", "l"])
    assert tokens("演练", "京应急〔2026〕3号") == tokens("演练 京应急〔2026〕3号")
    assert max(map(len, tokens("演练", "9" * 300).words.split())) == 100


def test_tokens_stay_the_same_when_pieces_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["西城区消防救援支队", "重庆银行西单支行", "KFC 西直门餐厅"]
    once = [tokens(name) for name in names]
    monkeypatch.setattr("drillapp.core.search.tokens._MOST_PIECES", 1)
    for name in names:
        tokens(f"{name}乙")  # a piece that was not seen yet
    assert [tokens(name) for name in names] == once


@pytest.fixture
def filled(office: Office) -> Office:
    save_units(
        office,
        [
            UnitEntry(code="XF-001", name="西城区消防救援支队"),
            UnitEntry(code="ZQ-7", name="重庆银行西单支行"),
            UnitEntry(code="KFC2", name="KFC 西直门餐厅"),
        ],
    )
    save_people(office, [PersonEntry(unit_code="XF-001", name="欧阳娜娜")])
    return office


def found(office: Office, wanted: str) -> set[str]:
    return {hit.title for hit in search(office, wanted)}


def test_any_part_of_a_name_finds_it(filled: Office) -> None:
    for wanted in (
        "消防",
        "防救援支",
        "西城区消防救援支队",
        " 消防 ",
        "xiaofang",
        "XIAOFANGJIU",
        "xfjy",
        "xcqxf",
        "xf-0",
        "XF-001",
    ):
        assert "西城区消防救援支队" in found(filled, wanted), wanted
    for wanted in ("kfc", "KFC 西", "kfcxzm", "餐厅"):
        assert found(filled, wanted) == {"KFC 西直门餐厅"}, wanted
    for wanted in ("oynn", "欧阳", "ouyangna"):
        assert found(filled, wanted) == {"欧阳娜娜"}, wanted


def test_phrases_are_read_as_people_say_them(filled: Office) -> None:
    for wanted in ("chongqingyinhang", "cqyh"):
        assert found(filled, wanted) == {"重庆银行西单支行"}
    assert found(filled, "zhongqing") == set()


def test_what_is_not_there_is_not_found(filled: Office) -> None:
    for wanted in ("", "  ", "东城", "防消", "xx", "001-XF", "-", "。"):
        assert found(filled, wanted) == set(), wanted


def test_a_new_name_finds_and_the_old_one_does_not(filled: Office) -> None:
    [hit] = search(filled, "重庆银行")
    save_units(filled, [UnitEntry(code="ZQ-7", name="成都银行")])
    assert found(filled, "重庆") == set()
    assert found(filled, "cdyh") == {"成都银行"}
    save_units(filled, [UnitEntry(code="CD-1", name="成都银行")], Saving(editing=Editing(hit.id, 2)))
    assert [(again.id, again.subtitle) for again in search(filled, "cd-1")] == [(hit.id, "CD-1")]
    assert found(filled, "zq-7") == set()


def test_hits_come_by_kind_and_say_where(filled: Office) -> None:
    save_plans(filled, [PlanEntry(number="YA-1", title="消防专项预案", unit_code="XF-001")])
    drill = DrillEntry(number="YL-1", title="消防演练", unit_code="XF-001", planned_on=filled.as_of)
    save_drills(filled, [drill])
    assert [(hit.kind, hit.title, hit.subtitle) for hit in search(filled, "消防")] == [
        ("units", "西城区消防救援支队", "XF-001"),
        ("plans", "消防专项预案", "YA-1"),
        ("drills", "消防演练", "YL-1"),
    ]
    assert {hit.unit_name for hit in search(filled, "消防")} == {"西城区消防救援支队"}
    assert len(search(filled, "消防", limit=2)) == 2


SIGNS = st.text(st.sampled_from("消xf\"'*:()-+^|&!<>\\ \x00\ud800%_") | st.characters(), max_size=12)


def test_whatever_is_typed_is_only_looked_for(filled: Office) -> None:
    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(SIGNS)
    def look(wanted: str) -> None:
        search(filled, wanted)

    look()
    for wanted in ("消防 OR 银行", "NOT 东城", "words : 消防", "消防 AND 银行", "消* 银", "消防\x00"):
        assert found(filled, wanted) <= {"西城区消防救援支队"}


def test_whatever_a_name_holds_can_be_saved(office: Office) -> None:
    @settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=30)
    )
    def save(name: str) -> None:
        if name.strip():
            save_units(office, [UnitEntry(code="A", name=name)])

    save()


# Tokens ----------------------------------------------------------------------------------------------------------


def test_tokens_of_a_name() -> None:
    assert words("KFC西直门2店。") == ["kfc", "西", "直", "门", "2", "店"]
    assert tokens("西直门KFC").syllables.split() == ["xi", "zhi", "men", "kfc"]
    assert tokens("西直门KFC2店12").initials.split() == ["xz", "zm", "mk", "kf", "fc", "cd", "d"]


@given(st.text(), st.text() | st.text(st.characters(max_codepoint=127)))
def test_tokens_hold_no_signs_of_a_query_language(text: str, number: str) -> None:
    for way in tokens(text, number):
        for token in way.split():
            assert not set("\"'*:()^|&!<>\\ \t\n\x00") & set(token)
            assert len(token) <= 100


def test_letters_are_read_as_syllables() -> None:
    assert segments("xiaofang") == ["xiao", "fang"]
    assert segments("xiaof") == ["xiao", "f"]
    assert segments("xian") in (["xian"], ["xi", "an"])
    assert segments("qqq") is None
    assert segments("an" * 45 + "uuu") is None  # with more ways to begin than could ever be tried
    assert segments("") == []
