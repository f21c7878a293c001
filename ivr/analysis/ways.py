"""The ways a caller can go from step to step by what they choose, returns of flows included."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from ivr.analysis.reach import asks, entered_flows, exit_of, step_at
from ivr.flow.model import Flow, Release
from ivr.flow.parse import closest
from ivr.steps.step import GIVE_UPS, Listening, Step
from ivr.steps.target import Target

Place = tuple[str, str]
"""Flow and step."""
Cost = Callable[[Step, str], int]
"""What leaving a step by an exit costs: 0 or 1."""


class Move(NamedTuple):
    """Where an exit leads (a shortcut is called `shortcut 0`), if the call has come through all of `through` before.

    A flow returns to the steps that entered it; which of them did is known only to the call.
    """

    exit: str
    to: Place
    through: tuple[Place, ...] = ()


class Ways:
    """Every move from a step."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self._entering: dict[str, list[Place]] = {}
        for flow, step in release.steps():
            for name in entered_flows(step):
                self._entering.setdefault(name, []).append((flow.name, step.name))

    def step(self, place: Place) -> Step:
        """The step at a place."""
        return self.release.flows[place[0]].steps[place[1]]

    def moves(self, place: Place) -> Iterator[Move]:
        """Each exit and each shortcut, with where it leads."""
        flow, step = self.release.flows[place[0]], self.step(place)
        if step.declared.runs in self.release.flows:
            yield Move("run", (step.declared.runs, self.release.flows[step.declared.runs].first))
            return
        for exit, target in step.declared.exits.items():
            yield from self.led_to(exit, flow, target)
        listening: Listening | None = getattr(step, "listening", None)
        for key, shortcut in self.release.shortcuts.items():
            if listening is not None and (listening.shortcuts or key == "0"):
                yield from self.led_to(f"shortcut {key}", flow, shortcut.next)

    def led_to(self, exit: str, flow: Flow, target: Target, through: tuple[Place, ...] = ()) -> Iterator[Move]:
        """The moves of an exit with this target; none for an end, `back` and `repeat`."""
        if target.to == "step":
            if (to := step_at(flow, target.name)) is not None:
                yield Move(exit, (flow.name, to.name), through)
        elif target.to == "flow":
            flows = self.release.flows
            entered = flows.get(target.name) or flows.get(closest(target.name, flows))  # one slip is one finding
            if entered is not None:
                yield Move(exit, (entered.name, entered.first), through)
        elif target.to == "return":
            for place in self._entering.get(flow.name, ()):
                if place in through:
                    continue
                step = self.step(place)
                if step.declared.runs != flow.name:
                    yield Move(exit, place, (*through, place))
                    continue
                after = step.declared.exits[exit_of(step, target.name)]
                yield from self.led_to(exit, self.release.flows[place[0]], after, (*through, place))

    def cheapest(self, start: Place, found: Callable[[Step, Flow], bool], cost: Cost) -> list[Place] | None:
        """The questions answered, in turn, on a cheapest way to a step that is looked for; None: there is no way."""
        costs: dict[Place, int] = {start: 0}
        before: dict[Place, Place] = {}
        open_, been = deque([start]), set[Place]()
        waiting: dict[Place, list[tuple[Place, Move]]] = {}
        while open_:
            place = open_.popleft()
            if found(self.step(place), self.release.flows[place[0]]):
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

    def _answered(self, place: Place, before: Mapping[Place, Place], costs: Mapping[Place, int]) -> list[Place]:
        way: list[Place] = []
        while place in before:
            if costs[place] > costs[before[place]]:
                way.append(before[place])
            place = before[place]
        return way[::-1]

    def reached(self, starts: Iterable[Place], inside: str, barred: Place) -> set[Place]:
        """Every place that active choices lead to from starts inside a flow, nobody being led through `barred`."""
        seen = self._below(inside)
        found: set[Place] = set()
        open_, waiting = list(starts), list[Move]()
        while open_:
            place = open_.pop()
            if place in found or place == barred:
                continue
            found.add(place)
            waiting += [move for move in self.moves(place) if move.exit not in GIVE_UPS]
            open_ += [move.to for move in waiting if seen | found >= set(move.through)]
            waiting = [move for move in waiting if not seen | found >= set(move.through)]
        return found

    def _below(self, flow: str) -> set[Place]:
        """The steps that a call inside a flow may have come through to get there."""
        below: set[Place] = set()
        open_ = [flow]
        while open_:
            new = set(self._entering.get(open_.pop(), ())) - below
            below |= new
            open_ += [name for name, _ in new]
        return below

    def rounds(self) -> set[Place]:
        """The places from which active choices lead back to themselves (strongly connected, by Tarjan's way)."""
        order: dict[Place, int] = {}
        low: dict[Place, int] = {}
        held: dict[Place, None] = {}
        found: set[Place] = set()
        for start in [(flow.name, step.name) for flow, step in self.release.steps()]:
            way = [(start, self._chosen(start))] if start not in order else []
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

    def _let_go(self, first: Place, held: dict[Place, None]) -> set[Place]:
        """Take a component from those held; it is a round if it has several places, or one that leads to itself."""
        component: set[Place] = set()
        while first not in component:
            component.add(held.popitem()[0])
        return component if len(component) > 1 or first in self._chosen(first) else set()

    def _chosen(self, place: Place) -> Iterator[Place]:
        return (move.to for move in self.moves(place) if move.exit not in GIVE_UPS)


def every_answer(step: Step, exit: str) -> int:
    """Each question takes its time, whether it is answered or sat out."""
    return int(asks(step))


def menus_chosen_in(step: Step, exit: str) -> int:
    """Levels of the menu: what can be sat out, and the choice of a language, is none."""
    return int(asks(step) and exit not in GIVE_UPS and "call.language" not in step.declared.sets)
