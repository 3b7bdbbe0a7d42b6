"""Files kept in the office."""

from __future__ import annotations

from sqlalchemy import LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from drillapp.core.database.base import Base, Keyed


class Attachment(Base, Keyed):
    """The bytes of a file; two files with the same bytes are one."""

    __tablename__ = "attachments"

    digest: Mapped[str] = mapped_column(Text, unique=True)
    """SHA-256, in hexadecimal."""
    media_type: Mapped[str] = mapped_column(Text)
    content: Mapped[bytes] = mapped_column(LargeBinary)
