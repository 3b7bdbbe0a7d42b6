"""What the entries of half a year do to a holding is kept as one sum, in place of those of whole years."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("stock_years")
    op.create_table(
        "stock_halves",
        sa.Column("holding_id", sa.Integer(), nullable=False),
        sa.Column("half", sa.Integer(), nullable=False),
        sa.Column("change", sa.BigInteger(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["holding_id"], ["holdings.id"], name=op.f("fk_stock_halves_holding_id")),
        sa.PrimaryKeyConstraint("holding_id", "half", name=op.f("pk_stock_halves")),
        sqlite_with_rowid=False,
    )
    entries = sa.table("stock_entries", sa.column("holding_id"), sa.column("occurred_on"), sa.column("delta"))
    day = entries.c.occurred_on
    half = sa.extract("year", day) * 2 + sa.case((sa.extract("month", day) > 6, 1), else_=0)
    sums = sa.select(entries.c.holding_id, half.label("half"), sa.func.sum(entries.c.delta), sa.func.count())
    halves = sa.table("stock_halves", *map(sa.column, ("holding_id", "half", "change", "entries")))
    op.execute(
        halves.insert().from_select(
            ["holding_id", "half", "change", "entries"], sums.group_by(entries.c.holding_id, sa.text("half"))
        )
    )
