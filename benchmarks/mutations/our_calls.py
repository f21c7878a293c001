"""Mistakes in the flows that calls of our own begin in: what is recorded, in what order, and what is said to whom."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.call.events import FOLLOW_UP_RESULTS
from mutations.data import Data, Edits, Flows, Operator, exits, put

MATTER = {"zh-CN": "编号{case.number:digits}。", "en-US": "Your case is {case.number:digits}."}
SPEAKING = ("menu", "yes_no", "say", "hangup", "record")


def _swap_yes_and_no(file: str, step: str, fields: Data, data: Data) -> Edits:
    if "yes" in fields and "no" in fields:

        def edit(flows: Flows) -> None:
            asked = flows[file]["steps"][step]
            asked["yes"], asked["no"] = asked["no"], asked["yes"]

        yield "", edit


def _without(kind: str) -> Operator:
    """The step is gone, and what led to it leads on."""

    def without(file: str, step: str, fields: Data, data: Data) -> Edits:
        if kind in fields:

            def edit(flows: Flows) -> None:
                steps = flows[file]["steps"]
                del steps[step]
                _lead(steps, step, fields["next"])

            yield "", edit

    return without


def _lead(steps: Data, step: str, to: str) -> None:
    """What led to a step leads somewhere else."""
    for other in steps.values():
        for path, target in list(exits(other)):
            found = other
            for part in path[:-1]:
                found = found[part]
            if target == step:
                found[path[-1]] = to


def _another_result(file: str, step: str, fields: Data, data: Data) -> Edits:
    for result in FOLLOW_UP_RESULTS if "follow_up" in fields else ():
        if result != fields["follow_up"]:
            yield result, put(file, step, ("follow_up",), result)


def _result_twice(file: str, step: str, fields: Data, data: Data) -> Edits:
    for result in (fields.get("follow_up"), "unclear") if "follow_up" in fields else ():

        def edit(flows: Flows, result: str = str(result)) -> None:
            steps = flows[file]["steps"]
            steps["again"] = {"follow_up": result, "next": fields["next"]}
            steps[step]["next"] = "again"

        yield str(result), edit


def _matter_in_words(file: str, step: str, fields: Data, data: Data) -> Edits:
    for kind in SPEAKING:
        if kind in fields and isinstance(fields[kind], dict):
            words = {tag: said + MATTER[tag] for tag, said in fields[kind].items() if tag in MATTER}
            yield "", put(file, step, (kind,), words)


def _every_target(file: str, step: str, fields: Data, data: Data) -> Edits:
    """Each exit to each other step: what `exits` does to one of them."""
    for path, to in exits(fields):
        for other in data["steps"]:
            if other not in (step, to):
                yield f"{'.'.join(map(str, path))} to {other}", put(file, step, path, other)
        yield f"{'.'.join(map(str, path))} to goodbye", put(file, step, path, "goodbye")


def _asked_before_recorded(file: str, step: str, fields: Data, data: Data) -> Edits:
    """What is asked after a result is asked before it."""
    after = str(fields.get("next", ""))
    if "follow_up" in fields and "record" in data["steps"].get(after, {}):

        def edit(flows: Flows) -> None:
            steps = flows[file]["steps"]
            beyond = steps[after]["next"]
            for path, target in list(exits(steps[after])):
                if target == beyond or path[0] in ("no_input", "no_match"):
                    put(file, after, path, step)(flows)
            _lead({name: one for name, one in steps.items() if name != after}, step, after)
            steps[step]["next"] = beyond

        yield "", edit


OPERATORS: dict[str, Operator] = {
    "yes and no swapped": _swap_yes_and_no,
    "a result not recorded": _without("follow_up"),
    "a note not taken": _without("note"),
    "another result": _another_result,
    "a result twice": _result_twice,
    "asked before the result is recorded": _asked_before_recorded,
    "the number of the case in the words": _matter_in_words,
    "an exit leads elsewhere": _every_target,
}


def hotline_edits(flows: Flows) -> Iterator[tuple[str, str, object]]:
    """Each mistake under `outgoing`: operator, what, and the change."""
    file = next(name for name in flows if name.endswith("hotline.yaml"))
    for flow in flows[file]["outgoing"]:

        def edit(changed: Flows, flow: str = flow) -> None:
            changed[file]["outgoing"][flow]["message"] = MATTER

        yield "the number of the case left on a machine", flow, edit

        def name(changed: Flows, flow: str = flow) -> None:
            said = changed[file]["outgoing"][flow]["name"]
            changed[file]["outgoing"][flow]["name"] = {tag: words + MATTER[tag] for tag, words in said.items()}

        yield "the number of the case before the person", flow, name
