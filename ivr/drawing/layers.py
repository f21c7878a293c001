"""In which column each strand stands: behind all that lead to it, as near as can be to what it leads to."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

Pair = tuple[str, str]


def layers(ids: Sequence[str], pairs: Iterable[Pair], first: str = "") -> dict[str, int]:
    """The column of each id, from 0; pairs never lead round. `first` stays in the first column: there one begins to
    read."""
    outs: dict[str, list[str]] = {id: [] for id in ids}
    ins: dict[str, list[str]] = {id: [] for id in ids}
    for source, target in pairs:
        outs[source].append(target)
        ins[target].append(source)
    order = _in_order(ids, outs, ins)
    layer = dict.fromkeys(ids, 0)
    for id in order:
        for target in outs[id]:
            layer[target] = max(layer[target], layer[id] + 1)
    for id in reversed(order):  # nearer to what follows, where that shortens more arrows than it lengthens
        if len(outs[id]) > len(ins[id]) and id != first:
            layer[id] = max(layer[id], min(layer[target] for target in outs[id]) - 1)
    return layer


def _in_order(ids: Sequence[str], outs: dict[str, list[str]], ins: dict[str, list[str]]) -> list[str]:
    """The ids, each behind all that lead to it."""
    missing = {id: len(ins[id]) for id in ids}
    ready = deque(id for id in ids if not missing[id])
    order: list[str] = []
    while ready:
        id = ready.popleft()
        order.append(id)
        for target in outs[id]:
            missing[target] -= 1
            if not missing[target]:
                ready.append(target)
    return order
