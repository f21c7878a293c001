"""Callers with personas who act by chance, from a seed: the same seed makes the same caller. All load and fault tests
use these."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from ivr.carrier.caller_actions import (
    CallerAction,
    EndTransfer,
    HangUp,
    LeaveMessage,
    Press,
    SayWords,
    Silence,
    perform,
)
from ivr.carrier.personas import Persona, some_persona
from ivr.carrier.phone_call import DialOutcome, PhoneCall
from ivr.carrier.question import HeardQuestion, understood
from ivr.carrier.sayings import HOSTILE, speaking_seconds, story, word

MOST_ACTS = 60
DESK: dict[DialOutcome, int] = {"answered": 70, "busy": 12, "no-answer": 12, "failed": 6}
"""How often, in percent, a transfer ends so."""
SECOND_LANGUAGE = 0.15
"""The share of callers who choose another language than the first one offered."""
LEAVES = 0.3
"""How likely a caller who hears a question for the second time has got what was wanted, and hangs up."""


class RandomCaller:
    """Listens, and presses what was announced; but is silent, speaks, errs and hangs up as the persona has it.

    `acts` holds what was done so far, each with the first words heard before it.
    """

    def __init__(self, seed: int | str, persona: Persona | None = None, *, second_language: bool | None = None) -> None:
        self.chance = Random(seed)  # noqa: S311 - chance, not secrecy
        self.persona = persona or some_persona(self.chance)
        second = self.chance.random() < SECOND_LANGUAGE
        self.second_language = second if second_language is None else second_language
        self.acts: list[tuple[str, CallerAction]] = []
        self._heard: set[str] = set()
        self._last = ""

    def play(
        self, call: PhoneCall, *, wait: Callable[[float], None] = lambda seconds: None,
        after: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        """Lead a whole call to its end. `wait` is told the seconds that pass before each act; `after` is called when
        the call was dialled and after each act."""
        call.dial()
        after()
        while call.waiting != "ended":
            act = self.next_act(call)
            wait(self.seconds_for(call, act))
            self.acts.append((call.heard[0].text if call.heard else "", act))
            perform(call, act)
            after()

    @property
    def done(self) -> tuple[CallerAction, ...]:
        """The acts alone."""
        return tuple(act for _, act in self.acts)

    def next_act(self, call: PhoneCall) -> CallerAction:
        """What the caller does now; it always fits what the line waits for."""
        if call.waiting == "dial":
            return self._wait_for_a_person()
        again = self._hears_again(call)
        if len(self.acts) >= MOST_ACTS or self._gives_up(again):
            talking = call.waiting == "record" and self.chance.random() < 0.5
            return HangUp(self.chance.randint(1, 20) if talking else 0)
        if call.waiting == "record":
            return self._record(call)
        return self._answer(understood(call.heard, call.asked), call)

    def seconds_for(self, call: PhoneCall, act: CallerAction) -> float:
        """How long this act takes, with the listening and thinking before it."""
        listened = sum(speaking_seconds(said.text) for said in call.heard)
        thought = self.chance.uniform(*self.persona.thinks)
        match act:
            case Silence():
                return listened + float(call.asked.get("timeout", "5"))
            case LeaveMessage(seconds) | HangUp(seconds):
                return listened * self.persona.listens + thought + seconds
            case EndTransfer(outcome, talk):
                return listened + (talk + 8 if outcome == "answered" else float(call.asked.get("timeout", "30")))
            case SayWords(text):
                return listened * self.persona.listens + thought + speaking_seconds(text)
        return listened * self.persona.listens + thought

    def _wait_for_a_person(self) -> CallerAction:
        if self._gives_up(again=False):
            return HangUp()
        outcome = self.chance.choices(list(DESK), list(DESK.values()))[0]
        return EndTransfer(outcome, self.chance.randint(40, 420) if outcome == "answered" else 0)

    def _hears_again(self, call: PhoneCall) -> bool:
        words = "".join(said.text for said in call.heard)
        again = words in self._heard and words != self._last
        self._heard.add(words)
        self._last = words
        return again

    def _gives_up(self, again: bool) -> bool:
        tired = 10 if len(self.acts) >= self.persona.patience else 1
        return self.chance.random() * 100 < self.persona.hang_up * tired or (again and self.chance.random() < LEAVES)

    def _record(self, call: PhoneCall) -> CallerAction:
        if self.chance.random() * 100 < self.persona.silent:
            return Silence()
        key = self.chance.choices(("#", "", "*", "0", "9"), (70, 24, 2, 2, 2))[0]
        said = story(self.chance, call.heard[-1].language if call.heard else "")
        return LeaveMessage(self.chance.randint(*self.persona.message), said, key)

    def _answer(self, question: HeardQuestion, call: PhoneCall) -> CallerAction:
        chance = self.chance
        if self.persona.changes and chance.random() * 100 < self.persona.changes:
            self.second_language = not self.second_language
            return Press("9")
        match self.persona.manner(chance):
            case "silent":
                return Silence()
            case "talks":
                return self._speak(question, call)
            case "wrong":
                return Press("".join(chance.choices("0123456789*#", k=chance.choice((1, 1, 1, 2, 5, 20)))))
            case "person":
                return Press("0")
            case "back":
                return Press("9")
            case "repeat":
                return Press("*")
        return self._press(question, call)

    def _press(self, question: HeardQuestion, call: PhoneCall) -> CallerAction:
        if question.digits != 1:
            return Press(self._entry(question, call))
        keys = self._keys(question)
        choices = [key for key in keys if key not in "09*#"]
        if len(choices) == 1 and len(question.languages) == 1 and self.chance.random() < 0.7:
            return Silence()  # such as a notice: nothing needs to be pressed
        if choices:
            ahead = self.persona.ahead and self.chance.random() * 100 < self.persona.ahead
            return Press(self.chance.choice(choices) + (self.chance.choice("1234") if ahead else ""))
        return Press(self.chance.choice(keys or "123456789"))

    def _keys(self, question: HeardQuestion) -> list[str]:
        """The keys announced in the caller's own language, where several were spoken."""
        languages = question.languages
        if len(languages) < 2:
            return [key for key, _ in question.keys]
        mine = self.chance.choice(languages[1:]) if self.second_language else languages[0]
        return [key for key, language in question.keys if language == mine]

    def _entry(self, question: HeardQuestion, call: PhoneCall) -> str:
        """Digits as asked for: so many, or the caller's number, or a number nobody else in the call has typed."""
        chance = self.chance
        own = "7" + "".join(chance.choices("0123456789", k=(question.digits or chance.randint(4, 9)) - 1))
        if question.digits:
            return own
        if call.caller.startswith("+86") and chance.random() < 0.6:
            own = "0" + call.caller[3:]
        return own + chance.choices((question.finish, "", f"*{question.finish}"), (90, 7, 3))[0]

    def _speak(self, question: HeardQuestion, call: PhoneCall) -> CallerAction:
        chance = self.chance
        language = call.heard[-1].language if call.heard else ""
        said = word(chance, language)
        if question.words and said not in HOSTILE and chance.random() < 0.85:
            said = chance.choice(question.words)
        elif question.digits != 1 and chance.random() < 0.6:
            said = self._entry(question, call).rstrip("*#") or said
        return SayWords(said, chance.choices((0.95, 0.7, 0.2), (80, 15, 5))[0])
