"""Whole drills of the sample district, from the plain files of resources/samples/drills: what is written before them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial

import msgspec

from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.injects.commands import save_injects
from drillapp.core.drills.injects.offsets import read_offset
from drillapp.core.drills.injects.rows import InjectEntry
from drillapp.core.drills.naming import drill_named
from drillapp.core.drills.record.parts import PartyLine, RecordParts, SectionLine, SupplyLine
from drillapp.core.drills.record.reading import drill_record
from drillapp.core.drills.record.reserving import suggest
from drillapp.core.drills.record.roll import enrol
from drillapp.core.drills.record.saving import save_record
from drillapp.core.office import Office
from drillapp.core.sample_conduct import conduct
from drillapp.core.sample_corrections import correction_deeds
from drillapp.core.sample_drill_texts import DrillText
from drillapp.core.sample_evaluation import evaluation_deeds, report_deeds
from drillapp.core.sample_papers import paper_deeds
from drillapp.core.sample_programme import go_on_with_programme, planned
from drillapp.core.sample_time import Deed, Names, in_order

_AHEAD = timedelta(days=9)


def fill_drills(office: Office, texts: Sequence[DrillText]) -> None:
    """Give the sample's drills their records, conduct those that are over, and do what followed day by day."""
    save_drills(office, [planned(text) for text in texts if text.kind == "event"])
    in_order(
        office, [deed for text in texts for deed in _deeds(office, drill_named(office, text.number), text)]
    )
    go_on_with_programme(office)
    _move_on(office, texts)


def _deeds(office: Office, drill_id: int, text: DrillText) -> Iterator[Deed]:
    yield Deed(text.prepared_on, partial(_prepare, office, drill_id, text))
    yield from paper_deeds(office, drill_id, text)
    if text.log:
        yield Deed(text.planned_on, partial(conduct, office, drill_id, text))
    yield from evaluation_deeds(office, drill_id, text)
    yield from correction_deeds(office, text)
    yield from report_deeds(office, drill_id, text)


def _prepare(office: Office, drill_id: int, text: DrillText) -> None:
    names = Names(office, text.plan)
    parts = RecordParts(
        design=text.design.design(names.level(text.design.level)),
        parties=tuple(
            PartyLine(
                unit_id=names.unit(one.unit), team_id=names.team(one.team), name=one.name, role=one.role,
                expected=one.expected, present=one.present,
            )
            for one in text.party
        ),
        objectives=tuple(one.line() for one in text.objective),
        tested=tuple(SectionLine(version_id=names.version, section_id=names.section(one)) for one in text.tested),
        supplies=_supplies(office, drill_id, text, names),
        costs=text.cost,
    )  # fmt: skip
    save_record(office, drill_id, drill_record(office, drill_id).drill.revision, parts)
    enrol(office, drill_id, [one.entry(*names.person(one.name, one.organisation)) for one in text.person])
    save_injects(office, drill_id, list(_injects(text, names)))


def _supplies(office: Office, drill_id: int, text: DrillText, names: Names) -> tuple[SupplyLine, ...]:
    wanted = {one.item: one.quantity for one in text.supply}
    found = suggest(office, drill_id, wanted, unit_id=names.unit(text.unit)) if wanted else []
    return tuple(
        SupplyLine(storehouse_id=one.storehouse_id, lot_id=one.lot_id, reserved=one.available)
        for one in found
    )


def _injects(text: DrillText, names: Names) -> Iterator[InjectEntry]:
    for one in text.inject:
        offset = read_offset(one.at)
        assert offset is None or isinstance(offset, int), one.at
        yield InjectEntry(
            number=one.number, content=one.content, offset_seconds=offset, after=one.after, stage=one.stage,
            sender=one.sender, addressee=one.addressee, means=one.means, expected_action=one.expected,
            within_seconds=one.within * 60, subject=one.subject, section_id=names.section(one.section),
        )  # fmt: skip


def _move_on(office: Office, texts: Sequence[DrillText]) -> None:
    """A drill that is to be conducted lies ahead, whenever the sample is made."""
    for text in texts:
        if text.move_on and text.planned_on <= office.clock.today():
            day = office.clock.today() + _AHEAD
            save_drills(office, [msgspec.structs.replace(planned(text), planned_on=day)])
