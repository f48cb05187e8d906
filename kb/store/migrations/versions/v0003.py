"""The desk: users and tokens, how far each record is, unfinished edits, comments, overrides, notes
of corrections, cases to be looked at again."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _records()
    _desk()
    _accounts()


def _records() -> None:
    """Records gain what the desk knows of them, told by what they are and by the audit."""
    op.add_column("record", sa.Column("released", sa.DateTime(), nullable=True))
    op.add_column("record", sa.Column("stage", sa.Text(), nullable=False, server_default="draft"))
    op.add_column("record", sa.Column("working", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("record", sa.Column("assignee", sa.Text(), nullable=False, server_default=""))
    op.add_column("record", sa.Column("editors", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("record", sa.Column("submitter", sa.Text(), nullable=False, server_default=""))
    op.add_column("record", sa.Column("approver", sa.Text(), nullable=False, server_default=""))
    op.add_column(
        "record",
        sa.Column("worked", sa.DateTime(), nullable=False, server_default="2000-01-01 00:00:00"),
    )
    op.create_index(
        op.f("ix_record_assignee_stage_worked"), "record", ["assignee", "stage", "worked"]
    )
    op.create_index(op.f("ix_record_stage_worked"), "record", ["stage", "worked"])
    op.execute("UPDATE record SET stage = status, working = revision, worked = changed")
    first = sa.text(
        "SELECT record_id, min(at) FROM audit WHERE action = 'publish' GROUP BY record_id"
    )
    released = [
        {"key": record_id, "at": datetime.fromisoformat(at).astimezone(UTC).replace(tzinfo=None)}
        for record_id, at in op.get_bind().execute(first)
    ]
    if released:
        record = sa.table("record", sa.column("id"), sa.column("released", sa.DateTime()))
        op.get_bind().execute(
            sa.update(record)
            .where(record.c.id == sa.bindparam("key"))
            .values(released=sa.bindparam("at")),
            released,
        )


def _desk() -> None:
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("settled", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"], ["record.id"], name=op.f("fk_comment_record_id_record")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    op.create_index(op.f("ix_comment_record_id"), "comment", ["record_id"])

    op.create_table(
        "correction",
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"], ["record.id"], name=op.f("fk_correction_record_id_record")
        ),
        sa.PrimaryKeyConstraint("record_id", "revision", name=op.f("pk_correction")),
    )
    op.create_table(
        "look",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("work", sa.Text(), nullable=False),
        sa.Column("version", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("done_by", sa.Text(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"], ["record.id"], name=op.f("fk_look_record_id_record")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_look")),
        sa.UniqueConstraint(
            "record_id", "work", "version", name=op.f("uq_look_record_id_work_version")
        ),
    )
    op.create_index(op.f("ix_look_done_by_id"), "look", ["done_by", "id"])

    op.create_table(
        "override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("gate", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("second", sa.Text(), nullable=False),
        sa.Column("second_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["record_id"], ["record.id"], name=op.f("fk_override_record_id_record")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_override")),
        sa.UniqueConstraint(
            "record_id", "gate", "key", name=op.f("uq_override_record_id_gate_key")
        ),
    )
    op.create_table(
        "unfinished",
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"], ["record.id"], name=op.f("fk_unfinished_record_id_record")
        ),
        sa.PrimaryKeyConstraint("record_id", "who", name=op.f("pk_unfinished")),
    )


def _accounts() -> None:
    op.create_table(
        "attempt",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_attempt")),
    )
    op.create_index(op.f("ix_attempt_last"), "attempt", ["last"])

    op.create_table(
        "desk_user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("stamp", sa.Text(), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("totp", sa.Text(), nullable=False),
        sa.Column("totp_used", sa.Integer(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("seen", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_user")),
        sa.UniqueConstraint("name", name=op.f("uq_desk_user_name")),
    )
    op.create_table(
        "recovery",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["desk_user.id"], name=op.f("fk_recovery_user_id_desk_user")
        ),
        sa.PrimaryKeyConstraint("user_id", "hash", name=op.f("pk_recovery")),
    )
    op.create_table(
        "token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("made", sa.DateTime(), nullable=False),
        sa.Column("used", sa.DateTime(), nullable=True),
        sa.Column("revoked", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["desk_user.id"], name=op.f("fk_token_user_id_desk_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_token")),
        sa.UniqueConstraint("hash", name=op.f("uq_token_hash")),
        sa.UniqueConstraint("name", name=op.f("uq_token_name")),
    )
    op.create_table(
        "welcome",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("expires", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["desk_user.id"], name=op.f("fk_welcome_user_id_desk_user")
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_welcome")),
    )
    op.create_index(op.f("ix_welcome_user_id"), "welcome", ["user_id"])
