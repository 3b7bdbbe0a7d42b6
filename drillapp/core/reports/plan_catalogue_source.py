"""The catalogue of plans from the office's ledgers, by territory or by sector, as of the office's date."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, Literal

from sqlalchemy import select

from drillapp.core.database.base import table_of
from drillapp.core.enumerations import codes, label
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans.queries import PLANS
from drillapp.core.reports.plan_catalogue import CatalogueGroup, CatalogueLine, Matrix, PlanCatalogue
from drillapp.core.reports.plan_source import kind_words, scope_of
from drillapp.core.units.model import Unit, UnitAncestor

Grouping = Literal["territory", "sector"]


def plan_catalogue(office: Office, unit_code: str | None, grouping: Grouping) -> PlanCatalogue:
    """What the catalogue of a unit and those below it says; the office's own unit when none is named.

    A plan whose unit has several sectors stands under each of them. Raises NotFound for an unknown unit.
    """
    scope, name = scope_of(office, unit_code)
    plans = _plans(office, scope)
    if grouping == "territory":
        title = _("{unit}: catalogue of plans by territory").format(unit=name)
        groups = _grouped(plans, lambda row: [row.territory or name], first=name)
    else:
        title = _("{unit}: catalogue of plans by sector").format(unit=name)
        groups = _grouped(plans, _sectors, order=[label("sector", code) for code in codes("sector")])
    repeats = grouping == "sector" and any("," in (row.sectors or "") for row in plans)
    note = _("A plan whose unit belongs to several sectors stands under each of them.") if repeats else ""
    return PlanCatalogue(office.name, title, office.as_of, len(plans), _matrix(plans), groups, note)


def _plans(office: Office, scope: int) -> Sequence[Any]:
    """The plans that are not retired, with the unit right below the scope that theirs is in."""
    ancestors, rows, territory = (
        table_of(UnitAncestor),
        PLANS.selected(office).subquery(),
        table_of(Unit).alias(),
    )
    own, step, below = ancestors.alias(), ancestors.alias(), ancestors.alias()
    children = (
        select(step.c.unit_id, below.c.ancestor_id.label("territory_id"))
        .join(below, (below.c.unit_id == step.c.unit_id) & (below.c.distance == step.c.distance - 1))
        .where(step.c.ancestor_id == scope)
        .subquery()
    )
    statement = (
        select(
            rows.c.number, rows.c.title, rows.c.unit_name, rows.c.tier, rows.c.kind, rows.c.label_in_force,
            rows.c.version, rows.c.state, rows.c.published_on, rows.c.filed_on, rows.c.filing_number,
            Unit.sectors, territory.c.name.label("territory"),
        )
        .join(Unit, Unit.id == rows.c.unit_id)
        .join(own, (own.c.unit_id == rows.c.unit_id) & (own.c.ancestor_id == scope))
        .outerjoin(children, children.c.unit_id == rows.c.unit_id)
        .outerjoin(territory, territory.c.id == children.c.territory_id)
        .where(rows.c.state != "retired")
        .order_by(territory.c.code.asc().nulls_first(), own.c.distance, Unit.code, rows.c.number)
    )  # fmt: skip
    with office.read() as connection:
        return connection.execute(statement).all()


def _sectors(row: Any) -> list[str]:
    return [label("sector", code) for code in (row.sectors or "").split(",") if code] or [
        _("no sector entered")
    ]


def _grouped(
    plans: Sequence[Any], names: Callable[[Any], list[str]], *, first: str = "", order: Sequence[str] = ()
) -> Iterator[CatalogueGroup]:
    """The plans under each name: the first, then in the order given, then as they come."""
    groups: dict[str, list[CatalogueLine]] = defaultdict(list)
    for row in plans:
        line = _line(row)
        for name in names(row):
            groups[name].append(line)
    wanted = [first, *order, *groups]
    for name in dict.fromkeys(wanted):
        if name in groups:
            yield CatalogueGroup(name, tuple(groups[name]))


def _line(row: Any) -> CatalogueLine:
    return CatalogueLine(
        row.number, row.title, row.unit_name, kind_words(row.tier, row.kind), row.label_in_force or row.version or "",
        label("plan_state", row.state), row.published_on, row.filed_on, row.filing_number or "",
    )  # fmt: skip


def _matrix(plans: Sequence[Any]) -> Matrix:
    """How many plans of each tier and kind that there are; those without either have a row or column of their own."""
    counts = Counter((row.tier, row.kind) for row in plans)
    tiers = _present("plan_tier", {tier for tier, _kind in counts})
    kinds = _present("plan_kind", {kind for _tier, kind in counts})
    return Matrix(
        tuple(label("plan_kind", kind) or _("not entered") for kind in kinds),
        tuple(
            (label("plan_tier", tier) or _("not entered"), tuple(counts[tier, kind] for kind in kinds))
            for tier in tiers
        ),
    )


def _present(enumeration: str, found: Collection[str | None]) -> list[str | None]:
    """The codes that occur, in their usual order, none last."""
    return [code for code in (*codes(enumeration), None) if code in found]
