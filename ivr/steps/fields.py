"""The types of the fields of a step, as they stand in a file, where every scalar is text."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from ivr.messages.message import Message
from ivr.steps.reported import Reported
from ivr.steps.target import Target, parse_target

NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
TOPIC = re.compile(r"[a-z][a-z0-9_]*\*?\Z|\*\Z")
"""A topic's name, or all that begin so."""
PLACEHOLDER = re.compile(r"\{(?!pause[:}])([a-z][a-z0-9_.]*)(?::([a-z]+))?\}")
PAUSE = re.compile(r"\{pause(?::(0\.[1-9]|[12](?:\.[0-9])?|3(?:\.0)?)s)?\}")
"""A silence inside a prompt, of 0.1 to 3 seconds, so that nobody takes the line for dead."""
SHORT_PAUSE = 0.3
"""The seconds of `{pause}`."""
FORMATS = ("digits", "number", "money", "date", "fulldate", "weekday", "time", "phone")


_MEANT = {"yes": ("true", "on", "y", "1", "是", "开"), "no": ("false", "off", "n", "0", "否", "关")}
_NUMBERS = {
    "one": 1, "once": 1, "two": 2, "twice": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip


class Fields(BaseModel):
    """A mapping of a file: unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Ref(Fields):
    """A value, written `{name}`; a literal is written bare."""

    name: str


def _yes_no(text: Any) -> bool:
    if isinstance(text, bool):
        return text
    if text in ("yes", "no"):
        return bool(text == "yes")
    meant = next((word for word, others in _MEANT.items() if str(text).lower() in others), "")
    raise ValueError(Message("flow.field.yes-or-no-meant", meant=meant) if meant else Message("flow.field.yes-or-no"))


def _duration(text: Any) -> float:
    if isinstance(text, (int, float)):
        return float(text)
    found = re.fullmatch(r"(\d{1,5}(?:\.\d)?)\s*([smh])", text) if isinstance(text, str) else None
    if not found:
        meant = _duration_meant(str(text))
        raise ValueError(Message("flow.field.time", such=(meant,) if meant else ("5s", "2m")))
    return float(found[1]) * {"s": 1, "m": 60, "h": 3600}[found[2]]


def _duration_meant(text: str) -> str:
    """A time written otherwise ("5", "5 seconds", "500ms", "2分钟", "2d") as it is to be written; empty for none."""
    found = re.fullmatch(r"(\d{1,5}(?:\.\d+)?)\s*(ms|[^\W\d]*)\.?", text.strip().lower())
    if not found:
        return ""
    number, unit = float(found[1]), found[2]
    if unit == "ms":
        number, unit = number / 1000, "s"
    letter = {"分": "m", "时": "h", "小": "h", "秒": "s", "天": "d", "日": "d"}.get(unit[:1], unit[:1] or "s")
    if letter == "d":
        number, letter = number * 24, "h"
    return f"{number:g}{letter}" if letter in ("s", "m", "h") else ""


def _count(text: Any) -> int:
    if isinstance(text, int):
        return text
    if isinstance(text, str) and re.fullmatch(r"[0-9]{1,9}", text):
        return int(text)
    raise ValueError(Message("flow.field.count", such=_NUMBERS.get(str(text).lower(), 3)))


def _percent(text: Any) -> float:
    if isinstance(text, float):
        return text
    found = re.fullmatch(r"(\d{1,3})%", text) if isinstance(text, str) else None
    if not found or int(found[1]) > 100:
        share = re.fullmatch(r"0?\.\d{1,2}|[01]|\d{2}|100", str(text))
        number = float(share[0]) if share else 0.4
        such = f"{number * 100 if number <= 1 else number:.0f}%"
        raise ValueError(Message("flow.field.percent", such=such))
    return int(found[1]) / 100


def _name(text: Any) -> str:
    if isinstance(text, str) and NAME.match(text):
        return text
    meant = re.sub(r"[^a-z0-9]+", "_", str(text).lower().removeprefix("flow ")).strip("_")
    if NAME.match(meant):
        raise ValueError(Message("flow.field.name-such", such=meant))
    raise ValueError(Message("flow.field.name"))


def _desk(text: Any) -> Any:
    if isinstance(text, str) and re.match(r"[+(]?\d|sip:", text):
        raise ValueError(Message("flow.field.desk"))
    return text


def _hours(text: Any) -> Any:
    if isinstance(text, str) and re.match(r"\d", text):
        raise ValueError(Message("flow.field.hours"))
    return text


def _target(text: Any) -> Target:
    if isinstance(text, Target):
        return text
    if isinstance(text, (list, dict)) and len(text) == 1:
        ((first, name),) = text.items() if isinstance(text, dict) else ((text[0], ""),)
        raise ValueError(Message("flow.target.bare", meant=f"{first} {name}".strip()))
    if not isinstance(text, str) or text in ("", "null", "~"):
        raise ValueError(Message("flow.target.empty"))
    return parse_target(text)


def _given(text: Any) -> Any:
    """`{name}` reaches us as a mapping of one key with nothing in it."""
    if isinstance(text, dict) and len(text) == 1 and next(iter(text.values())) == "":
        return Ref(name=next(iter(text)))
    if isinstance(text, (str, Ref)):
        return text
    raise ValueError(Message("flow.field.given"))


def _with(raw: Any) -> Any:
    if isinstance(raw, list):
        if all(isinstance(name, str) for name in raw):
            return {name: Ref(name=name) for name in raw}
        raise ValueError(Message("flow.field.with-names"))
    if isinstance(raw, str) and raw:
        raise ValueError(Message("flow.field.with-list", names=", ".join(re.findall(r"[a-z_.]+", raw)) or "product"))
    return raw


def _words(raw: Any) -> Any:
    return {"": raw} if isinstance(raw, list) else raw


def _tag_meant(text: str) -> str:
    """The tag of a language written otherwise ("EN-us", "en_US", "English", 中文); empty where it cannot be told."""
    names = {"chinese": "zh-CN", "中文": "zh-CN", "普通话": "zh-CN", "汉语": "zh-CN", "mandarin": "zh-CN",
             "english": "en-US", "英文": "en-US", "英语": "en-US"}  # fmt: skip
    first, *rest = text.replace("_", "-").split("-")
    tag = "-".join([first.lower(), *(part.upper() if len(part) == 2 else part.title() for part in rest)])
    return names.get(text.lower(), tag if LANGUAGE.match(tag) and tag.isascii() else "")


def _prompt(raw: Any) -> Any:
    """A prompt as written: a map of languages, or the name of a shared prompt."""
    if isinstance(raw, str):
        if not raw:
            raise ValueError(Message("flow.field.words-by-language"))
        return raw
    if not isinstance(raw, dict) or not raw:
        raise ValueError(Message("flow.field.words-by-language"))
    for language, text in raw.items():
        if not LANGUAGE.match(language):
            tag = _tag_meant(language)
            meant = (tag,) if tag else ("zh-CN", "en-US")
            raise ValueError(Message("flow.field.no-tag", written=language, meant=meant))
        if isinstance(text, str) and not text.strip():
            raise ValueError(Message("flow.field.words-of", language=language))
    return raw


def _language_tag(raw: Any) -> Any:
    if isinstance(raw, str) and not LANGUAGE.match(raw):
        tag = _tag_meant(raw)
        raise ValueError(Message("flow.field.no-tag", written=raw, meant=(tag,) if tag else ("zh-CN", "en-US")))
    return raw


def _topic_pattern(text: Any) -> Any:
    if isinstance(text, str) and TOPIC.match(text):
        return text
    meant = re.sub(r"[^a-z0-9*]+", "_", str(text).lower()).strip("_")
    if TOPIC.match(meant):
        raise ValueError(Message("flow.topic.pattern-such", such=meant))
    raise ValueError(Message("flow.topic.pattern"))


def _topic_patterns(raw: Any) -> Any:
    return [raw] if isinstance(raw, str) and TOPIC.match(raw) else raw


class NotBuilt(NamedTuple):
    """Marks a key that nothing reads yet: why it has no effect, and what to write instead, both as codes of sentences.

    Lint refuses it; a release stored with it is still read and runs as it always has.
    """

    why_code: str
    instead_code: str

    @property
    def why(self) -> Message:
        """Why it has no effect: the end of a sentence, without its full stop."""
        return Message(self.why_code)

    @property
    def instead(self) -> Message:
        """What to write instead."""
        return Message(self.instead_code)


class Audio(Fields):
    """A prompt recorded by a person: the file, and the same words as text."""

    text: Annotated[str, Field(min_length=1)]
    audio: Annotated[
        str,
        Field(min_length=1),
        NotBuilt("flow.not-built.audio", "flow.not-built.words-alone"),
    ]


class Refers(NamedTuple):
    """Marks a field that names something of hotline.yaml: `hours` or `destinations`."""

    to: Literal["hours", "destinations"]


YesNo = Annotated[bool, BeforeValidator(_yes_no)]
Duration = Annotated[float, BeforeValidator(_duration)]
CountField = Annotated[int, BeforeValidator(_count)]
Percent = Annotated[float, BeforeValidator(_percent)]
NameField = Annotated[str, BeforeValidator(_name)]
HoursName = Annotated[NameField, BeforeValidator(_hours), Refers("hours")]
DestinationName = Annotated[NameField, BeforeValidator(_desk), Refers("destinations")]
To = Annotated[Target, BeforeValidator(_target)]
Value = Annotated[Any, BeforeValidator(_given)]
With = Annotated[dict[str, Value], BeforeValidator(_with)]
WordsField = Annotated[dict[str, list[str]], BeforeValidator(_words)]
LanguageTag = Annotated[str, BeforeValidator(_language_tag)]
TopicsField = Annotated[
    list[Annotated[str, BeforeValidator(_topic_pattern)]], BeforeValidator(_topic_patterns), Field(min_length=1)
]
"""Names of topics.yaml; `*` at the end stands for every topic that begins so."""
PromptField = Annotated[
    str | dict[str, str | Audio],
    BeforeValidator(_prompt),
    Reported("words", "steps.field.words", words="steps.words.own"),
]
Label = Annotated[dict[str, str], BeforeValidator(_prompt)]


PromisesField = Annotated[Literal["call"] | None, Reported("words", "steps.field.promises", literal=True)]
"""`promises: call`: the words promise that somebody phones the caller, which proof holds them to."""


class RetryFields(Fields):
    """`no_input` or `no_match` of a question: how often it is asked, what is said before a re-ask, what then."""

    tries: Annotated[int, BeforeValidator(_count), Field(ge=1, le=9)] | None = None
    say: list[PromptField] | None = None
    next: To | None = None


class NoMatchFields(RetryFields):
    """`no_match`: `unclear` is said in place of `say` where the caller spoke, for then no key was wrong."""

    unclear: list[PromptField] | None = None


def _failure(raw: Any) -> Any:
    """A bare target means that silence, or a wrong key, is an answer: nothing is said about it."""
    if isinstance(raw, str) and raw.isdigit():
        raise ValueError(Message("flow.field.tries", n=raw))
    if isinstance(raw, str):
        return {"tries": "1", "say": [], "next": raw}
    return raw


NoInputField = Annotated[RetryFields, BeforeValidator(_failure)]
NoMatchField = Annotated[NoMatchFields, BeforeValidator(_failure)]
