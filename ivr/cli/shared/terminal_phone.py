"""The telephone in the terminal: what is heard is printed, what is typed is done; from a pipe too."""

from __future__ import annotations

import sys

import click

from ivr.carrier.phone_call import PhoneCall, WaitingFor, WrongAction
from ivr.replay.fixture import MessageFields, TurnFields
from ivr.replay.play import act

HELP = "Type a key or keys; or /speak TEXT, /silence, /record TEXT, /transfer busy, /hang-up."
OUTCOMES = ("answered", "busy", "no-answer", "failed")


class TypedWrong(Exception):
    """A line that is no act; its text says what was expected."""


def typed_turn(line: str, waiting: WaitingFor) -> TurnFields:
    """The act of a line: keys, or a word after a stroke. An empty line is silence."""
    word, _, rest = line.partition(" ")
    rest = rest.strip()
    match word:
        case "" | "/silence":
            return TurnFields(silence=True)
        case "/speak" if rest:
            return TurnFields(speak=rest)
        case "/record":
            return TurnFields(record=MessageFields(seconds=max(2, len(rest) // 4), text=rest, key="pound"))
        case "/transfer" if rest in OUTCOMES:
            return TurnFields(transfer=rest)  # type: ignore[arg-type]
        case "/transfer":
            raise TypedWrong(f"A transfer ends {', '.join(OUTCOMES)}.")
        case "/hang-up":
            return TurnFields.model_validate("hang up")
    if line.startswith("/"):
        raise TypedWrong(f'"{word}" is not known.')
    if all(c in "0123456789*#" for c in line):
        return TurnFields(press=line)
    said = " A voice message is /record TEXT." if waiting == "record" else " Speech is /speak TEXT."
    raise TypedWrong(f'"{line}" is no key.{said}')


def converse(phone: PhoneCall) -> list[tuple[str, TurnFields]]:
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
