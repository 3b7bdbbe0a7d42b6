"""Versions of plans with what is written in them; attachments; special days.

Every plan that was there gets one version, which its events belong to.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_attachments_and_days()
    _make_versions()
    _make_content()
    _carry_over()
    _make_what_hangs_on_events_and_findings()


def _make_attachments_and_days() -> None:
    op.create_table(
        "attachments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
        sa.UniqueConstraint("digest", name=op.f("uq_attachments_digest")),
    )
    op.create_table(
        "special_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_working", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_special_days")),
    )


def _make_versions() -> None:
    op.create_table(
        "plan_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["owner_id"], ["offices.id"], name=op.f("fk_plan_versions_owner_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_plan_versions_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_versions")),
        sa.UniqueConstraint("plan_id", "ordinal", name=op.f("uq_plan_versions_plan_id_ordinal")),
        sa.UniqueConstraint("uid", name=op.f("uq_plan_versions_uid")),
    )


def _make_content() -> None:
    op.create_table(
        "plan_sections",
        *_part_of_version("plan_sections", "version_id", "position"),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("blocks", sa.Text(), nullable=False),
        sa.Column("lineage", sa.LargeBinary(length=16), nullable=False),
    )
    op.create_index(op.f("ix_plan_sections_lineage"), "plan_sections", ["lineage"], unique=False)
    op.create_table(
        "plan_levels",
        *_part_of_version("plan_levels", "version_id", "position"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=True),
        sa.Column("starter", sa.Text(), nullable=True),
    )
    op.create_table(
        "plan_level_actions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("level_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("within_minutes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["level_id"], ["plan_levels.id"], name=op.f("fk_plan_level_actions_level_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_level_actions")),
        sa.UniqueConstraint("level_id", "position", name=op.f("uq_plan_level_actions_level_id_position")),
    )
    op.create_table(
        "plan_people",
        *_part_of_version("plan_people", "version_id", "list", "position"),
        sa.Column("list", sa.Text(), nullable=False),
        *_texts("role", "name", "organisation", "phone", "duty"),
    )
    op.create_table(
        "plan_resources",
        *_part_of_version("plan_resources", "version_id", "position"),
        sa.Column("name", sa.Text(), nullable=False),
        *_texts("quantity", "place", "keeper", "phone"),
    )
    op.create_table(
        "plan_papers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachments.id"], name=op.f("fk_plan_papers_attachment_id")
        ),
        sa.ForeignKeyConstraint(["version_id"], ["plan_versions.id"], name=op.f("fk_plan_papers_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_papers")),
    )
    op.create_index("ix_plan_papers_version_id_kind", "plan_papers", ["version_id", "kind"], unique=False)


def _part_of_version(table: str, *unique: str) -> tuple[sa.schema.SchemaItem, ...]:
    """What the tables of a version's content have in common."""
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["plan_versions.id"], name=op.f(f"fk_{table}_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(*unique, name=op.f(f"uq_{table}_{'_'.join(unique)}")),
    )


def _texts(*names: str) -> tuple[sa.schema.SchemaItem, ...]:
    return tuple(sa.Column(name, sa.Text(), nullable=True) for name in names)


def _carry_over() -> None:
    # The uid of its plan: offices that hold the same plan then hold the same version.
    op.execute(
        "INSERT INTO plan_versions (uid, owner_id, revision, plan_id, ordinal, label)"
        " SELECT uid, owner_id, 1, id, 1, version FROM plans ORDER BY id"
    )
    op.drop_column("plans", "version")
    for column in ("authority", "people", "conclusion", "note"):
        op.add_column("plan_events", sa.Column(column, sa.Text(), nullable=True))
    op.add_column("plan_events", sa.Column("version_id", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE plan_events SET version_id ="
        " (SELECT plan_versions.id FROM plan_versions WHERE plan_versions.plan_id = plan_events.plan_id)"
    )
    with op.batch_alter_table("plan_events") as events:
        events.alter_column("version_id", existing_type=sa.Integer(), nullable=False)
        events.create_foreign_key(op.f("fk_plan_events_version_id"), "plan_versions", ["version_id"], ["id"])
    op.create_index(
        "ix_plan_events_version_id_kind_on",
        "plan_events",
        ["version_id", "kind", "happened_on"],
        unique=False,
    )


def _make_what_hangs_on_events_and_findings() -> None:
    op.create_table(
        "plan_assessments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        *_texts("basis", "process", "suggestions"),
        sa.ForeignKeyConstraint(["event_id"], ["plan_events.id"], name=op.f("fk_plan_assessments_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_assessments")),
        sa.UniqueConstraint("event_id", name=op.f("uq_plan_assessments_event_id")),
    )
    op.add_column("findings", sa.Column("section_id", sa.Integer(), nullable=True))
    with op.batch_alter_table("findings") as findings:
        findings.create_foreign_key(op.f("fk_findings_section_id"), "plan_sections", ["section_id"], ["id"])
    op.create_index(op.f("ix_findings_section_id"), "findings", ["section_id"], unique=False)
    op.create_table(
        "plan_finding_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name=op.f("fk_plan_finding_answers_finding_id")
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["plan_sections.id"], name=op.f("fk_plan_finding_answers_section_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["plan_versions.id"], name=op.f("fk_plan_finding_answers_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_finding_answers")),
        sa.UniqueConstraint(
            "version_id", "finding_id", name=op.f("uq_plan_finding_answers_version_id_finding_id")
        ),
    )
    for column in ("finding_id", "section_id"):
        name = op.f(f"ix_plan_finding_answers_{column}")
        op.create_index(name, "plan_finding_answers", [column], unique=False)
