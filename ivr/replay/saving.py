"""A call led by hand, written as a fixture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import yaml

from ivr.replay.both_ways import Left
from ivr.replay.fixture import TurnFields


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """How the call began."""

    at: datetime
    caller: str
    called: str
    language: str
    flow: str


def fixture_text(head: Head, acts: Sequence[tuple[str, TurnFields]], left: Left) -> str:
    """The file's text. What was heard first before each act becomes its `hear`."""
    kinds = ", ".join(case["kind"] for case in left.cases) or "no case"
    whole: dict[str, Any] = {"call": f"a call that leaves {kinds}", "at": head.at.isoformat(timespec="seconds")}
    whole |= {"from": head.caller, "to": head.called}
    whole |= {name: value for name, value in (("language", head.language), ("flow", head.flow)) if value}
    whole["turns"] = [_turn(heard, turn) for heard, turn in acts]
    whole["ends"] = {"disposition": left.disposition, "case": [_case(case) for case in left.cases] or "no"}
    return yaml.safe_dump(whole, allow_unicode=True, sort_keys=False, width=110)


def _turn(heard: str, turn: TurnFields) -> Any:
    done = turn.model_dump(by_alias=True, exclude_defaults=True)
    plain = {name: _text(value) for name, value in done.items()}
    return {**({"hear": heard} if heard else {}), **plain}


def _text(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _text(part) for name, part in value.items()}
    return "yes" if value is True else value


def _case(case: Mapping[str, str]) -> dict[str, str]:
    return {name: case[name] for name in sorted(case, key=lambda name: name != "kind")}
