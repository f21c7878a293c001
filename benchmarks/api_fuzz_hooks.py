"""What schemathesis is told of the API beside its document; loaded in its process by `benchmarks/api_fuzz.py`.

Of the requests that fit the document, most name a case that exists and the version it has: else nearly all of them
would end at 404 or 412, and no move would ever be made.
"""

from __future__ import annotations

import json
import os
import random
import urllib.request
from typing import Any

import schemathesis
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode

from ivr.console.cursor import cursor_behind
from ivr.service.rows import CaseRow

URL, TOKEN, NUMBERS = os.environ["API_URL"], os.environ["API_TOKEN"], os.environ["API_NUMBERS"].split(",")
DICE = random.Random(1)


def _cursor(number: int) -> str:
    row = CaseRow(*[None] * len(CaseRow._fields))._replace(number=number, opened_at="2026-03-02T02:00:00.000000+00:00")
    return cursor_behind(row, by_due=False)


schemathesis.openapi.format("cursor", st.integers(1, 2**63 - 1).map(_cursor))


def _etag(number: str) -> str:
    asked = urllib.request.Request(f"{URL}/api/cases/{number}", headers={"Authorization": f"Bearer {TOKEN}"})
    with urllib.request.urlopen(asked, timeout=10) as answer:
        return f'"{json.load(answer)["version"]}"'


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """Give a request that fits the document a case that there is."""
    if case.meta is None or case.meta.generation.mode is not GenerationMode.POSITIVE:
        return
    if "late" in (case.query or {}) and "after" in case.query:
        del case.query["after"]  # a cursor is of the list in one order
    if DICE.random() < 0.2:
        return
    if "number" in (case.path_parameters or {}):
        case.path_parameters["number"] = DICE.choice(NUMBERS)
        if case.method == "POST" and "If-Match" in (case.headers or {}):
            case.headers["If-Match"] = _etag(case.path_parameters["number"])
