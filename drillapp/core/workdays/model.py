"""Days that are not what their weekday says: holidays, days off beside them, and working days in exchange."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from drillapp.core.database.base import Base


class SpecialDay(Base):
    """A day that the office's own table decides, before any calendar that the program brings along."""

    __tablename__ = "special_days"

    day: Mapped[date] = mapped_column(primary_key=True)
    is_working: Mapped[bool]
    name: Mapped[str | None] = mapped_column(Text)
    """Which holiday it belongs to."""
