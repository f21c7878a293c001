"""Hostile words: what callers can say, be called or send, put into every form in which a value is spoken."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

from ivr.call.inputs import Speech
from ivr.call.verbs import Hangup, Speak
from ivr.flow.compile import compile_release
from ivr.flow.model import Release
from ivr.flow.parse import parse
from ivr.flow.words import words
from ivr.speech.entries import Circumstances
from ivr.speech.packs import TABLES, pack_for
from ivr.speech.polarity import polarity
from ivr.steps.entry import ENTRY_TYPES, LENGTHS, judge, said
from ivr.steps.spoken import fold, meant, spoken_key
from ivr.twilio.parties import number_of
from ivr.twilio.request import fields_of, input_of
from ivr.twilio.twiml import Documents

HERE = Circumstances("zh-CN", "CN", date(2026, 3, 2))
SMALL = Path(__file__).parents[1] / "docs" / "small"
FORMS = ("", ":digits", ":number", ":phone", ":date", ":time", ":money")
PROMPTS = "".join(f'  said{n}: {{say: {{zh-CN: "甲{{v{f}}}乙", en-US: "A {{v{f}}} B"}}, next: goodbye}}\n'
                  for n, f in enumerate(FORMS))  # fmt: skip
MAIN = f"flow: main\ntitle: {{zh-CN: 总, en-US: Main}}\nsteps:\n{PROMPTS}"
MARKUP = (
    "</Say><Dial>+19005550123</Dial><Say>", "<Dial>", "</Response>", "<![CDATA[", "]]>", "<!--", "-->", "<?xml?>",
    "<?php system('x') ?>", "&amp;", "&lt;", "&#60;", "&#x3C;", "&#0;", "&unknown;", "&", "<", ">", "\"", "'",
    "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b;", "<Redirect>http://evil.example</Redirect>",
    "＜Dial＞", "\u202e", "\u200b", "\ufeff", "\u0301" * 40, "😀", "\t", "\n", "\r\n", "\x00", "\x0b", "\x1b[31m",
    "\ud800", "\udfff", "\ufffe", "\uffff", "\U0001fffe", "[pause]", "[pause 9s]", "<break time='9s'/>", "{v}", "%s",
)  # fmt: skip
TEMPLATES = (
    "{v}", "{{v}}", "{{7*7}}", "{%x%}", "${7*7}", "#{7*7}", "<%=7*7%>", "{0}", "{0.__init__}", "{v.__class__}",
    "{v!r}", "{v:>99999999}", "%s%n", "%(v)s", "$v", "`id`", "$(id)", "{call.from}", "{case.number:digits}",
    "{self._TemplateReference__context}", "{pause}",
    "{pause:9s}", "T(java.lang.Runtime)", "\\u007bv\\u007d", "{value}", "{caller.phone}",
)  # fmt: skip
ALPHABET = "<>&\"'/!-?[]{}=;#x0aA 一二\u202e\u0301😀\x00\x0b\x1f\x7f\x85\ud800\ufffe\uffff"
Attempt = Callable[[], str]


def release() -> Release:
    """The small hotline of the manual, with a prompt for each form of a value."""
    files = {file.name: file.read_bytes() for file in SMALL.glob("*.yaml")} | {"main.yaml": MAIN.encode()}
    parsed = parse(files)
    assert not parsed.findings, parsed.findings[0]
    return compile_release(parsed)


def legal(text: str) -> str:
    """What of a text XML 1.0 allows, after a parser has made one of each line end."""
    kept = "".join(
        c for c in text if c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
    )
    return kept.replace("\r\n", "\n").replace("\r", "\n")


class Spoken:
    """A caller's value in a document, read back as the strictest reader reads it."""

    def __init__(self) -> None:
        self.release, self.documents = release(), Documents("", "+862155500999")

    def through(self, value: str, form: int, language: str) -> str:
        """What is not as it should be in the document, empty where all is."""
        prompt, values = f"main.said{form}", {"v": value}
        verbs = [Speak(prompt, language, values), Hangup()]
        document = self.documents.render(self.release, verbs, 2, "+862155500000")
        try:
            root = ElementTree.fromstring(document.encode())
        except (ElementTree.ParseError, UnicodeEncodeError) as failed:
            return f"{value!r}: {failed}"
        tags = [element.tag for element in root.iter()]
        if tags != ["Response", "Say", "Hangup"]:
            return f"{value!r}: {tags}"
        expected = legal(words(self.release, prompt, language, values))
        heard = "".join(root[0].itertext())
        literal = form or legal(value[:60]) in heard or value in ("yes", "no")
        return "" if heard == expected and literal else f"{value!r} is heard as {heard!r}"


def injected(chance: random.Random) -> Iterator[Attempt]:
    """Markup and odd characters, alone and mixed, in every form."""
    spoken = Spoken()
    while True:
        parts = chance.choices([*MARKUP, *TEMPLATES], k=chance.randint(0, 4))
        parts.append("".join(chance.choices(ALPHABET, k=chance.randint(0, 20))))
        chance.shuffle(parts)
        form, language = chance.randrange(len(FORMS)), chance.choice(["zh-CN", "en-US"])
        yield partial(spoken.through, "".join(parts), form, language)


def illegal(chance: random.Random) -> Iterator[Attempt]:
    """Each character that XML 1.0 forbids, at the beginning, in the middle and at the end; then surrogates."""
    spoken = Spoken()
    points = [*range(0x20), *range(0x7F, 0xA0), *range(0xFDD0, 0xFDF0)]
    points += [plane << 16 | last for plane in range(17) for last in (0xFFFE, 0xFFFF)]
    points += [chance.randrange(0xD800, 0xE000) for _ in range(500)]
    for point in points:
        for value in (f"{chr(point)}ab", f"a{chr(point)}b", f"ab{chr(point)}"):
            yield partial(spoken.through, value, 0, "en-US")


def templates(chance: random.Random) -> Iterator[Attempt]:
    """Placeholders of our own and of the template languages there are: all of them are only words."""
    spoken = Spoken()
    while True:
        value = "".join(chance.choices(TEMPLATES, k=chance.randint(1, 3)))
        yield partial(spoken.through, value, 0, chance.choice(["zh-CN", "en-US"]))


def slow_words(chance: random.Random) -> Iterator[Attempt]:
    """Long repeated pieces against everything that reads a caller's words: what would make a pattern backtrack."""
    pieces = ["a", "a ", "1", "1.", ".", "<", "&#", "{", "%", "+", "00", "sip:", "@", ";", "-", "一", "点", "百", "零",
              "\u0301", "Sid", "CallSid", "no ", "not ", "不", "yes no ", "twenty ", "ﷺ", "☎", "\u200d"]  # fmt: skip
    choices = [(fold(word), word) for word in ("card", "not card", "信用卡", "no")]
    while True:
        piece, tail = chance.choice(pieces), chance.choice(["", "!", "<", "x", "\x00", "@", "零"])
        yield partial(_read, (piece * 60_000)[: chance.choice([640, 2000, 21_000])] + tail, choices)


def _read(text: str, choices: list[tuple[str, str]]) -> str:
    came = input_of({"SpeechResult": text, "Confidence": "0.9"})
    fields_of([("CallSid", "CA" + "1" * 32), ("SpeechResult", text)])
    number_of(text)
    number_of(f"sip:{text}@x")
    if isinstance(came, Speech):
        meant(came.text, choices)
        spoken_key(came.text)
        for pack in filter(None, map(pack_for, TABLES)):
            polarity(came.text, pack)
        for type_ in ENTRY_TYPES:
            judge(said(came.text, type_, HERE), type_, LENGTHS[type_], "CN")
    input_of({"Digits": text})
    return ""
