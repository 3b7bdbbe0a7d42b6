"""A random office of which cards, plans, people, posts and units go on random days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from sqlalchemy import select, update

from drillapp.core.cards.commands import save_cards
from drillapp.core.cards.entries import CardEntry
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.content import Content, Paragraph, Section
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.plans.model import Plan, PlanEvent
from drillapp.core.plans.versions import begin_version, versions_of, write_content
from drillapp.core.retiring import retire
from drillapp.core.units.commands import save_people, save_posts, save_units
from drillapp.core.units.entries import PersonEntry, PostEntry, UnitEntry
from drillapp.core.units.model import Person, Post, Unit

UNIT = "110102"
DAY = date(2026, 6, 1)


@dataclass
class Facts:
    """What the reference knows of one card."""

    number: str
    plan: str | None
    known: dict[str, date | None] = field(default_factory=dict)
    """For each reason the day from which it holds, or None."""


def random_office(office: Office, dice: Random) -> list[Facts]:
    """Units, posts, people, plans and cards of which each goes on a random day, or stays."""

    def some_day() -> date | None:
        return DAY + timedelta(days=dice.randint(0, 20)) if dice.random() < 0.3 else None

    units = [f"U{n}" for n in range(4)]
    save_units(office, [UnitEntry(code=code, name=code, valid_to=some_day()) for code in units])
    save_posts(office, [PostEntry(unit_code=code, name="P") for code in units])
    people = [(code, f"{code}甲") for code in units]
    save_people(
        office, [PersonEntry(unit_code=code, name=name, phone="13800000001") for code, name in people]
    )
    phones = {name: dice.random() < 0.3 for _code, name in people}
    plans = {f"Y{n}": (some_day(), some_day()) for n in range(3)}
    for number in plans:
        revised(office, number, {"一": "文"})
    cards = []
    for n in range(15):
        code, plan = dice.choice(units), dice.choice([None, *plans])
        end = some_day()
        named = dice.random() < 0.6
        save_cards(office, [
            CardEntry(number=f"K{n:02}", unit_code=code, post="P", plan_number=plan, valid_until=end,
                      contacts=f"{code}甲 138-0000-0001" if named else "119"),
        ])  # fmt: skip
        cards.append((Facts(f"K{n:02}", plan), code, named, end))
    gone = {model: _retire_some(office, model, some_day) for model in (Post, Person)}
    for number, (retired, later) in plans.items():
        plan = _key(office, number)
        if later is not None:
            publish(office, plan, begin_version(office, plan, label="2"), later)
        if retired is not None:
            retire(office, "plans", [plan], retired)
    changed = [PersonEntry(unit_code=code, name=name, phone="139") for code, name in people if phones[name]]
    save_people(office, changed)
    with office.read() as connection:
        valid_to = dict(connection.execute(select(Unit.code, Unit.valid_to)).all())
    for facts, code, named, end in cards:
        ends = [day for day in (gone[Post][code], valid_to[code]) if day is not None]
        retired, later = plans[facts.plan] if facts.plan else (None, None)
        facts.known = {
            "section_superseded": later,
            "plan_retired": retired,
            "person_gone": gone[Person][code] if named else None,
            "phone_changed": date.min if named and phones[f"{code}甲"] else None,
            "post_retired": min(ends) if ends else None,
            "expired": end + timedelta(days=1) if end else None,
        }
    return [facts for facts, *_rest in cards]


def _retire_some(
    office: Office, model: type[Post] | type[Person], some_day: object
) -> dict[str, date | None]:
    with office.write("retire some") as work:
        rows = work.connection.execute(select(model.id, Unit.code).join(Unit, Unit.id == model.unit_id)).all()
        days = {code: some_day() for _key, code in rows}  # type: ignore[operator]
        for key, code in rows:
            work.connection.execute(update(model).where(model.id == key).values(retired_on=days[code]))
        return days


def _key(office: Office, number: str) -> int:
    with office.read() as connection:
        return connection.execute(select(Plan.id).where(Plan.number == number)).scalar_one()


def newest(office: Office, plan: int) -> int:
    return versions_of(office, plan)[0].id


def revised(office: Office, number: str, sections: dict[str, str]) -> int:
    """A plan whose first version has these sections and has been in force for long; returns its key."""
    save_plans(office, [PlanEntry(number=number, title=number, unit_code=UNIT, version="1")])
    plan = _key(office, number)
    content = Content(tuple(Section(1, title, "1", (Paragraph(text),)) for title, text in sections.items()))
    write_content(office, newest(office, plan), 1, content)
    publish(office, plan, newest(office, plan), date(2020, 1, 1))
    return plan


def publish(office: Office, plan: int, version: int, day: date) -> None:
    """As an old record would have it: without what must come before."""
    with office.write("publish") as work:
        values = {"plan_id": plan, "version_id": version, "kind": "published", "happened_on": day}
        work.connection.execute(PlanEvent.__table__.insert().values(values))
