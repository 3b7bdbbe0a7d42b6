"""Wrong advice hurts people: each template is whole, and says what must be said and nothing that must not."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from drillapp.core import resources
from drillapp.core.cards.alarm import AlarmLine, read_alarm, write_alarm
from drillapp.core.cards.commands import save_cards
from drillapp.core.cards.entries import CardEntry
from drillapp.core.cards.steps import MOST_STEPS, read_steps
from drillapp.core.cards.templates import BLANK, Template, fill, fitting, templates
from drillapp.core.errors import Damaged
from drillapp.core.office import Office
from drillapp.core.units.commands import save_posts
from drillapp.core.units.entries import PostEntry

EVERY = sorted(templates())
LAST = r"任何人不得返回|任何人不得再进入|任何人不得下去|任何人不得下坑|任何人不得进入"

# What each must say somewhere, as patterns; `prohibitions` and `first_action` hold what is said there.
NEEDED: dict[str, dict[str, list[str]]] = {
    "gas_leak": {
        "first_action": ["不开关任何电器", "不用明火", "不在屋内打电话"],
        "prohibitions": ["严禁开、关电灯", "拉电闸、打手机", "打火", "严禁返回"],
        "steps": ["室外.*打燃气抢修电话和119", "不按门铃，不乘电梯", "泄漏区以外操作", LAST],
        "alarm": ["室外安全处再打"],
        "supplies": ["扩音器（只在泄漏区外用）"],
    },
    "gas_fire": {
        "first_action": ["先关气源"],
        "prohibitions": ["气源未断时严禁扑灭", "气瓶", "严禁返回"],
        "steps": ["不要把火扑灭", LAST],
    },
    "building_fire": {
        "first_action": ["119"],
        "prohibitions": ["严禁乘坐电梯", "严禁用水扑救带电设备和油类", "严禁返回火场", "严禁锁闭"],
        "steps": ["电器着火先断电", "退路在身后", LAST],
        "protection": ["低姿"],
    },
    "pan_fire": {
        "first_action": ["关火", "关油烟机", "锅盖"],
        "prohibitions": ["严禁往油锅里浇水", "严禁端着着火的油锅", "严禁开油烟机", "过早揭盖"],
        "steps": ["灭火毯", "119"],
    },
    "lift_entrapment": {
        "first_action": ["不要扒门"],
        "prohibitions": ["严禁扒门、撬门", "严禁无证人员", "火灾时严禁乘坐电梯"],
        "steps": ["维保", "120", "不得恢复运行"],
    },
    "confined_space": {
        "first_action": ["不进去", "119"],
        "prohibitions": ["严禁盲目施救", "严禁用纯氧", "严禁使用过滤式面具"],
        "steps": ["任何人不得进入", "正压式空气呼吸器", "上风向往里送新鲜空气", "不口对口吹气", LAST],
        "protection": ["不能防缺氧"],
    },
    "stampede": {
        "first_action": ["停止进入", "往后退"],
        "prohibitions": ["严禁逆人流", "严禁锁闭出口"],
        "steps": ["从最外围、最后面", "110", "心肺复苏"],
    },
    "passenger_surge": {
        "prohibitions": ["严禁突然停止或反转载人扶梯", "站台边缘"],
        "steps": ["限流", "只出不进"],
    },
    "power_cut": {
        "first_action": ["电梯", "维持生命"],
        "prohibitions": ["严禁用蜡烛", "严禁未查明原因就合闸", "室内、地下使用汽油发电机"],
        "protection": ["室外通风"],
    },
    "oxygen_failure": {
        "first_action": ["呼吸机", "备用氧", "简易呼吸器"],
        "prohibitions": ["严禁离开依赖呼吸机的病人", "严禁吸烟、明火", "油脂"],
    },
    "chemical_leak": {
        "first_action": ["上风向", "不靠近"],
        "alarm": ["上风向安全处再打"],
        "prohibitions": ["严禁无防护、单人", "严禁对遇水反应的化学品用水", "下水道", "严禁口对口"],
        "steps": ["SDS", "不开关任何电器", "冲15分钟以上", LAST],
    },
    "fuel_spill": {
        "first_action": ["紧急停机", "不要发动车"],
        "prohibitions": ["严禁发动车辆、打手机", "铁器", "下水道"],
        "alarm": ["站外安全处再打"],
    },
    "fuel_fire": {
        "first_action": ["紧急停机", "不拔枪"],
        "prohibitions": ["严禁拔出着火的油枪", "严禁用水直流冲油火", "严禁发动车辆"],
        "steps": ["(?s)站外，打119.*10分钟内"],
        "alarm": ["站外安全处再打"],
    },
    "flooding": {
        "first_action": ["守住入口", "不让任何人下去挪车"],
        "prohibitions": ["严禁下地下车库挪车", "严禁蹚水操作电闸", "严禁乘坐电梯"],
        "steps": ["站在干处", "留出人员上来的通道", LAST],
        "protection": ["砸侧窗"],
    },
    "food_poisoning": {
        "first_action": ["停止供餐", "封存"],
        "prohibitions": ["严禁倒掉、清洗", "严禁给昏迷者喂水", "瞒报"],
        "steps": ["不自行用药、催吐", "呕吐物", "报告市场监管、卫生健康"],
    },
    "collapse": {
        "first_action": ["喊停", "清点人数"],
        "prohibitions": ["严禁盲目进入", "严禁用挖掘机直接挖", "严禁强拉"],
        "steps": ["随清随支撑", "在塌方区以外", LAST],
    },
    "pit_inrush": {
        "first_action": ["立即从通道上来"],
        "prohibitions": ["严禁下坑抢", "严禁在水中操作电闸", "严禁盲目抽排"],
        "steps": ["在坑外由电工断开", LAST],
    },
    "electric_shock": {
        "first_action": ["先断电，再救人", "没断电不碰人"],
        "prohibitions": ["严禁断电前用手拉", "严禁用金属、潮湿物", "8米", "未断电，严禁用水"],
        "steps": ["高压.*8米以上", "停电确认前不救", "断电前先防摔落", "心肺复苏", "不得送电"],
    },
    "falling_from_height": {
        "first_action": ["别动伤员"],
        "prohibitions": ["严禁随意搬动", "严禁拔出", "严禁给伤员喝水"],
        "steps": ["头颈", "(?s)叫人打120.*10分钟内"],
    },
    "lifting_injury": {
        "first_action": ["急停"],
        "prohibitions": ["吊物下面救人", "严禁无人指挥", "严禁斜拉硬拽"],
    },
    "falling_object": {
        "first_action": ["喊人离开"],
        "prohibitions": ["严禁在墙根下围观", "严禁随意搬动"],
        "steps": ["警戒线"],
    },
    "moving_the_bedridden": {
        "first_action": ["离火最近", "关上着火房间的门"],
        "prohibitions": ["严禁乘坐普通电梯", "严禁返回火场", "氧气"],
        "steps": ["平移到同层", "点名", "湿布塞门缝", LAST],
    },
    "heritage_fire": {
        "first_action": ["先疏散游客", "119"],
        "prohibitions": ["严禁先抢文物", "未断电，严禁用水", "严禁返回"],
        "steps": ["人都撤出", LAST],
    },
    "train_stop": {
        "first_action": ["调度", "不要开门"],
        "prohibitions": ["未确认停电，严禁下轨道", "严禁无调度命令动车"],
        "steps": ["已停电、邻线已封锁", "有烟火.*请求停电"],
    },
    "cardiac_arrest": {
        "first_action": ["现场安全", "120", "AED", "按压"],
        "prohibitions": ["而不按压", "严禁碰病人", "燃气、油气区域使用AED"],
        "steps": ["5至6厘米", "100至120次", "30次吹2口", "放完电马上再按"],
    },
}  # fmt: skip
# Advice that was once given and kills; where the word stands, it stands behind a prohibition or is put right.
NEVER = [
    r"(?<!严禁)(?<!不能)用水(扑|浇|泼)油",
    r"用嘴吸|掐人中(?!、喂)",
    r"(?<!不)催吐(?!者)(?!$)(?<!、催吐)",
    r"湿毛巾.{0,6}(可|能)防(煤气|燃气|毒)",
    r"立即(进入|下去|下井)(救|施救)",
    r"乘(坐)?电梯(撤|疏散|下楼)",
    r"打开(排风|油烟机|换气扇)(通风|排)",
    r"约时(停)?送电(?!)",
]


@pytest.mark.parametrize("name", EVERY)
def test_a_template_is_whole(name: str) -> None:
    template = templates()[name]
    assert all(text.strip() for text in template.texts.values())
    assert {"title", "hazards", "first_action", "alarm", "steps", "protection", "prohibitions", "route", "supplies",
            "contacts"} == template.texts.keys()  # fmt: skip
    steps = read_steps(template.texts["steps"])
    assert 5 <= len(steps) <= MOST_STEPS
    assert {step.block for step in steps} == {"at_once", "within_10", "until_relieved"}
    assert max(len(step.text) for step in steps) <= 60, "longer than anybody reads in smoke"
    alarm = read_alarm(template.texts["alarm"])
    assert all(line.who and line.phone and line.words for line in alarm)
    assert any(line.phone in ("119", "120", "110", "95598", "{duty_phone}") for line in alarm)
    lines = template.texts["prohibitions"].splitlines()
    assert len(lines) >= 3
    assert all("严禁" in line for line in lines)
    assert template.source
    assert "第十九条" in template.source


def test_every_template_is_looked_at() -> None:
    assert sorted(NEEDED) == EVERY


@pytest.mark.parametrize("name", EVERY)
def test_it_says_what_must_be_said(name: str) -> None:
    texts = templates()[name].texts
    for field, patterns in NEEDED[name].items():
        for pattern in patterns:
            assert re.search(pattern, texts[field]), f"{name}.{field}: {pattern}"


@pytest.mark.parametrize("name", EVERY)
def test_it_says_nothing_that_kills(name: str) -> None:
    for field, text in templates()[name].texts.items():
        for line in text.splitlines():
            for pattern in NEVER:
                assert not re.search(pattern, line), f"{name}.{field}: {line}"


def test_the_unconscious_without_breath_get_pressed_and_an_aed() -> None:
    for name in ("electric_shock", "stampede", "falling_from_height", "confined_space"):
        assert "心肺复苏" in templates()[name].texts["steps"]
        assert "AED" in templates()[name].texts["steps"]


def test_places_are_filled_or_left_to_write_on() -> None:
    texts = fill(
        templates()["gas_leak"], {"unit": "西单饭店", "duty_phone": "010-00660001", "meeting_point": ""}
    )
    assert "西单饭店燃气泄漏" in texts["alarm"]
    assert "010-00660001" in texts["alarm"]
    assert texts["route"].endswith(f"集合点：{BLANK}")
    assert not any("{" in text for text in texts.values())


@pytest.mark.parametrize("name", EVERY)
def test_a_filled_template_is_a_card_that_can_be_kept(office: Office, name: str) -> None:
    save_posts(office, [PostEntry(unit_code="110102", name="值班员")])
    texts = fill(templates()[name], {"unit": "某单位", "address": "某街1号"})
    assert (
        save_cards(office, [CardEntry(number="K", unit_code="110102", post="值班员", **texts)]).created == 1
    )


def test_what_fits_a_post_comes_first() -> None:
    def first(post: str, group: str = "") -> Template:
        return fitting(post, group)[0]

    assert first("电梯安全员").id == "lift_entrapment"
    assert first("有限空间监护人").id == "confined_space"
    assert first("塔司").id == "lifting_injury"
    assert "construction" in first("没听说过的岗位", "construction").groups
    assert len(fitting("没听说过的岗位")) == len(EVERY)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Resources of the test's own, with one template."""
    shipped = resources.resource_path()
    for name in ("enumerations.toml", "templates/cards/power_cut.toml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(shipped / name, tmp_path / name)
    monkeypatch.setattr(resources, "_root", lambda: tmp_path)
    _forget()
    yield tmp_path / "templates" / "cards"
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    templates.cache_clear()
    resources.load_toml.cache_clear()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('mark = "C"', 'mark = "X"'),
        ("within_10 = [", 'within_10 = ["一", "二", '),
        ("{meeting_point}", "{somewhere}"),
        ('title = "突然停电"', 'titel = "突然停电"'),
    ],
)
def test_a_broken_template_is_named_with_its_line(folder: Path, old: str, new: str) -> None:
    text = (folder / "power_cut.toml").read_text(encoding="utf-8")
    assert old in text
    (folder / "power_cut.toml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(Damaged) as error:
        templates()
    assert re.search(r"power_cut\.toml\D+\d+", error.value.message)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("消防｜119｜说清地址", AlarmLine("消防", "119", "说清地址")),
        ("消防\t119\t说清｜地址", AlarmLine("消防", "119", "说清｜地址")),
        ("消防：119，说清地址", AlarmLine("消防", "119", "说清地址")),
        ("班长李强 138-0000-0000", AlarmLine("班长李强", "138-0000-0000")),
        ("喊2人到场", AlarmLine("喊2人到场")),
    ],
)
def test_a_line_of_the_alarm_is_read_as_people_write_it(text: str, line: AlarmLine) -> None:
    assert read_alarm(text) == (line,)
    assert read_alarm(write_alarm((line,))) == (line,)
