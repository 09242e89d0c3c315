"""follow-ups: questions and the plan some weeks after a pass, and a letter's way to be stopped."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("course", sa.String(length=80), nullable=False),
        sa.Column("completion_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stop_hash", sa.String(length=64), nullable=True),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column("seed", sa.String(length=32), nullable=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("skipped", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["completion_id"], ["completion.id"], name=op.f("fk_follow_up_completion_id_completion")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_follow_up_person_id_person")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_follow_up_revision_id_revision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint("code", name=op.f("uq_follow_up_code")),
        sa.UniqueConstraint("completion_id", "day", name=op.f("uq_follow_up_completion_id_day")),
        sa.UniqueConstraint("stop_hash", name=op.f("uq_follow_up_stop_hash")),
    )
    with op.batch_alter_table("follow_up") as batch:
        batch.create_index(op.f("ix_follow_up_due_on"), ["due_on"])
        batch.create_index(op.f("ix_follow_up_person_id_course"), ["person_id", "course"])
    _items_and_reports()
    with op.batch_alter_table("letter") as batch:
        batch.add_column(sa.Column("stop_url", sa.String(length=300), nullable=True))


def _items_and_reports() -> None:
    op.create_table(
        "follow_up_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("follow_up_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("slot", sa.String(length=80), nullable=False),
        sa.Column("slot_title", sa.String(length=200), nullable=False),
        sa.Column("section", sa.String(length=161), nullable=False),
        sa.Column("question", sa.String(length=80), nullable=False),
        sa.Column("question_hash", sa.String(length=64), nullable=False),
        sa.Column("choice_order", sa.JSON(), nullable=False),
        sa.Column("response", sa.JSON(), nullable=True),
        sa.Column("marks", sa.Integer(), nullable=True),
        sa.Column("full_marks", sa.Integer(), nullable=True),
        sa.Column("secured", sa.Boolean(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["follow_up_id"], ["follow_up.id"], name=op.f("fk_follow_up_item_follow_up_id_follow_up")
        ),
        sa.ForeignKeyConstraint(
            ["question_hash"],
            ["question_version.hash"],
            name=op.f("fk_follow_up_item_question_hash_question_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up_item")),
        sa.UniqueConstraint("follow_up_id", "position", name=op.f("uq_follow_up_item_follow_up_id_position")),
    )
    with op.batch_alter_table("follow_up_item") as batch:
        batch.create_index(op.f("ix_follow_up_item_question_hash"), ["question_hash"])
    op.create_table(
        "plan_report",
        sa.Column("follow_up_id", sa.Integer(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("happened", sa.String(length=10), nullable=False),
        sa.Column("line", sa.String(length=300), nullable=False),
        sa.Column("new_on", sa.Date(), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["follow_up_id"], ["follow_up.id"], name=op.f("fk_plan_report_follow_up_id_follow_up")
        ),
        sa.PrimaryKeyConstraint("follow_up_id", name=op.f("pk_plan_report")),
    )


def downgrade() -> None:
    with op.batch_alter_table("letter") as batch:
        batch.drop_column("stop_url")
    op.drop_table("plan_report")
    op.drop_table("follow_up_item")
    op.drop_table("follow_up")
