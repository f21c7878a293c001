"""The tables of the first release, for SQLite and PostgreSQL.

Revisions below 0011 were never released, and this version cannot upgrade a database that is at one of them.

A migration is history: it spells its tables out instead of importing them, so that it makes the same schema for ever.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = None
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _bytewise(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.Text(collation="C"), "postgresql")


NAME, STAMP, HASH, DAY = _bytewise(160), _bytewise(40), _bytewise(64), _bytewise(10)


def upgrade() -> None:
    op.create_table(
        "calls",
        sa.Column("call", NAME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("turns_taken", sa.Integer(), nullable=False),
        sa.Column("number", BIG, nullable=True),
        sa.Column("direction", _bytewise(10), nullable=False, comment="incoming or outgoing"),
        sa.Column("release", HASH, nullable=True),
        sa.Column("entry", _bytewise(80), nullable=True),
        sa.Column("state", sa.LargeBinary(), nullable=True),
        sa.Column("language", _bytewise(20), nullable=True),
        sa.Column("customer", NAME, nullable=False, comment="the number at the other end; empty where it is withheld"),
        sa.Column(
            "address", NAME, nullable=True, comment="what the provider sent in place of a number, such as a SIP address"
        ),
        sa.Column("line", NAME, nullable=False, comment="our own number"),
        sa.Column("started_at", STAMP, nullable=False),
        sa.Column("last_turn_at", STAMP, nullable=False),
        sa.Column("expected_by", STAMP, nullable=False, comment="by the store's clock"),
        sa.Column("transfer_seconds", sa.Integer(), nullable=False, comment="not counted as handling time"),
        sa.Column("person", _bytewise(10), nullable=True, comment="of asking for a person: answered or nobody"),
        sa.Column("status_seq", sa.Integer(), nullable=False),
        sa.Column(
            "network_end", _bytewise(20), nullable=True, comment="completed, busy, no_answer, failed or canceled"
        ),
        sa.Column("ended_at", STAMP, nullable=True),
        sa.Column("ended_by", _bytewise(10), nullable=True, comment="flow, provider or sweeper"),
        sa.Column("disposition", _bytewise(20), nullable=True, comment="what the flow said of the end"),
        sa.Column("ending", _bytewise(10), nullable=True, comment="what the caller got"),
        sa.Column("erased_at", STAMP, nullable=True),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("call"),
        sa.UniqueConstraint("number"),
    )
    op.create_index("calls_customer", "calls", ["customer", "simulated", "call"], unique=False)
    op.create_index(
        "calls_open",
        "calls",
        ["call"],
        unique=False,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("calls_started", "calls", ["started_at", "call"], unique=False)
    op.create_table(
        "cases",
        sa.Column("number", BIG, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="how many events it is the fold of"),
        sa.Column("call", NAME, nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", _bytewise(20), nullable=False),
        sa.Column("status", _bytewise(20), nullable=False),
        sa.Column("partial", sa.Boolean(), nullable=False),
        sa.Column("owner", _bytewise(80), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=True, comment="the last turn of its call that changed it"),
        sa.Column("customer", NAME, nullable=False),
        sa.Column("language", _bytewise(20), nullable=True),
        sa.Column("opened_at", STAMP, nullable=False),
        sa.Column("due_at", STAMP, nullable=True),
        sa.Column("due", DAY, nullable=True, comment="a day on the hotline's calendar"),
        sa.Column("clock", _bytewise(40), nullable=False),
        sa.Column("promised", DAY, nullable=True, comment="the day the caller was told"),
        sa.Column("ended_at", STAMP, nullable=True),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False, comment="JSON: what is kept when the customer is erased"),
        sa.Column("personal", sa.Text(), nullable=True, comment="JSON: what is not"),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("call", "ordinal"),
    )
    op.create_index(
        "cases_due",
        "cases",
        ["due_at", "number"],
        unique=False,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("cases_opened", "cases", ["opened_at", "number"], unique=False)
    op.create_index(
        "cases_by_customer", "cases", ["customer", "opened_at", "number", "simulated", "ended_at"], unique=False
    )
    op.create_index(
        "cases_by_owner",
        "cases",
        ["owner", "opened_at", "number"],
        unique=False,
        sqlite_where=sa.text("owner IS NOT NULL"),
        postgresql_where=sa.text("owner IS NOT NULL"),
    )
    op.create_index(
        "cases_simulated",
        "cases",
        ["opened_at", "number"],
        unique=False,
        sqlite_where=sa.text("simulated IS 1"),
        postgresql_where=sa.text("simulated IS true"),
    )
    op.create_index(
        "cases_open",
        "cases",
        ["opened_at", "number"],
        unique=False,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "counters",
        sa.Column(
            "name",
            _bytewise(20),
            nullable=False,
            comment="call, ready or oldest_schema",
        ),
        sa.Column("value", BIG, nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "publications",
        sa.Column("seq", BIG, nullable=False),
        sa.Column("release", HASH, nullable=False, comment="stays when the release is removed"),
        sa.Column("kind", _bytewise(10), nullable=False, comment="first, publish or rollback"),
        sa.Column("at", STAMP, nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("forced", sa.Text(), nullable=False, comment="the failed checks it went live in spite of"),
        sa.Column("checks", sa.Text(), nullable=False, comment="JSON: name, passed and summary of each"),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_table(
        "recordings",
        sa.Column("recording", NAME, nullable=False),
        sa.Column("call", NAME, nullable=False),
        sa.Column("turn", sa.Integer(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("status", _bytewise(20), nullable=True),
        sa.Column("transcript", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("recording"),
    )
    op.create_index("recordings_call", "recordings", ["call"], unique=False)
    op.create_table(
        "releases",
        sa.Column("hash", HASH, nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="JSON: the files, by name"),
        sa.Column("stored_at", STAMP, nullable=False),
        sa.PrimaryKeyConstraint("hash"),
    )
    op.create_table(
        "switches",
        sa.Column("name", _bytewise(80), nullable=False),
        sa.Column("on", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "turns",
        sa.Column("call", NAME, nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("at", STAMP, nullable=False),
        sa.Column("route", _bytewise(40), nullable=False),
        sa.Column(
            "fingerprint",
            sa.LargeBinary(),
            nullable=True,
            comment="of the request; null where it holds a sensitive entry",
        ),
        sa.Column("input", sa.LargeBinary(), nullable=False, comment="JSON: everything that came from outside"),
        sa.Column("reply", sa.Text(), nullable=True, comment="the TwiML sent; null once retention has passed"),
        sa.Column("digest", sa.LargeBinary(), nullable=False, comment="16 bytes of the turn's events"),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("call", "turn"),
    )
    op.create_table(
        "work",
        sa.Column("id", BIG, nullable=False),
        sa.Column("kind", _bytewise(40), nullable=False),
        sa.Column("ref", NAME, nullable=False, comment="what it is about"),
        sa.Column("due_at", STAMP, nullable=False, comment="by the store's clock, as all its times"),
        sa.Column("claimed_by", _bytewise(160), nullable=True),
        sa.Column("claimed_until", STAMP, nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("dead_at", STAMP, nullable=True),
        sa.Column("trouble", sa.Text(), nullable=True, comment="why the last try failed"),
        sa.Column("data", sa.Text(), nullable=False, comment="JSON"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("kind", "ref"),
    )
    op.create_index(
        "work_due",
        "work",
        ["kind", "due_at"],
        unique=False,
        sqlite_where=sa.text("dead_at IS NULL"),
        postgresql_where=sa.text("dead_at IS NULL"),
    )
    op.create_table(
        "case_events",
        sa.Column("number", BIG, autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", STAMP, nullable=False),
        sa.Column("kind", _bytewise(40), nullable=False),
        sa.Column("by", _bytewise(80), nullable=False),
        sa.Column("role", _bytewise(20), nullable=False),
        sa.Column("call", NAME, nullable=True, comment="the call that said it"),
        sa.Column("turn", sa.Integer(), nullable=True),
        sa.Column("facts", sa.Text(), nullable=False, comment="JSON: what is kept when the customer is erased"),
        sa.Column("personal", sa.Text(), nullable=True, comment="JSON: what is not"),
        sa.ForeignKeyConstraint(
            ["number"],
            ["cases.number"],
        ),
        sa.PrimaryKeyConstraint("number", "seq"),
    )
    op.create_table(
        "served_releases",
        sa.Column("name", _bytewise(20), nullable=False, comment="live, draft or staged"),
        sa.Column("release", HASH, nullable=False),
        sa.ForeignKeyConstraint(
            ["release"],
            ["releases.hash"],
        ),
        sa.PrimaryKeyConstraint("name"),
    )
    op.execute("INSERT INTO counters (name, value) VALUES ('call', 0), ('ready', 0), ('oldest_schema', 11)")
    if op.get_context().dialect.name == "postgresql":
        op.execute("CREATE SEQUENCE call_numbers")
