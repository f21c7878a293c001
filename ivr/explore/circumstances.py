"""When a call that breaks a promise takes place, and which facts its turns ask for: why it breaks just then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from ivr.explore.asked_facts import CALLER, INSTANT
from ivr.explore.replayed import ExampleCall
from ivr.explore.state_walk import Walked
from ivr.messages.message import Message


@dataclass(frozen=True, slots=True)
class Circumstances:
    """`at` is the time of the last turn, in the hotline's zone; `facts` are those the call's turns ask for, by name."""

    at: datetime
    facts: Mapping[str, str]
    asks_time: bool

    def before(self, why: str) -> str:
        """A sentence behind the time and the facts; the sentence alone where no turn asks for any."""
        status = {name[6:]: value for name, value in self.facts.items() if name.startswith("hours.")}
        others = {name: value for name, value in self.facts.items() if not name.startswith("hours.")}
        parts = [Message("proof.when.at", time=f"{self.at:%H:%M}")] if self.asks_time else []
        parts += [_fact(name, value) for name, value in (status | others).items()]
        return Message("proof.when.then", when=tuple(parts), why=why) if parts else why

    def call(self) -> Message:
        """What stands above the call: when it is made, and its facts."""
        at = f"{self.at:%Y-%m-%d %H:%M}"
        if not self.facts:
            return Message("proof.when.call", at=at)
        return Message("proof.when.call-with", at=at, facts=tuple(_fact(*fact) for fact in self.facts.items()))


def _fact(name: str, value: str) -> Message:
    return Message("proof.when.fact", name=name, value=value)


def circumstances(walked: Walked, example: ExampleCall) -> Circumstances:
    """The circumstances of a call. Values that the flow itself sets (`call.*`) are left out: the call shows them."""
    known, questions = example.facts_of[-1], walked.questions
    asked = {question for edge in example.edges for question, _ in edge.answers}
    instant = questions.instants[known.get(INSTANT, 0)]
    facts: dict[str, str] = {}
    if INSTANT in asked:
        facts |= {
            f"hours.{name}": status for name, status in instant.status.items()
            if any(each.status[name] != status for each in questions.instants)
        }  # fmt: skip
    for question in sorted(asked - {INSTANT}):
        if not walked.release.is_of_call(question) and question in known:
            name = "caller.phone" if question == CALLER else question
            facts[name] = questions.answers(question)[known[question]] or Message("proof.when.not-known")
    at = instant.at.astimezone(ZoneInfo(walked.release.time_zone))
    return Circumstances(at, facts, INSTANT in asked)
