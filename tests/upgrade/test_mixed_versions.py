"""A rolling upgrade: this version and a later one lead the same calls on one database, turn by turn."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec
import pytest
from small import small_files

from ivr.app.database import opened
from ivr.app.wiring import system_clock
from ivr.config import Settings
from ivr.service.calls.replay_call import replay_call
from ivr.storage.opening import open_store
from ivr.storage.schema import revision

ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).with_name("answering.py")
NOW = max(path.name[:4] for path in (ROOT / "ivr/storage/migrations/versions").glob("0*.py"))
LATER = f"{int(NOW) + 1:04}"
MIGRATION = f"""
import sqlalchemy as sa
from alembic import op

revision = "{LATER}"
down_revision = "{NOW}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("calls", sa.Column("mood", sa.Text(), nullable=True))
    op.create_table("moods", sa.Column("mood", sa.Text(), primary_key=True))
"""
LAST_COLUMN = "\n)\n_GOES_ON"
CHANGES = {
    "ivr/call/state.py": ("    may_rewind: bool = False\n", '    may_rewind: bool = False\n    mood: str = "no"\n'),
    "ivr/storage/tables.py": (LAST_COLUMN, LAST_COLUMN.replace("\n)", '\n    Column("mood", Text),\n)', 1)),
    "ivr/service/calls/answer.py": (
        "encode_state(taken.turn.state, later)",
        'encode_state(msgspec.structs.replace(taken.turn.state, mood="seen"), later)',
    ),
}
"""What the later version does otherwise: it remembers something more of each call, and has a column for it."""


STEPS = """
start:
  menu: {zh-CN: 请选择, en-US: Please choose}
  choices:
    1: {label: {zh-CN: 投诉, en-US: a complaint}, next: flow complaint}
    2: {label: {zh-CN: 结束, en-US: the end}, next: goodbye}
"""
COMPLAINT = """
flow: complaint
title: {zh-CN: 投诉, en-US: Complaints}
intake: complaint
steps:
  product:
    menu: {zh-CN: 哪项业务, en-US: About what}
    save: product
    next: again
    choices:
      1: {is: card, label: {zh-CN: 卡, en-US: cards}}
      2: {is: loan, label: {zh-CN: 贷款, en-US: loans}}
  again:
    menu: {zh-CN: 还要什么, en-US: What else}
    save: subject
    next: open
    choices:
      1: {is: fee, label: {zh-CN: 收费, en-US: fees}}
      2: {is: other, label: {zh-CN: 其他, en-US: something else}}
  open:
    case: complaint
    with: [product, subject]
    next: receipt
  receipt:
    say: {zh-CN: "编号{case.number:digits}", en-US: "Your number is {case.number:digits}"}
    next: more
  more:
    menu: {zh-CN: 还有吗, en-US: Anything else}
    choices:
      1: {label: {zh-CN: 没有, en-US: "no"}, next: goodbye}
      2: {label: {zh-CN: 重来, en-US: again}, next: return}
"""


class Version:
    """A process of one version."""

    def __init__(self, code: Path, url: str, flows: Path) -> None:
        environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(code)}
        self._process = subprocess.Popen(
            [sys.executable, str(SCRIPT), url, str(flows)],
            env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self._process.stdin is not None and self._process.stdout is not None
        self._to, self._from = self._process.stdin, self._process.stdout
        assert self._from.readline() == "ready\n"

    def ask(self, path: str, pairs: list[tuple[str, str]]) -> str:
        self._to.write(json.dumps([path, pairs]) + "\n")
        self._to.flush()
        status, body = json.loads(self._from.readline())
        assert status in (200, 204), (status, body)
        return str(body)

    def end(self) -> None:
        self._to.close()
        self._process.wait(30)
        self._from.close()


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code of a later version, which adds a field to the state of a call and a column to its row."""
    folder = tmp_path_factory.mktemp("later")
    shutil.copytree(ROOT / "ivr", folder / "ivr", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "webhooks.py", folder)
    for name, (old, new) in CHANGES.items():
        text = (folder / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, (name, old)
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    (folder / "ivr/storage/migrations/versions" / f"{LATER}_mood.py").write_text(MIGRATION, encoding="utf-8")
    return folder


@pytest.fixture
def versions(database_url: str, later: Path, tmp_path: Path) -> Iterator[list[Version]]:
    for name, content in small_files(STEPS, complaint=COMPLAINT).items():
        (tmp_path / name).write_bytes(content)
    with ExitStack() as ended:
        made = []
        for code in (ROOT, later, ROOT):  # one of this version begins after the later one has upgraded the database
            made.append(Version(code, database_url, tmp_path))
            ended.callback(made[-1].end)
        yield made


def rows(url: str, statement: str) -> list[Any]:
    store = open_store(Settings(database_url=url), system_clock)
    found = list(store.connection().execute(statement))  # type: ignore[attr-defined]
    store.close()
    return found


def test_calls_go_from_one_version_to_the_other_and_back_and_lose_nothing(
    versions: list[Version], database_url: str
) -> None:
    chosen = random.Random(7)
    keys = ["1", "2", "1", "1"]
    for n in range(12):
        call = f"CA{n:032}"
        common = [("CallSid", call), ("CallStatus", "in-progress"), ("From", "+12025550101"), ("To", "+862155500000")]
        for turn in range(1, len(keys) + 2):
            path = "/voice" if turn == 1 else f"/voice/t/{turn}"
            asked = common if turn == 1 else [*common, ("Digits", keys[turn - 2])]
            first, second = chosen.sample(versions, 2)
            said = first.ask(path, asked)
            assert "<Gather" in said or turn == len(keys) + 1, said
            assert second.ask(path, asked) == said
        chosen.choice(versions).ask(
            "/voice/status", [*common[:1], ("CallStatus", "completed"), ("SequenceNumber", "3")]
        )

    assert revision(database_url) == LATER
    kept = rows(database_url, "SELECT call, turns_taken, state, ended_by FROM calls")
    assert [row[1] for row in kept] == [5] * 12 and {row[3] for row in kept} == {"provider"}
    seen = [msgspec.msgpack.decode(row[2])[-1] for row in kept]
    assert seen.count("seen") >= 10  # a call that only this version has led has nothing to keep
    assert rows(database_url, "SELECT count(*) FROM turns")[0][0] == 60
    assert rows(database_url, "SELECT count(*), count(DISTINCT call) FROM cases WHERE NOT partial")[0][:] == (12, 12)
    with opened(Settings(database_url=database_url)) as database:
        assert all(len(list(replay_call(database.ports, row[0])[1])) == 5 for row in kept)
        database.ports.store.close()
