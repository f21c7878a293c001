"""`collect`: several digits or an utterance, judged by a type, and confirmed where asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, model_validator

from ivr.call.inputs import LONGEST_ENTRY, Digits, Input, Masked, Speech
from ivr.call.keys import pressed_key
from ivr.messages.message import Message
from ivr.speech.entries import says_a_day
from ivr.steps.choosing import UNCLEAR
from ivr.steps.compiling import AskingFields, Compiling, asking_reads, needs, yes_no_choosing
from ivr.steps.entry import LENGTHS, SPOKEN_AS, Entry, EntryType, keyed
from ivr.steps.fields import PromptField, YesNo
from ivr.steps.kind import Kind
from ivr.steps.reported import Reported
from ivr.steps.step import Declared, Expects, Later, Listening, Tried, Walk
from ivr.steps.target import Target

KIND = Kind(
    name="collect",
    shape="rounded",
    icon="⌨",
    outline="M1 3h14v10H1zM3 5.5v5h1.5v-5zM6 9h2v1.5H6zM9 9h2v1.5H9zM12 9h1.5v1.5H12z",
    row_words={"next": "steps.row.entered"},
    back="remembered",
    called="steps.kind.collect",
    also_called=("input", "ask", "enter", "entry", "digits", "read", "get_digits", "输入"),
)
EXAMPLE = """\
ask:
  collect:
    zh-CN: 请输入您的联系电话，按井号键结束。
    en-US: Please enter a phone number and press pound.
  type: phone
  save: phone
  confirm: yes
  next: keep
"""
HIDDEN = "••••"


def _length(text: object) -> object:
    if text is None or isinstance(text, tuple):
        return text
    found = re.fullmatch(r"(\d{1,3})(?:-(\d{1,3}))?", text) if isinstance(text, str) else None
    if not found or int(found[1]) < 1 or int(found[2] or found[1]) < int(found[1]):
        ends = sorted(map(int, re.findall(r"\d{1,3}", str(text))))
        if len(ends) == 2 and ends[0]:
            raise ValueError(Message("flow.entry.length-meant", meant=f"{ends[0]}-{ends[1]}"))
        raise ValueError(Message("flow.entry.length"))
    return (int(found[1]), int(found[2] or found[1]))


def _range(text: object) -> object:
    if text is None or isinstance(text, tuple):
        return text
    found = re.fullmatch(r"(\d{1,9})-(\d{1,9})", text) if isinstance(text, str) else None
    if not found or int(found[1]) >= int(found[2]):
        raise ValueError(Message("flow.entry.range"))
    return (int(found[1]), int(found[2]))


def _confirm(raw: object) -> object:
    return {"yes": True, "no": False}.get(raw, raw) if isinstance(raw, str) else raw


def _lengths(numbers: tuple[int, int] | None) -> tuple[int, int] | None:
    """How many digits the numbers of a range have."""
    return (len(str(numbers[0])), len(str(numbers[1]))) if numbers else None


class CollectFields(AskingFields):
    """`collect: PROMPT` saves an entry of a `type`; `sensitive: yes` keeps only its length, never itself."""

    kind: ClassVar[Kind] = KIND

    collect: PromptField
    type: EntryType
    length: Annotated[tuple[int, int] | None, BeforeValidator(_length)] = None
    range: Annotated[
        tuple[int, int] | None,
        BeforeValidator(_range),
        Field(description="of a `number`, such as `0-10`: any other is not understood"),
    ] = None
    end_key: Literal["pound", "star"] = "pound"
    dates: Annotated[
        Literal["past", "future"] | None,
        Field(description="of a `date` said without its year: the nearest day before the call (`past`), or after it"),
    ] = None
    confirm: Annotated[
        bool | PromptField,
        BeforeValidator(_confirm),
        Reported("words", "steps.field.confirm", words="steps.words.confirm", toggles=True),
    ] = False
    sensitive: YesNo = False

    @model_validator(mode="after")
    def _fits(self) -> CollectFields:
        if self.range is not None and self.type != "number":
            raise ValueError(Message("flow.entry.range-type", type=self.type))
        if self.range is not None and self.length is not None:
            raise ValueError(Message("flow.entry.range-length"))
        if self.dates is not None and self.type != "date":
            raise ValueError(Message("flow.entry.dates-type", type=self.type))
        most = LENGTHS["text"][1] if self.type == "text" else LONGEST_ENTRY
        if self.length is not None and self.length[1] > most:
            what = "flow.entry.too-long-text" if self.type == "text" else "flow.entry.too-long-keys"
            raise ValueError(Message(what, most=most, length=self.length[1]))
        return self

    def compile(self, place: Compiling) -> CollectStep:
        return CollectStep(place, self, self.listening(place, place.prompt("", self.collect)))


class CollectStep:
    kind: ClassVar[Kind] = KIND
    HEARD: ClassVar = frozenset({"confirm", "expects", "expects_confirmation"})
    __slots__ = (
        "confirm",
        "declared",
        "end_key",
        "entry",
        "expects",
        "expects_confirmation",
        "languages",
        "listening",
        "name",
        "next",
        "yes_no",
    )

    def __init__(self, place: Compiling, fields: CollectFields, listening: Listening) -> None:
        self.name, self.listening = place.step, listening
        self.entry = Entry(
            type=fields.type,
            lengths=fields.length or _lengths(fields.range) or LENGTHS[fields.type],
            country=place.country,
            phoned=place.phoned,
            save=fields.save or "",
            sensitive=fields.sensitive,
            range=fields.range,
            ahead=fields.dates == "future",
        )
        self.languages = tuple(place.languages)
        for tag in self.languages:
            self.entry.said("?", tag)  # makes the lexicon, some milliseconds that no caller should wait for
        save = self.entry.save
        self.end_key = pressed_key(fields.end_key)
        self.next: Target = needs(fields.next)
        least, most = self.entry.lengths
        self.expects = Expects("asked", place.listen_words({}), least if least == most else 0, self.end_key)
        self.confirm = ""
        if fields.confirm is not False:
            own = None if fields.confirm is True else fields.confirm
            self.confirm = place.confirm_prompt(own, SPOKEN_AS[fields.type])
        self.yes_no, hints = yes_no_choosing(place)
        self.expects_confirmation = Expects("confirm", hints)
        confirmed = place.slots(self.confirm) - {"value"}  # the entry itself is known when it is confirmed
        self.declared = Declared(
            listening=listening,
            reads=asking_reads(place, listening) | confirmed,
            sets={save: fields.type} if save else {},
            exits={"next": self.next, "no_input": listening.no_input.next, "no_match": listening.no_match.next},
            inputs=("entry", "bad entry", "silence", "other words"),
            known_on={"next": frozenset({save})} if save else {},
            choices={"confirm": self.yes_no} if self.confirm else {},
            entry=self.entry,
        )

    def enter(self, walk: Walk) -> None:
        self.ask(walk, again=False)

    def ask(self, walk: Walk, *, again: bool) -> None:
        if walk.phase == "confirm":
            walk.speak(self.confirm)
            walk.speak("hotline.yes_no")
            walk.listen(self.listening, self.expects_confirmation)
            return
        walk.speak(self.listening.again if again else self.listening.prompt)
        walk.listen(self.listening, self.expects)

    def own_entry(self, keys: str) -> bool:
        """A digit that is a whole valid entry is no shortcut; of an utterance that is one ("1234, I repeat, 1234"), or
        that is free, only its whole is.

        Text is spoken, so its keys are shortcuts.
        """
        if self.entry.type == "text":
            return not all(key in "0123456789*#" for key in keys)
        if keys.isdigit():
            return self.entry.judge(keys) is not None
        return any(self.entry.judge(self.entry.said(keys, tag)) is not None for tag in self.languages)

    def tried(self, phase: str, language: str, later: Later) -> Sequence[Tried]:
        if phase == "confirm":
            return [
                tried._replace(mover="answer") if tried.means == "yes" else tried
                for tried in self.yes_no.tried(language, self.listening)
            ]
        entries: dict[object, tuple[str, list[Input]]] = {}
        for entry in self.entry.samples(later.samples):
            value, given = self.entry.judge(entry), self._given(entry)
            if value is not None and given is not None:
                entries.setdefault(later.class_of(value), (entry, [given]))
        unfit: list[Input] = [Digits(keys) for keys in self.entry.unfit()]
        for entry, inputs in entries.values():
            if self.listening.speech and (form := self.entry.spoken(entry, language)):
                inputs.append(Speech(form))
                break
        unclear = [UNCLEAR] if self.listening.speech else []
        return [*(Tried(f"entry {entry}", "answer", inputs) for entry, inputs in entries.values()),
                Tried("taken back", "chosen", [Digits("1*"), Digits("*")]),
                *(Tried("no_match", "passive", came) for came in (unfit, unclear) if came)]  # fmt: skip

    def _given(self, entry: str) -> Input | None:
        """How an entry is given: text is spoken where somebody listens, all else is keyed; None: it cannot be given."""
        if self.entry.type == "text" and self.listening.speech:
            return Speech(entry)
        return Digits(entry) if entry.isascii() and entry.isdigit() else None

    def answer(self, walk: Walk, given: Input) -> None:
        if walk.phase == "confirm":
            self._confirmed(walk, given)
            return
        if isinstance(given, Digits) and keyed(given.keys) == "" and "*" in given.keys:
            self.ask(walk, again=False)
            return
        if isinstance(given, Masked):
            value: str | None = HIDDEN if given.fits else None
            raw = ""
        else:
            raw = self._raw(walk, given)
            value = self.entry.judge(raw)
        if value is None:
            refused = self.entry.not_phoned(raw)
            if walk.fail("no_match", self.listening, say=not refused):
                if refused:
                    walk.speak("hotline.cannot_call")
                self.ask(walk, again=True)
        elif self.confirm:
            walk.entry = value
            walk.phase = "confirm"
            self.ask(walk, again=False)
        else:
            self._keep(walk, value)

    def _raw(self, walk: Walk, given: Input) -> str:
        """The entry before it is judged. When the call began is asked only where an utterance may be a day reckoned
        from it, and is kept with the turn, so that a replay hears the same."""
        confidence = self.listening.confidence
        raw = self.entry.raw(given, confidence, walk.language)
        if (
            raw
            or self.entry.type != "date"
            or not (isinstance(given, Speech) and says_a_day(given.text, walk.language))
        ):
            return raw
        began = walk.read("call.started")
        return self.entry.raw(given, confidence, walk.language, date.fromisoformat(began[:10])) if began else ""

    def _keep(self, walk: Walk, value: str) -> None:
        if self.entry.save:
            walk.save(self.entry.save, HIDDEN if self.entry.sensitive else value)
        walk.take("next", self.next)

    def _confirmed(self, walk: Walk, given: Input) -> None:
        names = self.yes_no.chosen(given, walk.language, self.listening)
        if names == ("yes",):
            self._keep(walk, walk.entry)
        elif names == ("no",):
            if walk.refuse() >= 3:
                walk.take("no_match", self.listening.no_match.next)
            else:
                walk.phase, walk.entry = "asked", ""
                self.ask(walk, again=False)
        elif walk.fail("no_match", self.listening):
            self.ask(walk, again=True)
