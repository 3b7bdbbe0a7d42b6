"""The articles that stand behind what is said of a plan, as data from resources/rules/plans/articles.toml."""

from __future__ import annotations

from functools import cache

import msgspec

from drillapp.core.datafile import read_data_file
from drillapp.core.plans.life_rules import Mark


class Article(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An article, and how surely it is known."""

    article: str
    mark: Mark


class Articles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of them by what they are about."""

    levels: Article
    directory: Article
    superior: Article
    refiling_unit: Article
    refiling_government: Article


@cache
def articles() -> Articles:
    """The articles; raises Damaged naming file, line and field of what is wrong."""
    return read_data_file("rules/plans/articles.toml", Articles)
