"""Which versions lack content: what was read once is read again only when it changed, in every seat and after a start."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from random import Random

import msgspec
import pytest
from sqlalchemy import Connection, func, select

from drillapp.core.clock import FixedClock
from drillapp.core.database.base import table_of
from drillapp.core.database.model import RememberedFigure
from drillapp.core.office import Office
from drillapp.core.plans import completeness, judged
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.completeness import incomplete_versions
from drillapp.core.plans.content import Content, Level, Named, Paragraph, Resource
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.plans.gaps import gaps_of
from drillapp.core.plans.model import PlanVersion
from drillapp.core.plans.outline import outline_for, starting_content
from drillapp.core.plans.versions import begin_version, versions_of, write_content
from drillapp.core.plans.writing import store_content
from drillapp.core.rules.queries import obligations
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry
from drillapp.core.units.references import unit_id
from drillapp.core.work import Work

PUBLISHED = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def units(office: Office) -> None:
    save_units(office, [
        UnitEntry(code="S", name="德胜街道", kind="street", parent_code="110102"),
        UnitEntry(code="E", name="商场", kind="enterprise", parent_code="S"),
        UnitEntry(code="F", name="书店", kind="enterprise", parent_code="110102"),
    ])  # fmt: skip


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Collects the versions whose text is read."""
    seen: list[int] = []
    judge = completeness._incomplete

    def look(connection: Connection, versions: Collection[int]) -> Iterator[int]:
        seen.extend(sorted(versions))
        return judge(connection, versions)

    monkeypatch.setattr(completeness, "_incomplete", look)
    return seen


def plan(office: Office, number: str, unit: str = "E", kind: str = "on_site") -> int:
    """A plan in force; the key of its version."""
    dates = {"approved_on": PUBLISHED, "published_on": PUBLISHED}
    (key,) = save_plans(
        office, [PlanEntry(number=number, title="预案", unit_code=unit, kind=kind, **dates)]
    ).ids
    assert key is not None
    return versions_of(office, key)[0].id


def plan_of(office: Office, version: int) -> int:
    with office.read() as connection:
        return connection.execute(select(PlanVersion.plan_id).where(PlanVersion.id == version)).scalar_one()


def said(kind: str = "on_site", silent: int | None = None) -> Content:
    """What the outline of a kind asks for, with a word in every section but one."""
    sections = starting_content(outline_for(kind, None)).sections
    return Content(
        tuple(
            one if place == silent else msgspec.structs.replace(one, blocks=(Paragraph("内容。"),))
            for place, one in enumerate(sections)
        )
    )


def states(office: Office) -> dict[str, str]:
    rows = obligations(office, settled_by=("plan_outlined",))
    return {row.evidence[0]: row.state for row in rows}


def incomplete(office: Office, unit: str | None = None) -> frozenset[int]:
    with office.read() as connection:
        return incomplete_versions(connection, unit and unit_id(connection, unit))


def test_a_plan_written_anew_changes_its_own_state_and_is_the_only_one_read(
    office: Office, read: list[int]
) -> None:
    one, other, third = (plan(office, number, unit) for number, unit in (("1", "E"), ("2", "E"), ("3", "F")))
    for version in (one, other, third):
        write_content(office, version, 1, said())
    assert states(office) == {"1": "met", "2": "met", "3": "met"}
    assert sorted(read) == sorted((one, other, third))
    read.clear()
    draft = begin_version(office, plan_of(office, one))
    write_content(office, draft, 1, said(silent=0))
    assert incomplete(office) == {draft}
    write_content(office, draft, 2, said())
    assert incomplete(office) == frozenset()
    write_content(office, draft, 3, said(silent=1))
    assert (incomplete(office, "E"), incomplete(office, "F")) == ({draft}, frozenset())
    assert states(office) == {"1": "met", "2": "met", "3": "met"}
    assert read == [draft] * 3


def test_a_plan_of_another_kind_is_read_by_the_outline_of_that_kind(office: Office, read: list[int]) -> None:
    key, other = plan(office, "1"), plan(office, "2")
    for version in (key, other):
        write_content(office, version, 1, said("on_site"))
    assert states(office) == {"1": "met", "2": "met"}
    read.clear()
    save_plans(office, [PlanEntry(number="1", title="预案", unit_code="E", kind="overall")])
    assert (states(office), read) == ({"1": "overdue", "2": "met"}, [key])
    save_plans(office, [PlanEntry(number="1", title="预案", unit_code="E", kind="on_site")])
    assert states(office) == {"1": "met", "2": "met"}


@pytest.mark.parametrize("seed", range(3))
def test_after_any_edits_it_is_what_the_pages_of_the_plans_say(office: Office, seed: int) -> None:
    random = Random(seed)
    newest = {
        f"{unit}{place}": plan(office, f"{unit}{place}", unit)
        for unit in ("S", "E", "F")
        for place in range(2)
    }
    drafts = _drafts(office, newest)
    for step in range(12):
        number = random.choice(sorted(newest))
        if random.random() < 0.25:
            kind = random.choice(("overall", "special", "on_site", None))
            save_plans(office, [PlanEntry(number=number, title="预案", unit_code=number[0], kind=kind)])
        else:
            drafts[number] += 1
            write_content(office, newest[number], drafts[number], _random_content(random))
        if step % 3 == 2:
            unit = random.choice((None, "S", "E"))
            assert incomplete(office, unit) == _by_the_pages(office, newest, unit)


def _drafts(office: Office, newest: dict[str, int]) -> dict[str, int]:
    """A draft of each plan's second version in the place of the first; the revision before its next."""
    for number, version in newest.items():
        newest[number] = begin_version(office, plan_of(office, version))
    return dict.fromkeys(newest, 0)


def _random_content(random: Random) -> Content:
    kind = random.choice(("overall", "on_site"))
    text = said(kind, random.randrange(12) if random.random() < 0.5 else None).sections
    sections = text if random.random() < 0.8 else text[random.randrange(3) :]
    return Content(
        sections,
        levels=(Level("一级"),) * random.randrange(2),
        roster=(Named("张三"),) * random.randrange(2),
        contacts=(Named("李四"),) * random.randrange(2),
        resources=(Resource("水泵"),) * random.randrange(2),
    )


def _by_the_pages(office: Office, newest: dict[str, int], unit: str | None) -> set[int]:
    below = {None: "SEF", "S": "SE", "E": "E"}[unit]
    return {
        version for number, version in newest.items()
        if number[0] in below
        and {"section_missing", "section_empty"} & {gap.kind for gap in gaps_of(office, version)}
    }  # fmt: skip


def test_what_was_undone_is_not_kept(office: Office) -> None:
    version = plan(office, "1")
    write_content(office, version, 1, said())
    assert incomplete(office) == frozenset()
    with pytest.raises(Undone):
        _write_and_undo(office, version)
    with office.write("test") as work:
        _count_up(work, version)
        assert incomplete_versions(work.connection, None) == frozenset()
    assert incomplete(office) == frozenset()


class Undone(Exception): ...


def _write_and_undo(office: Office, version: int) -> None:
    with office.write("test") as work:
        _count_up(work, version)
        store_content(work.connection, version, said(silent=0))
        assert incomplete_versions(work.connection, None) == {version}
        raise Undone


def _count_up(work: Work, version: int) -> None:
    table = table_of(PlanVersion)
    work.connection.execute(table.update().where(table.c.id == version).values(revision=3))


def kept(office: Office) -> int:
    with office.read() as connection:
        name = RememberedFigure.name.startswith("plan completeness")
        return connection.execute(select(func.count()).select_from(RememberedFigure).where(name)).scalar_one()


def test_the_next_start_and_a_read_only_window_read_no_text_again(
    office: Office, office_location: str, clock: FixedClock, read: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judged, "_WORTH_KEEPING", 2)
    one, other = plan(office, "1"), plan(office, "2")
    write_content(office, one, 1, said())
    states(office)
    assert kept(office) == 0  # too little to be written
    write_content(office, other, 1, said(silent=0))
    states(office)
    assert kept(office) == 1
    read.clear()
    with Office.open(office_location, mode="read", clock=clock) as reader:
        assert states(reader) == {"1": "met", "2": "overdue"}
        assert read == []
        save_plans(
            office, [PlanEntry(number=str(n), title="预案", unit_code="E", kind="overall") for n in (1, 2)]
        )
        assert states(reader) == {"1": "overdue", "2": "overdue"}
        assert read == [one, other]
    read.clear()
    with Office.open(office_location, mode="read", clock=clock) as later:
        assert states(later) == states(office) == {"1": "overdue", "2": "overdue"}
    assert read == [one, other] * 2  # the reader kept nothing; now the writing seat has


def test_while_somebody_writes_answers_are_given_and_kept_later(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judged, "_WORTH_KEEPING", 1)
    version = plan(office, "1")
    write_content(office, version, 1, said(silent=0))
    with office.write("test"):
        assert states(office) == {"1": "overdue"}
    states(office)
    assert kept(office) == 1
