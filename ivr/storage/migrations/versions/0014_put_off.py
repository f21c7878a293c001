"""Calls to customers that are put off: they keep their place among those that are due."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

STAMP = sa.String(40).with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    comment = "until when it is put off, which changes no place in the queue"
    op.add_column("follow_ups", sa.Column("not_before", STAMP, nullable=True, comment=comment))
    op.execute("UPDATE follow_ups SET version = 1 WHERE version = 0")  # of a survey; 0 is of a row that is new
