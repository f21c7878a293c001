"""Put what a fixture expects right, in place: `hear` and `ends` values only, all else stays byte for byte."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from ivr.messages.message import Message
from ivr.replay.both_ways import FixtureResult
from ivr.replay.fixture import Fixture, read_fixture
from ivr.source.yaml_file import SourceSpan

MOST_CHANGES = 200
_PLAIN = re.compile(r"[^\W_][\w 。！？（）《》·.'-]*\Z")
_MEANS_MORE = re.compile(r"(?i)(yes|no|on|off|true|false|null|~|y|n)\Z")


class NotUpdated(Exception):
    """The fixture cannot be put right by changing what it expects; `why` is a sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def updated(file: str, text: str, judge: Callable[[Fixture], FixtureResult]) -> str:
    """The file's text with its expectations put right, unchanged where it passes. `NotUpdated` where it cannot be."""
    before = _read(file, text)
    for _ in range(MOST_CHANGES):
        fixture = _read(file, text)
        verdict = judge(fixture)
        if not verdict.failure:
            if _acts(fixture) != _acts(before):
                raise NotUpdated(Message("replay.update.act"))
            return text
        mismatch = verdict.mismatch
        if mismatch is None or mismatch.instead is None:
            raise NotUpdated(verdict.failure)
        changed = _replaced(
            text, fixture.place(*mismatch.path), mismatch.instead, whole=mismatch.path == ("ends", "case")
        )
        if changed == text:
            raise NotUpdated(verdict.failure)
        text = changed
    raise NotUpdated(Message("replay.update.endless", changes=MOST_CHANGES))


def _read(file: str, text: str) -> Fixture:
    fixture, findings = read_fixture(file, text.encode())
    if fixture is None:
        raise NotUpdated(findings[0].sentence())
    return fixture


def _acts(fixture: Fixture) -> list[object]:
    return [(turn.acts, turn.after, turn.facts, turn.confidence) for turn in fixture.fields.turns]


def _replaced(text: str, place: SourceSpan, instead: str, *, whole: bool) -> str:
    """The text with one value replaced. `whole` values are already written as YAML."""
    lines = text.splitlines(keepends=True)
    line = lines[place.line - 1]
    old = line[place.column - 1 : place.end_column - 1]
    if not old or not _is_one_value(old, whole=whole):
        raise NotUpdated(Message("replay.update.lines", line=place.line))
    new = instead if whole else json.dumps(instead, ensure_ascii=False) if old[0] in "\"'" else scalar(instead)
    lines[place.line - 1] = line[: place.column - 1] + new + line[place.end_column - 1 :]
    return "".join(lines)


def _is_one_value(old: str, *, whole: bool) -> bool:
    if whole and old[0] in "{[":
        return old[-1] == {"{": "}", "[": "]"}[old[0]]
    return old[0] not in "|>{[" and (old[0] not in "\"'" or (len(old) > 1 and old[-1] == old[0]))


def scalar(text: str) -> str:
    """A text as one YAML value on a line, plain where that is safe."""
    if _PLAIN.match(text) and not _MEANS_MORE.match(text) and text == text.strip():
        return text
    return json.dumps(text, ensure_ascii=False)
