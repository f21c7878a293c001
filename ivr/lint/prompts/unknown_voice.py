"""`unknown-voice`: Twilio knows no such voice.

It speaks with another one, or not at all: the whole call is silent (error 13511). A voice newer than this list is a
false alarm; say so with `# ivr: ignore[unknown-voice]` and the reason.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.flow.parse import did_you_mean
from ivr.lint.context import LintContext
from ivr.lint.hints import meant
from ivr.lint.rule import Rule
from ivr.lint.voices import VOICES
from ivr.messages.message import Message

FAILS = """\
languages:
  zh-CN:
    name: 普通话
    speak: cmn-CN
    listen: cmn-Hans-CN
    voice: Polly.Zhiyue-Neural
    announce: "{label}，请按{key}。"
    yes_no: 是，请按1；不是，请按2。
    yes: [是]
    no: [不]
  en-US:
    name: English
    speak: en-US
    listen: en-US
    voice: Joanna
    announce: "For {label}, press {key}."
    yes_no: For yes, press 1. For no, press 2.
    yes: ["yes"]
    no: ["no"]
"""
PASSES = FAILS.replace("Zhiyue", "Zhiyu").replace("Joanna", "Polly.Joanna-Neural")


def check(context: LintContext) -> Iterable[Finding]:
    """The voice of each language."""
    for tag, language in context.hotline.languages.items():
        if language.voice not in VOICES:
            message = Message("lint.unknown-voice.found", voice=language.voice)
            engine = f"Polly.{language.voice}-Neural"
            hint = meant(engine) if engine in VOICES else did_you_mean(language.voice, VOICES)
            path = ("languages", tag, "voice")
            yield context.source.finding(path, Problem("unknown-voice", message, hint, "warning"))


RULE = Rule(
    codes=("unknown-voice",), severity="warning", profile="live", page=__doc__, fails=FAILS, passes=PASSES,
    check=check, fix="name a voice from Twilio's list, such as `Polly.Joanna-Neural`.",
)  # fmt: skip
