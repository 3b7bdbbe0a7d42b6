"""Whatever words of a plan's text one remembers, its section is found, with the line in which they stand."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from drillapp.core.cards.commands import save_cards
from drillapp.core.cards.entries import CardEntry
from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.content import Content, Grid, Paragraph, Section
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.plans.model import PlanEvent, PlanVersion
from drillapp.core.plans.versions import begin_version, read_content, versions_of, write_content
from drillapp.core.search.hits import Hit, Place
from drillapp.core.search.passages import passage, squeezed
from drillapp.core.search.queries import search
from drillapp.core.search.rebuild import rebuild
from drillapp.core.supplies.commands import save_items, save_storehouses
from drillapp.core.supplies.entries import ItemEntry, StorehouseEntry
from drillapp.core.teams.commands import save_teams
from drillapp.core.teams.entries import TeamEntry
from drillapp.core.units.commands import save_people, save_posts, save_units
from drillapp.core.units.entries import PersonEntry, PostEntry, UnitEntry

TEXT = Content(
    (
        Section(1, "总则", "1", (Paragraph("为防范燃气泄漏，制定本预案。\n适用于西直门KFC餐厅。"),)),
        Section(2, "工作原则", "1.1", (Paragraph("以人为本，先救人后救物。"),)),
        Section(
            1,
            "应急响应",
            "2",
            (Paragraph("立即关闭阀门，禁止开关电器。"), Grid((("总指挥", "６６０１１２３４"),))),
        ),
        Section(2, "燃气泄漏处置", "2.1", (Paragraph("疏散人员至上风向。"),)),
    )
)


@pytest.fixture
def version(office: Office) -> int:
    """The draft of a plan with a text."""
    save_units(office, [UnitEntry(code="A", name="阳光大厦")])
    save_plans(office, [PlanEntry(number="YA-1", title="大厦综合预案", unit_code="A")])
    [plan] = [hit for hit in search(office, "YA-1") if hit.kind == "plans"]
    [draft] = versions_of(office, plan.id)
    write_content(office, draft.id, draft.revision, TEXT)
    return draft.id


def sections(office: Office, wanted: str) -> list[Hit]:
    return [hit for hit in search(office, wanted) if hit.kind == "sections"]


def titles(office: Office, wanted: str) -> list[str]:
    return [hit.title for hit in sections(office, wanted)]


def marked(hit: Hit) -> list[str]:
    return [hit.passage.text[first:behind] for first, behind in hit.passage.marks]


def approve(office: Office, plan_id: int, version_id: int, day: date) -> None:
    """As older records say it: without the review before."""
    values = {"plan_id": plan_id, "version_id": version_id, "kind": "approved", "happened_on": day}
    with office.write("test") as work:
        work.connection.execute(insert(PlanEvent).values(values))


def content_rewritten(office: Office, version_id: int, content: Content) -> None:
    with office.read() as connection:
        revision = connection.execute(
            select(PlanVersion.revision).where(PlanVersion.id == version_id)
        ).scalar_one()
    write_content(office, version_id, revision, content)


@pytest.mark.usefixtures("version")
@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("阀", ["2 应急响应"]),
        ("阀门", ["2 应急响应"]),
        ("以人为本先救人", ["1.1 工作原则"]),
        ("以人为本，先救人后救物。", ["1.1 工作原则"]),
        ("kfc", ["1 总则"]),
        ("门K", ["1 总则"]),
        ("FC餐", ["1 总则"]),
        ("66011234", ["2 应急响应"]),
        ("1123", ["2 应急响应"]),
        ("2.1", ["2.1 燃气泄漏处置"]),
        ("阀门 电器", ["2 应急响应"]),
        ("上风 燃气", ["2.1 燃气泄漏处置"]),
        ("阀门 上风", []),
        ("救人救物", []),
        ("预案适用", []),
        ("。", []),
        ("", []),
    ],
)
def test_any_words_of_a_text_find_its_section(office: Office, wanted: str, found: list[str]) -> None:
    assert titles(office, wanted) == found


def test_a_section_found_by_its_title_comes_first_and_records_before_all(
    office: Office, version: int
) -> None:
    assert titles(office, "燃气泄漏") == ["2.1 燃气泄漏处置", "1 总则"]
    save_units(office, [UnitEntry(code="B", name="燃气泄漏抢修站")])
    assert [hit.kind for hit in search(office, "燃气泄漏")] == ["units", "sections", "sections"]
    by_title, by_text = sections(office, "燃气泄漏")
    assert (by_title.subtitle, by_title.unit_name) == ("大厦综合预案 YA-1", "阳光大厦")
    assert by_title.place is not None
    assert by_title.place == Place(by_title.place.plan_id, version, 3)
    assert by_text.place is not None
    assert by_text.place.position == 0


def test_the_line_around_the_hit_is_shown_and_the_hit_marked(office: Office, version: int) -> None:
    [hit] = sections(office, "kfc")
    assert hit.passage.text == "适用于西直门KFC餐厅。"
    assert marked(hit) == ["KFC"]
    [hit] = sections(office, "指挥 6601")
    assert hit.passage.text == "总指挥 ６６０１１２３４"
    assert marked(hit) == ["指挥", "６６０１"]
    [hit] = sections(office, "人后")
    assert marked(hit) == ["人后"]
    hit, _other = sections(office, "泄漏")
    assert (hit.passage.text, marked(hit)) == ("疏散人员至上风向。", [])


def test_what_was_rewritten_is_found_and_what_stood_there_is_not(office: Office, version: int) -> None:
    old = read_content(office, version).sections
    new = (Section(1, "应急响应", "1", (Paragraph("拨打119。"),), old[2].lineage), Section(1, "附则", "2"))
    content_rewritten(office, version, Content(new))
    assert titles(office, "阀门") == titles(office, "总则") == []
    assert titles(office, "119") == ["1 应急响应"]
    assert titles(office, "附则") == ["2 附则"]


def test_only_the_version_in_force_is_looked_through_or_else_the_newest(office: Office, version: int) -> None:
    [hit] = sections(office, "阀门")
    assert hit.place is not None
    approve(office, hit.place.plan_id, version, date(2026, 3, 1))
    later = begin_version(office, hit.place.plan_id)
    text = Content((Section(1, "应急响应", "2", (Paragraph("立即关闭总阀。"),)),))
    content_rewritten(office, later, text)
    assert (titles(office, "阀门"), titles(office, "总阀")) == (["2 应急响应"], [])
    approve(office, hit.place.plan_id, later, date(2026, 9, 1))
    assert (titles(office, "阀门"), titles(office, "总阀")) == ([], ["2 应急响应"])
    office.as_of = date(2026, 8, 31)
    assert (titles(office, "阀门"), titles(office, "总阀")) == (["2 应急响应"], [])
    office.as_of = date(2026, 2, 1)  # nothing in force yet: the newest
    assert (titles(office, "阀门"), titles(office, "总阀")) == ([], ["2 应急响应"])


LINE = st.text(
    st.sampled_from("应急预案消防ABab01Ａ①㎡𠮷䶮 　\t，。（）'\"\\:*-¶&|!<>%_İß")
    | st.characters(exclude_categories=["Cs", "Cc"]),
    min_size=1,
    max_size=400,
)


def test_whatever_part_of_a_line_is_looked_for_the_section_is_found(office: Office, version: int) -> None:
    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(LINE, min_size=1, max_size=4), st.data())
    def look(lines: list[str], data: st.DataObject) -> None:
        text = Content((Section(1, "一", "", tuple(map(Paragraph, lines))), Section(1, "二")))
        content_rewritten(office, version, text)
        line = data.draw(st.sampled_from(lines))
        first = data.draw(st.integers(0, len(line) - 1))
        wanted = line[first : data.draw(st.integers(first + 1, len(line)))]
        if not squeezed(wanted):
            return
        [found] = [hit for hit in sections(office, wanted) if hit.title == "一"]
        if len(wanted.split()) == 1:
            assert all(squeezed(wanted) in squeezed(part) for part in marked(found))

    look()


def test_long_texts_with_one_word_over_and_over_are_found_by_what_stands_between(
    office: Office, version: int
) -> None:
    text = "的" * 5000 + "阀" + "的" * 20_000 + "门闩" + "的" * 300
    content_rewritten(office, version, Content((Section(1, "长", "", (Paragraph(text),)),)))
    for wanted in ("阀", "门闩", "的阀的", "的" * 30 + "门闩" + "的" * 27, "门闩" + "的" * 300):
        assert titles(office, wanted) == ["长"], wanted
    for wanted in ("阀门", "闩门"):
        assert titles(office, wanted) == [], wanted


def test_the_index_made_anew_finds_the_same(office: Office, version: int) -> None:
    save_people(office, [PersonEntry(unit_code="A", name="燃小明", post="班长")])
    save_posts(office, [PostEntry(unit_code="A", name="班长")])
    save_items(office, [ItemEntry(code="WZ-1", name="燃气检测仪", category="检测")])
    save_storehouses(office, [StorehouseEntry(code="CK-1", name="燃气站库", unit_code="A")])
    save_teams(office, [TeamEntry(name="燃气抢修队", unit_code="A")])
    save_drills(office, [DrillEntry(number="YL-1", title="燃气演练", unit_code="A", planned_on=office.as_of)])
    save_cards(office, [CardEntry(number="K-1", title="燃气卡", unit_code="A", post="班长")])
    questions = ("燃", "A", "ranqi", "rq", "班长", "1", "-1", "阀门", "大厦", "KFC", "燃气泄漏")
    before = [search(office, wanted) for wanted in questions]
    assert {hit.kind for hit in before[0]} >= {
        "people",
        "items",
        "storehouses",
        "teams",
        "drills",
        "cards",
        "sections",
    }
    with office.write("rebuild") as work:
        rebuild(work.connection)
    assert [search(office, wanted) for wanted in questions] == before


# Passages --------------------------------------------------------------------------------------------------------


def test_a_long_line_is_shown_around_the_first_hit() -> None:
    line = "甲" * 200 + "阀门" + "乙" * 200
    shown = passage(f"短行\n{line}\n", ["阀门"])
    assert shown.text == "…" + "甲" * 24 + "阀门" + "乙" * 74 + "…"
    assert [shown.text[first:behind] for first, behind in shown.marks] == ["阀门"]


def test_a_hit_near_the_end_of_a_line_is_brought_forward() -> None:
    assert passage("甲" * 30 + "阀门", ["阀门"]).text == "甲" * 30 + "阀门"
    assert passage("甲" * 50 + "阀门", ["阀门"]).text == "…" + "甲" * 24 + "阀门"


def test_the_line_that_holds_most_of_the_words_is_shown() -> None:
    shown = passage("有阀门\n有电器\n电器旁有阀门，阀门旁有电器", ["阀门", "电器"])
    assert shown.text.startswith("电器旁")
    assert len(shown.marks) == 4


def test_marks_that_touch_are_one() -> None:
    assert passage("消防演练", ["消防", "防演", "练"]).marks == ((0, 4),)
    assert passage("", ["火"]).text == ""
    assert passage("\n 开头\n", ["火"]) == (" 开头", ())


@given(LINE, st.data())
def test_what_is_marked_is_what_was_looked_for(line: str, data: st.DataObject) -> None:
    plain = squeezed(line)
    if not plain:
        return
    first = data.draw(st.integers(0, len(plain) - 1))
    wanted = plain[first : data.draw(st.integers(first + 1, len(plain)))]
    shown = passage(line, [wanted])
    start, behind = shown.marks[0]
    marked = squeezed(shown.text[start:behind])
    assert wanted in marked or (shown.text.endswith("…") and wanted[:20] in marked)
