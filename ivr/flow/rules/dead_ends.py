"""Exits that lead nowhere, and questions from which there is no way to an end or a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ivr.errors import Finding
from ivr.flow.model import Flow
from ivr.flow.rules.graph import asks, entered_flows, step_at
from ivr.flow.rules.survey import GIVE_UPS, Survey
from ivr.steps.step import Listening, Step
from ivr.steps.target import GOODBYE, Target
from ivr.steps.transfer import OUTCOMES

INHERITED = frozenset({*GIVE_UPS, "declined", "answered"})
Place = tuple[str, str]


def missing_next(survey: Survey) -> Iterable[Finding]:
    """`dead-end`: an exit without a target; on the line the caller would be told goodbye and cut off."""
    for flow, step in survey.steps():
        said = set()
        for exit, target in step.declared.exits.items():
            if target != GOODBYE or exit in INHERITED or survey.exit_path(flow.name, step, exit) is not None:
                continue
            key = survey.choice_key(flow.name, step.name, exit)
            if key not in said:
                said.add(key)
                yield _leads_nowhere(survey, flow, step, exit, key)
        if missing := _outcomes_left(step):
            message = f"when this transfer is {_listed(missing)}, the caller is told goodbye and cut off."
            hint = "Add otherwise: STEP, where the caller hears what can be done now."
            yield survey.at(flow.name, step.name, "dead-end", message, hint, path=(step.kind,))


def _leads_nowhere(survey: Survey, flow: Flow, step: Step, exit: str, key: str | None) -> Finding:
    hint = "Add next: a step, return, flow NAME or goodbye."
    if key is not None:
        message = f'choice {key} ("{exit}") leads nowhere: neither it nor step "{step.name}" has a next.'
        return survey.at(flow.name, step.name, "dead-end", message, hint, path=("choices", key), at_key=True)
    what = f'"{exit}"' if exit in ("yes", "no") else "an answer"
    message = f'{what} to step "{step.name}" leads nowhere: it has no next.'
    return survey.at(flow.name, step.name, "dead-end", message, hint, path=(step.kind,), at_key=True)


def _outcomes_left(step: Step) -> list[str]:
    """The outcomes of a transfer that nothing is said about; only a desk with hours is ever closed."""
    if "transfer outcome" not in step.declared.inputs:
        return []
    opens = any(read.startswith("hours.") for read in step.declared.reads)
    return [name for name in OUTCOMES if name not in step.declared.exits and (opens or name != "closed")]


def _listed(names: list[str]) -> str:
    words = [name.replace("no_answer", "not answered") for name in names]
    return " or ".join([*([", ".join(words[:-1])] if words[:-1] else []), words[-1]])


def no_way_out(survey: Survey) -> Iterable[Finding]:
    """`dead-end`: whatever the caller chooses, a question leads neither to an end nor to a person."""
    led_out = LedOut(survey)
    for flow, step in survey.steps():
        if asks(step) and (flow.name, step.name) not in led_out.places:
            message = f'whatever a caller answers to "{step.name}", they come neither to an end nor to a person.'
            hint = "Lead one of its exits to goodbye, return, hangup or a transfer, or offer 0 as a shortcut."
            yield survey.at(flow.name, step.name, "dead-end", message, hint)


class LedOut:
    """The steps from which a caller can come to an end or a person, if they and the world choose well."""

    def __init__(self, survey: Survey) -> None:
        self.survey, self.release = survey, survey.release
        self.returned_to: dict[str, set[Place]] = {}
        for flow, step in survey.steps():
            for name in entered_flows(step):
                self.returned_to.setdefault(name, set()).add((flow.name, step.name))
        self.places: set[Place] = set()
        growing = True
        while growing:
            found = {(flow.name, step.name) for flow, step in survey.steps() if self._out(flow, step)}
            growing = found != self.places
            self.places = found

    def _out(self, flow: Flow, step: Step) -> bool:
        exits = dict(self.survey.reach.exits(step))
        if not step.declared.exits or "transfer outcome" in step.declared.inputs or self._enters(step.declared.runs):
            return True
        return any(self._leads_out(flow, step, target) for target in (*exits.values(), *self._shortcuts(step)))

    def _shortcuts(self, step: Step) -> Iterator[Target]:
        listening: Listening | None = getattr(step, "listening", None)
        for key, shortcut in self.release.shortcuts.items():
            if listening is not None and (listening.shortcuts or key == "0"):
                yield shortcut.next

    def _leads_out(self, flow: Flow, step: Step, target: Target) -> bool:
        match target.to:
            case "goodbye":
                return True
            case "step":
                to = step_at(flow, target.name)
                return to is None or (flow.name, to.name) in self.places
            case "flow":
                return self._enters(target.name)
            case "return":
                below = self.returned_to.get(flow.name, set())
                return self._begins(flow.name) or bool(below & self.places)
            case "back":
                return any(place[0] == flow.name and place[1] != step.name for place in self.places)
        return False

    def _enters(self, name: str) -> bool:
        if not name:
            return False
        flow = self.release.flows.get(name)
        return flow is None or (name, flow.first) in self.places

    def _begins(self, name: str) -> bool:
        """A flow that a call begins with ends the call when it returns."""
        return name == self.release.default or name in self.release.numbers.values()


RULES = (missing_next, no_way_out)
