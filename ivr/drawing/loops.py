"""Ways back: exits that lead to a step the call has come through, in a walk from the beginning of the flow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ivr.drawing.material import DrawnFlow
from ivr.drawing.unread import NOTHING


def loops(flow: DrawnFlow) -> set[tuple[str, str]]:
    """Pairs of steps, the second of which is an ancestor of the first (or itself) in the walk, depth first.

    Every call has come through the step the flow begins with, so whatever leads there leads back.
    """
    found: set[tuple[str, str]] = set()
    first = next(iter(flow.steps), "")
    seen: set[str] = set()
    for root in flow.steps:
        if root in seen:
            continue
        seen.add(root)
        path = {root}
        stack: list[tuple[str, Iterator[str]]] = [(root, iter(_next(flow, root)))]
        while stack:
            step, ahead = stack[-1]
            name = next(ahead, None)
            if name is None:
                stack.pop()
                path.discard(step)
            elif name in path or name == first:
                found.add((step, name))
            elif name not in seen:
                seen.add(name)
                path.add(name)
                stack.append((name, iter(_next(flow, name))))
    return found


def _next(flow: DrawnFlow, name: str) -> Sequence[str]:
    step = flow.steps.get(name)
    exits = [*step.declared.exits.values()] if step else []
    exits += [way.leads for way in flow.unread.get(name, NOTHING).ways if way.leads is not None]
    return [target.name for target in exits if target.to == "step" and target.name in flow.steps]
