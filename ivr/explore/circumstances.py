"""When a call that breaks a promise takes place, and which facts its turns ask for: why it breaks just then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from ivr.explore.asked_facts import CALLER, INSTANT
from ivr.explore.replayed import ExampleCall
from ivr.explore.state_walk import Walked

NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """`at` is the time of the last turn, in the hotline's zone; `facts` are those the call's turns ask for, by name."""

    at: datetime
    facts: Mapping[str, str]
    asks_time: bool

    def clause(self) -> str:
        """The time and the facts for the beginning of a sentence; empty where no turn asks for any."""
        status = {name[6:]: value for name, value in self.facts.items() if name.startswith("hours.")}
        parts = [f"at {self.at:%H:%M}"] if self.asks_time else []
        parts += [f"{name} {value}" for name, value in status.items()]
        parts += [f"{name} {value}" for name, value in self.facts.items() if not name.startswith("hours.")]
        return ", ".join(parts)


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
            facts[name] = questions.answers(question)[known[question]] or NOT_KNOWN
    at = instant.at.astimezone(ZoneInfo(walked.release.time_zone))
    return Circumstances(at, facts, INSTANT in asked)
