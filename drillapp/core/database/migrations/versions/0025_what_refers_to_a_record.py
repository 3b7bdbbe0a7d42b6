"""What refers to a record is found without reading its table: an import is undone while others go on working."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_REFERRING = (
    ("aid_lines", "item_id"),
    ("bulletins", "unit_id"),
    ("drill_designs", "level_id"),
    ("drill_injects", "after_id"),
    ("drill_injects", "section_id"),
    ("drill_log", "corrects_id"),
    ("drill_log", "inject_id"),
    ("drill_supplies", "item_id"),
    ("drill_tested", "section_id"),
    ("finding_steps", "drill_id"),
    ("findings", "card_id"),
    ("findings", "item_id"),
    ("findings", "verified_drill_id"),
    ("holdings", "item_id"),
    ("holdings", "shelf_id"),
    ("items", "category_id"),
    ("movements", "item_id"),
    ("movements", "lot_id"),
    ("programme_changes", "item_id"),
    ("programme_duties", "plan_id"),
    ("programme_items", "plan_id"),
    ("required_levels", "item_id"),
    ("scenario_rates", "item_id"),
    ("stock_entries", "movement_id"),
    ("stocktake_lines", "item_id"),
    ("stocktake_lines", "shelf_id"),
    ("stocktakes", "category_id"),
    ("team_equipment", "item_id"),
    ("upkeep", "item_id"),
    ("upkeep", "lot_id"),
)


def upgrade() -> None:
    for table, column in _REFERRING:
        op.create_index(f"ix_{table}_{column}", table, [column], unique=False)
    is_there = sa.text("to_storehouse_id IS NOT NULL")
    op.create_index(
        "ix_movements_to_storehouse_id",
        "movements",
        ["to_storehouse_id"],
        unique=False,
        sqlite_where=is_there,
        postgresql_where=is_there,
    )
