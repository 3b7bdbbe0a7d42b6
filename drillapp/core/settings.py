"""Named choices of an office."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import delete, insert, select

from drillapp.core.database.model import Setting
from drillapp.core.office import Office

REMIND_AT_START = "remind_at_start"
"""Whether the office wants to be told at the start how much is due; not unless it says so."""
RULES = "rules"
"""What an office decides about rules (rules.choices.RuleChoices); here, since rooms that know no rules ask it too."""


def setting(office: Office, name: str, default: Any = None) -> Any:
    """A choice of this office, or the default where none was made."""
    with office.read() as connection:
        value = connection.execute(select(Setting.value).where(Setting.name == name)).scalar()
    return default if value is None else msgspec.json.decode(value)


def set_setting(office: Office, name: str, value: Any) -> None:
    """Make a choice for this office; the journal keeps the old one."""
    before = setting(office, name)
    if before == value:
        return
    with office.write("set setting") as work:
        work.connection.execute(delete(Setting).where(Setting.name == name))
        work.connection.execute(insert(Setting).values(name=name, value=msgspec.json.encode(value).decode()))
        work.changed("settings", 0, {name: (before, value)})
