"""What a fixture may expect to hear of a turn: the flows' own words, without the values spoken among them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ivr.call.verbs import Speak, Verb
from ivr.flow.model import Release
from ivr.flow.words import parts_in
from ivr.replay.play import bare


def heard(release: Release, verbs: Sequence[Verb]) -> list[str]:
    """The words of each prompt but the list of choices. Values are left out: they may be the caller's own, and the
    number of a case is another each time."""
    found: list[str] = []
    for verb in verbs:
        if isinstance(verb, Speak) and verb.prompt not in announcements(release):
            parts = parts_in(release.prompts[verb.prompt], verb.language)
            found += [_trimmed(part) for part in parts if isinstance(part, str) and len(bare(part)) > 1]
    return list(dict.fromkeys(found))


def _trimmed(part: str) -> str:
    """Without the punctuation that a value stood before."""
    while not bare(part[0]):
        part = part[1:]
    return part.strip()


@lru_cache(maxsize=8)
def announcements(release: Release) -> frozenset[str]:
    """The prompts that announce a key: choices, shortcuts, yes and no."""
    steps = [step for flow in release.flows.values() for step in flow.steps.values()]
    choices = {said for step in steps for each in step.declared.announces.values() for said in each}
    return frozenset(choices | {shortcut.announced for shortcut in release.shortcuts.values()} | {"hotline.yes_no"})
