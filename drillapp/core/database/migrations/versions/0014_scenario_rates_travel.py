"""What a scenario takes by head is a record like all others: with uid, owner and revision.

No program wrote the table before this one, so it is made anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("scenario_rates")
    op.create_table(
        "scenario_rates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("scenario_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_scenario_rates_quantity_positive")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_scenario_rates_item_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["offices.id"], name=op.f("fk_scenario_rates_owner_id")),
        sa.ForeignKeyConstraint(
            ["scenario_id"], ["scenarios.id"], name=op.f("fk_scenario_rates_scenario_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario_rates")),
        sa.UniqueConstraint("scenario_id", "item_id", name=op.f("uq_scenario_rates_scenario_id_item_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_scenario_rates_uid")),
    )
