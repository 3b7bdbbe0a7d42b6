"""What lies in a storehouse and must not be issued: in quarantine on a day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, cast, func, select, type_coerce

from drillapp.core.database.base import AnySelect, still
from drillapp.core.supplies.model import Quarantine


def withheld(day: date) -> AnySelect:
    """For each holding of which something is in quarantine on a day how much, in thousandths: holding_id, withheld.

    It may be more than lies there, where goods in quarantine were scrapped, moved or counted away.
    """
    total = cast(func.sum(type_coerce(Quarantine.quantity, BigInteger)), BigInteger)
    return (
        select(Quarantine.holding_id, total.label("withheld"))
        .where(
            Quarantine.from_on <= day, still(Quarantine.until_on, day), still(Quarantine.retired_on, day)
        )
        .group_by(Quarantine.holding_id)
    )  # fmt: skip
