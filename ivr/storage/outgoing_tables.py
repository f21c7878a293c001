"""The tables of calls to customers: what is to be asked, the attempts to reach them, and who wants no calls."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from ivr.storage.column_types import BigKey, Name, Stamp, bytewise, metadata

surveys = Table(
    "surveys",
    metadata,
    Column("survey", Name, primary_key=True),
    Column("flow", bytewise(80), nullable=False),
    Column("made_at", Stamp, nullable=False),
    Column("by", bytewise(80), nullable=False),
    Column("file", Text, nullable=False, comment="the name of the list it was made from"),
    Column("people", Integer, nullable=False, comment="how many of the list are to be phoned"),
)

follow_ups = Table(
    "follow_ups",
    metadata,
    Column("follow_up", Name, primary_key=True, comment="case number, hyphen, round; or survey, hyphen, row"),
    Column("number", BigKey, comment="the case it is about; null for a survey"),
    Column("survey", Name),
    Column("flow", bytewise(80), nullable=False, comment="the flow its calls begin in"),
    Column("to", bytewise(40), comment="the customer's number; null once erased"),
    Column("to_key", bytewise(64), nullable=False, comment="keyed hash of the number"),
    Column("language", bytewise(20), nullable=False),
    Column("state", bytewise(10), nullable=False, comment="waiting, dialling, done or stopped"),
    Column("reason", bytewise(40), comment="why it is done or stopped: a result, or a code"),
    Column("made_at", Stamp, nullable=False),
    Column("due_at", Stamp, nullable=False, comment="when it may be tried next, by the store's clock"),
    Column("version", Integer, nullable=False),
    Column("simulated", Boolean, nullable=False),
    Column("not_before", Stamp, comment="until when it is put off, which changes no place in the queue"),
)
_WAITING = follow_ups.c.state == "waiting"
_FAIR = (follow_ups.c[name] for name in ("flow", "due_at", "made_at", "follow_up"))
Index("follow_ups_due", *_FAIR, sqlite_where=_WAITING, postgresql_where=_WAITING)


def is_due(now: Any) -> Any:
    """The condition of being due, and not put off."""
    put_off = follow_ups.c.not_before
    return (follow_ups.c.due_at <= now) & (put_off.is_(None) | (put_off <= now))


Index("follow_ups_number", follow_ups.c.number)
Index("follow_ups_survey", follow_ups.c.survey, follow_ups.c.follow_up)
Index("follow_ups_to", follow_ups.c.to_key)

attempts = Table(
    "attempts",
    metadata,
    Column("attempt", bytewise(40), primary_key=True, comment="unguessable; stands in every URL of its call"),
    Column("follow_up", Name, ForeignKey("follow_ups.follow_up"), nullable=False),
    Column("n", Integer, nullable=False, comment="which attempt of its follow-up, from 1"),
    Column("to_key", bytewise(64), nullable=False),
    Column("from_number", bytewise(40), nullable=False),
    Column("intended_at", Stamp, nullable=False, comment="by the store's clock"),
    Column("state", bytewise(10), nullable=False, comment="intended, placed, refused, unknown or ended"),
    Column("call", Name, unique=True),
    Column("answered_by", bytewise(10), comment="human, machine or unknown, as the network says"),
    Column("network_end", bytewise(20), comment="completed, busy, no_answer, failed or canceled"),
    Column("status_seq", Integer, nullable=False),
    Column("result", bytewise(20), comment="the customer's word, else the network's"),
    Column("error", bytewise(200), comment="why it was not placed"),
    Column("ended_at", Stamp),
    UniqueConstraint("follow_up", "n"),
)
_LIVE = attempts.c.state.in_(("intended", "placed"))
Index("attempts_live_number", attempts.c.to_key, unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE)
Index("attempts_live", attempts.c.intended_at, sqlite_where=_LIVE, postgresql_where=_LIVE)
Index("attempts_intended", attempts.c.intended_at, attempts.c.follow_up)
Index("attempts_to", attempts.c.to_key, attempts.c.intended_at)

do_not_call = Table(
    "do_not_call",
    metadata,
    Column("to_key", bytewise(64), primary_key=True, comment="keyed hash of the number, which itself is not kept"),
    Column("since", Stamp, nullable=False),
    Column("why", bytewise(40), nullable=False, comment="opted_out or blocked"),
    Column("by", bytewise(80), nullable=False),
    Column("hint", bytewise(40), nullable=False, comment="the number masked, for whoever reads the list"),
)

secrets = Table(
    "secrets",
    metadata,
    Column("name", bytewise(20), primary_key=True, comment="numbers: the key of hashes where no setting gives one"),
    Column("value", Text, nullable=False),
)
