"""A plan's versions: begun, written while drafts, never changed once approved, in force one at a time."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import pytest
from sqlalchemy import func, select

from drillapp.core.attachments.model import Attachment
from drillapp.core.attachments.store import content_of, digest_of
from drillapp.core.drills.commands import save_drills, save_findings
from drillapp.core.drills.entries import DrillEntry, FindingEntry
from drillapp.core.errors import Conflict, InvalidInput, NotFound
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.plans import versions
from drillapp.core.plans.answers import answer_finding, open_findings
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.content import (
    Content,
    Grid,
    Level,
    LevelAction,
    Named,
    Paragraph,
    Picture,
    Resource,
    Section,
)
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.plans.lifecycle import EventEntry, record_event
from drillapp.core.plans.papers import NewPaper, add_paper, add_papers, papers_of
from drillapp.core.plans.queries import PLAN_VERSIONS
from drillapp.core.plans.versions import (
    VersionRow,
    begin_version,
    begin_version_with,
    describe_version,
    read_content,
    version_in_force,
    versions_of,
    write_content,
)
from tests.journaled import commands

OWN = "110102"
FLOOD = Content(
    sections=(
        Section(1, "总则", "1"),
        Section(
            2, "适用范围", "1.1", (Paragraph("适用于本区。"), Grid((("级别", "条件"), ("一级", "红")), 1))
        ),
        Section(1, "应急响应", "2", (Paragraph("䶮𠮷"),)),
    ),
    levels=(
        Level(
            "一级",
            "红色预警",
            "总指挥",
            (LevelAction("到岗", "指挥部", 30), LevelAction("转移")),
        ),
        Level("二级"),
    ),
    roster=(Named("张三", "总指挥", "区政府", "010-1", "指挥"),),
    contacts=(Named("李四", phone="110"), Named(organisation="供电公司", phone="95598")),
    resources=(Resource("水泵", "3台", "一号库", "王五", "120"),),
)


class File(NamedTuple):
    digest: str
    media_type: str
    content: bytes


def plan(office: Office, number: str = "P", **said: Any) -> int:
    entry = PlanEntry(**{"number": number, "title": "防汛预案", "unit_code": OWN, "kind": "special"} | said)
    (key,) = save_plans(office, [entry]).ids
    assert key is not None
    return key


def newest(office: Office, plan_id: int) -> VersionRow:
    return versions_of(office, plan_id)[0]


def happened(office: Office, version: int, kind: str, day: date, **said: str) -> None:
    record_event(office, EventEntry(version_id=version, kind=kind, happened_on=day, **said))


def approve(office: Office, version: int, day: date) -> None:
    happened(office, version, "risk_assessed", day)
    happened(office, version, "approved", day)


def plain(content: Content) -> Content:
    """Without what storing adds."""
    sections = tuple(Section(one.level, one.title, one.number, one.blocks) for one in content.sections)
    return Content(sections, content.levels, content.roster, content.contacts, content.resources)


def test_what_is_written_is_read(office: Office) -> None:
    draft = newest(office, plan(office))
    write_content(office, draft.id, draft.revision, FLOOD)
    read = read_content(office, draft.id)
    assert plain(read) == FLOOD
    assert len({section.lineage for section in read.sections}) == 3
    write_content(office, draft.id, draft.revision + 1, read)
    assert read_content(office, draft.id) == read
    write_content(office, draft.id, draft.revision + 2, Content())
    assert read_content(office, draft.id) == Content()


def test_a_section_that_is_carried_on_keeps_its_key_wherever_it_moves(office: Office) -> None:
    draft = newest(office, plan(office))
    write_content(office, draft.id, 1, FLOOD)
    first, second, third = read_content(office, draft.id).sections
    moved = Content(sections=(third, Section(1, "新增"), first, first))
    write_content(office, draft.id, 2, moved)
    sections = read_content(office, draft.id).sections
    assert [section.title for section in sections] == ["应急响应", "新增", "总则", "总则"]
    assert (sections[0].id, sections[2].id) == (third.id, first.id)
    assert second.id not in {section.id for section in sections}
    assert len({section.lineage for section in sections}) == 4


def test_whoever_writes_on_an_older_state_is_told(office: Office) -> None:
    draft = newest(office, plan(office))
    write_content(office, draft.id, 1, FLOOD)
    with pytest.raises(Conflict):
        write_content(office, draft.id, 1, Content())
    assert plain(read_content(office, draft.id)) == FLOOD


def test_an_approved_version_is_not_changed(office: Office) -> None:
    draft = newest(office, plan(office))
    write_content(office, draft.id, 1, FLOOD)
    approve(office, draft.id, date(2026, 3, 1))
    with pytest.raises(InvalidInput):
        write_content(office, draft.id, 2, Content())
    with pytest.raises(InvalidInput):
        describe_version(office, draft.id, 2, label="x", summary="")


@pytest.mark.parametrize("written", [FLOOD, Content(levels=FLOOD.levels), Content(resources=FLOOD.resources)])
def test_an_approved_version_without_content_is_given_it_once(office: Office, written: Content) -> None:
    """As a ledger brings it: a label and dates alone."""
    version = newest(office, plan(office, version="2024版", approved_on=date(2024, 3, 1)))
    assert version.state == "in_force"
    write_content(office, version.id, 1, written)
    assert plain(read_content(office, version.id)) == written
    for again in (FLOOD, Content()):
        with pytest.raises(InvalidInput):
            write_content(office, version.id, 2, again)
    with pytest.raises(InvalidInput):
        describe_version(office, version.id, 2, label="x", summary="")
    assert plain(read_content(office, version.id)) == written


def test_a_version_is_begun_with_its_content_in_one_or_not_at_all(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = plan(office, version="1", approved_on=date(2024, 3, 1))
    picture = File(digest_of(b"png"), "image/png", b"png")
    shown = Content(sections=(Section(1, "图", "", (Picture(picture.digest),)),))
    before = commands(office)
    with pytest.raises(InvalidInput):
        begin_version_with(office, key, shown, label="2")
    with pytest.raises(InvalidInput):
        begin_version_with(office, key, shown, [picture], label="1")
    with monkeypatch.context() as patch:
        patch.setattr(versions, "store_content", disk_is_full)
        with pytest.raises(OSError, match="full"):
            begin_version_with(office, key, shown, [picture], label="2")
    assert ([one.label for one in versions_of(office, key)], commands(office)) == (["1"], before)
    with pytest.raises(NotFound):
        content_of(office, picture.digest)
    second = begin_version_with(office, key, shown, [picture], label="2", summary="图")
    assert [(one.label, one.state) for one in versions_of(office, key)] == [
        ("2", "drafting"),
        ("1", "in_force"),
    ]
    assert plain(read_content(office, second)) == shown
    assert commands(office) == [*before, "begin plan version"]


def disk_is_full(*_args: object) -> None:
    raise OSError("The disk is full.")


@pytest.mark.parametrize(
    "content",
    [
        Content(sections=(Section(1, " "),)),
        Content(sections=(Section(0, "总则"),)),
        Content(sections=(Section(1, "总则", "", (Paragraph("a\x00b"),)),)),
        Content(sections=(Section(1, "总则", "", (Paragraph("\ud800"),)),)),
        Content(sections=(Section(1, "长" * 4001),)),
        Content(sections=tuple(Section(1, str(i)) for i in range(5001))),
        Content(sections=(Section(1, "图", "", (Picture("0" * 64),)),)),
        Content(levels=(Level("一级", "\x00"),)),
        Content(roster=(Named("长" * 4001),)),
    ],
)
def test_what_cannot_be_kept_is_refused_whole(office: Office, content: Content) -> None:
    draft = newest(office, plan(office))
    with pytest.raises(InvalidInput):
        write_content(office, draft.id, 1, content)
    assert (newest(office, draft.plan_id).revision, read_content(office, draft.id)) == (1, Content())


def test_pictures_are_kept_once_for_all_versions(office: Office) -> None:
    picture = File(digest_of(b"png"), "image/png", b"png")
    unseen = File(digest_of(b"other"), "image/png", b"other")
    shown = Content(sections=(Section(1, "图", "", (Picture(picture.digest, 80.0, "路线"),)),))
    draft = newest(office, plan(office))
    write_content(office, draft.id, 1, shown, [picture, picture, unseen])
    write_content(office, draft.id, 2, shown)
    assert content_of(office, picture.digest) == b"png"
    with pytest.raises(NotFound):
        content_of(office, unseen.digest)


def test_papers_are_kept_with_their_bytes(office: Office) -> None:
    draft = newest(office, plan(office))
    for name in ("报告.pdf", "副本.pdf"):
        add_paper(office, draft.id, "risk_assessment", name, b"%PDF-1", "application/pdf")
    found = papers_of(office, draft.id)
    assert [(paper.kind, paper.name, paper.size) for paper in found] == [
        ("risk_assessment", "报告.pdf", 6),
        ("risk_assessment", "副本.pdf", 6),
    ]
    assert content_of(office, found[0].digest) == b"%PDF-1"
    with office.read() as connection:
        assert connection.execute(select(func.count()).select_from(Attachment)).scalar_one() == 1
    for kind, name, content in (
        ("poem", "a", b"1"),
        ("annex", " ", b"1"),
        ("annex", "a", b""),
        ("annex", "a", b"1" * 20_000_001),
    ):
        with pytest.raises(InvalidInput):
            add_paper(office, draft.id, kind, name, content, "application/pdf")


def test_of_several_papers_all_are_kept_or_none(office: Office) -> None:
    draft = newest(office, plan(office))
    good, bad = (NewPaper(f"{size}.pdf", b"%" * size, "application/pdf") for size in (1, 0))
    before = commands(office)
    with pytest.raises(InvalidInput):
        add_papers(office, draft.id, "annex", [good, bad])
    assert (papers_of(office, draft.id), commands(office)) == ([], before)
    add_papers(office, draft.id, "annex", [good, good])
    assert [paper.name for paper in papers_of(office, draft.id)] == ["1.pdf", "1.pdf"]
    assert commands(office) == [*before, "add plan paper"]


def test_a_new_version_carries_on_the_newest_or_begins_with_its_outline(office: Office) -> None:
    first = newest(office, plan(office))
    write_content(office, first.id, 1, FLOOD)
    with pytest.raises(InvalidInput):  # one draft at a time
        begin_version(office, first.plan_id)
    approve(office, first.id, date(2026, 3, 1))
    second = begin_version(office, first.plan_id, label="2", summary="改")
    old, new = read_content(office, first.id), read_content(office, second)
    assert plain(new) == FLOOD
    assert [section.lineage for section in new.sections] == [section.lineage for section in old.sections]
    assert not {section.id for section in new.sections} & {section.id for section in old.sections}
    approve(office, second, date(2026, 4, 1))
    with pytest.raises(InvalidInput):
        begin_version(office, first.plan_id, label="2")
    third = begin_version(office, first.plan_id, start="outline")
    assert read_content(office, third).sections
    save_plans(office, [PlanEntry(number="P", title="防汛预案", unit_code=OWN, retired_on=date(2026, 5, 1))])
    with pytest.raises(InvalidInput):
        begin_version(office, first.plan_id)
    with pytest.raises(NotFound):
        begin_version(office, 99)


def test_one_version_is_in_force_on_any_day(office: Office) -> None:
    key = plan(office)
    first = newest(office, key).id
    approve(office, first, date(2026, 3, 1))
    happened(office, first, "published", date(2026, 3, 5))
    second = begin_version(office, key)
    approve(office, second, date(2026, 6, 1))
    happened(office, second, "published", date(2026, 6, 10))
    save_plans(office, [PlanEntry(number="P", title="防汛预案", unit_code=OWN, retired_on=date(2026, 9, 1))])
    seen = {}
    for day in (
        date(2026, 2, 1),
        date(2026, 3, 2),
        date(2026, 3, 5),
        date(2026, 6, 9),
        date(2026, 6, 10),
        date(2026, 9, 1),
    ):
        office.as_of = day
        states = {row.id: row.state for row in versions_of(office, key)}
        listed = {row.id: row.state for row in first_rows(office, PLAN_VERSIONS, View(retired=True), 9)}
        assert listed == states
        seen[day.isoformat()] = (states[first], states[second], version_in_force(office, key))
    assert seen == {
        "2026-02-01": ("drafting", "drafting", None),
        "2026-03-02": ("approved", "drafting", None),
        "2026-03-05": ("in_force", "drafting", first),
        "2026-06-09": ("in_force", "approved", first),
        "2026-06-10": ("superseded", "in_force", second),
        "2026-09-01": ("superseded", "retired", None),
    }
    ends = [(row.begin, row.end) for row in versions_of(office, key)]
    assert ends == [(date(2026, 6, 10), date(2026, 9, 1)), (date(2026, 3, 5), date(2026, 6, 10))]


def test_a_revision_answers_every_open_finding(office: Office) -> None:
    key = plan(office)
    first = newest(office, key).id
    write_content(office, first, 1, FLOOD)
    approve(office, first, date(2026, 3, 1))
    save_drills(
        office,
        [DrillEntry(number="D", unit_code=OWN, title="演练", plan_number="P", planned_on=date(2026, 5, 1))],
    )
    save_findings(
        office,
        [
            FindingEntry(drill_number="D", number=number, text=text, done_on=done)
            for number, text, done in (
                ("1", "电话过期", None),
                ("2", "分工不清", None),
                ("3", "缺水泵", date(2026, 6, 1)),
            )
        ],
    )
    second = begin_version(office, key)
    happened(office, second, "risk_assessed", date(2026, 7, 1))
    one, two = open_findings(office, key)
    assert [(found.number, found.decision) for found in (one, two)] == [("1", None), ("2", None)]
    with pytest.raises(InvalidInput) as refusal:
        happened(office, second, "approved", date(2026, 7, 2))
    assert "2" in refusal.value.message
    section = read_content(office, second).sections[1]
    for wrong in (
        ("addressed", None, ""),
        ("declined", None, " "),
        ("ignored", None, "x"),
        ("addressed", 1, ""),
    ):
        with pytest.raises(InvalidInput):
            answer_finding(office, second, one.id, *wrong)
    answer_finding(office, second, one.id, "addressed", section.id)
    answer_finding(office, second, two.id, "declined", reason="与预案无关")
    assert [found.decision for found in open_findings(office, key)] == ["addressed", "declined"]
    # The section that addressed it is left out: the finding is open again.
    kept = tuple(one for one in read_content(office, second).sections if one.id != section.id)
    write_content(office, second, 1, Content(sections=kept))
    with pytest.raises(InvalidInput):
        happened(office, second, "approved", date(2026, 7, 2))
    answer_finding(office, second, one.id, "declined", reason="通讯录另行更新")
    happened(office, second, "approved", date(2026, 7, 2))
    with pytest.raises(InvalidInput):
        answer_finding(office, second, one.id, "declined", reason="迟了")
