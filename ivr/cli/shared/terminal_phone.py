"""The telephone in the terminal: what is heard is printed, what is typed is done; from a pipe too."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable
from difflib import get_close_matches
from typing import cast, get_args

import click

from ivr.carrier.phone_call import DialOutcome, PhoneCall, WaitingFor, WrongAction
from ivr.cli.shared.echo import echo
from ivr.messages.message import Message
from ivr.replay.carrier_words import said_by_carrier
from ivr.replay.fixture import MessageFields, TurnFields
from ivr.replay.play import act

OUTCOMES = get_args(DialOutcome)
ACTS = ("speak", "silence", "record", "transfer", "hang-up", "press")
_KEYS = re.compile(r"(?:[0-9*#]|star|pound|[\s,])+\Z", re.I)


class TypedWrong(Exception):
    """A line that is no act; its message says what was expected."""


def typed_turn(line: str, waiting: WaitingFor) -> TurnFields:
    """The act of a line: keys, or a word with or without a stroke. An empty line is silence."""
    plain = unicodedata.normalize("NFKC", line).strip()
    if _KEYS.match(plain) and any(c.isalnum() or c in "*#" for c in plain):
        return TurnFields(press=re.sub(r"[\s,]", "", plain.lower()))
    word, _, rest = re.sub(r"(?i)^(/?)hang[ _]up", r"\1hang-up", plain).partition(" ")
    rest = rest.strip()
    match word.removeprefix("/").lower():
        case "" | "silence":
            return TurnFields(silence=True)
        case "speak" | "say" if rest:
            return TurnFields(speak=rest)
        case "record":
            return TurnFields(record=MessageFields(seconds=max(2, len(rest) // 4), text=rest, key="pound"))
        case "transfer":
            return _transfer(rest)
        case "hang-up" | "hangup":
            return TurnFields.model_validate("hang up")
        case "press" if rest:
            return typed_turn(rest, waiting)
    raise TypedWrong(Message("call-command.said", said=_no_act(plain, word, waiting)))


def takes(waiting: WaitingFor) -> tuple[Message, ...]:
    """What may be typed while the call waits for something."""
    match waiting:
        case "gather":
            return (Message("call-command.takes.keys"),)
        case "record":
            return (Message("call-command.takes.message"),)
        case "dial":
            return (Message("call-command.takes.transfer", outcomes=OUTCOMES),)
    return ()


def _transfer(rest: str) -> TurnFields:
    outcome = rest.lower().replace(" ", "-").replace("_", "-")
    if outcome not in OUTCOMES:
        raise TypedWrong(Message("call-command.transfer-ends", outcomes=OUTCOMES))
    return TurnFields(transfer=cast(DialOutcome, outcome))


def _no_act(line: str, word: str, waiting: WaitingFor) -> tuple[Message, ...]:
    if line.removeprefix("/").lower() in ("speak", "say", "press"):
        return (Message("call-command.nothing-behind", line=line),)
    if word.startswith("/"):
        near = get_close_matches(word[1:].lower(), ACTS, n=1)
        meant = tuple(Message("call-command.meant", act=each) for each in near)
        return Message("call-command.unknown", word=word), *meant, *takes(waiting)
    if waiting == "gather":
        return (Message("call-command.no-key-to-speak", line=line),)
    if waiting == "record":
        return (Message("call-command.no-key-to-record", line=line),)
    return Message("call-command.no-key", line=line), *takes(waiting)


def converse(phone: PhoneCall, begin: Callable[[], None]) -> list[tuple[str, TurnFields]]:
    """Lead the call that `begin` begins by what is typed; each act with what was heard before it."""
    terminal = sys.stdin.isatty()
    if terminal:
        echo(Message("call-command.takes.everything"))
    begin()
    acts: list[tuple[str, TurnFields]] = []
    heard = speak(phone)
    while phone.waiting != "ended":
        turn = _typed(phone, terminal)
        try:
            act(phone, turn)
        except WrongAction as wrong:
            said = (Message("call-command.wrong-action", why=said_by_carrier(wrong.told)), *takes(phone.waiting))
            echo(Message("call-command.aside", said=said))
            continue
        acts.append((heard, turn))
        heard = speak(phone)
    return acts


def speak(phone: PhoneCall) -> str:
    """Print what is heard; the first of it."""
    for said in phone.heard:
        click.echo(f"  {said.text}")
    if phone.waiting == "record":
        echo(Message("call-command.tone"))
    sys.stdout.flush()
    return phone.heard[0].text if phone.heard else ""


def typed_line(prompt: str, terminal: bool) -> str | None:
    """The next line; None at the end of file and after Ctrl-C. A pipe is asked without a prompt."""
    try:
        return input(prompt) if terminal else next(iter(sys.stdin.readline, ""), None)
    except (EOFError, KeyboardInterrupt):
        return None


def _typed(phone: PhoneCall, terminal: bool) -> TurnFields:
    """The next act; end of file and Ctrl-C hang up."""
    while True:
        line = typed_line("> ", terminal)
        if line is None:
            return TurnFields.model_validate("hang up")
        try:
            turn = typed_turn(line.strip(), phone.waiting)
        except TypedWrong as wrong:
            echo(Message("call-command.aside", said=wrong.args))
            continue
        if not terminal:
            click.echo(f"> {line.strip()}")
        return turn
