"""With whom a plan is filed follows from where its unit stands and what it does."""

from __future__ import annotations

import pytest

from drillapp.core.errors import NotFound
from drillapp.core.office import Office
from drillapp.core.plans.authorities import Authorities, authorities_of
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry

DISTRICT = "110102"


@pytest.fixture
def tree(office: Office) -> Office:
    def unit(code: str, name: str, kind: str, parent: str = DISTRICT, **said: object) -> UnitEntry:
        return UnitEntry(code=code, name=name, kind=kind, parent_code=parent, **said)  # type: ignore[arg-type]

    save_units(
        office,
        [
            UnitEntry(code=DISTRICT, name="西城区", kind="district"),
            unit("YJ", "西城区应急管理局", "department"),
            unit("ZJ", "西城区住房和城乡建设委员会", "department"),
            unit("JT", "西城区运输服务中心", "department", sectors="transport"),
            unit("S", "广安门外街道", "street"),
            unit("C", "鸭子桥社区", "community", "S"),
            unit("SHOP", "商场", "enterprise", "C", crowded=True),
            unit("SITE", "工地", "site", "S", high_risk=True, sectors="construction"),
            unit("GAS", "加油站", "enterprise", "S", high_risk=True, sectors="hazardous_chemicals"),
            unit("BUS", "公交场站", "station", "S", sectors="transport"),
            unit("LIFT", "电梯公司", "enterprise", "S", sectors="special_equipment"),
        ],
    )
    return office


def of(office: Office, unit: str, kind: str) -> Authorities:
    (key,) = save_plans(
        office, [PlanEntry(number=f"{unit}-{kind}", title="预案", unit_code=unit, kind=kind)]
    ).ids
    assert key is not None
    return authorities_of(office, key)


@pytest.mark.parametrize(
    ("unit", "kind", "filed_with", "direct_to", "copies", "days"),
    [
        (DISTRICT, "overall", "上一级人民政府", "上一级应急管理部门", (), 20),
        (DISTRICT, "special", "上一级人民政府相应牵头部门", "", ("上一级应急管理部门",), 20),
        ("ZJ", "departmental", "西城区", "西城区应急管理局", ("同级有关部门",), 20),
        ("S", "overall", "西城区", "西城区应急管理局", ("同级有关部门",), 20),
        ("C", "special", "广安门外街道", "", (), 20),
        ("SHOP", "comprehensive", "西城区应急管理局", "", (), 20),
        ("SITE", "on_site", "西城区应急管理局", "", ("西城区住房和城乡建设委员会",), 20),
        ("GAS", "special", "上一级应急管理部门", "", ("西城区应急管理局",), 20),
        ("BUS", "comprehensive", "广安门外街道", "", (), 0),
    ],
)
def test_with_whom_and_by_when(
    tree: Office, unit: str, kind: str, filed_with: str, direct_to: str, copies: tuple[str, ...], days: int
) -> None:
    found = of(tree, unit, kind)
    assert (found.filed_with, found.direct_to, found.copies, found.days) == (
        filed_with,
        direct_to,
        copies,
        days,
    )
    assert "第" in found.article


def test_the_sector_s_authority_is_the_department_that_carries_it(tree: Office) -> None:
    assert of(tree, "BUS", "special").sector == "西城区运输服务中心"
    assert of(tree, "SITE", "special").sector == "西城区住房和城乡建设委员会"
    assert of(tree, "LIFT", "special").sector == "市场监督管理部门"
    assert of(tree, "SHOP", "special").sector == ""
    assert (of(tree, "SHOP", "on_site").territorial, of(tree, DISTRICT, "joint").territorial) == (
        "广安门外街道",
        "",
    )
    with pytest.raises(NotFound):
        authorities_of(tree, 999)
