"""Lines of a request for mutual aid are records like all others, one for each item of a request.

No program wrote the table before this one, so it is made anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("aid_lines")
    op.create_table(
        "aid_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("agreed", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_aid_lines_quantity_positive")),
        sa.CheckConstraint("agreed >= 0", name=op.f("ck_aid_lines_agreed_not_negative")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_aid_lines_item_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["offices.id"], name=op.f("fk_aid_lines_owner_id")),
        sa.ForeignKeyConstraint(["request_id"], ["aid_requests.id"], name=op.f("fk_aid_lines_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aid_lines")),
        sa.UniqueConstraint("request_id", "item_id", name=op.f("uq_aid_lines_request_id_item_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_aid_lines_uid")),
    )
