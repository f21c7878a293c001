"""Rings a caller goes round without ever choosing to: silence that loops, and give-ups that give up to themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ivr.errors import Finding
from ivr.flow.rules.graph import asks
from ivr.flow.rules.passive import Move, Passive
from ivr.flow.rules.stand import NOTHING, Stand
from ivr.flow.rules.survey import GIVE_UPS, Survey
from ivr.steps.step import Step

Ring = tuple[tuple[str, str, str], ...]
"""Flow, step and exit taken, in turn."""


def silent_rings(survey: Survey) -> Iterable[Finding]:
    """`give-up-loop`, `silence-loop`, `no-match-loop`: no call without an active choice goes round (FLOWS 2.2)."""
    told = set()
    for finding in _inherited(survey):
        told.add((finding.file, finding.line))
        yield finding
    for exits, code in ((("no_input",), "silence-loop"), (GIVE_UPS, "no-match-loop")):
        for ring in rings(survey, Passive(survey.release, exits)):
            finding = _tell(survey, ring, code)
            line = survey.flows[ring[0][0]].source.key_place(("steps", ring[0][1])).line
            if (finding.file, line) not in told:
                told.add((finding.file, line))
                yield finding


def _inherited(survey: Survey) -> Iterator[Finding]:
    """A question inside a flow may not inherit a give-up that begins that very flow again (FLOWS 2.2)."""
    inside = _run_inside(survey)
    for flow, step in survey.steps():
        for how in GIVE_UPS:
            target = step.declared.exits.get(how)
            if target is None or target.to != "flow" or flow.name not in inside.get(target.name, ()):
                continue
            if survey.exit_path(flow.name, step, how) is None:
                message = (
                    f'giving up at "{step.name}" begins flow "{target.name}" again, and "{step.name}" is asked in it: '
                    "the caller would go round and round."
                )
                hint = f"Give the step a {how} of its own that leads on: {how}: {{tries: 2, next: STEP}}."
                yield survey.at(flow.name, step.name, "give-up-loop", message, hint)
                break


def _run_inside(survey: Survey) -> dict[str, set[str]]:
    """By flow, itself and the flows it runs, and those they run."""
    inside = {name: {name} for name in survey.release.flows}
    for _ in inside:
        for flow, step in survey.steps():
            ran = inside.get(step.declared.runs, set())
            for within in inside.values():
                if flow.name in within:
                    within |= ran
    return inside


def rings(survey: Survey, passive: Passive) -> Iterator[Ring]:
    """The rings of a passive walk begun at any step that is reached, each from its first step in the files on."""
    done: set[Stand] = set()
    for name, reached in survey.reach.steps.items():
        for step in survey.release.flows[name].steps:
            start = Stand(((name, step, NOTHING),))
            if step in reached and start not in done:
                yield from _rings_from(survey, passive, start, done)


def _rings_from(survey: Survey, passive: Passive, start: Stand, done: set[Stand]) -> Iterator[Ring]:
    """Depth first, by hand: a long flow is deeper than Python's own stack."""
    way: list[tuple[Stand, Iterator[Move]]] = [(start, passive.moves(start))]
    on_way = {start: 0}
    taken: list[str] = []
    while way:
        stand, moves = way[-1]
        move = next(moves, None)
        if move is None:
            way.pop()
            done.add(stand)
            del on_way[stand]
            if taken:
                taken.pop()
            continue
        exit, to = move
        if to in on_way:
            begun = on_way[to]
            yield _turned(survey, [s.place for s, _ in way[begun:]], [*taken[begun:], exit])
        elif to not in done:
            on_way[to] = len(way)
            way.append((to, passive.moves(to)))
            taken.append(exit)


def _turned(survey: Survey, places: Sequence[tuple[str, str]], exits: Sequence[str]) -> Ring:
    """A ring told from its first question in the files on, or its first step where it asks nothing."""

    def order(n: int) -> tuple[bool, str, int]:
        flow, step = places[n]
        source = survey.flows[flow].source
        asked = asks(survey.release.flows[flow].steps[step])
        return not asked, source.file, source.key_place(("steps", step)).line

    first = min(range(len(places)), key=order)
    ring = [(*place, exit) for place, exit in zip(places, exits, strict=True)]
    return tuple(ring[first:] + ring[:first])


def _tell(survey: Survey, ring: Ring, code: str) -> Finding:
    steps = [survey.release.flows[flow].steps[name] for flow, name, _ in ring]
    flow, name, exit = ring[0]
    way = " > ".join([*(step for _, step, _ in ring), name])
    path = survey.exit_path(flow, steps[0], exit) if exit in steps[0].declared.exits else None
    if not asks(steps[0]):
        message = f"these steps lead round in a ring in which nothing is asked: {way}."
        hint = "Lead one of them to an end or a question."
        return survey.at(flow, name, "silence-loop", message, hint, path=path or ())
    if all(map(asks, steps)):
        code = "give-up-loop"
    caller = "says nothing" if all(exit != "no_match" for _, _, exit in ring) else "is never understood"
    message = f"a caller who {caller} goes round for ever: {way}."
    return survey.at(flow, name, code, message, _hint(steps[0], exit, path is None), path=path or ())


def _hint(step: Step, exit: str, inherited: bool) -> str:
    whose = f' The {exit} of "{step.name}" is the one in defaults of hotline.yaml.' if inherited else ""
    return f"Lead {exit} to a person, to goodbye, or to a step that ends.{whose}"


RULES = (silent_rings,)
