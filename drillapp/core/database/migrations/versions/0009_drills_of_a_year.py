"""The index of drills by day with all that tells their state, so that a year calendar need not read the drills."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_drills_planned_on", table_name="drills")
    op.create_index(
        "ix_drills_planned_on",
        "drills",
        ["planned_on", "retired_on", "unit_id", "started_at", "ended_at", "reported_on"],
        unique=False,
    )
