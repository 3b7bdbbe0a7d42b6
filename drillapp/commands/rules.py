"""Commands on the rules in force, and on what this office decides about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from drillapp.commands.frame import Json, code_of, commands_of, day_of, open_office, print_json, print_rows
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import _

if TYPE_CHECKING:
    from drillapp.core.rules.listed import RuleRow

group = typer.Typer(
    name="rules", help="What is asked of whom, and what of it this office asks.", no_args_is_help=True
)
local = typer.Typer(name="local", help="Rules of the office's own.", no_args_is_help=True)
group.add_typer(local)
_command = commands_of(group)
_local_command = commands_of(local)

RuleId = Annotated[str, typer.Argument(metavar="RULE", help="As the list has it, for instance DR-18.")]
Codes = Annotated[list[str] | None, typer.Option(help="As often as needed.")]


@_command
def list_(
    unasked: Annotated[
        bool, typer.Option("--unasked", help="What is asked by law and by no rule here, with the reason.")
    ] = False,
    json: Json = False,
) -> None:
    """All rules with their source, how far it was verified, and what this office decided."""
    if unasked:
        from drillapp.core.rules.unasked import unasked as all_unasked

        found = ((one, one.title, one.why) for one in all_unasked())
        rows = [
            {"rule": one.id, "title": title, "article": one.article, "mark": one.mark, "asked_by": one.asked_by, "why": why}
            for one, title, why in found
        ]  # fmt: skip
    else:
        rows = [_plain(row) for row in _rows()]
    print_rows(rows, json)


@_command
def show(rule: RuleId, json: Json = False) -> None:
    """One rule: what, of whom, by when, where it is written."""
    found = next((row for row in _rows() if row.rule == rule), None)
    if found is None:
        raise NotFound(
            _("There is no rule '{rule}'.").format(rule=rule), _("`drillapp rules list` names them all.")
        )
    if json:
        print_json(_plain(found))
    else:
        for name, value in _plain(found).items():
            print(f"{name}\t{'' if value is None else value}")


@_command
def off(rule: RuleId, reason: Annotated[str, typer.Argument(help="Why it is not asked.")]) -> None:
    """Ask a rule no longer; the reason stands in the list."""
    from drillapp.core.rules.changing import switch_off

    with open_office("write") as office:
        switch_off(office, rule, reason)
    print(_("{rule} is switched off.").format(rule=rule))


@_command
def on(rule: RuleId) -> None:
    """Ask a rule again."""
    from drillapp.core.rules.changing import switch_on

    with open_office("write") as office:
        switch_on(office, rule)
    print(_("{rule} is in force again.").format(rule=rule))


@_command
def term(
    rule: RuleId,
    count: Annotated[int | None, typer.Argument(help="Days or months, as the rule counts.")] = None,
    usual: Annotated[bool, typer.Option("--usual", help="The usual ones again.")] = False,
) -> None:
    """Set the term of a rule whose law sets none."""
    from drillapp.core.rules.changing import set_term

    if (count is None) != usual:
        raise InvalidInput(_("Say how many days or months, or --usual."), field="term")
    with open_office("write") as office:
        set_term(office, rule, count)
    print(_("Saved."))


@_local_command
def add(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="LOCAL- and capital letters, digits, hyphens.")],
    title: Annotated[str, typer.Argument(help="What is asked.")],
    article: Annotated[str, typer.Argument(help="The document and article that it stands in.")],
    english: Annotated[str, typer.Option("--en", help="The same in English.")] = "",
    kind: Codes = None,
    sector: Codes = None,
    name: Annotated[list[str] | None, typer.Option(help="A word in the unit's name.")] = None,
    plan_kind: Annotated[
        list[str] | None, typer.Option(help="Of units with such a plan; only its drill settles it.")
    ] = None,
    hazard: Annotated[list[str] | None, typer.Option(help="Only a drill for such a hazard settles it.")] = None,
    high_risk: Annotated[str | None, typer.Option(help="yes or no.")] = None,
    crowded: Annotated[str | None, typer.Option(help="yes or no.")] = None,
    evacuation: Annotated[bool, typer.Option("--evacuation", help="Only a drill with people evacuated.")] = False,
    window: Annotated[
        str | None, typer.Option(help="Once in each: cal_month cal_quarter cal_half cal_year.")
    ] = None,
    months: Annotated[int, typer.Option(help="Or within so many months after the last time.")] = 0,
    valid_from: Annotated[str | None, typer.Option("--from", help="YYYY-MM-DD.")] = None,
    valid_to: Annotated[str | None, typer.Option("--to", help="YYYY-MM-DD, the last day.")] = None,
) -> None:  # fmt: skip
    """Enter a rule of the office's own, or change the one with this id: a drill that such units must hold."""
    from drillapp.core.rules.changing import save_local_rule
    from drillapp.core.rules.local import LocalRule

    with open_office("write") as office:
        entry = LocalRule(
            id=rule, zh=title, article=article, en=english,
            kinds=_codes("unit_kind", kind), sectors=_codes("sector", sector), plan_kinds=_codes("plan_kind", plan_kind),
            names=tuple(name or ()), hazards=tuple(hazard or ()), high_risk=_flag(high_risk), crowded=_flag(crowded),
            evacuation=evacuation, window=None if window is None else _window(window), months=months,
            valid_from=None if valid_from is None else day_of(valid_from, office),
            valid_to=None if valid_to is None else day_of(valid_to, office),
        )  # fmt: skip
        save_local_rule(office, entry)
    print(_("Saved."))


@_local_command
def retire(
    rule: RuleId,
    on: Annotated[str | None, typer.Option(help="The last day on which it is asked; default: today.")] = None,
) -> None:
    """Ask a rule of the office's own until a day and no longer."""
    from drillapp.core.rules.changing import retire_local_rule

    with open_office("write") as office:
        retire_local_rule(office, rule, day_of(on, office))
    print(_("Saved."))


def _rows() -> list[RuleRow]:
    from drillapp.core.rules.listed import rule_rows

    with open_office("read") as office:
        return rule_rows(office)


def _plain(row: RuleRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__struct_fields__ if name not in ("id", "is_local")}


def _codes(enumeration: str, words: list[str] | None) -> tuple[str, ...]:
    return tuple(code_of(enumeration, word) for word in words or ())


def _flag(word: str | None) -> bool | None:
    return None if word is None else code_of("yes_no", word) == "yes"


def _window(word: str) -> Any:
    return code_of("rule_window", word, "window")
