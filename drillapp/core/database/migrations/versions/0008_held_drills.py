"""The index of drills by unit with all that tells which rule a drill settles, so that duties need not read the drills."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_drills_unit_id_ended_at_retired_on", table_name="drills")
    op.create_index(
        "ix_drills_unit_id_ended_at",
        "drills",
        ["unit_id", "ended_at", "retired_on", "kind", "plan_id", "hazard", "evacuation"],
        unique=False,
    )
