"""Calls to customers: what is to be asked, the attempts to reach them, and who wants no calls."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def _bytewise(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.Text(collation="C"), "postgresql")


STAMP, NAME, HASH, PERSON = _bytewise(40), _bytewise(160), _bytewise(64), _bytewise(80)
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WAITING, LIVE = sa.text("state = 'waiting'"), sa.text("state IN ('intended', 'placed')")


def upgrade() -> None:
    op.add_column("calls", sa.Column("attempt", _bytewise(40), nullable=True, comment="of a call that we have placed"))
    op.drop_index("calls_customer", "calls")
    op.create_index("calls_customer", "calls", ["customer", "simulated", "attempt", "call"])
    _surveys()
    _follow_ups()
    _attempts()
    op.create_table(
        "do_not_call",
        sa.Column("to_key", HASH, nullable=False, comment="keyed hash of the number, which itself is not kept"),
        sa.Column("since", STAMP, nullable=False),
        sa.Column("why", _bytewise(40), nullable=False, comment="opted_out or blocked"),
        sa.Column("by", PERSON, nullable=False),
        sa.Column("hint", _bytewise(40), nullable=False, comment="the number masked, for whoever reads the list"),
        sa.PrimaryKeyConstraint("to_key"),
    )
    op.create_table(
        "secrets",
        sa.Column(
            "name", _bytewise(20), nullable=False, comment="numbers: the key of hashes where no setting gives one"
        ),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )


def _surveys() -> None:
    op.create_table(
        "surveys",
        sa.Column("survey", NAME, nullable=False),
        sa.Column("flow", PERSON, nullable=False),
        sa.Column("made_at", STAMP, nullable=False),
        sa.Column("by", PERSON, nullable=False),
        sa.Column("file", sa.Text(), nullable=False, comment="the name of the list it was made from"),
        sa.Column("people", sa.Integer(), nullable=False, comment="how many of the list are to be phoned"),
        sa.PrimaryKeyConstraint("survey"),
    )


def _follow_ups() -> None:
    op.create_table(
        "follow_ups",
        sa.Column("follow_up", NAME, nullable=False, comment="case number, hyphen, round; or survey, hyphen, row"),
        sa.Column("number", BIG, nullable=True, comment="the case it is about; null for a survey"),
        sa.Column("survey", NAME, nullable=True),
        sa.Column("flow", PERSON, nullable=False, comment="the flow its calls begin in"),
        sa.Column("to", _bytewise(40), nullable=True, comment="the customer's number; null once erased"),
        sa.Column("to_key", HASH, nullable=False, comment="keyed hash of the number"),
        sa.Column("language", _bytewise(20), nullable=False),
        sa.Column("state", _bytewise(10), nullable=False, comment="waiting, dialling, done or stopped"),
        sa.Column("reason", _bytewise(40), nullable=True, comment="why it is done or stopped: a result, or a code"),
        sa.Column("made_at", STAMP, nullable=False),
        sa.Column("due_at", STAMP, nullable=False, comment="when it may be tried next, by the store's clock"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("follow_up"),
    )
    due = ["flow", "due_at", "made_at", "follow_up"]
    op.create_index("follow_ups_due", "follow_ups", due, sqlite_where=WAITING, postgresql_where=WAITING)
    op.create_index("follow_ups_number", "follow_ups", ["number"])
    op.create_index("follow_ups_survey", "follow_ups", ["survey", "follow_up"])
    op.create_index("follow_ups_to", "follow_ups", ["to_key"])


def _attempts() -> None:
    op.create_table(
        "attempts",
        sa.Column("attempt", _bytewise(40), nullable=False, comment="unguessable; stands in every URL of its call"),
        sa.Column("follow_up", NAME, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False, comment="which attempt of its follow-up, from 1"),
        sa.Column("to_key", HASH, nullable=False),
        sa.Column("from_number", _bytewise(40), nullable=False),
        sa.Column("intended_at", STAMP, nullable=False, comment="by the store's clock"),
        sa.Column("state", _bytewise(10), nullable=False, comment="intended, placed, refused, unknown or ended"),
        sa.Column("call", NAME, nullable=True),
        sa.Column(
            "answered_by", _bytewise(10), nullable=True, comment="human, machine or unknown, as the network says"
        ),
        sa.Column(
            "network_end", _bytewise(20), nullable=True, comment="completed, busy, no_answer, failed or canceled"
        ),
        sa.Column("status_seq", sa.Integer(), nullable=False),
        sa.Column("result", _bytewise(20), nullable=True, comment="the customer's word, else the network's"),
        sa.Column("error", _bytewise(200), nullable=True, comment="why it was not placed"),
        sa.Column("ended_at", STAMP, nullable=True),
        sa.ForeignKeyConstraint(["follow_up"], ["follow_ups.follow_up"]),
        sa.PrimaryKeyConstraint("attempt"),
        sa.UniqueConstraint("call"),
        sa.UniqueConstraint("follow_up", "n"),
    )
    op.create_index(
        "attempts_live_number", "attempts", ["to_key"], unique=True, sqlite_where=LIVE, postgresql_where=LIVE
    )
    op.create_index("attempts_live", "attempts", ["intended_at"], sqlite_where=LIVE, postgresql_where=LIVE)
    op.create_index("attempts_intended", "attempts", ["intended_at", "follow_up"])
    op.create_index("attempts_to", "attempts", ["to_key", "intended_at"])
