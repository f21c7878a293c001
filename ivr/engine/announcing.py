"""What is spoken alike at every visit of a question, made once: its shortcuts, and prompts without values."""

from __future__ import annotations

from functools import lru_cache

from ivr.call.verbs import Speak
from ivr.flow.model import Release


@lru_cache(maxsize=128)
def shortcut_keys(flows: Release, every: bool) -> tuple[str, ...]:
    """The shortcut keys of a question, or of one without shortcuts, where only a person can be asked for."""
    return flows.shortcut_keys(every=every)


@lru_cache(maxsize=256)
def announced(flows: Release, every: bool, back: bool) -> tuple[str, ...]:
    """The prompts that announce the shortcuts; a way back only where there is somewhere to go back to."""
    shortcuts = [flows.shortcuts[key] for key in shortcut_keys(flows, every)]
    return tuple(s.announced for s in shortcuts if s.announced and (back or s.next.to != "back"))


@lru_cache(maxsize=8192)
def spoken_plainly(flows: Release, prompts: tuple[str, ...], language: str) -> tuple[Speak, ...] | None:
    """Prompts without values, which are spoken alike each time; None if one of them has values to speak."""
    if any(flows.prompts[prompt].slots for prompt in prompts):
        return None
    return tuple(Speak(prompt, language) for prompt in prompts)
