"""Which version of its plan an entry of a ledger speaks of, and the versions that entries make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple, cast

from msgspec import UNSET
from sqlalchemy import ColumnElement, Table, bindparam, func, select, update

from drillapp.core.batch import Batch
from drillapp.core.database.base import narrowed, table_of
from drillapp.core.database.rows import insert_rows, next_ids
from drillapp.core.database.uid import new_uid
from drillapp.core.i18n import _
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.plans.model import Plan, PlanEvent, PlanVersion
from drillapp.core.work import Work

DATED = {
    "approved_on": "approved",
    "published_on": "published",
    "filed_on": "filed",
    "assessed_on": "assessed",
}
"""The fields of an entry that are events, with the event's kind."""
_BEGINNINGS = ("approved", "published")
_VERSIONS = table_of(PlanVersion)


def newest_label(plans: Table) -> ColumnElement[Any]:
    """The label of a plan's newest version."""
    versions = _VERSIONS.alias()
    own = select(versions.c.label).where(versions.c.plan_id == plans.c.id)
    return own.order_by(versions.c.ordinal.desc()).limit(1).scalar_subquery()


class KnownVersion(NamedTuple):
    """A version that is there already, with the latest day of each event that entries tell of."""

    id: int
    ordinal: int
    label: str | None
    days: dict[str, date]

    def has_begun(self, day: date) -> bool:
        """Whether it was approved or published by a day."""
        return any(kind in self.days and self.days[kind] <= day for kind in _BEGINNINGS)


class _Newest(NamedTuple):
    plan_id: int
    version_id: int
    ordinal: int
    label: str | None


class ToldVersions:
    """For the entries of one save: the version that each speaks of, and the dates that it may give."""

    def __init__(self) -> None:
        self.further: set[int] = set()
        """Entries that make a further version of a plan that is there."""
        self._newest: dict[int, int] = {}
        """The newest version of the entry's plan, once there is one."""
        self._known: dict[int, list[KnownVersion]] = {}
        """All versions of the entry's plan, the oldest first, where there is more than one or a new label."""

    def prepare(self, batch: Batch) -> None:
        """Find the versions, and refuse what contradicts them."""
        found = _newest_versions(batch)
        looked_at: dict[int, int] = {}
        for i, label in enumerate(batch.given["version"]):
            row = (
                found.get(batch.given["number"][i])
                if batch.edited is None
                else next(iter(found.values()), None)
            )
            if row is None:
                continue
            self._newest[i] = row.version_id
            if row.ordinal > 1 or (label is not UNSET and (label or None) != row.label):
                looked_at[i] = row.plan_id
        versions = _known_versions(batch, set(looked_at.values()))
        for i, plan in looked_at.items():
            self._known[i] = versions[plan]
            self._look_at(batch, i)

    def _look_at(self, batch: Batch, i: int) -> None:
        entry = cast(PlanEntry, batch.entries[i])
        versions, label = self._known[i], entry.version
        labels = {version.label for version in versions}
        if not isinstance(label, str) or not label or label == versions[-1].label:
            pass  # the row says nothing new about the version
        elif label not in labels and batch.edited is None and _is_further(versions[-1], entry):
            self.further.add(i)
        elif label in labels:
            text = _("'{label}' is an earlier version; the newest is '{newest}'.")
            batch.refuse(i, "version", text.format(label=label, newest=versions[-1].label or ""))
        for field, kind in DATED.items():
            self._check_day(batch, i, field, kind)

    def _check_day(self, batch: Batch, i: int, field: str, kind: str) -> None:
        """Let a day correct or take back the newest version's own, never that of a version before it."""
        day, versions = batch.given[field][i], self._known[i]
        if day is None and (i in self.further or kind not in versions[-1].days):
            batch.given[field][i] = UNSET
        elif isinstance(day, date):
            # A version is neither approved nor published before the one before it.
            kinds = _BEGINNINGS if kind in _BEGINNINGS else (kind,)
            before = versions if i in self.further else _before(versions, kind, day)
            days = (version.days[one] for version in before for one in kinds if one in version.days)
            latest = max(days, default=day)
            if day < latest:
                text = _("Lies before that of an earlier version on {day}.")
                batch.refuse(i, field, text.format(day=latest))

    def write(self, work: Work, batch: Batch) -> None:
        """Write the first version of each new plan, the further ones, and labels that were put right."""
        further = [i for i in batch.changed if i in self.further]
        made = [*batch.new, *further]
        ordinals = [1] * len(batch.new) + [self._known[i][-1].ordinal + 1 for i in further]
        ids = next_ids(work.connection, _VERSIONS, len(made)) if made else []
        columns: dict[str, Sequence[Any]] = {
            "id": ids,
            "uid": [new_uid() for _one in made],
            "owner_id": [work.office_id] * len(made),
            "revision": [1] * len(made),
            "plan_id": [batch.id_of(i) for i in made],
            "ordinal": ordinals,
            "label": [batch.value("version", i) or None for i in made],
        }
        insert_rows(work.connection, _VERSIONS, columns)
        self._newest.update(zip(made, ids, strict=True))
        renamed = [i for i, fields in batch.changed.items() if "version" in fields and i not in self.further]
        if renamed:
            rows = [{"_id": self._newest[i], "_label": batch.given["version"][i] or None} for i in renamed]
            statement = update(_VERSIONS).where(_VERSIONS.c.id == bindparam("_id"))
            work.connection.execute(statement.values(label=bindparam("_label")), rows)

    def of_event(self, batch: Batch, i: int, kind: str, day: date | None) -> int:
        """The version that an event which an entry tells of belongs to."""
        versions = self._known.get(i)
        if versions is None or len(versions) == 1 or i in self.further or day is None:
            return self._newest[i]
        holder = _holder(versions, kind)
        if holder is not None and day < holder.days[kind]:
            return holder.id
        if kind in _BEGINNINGS or any(batch.given[f"{one}_on"][i] for one in _BEGINNINGS):
            return self._newest[i]
        begun = [version.id for version in versions if version.has_begun(day)]
        return begun[-1] if begun else self._newest[i]


def _is_further(newest: KnownVersion, entry: PlanEntry) -> bool:
    """Whether a label that the plan has not had yet names a further version, and not the newest one by a better name."""
    told = [day for day in (entry.approved_on, entry.published_on) if isinstance(day, date)]
    own = [newest.days[kind] for kind in _BEGINNINGS if kind in newest.days]
    if told and own:
        return max(told) > max(own)
    return newest.label is not None


def _before(versions: Sequence[KnownVersion], kind: str, day: date) -> Sequence[KnownVersion]:
    """The versions before the one whose event a day corrects, or before the newest where it is a further event."""
    holder = _holder(versions, kind)
    corrected = holder if holder is not None and day < holder.days[kind] else versions[-1]
    return versions[: versions.index(corrected)]


def _holder(versions: Iterable[KnownVersion], kind: str) -> KnownVersion | None:
    """The version with the latest event of a kind."""
    having = [version for version in versions if kind in version.days]
    return max(having, key=lambda version: (version.days[kind], version.ordinal), default=None)


def _newest_versions(batch: Batch) -> dict[str, _Newest]:
    """The newest version of each plan that entries speak of, by the plan's number."""
    later = _VERSIONS.alias()
    statement = (
        select(Plan.number, Plan.id, PlanVersion.id, PlanVersion.ordinal, PlanVersion.label)
        .join(PlanVersion, PlanVersion.plan_id == Plan.id)
        .where(
            Plan.owner_id == batch.owner_id,
            ~select(later.c.id)
            .where(later.c.plan_id == PlanVersion.plan_id, later.c.ordinal > PlanVersion.ordinal)
            .exists(),
        )
    )  # fmt: skip
    if batch.edited is not None:
        statement = statement.where(Plan.id == batch.edited)
    else:
        statement = narrowed(statement, Plan.number, batch.codes_of("number"))
    return {row.number: _Newest(*row[1:]) for row in batch.connection.execute(statement)}


def _known_versions(batch: Batch, plans: Collection[int]) -> dict[int, list[KnownVersion]]:
    found: dict[int, dict[int, KnownVersion]] = defaultdict(dict)
    if not plans:
        return {}
    statement = (
        select(PlanVersion.plan_id, PlanVersion.id, PlanVersion.ordinal, PlanVersion.label, PlanEvent.kind,
               func.max(PlanEvent.happened_on))
        .outerjoin(PlanEvent, (PlanEvent.version_id == PlanVersion.id) & PlanEvent.kind.in_(list(DATED.values())))
        .group_by(PlanVersion.plan_id, PlanVersion.id, PlanVersion.ordinal, PlanVersion.label, PlanEvent.kind)
        .order_by(PlanVersion.plan_id, PlanVersion.ordinal)
    )  # fmt: skip
    for plan, key, ordinal, label, kind, day in batch.connection.execute(
        narrowed(statement, PlanVersion.plan_id, plans)
    ):
        version = found[plan].setdefault(key, KnownVersion(key, ordinal, label, {}))
        if kind is not None:
            version.days[kind] = day
    return {plan: list(versions.values()) for plan, versions in found.items()}
