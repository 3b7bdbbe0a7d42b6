"""What a storehouse has of an item is found by one look into an index."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_holdings_storehouse_id", "holdings")
    op.create_index(
        "ix_holdings_storehouse_id_item_id", "holdings", ["storehouse_id", "item_id"], unique=False
    )
