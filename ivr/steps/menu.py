"""`menu`: single-key choices, or a scale from 1 to at most 8."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import Field, field_validator, model_validator

from ivr.call.inputs import Input
from ivr.call.keys import pressed_key
from ivr.messages.message import Message
from ivr.speech.net import net
from ivr.speech.understood import Topics
from ivr.speech.words import Word, Words
from ivr.steps.choice_key import ChoiceKey
from ivr.steps.choosing import Choosing
from ivr.steps.compiling import AskingFields, Compiling, SpokenLabels, asking_reads, needs
from ivr.steps.fields import Fields, Label, NameField, PromptField, To, TopicsField, WordsField, YesNo
from ivr.steps.kind import Kind
from ivr.steps.reported import ComparedByName, Reported
from ivr.steps.step import Declared, Expects, Later, Listening, Tried, Walk
from ivr.steps.target import Target

KIND = Kind(
    name="menu",
    shape="rounded",
    icon="☰",
    outline=("M1 1h4v4H1zM6.5 1h4v4h-4zM12 1h3v4h-3zM1 6.5h4v4H1zM6.5 6.5h4v4h-4zM12 6.5h3v4h-3zM6.5 12h4v3h-4z"),
    back="remembered",
    menu=True,
    steers=True,
    own_exits=True,
    called="steps.kind.menu",
    also_called=("options", "select", "question", "gather", "dtmf", "choose", "菜单"),
)
EXAMPLE = """\
product:
  menu:
    zh-CN: 请选择投诉的业务。
    en-US: What is it about?
  save: product
  choices:
    1: {is: card, label: {zh-CN: 银行卡, en-US: cards}, words: {zh-CN: [信用卡], en-US: [credit card]}}
    2: {is: loan, label: {zh-CN: 贷款, en-US: loans}}
  next: story
"""


class ChoiceFields(Fields):
    """One choice: what it is called (`label`), what may be said for it (`words`, `topics`), the value it saves (`is`).
    `urgent`: its words are tried before the shortcuts."""

    label: Label
    words: WordsField = {}
    topics: TopicsField | None = None
    urgent: YesNo = False
    is_: NameField | None = Field(None, alias="is")
    next: To | None = None
    languages: list[str] | None = None

    def name(self, language: str) -> str:
        """The choice's name in exits: its value, else its label in the hotline's first language."""
        return self.is_ or self.label.get(language) or next(iter(self.label.values()))


def _scale_meant(text: str) -> Message:
    """What to write instead of a scale that a menu cannot have."""
    ends = sorted(int(end) for end in re.findall(r"\d{1,2}", text))
    if len(ends) == 2 and ends[0] != ends[1] and (ends[0] < 1 or ends[1] > 8):
        return Message("flow.menu.long-scale", range=f"{ends[0]}-{ends[1]}")
    first, last = ends[0] if len(ends) == 2 and ends[0] < ends[1] else 1, ends[-1] if ends else 5
    return Message("flow.menu.scale", meant=f"{first}-{last}" if 1 <= last <= 8 else "1-5")


class MenuFields(AskingFields):
    """`menu: PROMPT` with `choices` by key, or with `scale: 1-5`."""

    kind: ClassVar[Kind] = KIND

    menu: PromptField
    choices: Annotated[dict[ChoiceKey, ChoiceFields], ComparedByName] = Field(
        {}, description="by key: `label` (needed), `words`, `topics`, `is`, `next`, `languages`, `urgent`"
    )
    scale: str | None = Field(None, description="`1-5`; ends at 8 at most")
    announce: Annotated[YesNo, Reported("words", "steps.field.announce")] = True

    @field_validator("scale")
    @classmethod
    def _scale(cls, scale: str | None) -> str | None:
        found = re.fullmatch(r"([1-8])-([1-8])", scale or "1-8")
        if not found or found[1] >= found[2]:
            raise ValueError(_scale_meant(str(scale)))
        return scale

    @model_validator(mode="after")
    def _either(self) -> MenuFields:
        if bool(self.choices) == bool(self.scale):
            raise ValueError(Message("flow.menu.both") if self.scale else Message("flow.menu.neither"))
        return self

    def labels(self) -> SpokenLabels:
        """The word each choice saves is spoken as the choice's label: in a language, that of a choice offered there."""
        spoken: dict[str, dict[str, str]] = {}
        for choice in self.choices.values():
            if choice.is_:
                offered = {tag: label for tag, label in choice.label.items() if tag in (choice.languages or [tag])}
                spoken[choice.is_] = {**choice.label, **spoken.get(choice.is_, {}), **offered}
        return {self.save: spoken} if self.save and spoken else {}

    def keys(self) -> frozenset[str]:
        """The keys of the choices, or of the scale."""
        if self.scale is None:
            return frozenset(self.choices)
        low, high = self.scale.split("-")
        return frozenset(str(key) for key in range(int(low), int(high) + 1))

    def keys_announced(self, language: str) -> frozenset[str]:
        """Those of the choices offered in the language, unless the words say them."""
        here = (key for key, choice in self.choices.items() if language in (choice.languages or [language]))
        return frozenset(here) if self.announce else frozenset()

    def keys_in_words(self) -> Iterator[tuple[str, str]]:
        """A scale has no labels, so its words name its two ends in each language."""
        if self.scale and isinstance(self.menu, dict):
            yield from ((tag, end) for tag in self.menu for end in self.scale.split("-"))

    def targets_by_exit(self, language: str) -> Mapping[str, Target | None]:
        if self.scale:
            return {"next": self.next}
        return {name: choice.next or self.next for name, (_, choice) in self.choices_by_name(language).items()}

    def choices_by_name(self, language: str) -> Mapping[str, tuple[str, ChoiceFields]]:
        names = list(self.exits_by_key(language).values())
        pairs = zip(names, self.choices.items(), strict=True)
        return {f"{name} ({c[0]})" if name in names[:n] else name: c for n, (name, c) in enumerate(pairs)}

    def exits_by_key(self, language: str) -> Mapping[str, str]:
        return {key: choice.name(language) for key, choice in self.choices.items()}

    def compile(self, place: Compiling) -> MenuStep:
        prompt = place.prompt("", self.menu)
        offers = self._scaled(place) if self.scale else self._chosen(place)
        listening = self.listening(place, prompt)
        return MenuStep(place, listening, offers, self.save or "", self.announce and not self.scale)

    def _scaled(self, place: Compiling) -> list[Offer]:
        low, high = (self.scale or "").split("-")
        return [
            Offer(str(n), str(n), str(n), needs(self.next), "", tuple(place.languages), {}, {}, False, ())
            for n in range(int(low), int(high) + 1)
        ]

    def _chosen(self, place: Compiling) -> list[Offer]:
        offers: list[Offer] = []
        for key, choice in self.choices.items():
            languages = tuple(choice.languages or place.languages)
            name = choice.name(place.languages[0])
            again = any(offer.name == name for offer in offers)  # the same choice in another language
            said = place.choice_prompt(f"{name}.{key}" if again else name, choice.label, key, languages)
            words = {language: (*choice.words.get(language, ()), *choice.words.get("", ())) for language in languages}
            to = needs(choice.next or self.next)
            key = pressed_key(key)
            value, topics = choice.is_ or "", choice.topics or ()
            offers.append(Offer(name, key, value, to, said, languages, choice.label, words, choice.urgent, topics))
        return offers


@dataclass(frozen=True, slots=True)
class Offer:
    """A compiled choice: its name, its key as dialled, the value it saves, where it leads, how it is announced."""

    HEARD: ClassVar = frozenset({"said", "label"})
    name: str
    key: str
    value: str
    next: Target
    said: str
    languages: Sequence[str]
    label: Mapping[str, str]
    words: Mapping[str, Sequence[str]]
    urgent: bool
    topics: Sequence[str]

    def spoken(self, language: str) -> list[str]:
        """Everything that may be said for it: its label and its words."""
        label = self.label.get(language)
        return [*([label] if label else []), *self.words.get(language, ())]


class MenuStep:
    kind: ClassVar[Kind] = KIND
    HEARD: ClassVar = frozenset({"announced", "expects"})
    __slots__ = ("announced", "choosing", "declared", "expects", "listening", "name", "offers", "save")

    def __init__(self, place: Compiling, listening: Listening, offers: list[Offer], save: str, announce: bool) -> None:
        self.name, self.listening, self.save = place.step, listening, save
        here = {language: [o for o in offers if language in o.languages] for language in place.languages}
        self.offers = {language: {offer.name: offer for offer in those} for language, those in here.items()}
        self.announced = {lang: tuple(o.said for o in those) if announce else () for lang, those in here.items()}
        self.choosing = Choosing(
            keys={language: {o.key: o.name for o in those} for language, those in here.items()},
            words={
                tag: Words(Word(net(word), o.name, o.urgent) for o in those for word in o.spoken(tag))
                for tag, those in here.items()
            },
            topics=self._topics(place, here),
            asks=True,
        )
        examples = {language: topics.short_examples() for language, topics in self.choosing.topics.items()}
        hints = place.listen_words(
            {o.key: {lang: o.spoken(lang) for lang in o.languages} for o in offers}, "", examples
        )
        self.expects = (Expects("asked", hints), Expects("asked", hints, announce=True))
        exits = {o.name: o.next for o in offers}  # choices of one name lead one way: lint's same-choice sees to it
        exits |= {"no_input": listening.no_input.next, "no_match": listening.no_match.next}
        kind = " ".join(dict.fromkeys(o.value for o in offers)) if offers and offers[0].label else "number"
        self.declared = Declared(
            listening=listening,
            reads=asking_reads(place, listening),
            sets={save: kind} if save else {},
            exits=exits,
            inputs=("choice", "other key", "words", "other words", "silence"),
            known_on={o.name: frozenset({save}) for o in offers} if save else {},
            choices={"asked": self.choosing},
            announces=self.announced,
            labels=_labels(offers),
        )

    def _topics(self, place: Compiling, here: Mapping[str, Sequence[Offer]]) -> Mapping[str, Topics]:
        """By language, the topics of the choices offered there."""
        listed = {tag: {offer.name: offer.topics for offer in those if offer.topics} for tag, those in here.items()}
        urgent = {offer.name for those in here.values() for offer in those if offer.urgent}
        every = self.listening.shortcuts
        found = {tag: place.topics(tag, of, urgent, shortcuts=every) for tag, of in listed.items() if of}
        return {tag: topics for tag, topics in found.items() if topics is not None}

    def enter(self, walk: Walk) -> None:
        topics = self.choosing.topics.get(walk.language) if walk.topic else None
        if topics is not None and (name := topics.takes(walk.topic)):
            self._take(walk, name, walk.topic)
        else:
            self.ask(walk, again=False)

    def ask(self, walk: Walk, *, again: bool) -> None:
        walk.speak(self.listening.again if again else self.listening.prompt)
        self._announce(walk, self.announced[walk.language])

    def _announce(self, walk: Walk, said: Sequence[str]) -> None:
        walk.speak_all(said)
        walk.listen(self.listening, self.expects[bool(said)])

    def own_entry(self, keys: str) -> bool:
        return False

    def tried(self, phase: str, language: str, later: Later) -> Sequence[Tried]:
        return self.choosing.tried(language, self.listening)

    def answer(self, walk: Walk, given: Input) -> None:
        understood = self.choosing.understood(given, walk.language, self.listening)
        if understood.outcome == "choice":
            self._take(walk, understood.name, understood.topic)
        elif understood.names:
            if walk.fail("no_match", self.listening, say=False):
                self._announce(walk, [self.offers[walk.language][name].said for name in understood.names])
        elif walk.fail("no_match", self.listening):
            self.ask(walk, again=True)

    def _take(self, walk: Walk, name: str, topic: str) -> None:
        offer = self.offers[walk.language][name]
        if self.save:
            walk.save(self.save, offer.value)
        walk.take(offer.name, offer.next, topic)


def _labels(offers: Sequence[Offer]) -> Mapping[str, Mapping[str, str]]:
    """By exit, the labels of its choices: in a language, that of a choice offered there."""
    found: dict[str, dict[str, str]] = {}
    for offer in offers:
        here = {tag: label for tag, label in offer.label.items() if tag in offer.languages}
        if here:
            found.setdefault(offer.name, {}).update(here)
    return found
