"""What can be asked about the corrections of findings: their steps, and what was found before already."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from drillapp.core.attachments.model import Attachment
from drillapp.core.drills.findings import again
from drillapp.core.drills.findings.again import BEFORE, EARLIER, NOW, OTHER
from drillapp.core.drills.findings.model import FindingStep
from drillapp.core.drills.findings.rows import Repeat, StepRow
from drillapp.core.drills.model import Drill
from drillapp.core.office import Office


def steps_of(office: Office, finding_id: int) -> list[StepRow]:
    """The steps of a finding in the order in which they were taken."""
    statement = (
        select(
            FindingStep.id, FindingStep.kind, FindingStep.happened_on, FindingStep.recorded_at, FindingStep.who,
            FindingStep.note, FindingStep.attachment_name, Attachment.digest, Drill.number,
        )
        .outerjoin(Attachment, Attachment.id == FindingStep.attachment_id)
        .outerjoin(Drill, Drill.id == FindingStep.drill_id)
        .where(FindingStep.finding_id == finding_id)
        .order_by(FindingStep.id)
    )  # fmt: skip
    with office.read() as connection:
        return [StepRow(*row) for row in connection.execute(statement)]


def repeats(office: Office, finding_ids: Collection[int]) -> dict[int, list[Repeat]]:
    """The earlier findings that each of these repeats (findings.again), the newest first."""
    statement = (
        again.repeats(
            NOW.id, BEFORE.id, EARLIER.number, BEFORE.number, BEFORE.text, OTHER.name, EARLIER.planned_on,
            BEFORE.verified_on,
        )
        .where(NOW.id.in_(finding_ids))
        .order_by(NOW.id, EARLIER.planned_on.desc(), BEFORE.id.desc())
    )  # fmt: skip
    found: dict[int, list[Repeat]] = {}
    with office.read() as connection:
        for row in connection.execute(statement):
            found.setdefault(row[0], []).append(Repeat(*row))
    return found
