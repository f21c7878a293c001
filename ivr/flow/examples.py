"""An example for every key that is needed, so that a report says what to write: each line can be pasted and works."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from ivr.steps.kinds import EXAMPLES as STEPS
from ivr.steps.kinds import KINDS

Words = Mapping[str, str]
"""A text by language, `zh` or `en`."""
TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?-([A-Z]{2}|[0-9]{3})\Z")
_LANGUAGES: Mapping[str, tuple[str, str, str, str]] = {
    "zh-CN": ("普通话", "cmn-CN", "cmn-Hans-CN", "Polly.Zhiyu-Neural"),
    "en-US": ("English", "en-US", "en-US", "Polly.Joanna-Neural"),
    "en-GB": ("English", "en-GB", "en-GB", "Polly.Amy-Neural"),
    "de-DE": ("Deutsch", "de-DE", "de-DE", "Polly.Vicki-Neural"),
    "fr-FR": ("français", "fr-FR", "fr-FR", "Polly.Lea-Neural"),
    "es-ES": ("español", "es-ES", "es-ES", "Polly.Lucia-Neural"),
    "ja-JP": ("日本語", "ja-JP", "ja-JP", "Polly.Takumi-Neural"),
    "ko-KR": ("한국어", "ko-KR", "ko-KR", "Polly.Seoyeon-Neural"),
}
"""Name, speak, listen and voice by tag; of any other language the tag itself stands for the first three."""
_WORDS: Mapping[str, Words] = {
    "trouble": {
        "zh": "抱歉，系统出现故障，请稍后再拨。",
        "en": "We are sorry, something went wrong. Please call again.",
    },
    "goodbye": {"zh": "感谢您的来电，再见。", "en": "Thank you for calling. Goodbye."},
    "confirm": {"zh": "您输入的是{value}，对吗？", "en": "You entered {value}. Is that right?"},
    "consent": {"zh": "我们可以为这一条留言录音吗？", "en": "May we record just this one message?"},
    "connecting": {"zh": "正在为您转接，请稍候。", "en": "We are putting you through. Please hold."},
    "silent": {"zh": "没有听到您的回答。", "en": "Sorry, we did not hear anything."},
    "unclear": {"zh": "抱歉，没有听懂。", "en": "Sorry, we did not understand."},
    "hello": {"zh": "您好。", "en": "Hello."},
    "title": {"zh": "总入口", "en": "Front door"},
    "label": {"zh": "其他业务", "en": "other matters"},
}
_OF_A_LANGUAGE: Mapping[str, Mapping[str, Any]] = {
    "announce": {"zh": "{label}，请按{key}。", "en": "For {label}, press {key}."},
    "yes_no": {"zh": "是，请按1；不是，请按2。", "en": "For yes, press 1. For no, press 2."},
    "yes": {"zh": ["是", "对", "好"], "en": ["yes", "sure"]},
    "no": {"zh": ["不", "没有"], "en": ["no", "wrong"]},
}
_SIMPLE: Mapping[str, str] = {
    "HotlineFields.hotline": "My hotline",
    "HotlineFields.time_zone": "Asia/Shanghai",
    "CallValueFields.type": "yes_no",
    "HoursSettings.open": "{mon-fri: 08:30-20:00, sat-sun: closed}",
    "CaseSettings.clock": "three-workdays",
    "OpenTimeFields.within": "2h",
    "DayClockFields.days": "10",
    "LimitFields.next": "goodbye",
    "ShortcutFields.next": "repeat",
    "HotlineFields.numbers": '{"+862155500000": main}',
    "HotlineFields.hours": "{agents: {open: {mon-fri: 08:30-20:00}}}",
    "HotlineFields.destinations": '{agents: {number: "+862155500100"}}',
    "HotlineFields.clocks": "{house: {days: 10, of: workdays}}",
    "HotlineFields.cases": "{complaint: {clock: three-workdays}}",
    "HotlineFields.call": "{elderly: {type: yes_no, starts: no}}",
    "HoursSettings.closed_on": "[2026-10-01]",
    "DestinationFields.number": '"+862155500100"',
    "ArmFields.when": "{caller.visits: {at_least: 3}}",
    "SetFields.set": "{call.elderly: yes}",
    "LanguageChoiceFields.is": "zh-CN",
    "ChoiceFields.next": "goodbye",
    "TopicsFields.topics": "{card_lost: {zh-CN: [我的卡丢了], en-US: [I lost my card]}}",
    "FixtureFields.call": "a caller who hangs up at once",
    "FixtureFields.at": "2026-03-02T10:00",
    "FixtureFields.turns": "[hang up]",
    "FixtureFields.ends": "{disposition: abandoned, case: no}",
    "EndsFields.disposition": "abandoned",
    "ExpectedCase.kind": "complaint",
    "MessageFields.seconds": "14",
}


_WHOLE = {
    "PromiseFields": "from: everywhere, press: 0, reaches: a person",
    "ArmFields": "when: {caller.visits: {at_least: 3}}, next: goodbye",
}


@dataclass(frozen=True, slots=True)
class Examples:
    """Examples for one folder: in its languages, naming its own flow."""

    tags: Sequence[str]
    flow: str = "main"

    def line(self, owners: Iterable[str], key: str, tag: str = "") -> str:
        """The line for a key of a mapping read by models of these names; empty where there is no example. `tag` is the
        language the mapping is about, if it is about one."""
        value = next((text for owner in owners if (text := self._value(owner, key, tag))), "")
        return f"{key}: {value}" if value else ""

    def whole(self, owner: str) -> str:
        """A whole mapping read by a model, without its braces, where none of its keys is needed."""
        return _WHOLE.get(owner, "")

    def _value(self, owner: str, key: str, tag: str) -> str:
        made: Mapping[str, Callable[[], str]] = {
            "HotlineFields.default": lambda: self.flow,
            "HotlineFields.languages": self._languages,
            "HotlineFields.defaults": self._defaults,
            "HotlineFields.limits": lambda: "{next: goodbye}",
            "DefaultFields.no_input": lambda: self._retry("silent"),
            "DefaultFields.no_match": lambda: self._retry("unclear"),
            "FlowFields.flow": lambda: self.flow,
            "FlowFields.steps": lambda: f"{{hello: {{say: {self._words('hello')}, next: goodbye}}}}",
            "SwitchFields.title": lambda: self._words("label"),
        }
        if owner == "LanguageSettings":
            return self._of_language(tag or next(iter(self.tags), "en-US")).get(key, "")
        if place := f"{owner}.{key}":
            if place in made:
                return made[place]()
            if place in _SIMPLE:
                return _SIMPLE[place]
        if key in _WORDS:
            return self._words(key)
        return _of_step(owner, key)

    def _words(self, name: str) -> str:
        return (
            f"{{{', '.join(f'{tag}: {json.dumps(_in(_WORDS[name], tag), ensure_ascii=False)}' for tag in self.tags)}}}"
        )

    def _retry(self, words: str) -> str:
        return f"{{tries: 3, say: [{self._words(words)}], next: goodbye}}"

    def _defaults(self) -> str:
        spoken = ", ".join(f"{key}: {self._words(key)}" for key in ("confirm", "consent", "connecting"))
        return f"{{no_input: {self._retry('silent')}, no_match: {self._retry('unclear')}, {spoken}}}"

    def _languages(self) -> str:
        each = (f"{tag}: {{{_pairs(self._of_language(tag))}}}" for tag in self.tags)
        return f"{{{', '.join(each)}}}"

    def _of_language(self, tag: str) -> dict[str, str]:
        name, speak, listen, voice = _LANGUAGES.get(tag, (tag, tag, tag, "alice"))
        of_tag = {key: json.dumps(_in(texts, tag), ensure_ascii=False) for key, texts in _OF_A_LANGUAGE.items()}
        return {"name": name, "speak": speak, "listen": listen, "voice": voice, **of_tag}


def _pairs(values: Mapping[str, str]) -> str:
    return ", ".join(f"{key}: {value}" for key, value in values.items())


def _in(texts: Mapping[str, Any], tag: str) -> Any:
    """A text in a language, in English where there is none."""
    return texts["zh" if tag.split("-")[0] == "zh" else "en"]


def _of_step(owner: str, key: str) -> str:
    """What stands behind a key in the example of its kind of step, if it is on one line."""
    kind = next((name for name, fields in KINDS.items() if fields.__name__ == owner), "")
    step = next(iter(yaml.safe_load(STEPS[kind]).values())) if kind else {}
    value = step.get(key) if isinstance(step, dict) else None
    if key == "next":
        return "goodbye"
    return value if isinstance(value, str) and value.isascii() else ""


FEW = Examples(["zh-CN", "en-US"])
"""Those for a file that belongs to no folder of flows."""


def examples_for(data: Mapping[str, Any]) -> Examples:
    """Examples for the files of a folder, given what was read of each by its name: the hotline's languages, else those
    its words are written in; its default flow, else the first of its files."""
    hotline = next((one for name, one in data.items() if name.endswith("hotline.yaml")), None)
    declared = hotline.get("languages") if isinstance(hotline, dict) else None
    tags = [*declared] if isinstance(declared, dict) and declared else list(dict.fromkeys(_tags(list(data.values()))))
    flows = [name.rsplit("/", 1)[-1].removesuffix(".yaml") for name in data
             if not name.endswith(("hotline.yaml", "topics.yaml"))]  # fmt: skip
    return Examples(tags or ["en-US"], "main" if "main" in flows or not flows else flows[0])


def _tags(data: Any) -> Iterable[str]:
    """Every language that some text of the files is written in."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        if isinstance(key, str) and TAG.match(key) and isinstance(value, str):
            yield key
        if isinstance(value, dict | list):
            yield from _tags(value)
