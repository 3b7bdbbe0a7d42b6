"""The program speaks Chinese and English, and reads words of either."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from drillapp.core import enumerations
from drillapp.core.i18n import _, language, parse_catalogue, use_language
from drillapp.core.resources import load_toml


@pytest.fixture(autouse=True)
def chinese_again() -> Iterator[None]:
    yield
    use_language("zh_CN")


def test_chinese_is_spoken_unless_english_is_chosen() -> None:
    assert language() == "zh_CN"
    assert _("Must not be empty.") == "不能为空。"
    use_language("en")
    assert _("Must not be empty.") == "Must not be empty."


def test_a_language_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="fr"):
        use_language("fr")
    assert language() == "zh_CN"


def test_a_catalogue_is_read_with_all_its_forms() -> None:
    text = """
# A comment, and a header that is no message.
msgid ""
msgstr "Language: zh_CN\\n"

#: drillapp/core/office.py:7
msgid "One"
msgstr "一"

msgid ""
"In \\"two\\" "
"parts\\n"
msgstr ""
"分"
"两段"

#~ msgid "Old"
#~ msgstr "旧"

msgid "Not yet"
msgstr ""
"""
    assert parse_catalogue(text) == {"One": "一", 'In "two" parts\n': "分两段"}


ENUMERATIONS = sorted(load_toml("enumerations.toml"))


@pytest.mark.parametrize("name", ENUMERATIONS)
def test_a_code_and_its_words_mean_the_code(name: str) -> None:
    for code, entry in load_toml("enumerations.toml")[name].items():
        for word in (
            code,
            entry["zh"],
            entry["en"],
            entry["en"].upper(),
            f" {entry['zh']} ",
            *entry.get("also", ()),
        ):
            assert enumerations.parse(name, word) == code, word


def test_words_are_read_in_any_width() -> None:
    assert enumerations.parse("yes_no", "Ｙ") == "yes"
    assert enumerations.parse("unit_kind", "Care Home") == "care_home"
    assert enumerations.parse("unit_kind", "城堡") is None
    assert enumerations.parse("unit_kind", "") is None


def test_labels_follow_the_language() -> None:
    assert enumerations.label("drill_form", "tabletop") == "桌面演练"
    use_language("en")
    assert enumerations.label("drill_form", "tabletop") == "tabletop"
    assert enumerations.label("drill_form", None) == ""
    assert enumerations.label("sector", "a sector of our own") == "a sector of our own"
    assert enumerations.codes("drill_form") == ["tabletop", "live"]
