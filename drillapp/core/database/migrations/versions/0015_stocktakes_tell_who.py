"""A stocktake says where the ledger stood when it was drawn up, who counted each line and when, and why it was cancelled.

No program wrote the lines before this one, so they are made anew: one line a lot.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, kind in (
        ("last_movement", sa.Integer()), ("reviewed_login", sa.Text()), ("cancelled_at", sa.DateTime()),
        ("cancel_reason", sa.Text()),
    ):  # fmt: skip
        op.add_column("stocktakes", sa.Column(name, kind, nullable=True))
    op.drop_table("stocktake_reasons")
    op.drop_table("stocktake_lines")
    _make_lines()
    _make_reasons()


def _make_lines() -> None:
    op.create_table(
        "stocktake_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stocktake_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("shelf_id", sa.Integer(), nullable=True),
        sa.Column("drawn", sa.BigInteger(), nullable=False),
        sa.Column("added", sa.Boolean(), nullable=False),
        sa.Column("counted", sa.BigInteger(), nullable=True),
        sa.Column("counted_on", sa.Date(), nullable=True),
        sa.Column("counted_at", sa.DateTime(), nullable=True),
        sa.Column("counted_by", sa.Text(), nullable=True),
        sa.Column("counted_login", sa.Text(), nullable=True),
        sa.Column("first_counted", sa.BigInteger(), nullable=True),
        sa.Column("first_counted_at", sa.DateTime(), nullable=True),
        sa.Column("first_counted_by", sa.Text(), nullable=True),
        sa.Column("again", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint("counted >= 0", name=op.f("ck_stocktake_lines_counted_not_negative")),
        sa.CheckConstraint("first_counted >= 0", name=op.f("ck_stocktake_lines_first_counted_not_negative")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_stocktake_lines_item_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_stocktake_lines_lot_id")),
        sa.ForeignKeyConstraint(["shelf_id"], ["shelves.id"], name=op.f("fk_stocktake_lines_shelf_id")),
        sa.ForeignKeyConstraint(
            ["stocktake_id"], ["stocktakes.id"], name=op.f("fk_stocktake_lines_stocktake_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stocktake_lines")),
        sa.UniqueConstraint("stocktake_id", "lot_id", name=op.f("uq_stocktake_lines_stocktake_id_lot_id")),
        sa.UniqueConstraint(
            "stocktake_id", "position", name=op.f("uq_stocktake_lines_stocktake_id_position")
        ),
    )
    op.create_index(op.f("ix_stocktake_lines_lot_id"), "stocktake_lines", ["lot_id"], unique=False)


def _make_reasons() -> None:
    op.create_table(
        "stocktake_reasons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["line_id"], ["stocktake_lines.id"], name=op.f("fk_stocktake_reasons_line_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stocktake_reasons")),
        sa.UniqueConstraint("line_id", "reason", name=op.f("uq_stocktake_reasons_line_id_reason")),
    )
