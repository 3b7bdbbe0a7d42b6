"""Drills from the year's programme to the verified correction: programmes, what belongs to a drill, injects, papers,
evaluations, the steps of corrections and of reports upward.

Every drill there is stays a drill, every line of a log a note.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_design()
    _make_taking_part()
    _make_files_supplies_and_costs()
    _make_papers_and_injects()
    _make_programmes()
    _make_evaluations_and_reports()
    _make_steps_of_findings()
    _widen_drills()
    _widen_log()
    _widen_findings()


def _make_design() -> None:
    op.create_table(
        "drill_designs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drill_id", sa.Integer(), nullable=False),
        sa.Column("organiser", sa.Text(), nullable=True),
        sa.Column("scenario", sa.Text(), nullable=True),
        sa.Column("subjects", sa.Text(), nullable=True),
        sa.Column("safety", sa.Text(), nullable=True),
        sa.Column("stop_conditions", sa.Text(), nullable=True),
        sa.Column("budget", sa.BigInteger(), nullable=True),
        sa.Column("level_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["drill_id"], ["drills.id"], name=op.f("fk_drill_designs_drill_id")),
        sa.ForeignKeyConstraint(["level_id"], ["plan_levels.id"], name=op.f("fk_drill_designs_level_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill_designs")),
        sa.UniqueConstraint("drill_id", name=op.f("uq_drill_designs_drill_id")),
    )
    op.create_table(
        "drill_objectives",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drill_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("who", sa.Text(), nullable=True),
        sa.Column("condition", sa.Text(), nullable=True),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("standard", sa.Text(), nullable=True),
        sa.Column("met", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["drill_id"], ["drills.id"], name=op.f("fk_drill_objectives_drill_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill_objectives")),
        sa.UniqueConstraint("drill_id", "position", name=op.f("uq_drill_objectives_drill_id_position")),
    )
    op.create_table(
        "drill_tested",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drill_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["drill_id"], ["drills.id"], name=op.f("fk_drill_tested_drill_id")),
        sa.ForeignKeyConstraint(
            ["section_id"], ["plan_sections.id"], name=op.f("fk_drill_tested_section_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["plan_versions.id"], name=op.f("fk_drill_tested_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill_tested")),
        sa.UniqueConstraint("drill_id", "position", name=op.f("uq_drill_tested_drill_id_position")),
    )
    op.create_index(op.f("ix_drill_tested_version_id"), "drill_tested", ["version_id"], unique=False)


def _make_taking_part() -> None:
    op.create_table(
        "drill_parties",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drill_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("expected", sa.Integer(), nullable=True),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.CheckConstraint("unit_id IS NULL OR team_id IS NULL", name=op.f("ck_drill_parties_unit_or_team")),
        sa.ForeignKeyConstraint(["drill_id"], ["drills.id"], name=op.f("fk_drill_parties_drill_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_drill_parties_team_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_drill_parties_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill_parties")),
        sa.UniqueConstraint("drill_id", "position", name=op.f("uq_drill_parties_drill_id_position")),
    )
    op.create_index(op.f("ix_drill_parties_team_id"), "drill_parties", ["team_id"], unique=False)
    op.create_index(op.f("ix_drill_parties_unit_id"), "drill_parties", ["unit_id"], unique=False)
    op.create_table(
        "drill_people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drill_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=True),
        sa.Column("post", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("checked_in_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["drill_id"], ["drills.id"], name=op.f("fk_drill_people_drill_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_drill_people_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill_people")),
    )
    op.create_index("ix_drill_people_drill_id", "drill_people", ["drill_id"], unique=False)
    op.create_index(op.f("ix_drill_people_person_id"), "drill_people", ["person_id"], unique=False)


def _make_files_supplies_and_costs() -> None:
    op.create_table(
        "drill_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drill_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachments.id"], name=op.f("fk_drill_files_attachment_id")
        ),
        sa.ForeignKeyConstraint(["drill_id"], ["drills.id"], name=op.f("fk_drill_files_drill_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill_files")),
    )
    op.create_index(op.f("ix_drill_files_attachment_id"), "drill_files", ["attachment_id"], unique=False)
    op.create_index("ix_drill_files_drill_id", "drill_files", ["drill_id"], unique=False)
    op.create_table(
        "drill_supplies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drill_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("storehouse_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("reserved", sa.BigInteger(), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.CheckConstraint("reserved >= 0", name=op.f("ck_drill_supplies_reserved_not_negative")),
        sa.ForeignKeyConstraint(["drill_id"], ["drills.id"], name=op.f("fk_drill_supplies_drill_id")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_drill_supplies_item_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_drill_supplies_lot_id")),
        sa.ForeignKeyConstraint(
            ["storehouse_id"], ["storehouses.id"], name=op.f("fk_drill_supplies_storehouse_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill_supplies")),
        sa.UniqueConstraint("drill_id", "position", name=op.f("uq_drill_supplies_drill_id_position")),
    )
    op.create_index(op.f("ix_drill_supplies_lot_id"), "drill_supplies", ["lot_id"], unique=False)
    op.create_index(
        op.f("ix_drill_supplies_storehouse_id"), "drill_supplies", ["storehouse_id"], unique=False
    )
    op.create_table(
        "drill_costs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drill_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("planned", sa.BigInteger(), nullable=True),
        sa.Column("actual", sa.BigInteger(), nullable=True),
        sa.Column("payee", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["drill_id"], ["drills.id"], name=op.f("fk_drill_costs_drill_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill_costs")),
        sa.UniqueConstraint("drill_id", "position", name=op.f("uq_drill_costs_drill_id_position")),
    )


def _make_papers_and_injects() -> None:
    op.create_table(
        "drill_papers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drill_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sections", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("approved_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["drill_id"], ["drills.id"], name=op.f("fk_drill_papers_drill_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill_papers")),
        sa.UniqueConstraint("drill_id", "kind", name=op.f("uq_drill_papers_drill_id_kind")),
    )
    op.create_table(
        "drill_injects",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drill_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=True),
        sa.Column("offset_seconds", sa.Integer(), nullable=True),
        sa.Column("after_id", sa.Integer(), nullable=True),
        sa.Column("sender", sa.Text(), nullable=True),
        sa.Column("addressee", sa.Text(), nullable=True),
        sa.Column("means", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("expected_action", sa.Text(), nullable=True),
        sa.Column("within_seconds", sa.Integer(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("section_id", sa.Integer(), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.CheckConstraint("within_seconds > 0", name=op.f("ck_drill_injects_within_positive")),
        sa.ForeignKeyConstraint(["after_id"], ["drill_injects.id"], name=op.f("fk_drill_injects_after_id")),
        sa.ForeignKeyConstraint(["drill_id"], ["drills.id"], name=op.f("fk_drill_injects_drill_id")),
        sa.ForeignKeyConstraint(
            ["section_id"], ["plan_sections.id"], name=op.f("fk_drill_injects_section_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill_injects")),
    )
    op.create_index("ix_drill_injects_drill_id", "drill_injects", ["drill_id", "position"], unique=False)


def _make_programmes() -> None:
    op.create_table(
        "programmes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("approved_by", sa.Text(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["owner_id"], ["offices.id"], name=op.f("fk_programmes_owner_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_programmes_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programmes")),
        sa.UniqueConstraint("uid", name=op.f("uq_programmes_uid")),
        sa.UniqueConstraint("unit_id", "year", name=op.f("uq_programmes_unit_id_year")),
    )
    op.create_table(
        "programme_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("hazard", sa.Text(), nullable=True),
        sa.Column("evacuation", sa.Boolean(), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("form", sa.Text(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("is_day_fixed", sa.Boolean(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("expected", sa.Integer(), nullable=True),
        sa.Column("budget", sa.BigInteger(), nullable=True),
        sa.Column("leader", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("drill_id", sa.Integer(), nullable=True),
        sa.Column("dropped_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["drill_id"], ["drills.id"], name=op.f("fk_programme_items_drill_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_programme_items_plan_id")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_programme_items_programme_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_programme_items_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_items")),
    )
    op.create_index(op.f("ix_programme_items_drill_id"), "programme_items", ["drill_id"], unique=False)
    op.create_index(
        "ix_programme_items_programme_id_planned_on",
        "programme_items",
        ["programme_id", "planned_on"],
        unique=False,
    )
    op.create_index(
        "ix_programme_items_unit_id_planned_on", "programme_items", ["unit_id", "planned_on"], unique=False
    )
    op.create_table(
        "programme_duties",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["programme_items.id"], name=op.f("fk_programme_duties_item_id")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_programme_duties_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_duties")),
    )
    op.create_index("ix_programme_duties_item_id", "programme_duties", ["item_id"], unique=False)
    op.create_table(
        "programme_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["programme_items.id"], name=op.f("fk_programme_changes_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_programme_changes_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_changes")),
    )
    op.create_index("ix_programme_changes_programme_id", "programme_changes", ["programme_id"], unique=False)


def _make_evaluations_and_reports() -> None:
    op.create_table(
        "drill_evaluations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drill_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("evaluator", sa.Text(), nullable=False),
        sa.Column("institution", sa.Text(), nullable=True),
        sa.Column("qualification", sa.Text(), nullable=True),
        sa.Column("contract", sa.Text(), nullable=True),
        sa.Column("assigned", sa.Text(), nullable=True),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["drill_id"], ["drills.id"], name=op.f("fk_drill_evaluations_drill_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill_evaluations")),
        sa.UniqueConstraint("drill_id", "position", name=op.f("uq_drill_evaluations_drill_id_position")),
    )
    op.create_table(
        "drill_verdicts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drill_id", sa.Integer(), nullable=False),
        sa.Column("computed", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["drill_id"], ["drills.id"], name=op.f("fk_drill_verdicts_drill_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill_verdicts")),
        sa.UniqueConstraint("drill_id", name=op.f("uq_drill_verdicts_drill_id")),
    )
    op.create_table(
        "drill_report_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drill_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("who", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["drill_id"], ["drills.id"], name=op.f("fk_drill_report_steps_drill_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill_report_steps")),
    )
    op.create_index("ix_drill_report_steps_drill_id", "drill_report_steps", ["drill_id"], unique=False)


def _make_steps_of_findings() -> None:
    op.create_table(
        "finding_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.Column("attachment_name", sa.Text(), nullable=True),
        sa.Column("drill_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachments.id"], name=op.f("fk_finding_steps_attachment_id")
        ),
        sa.ForeignKeyConstraint(["drill_id"], ["drills.id"], name=op.f("fk_finding_steps_drill_id")),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], name=op.f("fk_finding_steps_finding_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_steps")),
    )
    op.create_index("ix_finding_steps_finding_id", "finding_steps", ["finding_id"], unique=False)


def _widen_drills() -> None:
    with op.batch_alter_table("drills") as table:
        table.add_column(sa.Column("kind", sa.Text(), nullable=False, server_default="drill"))
        table.add_column(sa.Column("hazard", sa.Text(), nullable=True))
        table.add_column(sa.Column("evacuation", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("unannounced", sa.Boolean(), nullable=False, server_default=sa.false()))


def _widen_log() -> None:
    with op.batch_alter_table("drill_log") as table:
        table.add_column(sa.Column("kind", sa.Text(), nullable=False, server_default="note"))
        table.add_column(sa.Column("subject", sa.Text(), nullable=True))
        table.add_column(sa.Column("inject_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("corrects_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("recorded_at", sa.DateTime(), nullable=True))
        table.create_foreign_key(op.f("fk_drill_log_inject_id"), "drill_injects", ["inject_id"], ["id"])
        table.create_foreign_key(op.f("fk_drill_log_corrects_id"), "drill_log", ["corrects_id"], ["id"])


def _widen_findings() -> None:
    with op.batch_alter_table("findings") as table:
        table.add_column(sa.Column("cause", sa.Text(), nullable=True))
        table.add_column(sa.Column("action_kind", sa.Text(), nullable=True))
        table.add_column(sa.Column("card_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("item_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("evaluation_item", sa.Text(), nullable=True))
        table.add_column(sa.Column("verified_drill_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("effect", sa.Text(), nullable=True))
        table.add_column(sa.Column("accepted_until", sa.Date(), nullable=True))
        table.create_foreign_key(
            op.f("fk_findings_verified_drill_id"), "drills", ["verified_drill_id"], ["id"]
        )
        table.create_foreign_key(op.f("fk_findings_card_id"), "cards", ["card_id"], ["id"])
        table.create_foreign_key(op.f("fk_findings_item_id"), "items", ["item_id"], ["id"])
