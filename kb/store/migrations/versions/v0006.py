"""Gates: sketches of texts, records said to be apart, sealed texts, what a file says beside its
text and the name that readers are shown of it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("source", sa.Column("beside", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("source", sa.Column("shown", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "sketch",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("marks", sa.LargeBinary(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"], ["record.id"], name=op.f("fk_sketch_record_id_record")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_sketch")),
        sa.UniqueConstraint("record_id", name=op.f("uq_sketch_record_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "distinct_pair",
        sa.Column("one", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["one"], ["record.id"], name=op.f("fk_distinct_pair_one_record")),
        sa.ForeignKeyConstraint(
            ["other"], ["record.id"], name=op.f("fk_distinct_pair_other_record")
        ),
        sa.PrimaryKeyConstraint("one", "other", name=op.f("pk_distinct_pair")),
    )
    op.create_index(op.f("ix_distinct_pair_other"), "distinct_pair", ["other"])
    op.create_table(
        "original",
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_original")),
    )
