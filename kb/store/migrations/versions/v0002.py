"""Statutes: works, versions, the files they were read from, articles, and their index queue."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "statute_work",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("full_title", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statute_work")),
        sa.UniqueConstraint("key", name=op.f("uq_statute_work_key")),
        sa.UniqueConstraint("title", name=op.f("uq_statute_work_title")),
    )
    op.create_table(
        "statute_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("work_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("certain", sa.Boolean(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("history", sa.Text(), nullable=False),
        sa.Column("preamble", sa.Text(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["work_id"], ["statute_work.id"], name=op.f("fk_statute_version_work_id_statute_work")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statute_version")),
        sa.UniqueConstraint("work_id", "day", name=op.f("uq_statute_version_work_id_day")),
    )
    op.create_table(
        "statute_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("read", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["statute_version.id"],
            name=op.f("fk_statute_source_version_id_statute_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statute_source")),
        sa.UniqueConstraint("origin", name=op.f("uq_statute_source_origin")),
    )
    op.create_index(op.f("ix_statute_source_sha256"), "statute_source", ["sha256"])
    op.create_index(op.f("ix_statute_source_version_id"), "statute_source", ["version_id"])
    op.create_table(
        "statute_article",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("inserted", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("headings", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["statute_source.id"],
            name=op.f("fk_statute_article_source_id_statute_source"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["statute_version.id"],
            name=op.f("fk_statute_article_version_id_statute_version"),
        ),
        sa.PrimaryKeyConstraint(
            "version_id", "number", "inserted", name=op.f("pk_statute_article")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_statute_article_source_id"), "statute_article", ["source_id"])
    op.create_table(
        "statute_queue",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_statute_queue")),
        sqlite_autoincrement=True,
    )
