"""All tables of an office; importing this module maps them."""

from __future__ import annotations

from drillapp.core.attachments import model as attachments
from drillapp.core.cards import model as cards
from drillapp.core.database import model as office
from drillapp.core.database.base import Base
from drillapp.core.drills import model as drills
from drillapp.core.journal import model as journal
from drillapp.core.plans import model as plans
from drillapp.core.supplies import model as supplies
from drillapp.core.teams import model as teams
from drillapp.core.units import model as units
from drillapp.core.workdays import model as workdays

METADATA = Base.metadata

__all__ = [
    "METADATA",
    "attachments",
    "cards",
    "drills",
    "journal",
    "office",
    "plans",
    "supplies",
    "teams",
    "units",
    "workdays",
]
