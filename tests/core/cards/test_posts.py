"""Which key posts a unit of a sector usually has, and which of them it lacks."""

from __future__ import annotations

import pytest

from drillapp.core.cards.posts import KeyPost, PostGroup, post_groups, save_post_groups, suggested_posts
from drillapp.core.cards.templates import templates
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.office import Office
from drillapp.core.retiring import retire
from drillapp.core.units.commands import save_posts, save_units
from drillapp.core.units.entries import PostEntry, UnitEntry


def unit(office: Office, name: str, kind: str = "enterprise", sectors: tuple[str, ...] = ()) -> int:
    (key,) = save_units(office, [UnitEntry(code=name, name=name, kind=kind, sectors=sectors)]).ids
    assert key is not None
    return key


def suggested(office: Office, key: int) -> set[str]:
    return {post.name for post in suggested_posts(office, key)}


def test_the_kind_the_sector_and_the_name_of_a_unit_say_which_posts_it_needs(office: Office) -> None:
    assert suggested(office, unit(office, "厂桥小学", "school")) == {"班主任", "校医"}
    assert suggested(office, unit(office, "甲医院", "hospital")) == {"护士站", "护理员"}
    assert {"加油员", "站长"} <= suggested(office, unit(office, "乙公司", sectors=("hazardous_chemicals",)))
    assert {"厨师长", "后厨"} <= suggested(office, unit(office, "丙饭店"))
    assert suggested(office, unit(office, "丁咨询公司")) == set()


def test_a_fire_station_is_no_railway_station(office: Office) -> None:
    assert suggested(office, unit(office, "西长安街消防救援站", "station")) == set()
    assert "站务员" in suggested(office, unit(office, "西单站", "station"))


def test_posts_that_are_there_are_not_suggested_under_any_of_their_names(office: Office) -> None:
    key = unit(office, "工地", "site")
    save_posts(office, [PostEntry(unit_code="工地", name=name) for name in ("电工", "塔吊司机")])
    assert suggested(office, key) == {"项目经理", "安全员", "架子工"}
    retire(office, "posts", [1], office.as_of)
    assert "电工" in suggested(office, key)
    with pytest.raises(NotFound):
        suggested_posts(office, 999)


def test_the_dictionary_names_templates_that_fit_its_sector(office: Office) -> None:
    named = set()
    for group in post_groups(office):
        for post in group.posts:
            named.update(post.cards)
            assert post.cards
            assert all(card in templates() for card in post.cards)
    assert named == set(templates()), "every template is somebody's"


def test_an_office_keeps_its_own_dictionary_and_can_go_back(office: Office) -> None:
    shipped = post_groups(office)
    own = (
        PostGroup("bakery", "面包房", "Bakery", (KeyPost("面包师", cards=("gas_leak",)),), names=("面包",)),
    )
    save_post_groups(office, own)
    key = unit(office, "面包工坊")
    assert [(post.name, post.group, post.cards) for post in suggested_posts(office, key)] == [
        ("面包师", "bakery", ("gas_leak",))
    ]
    for wrong in (
        (own[0], own[0]),
        (PostGroup("a", "甲", "A", (KeyPost("站长"), KeyPost("站长"))),),
        (PostGroup("a", "甲", "A", (KeyPost("站长", cards=("no_such_card",)),)),),
        (PostGroup("a", "甲", "A", (), kinds=("castle",)),),
    ):
        with pytest.raises(InvalidInput):
            save_post_groups(office, wrong)
    save_post_groups(office, None)
    assert post_groups(office) == shipped
