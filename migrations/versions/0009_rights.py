"""rights: whose a letter is, and what stays of a pass and its certificate once its person has gone.

Once somebody has been erased the database refuses the way down: it would need to know who they were.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("letter") as batch:
        batch.add_column(sa.Column("person_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("fleeting", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.create_foreign_key(op.f("fk_letter_person_id_person"), "person", ["person_id"], ["id"])
        batch.create_index(op.f("ix_letter_person_id"), ["person_id"])
    with op.batch_alter_table("letter") as batch:
        batch.alter_column("fleeting", existing_type=sa.Boolean(), server_default=None)
    op.execute("UPDATE letter SET person_id = (SELECT id FROM person WHERE person.email = letter.recipient)")
    _nullable(True)


def downgrade() -> None:
    _nullable(False)
    with op.batch_alter_table("letter") as batch:
        batch.drop_index(op.f("ix_letter_person_id"))
        batch.drop_constraint(op.f("fk_letter_person_id_person"), type_="foreignkey")
        batch.drop_column("fleeting")
        batch.drop_column("person_id")


def _nullable(nullable: bool) -> None:
    with op.batch_alter_table("completion") as batch:
        batch.alter_column("person_id", existing_type=sa.Integer(), nullable=nullable)
        batch.alter_column("attempt_id", existing_type=sa.Integer(), nullable=nullable)
    with op.batch_alter_table("certificate_pdf") as batch:
        batch.alter_column("body", existing_type=sa.LargeBinary(), nullable=nullable)
    with op.batch_alter_table("key_waiver") as batch:
        batch.alter_column("waived_by_id", existing_type=sa.Integer(), nullable=nullable)
