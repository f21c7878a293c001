"""Every sentence of diff is said by some edit of the shipped flows, and nothing of it is English in Chinese."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from ivr.change.diff.change import Change
from ivr.change.diff.compare import difference
from ivr.change.diff.diff_lines import diff_lines
from ivr.flow.model import StepKey
from ivr.flow.parse import Parsed, parse
from ivr.messages.catalogue import catalogue
from ivr.messages.message import Message
from ivr.source.yaml_file import read_source
from ivr.steps.kinds import KINDS
from ivr.steps.reported import reported_fields

FLOWS = Path(__file__).parents[2] / "flows"
DATA = {path.stem: read_source(path.name, path.read_bytes()).data for path in sorted(FLOWS.glob("*.yaml"))}
WORDS = {"zh-CN": "请听。", "en-US": "Listen."}
ARMS = [
    {"when": {"caller.visits": {"at_least": "3"}}, "next": "hold"},
    {"when": {"caller.visits": {"at_most": "1"}}, "next": "hold"},
    {"when": {"call.language": ["zh-CN", "en-US"]}, "next": "hold"},
    {"when": {"caller.phone": {"starts_with": "+86"}, "call.elderly": {"not": "yes"}}, "next": "hold"},
]
ELSE = {"next": "hold"}
MENU = DATA["main"]["steps"]["menu"]
RENAMED = {"receipt_anyway": "numberless"}
DROP = object()
"""In place of a value: take the key out."""
Edit = Sequence[tuple[str, object]]
"""Paths below a file, with what stands there after the edit."""
EDITS: Sequence[Edit] = (
    [("topics/topics/card_lost/zh-CN", ["我的卡丢了怎么办"])],
    [("topics/topics/card_lost/zh-CN", DATA["topics"]["topics"]["card_lost"]["zh-CN"][::-1])],
    [("topics/topics/card_lost", DROP), ("main/steps/menu/choices/1/topics", ["card_*"])],
    [("agent/steps/desk", {"hours": "agents", "open": "hold", "closed": "closed", "holiday": "closed"})],
    [("agent/steps/desk", {"hours": "always", "open": "closed", "closed": "busy", "holiday": "busy"})],
    [("contact/steps/bye", {"hangup": WORDS})],
    [("contact/steps/gone", {"say": WORDS, "next": "return"}), ("contact/steps/same/no", "gone")],
    [("main/steps/menu/again", DROP), ("main/steps/menu/announce", "no")],
    [("main/steps/menu/choices/3/languages", ["zh-CN"]), ("main/steps/menu/choices/3/next", "back")],
    [("main/steps/menu/choices/3/words", ["投诉"])],
    [("main/steps/menu/choices/1", DROP), ("main/steps/menu/choices/2", DROP)],
    [("main/steps/menu/choices/3/label", {"zh-CN": "我要投诉", "en-US": "a complaint"})],
    [("main/steps/menu/wait", "9s"), ("main/steps/menu/gap", "2h")],
    [("main/steps/menu/no_input", {"tries": "1", "next": "more"})],
    [("main/steps/menu/no_match", {"tries": "1", "say": [WORDS], "unclear": [WORDS], "next": "more"})],
    [("main/steps/emergency_busy/interrupt", "no"), ("main/steps/emergency_busy/promises", "call")],
    [("main/steps/emergency_case/with", {"subject": "lost_card"})],
    [("main/steps/emergency_case/case", "inquiry"), ("main/steps/emergency/whisper", DROP)],
    [("main/steps/emergency_contact/outcomes", DROP)],
    [("main/steps/emergency/busy", "more"), ("main/steps/emergency/no_answer", "more")],
    [("main/steps/emergency/failed", "return none"), ("main/steps/emergency/closed", "return")],
    [("main/steps/person/run", "contact"), ("main/steps/person/next", "repeat")],
    [("main/steps/emergency_busy/say", "sorry"), ("hotline/prompts", {"sorry": WORDS})],
    [("main/steps/no_recording/set", {"call.recording": "no", "call.elderly": "no"})],
    [("main/steps/more", {"menu": WORDS, "choices": {"1": {"label": WORDS, "next": "menu"}}})],
    [("main/steps/more/yes", "goodbye"), ("main/steps/more/speech", "no")],
    [("complaint/steps/product/save", DROP), ("complaint/steps/product/choices/1/is", "cards")],
    [("complaint/steps/story/at_most", "90s"), ("complaint/intake", DROP)],
    [("contact/gives", {"phone": "phone", "way": "text"}), ("contact/takes", {"language": "text"})],
    [("contact/steps/ask/confirm", "no"), ("contact/title", {"zh-CN": "电话", "en-US": "A number to reach you"})],
    [("contact/steps/ask/confirm", WORDS)],
    [("contact/steps/ask/confirm", {"zh-CN": "{value}，对吗？", "en-US": "Is {value} right?"})],
    [("contact/steps/same/again", {"zh-CN": "可以吗？", "en-US": "May we?"})],
    [("agent/steps/which/branch", [*ARMS, *DATA["agent"]["steps"]["which"]["branch"]])],
    [("agent/steps/which/branch", [*DATA["agent"]["steps"]["which"]["branch"][:1], ARMS[0], ELSE])],
    [("agent/steps/which/branch/0/next", "hold"), ("agent/steps/which/branch/1/next", "elderly")],
    [("agent/steps/which/branch/0/when", {"caller.phone": {"known": "no"}})],
    [("agent/steps/silent/branch/0/when", {"caller.phone": {"known": "no"}})],
    [("feedback", DROP)],
    [("hotline/hotline", "另一家银行"), ("hotline/calls_to", DROP), ("hotline/time_zone", "Asia/Tokyo")],
    [("hotline/calls_to", ["CN"]), ("hotline/country", "JP")],
    [("hotline/numbers", {"+862155500001": "main"}), ("hotline/default", "agent")],
    [("hotline/numbers/+862155500000", "agent"), ("hotline/limits/call", "2h"), ("hotline/limits/next", "goodbye")],
    [("hotline/languages/en-US/yes", ["yes"]), ("hotline/languages/en-US/name", "英语")],
    [("hotline/defaults/wait", "90s"), ("hotline/defaults/gap", "1s"), ("hotline/defaults/both", "3")],
    [("hotline/defaults/cannot_call", WORDS), ("hotline/defaults/consent/en-US", "May we?")],
    [("hotline/defaults/no_input/tries", "2"), ("hotline/defaults/no_match/next", "goodbye")],
    [("hotline/defaults/no_match/say", [WORDS]), ("hotline/defaults/no_match/unclear", [WORDS])],
    [("hotline/defaults/connecting/zh-CN", "请稍候。"), ("hotline/defaults/confirm/zh-CN", "{value}，对吗？")],
    [("hotline/shortcuts/9", DROP), ("hotline/shortcuts/0/next", "goodbye")],
    [("hotline/shortcuts/star/announce", "yes"), ("hotline/shortcuts/star/words", ["重听"])],
    [("hotline/shortcuts/star/label/zh-CN", "再听"), ("hotline/shortcuts/star/words/en-US", ["repeat"])],
    [("hotline/destinations/agents/ring", "2m"), ("hotline/destinations/agents/hours", "always")],
    [("hotline/destinations/night", {"number": "+862155500101"}), ("hotline/switches", {"busy": {"title": WORDS}})],
    [("hotline/hours/agents/holidays", DROP), ("hotline/hours/noon", {"open": {"mon-sun": "12:00-13:00"}})],
    [("hotline/call/elderly/starts", "yes"), ("hotline/call/vip", {"type": "yes_no", "starts": "no"})],
    [("hotline/cases/feedback", DROP), ("hotline/cases/inquiry/clock", "none")],
    [("hotline/outgoing/survey", DROP), ("hotline/outgoing/followup/name", {"zh-CN": "银行。", "en-US": "The bank."})],
    [("hotline/outgoing/followup/goodbye", DROP), ("hotline/outgoing/followup/message", WORDS)],
    [("hotline/outgoing/followup/spacing", "48h"), ("hotline/outgoing/followup/between", "10:00-18:00")],
    [("followup/steps/refused/follow_up", "unclear"), ("followup/steps/refused/with", {"by": "telephone"})],
    [("followup/steps/rated/note", {"rating": ""}), ("followup/steps/rated/with", {"score": {"rating": ""}})],
    [("hotline/promises/0", {"from": "everywhere", "press": "0", "reaches": "goodbye"})],
    [("hotline/waive", {"a person": "no agents", "never silent": {"main": "quiet"}})],
    [("hotline/waive", {"a person": "nobody is there"}), ("hotline/calls_to", [])],
    [("hotline/goodbye/zh-CN", "再见。"), ("hotline/trouble/zh-CN", "抱歉。")],
    [("hotline/prompts", {"sorry": WORDS}), ("hotline/goodbye", "sorry"), ("hotline/defaults/cannot_call", "sorry")],
    [("main/steps/menu/choices", {str(int(key) + 1): choice for key, choice in MENU["choices"].items()})],
    [("main/steps/menu/menu", {"zh-CN": "请选。", "en-US": "Choose."}), ("main/steps/menu/again", "sorry"),
     ("hotline/prompts", {"sorry": WORDS})],
    [("main/steps/language/choices/2", DROP)],
    [("main/steps/emergency/transfer", "agents"), ("main/steps/emergency/answered", "repeat")],
    [("main/steps/emergency_contact/with", {"phone": "lost"}), ("contact/takes", {"phone": "text"})],
    [("complaint/steps/story/next", "open")],
    [("complaint/steps", {RENAMED.get(name, name): step for name, step in DATA["complaint"]["steps"].items()}),
     ("complaint/steps/told/branch/1/next", "numberless")],
)  # fmt: skip
ORDERS = (
    ("hotline", "languages"), ("hotline", "shortcuts"), ("main", "steps", "menu", "choices"), ("contact", "steps"),
)  # fmt: skip
NOT_OF_A_CHANGE = {
    "diff.target.end-of", "diff.target.end-of-with", "diff.target.step-of",  # impact's readers are not in the flow
    "diff.step.differs",  # of a kind whose fields are not described yet
    "steps.leaving.arm", "steps.leaving.else",  # a branch is reported by its conditions
    "steps.leaving.declined",  # it leads where silence leads
}  # fmt: skip


def parsed(data: dict[str, Any]) -> Parsed:
    """The files as they are written in JSON, which is YAML too."""
    return parse({f"{name}.yaml": json.dumps(file, indent=1).encode() for name, file in data.items()})


def after(edit: Edit) -> Parsed:
    data = copy.deepcopy(DATA)
    for path, value in edit:
        *way, last = path.split("/")
        at: Any = data
        for part in way:
            at = at[int(part)] if isinstance(at, list) else at[part]
        if value is DROP:
            del at[last]
        elif isinstance(at, list):
            at[int(last)] = value
        else:
            at[last] = value
    return parsed(data)


def reordered(way: Sequence[str]) -> Parsed:
    data: dict[str, Any] = copy.deepcopy(DATA)
    at: Any = data
    for part in way[:-1]:
        at = at[part]
    at[way[-1]] = dict(reversed(at[way[-1]].items()))
    return parsed(data)


def reported() -> Iterator[Change]:
    """The changes of all edits, there and back, and from each to the next."""
    before = parsed(DATA)
    versions = [*map(after, EDITS), *map(reordered, ORDERS)]
    for edited in versions:
        assert edited.hotline is not None
        assert edited.findings == [], edited.findings
        yield from difference(before, edited).changes
        yield from difference(edited, before).changes
    for one, other in zip(versions, versions[1:], strict=False):
        yield from difference(one, other).changes


def parts(message: object) -> Iterator[Message]:
    """A message and those among its values."""
    if isinstance(message, tuple):
        for each in message:
            yield from parts(each)
    elif isinstance(message, Message):
        yield message
        for value in message.values.values():
            yield from parts(value)


@pytest.fixture(scope="module")
def changes() -> list[Change]:
    return list(reported())


def lines(changes: Sequence[Change]) -> Iterator[str]:
    yield from diff_lines("a", "b", ())
    yield from diff_lines("a", "b", changes, {StepKey("main", "menu"): "x"})


def test_every_sentence_of_diff_is_said_by_some_edit(changes: list[Change]) -> None:
    said = {part.code for line in lines(changes) for part in parts(line)}
    said |= {change.sentence.code for change in changes}
    ours = {code for code in catalogue("en").sentences if code.startswith(("diff.", "steps."))}
    assert {code for code in ours - said if not code.startswith(("steps.callers.", "steps.row."))} == NOT_OF_A_CHANGE


def test_no_sentence_is_english_in_chinese(changes: list[Change]) -> None:
    shown = [line.in_language("zh-CN") for line in lines(changes) if isinstance(line, Message)]
    assert len(shown) > 100
    assert [text for text in shown if re.search(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}", without_quotes(text))] == []


def without_quotes(text: str) -> str:
    """What the program says itself: without words of the flows, which are quoted or those of a prompt."""
    return re.sub(r"“[^”]*”|(原来|现在)：[^）]*$", "", text)


def test_every_kind_exit_and_field_has_its_words_in_the_catalogue() -> None:
    sentences = catalogue("en").sentences
    codes = {
        code
        for fields in KINDS.values()
        for code in (
            fields.kind.called,
            *(code for words in fields.kind.exit_words.values() for code in words),
            *(code for mark in reported_fields(fields).values() for code in (mark.sentence, mark.gone, mark.words)),
        )
    } - {""}
    assert codes <= set(sentences)
    assert all(code.startswith("steps.") for code in codes)


def test_a_program_finds_the_values_of_a_sentence(changes: list[Change]) -> None:
    moved = next(change.row() for change in changes if change.what == "choice moved")
    assert moved["values"].keys() == {"step", "name", "now", "before"}
    assert type(moved["values"]["step"]) is str
