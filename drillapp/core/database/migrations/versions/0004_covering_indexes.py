"""Indexes that hold all that readiness asks, so that the rows themselves need not be read and deciphered."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_plans_unit_id", "plans")
    op.create_index("ix_plans_unit_id_retired_on", "plans", ["unit_id", "retired_on"], unique=False)
    op.create_index(
        "ix_posts_unit_id_key_post_retired_on", "posts", ["unit_id", "key_post", "retired_on"], unique=False
    )
    op.drop_index("ix_findings_unit_id", "findings")
    op.create_index(
        "ix_findings_unit_id",
        "findings",
        ["unit_id", "drill_id", "due_on", "done_on", "retired_on"],
        unique=False,
    )
