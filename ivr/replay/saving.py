"""A call written as a fixture, a turn on a line, as a person would write it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import yaml

from ivr.messages.message import Message
from ivr.messages.reader import shown
from ivr.replay.both_ways import Left
from ivr.replay.fixture import TurnFields

_NUMBER = re.compile(r"[0-9]+\Z")
_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """How the call began; `title` says what the fixture is (empty: what the call leaves). Of a call that the hotline
    placed, `outgoing` is its flow and `called` the customer; `answered` and `case` are as a fixture has them."""

    at: datetime
    caller: str
    called: str
    language: str
    flow: str
    title: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    switches: Mapping[str, str] = field(default_factory=dict)
    outgoing: str = ""
    answered: str = "human"
    case: Mapping[str, str] = field(default_factory=dict)


class OnOneLine(dict[str, Any]):
    """A mapping written in braces."""


class _Dumper(yaml.SafeDumper):
    """Every scalar is text to our readers, so words and numbers need no quotes; turns stand on a line each."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        return super().increase_indent(flow, False)


_Dumper.add_representer(
    OnOneLine, lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data, flow_style=True)
)
_Dumper.add_representer(str, lambda dumper, text: _scalar(dumper, text))


def _scalar(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    if _NUMBER.match(text):
        return dumper.represent_scalar("tag:yaml.org,2002:int", text)
    if _DATE.match(text):
        return dumper.represent_scalar("tag:yaml.org,2002:timestamp", text)
    if text in ("yes", "no"):
        return dumper.represent_scalar("tag:yaml.org,2002:bool", text)
    full_width = any(unicodedata.east_asian_width(c) == "F" for c in text)  # a comma for our readers, not for YAML
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="'" if full_width else None)


def fixture_text(head: Head, acts: Sequence[tuple[str, TurnFields]], left: Left) -> str:
    """The file's text. What was heard before each act becomes its `hear`, unless the act has its own."""
    whole: dict[str, Any] = {"call": head.title or shown(_title(left))}
    whole |= {"outgoing": head.outgoing} if head.outgoing else {}
    whole |= {"case": OnOneLine(head.case)} if head.case else {}
    whole |= {"answered": head.answered} if head.answered != "human" else {}
    whole["at"] = _time(head.at)
    whole |= {"from": head.caller} if head.caller else {}
    whole |= {"to": head.called}
    whole |= {name: value for name, value in (("language", head.language), ("flow", head.flow)) if value}
    whole |= {"facts": OnOneLine(head.facts)} if head.facts else {}
    whole |= {"switches": OnOneLine(head.switches)} if head.switches else {}
    whole["turns"] = [_turn(heard, turn) for heard, turn in acts]
    cases = [_case(case) for case in left.cases]
    left_case = cases[0] if len(cases) == 1 else cases or "no"
    result = {"follow_up": left.result} if head.outgoing and left.result else {}
    whole["ends"] = {"disposition": left.disposition, **result, "case": left_case}
    return yaml.dump(whole, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


def _title(left: Left) -> Message:
    kinds = tuple(case["kind"] for case in left.cases)
    return Message("replay.files.leaves", kinds=kinds) if kinds else Message("replay.files.leaves-none")


def _time(at: datetime) -> str:
    """To the minute where that is all."""
    return at.isoformat(timespec="seconds" if at.second else "minutes")


def _turn(heard: str, turn: TurnFields) -> Any:
    done = turn.model_dump(by_alias=True, exclude_defaults=True)
    plain = {name: _text(value) for name, value in done.items()}
    if turn.after is not None:
        plain["after"] = f"{turn.after:g}s"
    if len(turn.hear) == 1:
        plain["hear"] = turn.hear[0]
    if list(plain) in (["silence"], ["hang up"]) and not heard:
        return next(iter(plain))
    return OnOneLine({**({"hear": heard} if heard else {}), **plain})


def _text(value: Any) -> Any:
    if isinstance(value, dict):
        return OnOneLine({name: _text(part) for name, part in value.items()})
    return "yes" if value is True else str(value) if isinstance(value, int) else value


def _case(case: Mapping[str, str]) -> OnOneLine:
    return OnOneLine((name, case[name]) for name in sorted(case, key=lambda name: name != "kind"))
