"""The moves of a caller from step to step by what they choose, returns of flows included."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from ivr.analysis.transitions import RUN, Transition, Transitions, asks
from ivr.call.facts import LANGUAGE
from ivr.flow.model import Flow, StepKey
from ivr.steps.step import GIVE_UPS, Step

Cost = Callable[[Step, str], int]
"""What leaving a step by an exit costs: 0 or 1."""


class ExitMove(NamedTuple):
    """Where an exit leads (a shortcut is called `shortcut 0`), if the call has come through all of `through` before.

    A flow returns to the steps that entered it; which of them did is known only to the call.
    """

    exit: str
    to: StepKey
    through: tuple[StepKey, ...] = ()


class ExitMoves:
    """Every move from a step."""

    def __init__(self, transitions: Transitions) -> None:
        self.transitions = transitions
        self.step = transitions.step

    def moves(self, key: StepKey) -> Iterator[ExitMove]:
        """Each exit and each shortcut, with where it leads."""
        if (run := self.transitions.entering(key)) is not None and run.to is not None:
            yield ExitMove(RUN, run.to)
            return
        for transition in (*self.transitions.exits(key), *self.transitions.shortcuts(key)):
            yield from self._led_to(transition.exit, key.flow, transition)

    def by_exit(self, key: StepKey, exit: str) -> Iterator[ExitMove]:
        """The moves of one exit of a step."""
        return (move for move in self.moves(key) if move.exit == exit)

    def _led_to(
        self, exit: str, flow: str, transition: Transition, through: tuple[StepKey, ...] = ()
    ) -> Iterator[ExitMove]:
        """Where a transition in a run of `flow` leads; nowhere for an end, `back` and `repeat`."""
        if transition.leads in ("step", "flow") and transition.to is not None:
            yield ExitMove(exit, transition.to, through)
        elif transition.leads == "return":
            for below in self.transitions.below(flow):
                if below not in through:
                    after = self.transitions.returned(below, transition.word)
                    yield from self._led_to(exit, below.flow, after, (*through, below))

    def cheapest(self, start: StepKey, found: Callable[[Step, Flow], bool], cost: Cost) -> list[StepKey] | None:
        """The questions answered, in turn, on a cheapest way to a step that is looked for; None: there is no way."""
        costs: dict[StepKey, int] = {start: 0}
        before: dict[StepKey, StepKey] = {}
        open_, been = deque([start]), set[StepKey]()
        waiting: dict[StepKey, list[tuple[StepKey, ExitMove]]] = {}
        # Invariant (breadth first over costs 0 and 1): `open_` is in order of cost and spans at most two costs, so a
        # place is first taken out at its least cost. A return waits in `waiting` under a place that it comes through
        # and that has not been passed; then it costs what led to its own step, which may be less than what is open.
        while open_:
            place = open_.popleft()
            if found(self.step(place), self.transitions.release.flows[place.flow]):
                return self._answered(place, before, costs)
            been.add(place)
            for at, move in [*((place, move) for move in self.moves(place)), *waiting.pop(place, ())]:
                if (unseen := next((through for through in move.through if through not in been), None)) is not None:
                    waiting.setdefault(unseen, []).append((at, move))
                    continue
                now = costs[at] + cost(self.step(at), move.exit)
                if move.to not in costs or now < costs[move.to]:
                    costs[move.to], before[move.to] = now, at
                    (open_.append if now > costs[place] else open_.appendleft)(move.to)
        return None

    def _answered(
        self, place: StepKey, before: Mapping[StepKey, StepKey], costs: Mapping[StepKey, int]
    ) -> list[StepKey]:
        way: list[StepKey] = []
        while place in before:
            if costs[place] > costs[before[place]]:
                way.append(before[place])
            place = before[place]
        return way[::-1]

    def reached(self, starts: Iterable[StepKey], inside: str, barred: StepKey) -> set[StepKey]:
        """Every place that active choices lead to from starts inside a flow, nobody being led through `barred`."""
        seen = self._below(inside)
        found: set[StepKey] = set()
        open_, waiting = list(starts), list[ExitMove]()
        # Invariant: every move from a place in `found` leads into `found` or `open_`, or waits for a place it returns
        # through that no caller may have passed yet.
        while open_:
            place = open_.pop()
            if place in found or place == barred:
                continue
            found.add(place)
            waiting += [move for move in self.moves(place) if move.exit not in GIVE_UPS]
            open_ += [move.to for move in waiting if seen | found >= set(move.through)]
            waiting = [move for move in waiting if not seen | found >= set(move.through)]
        return found

    def _below(self, flow: str) -> set[StepKey]:
        """The steps that a call inside a flow may have come through to get there."""
        below: set[StepKey] = set()
        open_ = [flow]
        while open_:
            new = set(self.transitions.below(open_.pop())) - below
            below |= new
            open_ += [key.flow for key in new]
        return below

    def rounds(self) -> set[StepKey]:
        """The places from which active choices lead back to themselves: strongly connected, by Tarjan's algorithm."""
        order: dict[StepKey, int] = {}
        low: dict[StepKey, int] = {}
        held: dict[StepKey, None] = {}
        found: set[StepKey] = set()
        for start in [StepKey(flow.name, step.name) for flow, step in self.transitions.release.steps()]:
            way = [(start, self._chosen(start))] if start not in order else []
            # Invariant: `held` has, in order, the places seen whose component is not complete; `low` of each is the
            # least order it is known to lead back to among them. When all moves of a place are tried and its `low` is
            # its own order, it is the first of its component, and all held since belong to it.
            while way:
                place, moves = way[-1]
                if place not in order:
                    order[place] = low[place] = len(order)
                    held[place] = None
                to = next(moves, None)
                if to is None:
                    way.pop()
                    if way:
                        low[way[-1][0]] = min(low[way[-1][0]], low[place])
                    if low[place] == order[place]:
                        found |= self._let_go(place, held)
                elif to not in order:
                    way.append((to, self._chosen(to)))
                elif to in held:
                    low[place] = min(low[place], order[to])
        return found

    def _let_go(self, first: StepKey, held: dict[StepKey, None]) -> set[StepKey]:
        """Take a component from those held; it is a round if it has several places, or one that leads to itself."""
        component: set[StepKey] = set()
        while first not in component:
            component.add(held.popitem()[0])
        return component if len(component) > 1 or first in self._chosen(first) else set()

    def _chosen(self, place: StepKey) -> Iterator[StepKey]:
        return (move.to for move in self.moves(place) if move.exit not in GIVE_UPS)


def every_answer(step: Step, exit: str) -> int:
    """Each question takes its time, whether it is answered or sat out."""
    return int(asks(step))


def menus_chosen_in(step: Step, exit: str) -> int:
    """Levels of the menu: what can be sat out, and the choice of a language, is none."""
    return int(asks(step) and exit not in GIVE_UPS and LANGUAGE not in step.declared.sets)
