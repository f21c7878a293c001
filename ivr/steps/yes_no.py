"""`yes_no`: a question with two answers; 1 is yes and 2 is no, in every language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from pydantic import Field

from ivr.call.inputs import Input
from ivr.steps.choosing import Choosing
from ivr.steps.compiling import AnswerWords, AskingFields, Compiling, asking_reads, needs, yes_no_choosing
from ivr.steps.fields import PromptField, To
from ivr.steps.kind import ExitWords, Kind
from ivr.steps.step import Declared, Expects, Later, Listening, Tried, Walk
from ivr.steps.target import Target

KIND = Kind(
    name="yes_no",
    shape="rounded",
    icon="?",
    outline="M5.5 12.5 1 8l1.5-1.5 3 3 8-8L15 3z",
    row_words={"yes": "steps.row.said-yes", "no": "steps.row.said-no"},
    back="remembered",
    own_exits=True,
    called="steps.kind.yes-no",
    exit_words={
        "yes": ExitWords("steps.leaving.said-yes", "steps.callers.said-yes"),
        "no": ExitWords("steps.leaving.said-no", "steps.callers.said-no"),
    },
    also_called=("confirm", "ask_yes_no", "boolean", "yesno"),
)
EXAMPLE = """\
resolved:
  yes_no:
    zh-CN: 您的问题解决了吗？
    en-US: Was your problem solved?
  yes: thanks
  no: story
"""


class YesNoFields(AskingFields):
    """`yes_no: PROMPT`; `yes` and `no` say where each leads, both `next` if they are left out."""

    kind: ClassVar[Kind] = KIND

    yes_no: PromptField
    yes: To | None = None
    no: To | None = None
    words: AnswerWords | None = Field(None, description="by `yes` and `no`, words that are one here")

    def keys(self) -> frozenset[str]:
        """1 is yes and 2 is no."""
        return frozenset("12")

    def keys_announced(self, language: str) -> frozenset[str]:
        """Both, by the hotline's own sentence."""
        return self.keys()

    def targets_by_exit(self, language: str) -> dict[str, Target | None]:
        return {"yes": self.yes or self.next, "no": self.no or self.next}

    def compile(self, place: Compiling) -> YesNoStep:
        listening = self.listening(place, place.prompt("", self.yes_no))
        exits = {exit: needs(to) for exit, to in self.targets_by_exit(place.languages[0]).items()}
        return YesNoStep(place, listening, exits, self)


class YesNoStep:
    kind: ClassVar[Kind] = KIND
    HEARD: ClassVar = frozenset({"expects"})
    __slots__ = ("choosing", "declared", "exits", "expects", "listening", "name", "save")

    choosing: Choosing

    def __init__(self, place: Compiling, listening: Listening, exits: dict[str, Target], fields: YesNoFields) -> None:
        self.name, self.listening, self.exits = place.step, listening, exits
        self.save = save = fields.save or ""
        self.choosing, hints = yes_no_choosing(place, fields.words)
        self.expects = (Expects("asked", hints), Expects("asked", hints, announce=True))
        self.declared = Declared(
            listening=listening,
            reads=asking_reads(place, listening),
            sets={save: "yes_no"} if save else {},
            exits={**exits, "no_input": listening.no_input.next, "no_match": listening.no_match.next},
            inputs=("choice", "other key", "words", "other words", "silence"),
            known_on={name: frozenset({save}) for name in exits} if save else {},
            choices={"asked": self.choosing},
        )

    def enter(self, walk: Walk) -> None:
        self.ask(walk, again=False)

    def ask(self, walk: Walk, *, again: bool) -> None:
        walk.speak(self.listening.again if again else self.listening.prompt)
        walk.speak("hotline.yes_no")
        walk.listen(self.listening, self.expects[again])  # who has answered nothing is told what else there is

    def own_entry(self, keys: str) -> bool:
        return False

    def tried(self, phase: str, language: str, later: Later) -> Sequence[Tried]:
        return self.choosing.tried(language, self.listening)

    def answer(self, walk: Walk, given: Input) -> None:
        names = self.choosing.chosen(given, walk.language, self.listening)
        if len(names) == 1:
            if self.save:
                walk.save(self.save, names[0])
            walk.take(names[0], self.exits[names[0]])
        elif walk.fail("no_match", self.listening):
            self.ask(walk, again=True)
