"""The tables. Every row of a call carries its key, so tables can be partitioned by call (docs/adr/0002)."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

metadata = MetaData()
BigKey = BigInteger().with_variant(Integer, "sqlite")

calls = Table(
    "calls",
    metadata,
    Column("call", String(160), primary_key=True),
    Column("number", BigKey, unique=True),
    Column("turns_taken", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("release", String(64)),
    Column("entry", String(80)),
    Column("state", LargeBinary),
    Column("language", String(20)),
    Column("caller", String(160), nullable=False),
    Column("called", String(160), nullable=False),
    Column("started_at", String(40), nullable=False),
    Column("last_turn_at", String(40), nullable=False),
    Column("expected_by", String(40), nullable=False),
    Column("transfer_seconds", Integer, nullable=False, comment="not counted as handling time"),
    Column("transferred", Boolean, nullable=False, server_default=false(), comment="a transfer was answered"),
    Column("status_seq", Integer, nullable=False),
    Column("ended_at", String(40)),
    Column("ended_by", String(10), comment="flow, provider or sweeper"),
    Column("disposition", String(20)),
    Column("erased_at", String(40)),
    Column("simulated", Boolean, nullable=False, server_default=false()),
)
Index("calls_open", calls.c.call, sqlite_where=calls.c.ended_at.is_(None), postgresql_where=calls.c.ended_at.is_(None))

turns = Table(
    "turns",
    metadata,
    Column("call", String(160), primary_key=True),
    Column("turn", Integer, primary_key=True),
    Column("at", String(40), nullable=False),
    Column("route", String(40), nullable=False),
    Column("fingerprint", LargeBinary, nullable=False),
    Column("input", LargeBinary, nullable=False, comment="JSON: everything that came from outside"),
    Column("reply", Text, comment="the TwiML sent; null once retention has passed"),
    Column("digest", LargeBinary, nullable=False, comment="16 bytes of the turn's events"),
    Column("note", Text),
)

cases = Table(
    "cases",
    metadata,
    Column("number", BigKey, primary_key=True, autoincrement=False),
    Column("call", String(160), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("status", String(20), nullable=False),
    Column("partial", Boolean, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("opened_at", String(40), nullable=False),
    Column("due_at", String(40)),
    Column("due", String(10)),
    Column("clock", String(40), nullable=False),
    Column("version", Integer, nullable=False),
    Column("data", Text, nullable=False, comment="JSON"),
    UniqueConstraint("call", "ordinal"),
)

case_events = Table(
    "case_events",
    metadata,
    Column("number", BigKey, ForeignKey("cases.number"), primary_key=True, autoincrement=False),
    Column("seq", Integer, primary_key=True),
    Column("at", String(40), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("by", String(80), nullable=False),
    Column("data", Text, nullable=False, comment="JSON"),
)

recordings = Table(
    "recordings",
    metadata,
    Column("recording", String(160), primary_key=True),
    Column("call", String(160), nullable=False),
    Column("turn", Integer),
    Column("url", Text),
    Column("seconds", Integer),
    Column("status", String(20)),
    Column("transcript", Text),
)
Index("recordings_call", recordings.c.call)

releases = Table(
    "releases",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("body", Text, nullable=False, comment="JSON: the files, by name"),
    Column("stored_at", String(40), nullable=False),
)

publications = Table(
    "publications",
    metadata,
    Column("seq", BigKey, primary_key=True),
    Column("release", String(64), nullable=False, comment="stays when the release is removed"),
    Column("kind", String(10), nullable=False, comment="first, publish or rollback"),
    Column("at", String(40), nullable=False),
    Column("author", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("forced", Text, nullable=False, comment="the failed checks it went live in spite of"),
    Column("checks", Text, nullable=False, comment="JSON: name, passed and summary of each"),
)

served_releases = Table(
    "served_releases",
    metadata,
    Column("name", String(20), primary_key=True),
    Column("release", String(64), ForeignKey("releases.hash"), nullable=False),
)

counters = Table(
    "counters",
    metadata,
    Column("name", String(20), primary_key=True),
    Column("value", BigKey, nullable=False),
)

switches = Table(
    "switches",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("on", Boolean, nullable=False, server_default=false()),
)
