"""What is spoken alike at every visit of a question, made once for a release: its shortcuts, and words without values.

It is kept on the release, which is gone with it; a cache with a bound would cost a turn more than the making does.
"""

from __future__ import annotations

from collections.abc import Sequence

from ivr.call.verbs import Speak
from ivr.flow.model import Release


def shortcut_keys(flows: Release, every: bool) -> tuple[str, ...]:
    """The shortcut keys of a question, or of one without shortcuts, where only a person can be asked for."""
    return flows.shortcut_keys(every=every)


def announced(flows: Release, every: bool, back: bool) -> tuple[str, ...]:
    """The prompts that announce the shortcuts; a way `back` only in a menu with something to go back to."""
    key = every, back
    found = flows.announced.get(key)
    if found is None:
        shortcuts = [flows.shortcuts[key] for key in shortcut_keys(flows, every)]
        found = tuple(s.announced for s in shortcuts if s.announced and (back or s.next.to != "back"))
        flows.announced[key] = found
    return found


def spoken_plainly(flows: Release, prompts: tuple[str, ...], language: str) -> Sequence[Speak] | None:
    """Prompts without values, which are spoken alike each time; None if one of them has values to speak."""
    key = prompts, language
    try:
        return flows.spoken[key]
    except KeyError:
        values = any(flows.prompts[prompt].slots for prompt in prompts)
        found = flows.spoken[key] = None if values else tuple(Speak(prompt, language) for prompt in prompts)
        return found
