"""A remembered figure is shown only while facts, date, rules and language are those it was worked out from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copy, copytree

import pytest

from drillapp.core import i18n, remembered
from drillapp.core.office import Office
from drillapp.core.resources import resource_path
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    before = i18n.language()
    yield
    i18n.use_language(before)


def test_a_figure_comes_back_as_it_was(office: Office) -> None:
    assert remembered.recall(office, "units", dict[str, int]) is None
    assert remembered.remember(office, "units", lambda: {"count": 1}) == {"count": 1}
    assert remembered.recall(office, "units", dict[str, int]) == {"count": 1}
    assert remembered.recall(office, "plans", dict[str, int]) is None


def test_a_new_fact_another_day_or_language_forgets_it(office: Office) -> None:
    remembered.remember(office, "units", lambda: 1)
    office.as_of = date(2026, 1, 1)
    assert remembered.recall(office, "units", int) is None
    office.as_of = None
    assert remembered.recall(office, "units", int) == 1
    i18n.use_language("en" if i18n.language() == "zh_CN" else "zh_CN")
    assert remembered.recall(office, "units", int) is None
    i18n.use_language("en" if i18n.language() == "zh_CN" else "zh_CN")
    save_units(office, [UnitEntry(code="N", name="新")])
    assert remembered.recall(office, "units", int) is None


def test_a_figure_of_other_facts_is_not_kept(office: Office) -> None:
    def work_out() -> int:
        save_units(office, [UnitEntry(code="N", name="新")])
        return 1

    assert remembered.remember(office, "units", work_out) == 1
    assert remembered.recall(office, "units", int) is None


def test_new_rules_forget_it(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    remembered.remember(office, "units", lambda: 1)
    monkeypatch.setattr(remembered, "_edition", lambda: "other")
    assert remembered.recall(office, "units", int) is None


@pytest.mark.parametrize(
    "name",
    ["rules/drills.toml", "rules/plans/filing.toml", "rules/drills/reporting.toml", "standards/teams.toml"],
)
def test_each_file_that_duties_come_from_makes_another_edition(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("rules", "standards"):
        copytree(resource_path(folder), tmp_path / folder)
    copy(resource_path("readiness.toml"), tmp_path)
    monkeypatch.setattr(remembered, "resource_path", lambda told: tmp_path / told)
    told_of = remembered._edition.__wrapped__
    before = told_of()
    assert told_of() == before
    with (tmp_path / name).open("a") as file:
        file.write("# another")
    assert told_of() != before


def test_what_another_version_wrote_is_not_misread(office: Office) -> None:
    remembered.remember(office, "units", lambda: "text")
    assert remembered.recall(office, "units", int) is None


def test_a_read_only_office_works_it_out_and_keeps_nothing(office_file: object, office: Office) -> None:
    office.is_read_only = True
    assert remembered.remember(office, "units", lambda: 1) == 1
    assert remembered.recall(office, "units", int) is None
