"""The promises ops wrote: each of the eight forms as a search, a game or a longest way on the finished graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ivr.explore.errands import longest_errand
from ivr.explore.facts import CALLER, INSTANT
from ivr.explore.game import surely
from ivr.explore.graph import END, Edge
from ivr.explore.happening import PERSON, QUESTIONS, Happens, happens
from ivr.explore.replayed import Example
from ivr.explore.search import FOUND, Step, shortest, to_edge
from ivr.explore.verdict import Verdict, some
from ivr.explore.walk import Walked
from ivr.flow.promises import Happening, PromiseFields
from ivr.steps.condition import Test

NEVER_THERE = "this holds only because it never comes to {what}."


def written(walked: Walked) -> Iterator[Verdict]:
    """A verdict for each promise of the release, in the order of the file."""
    for promise in walked.release.promises:
        yield _Promise(walked, promise).verdict()


def tests_of(promises: Sequence[PromiseFields]) -> Mapping[str, Sequence[Test]]:
    """The conditions promises put on facts: explore tries the values they tell apart."""
    found: dict[str, list[Test]] = {}
    for promise in promises:
        given = promise.while_ if isinstance(promise.while_, dict) else {}
        for name, test in [*promise.when.items(), *given.items()]:
            found.setdefault(name, []).append(test)
    return found


class _Promise:
    def __init__(self, walked: Walked, promise: PromiseFields) -> None:
        self.walked, self.graph, self.promise, self.name = walked, walked.graph, promise, str(promise)

    def verdict(self) -> Verdict:
        p = self.promise
        if p.from_ is not None and p.reaches is not None:
            return self._reaches(p.from_, p.reaches)
        if p.choice is not None and p.leads_to is not None:
            return self._leads_to(p.choice, p.leads_to)
        if p.after is not None and p.always is not None and p.before is not None:
            return self._after(p.after, p.always, p.before)
        if p.never is not None and p.while_ is not None:
            return self._never_while(p.never, p.while_)
        if p.never is not None and p.before is not None:
            return self._never_before(p.never, p.before)
        if p.at_most is not None and p.before is not None:
            return self._at_most(p.before)
        assert p.first is not None
        return self._first(p.first)

    def _reaches(self, place: Happening, goal: Happening) -> Verdict:
        counts = happens(self.walked, goal)
        most = self.promise.within.most if self.promise.within else None
        starts = self._states(place)
        if not starts:
            return self._vacuous(place)

        def pressed(state: int, needed: Mapping[int, int]) -> int | None:
            return self._pressed(state, counts, needed)

        game = surely(self.walked, counts, starts, most=most, press=pressed if self.promise.press else None)
        for state, needed in game.stranded:
            if (example := self._stranded_at(state, needed)) is not None:
                keys = pressed(state, needed) if self.promise.press else needed.get(state)
                return self._broken(self._not_reached(goal, keys), example)
        return self._holds(f"from {some(len(starts), 'question')}, within {some(game.worst, 'key')} at the worst")

    def _pressed(self, state: int, counts: Happens, needed: Mapping[int, int]) -> int | None:
        """The keys needed when this one is pressed first; None where it is no sure way, or does nothing here."""
        after = [0 if counts(edge) else needed.get(edge.target) for edge in self._keyed(state)]
        surely = [keys for keys in after if keys is not None]
        return 1 + max(surely) if surely and len(surely) == len(after) else None

    def _keyed(self, state: int) -> list[Edge]:
        """What may come of the promised key at a state."""
        key = {"star": "*", "pound": "#"}.get(self.promise.press or "", self.promise.press)
        return [
            edge
            for edge in self.graph.edges[state]
            if getattr(edge.way.input, "keys", getattr(edge.way.input, "key", None)) == key
            and edge.way.doing not in ("hang up", "passive")
        ]

    def _stranded_at(self, state: int, needed: Mapping[int, int]) -> Example | None:
        """A call that comes to a state and, where a key is promised, presses it in vain."""
        vain = {edge for edge in self._keyed(state) if edge.target not in needed} if self.promise.press else set[Edge]()
        found = shortest(self.walked, lambda edge, _: FOUND if edge in vain else 0) if vain else None
        return found or shortest(self.walked, lambda edge, _: FOUND if edge.target == state else 0)

    def _not_reached(self, goal: Happening, keys: int | None) -> str:
        pressed = f"with key {self.promise.press} " if self.promise.press else ""
        if keys is None:
            return f"from here a caller cannot be sure to reach {goal} {pressed}whatever the world does."
        return f"from here {keys} keys are needed to be sure to reach {goal}."

    def _states(self, place: Happening) -> list[int]:
        """The questions a `from` means."""
        asked = (n for n, state in enumerate(self.graph.states) if state.phase in QUESTIONS)
        if place == Happening("word", "everywhere"):
            return list(asked)
        if place == Happening("word", "start"):
            return sorted({edge.target for edge in self.graph.roots} - {END})
        tops = {n: self.graph.states[n].stack[-1] for n in asked}
        return [n for n, top in tops.items() if top.flow == place.name and place.step in ("", top.step)]

    def _leads_to(self, choice: Happening, goal: Happening) -> Verdict:
        chosen, there = happens(self.walked, choice), happens(self.walked, goal)
        edges = [edge for edge in self.graph.all_edges() if chosen(edge)]
        if not edges:
            return self._vacuous(choice)
        for edge in edges:
            if not there(edge) and (example := to_edge(self.walked, edge)) is not None:
                return self._broken(f"this choice leads to {self._landing(edge)}, not to {goal}.", example)
        return self._holds(f"taken on {some(len(edges), 'way')}")

    def _landing(self, edge: Edge) -> str:
        stack = self.graph.states[edge.target].stack
        return f"{stack[-1].flow}.{stack[-1].step}" if stack else "the end"

    def _after(self, first: Happening, always: Happening, end: Happening) -> Verdict:
        begins, keeps, ends = (happens(self.walked, what) for what in (first, always, end))
        to_the_end = end in (Happening("word", "the end"), Happening("word", "goodbye"))
        excused = _excused(self.walked, self.promise.unless)
        hangs_up = "hang up" not in self.promise.unless and to_the_end

        def step(edge: Edge, phase: int) -> int | None:
            if edge.way.doing in ("limit", "hold") or (edge.way.doing == "hang up" and not hangs_up):
                return None
            if phase == 0 and (excused(edge) or not begins(edge)):
                return 0
            if keeps(edge):
                return 0
            if phase == 1 and excused(edge):
                return None
            return FOUND if ends(edge) or edge.way.doing == "hang up" or hangs_up else 1

        seen = self._seen(begins)
        if not seen:
            return self._vacuous(first)
        example = shortest(self.walked, step)
        if example is not None:
            return self._broken(f"{first} was come to, and here {end} comes without {always}.", example)
        return self._holds(f"{first} on {seen:,} ways, {always} on {self._seen(keeps):,}")

    def _never_while(self, never: Happening, while_: str | Mapping[str, Test]) -> Verdict:
        test = happens(self.walked, never)
        fits = _fits(self.walked, while_)
        seen = self._seen(test)
        if not seen:
            return self._vacuous(never)
        constant = not isinstance(while_, str)

        def step(edge: Edge, phase: int) -> int | None:
            if test(edge) and fits(edge):
                return FOUND
            return 0 if not constant or fits(edge) else None

        example = shortest(self.walked, step)
        if example is not None:
            return self._broken(f"{never} happens here.", _while(self.walked, example, while_))
        return self._holds(f"{never} on {seen:,} ways")

    def _never_before(self, never: Happening, before: Happening) -> Verdict:
        test, frees = happens(self.walked, never), happens(self.walked, before)
        seen = self._seen(test)
        if not seen:
            return self._vacuous(never)
        step: Step = lambda edge, phase: None if frees(edge) else FOUND if test(edge) else 0  # noqa: E731 - one line
        example = shortest(self.walked, step)
        if example is not None:
            return self._broken(f"{never} happens here, and {before} has not yet.", example)
        return self._holds(f"{never} on {seen:,} ways, {before} on {self._seen(frees):,}")

    def _at_most(self, before: Happening) -> Verdict:
        assert self.promise.at_most is not None
        most, unit = self.promise.at_most
        there = happens(self.walked, before)
        if not self._seen(there):
            return self._vacuous(before)
        errand = longest_errand(self.walked, unit, most, until=there)
        if errand.cost <= most:
            return self._holds(f"{some(round(errand.cost), unit[:-1])} at the most")
        example = errand.example(self.walked)
        way = "" if example else f" The longest way: {' > '.join(dict.fromkeys(map('.'.join, errand.questions())))}."
        why = f"{errand.cost:.0f} {unit} before {before}, without going round.{way}"
        return Verdict(name=self.name, holds=False, why=why, example=example)

    def _first(self, goal: Happening) -> Verdict:
        there, fits = happens(self.walked, goal), _fits(self.walked, self.promise.when)
        asked = [name for name in self.promise.when if _question(name) in self.walked.asked]
        if not asked:
            return Verdict(name=self.name, holds=False, why=f"nothing asks for {', '.join(self.promise.when)}.")

        def step(edge: Edge, phase: int) -> int | None:
            if not fits(edge) or there(edge) or edge.way.means.startswith("shortcut"):
                return None
            stack = self.graph.states[edge.target].stack
            kind = self.walked.release.flows[stack[-1].flow].steps[stack[-1].step].kind if stack else ""
            return FOUND if kind == "menu" else 0

        example = shortest(self.walked, step)
        if example is not None:
            return self._broken(f"here a menu is heard before {goal}.", example)
        return self._holds(f"{goal} on {self._seen(there):,} ways")

    def _seen(self, test: Happens) -> int:
        return sum(test(edge) for edge in self.graph.all_edges())

    def _holds(self, seen: str) -> Verdict:
        return Verdict(name=self.name, holds=True, seen=seen)

    def _vacuous(self, what: Happening) -> Verdict:
        return Verdict(name=self.name, holds=False, why=NEVER_THERE.format(what=what))

    def _broken(self, why: str, example: object) -> Verdict:
        return Verdict(name=self.name, holds=False, why=why, example=example)  # type: ignore[arg-type]


def _excused(walked: Walked, unless: Sequence[str]) -> Happens:
    person = happens(walked, PERSON)
    passive = {"silence": ("silence", "an empty message"), "mistakes": ("no_match",)}
    means = {each for word in unless for each in passive.get(word, ())}
    if "back" in unless:
        means |= {f"shortcut {key}{after}" for key, each in walked.release.shortcuts.items() if each.next.to == "back"
                  for after in ("", " after a message")}  # fmt: skip
    zero = {"shortcut 0", "shortcut 0 after a message"} if "a person" in unless else set()
    return lambda edge: edge.way.means in means | zero or ("a person" in unless and person(edge))


def _while(walked: Walked, example: Example, given: str | Mapping[str, Test]) -> Example:
    """The call at a time, or with facts, for which it must not happen, where it asks for none itself."""
    held: dict[str, int] = {}
    if isinstance(given, str):
        hours, status = given.split()
        fitting = [n for n, each in enumerate(walked.questions.instants) if each.status.get(hours) == status]
        asked = any(question == INSTANT for edge in example.edges for question, _ in edge.answers)
        held = {INSTANT: fitting[0]} if fitting and not asked else {}
    else:
        for name, test in given.items():
            question = _question(name)
            answers = walked.questions.answers(question) if question != INSTANT else ()
            fitting = [n for n, answer in enumerate(answers) if test(answer)]
            if fitting and question not in example.told[-1]:
                held[question] = fitting[0]
    return replace(example, told=[{**told, **held} for told in example.told])


def _question(name: str) -> str:
    if name.startswith("hours."):
        return INSTANT
    return CALLER if name in ("caller.phone", "call.from") else name


def _fits(walked: Walked, given: str | Mapping[str, Test]) -> Happens:
    """Whether what an edge was told agrees with a condition; what it was not told may be anything."""
    if isinstance(given, str):
        hours, status = given.split()
        return lambda edge: all(
            walked.questions.instants[answer].status.get(hours, status) == status
            for question, answer in edge.answers
            if question == INSTANT
        )
    tests = {_question(name): (name, test) for name, test in given.items()}

    def told(question: str, answer: int) -> str | None:
        if question == INSTANT:
            return walked.questions.instants[answer].status.get(tests[question][0][6:])
        return walked.questions.answers(question)[answer]

    return lambda edge: all(tests[q][1](told(q, answer)) for q, answer in edge.answers if q in tests)
