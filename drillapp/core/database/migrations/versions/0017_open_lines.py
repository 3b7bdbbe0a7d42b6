"""Loans and consignments are found without reading the whole ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, kind in (("ix_movements_lent", "lend"), ("ix_movements_sent", "send")):
        only = sa.text(f"kind = '{kind}'")
        op.create_index(
            name, "movements", ["occurred_on"], unique=False, sqlite_where=only, postgresql_where=only
        )
