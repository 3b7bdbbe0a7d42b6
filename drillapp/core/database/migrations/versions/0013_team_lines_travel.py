"""What a team must have and who is on duty are records like all others: with uid, owner and revision.

No program wrote either table before this one, so both are made anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("duty_shifts")
    op.drop_table("team_equipment")
    _travelling(
        "duty_shifts",
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("shift", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["team_members.id"], name=op.f("fk_duty_shifts_member_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_duty_shifts_team_id")),
        sa.UniqueConstraint(
            "team_id", "day", "shift", "member_id", name=op.f("uq_duty_shifts_team_id_day_shift_member_id")
        ),
    )
    op.create_index("ix_duty_shifts_day", "duty_shifts", ["day", "team_id"], unique=False)
    op.create_index(op.f("ix_duty_shifts_member_id"), "duty_shifts", ["member_id"], unique=False)
    _travelling(
        "team_equipment",
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_team_equipment_quantity_positive")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_team_equipment_item_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_team_equipment_team_id")),
        sa.UniqueConstraint("team_id", "item_id", name=op.f("uq_team_equipment_team_id_item_id")),
    )


def _travelling(table: str, *parts: sa.schema.SchemaItem) -> None:
    """A table of records that leave the office."""
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        *parts,
        sa.ForeignKeyConstraint(["owner_id"], ["offices.id"], name=op.f(f"fk_{table}_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("uid", name=op.f(f"uq_{table}_uid")),
    )
