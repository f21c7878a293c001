"""The tables of the first release, for SQLite and PostgreSQL.

Revisions below 0010 were never released, and this version cannot upgrade a database that is at one of them.

A migration is history: it spells its tables out instead of importing them, so that it makes the same schema for ever.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calls",
        sa.Column("call", sa.String(length=160), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("turns_taken", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("release", sa.String(length=64), nullable=True),
        sa.Column("entry", sa.String(length=80), nullable=True),
        sa.Column("state", sa.LargeBinary(), nullable=True),
        sa.Column("language", sa.String(length=20), nullable=True),
        sa.Column("caller", sa.String(length=160), nullable=False),
        sa.Column("called", sa.String(length=160), nullable=False),
        sa.Column("started_at", sa.String(length=40), nullable=False),
        sa.Column("last_turn_at", sa.String(length=40), nullable=False),
        sa.Column("expected_by", sa.String(length=40), nullable=False),
        sa.Column(
            "transfer_seconds", sa.Integer(), nullable=False, comment="time in transfers, not counted as call time"
        ),
        sa.Column(
            "transferred", sa.Boolean(), server_default=sa.false(), nullable=False, comment="a transfer was answered"
        ),
        sa.Column("status_seq", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.String(length=40), nullable=True),
        sa.Column("ended_by", sa.String(length=10), nullable=True, comment="flow, provider or sweeper"),
        sa.Column("disposition", sa.String(length=20), nullable=True),
        sa.Column("erased_at", sa.String(length=40), nullable=True),
        sa.Column("simulated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("call"),
        sa.UniqueConstraint("number"),
    )
    op.create_index(
        "calls_open",
        "calls",
        ["call"],
        unique=False,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "cases",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("call", sa.String(length=160), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("partial", sa.Boolean(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.String(length=40), nullable=False),
        sa.Column("due_at", sa.String(length=40), nullable=True),
        sa.Column("due", sa.String(length=10), nullable=True),
        sa.Column("clock", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False, comment="JSON"),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("call", "ordinal"),
    )
    op.create_table(
        "counters",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("value", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "recordings",
        sa.Column("recording", sa.String(length=160), nullable=False),
        sa.Column("call", sa.String(length=160), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=True),
        sa.Column("transcript", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("recording"),
    )
    op.create_index("recordings_call", "recordings", ["call"], unique=False)
    op.create_table(
        "releases",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="JSON: the files, by name"),
        sa.Column("stored_at", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("hash"),
    )
    op.create_table(
        "switches",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("on", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "turns",
        sa.Column("call", sa.String(length=160), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("route", sa.String(length=40), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("input", sa.LargeBinary(), nullable=False, comment="JSON: everything that came from outside"),
        sa.Column("reply", sa.Text(), nullable=True, comment="the TwiML sent; null once retention has passed"),
        sa.Column("digest", sa.LargeBinary(), nullable=False, comment="16 bytes of the turn's events"),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("call", "turn"),
    )
    op.create_table(
        "case_events",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("data", sa.Text(), nullable=False, comment="JSON"),
        sa.ForeignKeyConstraint(
            ["number"],
            ["cases.number"],
        ),
        sa.PrimaryKeyConstraint("number", "seq"),
    )
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
    op.create_table(
        "served_releases",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("release", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["release"],
            ["releases.hash"],
        ),
        sa.PrimaryKeyConstraint("name"),
    )
    op.execute("INSERT INTO counters (name, value) VALUES ('call', 0)")
