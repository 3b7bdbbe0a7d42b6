"""The forms are the standards' as far as known; what is wrong in a file is named; answers convert."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from drillapp.core import resources
from drillapp.core.drills.evaluation.conversion import allowed, convert, kind_of, share_of
from drillapp.core.drills.evaluation.forms import evaluation_form, evaluation_forms, read_form, usual_form
from drillapp.core.drills.evaluation.rule import read_rule
from drillapp.core.errors import Damaged, NotFound
from drillapp.core.resources import load_toml, resource_path


def test_the_live_form_has_the_groups_of_annex_a() -> None:
    form = evaluation_form("yjt9009_live")
    counts = {group.code: len(group.item) for group in form.group}
    assert counts == {
        "A1": 10, "A2": 9, "A3": 9, "B1": 8, "B2": 5, "B3": 4, "B4": 11, "B5": 8, "B6": 4, "B7": 4, "B8": 4, "B9": 4,
        "B10": 4, "B11": 4, "B12": 4, "B13": 8,
    }  # fmt: skip
    assert form.items["B4.6"].zh == "重要岗位有后备、可轮换"
    assert (form.items["B4.6"].mark, form.items["B4.5"].mark, form.items["A1.3"].mark) == ("V", "M", "V")
    assert all(form.kind_of(item) == "yes_no" for item in form.items.values())


def test_the_other_forms() -> None:
    counts = {name: [len(group.item) for group in form.group] for name, form in evaluation_forms().items()}
    assert counts["yjt9009_tabletop"] == [10, 20]
    assert len(evaluation_form("community_short").items) <= 15
    form = evaluation_form("gbt46792")
    assert {form.kind_of(item) for item in form.items.values()} == {"yes_no", "choice", "score"}
    assert form.mark == "own"
    assert [usual_form(kind).id for kind in ("live", "tabletop", None)] == [
        "yjt9009_live", "yjt9009_tabletop", "yjt9009_live",
    ]  # fmt: skip
    with pytest.raises(NotFound):
        evaluation_form("weather")


@pytest.mark.parametrize("kind", ["yes_no", "choice", "score"])
def test_answers_convert_there_and_back(kind: str) -> None:
    for value in allowed(kind):  # type: ignore[arg-type]
        assert convert(value, kind) == value  # type: ignore[arg-type]
        for other in ("yes_no", "choice", "score"):
            assert convert(value, other) in allowed(other)  # type: ignore[arg-type]
    shares = [share_of(value) for value in allowed(kind)[:-1]]  # type: ignore[arg-type]
    assert shares == sorted(shares, key=lambda share: -(share or 0))


def test_how_answers_are_read_as_others() -> None:
    assert [convert(value, "score") for value in ("yes", "no", "mostly", "partly", "na")] == ["5", "0", "4", "3", "na"]  # fmt: skip
    assert [convert(value, "yes_no") for value in ("full", "mostly", "partly", "3", "2")] == ["yes", "yes", "no", "yes", "no"]  # fmt: skip
    assert [convert(value, "choice") for value in ("yes", "no", "4", "3", "1")] == ["full", "none", "mostly", "partly", "none"]  # fmt: skip
    assert [kind_of(value) for value in ("6", "-1", "perhaps", "na", "")] == [None] * 5


@pytest.fixture
def changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str, str], str]:
    """A file of resources with a text in it replaced, in a folder of its own."""

    def make(name: str, old: str, new: str) -> str:
        text = (resource_path("standards/evaluation") / name).read_text(encoding="utf-8")
        assert old in text
        folder = tmp_path / "standards" / "evaluation"
        folder.mkdir(parents=True)
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        (tmp_path / "enumerations.toml").write_bytes(resource_path("enumerations.toml").read_bytes())
        monkeypatch.setattr(resources, "_root", lambda: tmp_path)
        load_toml.cache_clear()
        return f"standards/evaluation/{name}"

    return make


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    yield
    load_toml.cache_clear()


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('code = "S1.2"', 'code = "S1.1"', "group[0].item[1].code"),
        ('code = "S1.2"', 'code = "S9.2"', "group[0].item[1].code"),
        ('code = "S1.2"', 'code = "two"', "group[0].item[1].code"),
        ('code = "S2"', 'code = "S1"', "group[1].code"),
        ('id = "community_short"', 'id = "other"', "id"),
        ("forms = []", 'forms = ["swimming"]', "forms"),
        ('answer = "yes_no"', 'answer = "maybe"', "answer"),
        ("critical = true", "kritical = true", "kritical"),
    ],
)
def test_a_wrong_form_is_named_by_file_line_and_field(
    changed: Callable[[str, str, str], str], old: str, new: str, field: str
) -> None:
    with pytest.raises(Damaged) as damaged:
        read_form(changed("community_short.toml", old, new))
    words = damaged.value.message
    assert "standards/evaluation/community_short.toml" in words
    assert field in words
    said = re.search(r"line (\d+)|第(\d+)行", words)
    assert said is not None
    lines = (
        resource_path("standards/evaluation/community_short.toml").read_text(encoding="utf-8").splitlines()
    )
    assert new in lines[int(said[1] or said[2]) - 1]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('code = "good"', 'code = "fine"', "level[0].code"),
        ("score_most = 5", "score_most = 7", "conversion.score_most"),
        ("share = 80", "share = 95", "conversion.choice[1].share"),
        ("fault_below = 60", "fault_below = 160", "fault_below"),
        ('code = "poor"', 'code = "poor"\nlate_most = 1', "level[3].code"),
    ],
)
def test_a_wrong_rule_is_named_by_field(
    changed: Callable[[str, str, str], str], old: str, new: str, field: str
) -> None:
    with pytest.raises(Damaged) as damaged:
        read_rule(changed("rating.toml", old, new))
    assert field in damaged.value.message
    assert "rating.toml" in damaged.value.message
