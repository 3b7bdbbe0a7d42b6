"""Which version of a plan the tabs of the panel show, and which of them comes to the front."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from drillapp.core.plans.versions import VersionRow
from drillapp.core.search.hits import Place


class ShownVersion(QObject):
    """The version chosen for each plan; unless one was, the one in force, or else the newest."""

    changed = Signal()
    tab_wanted = Signal(str)
    """English message id of the tab that is to come to the front."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chosen: dict[int, int] = {}
        self._section: int | None = None
        self._section_of: int | None = None

    def choose(self, plan_id: int, version_id: int) -> None:
        """Show this version of the plan from now on."""
        self._chosen[plan_id] = version_id
        self.changed.emit()

    def of(self, plan_id: int, versions: Sequence[VersionRow]) -> VersionRow:
        """Which of a plan's versions, the newest first, is shown."""
        chosen = [one for one in versions if one.id == self._chosen.get(plan_id)]
        in_force = [one for one in versions if one.state == "in_force"]
        return (chosen or in_force or list(versions))[0]

    def show(self, place: Place) -> None:
        """Bring a section of a version to the front, as soon as its plan is under the cursor."""
        self._chosen[place.plan_id] = place.version_id
        self.go("Text", place.position, place.version_id)

    def go(self, tab: str, section: int | None = None, version_id: int | None = None) -> None:
        """Bring a tab to the front, and in the text a section by its place; of the version shown, or of another."""
        self._section, self._section_of = section, version_id
        self.tab_wanted.emit(tab)
        if section is not None:
            self.changed.emit()

    def take_section(self, version_id: int) -> int | None:
        """The place of the section of this version that somebody wants to see; asked for once."""
        if self._section_of not in (None, version_id):
            return None
        section, self._section = self._section, None
        return section
