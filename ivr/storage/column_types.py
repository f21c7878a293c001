"""What all tables are made of: one set of them, and the types of keys and times."""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer, MetaData, Sequence, String, Text

metadata = MetaData()
BigKey = BigInteger().with_variant(Integer, "sqlite")
call_numbers = Sequence("call_numbers", metadata=metadata)
"""PostgreSQL's source of call numbers: no lock that the first turns of all machines would wait for."""


def bytewise(length: int) -> String:
    """Text that PostgreSQL sorts and compares as SQLite does, whatever the language of its cluster; and as long as it
    is there: SQLite knows no lengths, so what is too long is for whoever takes it in to say."""
    return String(length).with_variant(Text(collation="C"), "postgresql")


Name = bytewise(160)
Stamp = bytewise(40)
