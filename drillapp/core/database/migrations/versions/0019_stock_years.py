"""What the entries of a year do to a holding is kept as one sum; entries are found by their day."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stock_years",
        sa.Column("holding_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("change", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["holding_id"], ["holdings.id"], name=op.f("fk_stock_years_holding_id")),
        sa.PrimaryKeyConstraint("holding_id", "year", name=op.f("pk_stock_years")),
        sqlite_with_rowid=False,
    )
    entries = sa.table("stock_entries", sa.column("holding_id"), sa.column("occurred_on"), sa.column("delta"))
    year = sa.extract("year", entries.c.occurred_on)
    sums = sa.select(entries.c.holding_id, year, sa.func.sum(entries.c.delta)).group_by(
        entries.c.holding_id, year
    )
    years = sa.table("stock_years", sa.column("holding_id"), sa.column("year"), sa.column("change"))
    op.execute(years.insert().from_select(["holding_id", "year", "change"], sums))
    op.create_index(
        "ix_stock_entries_occurred_on", "stock_entries", ["occurred_on", "holding_id", "delta"], unique=False
    )
