"""What the plain files of resources/samples/drills say about a drill of the sample district: its whole life."""

from __future__ import annotations

from datetime import date, time

import msgspec

from drillapp.core.datafile import read_data_file
from drillapp.core.drills.record.parts import CostLine, Design, ObjectiveLine
from drillapp.core.drills.record.roll import PersonEntry
from drillapp.core.resources import resource_path

FOLDER = "samples/drills"


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every word of the files is one that is known."""


class DesignText(Strict, frozen=True):
    """The texts of a design; the response level by its name."""

    organiser: str | None = None
    scenario: str | None = None
    subjects: str | None = None
    safety: str | None = None
    stop_conditions: str | None = None
    budget: float | None = None
    level: str = ""

    def design(self, level_id: int | None) -> Design:
        """As it is handed in."""
        return Design(
            organiser=self.organiser, scenario=self.scenario, subjects=self.subjects, safety=self.safety,
            stop_conditions=self.stop_conditions, budget=self.budget, level_id=level_id,
        )  # fmt: skip


class PartyText(Strict, frozen=True):
    """Who takes part: a unit by its code, a team by its name, or an outside body."""

    role: str
    unit: str = ""
    team: str = ""
    name: str | None = None
    expected: int | None = None
    present: int | None = None


class ObjectiveText(Strict, frozen=True):
    """An aim, and how far it was met."""

    who: str
    condition: str
    task: str
    standard: str
    met: str | None = None
    note: str = ""

    def line(self) -> ObjectiveLine:
        """As it is handed in, before the drill."""
        return ObjectiveLine(who=self.who, condition=self.condition, task=self.task, standard=self.standard)


class PersonText(Strict, frozen=True):
    """Somebody on the roll; `at` is when he was checked in."""

    name: str
    organisation: str
    role: str
    post: str | None = None
    count: int = 1
    at: time | None = None

    def entry(self, person_id: int | None, phone: str | None) -> PersonEntry:
        """As it is handed in, before the drill."""
        return PersonEntry(
            name=self.name, organisation=self.organisation, post=self.post, role=self.role, count=self.count,
            phone=phone, person_id=person_id,
        )  # fmt: skip


class InjectText(Strict, frozen=True):
    """An inject; `at` is drill time, `within` minutes, `section` a number in the drill's plan."""

    number: str
    stage: str
    sender: str
    addressee: str
    means: str
    content: str
    expected: str
    within: int
    at: str = ""
    after: str = ""
    subject: str = ""
    section: str = ""


class LineText(Strict, frozen=True):
    """A line of the log; `of` is the text of the line that it corrects, `report` the rule of a report to somebody."""

    at: time
    kind: str = "note"
    text: str = ""
    who: str = ""
    subject: str = ""
    inject: str = ""
    of: str = ""
    report: str = ""
    to: str = ""


class SupplyText(Strict, frozen=True):
    """How much of an item is set aside, and how much was used."""

    item: str
    quantity: float
    used: float = 0


class AnswerText(Strict, frozen=True):
    """What an evaluator says of an item."""

    code: str
    value: str
    reason: str = ""


class SheetText(Strict, frozen=True):
    """A sheet: what it does not answer is answered with yes."""

    form: str
    evaluator: str
    place: str
    comment: str
    submitted_on: date
    institution: str = ""
    qualification: str = ""
    contract: str = ""
    groups: tuple[str, ...] = ()
    answer: tuple[AnswerText, ...] = ()


class VerdictText(Strict, frozen=True):
    """Who rates the drill, and when: as the rule says."""

    by: str
    on: date


class StepText(Strict, frozen=True):
    """A step of a correction."""

    kind: str
    day: date
    who: str = ""
    note: str = ""
    action: str = ""
    action_kind: str | None = None
    due_on: date | None = None
    until: date | None = None
    drill: str | None = None


class FindingText(Strict, frozen=True):
    """A finding; `section` is a number in the drill's plan, `item` a kind of supply."""

    number: str
    text: str
    severity: str
    cause: str
    section: str = ""
    item: str | None = None
    evaluation_item: str | None = None
    step: tuple[StepText, ...] = ()


class ReportText(Strict, frozen=True):
    """A step of the papers on their way upward."""

    kind: str
    day: date
    who: str
    document: str = ""
    note: str = ""


class PaperText(Strict, frozen=True):
    """A document that is drafted, its gaps filled, and perhaps approved."""

    kind: str
    written_on: date
    approved_on: date | None = None
    fill: dict[str, str] = {}


class DrillText(Strict, frozen=True, kw_only=True):
    """A drill or an event from its design to its last report."""

    number: str
    unit: str
    title: str
    plan: str
    hazard: str
    planned_on: date
    prepared_on: date
    """When its design, roll, script and supplies are written."""
    place: str
    leader: str
    design: DesignText
    kind: str = "drill"
    evacuation: bool = False
    content: str | None = None
    form: str | None = None
    purpose: str | None = None
    expected: int | None = None
    move_on: bool = False
    """Whether its day is moved on where it has passed, so that there is a drill to conduct."""
    tested: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()
    party: tuple[PartyText, ...] = ()
    objective: tuple[ObjectiveText, ...] = ()
    person: tuple[PersonText, ...] = ()
    inject: tuple[InjectText, ...] = ()
    log: tuple[LineText, ...] = ()
    supply: tuple[SupplyText, ...] = ()
    cost: tuple[CostLine, ...] = ()
    sheet: tuple[SheetText, ...] = ()
    verdict: VerdictText | None = None
    finding: tuple[FindingText, ...] = ()
    report: tuple[ReportText, ...] = ()
    paper: tuple[PaperText, ...] = ()


def drill_texts() -> list[DrillText]:
    """All of them, in the order of their files."""
    names = sorted(path.name for path in resource_path(FOLDER).glob("*.toml"))
    return [read_data_file(f"{FOLDER}/{name}", DrillText) for name in names]
