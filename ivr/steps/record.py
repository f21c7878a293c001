"""`record`: a voice message. A caller who wanted no recording is asked first, for this message alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar

from ivr.call.condition import AnyOf
from ivr.call.inputs import Input, Recording
from ivr.call.keys import pressed_key, written_key
from ivr.call.verbs import RecordVerb
from ivr.steps.compiling import AskingFields, Compiling, asking_reads, needs, yes_no_choosing
from ivr.steps.fields import Duration, PromptField
from ivr.steps.kind import ExitWords, Kind
from ivr.steps.reported import Reported
from ivr.steps.step import Declared, Expects, Later, Listening, Tried, Walk
from ivr.steps.target import Target

KIND = Kind(
    name="record",
    shape="rounded",
    icon="●",
    outline=(
        "M8 1a2.6 2.6 0 0 0-2.6 2.6v4a2.6 2.6 0 0 0 5.2 0v-4A2.6 2.6 0 0 0 8 1zM3 7.5h1.4a3.6 3.6 0 0 0"
        " 7.2 0H13a5 5 0 0 1-4.3 4.9V15H7.3v-2.6A5 5 0 0 1 3 7.5z"
    ),
    row_words={"next": "steps.row.recorded", "declined": "steps.row.declined"},
    called="steps.kind.record",
    exit_words={"declined": ExitWords("steps.leaving.declined", "steps.callers.declined")},
    also_called=("voicemail", "recording", "leave_message", "录音"),
)
EXAMPLE = """\
story:
  record:
    zh-CN: 请在提示音后说明情况，说完按井号键。
    en-US: After the tone, tell us what happened, then press pound.
  save: story
  at_most: 3m
  no_input: {tries: 2, next: contact}
  next: contact
"""
SAMPLE = "RE1"


class RecordFields(AskingFields):
    """`record: PROMPT` saves what was said, at most `at_most` long; silence is `no_input`."""

    kind: ClassVar[Kind] = KIND

    record: PromptField
    at_most: Annotated[Duration, Reported("time", "steps.field.at-most")] = 120.0

    def compile(self, place: Compiling) -> RecordStep:
        return RecordStep(place, self, self.listening(place, place.prompt("", self.record)))


class RecordStep:
    kind: ClassVar[Kind] = KIND
    HEARD: ClassVar = frozenset({"expects_consent", "at_most"})
    __slots__ = ("at_most", "consent", "declared", "expects_consent", "listening", "name", "next", "save")

    def __init__(self, place: Compiling, fields: RecordFields, listening: Listening) -> None:
        self.name, self.listening, self.save = place.step, listening, fields.save or ""
        self.at_most = max(2, int(fields.at_most))
        self.next: Target = needs(fields.next)
        self.consent, hints = yes_no_choosing(place)
        self.expects_consent = Expects("consent", hints)
        give_up = listening.no_input.next
        exits = {"next": self.next, "no_input": give_up, "no_match": listening.no_match.next, "declined": give_up}
        self.declared = Declared(
            listening=listening,
            reads=asking_reads(place, listening) | {"call.recording"},
            sets={self.save: "recording"} if self.save else {},
            exits=exits,
            inputs=("recording", "silence", "choice", "other key", "words", "other words"),
            known_on={"next": frozenset({self.save})} if self.save else {},
            tests={"call.recording": [AnyOf(frozenset({"no"}))]},
            choices={"consent": self.consent},
            message=self.at_most,
        )

    def enter(self, walk: Walk) -> None:
        walk.phase = "consent" if walk.read("call.recording") == "no" else "record"
        self.ask(walk, again=False)

    def ask(self, walk: Walk, *, again: bool) -> None:
        if walk.phase == "consent":
            walk.speak("hotline.consent")
            walk.speak("hotline.yes_no")
            walk.listen(self.listening, self.expects_consent)
            return
        walk.speak(self.listening.again if again else self.listening.prompt)
        wait = self.listening.wait[walk.language]
        walk.stop(RecordVerb(walk.language, self._end_keys(walk), self.at_most, wait), "record")

    def _end_keys(self, walk: Walk) -> str:
        """Pound ends; so does every shortcut key, which is then done with the message kept."""
        return "#" + "".join(pressed_key(key) for key in walk.shortcut_keys(self.listening) if key != "pound")

    def own_entry(self, keys: str) -> bool:
        return False

    def tried(self, phase: str, language: str, later: Later) -> Sequence[Tried]:
        if phase == "consent":
            return self.consent.tried(language, self.listening)
        seconds = min(5, self.at_most)
        return [
            Tried("a message", "answer", [Recording(SAMPLE, seconds, "#"), Recording(SAMPLE, seconds)]),
            Tried("an empty message", "passive", [Recording(SAMPLE, 0, "#"), Recording(SAMPLE, 0)]),
        ]

    def answer(self, walk: Walk, given: Input) -> None:
        if walk.phase == "consent":
            self._consented(walk, given)
        elif not isinstance(given, Recording):
            self.ask(walk, again=False)
        elif given.seconds <= 0:
            if not self._shortcut(walk, given.key):
                if walk.fail("no_input", self.listening):
                    self.ask(walk, again=True)
        else:
            self._keep(walk, given)

    def _keep(self, walk: Walk, given: Recording) -> None:
        if given.key == "*":  # the caller wants to start again: the last message counts
            if not self._shortcut(walk, "*"):
                self.ask(walk, again=False)
            return
        if self.save:
            walk.save(self.save, given.recording)
        if not self._shortcut(walk, given.key):
            walk.take("next", self.next)

    def _shortcut(self, walk: Walk, pressed: str) -> bool:
        """Do what the key that ended the message means beside ending it, if it means anything here."""
        key = written_key(pressed)
        return key != "pound" and key in walk.shortcut_keys(self.listening) and walk.shortcut(key)

    def _consented(self, walk: Walk, given: Input) -> None:
        names = self.consent.chosen(given, walk.language, self.listening)
        if names == ("yes",):
            walk.phase = "record"
            self.ask(walk, again=False)
        elif names == ("no",):
            walk.take("declined", self.listening.no_input.next)
        elif walk.fail("no_match", self.listening):
            self.ask(walk, again=True)
