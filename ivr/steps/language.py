"""`language`: the caller chooses the language; each prompt is spoken in its own voice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, ClassVar

from pydantic import Field

from ivr.call.inputs import Input
from ivr.call.keys import pressed_key
from ivr.speech.words import words_of
from ivr.steps.choosing import Choosing
from ivr.steps.compiling import AskingFields, Compiling, asking_reads, needs
from ivr.steps.fields import Fields, NameField, NotBuilt, PromptField, WordsField
from ivr.steps.kind import Kind
from ivr.steps.reported import ComparedByName
from ivr.steps.step import Declared, Expects, Later, Listening, Tried, Walk
from ivr.steps.target import Target

KIND = Kind(
    name="language",
    shape="rounded",
    icon="文",
    outline=(
        "M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0zm0 1.6c.9 0 2 1.7 2.4 4.4H5.6C6 3.3 7.1 1.6 8 1.6zM1.8 7.5h2"
        ".2a17 17 0 0 0 0 1H1.8zM5.5 7.5h5a16 16 0 0 1-.1 2.5H5.6a16 16 0 0 1-.1-2.5zM12 7.5h2.2v1H12zM"
        "8 14.4c-.9 0-1.8-1.2-2.2-3h4.4c-.4 1.8-1.3 3-2.2 3z"
    ),
    back="remembered",
    steers=True,
    own_exits=True,
    called="steps.kind.language",
)
EXAMPLE = """\
language:
  language:
    zh-CN: 普通话请按1。
    en-US: For English, press 2.
  choices:
    1: {is: zh-CN, words: [普通话, 中文]}
    2: {is: en-US, words: [English, 英文]}
  no_input: {tries: 2, next: notice}
  no_match: {tries: 2, next: notice}
  next: notice
"""


class LanguageChoiceFields(Fields):
    """A key, the language it chooses, and what may be said for it (in any language)."""

    is_: str = Field(alias="is")
    words: WordsField = {}


class LanguageFields(AskingFields):
    """`language: PROMPT` with `choices` by key; what is not chosen stays in the hotline's first language.

    The choice is `call.language` from then on; it is saved under no other name.
    """

    kind: ClassVar[Kind] = KIND

    language: PromptField
    save: Annotated[NameField | None, NotBuilt("flow.not-built.language-kept", "flow.not-built.read-language")] = None
    choices: Annotated[dict[str, LanguageChoiceFields], ComparedByName] = Field(
        min_length=1, description="by key: `is` (needed, a language), `words`"
    )

    def keys(self) -> frozenset[str]:
        """The keys that choose a language."""
        return frozenset(self.choices)

    def keys_in_words(self) -> Iterator[tuple[str, str]]:
        """A language is chosen before anything can be announced, so its own words name its key."""
        yield from ((choice.is_, key) for key, choice in self.choices.items() if key.isdigit())

    def choices_by_name(self, language: str) -> Mapping[str, tuple[str, Fields]]:
        return {choice.is_: (key, choice) for key, choice in self.choices.items()}

    def exits_by_key(self, language: str) -> Mapping[str, str]:
        return {key: choice.is_ for key, choice in self.choices.items()}

    def compile(self, place: Compiling) -> LanguageStep:
        listening = self.listening(place, place.prompt("", self.language))
        return LanguageStep(place, listening, self.choices, needs(self.next))


class LanguageStep:
    kind: ClassVar[Kind] = KIND
    HEARD: ClassVar = frozenset({"expects"})
    __slots__ = ("choosing", "declared", "expects", "languages", "listening", "name", "next")

    def __init__(
        self, place: Compiling, listening: Listening, choices: dict[str, LanguageChoiceFields], next: Target
    ) -> None:
        self.name, self.listening, self.next = place.step, listening, next
        self.languages = tuple(place.languages)
        keys = {pressed_key(key): choice.is_ for key, choice in choices.items()}
        words = words_of((c.is_, word) for c in choices.values() for said in c.words.values() for word in said)
        self.choosing = Choosing(dict.fromkeys(self.languages, keys), dict.fromkeys(self.languages, words))
        said = {c.is_: [w for each in c.words.values() for w in each] for c in choices.values()}
        hints = place.listen_words({name: dict.fromkeys(self.languages, each) for name, each in said.items()})
        self.expects = Expects("asked", hints)
        exits = {choice.is_: next for choice in choices.values()}
        names = [name for name in exits if name in self.languages]
        self.declared = Declared(
            listening=listening,
            reads=asking_reads(place, listening),
            sets={"call.language": "language"},
            known_on={name: frozenset({"call.language"}) for name in exits},
            exits={**exits, "no_input": listening.no_input.next, "no_match": listening.no_match.next},
            inputs=("choice", "other key", "words", "other words", "silence"),
            choices={"asked": self.choosing},
            labels={name: dict.fromkeys(self.languages, place.language(name).name) for name in names},
        )

    def enter(self, walk: Walk) -> None:
        self.ask(walk, again=False)

    def ask(self, walk: Walk, *, again: bool) -> None:
        prompt = self.listening.again if again else self.listening.prompt
        for language in self.languages:
            walk.speak(prompt, language=language)
        walk.listen(self.listening, self.expects)

    def own_entry(self, keys: str) -> bool:
        return False

    def tried(self, phase: str, language: str, later: Later) -> Sequence[Tried]:
        return self.choosing.tried(language, self.listening)

    def answer(self, walk: Walk, given: Input) -> None:
        names = self.choosing.chosen(given, walk.language, self.listening)
        if len(names) == 1:
            walk.save("call.language", names[0])
            walk.take(names[0], self.next)
        elif walk.fail("no_match", self.listening):
            self.ask(walk, again=True)
