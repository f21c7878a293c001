"""`voice-language`: a voice is told to speak a language that it does not speak.

An English voice leaves Chinese characters out: the caller hears pauses, a few figures, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.prompts.unknown_voice import PASSES
from ivr.lint.rule import Rule
from ivr.lint.voices import VOICES
from ivr.messages.message import Message

_ONE_TONGUE = {"cmn": "zh", "arb": "ar", "nb": "no"}
_SEVERAL = {"Polly.Aditi": "hi", "Polly.Kajal-Neural": "hi", "Polly.Kajal-Generative": "hi",
            "Polly.Hala-Neural": "en", "Polly.Zayd-Neural": "en"}  # fmt: skip
FAILS = PASSES.replace("voice: Polly.Zhiyu-Neural", "voice: Polly.Amy-Neural").replace("speak: en-US", "speak: cmn-CN")


def check(context: LintContext) -> Iterable[Finding]:
    """The voice of each language against the tag it is to speak."""
    for tag, language in context.hotline.languages.items():
        speaks = VOICES.get(language.voice, "")
        tongues = {_tongue(speaks), _SEVERAL.get(language.voice, "")}
        if speaks and _tongue(language.speak) not in tongues:
            message = Message("lint.voice-language.found", voice=language.voice, speaks=speaks, tag=language.speak)
            same = [voice for voice, spoken in VOICES.items() if _tongue(spoken) == _tongue(language.speak)]
            hint = Message("lint.voice-language.hint", voice=_best(same)) if same else ""
            path = ("languages", tag, "voice")
            yield context.source.finding(path, Problem("voice-language", message, hint))


def _tongue(tag: str) -> str:
    first = tag.split("-")[0]
    return _ONE_TONGUE.get(first, first)


def _best(voices: list[str]) -> str:
    return next((voice for voice in voices if voice.endswith("-Neural")), voices[0])


RULE = Rule(
    codes=("voice-language",), severity="error", profile="live", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="name a voice of that language.",
)  # fmt: skip
