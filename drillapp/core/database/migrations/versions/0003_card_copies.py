"""The whole text of disposal cards, who stands on them, and the copies that were handed out.

Every card that was issued gets one copy, and the one who holds it is found among the unit's people.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_people_and_copies()
    _carry_over()
    _change_cards()


def _make_people_and_copies() -> None:
    op.create_table(
        "card_people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name=op.f("fk_card_people_card_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_card_people_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_people")),
    )
    op.create_index("ix_card_people_card_id", "card_people", ["card_id"], unique=False)
    op.create_index(op.f("ix_card_people_person_id"), "card_people", ["person_id"], unique=False)
    op.create_table(
        "card_copies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("acknowledged_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_how", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name=op.f("fk_card_copies_card_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_copies")),
    )
    op.create_index(
        "ix_card_copies_card_id_dates",
        "card_copies",
        ["card_id", "issued_on", "ended_on", "acknowledged_on", "version"],
        unique=False,
    )


def _carry_over() -> None:
    op.execute(
        "INSERT INTO card_copies (card_id, version, person, issued_on, acknowledged_on)"
        " SELECT id, 1, person, issued_on, acknowledged_on FROM cards WHERE issued_on IS NOT NULL ORDER BY id"
    )
    op.execute(
        "INSERT INTO card_people (card_id, person_id) SELECT cards.id, people.id FROM cards"
        " JOIN people ON people.unit_id = cards.unit_id AND people.name = cards.person ORDER BY cards.id"
    )


def _change_cards() -> None:
    op.drop_index("ix_cards_post_id_issued_on_retired_on", "cards")
    with op.batch_alter_table("cards") as cards:
        cards.drop_column("issued_on")
        cards.drop_column("acknowledged_on")
        for name in ("first_action", "alarm", "protection", "prohibitions", "route", "supplies"):
            cards.add_column(sa.Column(name, sa.Text(), nullable=True))
        cards.add_column(sa.Column("valid_until", sa.Date(), nullable=True))
        cards.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        for name in ("plan_version_id", "section_id"):
            cards.add_column(sa.Column(name, sa.Integer(), nullable=True))
        cards.create_foreign_key(
            op.f("fk_cards_plan_version_id"), "plan_versions", ["plan_version_id"], ["id"]
        )
        cards.create_foreign_key(op.f("fk_cards_section_id"), "plan_sections", ["section_id"], ["id"])
    with op.batch_alter_table("cards") as cards:
        cards.alter_column("version", existing_type=sa.Integer(), server_default=None)
    # The only version that each plan has at this point.
    op.execute(
        "UPDATE cards SET plan_version_id = (SELECT id FROM plan_versions WHERE plan_id = cards.plan_id)"
        " WHERE plan_id IS NOT NULL"
    )
    op.create_index("ix_cards_post_id_retired_on", "cards", ["post_id", "retired_on"], unique=False)
    for name in ("plan_version_id", "section_id"):
        is_there = sa.text(f"{name} IS NOT NULL")
        op.create_index(
            f"ix_cards_{name}",
            "cards",
            [name],
            unique=False,
            sqlite_where=is_there,
            postgresql_where=is_there,
        )
