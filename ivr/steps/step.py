"""What every kind of step is to the engine, and what the engine is to a step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple, Protocol, get_args

from ivr.call.case_kinds import CaseKind
from ivr.call.condition import Test
from ivr.call.events import Disposition, FollowUpResult
from ivr.call.inputs import Input
from ivr.call.verbs import Verb
from ivr.steps.kind import Kind
from ivr.steps.target import Target

if TYPE_CHECKING:
    from ivr.steps.choosing import Choosing
    from ivr.steps.entry import Entry

Counted = Literal["no_input", "no_match"]
GIVE_UPS: tuple[Counted, ...] = get_args(Counted)
"""The exits of a question that was not answered."""
UNANSWERED = (*GIVE_UPS, "declined")
"""The exits by which a question is left without an answer: `declined` where its caller wants no recording."""
Mover = Literal["chosen", "answer", "passive", "environment"]
"""Who moves the call on: the caller by an active choice, by answering what was asked, by no or no fitting answer, or
the environment (the result of a transfer)."""

InputClass = Literal[
    "choice", "other key", "words", "other words", "silence", "entry", "bad entry", "recording", "transfer outcome"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class GiveUp:
    """When and how a question is given up: asked `tries` times; before a re-ask one of `say` (prompt ids) is said, or
    one of `unclear` after speech."""

    HEARD: ClassVar = frozenset({"say", "unclear"})
    tries: int
    say: tuple[str, ...]
    next: Target
    unclear: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """How a question listens, inheritance resolved. `wait` and `gap` in seconds, by language. `back`: callers may come
    back to it."""

    HEARD: ClassVar = frozenset({"prompt", "again", "wait", "gap"})
    prompt: str
    again: str
    no_input: GiveUp
    no_match: GiveUp
    both: int
    wait: Mapping[str, float]
    gap: Mapping[str, float]
    speech: bool
    confidence: float
    shortcuts: bool
    back: bool = True


class Expects(NamedTuple):
    """What a question waits for in a phase: hints for the recogniser, how many keys (0: any number) and the key that
    ends them. `announce`: the shortcuts are announced first."""

    phase: str
    hints: str
    digits: int = 1
    end_key: str = ""
    announce: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What a step tells every tool of itself: lint, proof, coverage, diff, impact, replay. `Kind` says the rest.

    `reads`: values and facts, with those in its words; `sets`: values with their types; `exits`: by meaning;
    `inputs`: the classes of input it can receive; `known_on`: by exit, the values known only there;
    `unsaved`: values it reads that need not have been saved; `runs`: the flow it enters and comes back from;
    `hands`: what that flow is given, as in `sets` ("=name" a copy, '"word' a literal).

    Where it leads: `tests`, by value, the conditions that decide it; `arms`, by exit and in order, the tests that must
    all hold for it; `decides`, the values and facts that decide it, or go on record or into another flow, so that they
    are more than spoken; `outcomes`, every outcome of a transfer, those without an exit of their own too.

    What it takes: `listening`, how a question listens (None: it asks nothing); `choices`, by phase, its keys and words;
    `entry`, what it takes in the phase `asked`; `message`, the longest voice message in seconds. What it says: `says`,
    the prompt it speaks without waiting; `announces`, by language, the prompts that announce its choices. `case`: the
    case it completes, `puts` what goes on it, as in `hands`; `adds_to`: the value with the number of a case it adds to;
    `result`: what came of phoning the customer, as it records it. `about`: what its card in a picture names, such as a
    destination; `labels`: by exit and language, what its choices are called there.
    """

    HEARD: ClassVar = frozenset({"announces", "labels", "message", "says"})
    reads: frozenset[str] = frozenset()
    sets: Mapping[str, str] = field(default_factory=dict)
    exits: Mapping[str, Target] = field(default_factory=dict)
    inputs: tuple[InputClass, ...] = ()
    unsaved: frozenset[str] = frozenset()
    known_on: Mapping[str, frozenset[str]] = field(default_factory=dict)
    runs: str = ""
    hands: Mapping[str, str] = field(default_factory=dict)
    tests: Mapping[str, Sequence[Test]] = field(default_factory=dict)
    arms: Mapping[str, Sequence[tuple[str, Test]]] = field(default_factory=dict)
    listening: Listening | None = None
    decides: frozenset[str] = frozenset()
    outcomes: tuple[str, ...] = ()
    choices: Mapping[str, Choosing] = field(default_factory=dict)
    entry: Entry | None = None
    message: int = 0
    says: str = ""
    announces: Mapping[str, Sequence[str]] = field(default_factory=dict)
    case: CaseDone | None = None
    puts: Mapping[str, str] = field(default_factory=dict)
    adds_to: str = ""
    result: FollowUpResult | None = None
    about: str = ""
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def saves(self, exit: str) -> frozenset[str]:
        """The values that are known once the step is left by an exit: those of `known_on` where it says any."""
        return self.known_on.get(exit, frozenset()) if self.known_on else frozenset(self.sets)


class CaseDone(NamedTuple):
    """The case a step completes: its kind, its fields with the value each takes ("" for a literal), its outcome."""

    kind: CaseKind
    fields: Mapping[str, str]
    outcome: str


class Tried(NamedTuple):
    """One class of input at a step: what it means there, who moves the call on by it, and inputs that all mean it.

    The first input stands for its class; the others must have the same result, which explore checks.
    """

    means: str
    mover: Mover
    inputs: Sequence[Input]


class Later(NamedTuple):
    """What later conditions distinguish in the value a step saves: values to try, and the class of a value."""

    samples: Sequence[str] = ()
    class_of: Callable[[str], object] = lambda value: True


class Walk(Protocol):
    """The turn being taken, as a step sees it."""

    language: str
    phase: str
    entry: str

    @property
    def topic(self) -> str:
        """What the caller said this turn is about, where a menu was answered by it; empty at a menu that was answered
        so already, which would lead round for ever."""

    def read(self, name: str) -> str | None:
        """A value, a call-wide value or a fact; None where it is not known."""

    def save(self, name: str, value: str) -> None:
        """Keep a value in this run of the flow (or `call.x` for the whole call); in an intake it goes on the case."""

    def speak(self, prompt: str, *, interrupt: bool = True, language: str = "") -> None:
        """Say a prompt with the values its words name."""

    def speak_all(self, prompts: Sequence[str]) -> None:
        """Say prompts one after the other, as `speak` does."""

    def values_of(self, prompt: str) -> Mapping[str, str]:
        """The values a prompt's words name, as they are now."""

    def stop(self, verb: Verb, phase: str) -> None:
        """The turn ends here, waiting for what `verb` brings."""

    def take(self, exit: str, target: Target, topic: str = "") -> None:
        """Leave the step by an exit, named by its meaning; `topic`: what the caller's words are about told it."""

    def listen(self, listening: Listening, expects: Expects) -> None:
        """End the turn listening for keys and, where the question allows it, speech."""

    def fail(self, how: Counted, listening: Listening, *, say: bool = True) -> bool:
        """Count a failure. True: it was said (if `say`), ask again. False: the question was given up."""

    def refuse(self) -> int:
        """Count a "no" to a confirmation; how many there were in this visit."""

    def run(self, flow: str, values: Mapping[str, str]) -> None:
        """Enter a flow that comes back to this step."""

    def case(self, kind: CaseKind, values: Mapping[str, str], outcome: str) -> None:
        """Complete the case of this kind."""

    def add(self, number: str, values: Mapping[str, str]) -> None:
        """Add to the case of this number, which another call has opened."""

    def follow_up(self, result: FollowUpResult, values: Mapping[str, str]) -> None:
        """Record what came of phoning the customer."""

    def transfer_begun(self, destination: str) -> None: ...

    def transfer_ended(self, destination: str, outcome: str) -> None: ...

    def end(self, disposition: Disposition) -> None:
        """The flow ends the call."""

    def shortcut_keys(self, listening: Listening) -> Sequence[str]:
        """The shortcut keys valid in this question."""

    def shortcut(self, key: str) -> bool:
        """Do what a shortcut key means; False when it is none."""


class Step(Protocol):
    """One compiled step. Kinds are stateless: all that changes is in the walk.

    A class may name in `HEARD` the attributes that callers only hear or wait for (prompts, hints, seconds): in a replay
    they divert nobody. So may the classes of its parts.
    """

    kind: ClassVar[Kind]
    name: str
    declared: Declared

    def enter(self, walk: Walk) -> None:
        """An exit leads here: speak, stop or go on."""

    def answer(self, walk: Walk, given: Input) -> None:
        """Take the input that arrived while the call waited at this step."""


class Waiting(Step, Protocol):
    """A step a turn can end at."""

    def tried(self, phase: str, language: str, later: Later) -> Sequence[Tried]:
        """The classes of input it can receive in a phase, silence and shortcuts apart; one entry for each class that
        `later` conditions distinguish."""


class Running(Step, Protocol):
    """A step that runs another flow (`Declared.runs`)."""

    def returned(self, walk: Walk, word: str) -> None:
        """The flow has returned, by this word or by none."""


class Question(Waiting, Protocol):
    """A step that asks: the engine answers the shortcut keys for it before it sees an input."""

    listening: Listening

    def ask(self, walk: Walk, *, again: bool) -> None:
        """Ask in the phase the walk is in: from the start, or `again` after a failure."""

    def own_entry(self, keys: str) -> bool:
        """Whether these keys are an answer here, so that they are no shortcut."""
