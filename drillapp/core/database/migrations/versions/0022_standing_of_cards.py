"""What makes cards stale is told by an index: their rows, which hold long texts, are read of those only that are."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_cards_unit_id", "cards")
    op.create_index(
        "ix_cards_standing",
        "cards",
        [
            "unit_id",
            "post_id",
            "plan_id",
            "plan_version_id",
            "section_id",
            "valid_until",
            "retired_on",
        ],
        unique=False,
    )
