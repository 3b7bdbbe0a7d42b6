"""What stands above the columns of printed lists, and how moments stand in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from typer.testing import CliRunner

from drillapp.cli import app
from drillapp.commands.heads import heads_of
from drillapp.core.i18n import language, use_language
from drillapp.core.kinds import KINDS

from .line import Line


@pytest.fixture
def chinese() -> Iterator[None]:
    spoken = language()
    use_language("zh_CN")
    yield
    use_language(spoken)


def printed(line: Line, *arguments: str) -> list[list[str]]:
    """The cells of what a command prints in Chinese."""
    options = ("--office", line.office, "--as-of", "2026-11-24", "--lang", "zh_CN")
    result = CliRunner().invoke(app, [*options, *arguments])
    assert result.exit_code == 0, result.output
    return [row.split("\t") for row in result.stdout.splitlines()]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.usefixtures("chinese")
def test_every_column_of_a_list_has_a_chinese_head(kind: str) -> None:
    internal = {"id", "revision"}
    names = [
        name
        for name in KINDS[kind].listing.row.__struct_fields__
        if name not in internal and not name.endswith("_id")
    ]
    heads = dict(zip(names, heads_of(names, kind), strict=True))
    assert {name for name, head in heads.items() if re.search("[a-z]", head)} == set()


def test_a_list_speaks_the_language_of_its_run(line: Line) -> None:
    head, *rows = printed(line, "list", "units")
    assert head[:3] == ["单位编码", "单位名称", "上级单位编码"]
    assert "110102" in {row[0] for row in rows}
    english = line.ok("list", "units").splitlines()[0].split("\t")
    assert english[:3] == ["code", "name", "parent_code"]
    assert set(line.json("list", "units")[0]) >= set(english), "other programs read the same names as ever"


def test_moments_stand_by_the_clock_on_the_wall(line: Line) -> None:
    head, row, *_rest = printed(line, "imports")
    assert head[:2] == ["编号", "时间"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00", row[1])
    assert line.json("imports")[0]["at"].endswith(("Z", "+00:00"))


def test_what_nobody_named_keeps_its_name() -> None:
    assert heads_of(["no_such_column"]) == ["no_such_column"]
