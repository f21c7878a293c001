"""What a file's step needs to become a compiled one: the hotline's defaults and a place to put its prompts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Annotated, Any, ClassVar, Protocol

from ivr.call.condition import Test
from ivr.call.phone import Phoned
from ivr.speech.net import net
from ivr.speech.packs import hearing
from ivr.speech.understood import Topics
from ivr.speech.words import words_of
from ivr.steps.choosing import Choosing
from ivr.steps.fields import (
    CountField,
    Duration,
    Fields,
    NameField,
    NoInputField,
    NoMatchField,
    NoMatchFields,
    Percent,
    PromisesField,
    PromptField,
    RetryFields,
    To,
    WordsField,
    YesNo,
)
from ivr.steps.kind import Kind
from ivr.steps.reported import Reported
from ivr.steps.step import GiveUp, Listening, Step
from ivr.steps.target import GOODBYE, Target


class Compiling(Protocol):
    """The flow being compiled, seen from one of its steps."""

    flow: str
    step: str
    languages: Sequence[str]
    country: str
    phoned: Phoned

    def prompt(self, part: str, prompt: Any) -> str:
        """Register a prompt of this step and get its id; `part` tells a step's prompts apart ("" the main one)."""

    def promising(self, prompt: str) -> None:
        """Note that the words of a registered prompt promise a call."""

    def choice_prompt(self, name: str, label: Mapping[str, str], key: str, languages: Sequence[str]) -> str:
        """Register how a choice is announced ("For {label}, press {key}.")."""

    def topics(
        self, language: str, choices: Mapping[str, Sequence[str]], urgent: Collection[str], *, shortcuts: bool
    ) -> Topics | None:
        """The topics that choices list, by their names (some of them `urgent`), in a language, beside those of the
        shortcuts that hold (all, or 0 alone); None where no choice lists one that has examples."""

    def give_up(self, how: str) -> GiveUp:
        """The hotline's own `no_input` or `no_match`."""

    def listen_words(
        self,
        words: Mapping[str, Mapping[str, Sequence[str]]],
        name: str = "",
        examples: Mapping[str, Sequence[str]] | None = None,
    ) -> str:
        """Register what may be said, by name and language, as the recogniser's hints; the hints' id. Behind the words,
        as far as there is room, `examples` by language."""

    def waits(self, what: str, own: float | None) -> Mapping[str, float]:
        """`wait` or `gap` by language: the step's own, else the language's, else the hotline's."""

    def default(self, what: str, own: Any) -> Any:
        """The step's own `speech`, `confidence` or `both`, else the hotline's."""

    def confirm_prompt(self, own: Any, form: str) -> str:
        """The id of the confirmation of an entry, {value} spoken in the entry's form."""

    def language(self, tag: str) -> Any:
        """A language's own fields: its words for yes and no."""

    def destination(self, name: str) -> Any:
        """A destination of the hotline, or None."""

    def flow_gives(self, name: str) -> Mapping[str, str]:
        """What a flow hands back to the one that runs it."""

    def slots(self, prompt: str) -> frozenset[str]:
        """The values a registered prompt's words name."""


class AnswerWords(Fields):
    """Words that are a yes or a no at one question, beside those of its language."""

    yes: WordsField = {}
    no: WordsField = {}


SpokenLabels = Mapping[str, Mapping[str, Mapping[str, str]]]
"""By value, by each of its words, and by language: how the word is spoken."""


class StepFields(Fields):
    """What every step may have, and what tools ask of the fields of its kind."""

    kind: ClassVar[Kind]

    def compile(self, place: Compiling) -> Step:
        """The compiled step; its prompts are registered with `place`."""
        raise NotImplementedError

    def labels(self) -> SpokenLabels:
        """How the words of the values it saves are spoken."""
        return {}

    def keys(self) -> frozenset[str] | None:
        """The keys that choose something here, as they are written in a file. None: any key may be part of an entry,
        or nothing is asked."""
        return None

    def keys_announced(self, language: str) -> frozenset[str]:
        """The keys that are announced behind the words of its prompt in a language."""
        return frozenset()

    def keys_in_words(self) -> Iterator[tuple[str, str]]:
        """Pairs (language, key) of the keys that nothing but the words of its prompt names."""
        return iter(())

    def targets_by_exit(self, language: str) -> Mapping[str, Target | None]:
        """Where each exit leads by the step's own fields; None: the hotline decides.

        A choice or an outcome that takes the target of another field has that one. `language` is the hotline's first,
        in which choices have their names.
        """
        return {"next": getattr(self, "next", None)}

    def choices_by_name(self, language: str) -> Mapping[str, tuple[str, Fields]]:
        """The choices in their order, each with its key; a choice with a `label` stays itself under a new name."""
        return {}

    def exits_by_key(self, language: str) -> Mapping[str, str]:
        """The exit that each choice takes, by its key as written; choices of different languages may share one."""
        return {}

    def arms(self) -> Sequence[tuple[str, Mapping[str, Test], Target]]:
        """The exits that are tried in order, each with its conditions and where it leads."""
        return ()


class AskingFields(StepFields):
    """What every question may have, beside its own fields."""

    again: Annotated[PromptField | None, Reported("words", "steps.field.again", words="steps.words.again")] = None
    no_input: NoInputField | None = None
    no_match: NoMatchField | None = None
    both: CountField | None = None
    wait: Annotated[Duration | None, Reported("time", "steps.field.wait")] = None
    gap: Annotated[Duration | None, Reported("time", "steps.field.gap")] = None
    speech: YesNo | None = None
    confidence: Percent | None = None
    shortcuts: YesNo = True
    back: YesNo = True
    promises: PromisesField = None
    save: Annotated[NameField | None, Reported("value", "steps.field.save", gone="steps.gone.save")] = None
    next: To | None = None

    def listening(self, place: Compiling, prompt: str) -> Listening:
        """The question's way of listening, every inherited field resolved."""
        if self.promises:
            place.promising(prompt)
        return Listening(
            prompt=prompt,
            again=place.prompt("again", self.again) if self.again else prompt,
            no_input=give_up(place, "no_input", self.no_input),
            no_match=give_up(place, "no_match", self.no_match),
            both=place.default("both", self.both),
            wait=place.waits("wait", self.wait),
            gap=place.waits("gap", self.gap),
            speech=place.default("speech", self.speech),
            confidence=place.default("confidence", self.confidence),
            shortcuts=self.shortcuts,
            back=self.back,
        )


def give_up(place: Compiling, how: str, own: RetryFields | None) -> GiveUp:
    """Field by field: the step's, else the hotline's."""
    inherited = place.give_up(how)
    if own is None:
        return inherited
    say, unclear = inherited.say, inherited.unclear
    if own.say is not None:
        say = tuple(place.prompt(f"{how}.{n}", prompt) for n, prompt in enumerate(own.say, 1))
    if isinstance(own, NoMatchFields) and own.unclear is not None:
        unclear = tuple(place.prompt(f"{how}.unclear.{n}", prompt) for n, prompt in enumerate(own.unclear, 1))
    return GiveUp(
        tries=own.tries or inherited.tries,
        say=say,
        next=own.next or inherited.next,
        unclear=unclear,
    )


def asking_reads(place: Compiling, listening: Listening) -> frozenset[str]:
    """The values the words of a question name, its re-asks included."""
    reads = place.slots(listening.prompt) | place.slots(listening.again)
    for give_up_ in (listening.no_input, listening.no_match):
        for prompt in (*give_up_.say, *give_up_.unclear):
            reads |= place.slots(prompt)
    return reads


def yes_no_choosing(place: Compiling, own: AnswerWords | None = None) -> tuple[Choosing, str]:
    """Yes and no by key (1, 2) and as people say them, with the hotline's words and the question's own; and the id of
    the hints for the recogniser."""
    keys = {"1": "yes", "2": "no"}
    said = {name: {tag: _answers(place, own, name, tag) for tag in place.languages} for name in ("yes", "no")}
    words = {tag: words_of({name: said[name][tag] for name in ("yes", "no")}) for tag in place.languages}
    packs = {tag: hearing(tag, said["yes"][tag], said["no"][tag]) for tag in place.languages}
    hints = place.listen_words(said, "" if own else "hotline.yes_no")
    return Choosing(dict.fromkeys(place.languages, keys), words, packs), hints


def _answers(place: Compiling, own: AnswerWords | None, name: str, tag: str) -> tuple[str, ...]:
    """What may be said for yes or no in a language: the question's own words before the hotline's."""
    here: Mapping[str, Sequence[str]] = getattr(own, name) if own else {}
    written = (*here.get(tag, ()), *here.get("", ()), *getattr(place.language(tag), name))
    return tuple(phrase for word in written for phrase in net(word).phrases())


def needs(target: Target | None) -> Target:
    """A target lint has already asked for; a call that meets its absence ends politely."""
    return target or GOODBYE
