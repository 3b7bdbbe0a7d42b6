"""The office itself: who keeps this ledger, its settings and its remembered figures."""

from __future__ import annotations

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from drillapp.core.database.base import Base, Keyed
from drillapp.core.database.types import Uid


class OfficeRecord(Base, Keyed):
    """An office that owns records: this one, or one whose packages were received."""

    __tablename__ = "offices"

    uid: Mapped[str] = mapped_column(Uid, unique=True)
    name: Mapped[str] = mapped_column(Text)
    is_own: Mapped[bool]
    unit_id: Mapped[int | None]
    """The unit that this office is; set once its unit exists."""


class Setting(Base):
    """A named choice of this office, as JSON."""

    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class RememberedFigure(Base):
    """A figure worked out before, good as long as the journal has not grown and the date is the same.

    One without a date holds longer; who keeps it knows when it does not (plans.judged).
    """

    __tablename__ = "remembered_figures"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    journal_id: Mapped[int]
    as_of: Mapped[str] = mapped_column(Text)
    value: Mapped[bytes]
