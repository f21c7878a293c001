"""Every change of what is live is on record: who, when, why, and what was forced.

A release is content and nothing else: its author, note and what was forced belong to the act of publishing it, for the
same content can go live twice. Whether it is a draft follows from the log, so that column goes.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "publications",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("release", sa.String(length=64), nullable=False, comment="stays when the release is removed"),
        sa.Column("kind", sa.String(length=10), nullable=False, comment="first, publish or rollback"),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("forced", sa.Text(), nullable=False, comment="the failed checks it went live in spite of"),
        sa.Column("checks", sa.Text(), nullable=False, comment="JSON: name, passed and summary of each"),
        sa.PrimaryKeyConstraint("seq"),
    )
    # The live one last: until now nothing was written down when an older release went live again.
    op.execute(
        "INSERT INTO publications (release, kind, at, author, note, forced, checks) "
        "SELECT hash, 'publish', published_at, '', '', '', '[]' FROM releases "
        "WHERE (draft = false OR hash IN (SELECT release FROM current WHERE name = 'live')) "
        "ORDER BY CASE WHEN hash IN (SELECT release FROM current WHERE name = 'live') THEN 1 ELSE 0 END, published_at"
    )
    with op.batch_alter_table("releases") as releases:
        releases.alter_column("published_at", new_column_name="stored_at", existing_type=sa.String(length=40))
        releases.drop_column("draft")
