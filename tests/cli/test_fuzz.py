"""`ivr fuzz`: faults planted in the real hotline are found, made small and saved; without a fault nothing is said."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from linted_once import lint_once

import ivr.case.moves as moves
import ivr.service.calls.answer as handle_call
from ivr.app.answering import notices, reply
from ivr.call.events import CaseOpened, Event
from ivr.call.verbs import Speak
from ivr.cli.main import commands
from ivr.errors import InvalidArgument
from ivr.replay.fixture import read_fixture
from ivr.service.rows import CaseEventRow, CaseRow, TurnRecord
from ivr.simulate import fuzz_worker
from ivr.storage.sqlite import SqliteTransaction
from ivr.twilio.twiml import Documents, _Page

ROOT = Path(__file__).parents[2]
ACCOUNT = "AC" + "1" * 32
PIN = """\
flow: pin
title: {zh-CN: 密码, en-US: A code}
steps:
  ask:
    collect: {zh-CN: 请输入六位密码，按井号键结束。, en-US: Please enter your six-digit code and press pound.}
    type: digits
    length: 4-9
    sensitive: yes
    next: thanks
  thanks:
    say: {zh-CN: 谢谢。, en-US: Thank you.}
    next: goodbye
"""
Fuzz = Callable[..., Result]


@pytest.fixture
def fuzz(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fuzz:
    """The command, in a folder of its own, on the shipped flows and one with a sensitive question."""
    lint_once(monkeypatch)
    flows = tmp_path / "flows"
    flows.mkdir()
    for file in (ROOT / "flows").glob("*.yaml"):
        (flows / file.name).write_bytes(file.read_bytes())
    (flows / "pin.yaml").write_text(PIN, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("IVR_FLOWS", raising=False)
    return lambda *words: CliRunner().invoke(commands, ["fuzz", *words], catch_exceptions=False)


def lose_a_turn(patch: pytest.MonkeyPatch) -> None:
    """A recording's turn is not written."""
    write = SqliteTransaction.add_turn

    def add_turn(self: SqliteTransaction, turn: TurnRecord) -> None:
        if b'"type":"recording"' not in turn.input:
            write(self, turn)

    patch.setattr(SqliteTransaction, "add_turn", add_turn)


def change_an_input(patch: pytest.MonkeyPatch) -> None:
    """What is said is kept in capitals."""
    encode = handle_call._encode_input
    patch.setattr(handle_call, "_encode_input", lambda stored: encode(stored).replace(b'"text":"', b'"text":"x'))


def forget_what_is_noted(patch: pytest.MonkeyPatch) -> None:
    """A case does not keep its product."""
    split = moves.split
    patch.setattr(moves, "split", lambda fields: split({name: v for name, v in fields.items() if name != "product"}))


def give_a_wrong_digest(patch: pytest.MonkeyPatch) -> None:
    """Turns that open a case have another turn's digest."""
    right = handle_call.digest

    def digest(events: list[Event]) -> bytes:
        return right([] if any(isinstance(event, CaseOpened) for event in events) else events)

    patch.setattr(handle_call, "digest", digest)


def drop_a_verb(patch: pytest.MonkeyPatch) -> None:
    """The first sentence of the complaint is not rendered."""
    say = _Page.say

    def silent(page: _Page, verb: Speak) -> str:
        return "" if verb.prompt.startswith("complaint.product") else say(page, verb)

    patch.setattr(_Page, "say", silent)


def answer_repeats_with_the_present(patch: pytest.MonkeyPatch) -> None:
    """An old request that comes again is answered with where the call stands."""
    right = handle_call.decide
    patch.setattr(handle_call, "decide", lambda k, n, **more: right(k, n, **{**more, "same_fingerprint": False}))


def fail_to_render(patch: pytest.MonkeyPatch) -> None:
    """A document raises: the caller hears the apology."""
    render = Documents.render

    def broken(self: Documents, release: Any, verbs: Any, next_turn: int, called: str) -> str:
        if any(getattr(verb, "destination", "") == "agents" for verb in verbs):
            raise KeyError("agents")
        return render(self, release, verbs, next_turn, called)

    patch.setattr(Documents, "render", broken)


def answer_in_plain_text(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(reply, "XML", "text/plain; charset=utf-8")


def forget_the_end(patch: pytest.MonkeyPatch) -> None:
    """Status webhooks change nothing."""
    patch.setattr(notices, "note_status", lambda ports, change: None)


def close_what_is_owed(patch: pytest.MonkeyPatch) -> None:
    """A complaint is closed although nobody has answered it."""
    put = SqliteTransaction.put_case

    def put_case(self: SqliteTransaction, row: CaseRow, events: Sequence[CaseEventRow]) -> None:
        put(self, row._replace(status="closed") if row.kind == "complaint" else row, events)

    patch.setattr(SqliteTransaction, "put_case", put_case)


def keep_the_code(patch: pytest.MonkeyPatch) -> None:
    """A sensitive entry is stored as it came."""
    patch.setattr(handle_call, "masked", lambda release, state, came: came)


def log_the_code(patch: pytest.MonkeyPatch) -> None:
    """A sensitive entry is logged before it is masked."""
    masked = handle_call.masked

    def telling(release: Any, state: Any, came: Any) -> Any:
        logging.getLogger("ivr.calls").warning("came: %s", came)
        return masked(release, state, came)

    patch.setattr(handle_call, "masked", telling)


FAULTS = [
    ("I1", lose_a_turn, ""), ("I1", change_an_input, ""), ("I2", forget_what_is_noted, ""),
    ("I3", give_a_wrong_digest, ""), ("I3", drop_a_verb, ""), ("I4", answer_repeats_with_the_present, ""),
    ("I5", fail_to_render, ""), ("I5", answer_in_plain_text, ""), ("I6", forget_the_end, ""),
    ("I7", close_what_is_owed, ""), ("I8", keep_the_code, "pin"), ("I8", log_the_code, "pin"),
]  # fmt: skip


@pytest.mark.parametrize(("invariant", "plant", "flow"), FAULTS, ids=[fault[1].__name__ for fault in FAULTS])
def test_a_planted_fault_is_found_made_small_and_saved(
    fuzz: Fuzz, tmp_path: Path, invariant: str, plant: Callable[[pytest.MonkeyPatch], None], flow: str
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        plant(patch)
        done = fuzz("--calls", "40", "--seed", "7", "--flow", flow)

    assert done.exit_code == 1, done.output
    assert f"failed  {invariant}, call " in done.output
    saved = list((tmp_path / "fuzz-failures").glob(f"{invariant.lower()}-*.call.yaml"))
    assert len(saved) == 1
    fixture, findings = read_fixture(str(saved[0]), saved[0].read_bytes())
    assert fixture is not None, findings
    assert len(fixture.fields.turns) <= 7
    assert f"saved {saved[0].relative_to(tmp_path)}" in done.output
    mended = CliRunner().invoke(commands, ["replay", "--webhooks", str(saved[0])])
    assert mended.exit_code == 0, mended.output


def told(done: Result) -> list[str]:
    """What it says, without the time it took."""
    first, *rest = done.output.splitlines()
    return [first.split(";")[0], *rest]


def test_without_a_fault_every_invariant_holds_and_nothing_is_saved(fuzz: Fuzz, tmp_path: Path) -> None:
    done = fuzz("--calls", "60", "--seed", "3")

    assert done.exit_code == 0, done.output
    assert done.output.splitlines()[-1] == "60 passed, 0 failed"
    assert not (tmp_path / "fuzz-failures").exists()
    compared = {line.split()[0]: int(line.split()[1].replace(",", "")) for line in done.output.splitlines()[4:12]}
    assert compared["I1"] > 400 and compared["I4"] > 20 and compared["I7"] > 20, done.output


def test_the_same_seed_makes_the_same_calls_however_many_processes_lead_them(
    fuzz: Fuzz, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fuzz_worker, "BLOCK", 10)

    once, twice, other = (told(fuzz("--calls", "22", *words)) for words in ((), ("--jobs", "2"), ("--seed", "2")))

    assert once == twice
    assert once[2:4] != other[2:4]


def test_sensitive_entries_are_looked_for_and_not_found(fuzz: Fuzz) -> None:
    done = fuzz("--calls", "30", "--flow", "pin")

    assert done.exit_code == 0, done.output
    line = next(line for line in done.output.splitlines() if line.startswith("I8"))
    assert int(line.split()[1]) > 15, line


def test_a_call_that_fails_only_after_others_is_kept_whole(fuzz: Fuzz, monkeypatch: pytest.MonkeyPatch) -> None:
    visits = SqliteTransaction.next_number

    def next_number(self: SqliteTransaction) -> int:
        number = visits(self)
        if number == 5:
            raise RuntimeError("the fifth call of a database")
        return number

    monkeypatch.setattr(SqliteTransaction, "next_number", next_number)

    done = fuzz("--calls", "6")

    assert done.exit_code == 1
    assert "the fifth call of a database" in done.output
    assert "It does not fail on a fresh database, without the calls before it" in done.output


def test_a_folder_that_cannot_be_written_is_a_sentence(fuzz: Fuzz, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.MonkeyPatch.context() as patch:
        forget_the_end(patch)

        with pytest.raises(InvalidArgument, match=r"cannot be written: .*\. Name another --out\."):
            fuzz("--calls", "12", "--out", str(tmp_path / "taken"))


def test_an_unknown_flow_is_refused_in_a_sentence(ivr) -> None:
    done = ivr("fuzz", "--flow", "sing")

    assert done.returncode == 2
    assert done.stderr.startswith('ivr: there is no flow "sing"; there are agent, ')


@pytest.mark.parametrize(
    ("words", "environ", "sentence"),
    [
        (["--url", "http://ivr.example.com"], {"TWILIO_AUTH_TOKEN": "t"}, "--url phones this machine only"),
        (["--url", "https://127.0.0.1:1"], {"TWILIO_AUTH_TOKEN": "t"}, "--url phones this machine only"),
        (["--url", "http://127.0.0.1:1"], {}, "TWILIO_AUTH_TOKEN is missing"),
        (["--url", "http://127.0.0.1:1"], {"TWILIO_AUTH_TOKEN": "t"}, "no hotline answers at http://127.0.0.1:1"),
        (["--url", "http://127.0.0.1:1"], {"TWILIO_AUTH_TOKEN": "t", "TWILIO_ACCOUNT_SID": ACCOUNT}, "has no account"),
        (["--fill", "3d", "--flow", "main"], {}, "leave out --flow and --url"),
        (["--url", "http://127.0.0.1:1", "--flow", "main"], {"TWILIO_AUTH_TOKEN": "t"}, "leave out --flow"),
    ],
)  # fmt: skip
def test_only_a_sandbox_of_this_machine_is_phoned(
    ivr, words: list[str], environ: dict[str, str], sentence: str
) -> None:
    done = ivr("fuzz", *words, **environ)

    assert done.returncode == 2
    assert sentence in done.stderr and "Traceback" not in done.stderr
