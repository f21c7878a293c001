"""A call at the step `it` of the small hotline, taken by the engine, and what was done there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from small import small_release

from ivr.call.events import Event, ExitTaken, Failed
from ivr.call.inputs import Given, Input, Start
from ivr.call.verbs import Speak, Verb
from ivr.engine.turn import begin, take_turn
from ivr.flow.words import words
from ivr.steps.step import Declared, Later, Tried

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
END = "{name}: {{collect: {{zh-CN: {name}。, en-US: At {name}.}}, type: text, next: goodbye}}\n"


class StepCall:
    """A call whose first step is `it`. Each name of `ends` is a step that waits, so that a call can be found there."""

    def __init__(
        self, steps: str, ends: str = "", *, language: str = "en-US", facts: Mapping[str, str] | None = None,
        keys: str = "", call: Mapping[str, str] | None = None, **flows: str,
    ) -> None:  # fmt: skip
        text = steps + "".join(END.format(name=name) for name in ends.split())
        self.release = small_release(text, keys=keys, **flows)
        self.facts = facts or {}
        self.state = begin(self.release, "main", language)
        if call:
            self.state = type(self.state)(self.state.stack, language, call=call)
        self.turn, self.events, self.verbs = 0, list[Event](), list[Verb]()
        self.take(Start())

    def take(self, *inputs: Input) -> StepCall:
        """Answer turn after turn."""
        for came in inputs:
            self.turn += 1
            done = take_turn(self.release, self.state, Given(came, self.turn, 0, self.facts), NOW)
            self.state, self.verbs = done.state, list(done.verbs)
            self.events += done.events
        return self

    @property
    def declared(self) -> Declared:
        return self.release.flows["main"].steps["it"].declared

    @property
    def exits(self) -> list[str]:
        """The exits `it` was left by."""
        return [e.exit for e in self.events if isinstance(e, ExitTaken) and (e.flow, e.step) == ("main", "it")]

    @property
    def failed(self) -> list[str]:
        """How `it` was not answered, in turn."""
        return [e.how for e in self.events if isinstance(e, Failed) and e.step == "it"]

    @property
    def at(self) -> str:
        """The step the call waits at, empty once it has ended."""
        return self.state.stack[-1].step if self.state.stack else ""

    @property
    def values(self) -> Mapping[str, str]:
        """What this run of the flow has saved."""
        return self.state.stack[-1].values

    @property
    def heard(self) -> str:
        """The words of the last turn."""
        said = [v for v in self.verbs if isinstance(v, Speak)]
        return " ".join(words(self.release, v.prompt, v.language, v.values) for v in said)

    @property
    def verb(self) -> Verb:
        """What the call waits for."""
        return self.verbs[-1]

    def tried(self, phase: str = "asked") -> list[Tried]:
        """The classes of input that `it` says it can receive."""
        step = self.release.flows["main"].steps["it"]
        return list(step.tried(phase, self.state.language, Later()))  # type: ignore[attr-defined]
