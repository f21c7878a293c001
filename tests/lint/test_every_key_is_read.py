"""Every key of the flow language changes what callers or ops get, or lint says that it is not built yet."""

from __future__ import annotations

import ast
import copy
import json
from collections.abc import Iterator, Mapping
from dataclasses import fields as dataclass_fields
from dataclasses import is_dataclass
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from ivr.flow import model as compiled_model
from ivr.flow.compile import compile_release
from ivr.flow.hotline import FlowFields, HotlineFields
from ivr.flow.parse import Parsed, parse
from ivr.flow.promises import PromiseFields
from ivr.flow.topic_fields import TopicsFields
from ivr.lint.findings import findings_of
from ivr.source.yaml_file import read_source
from ivr.steps.fields import NotBuilt
from ivr.steps.kinds import KINDS

ROOT = Path(__file__).parents[2]
SourcePath = tuple[str | int, ...]
Key = tuple[str, str]
"""The name of a mapping's model, and of a field of it."""
OWN_TESTS: dict[type[BaseModel], str] = {
    PromiseFields: "a promise has one of eight forms, and each has its tests in tests/explore/test_promises.py",
}
FOR_READERS: set[Key] = {("FlowFields", "title"), ("SwitchFields", "title")}
"""Titles are for people who read the files; what they lack in a language lint finds."""
ASKING = """\
    again: {zh-CN: 再说一遍？, en-US: Once more?}
    no_input: {tries: 4, say: [{zh-CN: 没听到。, en-US: We heard nothing.}], next: goodbye}
    no_match: {tries: 5, say: [{zh-CN: 没听懂。, en-US: We did not get that.}],
      unclear: [{zh-CN: 没听清。, en-US: We did not catch that.}], next: return}
    both: 7
    wait: 9s
    gap: 2s
    speech: yes
    confidence: 70%
    shortcuts: no
    back: no
    promises: call
"""
SPECIMEN = f"""\
flow: specimen
title: {{zh-CN: 样本, en-US: A specimen}}
takes: {{product: text}}
gives: {{code: digits}}
intake: inquiry
steps:
  said: {{say: sorry, interrupt: no, promises: call, next: menu}}
  menu:
    menu: {{zh-CN: 请选择。, en-US: Choose.}}
    announce: no
    choices:
      1: {{label: {{zh-CN: 卡, en-US: cards}}, words: {{zh-CN: [信用卡], en-US: [credit]}}, is: card, urgent: yes,
          topics: [card_*], next: scale}}
      2: {{label: {{zh-CN: 贷款, en-US: loans}}, is: loan, languages: [zh-CN]}}
      star: {{label: {{zh-CN: 其他, en-US: other}}, is: rest}}
    save: kind
    next: yes_no
{ASKING}
  scale:
    menu: {{zh-CN: 请打分。, en-US: How was it?}}
    scale: 1-5
    next: yes_no
  yes_no:
    yes_no: {{zh-CN: 好吗？, en-US: Well?}}
    words: {{yes: {{zh-CN: [办吧], en-US: [carry on]}}, no: {{zh-CN: [先放着], en-US: [drop it]}}}}
    yes: collect
    no: said
    save: well
{ASKING}
  both: {{yes_no: {{zh-CN: 好吗？, en-US: Well?}}, next: record}}
  collect:
    collect: {{zh-CN: 请输入。, en-US: Enter.}}
    type: digits
    length: 3-6
    end_key: star
    confirm: yes
    sensitive: yes
    save: code
    next: record
{ASKING}
  record:
    record: {{zh-CN: 请讲。, en-US: Speak.}}
    at_most: 40s
    save: story
    next: language
{ASKING}
  language:
    language: {{zh-CN: 普通话请按1。, en-US: "For English, press 2."}}
    choices:
      1: {{is: zh-CN, words: [普通话]}}
      2: {{is: en-US, words: [English]}}
    save: chosen
    next: branch
{ASKING}
  branch:
    branch:
      - {{when: {{kind: card, call.vip: {{at_least: 2}}}}, next: hours}}
      - {{next: run}}
  hours: {{hours: agents, open: run, closed: desk, holiday: kept}}
  run: {{run: other, with: {{word: {{call.vip}}}}, outcomes: {{none: desk}}, next: set}}
  set: {{set: {{kind: loan}}, next: case}}
  case: {{case: inquiry, with: {{subject: lost_card, product: {{kind}}}}, next: desk}}
  desk:
    transfer: agents
    whisper: "{{call.language}}"
    answered: kept
    busy: set
    no_answer: case
    failed: run
    closed: hours
  otherwise: {{transfer: agents, busy: kept, otherwise: bye}}
  kept: {{say: {{zh-CN: 谢谢。, en-US: Thank you.}}, next: return}}
  rated: {{collect: {{zh-CN: 请打分。, en-US: Rate.}}, type: number, range: 0-10, next: return}}
  recorded: {{say: {{zh-CN: {{text: 谢谢。, audio: thanks.wav}}, en-US: Thank you.}}, next: return}}
  added: {{note: {{case.number}}, with: {{product: {{kind}}}}, next: result}}
  result: {{follow_up: accepted, with: {{product: {{kind}}}}, next: bye}}
  bye: {{hangup: {{zh-CN: 再见。, en-US: Goodbye.}}, as: out_of_hours, promises: call}}
"""
OTHER = """\
flow: other
title: {zh-CN: 其他, en-US: Other}
takes: {word: number}
steps:
  asked: {yes_no: {zh-CN: 好吗？, en-US: 'Well?'}, yes: return, no: return none}
"""
HOTLINE = """\
numbers: {"+862155500000": other}
calls_to: [CN, FR]
call: {vip: {type: number, starts: 1}}
switches: {outage: {title: {zh-CN: 故障, en-US: outage}}}
prompts: {sorry: {zh-CN: 抱歉。, en-US: We are sorry.}}
promises: [{from: everywhere, press: 0, reaches: a person}]
waive: {intake kept: nothing is kept}
hours:
  agents: {open: {mon-fri: 08:30-20:00, sat: 09:00-12:00}, holidays: CN, closed_on: [2026-10-01], open_on: [2026-10-10]}
destinations:
  agents: {number: "+862155500100", hours: agents, ring: 45s, most_waiting: 60}
  night: {sip: "sip:night@desk.example"}
clocks: {house: {days: 10, of: workdays, then: [20], summary: 3, source: handbook, pauses: yes}}
triage:
  money: {says: [refund], when: {well: yes}, kinds: [inquiry], urgency: high, risk: 5, category: money, next_step: ring}
cases:
  inquiry: {clock: three-workdays, follow_up: specimen}
  callback: {clock: {within: 2h, hours: agents, pauses: yes}, high: cn-2020, urgent: {within: 1h, hours: agents}}
outgoing:
  specimen:
    name: {zh-CN: 这里是银行。, en-US: This is the bank.}
    goodbye: {zh-CN: 再见。, en-US: Goodbye.}
    from: "+862155500000"
    first_try: after 2 workdays
    tries: 4
    spacing: 12h
    between: 10:00-18:00
    workdays: no
    prefixes: ["+86"]
    areas: {"+86": Asia/Shanghai}
    a_day: 50
    each_number: 2
    pace: 20s
    spend: {a_call: "0.5", a_day: "100"}
    detection: async
    message: {zh-CN: 稍后再打。, en-US: We will call again.}
  other: {name: no, unnamed: a refuge, from: "+862155500000"}
limits: {steps_in_a_turn: 40, turns: 150, call: 20m, next: flow agent}
speech: {sure: 30%, perhaps: 9%}
"""
TOPICS = """\
topics:
  card_lost: {zh-CN: [我的卡丢了], en-US: [I lost my card]}
  other_fee: {zh-CN: [手续费多少], en-US: [what does it cost]}
"""
DEFAULTS: dict[str, Any] = {
    "wait": "7s", "gap": "2s", "speech": "no", "confidence": "55%", "both": "6",
    "cannot_call": {"zh-CN": "这个号码不行。", "en-US": "Not that one."},
}  # fmt: skip
ALTERED: dict[str, Any] = {
    "default": "agent", "time_zone": "Asia/Tokyo", "clock": "none", "type": "text", "case": "complaint",
    "hours": "evenings", "transfer": "night", "run": "agent", "flow": "renamed", "next": "goodbye", "open": "goodbye",
    "closed": "goodbye", "is": "en-US",
}  # fmt: skip
"""Another value of the same form for keys that must be there; other texts get a letter more."""


def specimen() -> dict[str, Any]:
    """The files of a hotline in which every key is written, as plain data."""
    return copy.deepcopy(_specimen())


@cache
def _specimen() -> dict[str, Any]:
    small = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "small").glob("*.yaml")}
    texts = {**small, "specimen.yaml": SPECIMEN, "other.yaml": OTHER, "topics.yaml": TOPICS}
    data = {name: read_source(name, text.encode()).data for name, text in texts.items()}
    hotline = data["hotline.yaml"]
    hotline |= read_source("more.yaml", HOTLINE.encode()).data
    hotline["defaults"] |= DEFAULTS
    hotline["shortcuts"]["0"] |= {"topics": ["other_*"]}
    hotline["languages"]["en-US"] |= {"wait": "8s", "gap": "1s", "phone_digits": {"0": "oh"}}
    return data


def files(data: Mapping[str, Any]) -> dict[str, bytes]:
    return {name: json.dumps(each, ensure_ascii=False).encode() for name, each in data.items()}


def read(data: Mapping[str, Any]) -> Parsed:
    parsed = parse(files(data))
    assert not parsed.findings, [str(finding) for finding in parsed.findings]
    return parsed


def written(parsed: Parsed) -> Iterator[tuple[Key, str, SourcePath]]:
    """Every key written in the specimen: its model and field, its file, its path there."""
    assert parsed.hotline is not None
    for key, path in _keys(parsed.hotline, ()):
        yield key, "hotline.yaml", path
    yield from ((key, "topics.yaml", path) for key, path in _keys(parsed.topics, ()))
    for name, flow in parsed.flows.items():
        yield from ((key, f"{name}.yaml", path) for key, path in _keys(flow.head, ()))
        for step, fields in flow.steps.items():
            yield from ((key, f"{name}.yaml", path) for key, path in _keys(fields, ("steps", step)))


def _keys(value: object, path: SourcePath) -> Iterator[tuple[Key, SourcePath]]:
    if isinstance(value, BaseModel) and type(value) not in OWN_TESTS:
        for name in value.model_fields_set:
            here = (*path, type(value).model_fields[name].alias or name)
            yield (type(value).__name__, name), here
            yield from _keys(getattr(value, name), here)
    elif isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _keys(item, (*path, key))


def models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models a type is made of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if annotation not in OWN_TESTS and annotation.__name__ != "Ref":
            yield annotation
            for field in annotation.model_fields.values():
                yield from models(field.annotation)
    for part in get_args(annotation):
        yield from models(part)


LANGUAGE = {model for kind in (HotlineFields, TopicsFields, FlowFields, *KINDS.values()) for model in models(kind)}
FIELDS = {(each.__name__, name): each.model_fields[name] for each in LANGUAGE for name in each.model_fields}
NOT_BUILT = {key for key, field in FIELDS.items() if any(isinstance(mark, NotBuilt) for mark in field.metadata)}


@cache
def places() -> Mapping[Key, tuple[str, SourcePath]]:
    """One place for each key, the specimen's own before the small hotline's."""
    found = sorted(written(read(specimen())), key=lambda each: (each[1] != "specimen.yaml", str(each[2])))
    return {key: (file, path) for key, file, path in reversed(found)}


def changed(file: str, path: SourcePath, *, required: bool) -> dict[str, Any]:
    """The specimen without a key that may be left out, or with another value of one that must be there."""
    data = specimen()
    inside = data[file]
    for part in path[:-1]:
        inside = inside[part]
    last: Any = path[-1]
    if not required:
        del inside[last]
    else:
        inside[last] = _altered(str(last), inside[last])
    return data


def _altered(key: str, value: Any) -> Any:
    if isinstance(value, dict):
        first, *_ = value
        if key in ("languages", "steps", "defaults", "open") or len(value) > 1:
            return {name: each for name, each in value.items() if name != [*value][-1]}
        return {first: _altered(first, value[first])}
    if isinstance(value, list):
        return value[:-1] or ["else"]
    return ALTERED.get(key) if key in ALTERED and ALTERED[key] != value else f"{value}x"


def made(data: Mapping[str, Any]) -> object:
    """What is made of the files."""
    parsed = parse(files(data))
    return "" if parsed.findings else frozen(compile_release(parsed))


def said(data: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """What lint says of the files, wherever it is."""
    found = findings_of(files(data), "live", date(2026, 6, 1))
    return sorted((finding.code, finding.message, finding.hint) for finding in found)


def frozen(value: object) -> object:
    """A compiled value as one that can be compared, by all it consists of."""
    if isinstance(value, Mapping):
        return tuple((str(name), frozen(each)) for name, each in value.items())
    if isinstance(value, list | tuple):
        return tuple(map(frozen, value))
    if isinstance(value, set | frozenset):
        return tuple(sorted(repr(frozen(each)) for each in value))
    if type(value).__module__.startswith("ivr.") and not isinstance(value, type):
        slots = {name for each in type(value).__mro__ for name in getattr(each, "__slots__", ())}
        names = sorted(slots | getattr(value, "__dict__", {}).keys())
        return (type(value).__name__, *((name, frozen(getattr(value, name, None))) for name in names))
    return value if isinstance(value, str | int | float | date | time | None) else repr(type(value))


made_as_it_is = cache(lambda: made(specimen()))
said_as_it_is = cache(lambda: said(specimen()))


def test_every_key_of_the_language_stands_in_the_specimen() -> None:
    assert set(FIELDS) - set(places()) == set()


@pytest.mark.parametrize("key", sorted(set(FIELDS) - NOT_BUILT - FOR_READERS), ids=".".join)
def test_a_key_changes_what_is_made_of_the_files_or_what_lint_says(key: Key) -> None:
    file, path = places()[key]

    other = changed(file, path, required=FIELDS[key].is_required())

    assert made(other) != made_as_it_is() or said(other) != said_as_it_is(), f"{'.'.join(map(str, path))} has no effect"


@pytest.mark.parametrize("key", sorted(NOT_BUILT), ids=".".join)
def test_a_key_that_is_not_built_changes_nothing_and_is_a_finding_at_its_place(key: Key) -> None:
    file, path = places()[key]
    without = changed(file, path if key[0] != "Audio" else (*path[:-1], "audio"), required=False)

    found = [finding for finding in findings_of(files(specimen())) if finding.code == "not-built"]

    assert any(f'"{path[-1]}" has no effect' in each.message and each.hint and each.file == file for each in found)
    if key[0] != "Audio":
        assert made(without) == made_as_it_is()


def test_everything_a_release_is_made_of_is_read_somewhere() -> None:
    makers = {ROOT / "ivr" / "flow" / name for name in ("compile.py", "prompts.py", "hotline.py")}
    loads = {
        node.attr
        for file in (ROOT / "ivr").rglob("*.py")
        if file not in makers
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)
    }
    parts = [part for part in vars(compiled_model).values() if isinstance(part, type) and is_dataclass(part)]

    unread = [
        f"{part.__name__}.{field.name}" for part in parts for field in dataclass_fields(part) if field.name not in loads
    ]
    assert unread == []
