"""What a caller did, for the draft: by the name of the choice they made, not by its key.

A caller who listens to the new words presses the new key. A caller who presses by habit does not: what the old key
means now is told beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ivr.call.events import Event, ExitTaken
from ivr.call.inputs import Digits, Input, Speech
from ivr.call.keys import written_key
from ivr.change.impact.changed import Changed
from ivr.change.impact.effect import Effect, Led
from ivr.flow.model import StepKey
from ivr.steps.choosing import Choosing
from ivr.steps.spoken import spoken_key


class Meant(NamedTuple):
    """The input as the draft would get it; the effect to note, if any; whether the choice is no longer offered."""

    input: Input
    note: Led | None = None
    gone: bool = False


def translated(changed: Changed, asked: StepKey, language: str, came: Input, events: Sequence[Event]) -> Meant:
    """`asked` is the question of before that the input answered with these events."""
    flow, now = asked[0], changed.step(*asked)
    chosen = _chosen(changed, asked, events)
    if chosen is None:
        return Meant(came)
    name = changed.exit(*asked, chosen)
    step = changed.after.flows[flow].steps[now]
    keys = _keys(step, language)
    to = next((key for key, other in keys.items() if other == name), "")
    if not to:
        return Meant(came, gone=True)
    pressed = _pressed(came, _keys(changed.before.flows[asked[0]].steps[asked[1]], language))
    if not pressed or (keys.get(pressed) == name and not _shortcut(changed, step, pressed)):
        return Meant(came)
    effect = Effect("moved key", flow, now, name, habit=_habit(changed, step, keys, pressed))
    return Meant(Digits(to), Led(effect, pressed, to))


def _chosen(changed: Changed, asked: StepKey, events: Sequence[Event]) -> str | None:
    """The choice of this question that was made, None where it was none."""
    flow, name = asked
    choosing: Choosing | None = getattr(changed.before.flows[flow].steps[name], "choosing", None)
    for event in events:
        if isinstance(event, ExitTaken):
            known = choosing is not None and any(event.exit in k.values() for k in choosing.keys.values())
            return event.exit if known and (event.flow, event.step) == asked else None
    return None


def _keys(step: object, language: str) -> Mapping[str, str]:
    choosing: Choosing | None = getattr(step, "choosing", None)
    return choosing.keys.get(language, {}) if choosing is not None else {}


def _pressed(came: Input, keys: Mapping[str, str]) -> str:
    """The key that made the choice, pressed or said."""
    match came:
        case Digits(keys=pressed):
            return pressed
        case Speech(text=text):
            key = spoken_key(text)
            return key if key in keys else ""
    return ""


def _shortcut(changed: Changed, step: object, pressed: str) -> str:
    """The shortcut a key is at a question of the draft, which is tried before its own choices."""
    key = written_key(pressed)
    listening = getattr(step, "listening", None)
    allowed = key in changed.after.shortcuts and (key == "0" or bool(listening and listening.shortcuts))
    return key if allowed else ""


def _habit(changed: Changed, step: object, keys: Mapping[str, str], pressed: str) -> str:
    if key := _shortcut(changed, step, pressed):
        return f"shortcut {key}"
    return keys.get(pressed, "")
