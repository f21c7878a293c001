"""`say`: speak and go on."""

from __future__ import annotations

from typing import Annotated, ClassVar

from ivr.call.inputs import Input
from ivr.steps.compiling import Compiling, StepFields
from ivr.steps.fields import PromisesField, PromptField, To, YesNo
from ivr.steps.kind import Kind
from ivr.steps.reported import Reported
from ivr.steps.step import Declared, Walk
from ivr.steps.target import Target

KIND = Kind(
    name="say",
    shape="bubble",
    icon="💬",
    outline="M1 2h14v9H7l-4 4v-4H1z",
    informs=True,
    called="steps.kind.say",
    also_called=("prompt", "text", "speak", "play", "message", "tts", "announce", "audio", "words", "播放", "播报"),
)
EXAMPLE = """\
thanks:
  say:
    zh-CN: 谢谢您的意见。
    en-US: Thank you for your comments.
  next: goodbye
"""


class SayFields(StepFields):
    """`say: PROMPT` speaks; `interrupt: no` makes the caller hear it out (legal notices). `promises: call`: its words
    promise that somebody phones the caller."""

    kind: ClassVar[Kind] = KIND

    say: PromptField
    interrupt: Annotated[YesNo, Reported("words", "steps.field.interrupt")] = True
    promises: PromisesField = None
    next: To

    def compile(self, place: Compiling) -> SayStep:
        prompt = place.prompt("", self.say)
        if self.promises:
            place.promising(prompt)
        return SayStep(place.step, prompt, self.interrupt, self.next, place)


class SayStep:
    kind: ClassVar[Kind] = KIND
    HEARD: ClassVar = frozenset({"prompt", "interrupt"})
    __slots__ = ("declared", "interrupt", "name", "next", "prompt")

    def __init__(self, name: str, prompt: str, interrupt: bool, next: Target, place: Compiling) -> None:
        self.name, self.prompt, self.interrupt, self.next = name, prompt, interrupt, next
        self.declared = Declared(reads=place.slots(prompt), exits={"next": next}, says=prompt)

    def enter(self, walk: Walk) -> None:
        walk.speak(self.prompt, interrupt=self.interrupt)
        walk.take("next", self.next)

    def answer(self, walk: Walk, given: Input) -> None:
        self.enter(walk)
