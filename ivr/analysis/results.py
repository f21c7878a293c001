"""What of phoning a customer goes on record: where a call of ours can end without a result, and where it gets a second.

Every condition may hold, so that what is found in a branch no call takes is found too.
"""

from __future__ import annotations

from typing import NamedTuple

from ivr.analysis.transitions import Transition, Transitions
from ivr.flow.model import StepKey


class _Run(NamedTuple):
    """A run of a flow, and whether a result was still owed when it began."""

    flow: str
    owed: bool


class _Back(NamedTuple):
    """How a run comes back: the word it returns by, and whether a result is still owed then."""

    word: str
    owed: bool


class ExitAt(NamedTuple):
    """An exit of a step; empty where the step itself ends the call."""

    key: StepKey
    exit: str


class Results:
    """Over all flows that calls of ours begin in: `missing` are the exits at which a call can end without a result,
    `again` the steps that record one where there is one. Being led to the flow of key 0, or put through, is a result.
    """

    def __init__(self, transitions: Transitions) -> None:
        self.transitions, self.release = transitions, transitions.release
        self.missing: dict[ExitAt, None] = {}
        self.again: dict[StepKey, None] = {}
        self._runs: dict[_Run, dict[_Back, dict[ExitAt, None]]] = {}
        self._grown = True
        begun = [_Run(flow, True) for flow in self.release.outgoing if flow in self.release.flows]
        self._runs.update((run, {}) for run in begun)
        # Invariant: each run noted can happen, and each way back noted is one it can come back by. Both only grow, so
        # this ends, at the least solution.
        while self._grown:
            self._grown = False
            for run in list(self._runs):
                self._walk(run)
        for run in begun:
            for back, exits in self._runs[run].items():
                if back.owed:
                    self.missing |= exits

    def _walk(self, run: _Run) -> None:
        first = StepKey(run.flow, self.release.flows[run.flow].first)
        open_, seen = [(first, run.owed)], set[tuple[StepKey, bool]]()
        while open_:
            key, owed = open_.pop()
            if (key, owed) in seen:
                continue
            seen.add((key, owed))
            declared = self.transitions.step(key).declared
            if declared.result and not owed:
                self.again[key] = None
            owed = owed and not declared.result and not declared.outcomes
            if not declared.exits and not declared.runs and owed:
                self.missing[ExitAt(key, "")] = None
            entering = self.transitions.entering(key)
            if entering is not None and entering.to is not None:
                for word, after in self._entered(entering.to.flow, owed):
                    open_ += self._on(run, key, self.transitions.returned(key, word), after)
                continue
            for transition in (*self.transitions.exits(key), *self.transitions.shortcuts(key)):
                open_ += self._on(run, key, transition, owed)

    def _entered(self, flow: str, owed: bool) -> list[_Back]:
        """How a flow comes back that is entered now."""
        run = _Run(flow, owed and flow != self.release.person_flow)
        if run not in self._runs:
            self._runs[run] = {}
            self._grown = True
        return list(self._runs[run])

    def _on(self, run: _Run, key: StepKey, by: Transition, owed: bool) -> list[tuple[StepKey, bool]]:
        """Where a call stands after a transition, and whether it still owes a result."""
        if by.leads == "step" and by.to is not None:
            return [(by.to, owed)]
        if by.leads == "flow" and by.to is not None:
            back = self._entered(by.to.flow, owed)
            ends = owed and by.to.flow == self.release.person_flow  # a person takes it up: nothing is asked again
            return [] if ends else [(key, after) for _, after in back]
        if by.leads == "return":
            exits = self._runs[run].setdefault(_Back(by.word, owed), {})
            if ExitAt(key, by.exit) not in exits:
                exits[ExitAt(key, by.exit)] = None
                self._grown = True
        elif by.leads == "end" and owed:
            self.missing[ExitAt(key, by.exit)] = None
        return []
