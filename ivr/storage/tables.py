"""The tables, for SQLite and PostgreSQL. Every row of a call carries its key, so tables can be partitioned by call
(docs/adr/0002). Keys and times are compared byte by byte on both: times are UTC, all of one form."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    false,
    true,
)

from ivr.storage.column_types import BigKey, Name, Stamp, bytewise, call_numbers, metadata
from ivr.storage.outgoing_tables import attempts, do_not_call, follow_ups, secrets, surveys

__all__ = [
    "ADVANCED",
    "attempts",
    "call_numbers",
    "calls",
    "case_events",
    "cases",
    "counters",
    "do_not_call",
    "follow_ups",
    "kept_answers",
    "metadata",
    "people",
    "recordings",
    "releases",
    "publications",
    "secrets",
    "served_releases",
    "surveys",
    "switches",
    "tokens",
    "turns",
    "work",
]

calls = Table(
    "calls",
    metadata,
    Column("call", Name, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("turns_taken", Integer, nullable=False),
    Column("number", BigKey, unique=True),
    Column("direction", bytewise(10), nullable=False, comment="incoming or outgoing"),
    Column("release", bytewise(64)),
    Column("entry", bytewise(80)),
    Column("state", LargeBinary),
    Column("language", bytewise(20)),
    Column("customer", Name, nullable=False, comment="the number at the other end; empty where it is withheld"),
    Column("address", Name, comment="what the provider sent in place of a number, such as a SIP address"),
    Column("line", Name, nullable=False, comment="our own number"),
    Column("started_at", Stamp, nullable=False),
    Column("last_turn_at", Stamp, nullable=False),
    Column("expected_by", Stamp, nullable=False, comment="by the store's clock"),
    Column("transfer_seconds", Integer, nullable=False, comment="not counted as handling time"),
    Column("person", bytewise(10), comment="of asking for a person: answered or nobody"),
    Column("status_seq", Integer, nullable=False),
    Column("network_end", bytewise(20), comment="completed, busy, no_answer, failed or canceled"),
    Column("ended_at", Stamp),
    Column("ended_by", bytewise(10), comment="flow, provider or sweeper"),
    Column("disposition", bytewise(20), comment="what the flow said of the end"),
    Column("ending", bytewise(10), comment="what the caller got"),
    Column("erased_at", Stamp),
    Column("simulated", Boolean, nullable=False),
    Column("attempt", bytewise(40), comment="of a call that we have placed"),
)
_GOES_ON = calls.c.ended_at.is_(None)
Index("calls_open", calls.c.call, sqlite_where=_GOES_ON, postgresql_where=_GOES_ON)
Index("calls_customer", calls.c.customer, calls.c.simulated, calls.c.attempt, calls.c.call)
Index("calls_started", calls.c.started_at, calls.c.call)

turns = Table(
    "turns",
    metadata,
    Column("call", Name, primary_key=True),
    Column("turn", Integer, primary_key=True),
    Column("at", Stamp, nullable=False),
    Column("route", bytewise(40), nullable=False),
    Column("fingerprint", LargeBinary, comment="of the request; null where it holds a sensitive entry"),
    Column("input", LargeBinary, nullable=False, comment="JSON: everything that came from outside"),
    Column("reply", Text, comment="the TwiML sent; null once retention has passed"),
    Column("digest", LargeBinary, nullable=False, comment="16 bytes of the turn's events"),
    Column("note", Text),
)

cases = Table(
    "cases",
    metadata,
    Column("number", BigKey, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False, comment="how many events it is the fold of"),
    Column("call", Name),
    Column("ordinal", Integer, nullable=False),
    Column("kind", bytewise(20), nullable=False),
    Column("status", bytewise(20), nullable=False),
    Column("partial", Boolean, nullable=False),
    Column("owner", bytewise(80)),
    Column("turn", Integer, comment="the last turn of its call that changed it"),
    Column("customer", Name, nullable=False),
    Column("language", bytewise(20)),
    Column("opened_at", Stamp, nullable=False),
    Column("due_at", Stamp),
    Column("due", bytewise(10), comment="a day on the hotline's calendar"),
    Column("clock", bytewise(40), nullable=False),
    Column("promised", bytewise(10), comment="the day the caller was told"),
    Column("ended_at", Stamp),
    Column("simulated", Boolean, nullable=False),
    Column("facts", Text, nullable=False, comment="JSON: what is kept when the customer is erased"),
    Column("personal", Text, comment="JSON: what is not"),
    Column("warn_at", Stamp, comment="when somebody is told next that its deadline nears or has passed"),
    Column("team", bytewise(80), comment="whose people may take it"),
    Column("life", Text, comment="JSON: what staff have made of it"),
    Column("risk", Integer, comment="of a dispute, 1 to 100, as the first analysis proposes"),
    UniqueConstraint("call", "ordinal"),
)
_LIVES = cases.c.ended_at.is_(None)
Index("cases_opened", cases.c.opened_at, cases.c.number)
Index("cases_due", cases.c.due_at, cases.c.number, sqlite_where=_LIVES, postgresql_where=_LIVES)
Index("cases_open", cases.c.opened_at, cases.c.number, sqlite_where=_LIVES, postgresql_where=_LIVES)
Index("cases_by_customer", *(cases.c[name] for name in ("customer", "opened_at", "number", "simulated", "ended_at")))
_TRIED = cases.c.simulated.is_(true())
Index("cases_simulated", cases.c.opened_at, cases.c.number, sqlite_where=_TRIED, postgresql_where=_TRIED)
_OWNED = cases.c.owner.is_not(None)
Index("cases_by_owner", cases.c.owner, cases.c.opened_at, cases.c.number, sqlite_where=_OWNED, postgresql_where=_OWNED)
Index("cases_warn", cases.c.warn_at, sqlite_where=_LIVES, postgresql_where=_LIVES)
_RISKY = _LIVES & cases.c.risk.is_not(None)
Index("cases_risk", cases.c.risk, cases.c.number, sqlite_where=_RISKY, postgresql_where=_RISKY)
_WAITS = cases.c.status == "follow_up_due"
Index("cases_waiting", cases.c.due_at, cases.c.number, sqlite_where=_WAITS, postgresql_where=_WAITS)
Index("cases_owner_due", cases.c.owner, cases.c.due_at, cases.c.number, sqlite_where=_LIVES, postgresql_where=_LIVES)

case_events = Table(
    "case_events",
    metadata,
    Column("number", BigKey, ForeignKey("cases.number"), primary_key=True, autoincrement=False),
    Column("seq", Integer, primary_key=True),
    Column("at", Stamp, nullable=False),
    Column("kind", bytewise(40), nullable=False),
    Column("by", bytewise(80), nullable=False),
    Column("role", bytewise(20), nullable=False),
    Column("call", Name, comment="the call that said it"),
    Column("turn", Integer),
    Column("facts", Text, nullable=False, comment="JSON: what is kept when the customer is erased"),
    Column("personal", Text, comment="JSON: what is not"),
)

people = Table(
    "people",
    metadata,
    Column("name", bytewise(80), primary_key=True),
    Column("roles", Text, nullable=False, comment="JSON: a list"),
    Column("teams", Text, nullable=False, comment="JSON: a list"),
    Column("made_at", Stamp, nullable=False),
    Column("disabled_at", Stamp),
)

tokens = Table(
    "tokens",
    metadata,
    Column("hash", bytewise(64), primary_key=True, comment="SHA-256 of the token, in hex"),
    Column("person", bytewise(80), ForeignKey("people.name"), nullable=False),
    Column("made_at", Stamp, nullable=False),
    Column("used_at", Stamp, comment="to the hour"),
    Column("expires_at", Stamp),
)
Index("tokens_person", tokens.c.person)

kept_answers = Table(
    "kept_answers",
    metadata,
    Column("key", bytewise(64), primary_key=True, comment="SHA-256 of the person and their idempotency key, in hex"),
    Column("request", bytewise(64), nullable=False, comment="SHA-256 of what was asked, in hex"),
    Column("status", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("made_at", Stamp, nullable=False),
)
Index("kept_answers_made", kept_answers.c.made_at)

recordings = Table(
    "recordings",
    metadata,
    Column("recording", Name, primary_key=True),
    Column("call", Name, nullable=False),
    Column("turn", Integer),
    Column("url", Text),
    Column("seconds", Integer),
    Column("status", bytewise(20)),
    Column("transcript", Text),
)
Index("recordings_call", recordings.c.call)

releases = Table(
    "releases",
    metadata,
    Column("hash", bytewise(64), primary_key=True),
    Column("body", Text, nullable=False, comment="JSON: the files, by name"),
    Column("stored_at", Stamp, nullable=False),
)

publications = Table(
    "publications",
    metadata,
    Column("seq", BigKey, primary_key=True),
    Column("release", bytewise(64), nullable=False, comment="stays when the release is removed"),
    Column("kind", bytewise(10), nullable=False, comment="first, publish or rollback"),
    Column("at", Stamp, nullable=False),
    Column("author", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("forced", Text, nullable=False, comment="the failed checks it went live in spite of"),
    Column("checks", Text, nullable=False, comment="JSON: name, passed and summary of each"),
)

served_releases = Table(
    "served_releases",
    metadata,
    Column("name", bytewise(20), primary_key=True, comment="live, draft or staged"),
    Column("release", bytewise(64), ForeignKey("releases.hash"), nullable=False),
)

work = Table(
    "work",
    metadata,
    Column("id", BigKey, primary_key=True),
    Column("kind", bytewise(40), nullable=False),
    Column("ref", Name, nullable=False, comment="what it is about"),
    Column("due_at", Stamp, nullable=False, comment="by the store's clock, as all its times"),
    Column("claimed_by", bytewise(160)),
    Column("claimed_until", Stamp),
    Column("tries", Integer, nullable=False),
    Column("dead_at", Stamp),
    Column("trouble", Text, comment="why the last try failed"),
    Column("data", Text, nullable=False, comment="JSON"),
    UniqueConstraint("kind", "ref"),
)
_ALIVE = work.c.dead_at.is_(None)
Index("work_due", work.c.kind, work.c.due_at, sqlite_where=_ALIVE, postgresql_where=_ALIVE)

counters = Table(
    "counters",
    metadata,
    Column("name", bytewise(20), primary_key=True, comment="call, ready or oldest_schema"),
    Column("value", BigKey, nullable=False),
)

switches = Table(
    "switches",
    metadata,
    Column("name", bytewise(80), primary_key=True),
    Column("on", Boolean, nullable=False, server_default=false()),
)

ADVANCED: Mapping[str, tuple[str, ...]] = {
    "calls": (
        "turns_taken", "state", "language", "last_turn_at", "expected_by", "transfer_seconds", "person",
    ),
    "cases": ("partial", "turn", "due", "clock", "promised", "facts", "personal", "team", "life"),
}  # fmt: skip
"""The columns that go on with a row in its plain life; no index holds them. SQLite writes every index of a column that
an update names, changed or not, which made a turn's update four times as dear: so one that changes no other column
names these alone."""
