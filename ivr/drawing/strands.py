"""Strands: steps that only lead to one another stand under one another."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.drawing.boxes import Box
from ivr.drawing.graph import Graph

STEM = 24.0
"""The length of the arrow between two cards of a strand."""
TALLEST = 470.0


def strands(graph: Graph, boxes: Mapping[str, Box]) -> dict[str, list[str]]:
    """By its first card, each strand in order. Every card is in exactly one, most of them alone."""
    after = _followers(graph)
    led_to = set(after.values())
    found: dict[str, list[str]] = {}
    for head in (id for id in graph.cards if id not in led_to):
        run, height, at = [head], boxes[head].h, head
        while at in after:
            at = after[at]
            if height + STEM + boxes[at].h > TALLEST:
                found[run[0]] = run
                run, height = [at], boxes[at].h
            else:
                run.append(at)
                height += STEM + boxes[at].h
        found[run[0]] = run
    return found


def _followers(graph: Graph) -> dict[str, str]:
    """By a card, the only one that it leads to, where nothing else leads there."""
    outs: dict[str, set[str]] = {}
    ins: dict[str, set[str]] = {}
    for arrow in graph.arrows:
        outs.setdefault(arrow.source, set()).add(arrow.target)
        ins.setdefault(arrow.target, set()).add(arrow.source)
    found: dict[str, str] = {}
    for id, targets in outs.items():
        target = graph.cards[next(iter(targets))] if len(targets) == 1 else None
        if target is None or not target.is_step or target.inner or graph.cards[id].inner:
            continue
        if ins[target.id] == {id} and target.id != graph.first:
            found[id] = target.id
    return found
