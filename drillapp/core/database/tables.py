"""All tables of an office; importing this module maps them."""

from __future__ import annotations

from drillapp.core.attachments import model as attachments
from drillapp.core.cards import model as cards
from drillapp.core.database import model as office
from drillapp.core.database.base import Base
from drillapp.core.drills import model as drills
from drillapp.core.drills.evaluation import model as drill_evaluation
from drillapp.core.drills.findings import model as drill_findings
from drillapp.core.drills.injects import model as drill_injects
from drillapp.core.drills.papers import model as drill_papers
from drillapp.core.drills.programme import model as drill_programme
from drillapp.core.drills.record import model as drill_record
from drillapp.core.drills.reporting import model as drill_reporting
from drillapp.core.journal import model as journal
from drillapp.core.ledgers import model as ledgers
from drillapp.core.plans import model as plans
from drillapp.core.readiness.bulletins import model as readiness_bulletins
from drillapp.core.supplies import model as supplies
from drillapp.core.supplies.aid import model as supplies_aid
from drillapp.core.supplies.catalogue import model as supplies_catalogue
from drillapp.core.supplies.levels import model as supplies_levels
from drillapp.core.supplies.stocktake import model as supplies_stocktake
from drillapp.core.supplies.stores import model as supplies_stores
from drillapp.core.supplies.upkeep import model as supplies_upkeep
from drillapp.core.teams import model as teams
from drillapp.core.units import model as units
from drillapp.core.workdays import model as workdays

METADATA = Base.metadata

__all__ = [
    "METADATA",
    "attachments",
    "cards",
    "drill_evaluation",
    "drill_findings",
    "drill_injects",
    "drill_papers",
    "drill_programme",
    "drill_record",
    "drill_reporting",
    "drills",
    "journal",
    "ledgers",
    "office",
    "plans",
    "readiness_bulletins",
    "supplies",
    "supplies_aid",
    "supplies_catalogue",
    "supplies_levels",
    "supplies_stocktake",
    "supplies_stores",
    "supplies_upkeep",
    "teams",
    "units",
    "workdays",
]
