"""Texts of plans of the sample district, written in the plain files of resources/samples/plans."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from sqlalchemy import select

from drillapp.core.datafile import read_data_file
from drillapp.core.office import Office
from drillapp.core.plans.content import Block, Content, Grid, Level, Named, Paragraph, Resource, Section
from drillapp.core.plans.model import Plan
from drillapp.core.plans.versions import begin_version_with, read_content, versions_of, write_content
from drillapp.core.resources import resource_path

_FOLDER = "samples/plans"


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A section; each line of its text is a paragraph, lines that begin with | are the rows of a table."""

    title: str
    number: str = ""
    level: int = 1
    text: str = ""

    def section(self) -> Section:
        """The section as it is stored."""
        return Section(self.level, self.title, self.number, tuple(_blocks(self.text)))


class _Revision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A version being drafted: sections that differ from those of the version before, by their numbers."""

    label: str
    summary: str
    section: tuple[_Part, ...]


class _Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The text of a plan, and perhaps a revision that is being written."""

    plan: str
    section: tuple[_Part, ...]
    level: tuple[Level, ...] = ()
    roster: tuple[Named, ...] = ()
    contacts: tuple[Named, ...] = ()
    resources: tuple[Resource, ...] = ()
    revision: _Revision | None = None

    def content(self) -> Content:
        """All of it as it is stored."""
        sections = tuple(part.section() for part in self.section)
        return Content(sections, self.level, self.roster, self.contacts, self.resources)


def fill_plans(office: Office) -> None:
    """Give plans of the sample their texts."""
    for path in sorted(resource_path(_FOLDER).glob("*.toml")):
        text = read_data_file(f"{_FOLDER}/{path.name}", _Text)
        with office.read() as connection:
            plan_id = connection.execute(select(Plan.id).where(Plan.number == text.plan)).scalar()
        if plan_id is not None:
            _write(office, plan_id, text)


def _write(office: Office, plan_id: int, text: _Text) -> None:
    newest = versions_of(office, plan_id)[0]
    write_content(office, newest.id, newest.revision, text.content())
    if text.revision is not None:
        content = read_content(office, newest.id)
        content = msgspec.structs.replace(
            content, sections=tuple(_revised(content.sections, text.revision.section))
        )
        begin_version_with(office, plan_id, content, label=text.revision.label, summary=text.revision.summary)


def _revised(sections: tuple[Section, ...], parts: tuple[_Part, ...]) -> Iterator[Section]:
    """The sections with those that are written anew; what has a number of its own follows at the end."""
    waiting = {part.number: part for part in parts}
    for section in sections:
        part = waiting.pop(section.number, None)
        if part is None:
            yield section
        else:
            yield msgspec.structs.replace(section, title=part.title, blocks=tuple(_blocks(part.text)))
    yield from (part.section() for part in waiting.values())


def _blocks(text: str) -> Iterator[Block]:
    rows: list[tuple[str, ...]] = []
    for line in (*text.strip().splitlines(), ""):
        if line.startswith("|"):
            rows.append(tuple(cell.strip() for cell in line.strip("|").split("|")))
            continue
        if rows:
            yield Grid(tuple(rows), 1)
            rows = []
        if line.strip():
            yield Paragraph(line.strip())
