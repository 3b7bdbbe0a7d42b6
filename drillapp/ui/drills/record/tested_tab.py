"""What is tested: a tree of the sections of plans as they are in force on the drill's day, each with a tick."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from drillapp.core.drills.commands import drill_day
from drillapp.core.drills.record.drilled import DrilledPlan, drilled_plan
from drillapp.core.drills.record.parts import SectionLine
from drillapp.core.drills.record.rows import DrillRecord
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans.content import Section
from drillapp.core.plans.versions import read_content
from drillapp.ui.drills.record.part_tab import PartTab
from drillapp.ui.parts.empty_words import EmptyWords
from drillapp.ui.parts.reference_field import ReferenceField
from drillapp.ui.parts.words import button, label, row
from drillapp.ui.session import Session

_LINE = int(Qt.ItemDataRole.UserRole)


class _Shown(NamedTuple):
    """A plan with its sections."""

    plan: DrilledPlan
    sections: tuple[Section, ...]


class TestedTab(PartTab):
    """The drill's own plan stands there by itself; others are added."""

    part = "tested"
    __test__ = False  # it is no test, whatever its name

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.tree = QTreeWidget(self)
        self.tree.setHeaderHidden(True)
        self.tree.setAccessibleName(_("Tested sections"))
        self.tree.itemChanged.connect(lambda _item, _column: self.touch())
        EmptyWords(
            self.tree,
            _("Choose the plan under Design and save, or add a plan below; its sections then stand here."),
        )
        self.plan = ReferenceField(session, "plans", self)
        self.plan.line.setAccessibleName(_("A further plan"))
        self.plan.setMinimumWidth(320)
        self.add = button(_("Add the plan"), icon="add", parent=self)
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self._on_add)
        self.problem = label("", "problem", wraps=True, parent=self)
        self.problem.hide()
        explained = _(
            "Tick the sections that the drill tests; a tick at the plan itself stands for the whole version."
        )
        self.body.addWidget(label(explained, "small", wraps=True, parent=self))
        self.body.addWidget(self.tree, 1)
        self.body.addLayout(row(label(_("A further plan"), "label", parent=self), self.plan, self.add, 1))
        self.body.addWidget(self.problem)

    def fill(self, record: DrillRecord) -> None:
        numbers = dict.fromkeys([record.drill.plan_number, *(one.plan_number for one in record.tested)])
        wanted, day = [number for number in numbers if number], _day(record)
        self.session.tasks.run_read(
            lambda office, _progress: _read(office, wanted, day),
            lambda shown: self._on_plans(record, shown),
            owner=self,
            replaces="plans",
        )

    def value(self) -> tuple[SectionLine, ...]:
        return tuple(
            item.data(0, _LINE) for item in self.items() if item.checkState(0) == Qt.CheckState.Checked
        )

    def _on_plans(self, record: DrillRecord, shown: list[_Shown]) -> None:
        self.tree.blockSignals(True)
        self.tree.clear()
        known = {(one.version_id, one.section_id): one.id for one in record.tested}
        for one in shown:
            self._add_plan(one, known)
        for old in record.tested:
            if (old.version_id, old.section_id) in known:  # none of those in force
                words = _("{plan} {section} (not in force on the day)")
                words = words.format(plan=old.plan_title, section=old.section or old.version)
                self._add_item(
                    None, words, SectionLine(id=old.id, version_id=old.version_id, section_id=old.section_id)
                )
        self.tree.blockSignals(False)

    def _add_plan(self, shown: _Shown, known: dict[tuple[int, int | None], int]) -> None:
        """A plan with its sections below; takes out of `known` what it shows."""
        plan = shown.plan
        words = _("{title} · version '{version}'").format(title=plan.title, version=plan.version)
        parents: list[tuple[int, QTreeWidgetItem]] = [(0, self._add_line(None, words, plan, None, known))]
        for section in shown.sections:
            while parents[-1][0] >= section.level:
                parents.pop()
            title = " ".join(part for part in (section.number, section.title) if part)
            item = self._add_line(parents[-1][1], title, plan, section.id, known)
            parents.append((section.level, item))
        self.tree.expandAll()

    def _add_line(
        self, parent: QTreeWidgetItem | None, words: str, plan: DrilledPlan, section_id: int | None,
        known: dict[tuple[int, int | None], int],
    ) -> QTreeWidgetItem:  # fmt: skip
        key = known.pop((plan.version_id, section_id), None)
        line = SectionLine(id=key, version_id=plan.version_id, section_id=section_id)
        return self._add_item(parent, words, line, is_checked=key is not None)

    def _add_item(
        self, parent: QTreeWidgetItem | None, words: str, line: SectionLine, *, is_checked: bool = True
    ) -> QTreeWidgetItem:
        item = QTreeWidgetItem([words])
        item.setData(0, _LINE, line)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(0, Qt.CheckState.Checked if is_checked else Qt.CheckState.Unchecked)
        if parent is None:
            self.tree.addTopLevelItem(item)
        else:
            parent.addChild(item)
        return item

    def _on_add(self) -> None:
        number = self.plan.value()
        if number is None or self.record is None:
            return
        day = _day(self.record)
        self.session.tasks.run_read(
            lambda office, _progress: _read(office, [number], day),
            lambda shown: self._on_added(number, day, shown),
            owner=self,
        )

    def _on_added(self, number: str, day: date, shown: list[_Shown]) -> None:
        words = _("The plan {number} is not in force on {day}.").format(number=number, day=day)
        self.problem.setText("" if shown else words)
        self.problem.setVisible(not shown)
        there = {item.data(0, _LINE).version_id for item in self.items()}
        for one in shown:
            if one.plan.version_id not in there:
                self.tree.blockSignals(True)
                self._add_plan(one, {})
                self.tree.blockSignals(False)
            self.plan.set_value(None)

    def items(self) -> list[QTreeWidgetItem]:
        """The lines of the tree from top to bottom."""
        found: list[QTreeWidgetItem] = []
        waiting = [self.tree.topLevelItem(place) for place in range(self.tree.topLevelItemCount())]
        while waiting:
            item = waiting.pop(0)
            if item is not None:
                found.append(item)
                waiting[:0] = [item.child(place) for place in range(item.childCount())]
        return found


def _read(office: Office, numbers: list[str], day: date) -> list[_Shown]:
    plans = (drilled_plan(office, number, day) for number in numbers)
    return [
        _Shown(plan, read_content(office, plan.version_id).sections) for plan in plans if plan is not None
    ]


def _day(record: DrillRecord) -> date:
    return drill_day(record.drill.planned_on, record.drill.started_at)
