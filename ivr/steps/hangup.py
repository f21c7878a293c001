"""`hangup`: last words, then the end of the call."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from ivr.call.events import Disposition
from ivr.call.inputs import Input
from ivr.call.verbs import Hangup as HangupVerb
from ivr.steps.compiling import Compiling, StepFields
from ivr.steps.fields import PromisesField, PromptField
from ivr.steps.kind import Kind
from ivr.steps.step import Declared, Walk

KIND = Kind(
    name="hangup",
    shape="bubble",
    icon="■",
    outline="M1 6.5c4-3.4 10-3.4 14 0V10h-4V7.8a10 10 0 0 0-6 0V10H1z",
    called="steps.kind.hangup",
    also_called=("end", "exit", "goodbye", "hang_up", "finish", "bye", "挂断"),
)
EXAMPLE = """\
wrong_bye:
  hangup:
    zh-CN: 打扰了，再见。
    en-US: Sorry to have troubled you. Goodbye.
"""


class HangupFields(StepFields):
    """`hangup: PROMPT` speaks last words and ends the call; `as` is how the call counts (completed)."""

    kind: ClassVar[Kind] = KIND

    hangup: PromptField
    as_: Disposition = Field("completed", alias="as")
    promises: PromisesField = None

    def compile(self, place: Compiling) -> HangupStep:
        prompt = place.prompt("", self.hangup)
        if self.promises:
            place.promising(prompt)
        return HangupStep(place.step, prompt, self.as_, Declared(reads=place.slots(prompt), says=prompt))


class HangupStep:
    kind: ClassVar[Kind] = KIND
    HEARD: ClassVar = frozenset({"prompt"})
    __slots__ = ("declared", "disposition", "name", "prompt")

    def __init__(self, name: str, prompt: str, disposition: Disposition, declared: Declared) -> None:
        self.name, self.prompt, self.disposition, self.declared = name, prompt, disposition, declared

    def enter(self, walk: Walk) -> None:
        walk.speak(self.prompt, interrupt=False)
        walk.stop(HangupVerb(), "")
        walk.end(self.disposition)

    def answer(self, walk: Walk, given: Input) -> None:
        self.enter(walk)
