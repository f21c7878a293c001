"""What docs/api.md shows as typed happens so, against the running application; its tables leave nothing out."""

from __future__ import annotations

import json
import re
import shlex
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from session import Session
from small_flows import DOCS, ROOT, blocks

sys.path.append(str(ROOT / "tests" / "cli"))
sys.path.append(str(ROOT / "benchmarks"))
from api_fuzz import put  # noqa: E402
from command_here import command_here  # noqa: E402

from ivr.config import Settings  # noqa: E402
from ivr.console.access import ACCESS  # noqa: E402
from ivr.console.app import create_app  # noqa: E402
from ivr.console.cases import LIST  # noqa: E402
from ivr.console.operations import SAYS  # noqa: E402

PAGE = (DOCS / "api.md").read_text(encoding="utf-8")


def spelled(name: str) -> str:
    """A header's name as the server sends it."""
    return "-".join(part.capitalize() for part in name.split("-"))


class Developer(Session):
    """A reader with curl; `app` is what listens on the port of the page."""

    app: Flask
    token = ""

    def type(self, command: str, given: list[str]) -> str:
        if command.startswith("export TOKEN="):
            return ""
        if not command.startswith("curl "):
            printed = super().type(command, given)
            self.token = (re.findall(r"ivr_\S+", printed) or [self.token])[-1]
            return printed
        return self.curl(shlex.split(command.replace("$TOKEN", self.token))[1:])

    def curl(self, words: list[str]) -> str:
        """What curl prints; of its options those that the page uses."""
        headers, body, shown, url, rest = {}, None, False, "", iter(words)
        for word in rest:
            if word == "-H":
                name, _, value = next(rest).partition(": ")
                headers[name] = value
            elif word == "--json":
                body, headers["Content-Type"] = next(rest), "application/json"
            elif word == "-i":
                shown = True
            elif word != "-s":
                url = word.removeprefix("http://127.0.0.1:8100")
        assert url.startswith("/api"), words
        method = "GET" if body is None else "POST"
        got = self.app.test_client(use_cookies=False).open(url, method=method, headers=headers, data=body)
        head = [
            f"HTTP/1.1 {got.status.title()}".replace("Ok", "OK"),
            *(f"{spelled(name)}: {value}" for name, value in got.headers),
        ]
        return "\n".join([*(head if shown else []), got.get_data(as_text=True)])


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Developer:
    made = Developer(tmp_path, command_here(tmp_path, monkeypatch, capsys))
    made.app = create_app(Settings(database_url=f"sqlite:///{tmp_path / 'ivr.db'}"))
    return made


def test_the_page_shows_what_is_answered(reader: Developer) -> None:
    reader.type("ivr db upgrade", [])
    api = reader.app.extensions["ivr"]
    for call in (2, 1):
        put(api.database.ports.store, call, datetime.now(UTC))
    for block in blocks(DOCS / "api.md"):
        reader.follow(block)
    api.close()


def test_its_tables_have_every_route_parameter_and_status() -> None:
    routes = set(re.findall(r"^\| `((?:GET|POST|DELETE) \S+)` \|", PAGE, re.M))
    section = PAGE.split("\n## Lists\n")[1].split("\n## ")[0]
    parameters = set(re.findall(r"`(\w+)", "".join(re.findall(r"^\| (`.*?) \|", section, re.M))))
    statuses = {int(status) for status in re.findall(r"^\| (\d{3}) \|", PAGE, re.M)}

    assert routes | {"GET /healthz"} == {route.replace("<number>", "N") for route in ACCESS}
    assert parameters == set(LIST)
    assert (
        statuses >= set(SAYS) and json.loads((DOCS / "openapi.json").read_text(encoding="utf-8"))["openapi"] == "3.1.0"
    )
