"""A document is written into the draft there is, or begins the next version, whole or not at all."""

from __future__ import annotations

from datetime import date

import pytest

from drillapp.core.errors import InvalidInput
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.content import Content, Named, Paragraph, Picture, Section
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.plans.versions import read_content, versions_of, write_content
from drillapp.core.plans.word.document import WordDocument, WordLine
from drillapp.core.plans.word.taking import take_document, write_document
from tests.journaled import commands

DOCUMENT = WordDocument(
    "预案",
    (WordLine(Paragraph("总则"), 1, "1"), WordLine(Paragraph("新文。")), WordLine(Paragraph("附则"), 1, "2")),
)
KNOWN = Content((Section(1, "总则", "1", (Paragraph("旧文。"),)),), roster=(Named("张三", "总指挥"),))


def plan(office: Office, approved_on: date | None) -> int:
    entry = PlanEntry(
        number="P", title="预案", unit_code="110102", kind="special", version="1", approved_on=approved_on
    )
    (key,) = save_plans(office, [entry]).ids
    assert key is not None
    return key


@pytest.mark.parametrize("approved_on", [None, date(2024, 3, 1)])
def test_into_the_version_of_which_nothing_is_written(office: Office, approved_on: date | None) -> None:
    key = plan(office, approved_on)
    version = take_document(office, key, DOCUMENT)
    assert [one.id for one in versions_of(office, key)] == [version]
    assert [one.title for one in read_content(office, version).sections] == ["总则", "附则"]


@pytest.mark.parametrize(("approved_on", "versions"), [(None, 1), (date(2024, 3, 1), 2)])
def test_what_is_known_is_carried_on(office: Office, approved_on: date | None, versions: int) -> None:
    key = plan(office, approved_on)
    write_content(office, versions_of(office, key)[0].id, 1, KNOWN)
    known = read_content(office, versions_of(office, key)[0].id)
    before = commands(office)
    version = take_document(office, key, DOCUMENT)
    content = read_content(office, version)
    assert (len(versions_of(office, key)), len(commands(office))) == (versions, len(before) + 1)
    assert content.roster == known.roster
    assert content.sections[0].lineage == known.sections[0].lineage
    assert content.sections[0].blocks == (Paragraph("新文。"),)


def test_what_cannot_be_kept_begins_nothing(office: Office) -> None:
    key = plan(office, date(2024, 3, 1))
    first = versions_of(office, key)[0].id
    write_content(office, first, 1, KNOWN)
    before = commands(office)
    broken = WordDocument("预案", (*DOCUMENT.lines, WordLine(Picture("0" * 64))))
    with pytest.raises(InvalidInput):
        take_document(office, key, broken)
    with pytest.raises(InvalidInput):
        write_document(office, versions_of(office, key)[0], DOCUMENT)
    assert ([one.id for one in versions_of(office, key)], commands(office)) == ([first], before)
