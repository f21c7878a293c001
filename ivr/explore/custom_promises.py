"""The promises ops wrote: each of the eight forms as a search, a game or a longest way on the finished graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ivr.call.condition import Test
from ivr.call.facts import CALLER_NUMBER
from ivr.call.keys import pressed_key
from ivr.explore.asked_facts import CALLER, INSTANT, moves_on
from ivr.explore.errands import longest_errand
from ivr.explore.game import Game, surely
from ivr.explore.graph import END, Edge
from ivr.explore.occurrence import PERSON, QUESTIONS, Happens, happens, moments
from ivr.explore.replayed import Example
from ivr.explore.search import FOUND, along, at_any, shortest
from ivr.explore.state_walk import Walked
from ivr.explore.verdict import Verdict, some
from ivr.flow.promises import Occurrence, PromiseFields

START = Occurrence("word", "start")
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
        begun = zip(walked.graph.roots, walked.graph.entries, strict=True)
        self.incoming = [root for root, entry in begun if walked.release.entries.get(entry) != "outgoing"]

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

    def _reaches(self, place: Occurrence, goal: Occurrence) -> Verdict:
        counts = happens(self.walked, goal)
        most = self.promise.within.most if self.promise.within else None
        starts = self._states(place, counts)
        if place == START and (over := {edge for edge in self.incoming if edge.target == END and not counts(edge)}):
            example = along(self.walked, over)
            return self._broken(f"a call may be over before it reaches {goal}.", example)
        if not starts:
            at_once = place == START and all(map(counts, self.incoming))
            return self._holds("every call begins with it") if at_once else self._vacuous(place)
        game = surely(self.walked, counts, starts, most=most, press=self._is_key if self.promise.press else None)
        if game.stranded and (found := self._stranded(game)) is not None:
            keys, example = found
            return self._broken(self._not_reached(goal, keys), example)
        return self._holds(f"from {some(len(starts), 'question')}, within {some(game.worst, 'key')} at the worst")

    def _stranded(self, game: Game) -> tuple[int | None, Example] | None:
        """The shortest call in which the promised key fails, else that comes where no way is sure; and its keys."""
        vain = {edge: keys for _, keys, edges in game.stranded for edge in edges}
        if (example := along(self.walked, vain)) is not None:
            return vain[example.edges[-1]], example
        needed = {state: keys for state, keys, _ in game.stranded}
        example = at_any(self.walked, needed)
        return None if example is None else (needed[example.edges[-1].target], example)

    def _is_key(self, edge: Edge) -> bool:
        """Whether an edge is what comes of the promised key."""
        key = self.promise.press and pressed_key(self.promise.press)
        pressed = getattr(edge.way.input, "keys", getattr(edge.way.input, "key", None))
        return pressed == key and edge.way.doing not in ("hang up", "passive")

    def _not_reached(self, goal: Occurrence, keys: int | None) -> str:
        pressed = f"with key {self.promise.press} " if self.promise.press else ""
        if keys is None:
            return f"from here a caller cannot be sure to reach {goal} {pressed}whatever the world does."
        return f"from here {some(keys, 'key')} {'is' if keys == 1 else 'are'} needed to be sure to reach {goal}."

    def _states(self, place: Occurrence, counts: Happens) -> list[int]:
        """The questions a `from` means."""
        asked = (n for n, state in enumerate(self.graph.states) if state.phase in QUESTIONS)
        if place == Occurrence("word", "everywhere"):
            return list(asked)
        if place == START:
            return sorted({edge.target for edge in self.incoming if not counts(edge)} - {END})
        tops = {n: self.graph.states[n].stack[-1] for n in asked}
        return [n for n, top in tops.items() if top.flow == place.name and place.step in ("", top.step)]

    def _leads_to(self, choice: Occurrence, goal: Occurrence) -> Verdict:
        chosen, there = happens(self.walked, choice), happens(self.walked, goal)
        edges = [edge for edge in self.graph.all_edges() if chosen(edge)]
        if not edges:
            return self._vacuous(choice)
        elsewhere = [edge for edge in edges if not (there(edge) or self._lands_in(edge, goal))]
        if (example := along(self.walked, elsewhere)) is not None:
            landing = self._landing(example.edges[-1])
            return self._broken(f"this choice leads to {landing}, not to {goal}.", example)
        return self._holds(f"taken on {some(len(edges), 'way')}")

    def _lands_in(self, edge: Edge, goal: Occurrence) -> bool:
        """Whether the call waits in the flow now, as one begun again is not entered anew."""
        stack = self.graph.states[edge.target].stack
        return goal.what == "flow" and bool(stack) and stack[-1].flow == goal.name

    def _landing(self, edge: Edge) -> str:
        stack = self.graph.states[edge.target].stack
        return f"{stack[-1].flow}.{stack[-1].step}" if stack else "the end"

    def _after(self, first: Occurrence, always: Occurrence, end: Occurrence) -> Verdict:
        begins, keeps, ends = (moments(self.walked, what) for what in (first, always, end))
        to_the_end = end in (Occurrence("word", "the end"), Occurrence("word", "goodbye"))
        excused = _excused(self.walked, self.promise.unless)
        hangs_up = "hang up" not in self.promise.unless and to_the_end

        def step(edge: Edge, phase: int) -> int | None:
            if edge.way.doing in ("limit", "hold") or (edge.way.doing == "hang up" and not hangs_up):
                return None
            if excused(edge):
                return 0 if phase == 0 else None
            found = [(at, n) for n, what in enumerate((keeps, begins, ends)) for at in what(edge)]
            for _, n in sorted(found):
                if phase == 1 and n == 2:
                    return FOUND
                phase = {0: 0, 1: 1, 2: phase}[n]
            return FOUND if phase == 1 and hangs_up else phase

        seen = self._seen(happens(self.walked, first))
        if not seen:
            return self._vacuous(first)
        example = shortest(self.walked, step)
        if example is not None:
            return self._broken(f"{first} was come to, and here {end} comes without {always}.", example)
        return self._holds(f"{first} on {some(seen, 'way')}, {always} on {self._seen(happens(self.walked, always)):,}")

    def _never_while(self, never: Occurrence, while_: str | Mapping[str, Test]) -> Verdict:
        test = happens(self.walked, never)
        fits = _fits(self.walked, while_)
        seen = self._seen(test)
        if not seen:
            return self._vacuous(never)
        lasting = _fits(self.walked, {} if isinstance(while_, str) else _lasting(while_))

        def step(edge: Edge, phase: int) -> int | None:
            if not lasting(edge):
                return None
            return FOUND if test(edge) and fits(edge) else 0

        example = shortest(self.walked, step)
        if example is not None:
            return self._broken(f"{never} happens here.", _while(self.walked, example, while_))
        return self._holds(f"{never} on {seen:,} ways")

    def _never_before(self, never: Occurrence, before: Occurrence) -> Verdict:
        test, frees = moments(self.walked, never), moments(self.walked, before)
        seen = self._seen(happens(self.walked, never))
        if not seen:
            return self._vacuous(never)

        def step(edge: Edge, phase: int) -> int | None:
            freed = min(frees(edge), default=None)
            if any(freed is None or at < freed for at in test(edge)):
                return FOUND
            return 0 if freed is None else None

        example = shortest(self.walked, step)
        if example is not None:
            return self._broken(f"{never} happens here, and {before} has not yet.", example)
        return self._holds(f"{never} on {some(seen, 'way')}, {before} on {self._seen(happens(self.walked, before)):,}")

    def _at_most(self, before: Occurrence) -> Verdict:
        assert self.promise.at_most is not None
        most, unit = self.promise.at_most
        there = happens(self.walked, before)
        if not self._seen(there):
            return self._vacuous(before)
        errand = longest_errand(self.walked, unit, most, until=there)
        if errand.cost <= most:
            return self._holds(f"{some(round(errand.cost), unit[:-1])} at the most")
        example = errand.example(self.walked)
        longest = " > ".join(dict.fromkeys(map(".".join, errand.questions())))
        way = "" if example else f" No call was found that goes the longest way, {longest}; so this is not proved."
        why = f"{errand.cost:.0f} {unit} before {before}, without going round.{way}"
        return Verdict(name=self.name, holds=False, why=why, example=example)

    def _first(self, goal: Occurrence) -> Verdict:
        there, fits = happens(self.walked, goal), _fits(self.walked, self.promise.when)
        asked = [name for name in self.promise.when if _question(name) in self.walked.asked]
        if asked and not any(there(edge) and fits(edge) for edge in self.graph.all_edges()):
            return self._vacuous(goal)
        if not asked:
            return Verdict(name=self.name, holds=False, why=f"nothing asks for {', '.join(self.promise.when)}.")

        def step(edge: Edge, phase: int) -> int | None:
            if not fits(edge) or there(edge) or edge.way.means.startswith("shortcut"):
                return None
            stack = self.graph.states[edge.target].stack
            asked = self.walked.release.flows[stack[-1].flow].steps[stack[-1].step] if stack else None
            return FOUND if asked and asked.kind.menu else 0

        example = shortest(self.walked, step)
        if example is not None:
            return self._broken(f"here a menu is heard before {goal}.", example)
        return self._holds(f"{goal} on {self._seen(there):,} ways")

    def _seen(self, test: Happens) -> int:
        return sum(test(edge) for edge in self.graph.all_edges())

    def _holds(self, seen: str) -> Verdict:
        return Verdict(name=self.name, holds=True, seen=seen)

    def _vacuous(self, what: Occurrence) -> Verdict:
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
    return CALLER if name in CALLER_NUMBER else name


def _fits(walked: Walked, given: str | Mapping[str, Test]) -> Happens:
    """Whether what an edge was told agrees with a condition; what it was not told may be anything."""
    if isinstance(given, str):
        hours, status = given.split()
        return lambda edge: all(
            walked.questions.instants[answer].status.get(hours, status) == status
            for question, answer in edge.answers
            if question == INSTANT
        )
    asked = {_question(name) for name in given}

    def told(name: str, answer: int) -> str | None:
        if name.startswith("hours."):
            return walked.questions.instants[answer].status.get(name[6:])
        return walked.questions.answers(_question(name))[answer]

    def fits(edge: Edge) -> bool:
        known = dict(edge.answers) if asked else {}
        tests = ((name, test, known.get(_question(name))) for name, test in given.items())
        return all(answer is None or test(told(name, answer)) for name, test, answer in tests)

    return fits


def _lasting(given: Mapping[str, Test]) -> Mapping[str, Test]:
    """The conditions that hold for a whole call or not at all: those on its caller."""
    return {name: test for name, test in given.items() if not moves_on(_question(name))}
