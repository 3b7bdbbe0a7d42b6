"""An index of findings by unit and cause, by which those that were made before are found without reading the others."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_findings_cause",
        "findings",
        ["unit_id", "cause", "retired_on", "drill_id", "section_id"],
        unique=False,
    )
