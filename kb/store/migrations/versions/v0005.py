"""Tokens of programs end by a day."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("token", sa.Column("expires", sa.DateTime(), nullable=True))
