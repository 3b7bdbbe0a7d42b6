"""What is recognised in the texts of plans is data: an office may add to it, and a mistake in it is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from drillapp.core import resources
from drillapp.core.errors import Damaged
from drillapp.core.i18n import use_language
from drillapp.core.plans import outline
from drillapp.core.plans.document import is_annex
from drillapp.core.plans.grammar import grammar
from drillapp.core.plans.outline import title_key
from drillapp.core.plans.word import marks
from drillapp.core.plans.word.marks import mark_of
from drillapp.core.plans.word.reading import read_word
from drillapp.core.resources import load_toml, resource_path

FILE = resource_path("plan_text.toml").read_text(encoding="utf-8")


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Puts another text in the place of the program's."""

    def put(text: str) -> None:
        (tmp_path / "plan_text.toml").write_text(text, encoding="utf-8")
        monkeypatch.setattr(resources, "_root", lambda: tmp_path)
        _forget()

    use_language("en")
    yield put
    monkeypatch.undo()
    use_language("zh_CN")
    _forget()


def _forget() -> None:
    for found in (load_toml, grammar, title_key, outline._leading_number, marks._patterns):
        found.cache_clear()


def test_another_word_for_a_chapter_is_recognised_in_texts_and_in_titles(
    given: Callable[[str], None],
) -> None:
    assert mark_of("第三单元 监测预警") is None
    given(FILE.replace('chapter = ["章"]', 'chapter = ["章", "单元"]'))
    mark = mark_of("第三单元 监测预警")
    assert mark is not None
    assert (mark.kind, mark.path, mark.title) == ("chapter", (3,), "监测预警")
    assert title_key("第三单元 监测预警") == title_key("监测预警")


@pytest.mark.parametrize(
    ("old", "new", "where", "named"),
    [
        ('ordinal = "第"', 'ordinal = ""', 'ordinal = "第"', "numbers.ordinal"),
        (
            'digits = "〇一二三四五六七八九"',
            'digits = "一二三四五六七八九"',
            'digits = "〇一二三四五六七八九"',
            "numerals.digits",
        ),
        ('hei = "黑体"\n', "", "[fonts]", "hei"),
    ],
)
def test_a_mistake_is_named_before_a_document_is_opened(
    given: Callable[[str], None], tmp_path: Path, old: str, new: str, where: str, named: str
) -> None:
    line = FILE.splitlines().index(where) + 1
    given(FILE.replace(old, new, 1))
    with pytest.raises(Damaged) as error:
        read_word(tmp_path / "plan.docx")
    assert f"plan_text.toml cannot be read, line {line}:" in error.value.message
    assert named in error.value.message


@pytest.mark.parametrize(
    ("title", "same"),
    [
        ("第一部分 总则", "总则"),
        ("附录A 应急资源调查报告", "附件A 应急资源调查报告"),
        ("监测与预警", "监测和预警"),
        ("应急处置的程序", "应急处置程序"),
    ],
)
def test_titles_that_differ_in_their_number_or_small_words_count_as_alike(title: str, same: str) -> None:
    assert title_key(title) == title_key(same)


@pytest.mark.parametrize(
    ("number", "is_one"), [("附件1", True), ("附录A", True), ("附 件 2", True), ("第一章", False)]
)
def test_what_begins_on_a_page_of_its_own(number: str, is_one: bool) -> None:
    assert is_annex(number) == is_one
