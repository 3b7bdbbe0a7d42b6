"""The index by which readiness asks for findings tells of accepted risks too."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_findings_unit_id", "findings")
    op.create_index(
        "ix_findings_unit_id",
        "findings",
        ["unit_id", "drill_id", "due_on", "done_on", "retired_on", "accepted_until"],
        unique=False,
    )
