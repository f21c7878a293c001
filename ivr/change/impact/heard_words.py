"""Words that callers hear differently in the draft, and the step or part of the hotline they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ivr.call.verbs import Speak
from ivr.change.impact.effects import Diversion, Effect
from ivr.engine.turn import Turn
from ivr.flow.model import Release
from ivr.flow.words import parts_in

Reworded = Mapping[str, frozenset[str]]
"""Languages by prompt id."""


def reworded_prompts(before: Release, after: Release) -> dict[str, frozenset[str]]:
    """The draft's prompts with other words than before, with the languages; a new prompt in every language."""
    found = {}
    for name, prompt in after.prompts.items():
        old = before.prompts.get(name)
        differing = {tag for tag in after.languages if old is None or parts_in(old, tag) != parts_in(prompt, tag)}
        if differing:
            found[name] = frozenset(differing)
    return found


def heard_reworded(turn: Turn, reworded: Reworded) -> list[Diversion]:
    """The reworded prompts of a turn that speaks the same prompts under both releases."""
    if not reworded:
        return []
    return _effects(v.prompt for v in turn.verbs if isinstance(v, Speak) and v.language in reworded.get(v.prompt, ()))


def heard_differently(old: tuple[Release, Turn], new: tuple[Release, Turn], reworded: Reworded) -> list[Diversion]:
    """Prompts that only one of the two turns speaks, or that it speaks with other words."""
    prompts, others = ([(v.prompt, v.language) for v in t.verbs if isinstance(v, Speak)] for _, t in (old, new))
    if prompts == others:
        return heard_reworded(new[1], reworded)
    before, after = _said(*old), _said(*new)
    gone = [words for name, words in before.items() if name not in after]
    added = [words for name, words in after.items() if name not in before]
    return _effects(
        name for name in {**before, **after}
        if before.get(name) != after.get(name)
        and not (name not in before and after[name] in gone)  # a renamed step says the same
        and not (name not in after and before[name] in added)
    )  # fmt: skip


def _said(release: Release, turn: Turn) -> dict[str, Any]:
    """The words of each prompt of a turn, as often as they are said."""
    said: dict[str, Any] = {}
    for verb in turn.verbs:
        if isinstance(verb, Speak):
            words = parts_in(release.prompts[verb.prompt], verb.language)
            said[verb.prompt] = (*said.get(verb.prompt, ()), words)
    return said


def _effects(prompts: Iterable[str]) -> list[Diversion]:
    return list(dict.fromkeys(map(_effect, prompts)))


def _effect(prompt: str) -> Diversion:
    flow, _, rest = prompt.partition(".")
    if flow in ("hotline", "prompts"):
        return Diversion(Effect("words", "", "", prompt.removeprefix("hotline.")))
    return Diversion(Effect("words", flow, rest.split(".")[0]))
