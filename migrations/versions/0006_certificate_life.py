"""certificate life: withdrawals that can be undone by a later row, names asked for, refreshers offered."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kept = _rows(
        "SELECT certificate_id, reason, revoked_by_id, revoked_at FROM revocation ORDER BY revoked_at"
    )
    op.drop_table("revocation")
    _create_revocation()
    for certificate_id, reason, by_id, happened_at in kept:
        values = {"c": certificate_id, "r": reason, "b": by_id, "h": happened_at}
        op.get_bind().execute(
            sa.text(
                "INSERT INTO revocation (certificate_id, kind, reason, note, by_id, happened_at)"
                " VALUES (:c, 'withdrawn', :r, '', :b, :h)"
            ),
            values,
        )
    _create_name_request()
    _create_refresher()
    with op.batch_alter_table("certificate") as batch:
        batch.add_column(sa.Column("issued_by_id", sa.Integer(), nullable=True))
        name = op.f("fk_certificate_issued_by_id_person")
        batch.create_foreign_key(name, "person", ["issued_by_id"], ["id"])


def downgrade() -> None:
    """What is withdrawn stays so; who has been reinstated has no row in the older table."""
    kept = _rows(
        "SELECT certificate_id, reason, by_id, happened_at FROM revocation AS one"
        " WHERE kind <> 'reinstated' AND NOT EXISTS"
        " (SELECT 1 FROM revocation AS later"
        " WHERE later.certificate_id = one.certificate_id AND later.id > one.id)"
    )
    with op.batch_alter_table("certificate") as batch:
        batch.drop_constraint(op.f("fk_certificate_issued_by_id_person"), type_="foreignkey")
        batch.drop_column("issued_by_id")
    op.drop_table("refresher")
    op.drop_table("name_request")
    op.drop_table("revocation")
    op.create_table(
        "revocation",
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("revoked_by_id", sa.Integer(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_revocation_certificate_id_certificate")
        ),
        sa.ForeignKeyConstraint(
            ["revoked_by_id"], ["person.id"], name=op.f("fk_revocation_revoked_by_id_person")
        ),
        sa.PrimaryKeyConstraint("certificate_id", name=op.f("pk_revocation")),
    )
    for certificate_id, reason, by_id, happened_at in kept:
        values = {"c": certificate_id, "r": reason, "b": by_id, "h": happened_at}
        op.get_bind().execute(
            sa.text(
                "INSERT INTO revocation (certificate_id, reason, revoked_by_id, revoked_at)"
                " VALUES (:c, :r, :b, :h)"
            ),
            values,
        )


def _rows(sql: str) -> list[Any]:
    return list(op.get_bind().execute(sa.text(sql)).all())


def _create_revocation() -> None:
    op.create_table(
        "revocation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_revocation_certificate_id_certificate")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_revocation_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revocation")),
    )
    with op.batch_alter_table("revocation") as batch:
        batch.create_index(op.f("ix_revocation_certificate_id"), ["certificate_id"])


def _create_name_request() -> None:
    op.create_table(
        "name_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("printed_name", sa.String(length=60), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_name_request_certificate_id_certificate")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_name_request_person_id_person")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_name_request_decided_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_request")),
    )
    with op.batch_alter_table("name_request") as batch:
        batch.create_index(op.f("ix_name_request_certificate_id"), ["certificate_id"])
        batch.create_index(
            "uq_name_request_waiting",
            ["certificate_id"],
            unique=True,
            sqlite_where=sa.text("decided_at IS NULL"),
            postgresql_where=sa.text("decided_at IS NULL"),
        )


def _create_refresher() -> None:
    op.create_table(
        "refresher",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course", sa.String(length=80), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("invited", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_refresher_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refresher")),
    )
    with op.batch_alter_table("refresher") as batch:
        batch.create_index(op.f("ix_refresher_course"), ["course"])
