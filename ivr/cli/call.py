"""`ivr call`: a telephone in the terminal, or driven from a pipe; no account, no network."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from ivr.app.database import prepare_database
from ivr.app.preparing import store_draft
from ivr.carrier.phone_call import PhoneCall, WrongAction
from ivr.cli.cases import reports
from ivr.cli.in_process import connect, left_by
from ivr.cli.typed import TypedWrong, typed_turn
from ivr.config import read_settings
from ivr.errors import SettingInvalid
from ivr.flow.release import read_files
from ivr.lint.findings import compiled
from ivr.replay.fixture import TurnFields
from ivr.replay.play import act
from ivr.replay.saving import Head, fixture_text

HELP = "Type a key or keys; or /speak TEXT, /silence, /record TEXT, /transfer busy, /hang-up."
CALLER = "+12025550123"


@click.command()
@click.argument("flow", required=False)
@click.option("--lang", default="", help="Begin in this language, such as en-US.")
@click.option("--from", "caller", default=CALLER, help="The caller's number; an empty one is withheld.")
@click.option("--to", "called", default="", help="The number dialled.")
@click.option("--at", help="When the call begins, such as 2026-03-02T22:10; one second a turn.")
@click.option("--save", type=click.Path(dir_okay=False), help="Write the call as a fixture.")
def command(flow: str | None, lang: str, caller: str, called: str, at: str | None, save: str | None) -> None:
    """Phone the hotline (or enter it at FLOW) on the flows on disk, with the database of `ivr serve`.

    From a pipe: one input a line; end of file hangs up; the last line is `case NUMBER` or `no case`.
    """
    settings = read_settings({"IVR_HOST": "127.0.0.1", **os.environ})
    files = read_files(settings.flows)
    release = compiled(files)
    if flow and flow not in release.flows:
        raise SettingInvalid(f'there is no flow "{flow}"; there are {", ".join(release.flows)}.')
    if lang and lang not in release.languages:
        raise SettingInvalid(f'the hotline does not speak "{lang}"; it speaks {", ".join(release.languages)}.')
    if save:
        _check_free(Path(save))
    started = _time(at, release.time_zone)
    prepare_database(settings)
    name = store_draft(settings, files, datetime.now(UTC))
    number = called or next(iter(release.numbers), "+862155500000")
    phone = connect(settings, name, at=_running(started), caller=caller, called=number, entry=flow or "", language=lang)
    acts = _converse(phone)
    with reports(settings) as made:
        cases = made.of_call(phone.call)
    if save:
        head = Head(at=started or datetime.now(UTC), caller=caller, called=number, language=lang, flow=flow or "")
        _write(Path(save), fixture_text(head, acts, left_by(settings, phone.call)))
    for case in cases:
        click.echo(f"case {case['number']}")
    if not cases:
        click.echo("no case")


def _check_free(path: Path) -> None:
    """Before anybody phones: a call that cannot be kept would be led for nothing."""
    if path.exists():
        raise SettingInvalid(f"{path} is there already; name another file for --save.")
    if not path.parent.is_dir():
        raise SettingInvalid(f'there is no folder "{path.parent}" to keep the call in.')


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as failed:
        raise SettingInvalid(f"{path} cannot be written: {failed.strerror}.") from None


def _time(text: str | None, zone: str) -> datetime | None:
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise SettingInvalid(f'"{text}" is no time; write it as 2026-03-02T22:10.') from None
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))


def _running(started: datetime | None) -> Callable[[int], datetime] | None:
    """A clock of one second a turn."""
    return None if started is None else lambda turns: started + timedelta(seconds=max(0, turns - 1))


def _converse(phone: PhoneCall) -> list[tuple[str, TurnFields]]:
    """Lead the call by what is typed; each act with what was heard before it."""
    terminal = sys.stdin.isatty()
    if terminal:
        click.echo(HELP)
    phone.dial()
    acts: list[tuple[str, TurnFields]] = []
    heard = _speak(phone)
    while phone.waiting != "ended":
        turn = _typed(phone, terminal)
        try:
            act(phone, turn)
        except WrongAction as wrong:
            click.echo(f"({wrong})")
            continue
        acts.append((heard, turn))
        heard = _speak(phone)
    return acts


def _speak(phone: PhoneCall) -> str:
    for said in phone.heard:
        click.echo(f"  {said.text}")
    if phone.waiting == "record":
        click.echo("  (tone)")
    sys.stdout.flush()
    return phone.heard[0].text if phone.heard else ""


def _typed(phone: PhoneCall, terminal: bool) -> TurnFields:
    """The next act; end of file and Ctrl-C hang up."""
    while True:
        try:
            line = input("> ") if terminal else next(iter(sys.stdin.readline, ""), None)
        except (EOFError, KeyboardInterrupt):
            line = None
        if line is None:
            return TurnFields.model_validate("hang up")
        try:
            turn = typed_turn(line.strip(), phone.waiting)
        except TypedWrong as wrong:
            click.echo(f"({wrong} {HELP})")
            continue
        if not terminal:
            click.echo(f"> {line.strip()}")
        return turn
