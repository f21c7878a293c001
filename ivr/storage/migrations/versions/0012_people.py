"""People and their tokens, what was answered to a repeated request, and the life of a case."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def _bytewise(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.Text(collation="C"), "postgresql")


STAMP, NAME, HASH = _bytewise(40), _bytewise(80), _bytewise(64)


def upgrade() -> None:
    op.add_column("cases", sa.Column("team", NAME, nullable=True, comment="whose people may take it"))
    op.add_column("cases", sa.Column("life", sa.Text(), nullable=True, comment="JSON: what staff have made of it"))
    op.add_column(
        "cases",
        sa.Column(
            "warn_at", STAMP, nullable=True, comment="when somebody is told next that its deadline nears or has passed"
        ),
    )
    op.add_column(
        "cases",
        sa.Column(
            "risk", sa.Integer(), nullable=True, comment="of a dispute, 1 to 100, as the first analysis proposes"
        ),
    )
    op.create_index(
        "cases_risk",
        "cases",
        ["risk", "number"],
        unique=False,
        sqlite_where=sa.text("ended_at IS NULL AND risk IS NOT NULL"),
        postgresql_where=sa.text("ended_at IS NULL AND risk IS NOT NULL"),
    )
    op.create_index(
        "cases_waiting",
        "cases",
        ["due_at", "number"],
        unique=False,
        sqlite_where=sa.text("status = 'follow_up_due'"),
        postgresql_where=sa.text("status = 'follow_up_due'"),
    )
    op.create_index(
        "cases_warn",
        "cases",
        ["warn_at"],
        unique=False,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "cases_owner_due",
        "cases",
        ["owner", "due_at", "number"],
        unique=False,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "people",
        sa.Column("name", NAME, nullable=False),
        sa.Column("roles", sa.Text(), nullable=False, comment="JSON: a list"),
        sa.Column("teams", sa.Text(), nullable=False, comment="JSON: a list"),
        sa.Column("made_at", STAMP, nullable=False),
        sa.Column("disabled_at", STAMP, nullable=True),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "tokens",
        sa.Column("hash", HASH, nullable=False, comment="SHA-256 of the token, in hex"),
        sa.Column("person", NAME, nullable=False),
        sa.Column("made_at", STAMP, nullable=False),
        sa.Column("used_at", STAMP, nullable=True, comment="to the hour"),
        sa.Column("expires_at", STAMP, nullable=True),
        sa.ForeignKeyConstraint(["person"], ["people.name"]),
        sa.PrimaryKeyConstraint("hash"),
    )
    op.create_index("tokens_person", "tokens", ["person"], unique=False)
    op.create_table(
        "kept_answers",
        sa.Column("key", HASH, nullable=False, comment="SHA-256 of the person and their idempotency key, in hex"),
        sa.Column("request", HASH, nullable=False, comment="SHA-256 of what was asked, in hex"),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("made_at", STAMP, nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("kept_answers_made", "kept_answers", ["made_at"], unique=False)
