"""`ivr doctor` says what keeps customers from being phoned, where this installation means to phone them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from outgoing_house import TOLD

from ivr.app.doctor import outgoing
from ivr.app.preparing import prepare
from ivr.config import Settings
from ivr.messages.message import Message
from ivr.service.outgoing.dialler_port import ProviderUnavailable
from ivr.service.outgoing.outgoing_rows import SWITCH
from ivr.storage.opening import open_store

FLOWS = Path(__file__).parents[2] / "flows"
KEY = "k" * 32


class Account:
    def __init__(self, *numbers: str) -> None:
        self.numbers = numbers

    def own_numbers(self) -> tuple[str, ...]:
        if not self.numbers:
            raise ProviderUnavailable(Message("outgoing.never-found"))
        return self.numbers


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('doctor') / 'ivr.db'}"
    prepare(Settings(database_url=url, flows=str(FLOWS)), TOLD)
    return url


def said(url: str, monkeypatch: pytest.MonkeyPatch, account: Account | None, **more: Any) -> list[tuple[str, str]]:
    monkeypatch.setattr(outgoing, "dialler_of", lambda settings: account)
    settings = Settings(**{"database_url": url, "outgoing": True, "seal_keys": (KEY,), **more})
    return [(line.status, line.says.code) for line in outgoing.examine_outgoing(settings, public=True)]  # type: ignore[attr-defined]


def test_what_is_missing_is_a_line_each(ready: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = Account("+862155500000")
    assert said(ready, monkeypatch, ours, outgoing=False) == []
    off = ("warning", "doctor.outgoing.switched-off")
    assert said(ready, monkeypatch, ours) == [off, ("ok", "doctor.outgoing.ours")]
    store = open_store(Settings(database_url=ready), lambda: TOLD)
    store.set_switch(SWITCH, on=True)
    store.close()
    assert said(ready, monkeypatch, ours) == [("ok", "doctor.outgoing.ours")]
    assert said(ready, monkeypatch, ours, seal_keys=()) == [
        ("warning", "doctor.outgoing.no-keys"), ("ok", "doctor.outgoing.ours"),
    ]  # fmt: skip
    assert said(ready, monkeypatch, None) == [("problem", "doctor.outgoing.no-account")]
    assert said(ready, monkeypatch, Account()) == [("warning", "doctor.outgoing.not-asked")]
    assert ("problem", "doctor.outgoing.not-ours") in said(ready, monkeypatch, Account("+862155500999"))
