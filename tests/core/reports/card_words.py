"""Cards to print, as the templates say them."""

from __future__ import annotations

from datetime import date

import msgspec

from drillapp.core.cards.alarm import AlarmLine
from drillapp.core.cards.steps import Step
from drillapp.core.reports.card_text import Card

CARD = Card(
    number="DS-K-0001",
    version=2,
    check_code="8GK2MA",
    unit="德胜街道裕中西里社区居委会",
    post="消防控制室值班员",
    person="赵𠮷祥",
    title="室内燃气泄漏应急处置卡",
    hazards=("燃气泄漏、爆燃、中毒窒息",),
    first_action="不开关电器，不用明火，不在屋内打电话；喊人，往室外撤",
    alarm=(
        AlarmLine("消防（到室外安全处再打）", "119", "裕中西里23号燃气泄漏，有无人员被困，我在路口接应"),
        AlarmLine("燃气抢修", "96777", "位置，阀门是否已关"),
    ),
    steps=(
        Step("at_once", "敲门疏散住户，叫所有人走楼梯到室外，不按门铃。"),
        Step("at_once", "气味不浓且阀门就在近旁：关阀，轻开门窗。"),
        Step("within_10", "到上风向安全处打电话，清点人数，拉警戒线。"),
        Step("until_relieved", "在路口接应；检测确认安全前任何人不得返回。"),
    ),
    protection=("手电在室外先打开", "不穿化纤衣服"),
    prohibitions=("严禁开、关任何电器", "严禁返回取物"),
    route=("走楼梯到室外上风向；集合点：小区东门外花坛",),
    supplies=("防爆手电：值班室东墙柜",),
    contacts=("街道值班室 010-8200 0001", "物业经理 王䶮 138 0000 0000"),
    source="DS-ZX-03 2026版 5.2 燃气泄漏",
    valid_until=date(2027, 3, 1),
)


def cards(count: int) -> list[Card]:
    """As many of them, each with its number."""
    return [msgspec.structs.replace(CARD, number=f"DS-K-{number:04d}") for number in range(1, count + 1)]
