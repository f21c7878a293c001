"""The API fuzzed from its own OpenAPI document by schemathesis, over HTTP, and what came of it.

    python benchmarks/api_fuzz.py [--examples N]

Requests that fit the document and requests that break it in one place go to the running API, on a database of its
own with people and cases. Each answer must be one that the document names, of the shape it names; what breaks the
document must be refused; no request may end in an error inside. Exit code 1 where one does not.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from waitress.server import create_server

from ivr.app.database import Database
from ivr.call.case_number import case_number
from ivr.case.case import By, CaseEvent
from ivr.case.case_fold import fold
from ivr.case.moves import Move, move
from ivr.config import Settings
from ivr.console.app import create_app
from ivr.service.cases.case_rows import case_row, event_row
from ivr.service.people import Person, new_token
from ivr.service.ports import Store
from ivr.service.rows import stamp
from ivr.service.stored_rows import CaseFilter
from ivr.storage.schema import upgrade

HOOKS = Path(__file__).parent / "api_fuzz_hooks.py"
CASES = 20
USUAL, FEW = 300, 12
"""Random requests for each operation, beside those that the document itself gives cause for."""
CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,"
    "response_schema_conformance,negative_data_rejection,positive_data_acceptance,missing_required_header,"
    "unsupported_method,ignored_auth"
)
CONFIG = """
[checks]
positive_data_acceptance.expected-statuses = ["2xx", "404", "409", "412"]
missing_required_header.expected-statuses = ["428", "401"]
"""
"""A request that fits may still name no case, a move that is refused, or a version of yesterday."""
ROLES = ("agent", "lead", "quality", "admin")


@dataclass(frozen=True, slots=True)
class Running:
    """The API: where it is, a token for it, the numbers of its cases, and its database."""

    database: Database
    url: str
    token: str
    numbers: list[int]


@contextmanager
def running(folder: Path) -> Iterator[Running]:
    """The API on a database of its own, with people and cases."""
    upgrade(url := f"sqlite:///{folder / 'fuzz.db'}")
    app = create_app(Settings(database_url=url, sqlite_sync="NORMAL"))
    api, now = app.extensions["ivr"], datetime.now(UTC)
    api.database.people.add(Person("fuzz", ROLES, ("cards",), now))
    token = new_token(api.database.people, "fuzz", now)
    numbers = [put(api.database.ports.store, n, now) for n in range(1, CASES + 1)]
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield Running(api.database, f"http://127.0.0.1:{server.effective_port}", token, numbers)
    finally:
        server.close()
        api.close()


def put(store: Store, call: int, now: datetime) -> int:
    """A complaint on record."""
    number, due = case_number(call, "complaint"), now + timedelta(days=call - 5)
    opening = {
        "kind": "complaint", "clock": "cn-2020", "opened_at": stamp(now - timedelta(hours=call)), "simulated": "no",
        "customer": "+862155500123", "due_at": stamp(due), "due": due.date().isoformat(),
    }  # fmt: skip
    event = move(None, Move("opened", opening, None, None, "zh-CN"), By("caller", "caller"), now)
    assert isinstance(event, CaseEvent)
    with store.transaction() as tx:
        tx.put_case(case_row(number, fold(None, event))._replace(version=0), [event_row(number, event)])
    return number


CRASHED, CRASHES = "AST constructor recursion depth mismatch", 12
"""What Python 3.11 says when it loses count in a parse of the tool's own threads: the tool died, and is run again."""


class Result(NamedTuple):
    """What schemathesis found (0: nothing), what it says of it, and how many moves were made meanwhile."""

    code: int
    said: str
    moves: int


def fuzzed(folder: Path, examples: int) -> Result:
    """One run of schemathesis over the running API."""
    config = folder / "schemathesis.toml"
    config.write_text(CONFIG, encoding="utf-8")
    with running(folder) as api:
        command = [
            sys.executable, "-m", "schemathesis.cli", "--config-file", str(config),
            "run", f"{api.url}/api/openapi.json", "--checks", CHECKS, "--header", f"Authorization: Bearer {api.token}",
            "--max-examples", str(examples), "--seed", "1", "--phases", "coverage,fuzzing", "--workers", "2",
            "--suppress-health-check", "all", "--no-color",
        ]  # fmt: skip
        environ = {
            **os.environ, "API_URL": api.url, "API_TOKEN": api.token, "API_NUMBERS": ",".join(map(str, api.numbers)),
            "SCHEMATHESIS_HOOKS": str(HOOKS),
        }  # fmt: skip
        for _ in range(CRASHES):
            ran = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)
            if CRASHED not in ran.stdout:
                break
        moves = sum(found.row.version - 1 for found in api.database.cases.page(CaseFilter()))
    return Result(ran.returncode, ran.stdout + ran.stderr, moves)


def main() -> None:
    """Fuzz, print the summary, and say by the exit code whether the document holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=int, default=USUAL, help="random requests for each operation")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ran = fuzzed(Path(folder), given.examples)
    print(f"{ran.said}\n{ran.moves:,} moves of {CASES} cases were made meanwhile.")
    sys.exit(ran.code)


if __name__ == "__main__":
    main()
