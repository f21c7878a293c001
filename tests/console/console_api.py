"""The API on a database with people and cases, and those who ask it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from ivr.app.database import Database
from ivr.call.case_number import case_number
from ivr.case.case import By, CaseEvent
from ivr.case.case_fold import fold
from ivr.case.moves import Move, move
from ivr.service.cases.case_rows import case_row, event_row
from ivr.service.rows import stamp

NOW = datetime.now(UTC)
CALLER = By("caller", "caller")
PEOPLE = {
    "li": ("agent",), "zhao": ("agent",), "wang": ("lead",), "sun": ("quality",), "zhou": ("auditor",),
    "ops": ("ops",), "tester": ("tester",), "root": ("admin",), "both": ("agent", "lead"),
}  # fmt: skip
PHONE = "+862155500123"
STORY = "charged twice, my card is 6222 0200 0011 2345, 我的电话是零二一五五五零零一二三"
FIRST = '"2"'
"""The ETag of a case that nobody has moved."""


@dataclass
class Api:
    """The application, what is on record, and tokens of everybody."""

    app: Flask
    url: str
    tokens: dict[str, str]
    numbers: list[int] = field(default_factory=list)

    @property
    def database(self) -> Database:
        found: Database = self.app.extensions["ivr"].database
        return found

    def put(self, ago: timedelta = timedelta(), **more: str) -> int:
        """A complaint on record, taken down so long ago."""
        number = case_number(len(self.numbers) + 1, "complaint")
        at = NOW - ago - timedelta(seconds=len(self.numbers))
        due = at + timedelta(days=15)
        opening = {
            "kind": "complaint", "clock": "cn-2020", "opened_at": stamp(at), "customer": PHONE, "due_at": stamp(due),
            "due": due.date().isoformat(), "simulated": "no", **more,
        }  # fmt: skip
        case, log = None, []
        said = {"story": STORY, "phone": "+862155500199", "product": "card"}
        for wanted in (Move("opened", opening, None, None, "zh-CN"), Move("completed", said)):
            event = move(case, wanted, CALLER, at)
            assert isinstance(event, CaseEvent), str(event)
            case, log = fold(case, event), [*log, event]
        assert case is not None
        with self.database.ports.store.transaction() as tx:
            tx.put_case(case_row(number, case)._replace(version=0), [event_row(number, event) for event in log])
        self.numbers.append(number)
        return number

    def get(self, path: str, who: str = "li", **headers: str) -> TestResponse:
        return self.app.test_client(use_cookies=False).get(path, headers={**self.bearer(who), **named(headers)})

    def move(self, number: int | str, kind: str, who: str = "li", /, **data: Any) -> TestResponse:
        """A move with what else the request says in `data` under `_`: its version, its key, its language."""
        headers = {"If_Match": FIRST, **data.pop("_", {})}
        body = {"move": kind, "data": data}
        return self.post(f"/api/cases/{number}/moves", body, who, **headers)

    def post(self, path: str, body: Any, who: str = "li", **headers: str) -> TestResponse:
        said = {"data": body} if isinstance(body, bytes | str) else {"json": body}
        client = self.app.test_client(use_cookies=False)
        return client.post(path, headers={**self.bearer(who), **named(headers)}, **said)

    def bearer(self, who: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens[who]}"} if who else {}


def named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items() if value}


MakeApi = Callable[[str], Api]
