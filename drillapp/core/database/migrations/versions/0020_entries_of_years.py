"""The sums of years know how many entries they are of."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("stock_years")
    op.create_table(
        "stock_years",
        sa.Column("holding_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("change", sa.BigInteger(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["holding_id"], ["holdings.id"], name=op.f("fk_stock_years_holding_id")),
        sa.PrimaryKeyConstraint("holding_id", "year", name=op.f("pk_stock_years")),
        sqlite_with_rowid=False,
    )
    entries = sa.table("stock_entries", sa.column("holding_id"), sa.column("occurred_on"), sa.column("delta"))
    year = sa.extract("year", entries.c.occurred_on)
    sums = sa.select(entries.c.holding_id, year, sa.func.sum(entries.c.delta), sa.func.count())
    years = sa.table("stock_years", *map(sa.column, ("holding_id", "year", "change", "entries")))
    op.execute(
        years.insert().from_select(
            ["holding_id", "year", "change", "entries"], sums.group_by(entries.c.holding_id, year)
        )
    )
