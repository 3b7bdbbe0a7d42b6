"""A document becomes the text of a version, in one transaction: of the draft there is, or of a new version."""

from __future__ import annotations

from msgspec.structs import replace

from drillapp.core.office import Office
from drillapp.core.plans.content import Content, Section
from drillapp.core.plans.drafts import DRAFTS
from drillapp.core.plans.versions import (
    VersionRow,
    begin_version_with,
    read_content,
    versions_of,
    write_content,
)
from drillapp.core.plans.word.document import WordDocument, content_of


def take_document(office: Office, plan_id: int, document: WordDocument) -> int:
    """Write a document into the newest version while it is a draft or nothing of it is written, else into a new one.

    Returns the key of the version. Raises what `begin_version_with` and `write_content` raise; then nothing is written.
    """
    newest = versions_of(office, plan_id)[0]
    known = read_content(office, newest.id)
    content = _carried_on(document, known)
    if newest.state not in DRAFTS and known != Content():
        return begin_version_with(office, plan_id, content, document.pictures)
    write_content(office, newest.id, newest.revision, content, document.pictures)
    return newest.id


def write_document(office: Office, version: VersionRow, document: WordDocument) -> None:
    """Write a document into this version; raises what `write_content` raises."""
    content = _carried_on(document, read_content(office, version.id))
    write_content(office, version.id, version.revision, content, document.pictures)


def _carried_on(document: WordDocument, known: Content) -> Content:
    """What the document says; lists that it does not have stay, and sections of the same number and title go on."""
    told = content_of(document)
    lineages = {(one.number, one.title): one.lineage for one in known.sections}

    def carried(section: Section) -> Section:
        return replace(section, lineage=lineages.pop((section.number, section.title), ""))

    return Content(
        tuple(map(carried, told.sections)),
        told.levels or known.levels,
        told.roster or known.roster,
        told.contacts or known.contacts,
        told.resources or known.resources,
    )
