"""The dictionary of key posts by sector, and which of them a unit lacks."""

from __future__ import annotations

from functools import cache
from typing import Annotated

import msgspec
from sqlalchemy import select

from drillapp.core import enumerations
from drillapp.core.cards.templates import templates
from drillapp.core.database.base import still
from drillapp.core.datafile import BadField, read_data_file
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import _, language
from drillapp.core.office import Office
from drillapp.core.settings import set_setting, setting
from drillapp.core.units.model import Post, Unit

_FILE = "posts.toml"
_SETTING = "key_posts"
_Said = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class KeyPost(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A post that usually needs a card."""

    name: _Said
    also: tuple[_Said, ...] = ()
    """Other names of the same post."""
    kinds: tuple[str, ...] = ()
    """Only in units of these kinds; in all of the group when empty."""
    cards: tuple[str, ...] = ()
    """The templates for it, the most needed first."""


class PostGroup(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The key posts of one sector."""

    id: _Said
    zh: _Said
    en: _Said
    posts: tuple[KeyPost, ...]
    sectors: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    names: tuple[_Said, ...] = ()
    """Words in a unit's name by which the group concerns it."""
    not_names: tuple[_Said, ...] = ()
    """Words in a unit's name by which it does not."""

    @property
    def label(self) -> str:
        """What the group is called in the language spoken now."""
        return self.zh if language() == "zh_CN" else self.en

    def concerns(self, name: str, kind: str, sectors: tuple[str, ...]) -> bool:
        """Whether a unit belongs to it."""
        if any(word in name for word in self.not_names):
            return False
        return (
            kind in self.kinds
            or not set(self.sectors).isdisjoint(sectors)
            or any(word in name for word in self.names)
        )


class SuggestedPost(msgspec.Struct, frozen=True):
    """A post of the dictionary that a unit has not."""

    name: str
    group: str
    """Its group's id."""
    group_label: str
    cards: tuple[str, ...]


class _Dictionary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    group: tuple[PostGroup, ...]


def post_groups(office: Office) -> tuple[PostGroup, ...]:
    """The dictionary as the office has it: its own, or else the one that comes with the program."""
    own = setting(office, _SETTING)
    return _shipped() if own is None else msgspec.convert(own, tuple[PostGroup, ...])


def save_post_groups(office: Office, groups: tuple[PostGroup, ...] | None) -> None:
    """Keep the office's own dictionary; None goes back to the one that comes with the program.

    Raises InvalidInput for a group or a post that is there twice, and for unknown kinds, sectors and templates.
    """
    if groups is None:
        set_setting(office, _SETTING, None)
        return
    try:
        _check(_Dictionary(groups))
    except BadField as error:
        raise InvalidInput(str(error), field=error.path) from error
    set_setting(office, _SETTING, msgspec.to_builtins(groups))


def suggested_posts(office: Office, unit_id: int) -> list[SuggestedPost]:
    """The key posts of the dictionary that a unit of this kind, sector and name lacks; raises NotFound."""
    with office.read() as connection:
        unit = connection.execute(
            select(Unit.name, Unit.kind, Unit.sectors).where(Unit.id == unit_id)
        ).first()
        own = connection.execute(
            select(Post.name).where(Post.unit_id == unit_id, still(Post.retired_on, office.as_of))
        ).scalars()
        names = set(own)
    if unit is None:
        raise NotFound(_("There is no such unit any more."))
    sectors = tuple((unit.sectors or "").split(","))
    found: dict[str, SuggestedPost] = {}
    for group in post_groups(office):
        if not group.concerns(unit.name, unit.kind, sectors):
            continue
        for post in group.posts:
            is_asked = not post.kinds or unit.kind in post.kinds
            if is_asked and names.isdisjoint((post.name, *post.also)):
                found.setdefault(post.name, SuggestedPost(post.name, group.id, group.label, post.cards))
    return list(found.values())


@cache
def _shipped() -> tuple[PostGroup, ...]:
    return read_data_file(_FILE, _Dictionary, _check).group


def _check(dictionary: _Dictionary) -> None:
    """Raise BadField for what the types do not forbid."""
    _check_unique("group", [group.id for group in dictionary.group])
    for place, group in enumerate(dictionary.group):
        path = f"group[{place}]"
        _check_known(f"{path}.sectors", group.sectors, enumerations.codes("sector"))
        _check_known(f"{path}.kinds", group.kinds, enumerations.codes("unit_kind"))
        _check_unique(f"{path}.posts", [post.name for post in group.posts])
        for post in group.posts:
            _check_known(f"{path}.posts", post.kinds, enumerations.codes("unit_kind"))
            _check_known(f"{path}.posts", post.cards, list(templates()))


def _check_unique(path: str, names: list[str]) -> None:
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise BadField(path, _("'{name}' is there twice.").format(name=min(twice)))


def _check_known(path: str, codes: tuple[str, ...], known: list[str]) -> None:
    for code in codes:
        if code not in known:
            raise BadField(path, _("There is no '{name}'.").format(name=code))
