"""What a plan of a kind must say: outlines as data, what a text lacks of them, what a broken file is refused for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest

from drillapp.core import enumerations, resources
from drillapp.core.errors import Damaged
from drillapp.core.i18n import use_language
from drillapp.core.plans.content import Content, Level, Named, Resource
from drillapp.core.plans.outline import Outline, filled_lists, lacks, outline_for, outlines, starting_content

SHARED = Path("/work/shared/data/plans")
FILE = """id = "own"
order = 1
zh = "本区模板"
en = "our template"
standard = "本区"
mark = "own"
tiers = ["district"]
kinds = ["special"]

[[entry]]
number = "1"
title = "总则"
mark = "own"

[[entry]]
number = "1.1"
title = "适用范围"
mark = "own"
"""


def said(outline: Outline, *, without: str = "", empty: str = "") -> list[tuple[int, str, bool]]:
    return [(e.level, e.title, e.title != empty) for e in outline.entry if e.title != without]


def told(outline: Outline, sections: list[tuple[int, str, bool]]) -> list[tuple[str, int | None]]:
    return [(lack.entry.title, lack.place) for lack in lacks(outline, sections)]


def test_every_kind_on_every_tier_has_an_outline() -> None:
    tiers = [*enumerations.codes("plan_tier"), None]
    kinds = [*enumerations.codes("plan_kind"), None]
    assert all(outline_for(kind, tier).entry for kind, tier in product(kinds, tiers))


@pytest.mark.parametrize(
    ("kind", "tier", "id"),
    [
        ("comprehensive", "unit", "gbt29639_comprehensive"),
        ("special", "unit", "gbt29639_special"),
        ("on_site", "unit", "gbt29639_on_site"),
        ("overall", "district", "government_overall"),
        ("special", "district", "government_special"),
        ("departmental", "district", "government_departmental"),
        ("joint", "district", "government_joint"),
        ("overall", "street", "gbt46793_street"),
        ("special", "street", "government_special"),
        ("overall", "community", "gbt46793_community"),
        (None, "street", "gbt46793_street"),
        (None, "district", "government_overall"),
        (None, None, "gbt29639_comprehensive"),
    ],
)
def test_the_outline_fits_kind_and_tier(kind: str | None, tier: str | None, id: str) -> None:
    assert outline_for(kind, tier).id == id


def test_the_five_heads_and_eight_annexes_of_the_standard_are_there() -> None:
    numbers = {entry.clause: entry.title for entry in outline_for("comprehensive", "unit").entry}
    assert [numbers[f"6.{n}"] for n in range(1, 6)] == [
        "总则",
        "应急组织机构及职责",
        "应急响应",
        "后期处置",
        "应急保障",
    ]
    assert [clause for clause in numbers if clause.startswith("9.")] == [f"9.{n}" for n in range(1, 9)]
    on_site = outline_for("on_site", "unit").entry
    assert [entry.clause for entry in on_site] == ["8.1", "8.2", "8.3", "8.4"]


def test_every_outline_says_where_it_is_from_and_what_to_write() -> None:
    for outline in outlines():
        assert outline.standard
        parents = {entry.number.rpartition(".")[0] for entry in outline.entry}
        for entry in outline.entry:
            speaks_for_itself = entry.number in parents or entry.filled_by or not entry.required
            assert entry.hint or speaks_for_itself, (outline.id, entry.title)
            assert len({entry.title, *entry.also}) == 1 + len(entry.also), entry.title


def test_a_new_text_starts_with_the_headings_and_lacks_nothing_but_words() -> None:
    outline = outline_for("special", "unit")
    content = starting_content(outline)
    assert [(s.number, s.title) for s in content.sections] == [(e.number, e.title) for e in outline.entry]
    empty = [(section.level, section.title, False) for section in content.sections]
    assert told(outline, empty) == [(e.title, n) for n, e in enumerate(outline.entry) if e.required]


def test_a_text_that_says_all_lacks_nothing() -> None:
    assert all(told(outline, said(outline)) == [] for outline in outlines())


@pytest.mark.parametrize("outline", outlines(), ids=lambda outline: outline.id)
def test_every_required_section_is_missed(outline: Outline) -> None:
    parents = {entry.number.rpartition(".")[0] for entry in outline.entry}
    for entry in outline.entry:
        if entry.required and entry.number not in parents:
            assert (entry.title, None) in told(outline, said(outline, without=entry.title))


def test_a_chapter_that_is_missing_is_told_once() -> None:
    outline = outline_for("comprehensive", "unit")
    rest = [
        row
        for row, entry in zip(said(outline), outline.entry, strict=True)
        if not entry.number.startswith("3")
    ]
    assert told(outline, rest) == [("应急响应", None)]


def test_a_chapter_says_something_when_a_section_below_it_does() -> None:
    outline = outline_for("special", "district")
    sections = said(outline, empty="总则")
    assert told(outline, sections) == []
    assert told(outline, [(level, title, level == 1 and title != "总则") for level, title, _own in sections])[
        0
    ] == (
        "总则",
        0,
    )


@pytest.mark.parametrize(
    "title",
    [
        "应急组织机构与职责",
        "2 应急组织机构及职责",
        "第二章　应急组织机构及职责",
        "二、应急组织机构和职责",
        "应急组织体系",
    ],
)
def test_a_section_is_known_by_what_else_plans_call_it(title: str) -> None:
    outline = outline_for("special", "unit")
    sections = [
        (level, title if name == "应急组织机构及职责" else name, own) for level, name, own in said(outline)
    ]
    assert told(outline, sections) == []


def test_a_list_stands_for_the_sections_own_words() -> None:
    outline = outline_for("comprehensive", "unit")
    content = Content(levels=(Level("一级"),), contacts=(Named("王"),), resources=(Resource("沙袋"),))
    filled = filled_lists(content)
    assert filled == {"levels", "contacts", "resources"}
    without = [row for row in said(outline) if "联系方式" not in row[1] and "清单" not in row[1]]
    assert list(lacks(outline, without, filled)) == []
    assert len(told(outline, without)) == 2


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared texts are not on this machine")
def test_the_state_plan_lacks_nothing_of_an_overall_plan() -> None:
    text = (SHARED / "国家突发事件总体应急预案2025.md").read_text(encoding="utf-8")
    heads = re.findall(r"^\**(\d(?:\.\d)*)　([^*\n]+)", text, re.MULTILINE)
    sections = [(number.count(".") + 1, title, True) for number, title in heads]
    assert len(sections) > 30
    assert told(outline_for("overall", "district"), sections) == []


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Puts one outline with this text in the place of those of the program."""
    enumeration = resources.resource_path("enumerations.toml").read_bytes()

    def put(text: str) -> None:
        (tmp_path / "standards").mkdir()
        (tmp_path / "standards" / "own.toml").write_text(text, encoding="utf-8")
        (tmp_path / "enumerations.toml").write_bytes(enumeration)
        monkeypatch.setattr(resources, "_root", lambda: tmp_path)
        _forget()

    use_language("en")
    yield put
    monkeypatch.undo()
    use_language("zh_CN")
    _forget()


def _forget() -> None:
    resources.load_toml.cache_clear()
    outlines.cache_clear()


def test_an_office_may_have_an_outline_of_its_own(given: Callable[[str], None]) -> None:
    given(FILE)
    assert (outline_for("special", "district").id, outline_for("special", "district").title) == (
        "own",
        "our template",
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "named"),
    [
        ('title = "适用范围"\n', "", 15, "title"),
        ('title = "适用范围"', "title = 3", 17, "title"),
        ('mark = "own"\n\n[[entry]]\nnumber = "1.1"', 'mark = "X"\n\n[[entry]]\nnumber = "1.1"', 13, "mark"),
        ('number = "1.1"', 'number = "1"', 16, "1 is there twice"),
        ('number = "1.1"', 'number = "2.1"', 16, "2.1 stands before 2"),
        ('kinds = ["special"]', 'kinds = ["spezial"]', 8, "spezial"),
        ('order = 1', 'order = "one"', 2, "order"),
        ("[[entry]]\nnumber = \"1.1\"", "[[entry\nnumber = \"1.1\"", 15, "line 15"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_an_outline_is_named(
    given: Callable[[str], None], old: str, new: str, line: int, named: str
) -> None:
    assert old in FILE
    given(FILE.replace(old, new))
    with pytest.raises(Damaged) as refused:
        outlines()
    assert f"own.toml cannot be read, line {line}:" in refused.value.message
    assert named in refused.value.message
