"""What the draft gets in a stored turn: the facts that were stored, and what the caller meant.

A caller chose by the name of a choice, not by its key: who listens to the new words presses the new key. Who presses by
heart presses the old one; what that does in the draft is noted beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from ivr.call.events import Event, ExitTaken
from ivr.call.facts import source_of
from ivr.call.inputs import Digits, Facts, Input, Speech
from ivr.call.keys import written_key
from ivr.change.impact.changed import Changed
from ivr.change.impact.effects import Diversion, Effect
from ivr.flow.model import Release, StepKey
from ivr.steps.spoken import spoken_key
from ivr.steps.step import Step

Compute = Callable[[datetime], Facts]
"""The facts that are known of every call, at a moment of it."""
ASKED = "asked"
"""The phase in which a question takes its own choices, not those of a confirmation."""


class StoredFacts:
    """The facts of a turn for the draft: as stored, those in `recompute` by the draft's calendar.

    `missing` are facts the draft read that are neither stored nor computed; `fresh`: at least one was computed.
    """

    __slots__ = ("_at", "_compute", "_recompute", "_stored", "fresh", "missing")

    def __init__(
        self, stored: Mapping[str, str | None], recompute: frozenset[str], at: datetime, compute: Compute
    ) -> None:
        self._stored, self._recompute, self._at, self._compute = stored, recompute, at, compute
        self.missing: set[str] = set()
        self.fresh = False

    def get(self, name: str, /) -> str | None:
        """A fact by its name."""
        if name in self._stored and name not in self._recompute:
            return self._stored[name]
        self.fresh = True
        found = self._compute(self._at).get(name)
        if found is None and source_of(name) in (None, "history", "switch"):
            self.missing.add(name)
        return found


def deciding_facts(release: Release) -> frozenset[str]:
    """The facts that can divert a caller or go on record, not only be spoken."""
    return frozenset(
        name for _, step in release.steps() for name in step.declared.decides if not release.is_of_run(name)
    )


class DraftInput(NamedTuple):
    """The input for the draft; the effect to note, if there is one; `gone`: the choice is no longer offered."""

    input: Input
    note: Diversion | None = None
    gone: bool = False


def draft_input(changed: Changed, asked: StepKey, language: str, given: Input, events: Sequence[Event]) -> DraftInput:
    """The input that means in the draft what `given` meant at the old release's question `asked`, by these events."""
    flow, now = asked.flow, changed.difference.step(*asked)
    chosen = _chosen(changed, asked, events)
    if chosen is None:
        return DraftInput(given)
    name = changed.difference.exit(*asked, chosen)
    step = changed.after.flows[flow].steps[now]
    keys = _keys(step, language)
    key = next((key for key, other in keys.items() if other == name), "")
    if not key:
        return DraftInput(given, gone=True)
    pressed = _pressed(given, _keys(changed.before.flows[flow].steps[asked.step], language))
    shortcut = _shortcut(changed, step, pressed)
    if not pressed or (keys.get(pressed) == name and not shortcut):
        return DraftInput(given)
    action = f"shortcut {shortcut}" if shortcut else keys.get(pressed, "")
    return DraftInput(Digits(key), Diversion(Effect("moved key", flow, now, name, old_key_action=action), pressed, key))


def _chosen(changed: Changed, asked: StepKey, events: Sequence[Event]) -> str | None:
    """The choice of this question that was made, None where it was none."""
    flow, name = asked
    choosing = changed.before.flows[flow].steps[name].declared.choices.get(ASKED)
    for event in events:
        if isinstance(event, ExitTaken):
            known = choosing is not None and any(event.exit in k.values() for k in choosing.keys.values())
            return event.exit if known and (event.flow, event.step) == asked else None
    return None


def _keys(step: Step, language: str) -> Mapping[str, str]:
    choosing = step.declared.choices.get(ASKED)
    return choosing.keys.get(language, {}) if choosing is not None else {}


def _pressed(given: Input, keys: Mapping[str, str]) -> str:
    """The key that made the choice, pressed or said."""
    match given:
        case Digits(keys=pressed):
            return pressed
        case Speech(text=text):
            key = spoken_key(text)
            return key if key in keys else ""
    return ""


def _shortcut(changed: Changed, step: Step, pressed: str) -> str:
    """The shortcut a key is at a question of the draft, which is tried before its own choices."""
    key = written_key(pressed)
    listening = step.declared.listening
    allowed = key in changed.after.shortcuts and (key == "0" or bool(listening and listening.shortcuts))
    return key if allowed else ""
