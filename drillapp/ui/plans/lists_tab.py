"""What a version lists: response levels; roster, contacts and resources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtWidgets import QWidget

from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans.content import Content, Grid, Level, Named, Paragraph, Resource, Section
from drillapp.core.plans.versions import VersionRow, read_content
from drillapp.ui.parts.placeholder import Placeholder
from drillapp.ui.plans.shown_version import ShownVersion
from drillapp.ui.plans.text_view import TextView
from drillapp.ui.plans.version_tab import VersionTab
from drillapp.ui.session import Session


class ListsTab(VersionTab):
    """Tables to read; a draft is written in a dialog, at the page `page`."""

    page = ""
    nothing = ""

    def __init__(self, session: Session, shown: ShownVersion, parent: QWidget | None = None) -> None:
        super().__init__(session, shown, parent)
        self.write = self.add_action(_("Write …"), "edit")
        self.write.clicked.connect(self._on_write)
        self.view = TextView(_("What the version lists"), self)
        self.empty = Placeholder(self)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self.empty, 1)

    def ask(self, office: Office, plan: Any, version: VersionRow) -> Content:
        return read_content(office, version.id)

    def show_version(self, version: VersionRow, data: Content) -> None:
        sections = list(self.sections(data))
        self.view.setVisible(bool(sections))
        self.empty.setVisible(not sections)
        self.empty.empty_text = self.nothing
        self.empty.tell("empty")
        self.view.show_sections(sections)
        is_bare = data == Content() and not self.session.is_read_only
        self.write.setVisible(self.is_draft or is_bare)

    def sections(self, content: Content) -> Iterator[Section]:
        """What is shown, as a text."""
        raise NotImplementedError

    def _on_write(self) -> None:
        from drillapp.ui.plans.writing_dialog import open_writing  # brings the editors

        if self.version is not None:
            open_writing(self.session, self.plan, self.version, self, page=self.page)


class LevelsTab(ListsTab):
    """Each response level: when, who starts it, what is done by whom within how many minutes."""

    page = "levels"

    def __init__(self, session: Session, shown: ShownVersion, parent: QWidget | None = None) -> None:
        super().__init__(session, shown, parent)
        self.nothing = _("No response levels are written")

    def sections(self, content: Content) -> Iterator[Section]:
        return (_level(level) for level in content.levels)


class PeopleTab(ListsTab):
    """Command roster, contacts, resources."""

    page = "roster"

    def __init__(self, session: Session, shown: ShownVersion, parent: QWidget | None = None) -> None:
        super().__init__(session, shown, parent)
        self.nothing = _("Neither people nor resources are listed")

    def sections(self, content: Content) -> Iterator[Section]:
        people = ((_("Command roster"), content.roster), (_("Contacts"), content.contacts))
        for title, rows in people:
            if rows:
                heads = (_("Role"), _("Name"), _("Organisation"), _("Phone"), _("Duty"))
                yield _table(title, heads, [_named(one) for one in rows])
        if content.resources:
            heads = (_("Resource"), _("Quantity"), _("Kept at"), _("Keeper"), _("Phone"))
            yield _table(_("Resources"), heads, [_resource(one) for one in content.resources])


def _level(level: Level) -> Section:
    blocks: list[Any] = [
        Paragraph(_("Trigger: {words}").format(words=level.trigger or "–")),
        Paragraph(_("Started by: {words}").format(words=level.starter or "–")),
    ]
    if level.actions:
        heads = (_("By whom"), _("What is done"), _("Within minutes"))
        rows = [
            (one.actor, one.action, "" if one.within_minutes is None else str(one.within_minutes))
            for one in level.actions
        ]
        blocks.append(Grid((heads, *rows), 1))
    return Section(2, level.name, blocks=tuple(blocks))


def _table(title: str, heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> Section:
    return Section(2, title, blocks=(Grid((heads, *rows), 1),))


def _named(one: Named) -> tuple[str, ...]:
    return one.role, one.name, one.organisation, one.phone, one.duty


def _resource(one: Resource) -> tuple[str, ...]:
    return one.name, one.quantity, one.place, one.keeper, one.phone
