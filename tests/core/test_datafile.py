"""Data files that come with the program or that an office corrects: what is wrong is named by file, line, field."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from drillapp.core import resources
from drillapp.core.datafile import BadField, line_of, read_data_file
from drillapp.core.errors import Damaged
from drillapp.core.i18n import use_language

GOOD = """# a comment
name = "outline"

[[entry]]
title = "总则"

[[entry]]
title = "组织"
weight = 2
"""


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    weight: int = 1


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    entry: tuple[Entry, ...]


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], str]]:
    def put(text: str) -> str:
        (tmp_path / "standards").mkdir()
        (tmp_path / "standards" / "own.toml").write_text(text, encoding="utf-8")
        monkeypatch.setattr(resources, "_root", lambda: tmp_path)
        resources.load_toml.cache_clear()
        return "standards/own.toml"

    use_language("en")
    yield put
    monkeypatch.undo()
    use_language("zh_CN")
    resources.load_toml.cache_clear()


def test_a_good_file_is_read(given: Callable[[str], str]) -> None:
    file = read_data_file(given(GOOD), File)
    assert file.entry[1] == Entry("组织", 2)


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        ('title = "组织"', 'titel = "组织"', 8, "titel"),
        ('title = "组织"\n', "", 7, "title"),
        ("weight = 2", 'weight = "two"', 9, "weight"),
        ('name = "outline"\n', "", 1, "name"),
        ('name = "outline"', "name = 7", 2, "name"),
        ("weight = 2", "weight = ", 9, "line 9"),
        ("weight = 2", "weight = 2\nweight = 3", 10, "line 10"),
    ],
)
def test_what_is_wrong_is_named_by_file_line_and_field(
    given: Callable[[str], str], old: str, new: str, line: int, field: str
) -> None:
    assert old in GOOD
    name = given(GOOD.replace(old, new))
    with pytest.raises(Damaged) as refused:
        read_data_file(name, File)
    message = refused.value.message
    assert "standards/own.toml" in message
    assert f"line {line}:" in message
    assert field in message
    assert refused.value.hint


def test_what_a_check_refuses_is_named_in_the_same_way(given: Callable[[str], str]) -> None:
    def check(file: File) -> None:
        for place, entry in enumerate(file.entry):
            if entry.weight > 1:
                raise BadField(f"entry[{place}].weight", "too heavy")

    with pytest.raises(Damaged, match=r"line 9: too heavy - entry\[1\]\.weight"):
        read_data_file(given(GOOD), File, check)


def test_a_line_is_the_fields_or_else_its_tables() -> None:
    assert line_of(GOOD, "entry[1].weight") == 9
    assert line_of(GOOD, "entry[0].weight") == 4
    assert line_of(GOOD, "nothing") == 1
