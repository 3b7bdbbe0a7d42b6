"""Indexes with all that lists of movements and stock are sorted by, so that they need not read the ledger itself."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_movements_storehouse_id",
        "movements",
        ["storehouse_id", "item_id", "lot_id", "to_storehouse_id", "retired_on"],
        unique=False,
    )
    op.create_index(op.f("ix_holdings_storehouse_id"), "holdings", ["storehouse_id"], unique=False)
