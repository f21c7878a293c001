"""The turn being taken: the state thawed into one object, walked step by step, frozen once at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from ivr.call.case_kinds import CaseKind
from ivr.call.events import CaseNoted, Disposition, Ended, ExitTaken, Failed, LanguageChosen, LimitMet
from ivr.call.facts import ANSWERED_BY, CASE_FACTS, LANGUAGE
from ivr.call.inputs import Given, Speech
from ivr.call.state import State
from ivr.call.verbs import NO_VALUES, Ask, Hangup, LastResort, Speak, Verb
from ivr.engine.announcing import announced, shortcut_keys, spoken_plainly
from ivr.engine.carried_topic import CarriedTopic
from ivr.engine.on_record import OnRecord, priority_of
from ivr.engine.placed import BEGAN_IN, PERSON, RESULT, owes_result
from ivr.flow.model import Release
from ivr.flow.outgoing import Outgoing
from ivr.steps.step import Counted, Expects, Listening, Question, Running, Step
from ivr.steps.target import GOODBYE, Target


class Walking(OnRecord):
    """A walk through the flows. Steps see it as `ivr.steps.step.Walk`."""

    __slots__ = (
        "budget", "carried", "entry", "given", "language", "no_input", "no_match", "past_limit", "phase",
        "refused", "stopped", "verbs",
    )  # fmt: skip

    def __init__(self, flows: Release, state: State, given: Given) -> None:
        OnRecord.__init__(self, flows, state)
        self.given = given
        self.language, self.phase, self.entry = state.language, state.phase, state.entry
        self.no_input, self.no_match, self.refused = state.no_input, state.no_match, state.refused
        self.verbs: list[Verb] = []
        self.stopped = False
        self.budget = flows.limits.steps_in_a_turn
        self.past_limit = False
        self.carried = CarriedTopic()

    # -- the engine's side

    @property
    def question(self) -> Question | None:
        """The step the call waits at, if it is one that asks."""
        step = self.step
        return cast(Question, step) if step.declared.listening is not None else None

    def arrive(self) -> None:
        """Begin a new visit of the current step, once `go` gets there."""
        self.stopped = False
        self.arriving = True

    def go(self) -> None:
        """Walk from step to step until one waits for the caller or the call has ended."""
        while self.arriving and not self.stopped:
            self.arriving = False
            self.budget -= 1
            if self.budget < 0:
                self.meet_limit("steps_in_a_turn" if not self.past_limit else "steps twice")
                continue
            self.phase = self.entry = ""
            self.no_input = self.no_match = self.refused = 0
            step = self.step
            if step.kind.back == "barrier":
                self.forget()
            step.enter(self)

    def freeze(self) -> State:
        """The state after the turn."""
        return State(
            self.frames(), self.language, self.phase, self.no_input, self.no_match, self.refused, self.entry,
            self.call, self.last_case, self.trail, self.may_rewind,
        )  # fmt: skip

    def meet_limit(self, limit: str) -> None:
        """Lead a call that has gone past a limit on by `limits.next`; end it at twice a limit."""
        self.events.append(LimitMet(limit.split()[0]))
        self.budget = self.flows.limits.steps_in_a_turn
        if limit.endswith("twice"):
            self._say_goodbye()
            self.end("limit")
        else:
            self.past_limit = True
            self.forget()
            self.follow(self.flows.limits.next)

    def trouble(self) -> None:
        """The provider refused our last document: an apology, then the fixed number of the settings."""
        self.speak("hotline.trouble", interrupt=False)
        self.stop(LastResort(), "")
        self.end("failed")

    @property
    def placed(self) -> Outgoing | None:
        """How the call was placed; None where it came in."""
        return self.flows.outgoing.get(self.call.get(BEGAN_IN, ""))

    def greet(self) -> None:
        """Whoever answers a call of ours hears first which house it is."""
        if (placed := self.placed) is not None and placed.name:
            self.speak(placed.name, interrupt=False)

    def _say_goodbye(self) -> None:
        """The last words, then the end of the line."""
        placed = self.placed
        self.speak(placed.goodbye if placed is not None and placed.goodbye else "hotline.goodbye", interrupt=False)
        self.stop(Hangup(), "")

    def machine_hears(self) -> bool:
        """Whether a machine has answered a call of ours, which then ends with no more said than the house's message.

        Asked when the call is answered and at each silence until a result is on record, for the network may know later.
        """
        placed = self.placed if owes_result(self.call) else None
        if placed is None or self.given.facts.get(ANSWERED_BY) != "machine":
            return False
        self.follow_up("machine", NO_VALUES)
        if placed.message:
            self.speak(placed.message, interrupt=False)
        self.stop(Hangup(), "")
        self.end("message_left" if placed.message else "completed")
        return True

    def finish(self) -> None:
        """A turn after the end: say goodbye again."""
        self._say_goodbye()

    def follow(self, target: Target) -> None:
        """Go where an exit leads."""
        match target.to:
            case "step":
                self.move(target.name)
            case "flow":
                self.enter_flow(target.name, NO_VALUES, restart=True)
            case "return":
                self._return(target.name)
            case "repeat":
                self._repeat()
            case "back":
                self._back()
            case "goodbye":
                self._say_goodbye()
                self.end("completed")

    def _return(self, word: str) -> None:
        values, left = self.values, self.flow
        gives = left.gives
        if not self.leave_flow():
            self.follow(GOODBYE)
            return
        step = self.step
        if not step.declared.runs:
            if self.call.get(RESULT) == PERSON and left.name == self.flows.person_flow:
                self.follow(GOODBYE)  # a person takes it up: asking on would give the call a second result
            else:
                self.arrive()
            return
        for name in gives:
            if name in values:
                self.save(name, values[name])
        cast(Running, step).returned(self, word)

    def _repeat(self) -> None:
        if (question := self.question) is not None and self.phase:
            question.ask(self, again=False)
        else:
            self.arrive()

    def _back(self) -> None:
        if not self.step_back():
            self._repeat()
        else:
            self.arrive()

    # -- what steps see

    @property
    def topic(self) -> str:
        return self.carried.at(self.step)

    def read(self, name: str) -> str | None:
        if self.flows.is_of_run(name):
            return self.entry if name == "value" and self.phase == "confirm" else self.values.get(name)
        if name == LANGUAGE:
            return self.language
        if name in self.call:
            return self.call[name]
        if name in CASE_FACTS:
            kind = self.own_case or self.last_case  # a flow speaks of its own case, whatever other flows did meanwhile
            priority = self.call.get(priority_of(kind)) if name == "case.due" else None
            of = f"{kind}.{priority}" if priority else kind
            return self.given.facts.get(f"case.{of}.{name[5:]}") if kind else None
        return self.given.facts.get(name)

    def save(self, name: str, value: str) -> None:
        if name == LANGUAGE:
            self.language = value
            self.events.append(LanguageChosen(value))
        elif self.flows.is_of_call(name):
            self.call = {**self.call, name: value}
        else:
            self.values = {**self.values, name: value}
            if kind := self.flow.intake:
                self.events.append(CaseNoted(cast(CaseKind, kind), {name: value}))
                self.prioritize(kind, {name: value})

    def values_of(self, prompt: str) -> Mapping[str, str]:
        slots = self.flows.prompts[prompt].slots
        if not slots:
            return NO_VALUES
        return {name: value for name in sorted(slots) if (value := self.read(name)) is not None}

    def speak(self, prompt: str, *, interrupt: bool = True, language: str = "") -> None:
        said = self.flows.prompts[prompt]
        values = self.values_of(prompt) if said.slots else NO_VALUES
        about = self.own_case or self.last_case if said.promises else ""
        self.verbs.append(Speak(prompt, language or self.language, values, interrupt, about))

    def speak_all(self, prompts: Sequence[str]) -> None:
        plain = spoken_plainly(self.flows, tuple(prompts), self.language)
        if plain is not None:
            self.verbs += plain
            return
        for prompt in prompts:
            self.speak(prompt)

    def stop(self, verb: Verb, phase: str) -> None:
        self.verbs.append(verb)
        self.phase = phase
        self.stopped = True

    def take(self, exit: str, target: Target, topic: str = "") -> None:
        step, to = self.step, target.to
        self.events.append(ExitTaken(self.flow.name, step.name, exit, topic))
        if topic:
            self.carried.leave(step, topic)
        if self.phase and to != "back" and to != "repeat" and self._is_remembered(step):
            self.remember()
        if to == "step":  # by far the most
            self.move(target.name)
        else:
            self.follow(target)

    def _is_remembered(self, step: Step) -> bool:
        listening = step.declared.listening
        return step.kind.back == "remembered" and listening is not None and listening.back

    def listen(self, listening: Listening, expects: Expects) -> None:
        if expects.announce:
            back = self.step.kind.menu and self.can_go_back()
            self.speak_all(announced(self.flows, listening.shortcuts, back))
        language, (phase, hints, digits, end_key, _) = self.language, expects
        wait, gap, attempt = listening.wait[language], listening.gap[language], self.no_input + self.no_match
        self.stop(Ask(language, digits, end_key, wait, gap, listening.speech, hints, attempt), phase)

    def fail(self, how: Counted, listening: Listening, *, say: bool = True) -> bool:
        give_up = listening.no_input if how == "no_input" else listening.no_match
        count = getattr(self, how) + 1
        setattr(self, how, count)
        self.events.append(Failed(self.flow.name, self.step.name, how, count))
        if count >= give_up.tries or self.no_input + self.no_match >= listening.both:
            self.take(how, give_up.next)
            return False
        said = give_up.unclear if give_up.unclear and type(self.given.input) is Speech else give_up.say
        if say and said:
            self.speak(said[min(count, len(said)) - 1])
        return True

    def refuse(self) -> int:
        self.refused += 1
        return self.refused

    def run(self, flow: str, values: Mapping[str, str]) -> None:
        self.enter_flow(flow, values, restart=False)

    def end(self, disposition: Disposition) -> None:
        self.events.append(Ended(disposition))
        self.clear()

    def shortcut_keys(self, listening: Listening) -> Sequence[str]:
        return shortcut_keys(self.flows, listening.shortcuts)

    def shortcut(self, key: str, topic: str = "") -> bool:
        shortcut = self.flows.shortcuts.get(key)
        if shortcut is None:
            return False
        self.events.append(ExitTaken(self.flow.name, self.step.name, f"shortcut {key}", topic))
        self.carried.topic = ""
        if shortcut.next.to not in ("back", "repeat"):
            self.forget()
        self.follow(shortcut.next)
        return True
