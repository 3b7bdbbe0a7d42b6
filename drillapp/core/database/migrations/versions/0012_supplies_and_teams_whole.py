"""Supplies and teams whole: catalogue tree and packs, shelves, quarantine, stocktakes, scenarios, upkeep, mutual aid;
members, equipment, duty, agreements and trainings of teams.

Each text that was a category becomes a category; every movement there is stays as it was.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_catalogue()
    _make_stocktakes()
    _make_scenarios_and_upkeep()
    _make_aid()
    _make_team_members()
    _make_team_papers()
    _widen_items()
    _widen_movements()
    _widen_storehouses_and_teams()
    _widen_levels()


def _make_catalogue() -> None:
    _travelling(
        "categories",
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["categories.id"], name=op.f("fk_categories_parent_id")),
        sa.UniqueConstraint(
            "owner_id", "name", "parent_id", name=op.f("uq_categories_owner_id_name_parent_id")
        ),
    )
    op.create_index(op.f("ix_categories_parent_id"), "categories", ["parent_id"], unique=False)
    op.create_table(
        "item_packs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_item_packs_quantity_positive")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_item_packs_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_packs")),
        sa.UniqueConstraint("item_id", "name", name=op.f("uq_item_packs_item_id_name")),
    )
    _travelling(
        "shelves",
        sa.Column("storehouse_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["storehouse_id"], ["storehouses.id"], name=op.f("fk_shelves_storehouse_id")),
        sa.UniqueConstraint("storehouse_id", "code", name=op.f("uq_shelves_storehouse_id_code")),
    )
    _travelling(
        "quarantines",
        sa.Column("holding_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("released_by", sa.Text(), nullable=True),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_quarantines_quantity_positive")),
        sa.ForeignKeyConstraint(["holding_id"], ["holdings.id"], name=op.f("fk_quarantines_holding_id")),
    )
    op.create_index(op.f("ix_quarantines_holding_id"), "quarantines", ["holding_id"], unique=False)


def _make_stocktakes() -> None:
    _travelling(
        "stocktakes",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("storehouse_id", sa.Integer(), nullable=False),
        sa.Column("extent", sa.Text(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("sample", sa.Integer(), nullable=True),
        sa.Column("seed", sa.Integer(), nullable=True),
        sa.Column("blind", sa.Boolean(), nullable=False),
        sa.Column("tolerance", sa.BigInteger(), nullable=False),
        sa.Column("drawn_up_at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("counted_by", sa.Text(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(), nullable=True),
        sa.Column("reviewed_by", sa.Text(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(), nullable=True),
        sa.Column("review_note", sa.Text(), nullable=True),
        sa.Column("posted_at", sa.DateTime(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["category_id"], ["categories.id"], name=op.f("fk_stocktakes_category_id")),
        sa.ForeignKeyConstraint(
            ["storehouse_id"], ["storehouses.id"], name=op.f("fk_stocktakes_storehouse_id")
        ),
        sa.UniqueConstraint("owner_id", "number", name=op.f("uq_stocktakes_owner_id_number")),
    )
    op.create_index(op.f("ix_stocktakes_storehouse_id"), "stocktakes", ["storehouse_id"], unique=False)
    op.create_table(
        "stocktake_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stocktake_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("shelf_id", sa.Integer(), nullable=True),
        sa.Column("drawn", sa.BigInteger(), nullable=False),
        sa.Column("counted", sa.BigInteger(), nullable=True),
        sa.Column("counted_at", sa.DateTime(), nullable=True),
        sa.Column("first_counted", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint("counted >= 0", name=op.f("ck_stocktake_lines_counted_not_negative")),
        sa.CheckConstraint("first_counted >= 0", name=op.f("ck_stocktake_lines_first_counted_not_negative")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_stocktake_lines_item_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_stocktake_lines_lot_id")),
        sa.ForeignKeyConstraint(["shelf_id"], ["shelves.id"], name=op.f("fk_stocktake_lines_shelf_id")),
        sa.ForeignKeyConstraint(
            ["stocktake_id"], ["stocktakes.id"], name=op.f("fk_stocktake_lines_stocktake_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stocktake_lines")),
        sa.UniqueConstraint(
            "stocktake_id", "lot_id", "shelf_id", name=op.f("uq_stocktake_lines_stocktake_id_lot_id_shelf_id")
        ),
        sa.UniqueConstraint(
            "stocktake_id", "position", name=op.f("uq_stocktake_lines_stocktake_id_position")
        ),
    )
    op.create_index(op.f("ix_stocktake_lines_lot_id"), "stocktake_lines", ["lot_id"], unique=False)
    op.create_table(
        "stocktake_reasons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["line_id"], ["stocktake_lines.id"], name=op.f("fk_stocktake_reasons_line_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stocktake_reasons")),
        sa.UniqueConstraint("line_id", "reason", name=op.f("uq_stocktake_reasons_line_id_reason")),
    )


def _make_scenarios_and_upkeep() -> None:
    _travelling(
        "scenarios",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_scenarios_unit_id")),
        sa.UniqueConstraint("owner_id", "code", name=op.f("uq_scenarios_owner_id_code")),
    )
    op.create_index(op.f("ix_scenarios_unit_id"), "scenarios", ["unit_id"], unique=False)
    op.create_table(
        "scenario_rates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scenario_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_scenario_rates_quantity_positive")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_scenario_rates_item_id")),
        sa.ForeignKeyConstraint(
            ["scenario_id"], ["scenarios.id"], name=op.f("fk_scenario_rates_scenario_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario_rates")),
        sa.UniqueConstraint("scenario_id", "item_id", name=op.f("uq_scenario_rates_scenario_id_item_id")),
    )
    _travelling(
        "upkeep",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("storehouse_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("done_by", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_upkeep_item_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_upkeep_lot_id")),
        sa.ForeignKeyConstraint(["storehouse_id"], ["storehouses.id"], name=op.f("fk_upkeep_storehouse_id")),
    )
    op.create_index(
        "ix_upkeep_storehouse_id", "upkeep", ["storehouse_id", "item_id", "kind", "done_on"], unique=False
    )


def _make_aid() -> None:
    _travelling(
        "aid_requests",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("from_storehouse_id", sa.Integer(), nullable=False),
        sa.Column("to_storehouse_id", sa.Integer(), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=False),
        sa.Column("needed_by", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["from_storehouse_id"], ["storehouses.id"], name=op.f("fk_aid_requests_from_storehouse_id")
        ),
        sa.ForeignKeyConstraint(
            ["to_storehouse_id"], ["storehouses.id"], name=op.f("fk_aid_requests_to_storehouse_id")
        ),
        sa.UniqueConstraint("owner_id", "number", name=op.f("uq_aid_requests_owner_id_number")),
    )
    op.create_index(
        op.f("ix_aid_requests_from_storehouse_id"), "aid_requests", ["from_storehouse_id"], unique=False
    )
    op.create_index(
        op.f("ix_aid_requests_to_storehouse_id"), "aid_requests", ["to_storehouse_id"], unique=False
    )
    op.create_table(
        "aid_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("agreed", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_aid_lines_quantity_positive")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_aid_lines_item_id")),
        sa.ForeignKeyConstraint(["request_id"], ["aid_requests.id"], name=op.f("fk_aid_lines_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aid_lines")),
        sa.UniqueConstraint("request_id", "position", name=op.f("uq_aid_lines_request_id_position")),
    )


def _make_team_members() -> None:
    _travelling(
        "team_members",
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("qualification", sa.Text(), nullable=True),
        sa.Column("qualified_until", sa.Date(), nullable=True),
        sa.Column("insured_until", sa.Date(), nullable=True),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_team_members_team_id")),
        sa.UniqueConstraint("team_id", "name", name=op.f("uq_team_members_team_id_name")),
    )
    op.create_table(
        "duty_shifts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("shift", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["team_members.id"], name=op.f("fk_duty_shifts_member_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_duty_shifts_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_shifts")),
        sa.UniqueConstraint(
            "team_id", "day", "shift", "member_id", name=op.f("uq_duty_shifts_team_id_day_shift_member_id")
        ),
    )
    op.create_index("ix_duty_shifts_day", "duty_shifts", ["day", "team_id"], unique=False)
    op.create_index(op.f("ix_duty_shifts_member_id"), "duty_shifts", ["member_id"], unique=False)
    op.create_table(
        "team_equipment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_team_equipment_quantity_positive")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_team_equipment_item_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_team_equipment_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_equipment")),
        sa.UniqueConstraint("team_id", "item_id", name=op.f("uq_team_equipment_team_id_item_id")),
    )


def _make_team_papers() -> None:
    _travelling(
        "team_agreements",
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("partner", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_team_agreements_team_id")),
        sa.UniqueConstraint("team_id", "number", name=op.f("uq_team_agreements_team_id_number")),
    )
    _travelling(
        "team_trainings",
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("hours", sa.BigInteger(), nullable=True),
        sa.Column("attended", sa.Integer(), nullable=True),
        sa.Column("trainer", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_team_trainings_team_id")),
    )
    op.create_index("ix_team_trainings_team_id", "team_trainings", ["team_id", "held_on"], unique=False)


def _travelling(table: str, *parts: sa.schema.SchemaItem) -> None:
    """A table of records that leave the office."""
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        *parts,
        sa.ForeignKeyConstraint(["owner_id"], ["offices.id"], name=op.f(f"fk_{table}_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("uid", name=op.f(f"uq_{table}_uid")),
    )


def _widen_items() -> None:
    _texts("items", "standard_code", "aliases", "date_kind")
    for column in ("warning_days", "inspection_months", "maintenance_months"):
        op.add_column("items", sa.Column(column, sa.Integer(), nullable=True))
    _reference("items", "category_id", "categories")
    _reference("items", "picture_id", "attachments")
    _make_categories()
    op.drop_column("items", "category")


def _make_categories() -> None:
    # The uid of its first item: offices that hold the same items then hold the same category.
    op.execute(
        "INSERT INTO categories (uid, owner_id, revision, name)"
        " SELECT uid, owner_id, 1, category FROM items WHERE id IN"
        " (SELECT min(id) FROM items WHERE category IS NOT NULL GROUP BY owner_id, category) ORDER BY id"
    )
    op.execute(
        "UPDATE items SET category_id = (SELECT id FROM categories"
        " WHERE categories.owner_id = items.owner_id AND categories.name = items.category)"
    )


def _widen_movements() -> None:
    _texts("movements", "cause", "counterparty", "handler", "approved_by", "recorded_by")
    op.add_column("movements", sa.Column("due_on", sa.Date(), nullable=True))
    for column, unique in (("answers_id", False), ("reverses_id", True)):
        _reference("movements", column, "movements")
        said = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            f"ix_movements_{column}", "movements", [column], unique=unique, sqlite_where=said, postgresql_where=said
        )  # fmt: skip


def _widen_storehouses_and_teams() -> None:
    _texts("storehouses", "kind", "deputy", "deputy_phone", "access", "supplier", "agreement")
    op.add_column("storehouses", sa.Column("agreement_until", sa.Date(), nullable=True))
    _reference("storehouses", "plan_id", "attachments")
    _reference("holdings", "shelf_id", "shelves")
    _texts("teams", "station", "note")
    op.add_column("teams", sa.Column("response_minutes", sa.Integer(), nullable=True))
    op.add_column("teams", sa.Column("insured_until", sa.Date(), nullable=True))
    _reference("teams", "storehouse_id", "storehouses")
    op.create_index(op.f("ix_teams_storehouse_id"), "teams", ["storehouse_id"])


def _widen_levels() -> None:
    op.add_column("required_levels", sa.Column("most", sa.BigInteger(), nullable=True))
    _texts("required_levels", "source")
    _reference("required_levels", "storehouse_id", "storehouses")
    op.create_index(op.f("ix_required_levels_storehouse_id"), "required_levels", ["storehouse_id"])
    with op.batch_alter_table("required_levels") as levels:
        levels.drop_constraint(op.f("ck_required_levels_unit_or_kind"), type_="check")
        levels.create_check_constraint(
            op.f("ck_required_levels_unit_kind_or_storehouse"),
            "(CASE WHEN unit_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN unit_kind IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN storehouse_id IS NULL THEN 0 ELSE 1 END) = 1",
        )


def _texts(table: str, *columns: str) -> None:
    for column in columns:
        op.add_column(table, sa.Column(column, sa.Text(), nullable=True))


def _reference(table: str, column: str, to: str) -> None:
    """A column that may name a row of another table; said in SQL, since Alembic would copy the table on SQLite."""
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN {column} INTEGER CONSTRAINT fk_{table}_{column} REFERENCES {to} (id)"
    )
