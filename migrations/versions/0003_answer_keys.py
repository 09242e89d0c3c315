"""answer keys: who opened a test's answers as an editor, and what a second person waived."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "key_opening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("course", sa.String(length=80), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_key_opening_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_opening")),
        sa.UniqueConstraint("code", name=op.f("uq_key_opening_code")),
    )
    op.create_table(
        "key_waiver",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("course", sa.String(length=80), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("waived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waived_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_key_waiver_person_id_person")),
        sa.ForeignKeyConstraint(
            ["waived_by_id"], ["person.id"], name=op.f("fk_key_waiver_waived_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_waiver")),
    )
    for table in ("key_opening", "key_waiver"):
        with op.batch_alter_table(table) as batch:
            batch.create_index(op.f(f"ix_{table}_person_id_course"), ["person_id", "course"])


def downgrade() -> None:
    op.drop_table("key_waiver")
    op.drop_table("key_opening")
