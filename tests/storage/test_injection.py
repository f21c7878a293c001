"""No text that somebody gives is ever part of a statement: five hundred that would change one, in every place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from any_store import NOW, AnyStore, rows
from sqlalchemy import Engine

from ivr.service.calls.close import new_call
from ivr.service.stored_rows import CaseFilter
from ivr.storage.case_rows import CaseRows
from ivr.storage.schema import engine

BEFORE = [
    "",
    "'",
    '"',
    "x'",
    'x"',
    "')",
    "1",
    "-1",
    "\\'",
    "'+'",
    "%",
    "_%",
    "''",
    "x' ",
    "1)",
    "%27",
    "＇",
    "ʼ",
    "`",
    "]",
]
AFTER = [
    "", " OR '1'='1", " OR 1=1 --", "; DROP TABLE cases; --", "; DELETE FROM calls; --", " UNION SELECT * FROM calls",
    "/**/OR/**/1=1", " AND pg_sleep(9)", "; ATTACH '/tmp/x' AS y; --", "||(SELECT body FROM releases)", "#", "/*", "--",
    ":customer", "%(customer)s", "?", "$1", "{0}", " LIKE '%'", " GLOB '*'", "; PRAGMA writable_schema=1", "\u0000' --",
    "\n--", " RETURNING *", "); INSERT INTO calls VALUES (1",
]  # fmt: skip
PAYLOADS = [before + after for before, after in product(BEFORE, AFTER)]


def kept(payload: str) -> str:
    """A payload as it can reach a database: neither of them keeps a NUL, and `printable` lets none in."""
    return payload.replace("\x00", "\ufffd")


@pytest.fixture
def reading(database_url: str) -> Iterator[Engine]:
    made = engine(database_url)
    yield made
    made.dispose()


def test_five_hundred_payloads_find_nothing_and_change_nothing(store: AnyStore, reading: Engine) -> None:
    assert len(PAYLOADS) == 500
    with store.transaction() as tx:
        tx.put_call(new_call("CA" + "1" * 32, "+862155500123", "+862155500000", NOW))
    cases, before = CaseRows(reading), rows(store, "SELECT * FROM calls")

    with store.transaction() as tx:
        for payload in map(kept, PAYLOADS):
            assert tx.call(payload) is None
            assert tx.visits(payload, payload) == tx.open_cases(payload) == 0
    for number, payload in enumerate(filter(None, map(kept, PAYLOADS))):
        field = ("kind", "statuses", "owner", "customer", "team")[number % 5]
        assert cases.page(CaseFilter(**{field: [payload] if field == "statuses" else payload})) == []

    assert rows(store, "SELECT * FROM calls") == before


def test_payloads_are_kept_and_read_as_the_text_they_are(store: AnyStore) -> None:
    wanted = {f"CA{number:032x}": kept(payload) for number, payload in enumerate(PAYLOADS)}
    with store.transaction() as tx:
        for call, text in wanted.items():
            tx.put_call(new_call(call, text, text, NOW)._replace(address=text))

    with store.transaction() as tx:
        for call, text in wanted.items():
            row = tx.call(call)
            assert row is not None and (row.customer, row.line, row.address) == (text, text, text)
    assert rows(store, "SELECT count(*) FROM calls")[0][0] == 500
