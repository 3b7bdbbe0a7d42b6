"""The forms by which drills are evaluated, from resources/standards/evaluation."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Literal

import msgspec

from drillapp.core import enumerations
from drillapp.core.datafile import BadField, read_data_file
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _, language
from drillapp.core.resources import resource_path

Said = Annotated[str, msgspec.Meta(min_length=1)]
Mark = Literal["V", "V2", "M", "own"]
"""V the content was read in a text, V2 read second-hand, M general knowledge, own a rule or wording of ours."""
Kind = Literal["yes_no", "choice", "score"]

FOLDER = "standards/evaluation"
RATING_FILE = f"{FOLDER}/rating.toml"


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an evaluator judges."""

    code: Annotated[str, msgspec.Meta(pattern=r"^[A-Z][0-9]+\.[0-9]+$")]
    """Its row code: B4.6."""
    zh: Said
    en: Said
    mark: Mark
    answer: Kind | None = None
    """How it is answered where not as the form says."""
    weight: Annotated[int, msgspec.Meta(ge=1, le=100)] = 1
    critical: bool = False
    """A fault here is a serious error."""

    @property
    def title(self) -> str:
        """What is judged, in the language spoken now."""
        return self.zh if language() == "zh_CN" else self.en


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Items on one subject."""

    code: Annotated[str, msgspec.Meta(pattern=r"^[A-Z][0-9]+$")]
    zh: Said
    en: Said
    mark: Mark
    item: Annotated[tuple[Item, ...], msgspec.Meta(min_length=1)]

    @property
    def title(self) -> str:
        """The subject in the language spoken now."""
        return self.zh if language() == "zh_CN" else self.en


class EvaluationForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A form, and what it rests on."""

    id: Said
    order: int
    zh: Said
    en: Said
    standard: Said
    mark: Mark
    forms: tuple[str, ...]
    """The forms of drill that it is made for, codes of drill_form; none: any."""
    answer: Kind
    """How its items are usually answered."""
    group: Annotated[tuple[Group, ...], msgspec.Meta(min_length=1)]

    @property
    def title(self) -> str:
        """Its name in the language spoken now."""
        return self.zh if language() == "zh_CN" else self.en

    @property
    def items(self) -> dict[str, Item]:
        """All items by their codes, in order."""
        return {item.code: item for group in self.group for item in group.item}

    def kind_of(self, item: Item) -> Kind:
        """How an item is answered."""
        return item.answer or self.answer

    def chosen(self, groups: tuple[str, ...]) -> tuple[Group, ...]:
        """The groups with these codes; all where none is named."""
        return tuple(group for group in self.group if not groups or group.code in groups)


@cache
def evaluation_forms() -> dict[str, EvaluationForm]:
    """All forms by their ids, in their order; raises Damaged naming file, line and field of what is wrong."""
    names = sorted(path.name for path in resource_path(FOLDER).glob("*.toml"))
    files = [name for name in names if name != RATING_FILE.rpartition("/")[2]]
    found = [read_form(f"{FOLDER}/{name}") for name in files]
    return {form.id: form for form in sorted(found, key=lambda form: form.order)}


def read_form(name: str) -> EvaluationForm:
    """The form in a file below resources/; raises Damaged naming file, line and field of what is wrong."""

    def check(form: EvaluationForm) -> None:
        if form.id != name.rpartition("/")[2].removesuffix(".toml"):
            raise BadField("id", f"must be the file's own name, not {form.id}")
        for place, problem in _problems(form):
            raise BadField(place, problem)

    return read_data_file(name, EvaluationForm, check)


def evaluation_form(name: str) -> EvaluationForm:
    """The form with an id; raises NotFound naming those that there are."""
    found = evaluation_forms().get(name)
    if found is None:
        raise NotFound(
            _("There is no evaluation form '{name}'.").format(name=name),
            _("There are: {names}").format(names=", ".join(evaluation_forms())),
        )
    return found


def usual_form(drill_form: str | None) -> EvaluationForm:
    """The first form made for a form of drill; the first of all where none is."""
    forms = evaluation_forms().values()
    return next((form for form in forms if drill_form in form.forms), next(iter(forms)))


def _problems(form: EvaluationForm) -> Iterator[tuple[str, str]]:
    """What the types allow and a form must not have, each with its place."""
    known = enumerations.codes("drill_form")
    for place, name in enumerate(form.forms):
        if name not in known:
            yield f"forms[{place}]", f"{name} is no form of drill"
    seen: set[str] = set()
    for g, group in enumerate(form.group):
        if group.code in seen:
            yield f"group[{g}].code", f"{group.code} is there twice"
        seen.add(group.code)
        for i, item in enumerate(group.item):
            if item.code in seen:
                yield f"group[{g}].item[{i}].code", f"{item.code} is there twice"
            if item.code.partition(".")[0] != group.code:
                yield f"group[{g}].item[{i}].code", f"{item.code} does not begin with {group.code}."
            seen.add(item.code)
