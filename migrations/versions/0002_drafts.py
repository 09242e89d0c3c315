"""drafts: revisions say what they were made from and why; approvals are asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("revision") as batch:
        batch.drop_constraint(op.f("uq_revision_source_id_tree_hash"), type_="unique")
        batch.add_column(sa.Column("parent_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("beside_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("message", sa.String(length=200), nullable=False, server_default=""))
        batch.create_foreign_key(op.f("fk_revision_parent_id_revision"), "revision", ["parent_id"], ["id"])
        batch.create_foreign_key(op.f("fk_revision_beside_id_revision"), "revision", ["beside_id"], ["id"])
        batch.create_index(op.f("ix_revision_source_id"), ["source_id"])
    with op.batch_alter_table("revision") as batch:
        batch.alter_column("message", existing_type=sa.String(length=200), server_default=None)
    op.create_table(
        "approval_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_approval_request_source_id_source")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_approval_request_revision_id_revision")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_approval_request_asked_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_request")),
        sa.UniqueConstraint("revision_id", name=op.f("uq_approval_request_revision_id")),
    )
    with op.batch_alter_table("approval_request") as batch:
        batch.create_index(op.f("ix_approval_request_source_id"), ["source_id"])


def downgrade() -> None:
    op.drop_table("approval_request")
    with op.batch_alter_table("revision") as batch:
        batch.drop_index(op.f("ix_revision_source_id"))
        batch.drop_constraint(op.f("fk_revision_beside_id_revision"), type_="foreignkey")
        batch.drop_constraint(op.f("fk_revision_parent_id_revision"), type_="foreignkey")
        batch.drop_column("message")
        batch.drop_column("beside_id")
        batch.drop_column("parent_id")
        batch.create_unique_constraint(op.f("uq_revision_source_id_tree_hash"), ["source_id", "tree_hash"])
