"""Groups of calls in words: what callers did, where that would lead now, and what would not be on record."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.call.case_kinds import PLURALS
from ivr.change.impact.effect import Effect
from ivr.change.impact.tally import Group

WHO: Mapping[str, str] = {
    "no_input": "who were silent at {step}",
    "no_match": "who were not understood at {step}",
    "next": "who went on from {step}",
    "yes": 'who answered "yes" at {step}',
    "no": 'who answered "no" at {step}',
    "answered": "whose call at {step} was answered",
    "busy": "who found the desk of {step} busy",
    "no_answer": "to whom the desk of {step} did not answer",
    "failed": "whose call at {step} failed",
    "closed": "who came to {step} outside its hours",
    "open": "who came to {step} in its hours",
    "holiday": "who came to {step} on a holiday",
    "declined": "who declined at {step}",
}


def sentence(effect: Effect, group: Group, share: float) -> str:
    """A group in one sentence. It never says what callers would do after something new."""
    callers = f"{count(group.calls, 'caller')} ({share:.1%})"
    (before, after), _ = group.led.most_common(1)[0]
    match effect.how:
        case "words":
            return f"{callers} would hear {_heard(effect)}"
        case "begins elsewhere":
            if not after:
                return f'{callers} were answered by the flow "{before}", which is gone'
            return f'{callers} would be answered by the flow "{after}" (before: "{before}")'
        case "moved key":
            return f"{callers} {_moved(effect, before, after)}"
        case "no longer offered":
            return f'{callers} chose "{effect.exit}" at {place(effect)}, which is no longer offered'
        case "other record":
            return f"{callers} {_who(effect)}: other things would be on record{_cases(effect, group.calls)}"
    others = len(group.led) - 1
    more = f" (and {others} other place{'s' if others > 1 else ''})" if others else ""
    was = f" (before: {before})" if before and before != after else ""
    return f"{callers} {_who(effect)} would now reach {after}{more}{was}{_cases(effect, group.calls)}"


def _heard(effect: Effect) -> str:
    if effect.step:
        return f"other words at {place(effect)}"
    if effect.exit.startswith("prompts."):
        return f'other words of the shared prompt "{effect.exit.removeprefix("prompts.")}"'
    return f"other words of the hotline itself ({effect.exit.replace('.', ' ').replace('_', ' ')})"


def _moved(effect: Effect, before: str, after: str) -> str:
    said = f'pressed {before} for "{effect.exit}" at {place(effect)}; it is on key {after} now.'
    if effect.habit.startswith("shortcut "):
        habit = f"get what key {before} does everywhere"
    elif effect.habit:
        habit = f'land in "{effect.habit}"'
    else:
        habit = "press a key that means nothing there"
    return f"{said} Those who listen arrive, as replayed; those who press by habit {habit}"


def _who(effect: Effect) -> str:
    exit = effect.exit
    if exit.startswith("shortcut "):
        return f"who pressed key {exit.removeprefix('shortcut ')}, which means the same everywhere,"
    if exit.startswith("hours "):
        return f'who came to a step that asks the hours "{exit.removeprefix("hours ")}"'
    if exit.startswith("limit "):
        return f"whose call met the limit of {exit.removeprefix('limit ').replace('_', ' ')}"
    where = place(effect)
    if exit in WHO:
        return WHO[exit].format(step=where)
    if exit == "else" or exit.startswith("arm "):
        return f"for whom {where} decides otherwise"
    return f'who chose "{exit}" at {where}' if exit else f"who passed {where}"


def place(effect: Effect) -> str:
    """The changed place, as people name it."""
    if effect.step:
        return f'"{effect.step}" of "{effect.flow}"'
    if effect.flow:
        return f'the flow "{effect.flow}"'
    return "a question that goes by the hotline's own rule" if effect.exit else "something the hotline itself rules"


def _cases(effect: Effect, calls: int) -> str:
    said = []
    for kinds, would in ((effect.lost, "would not be"), (effect.gained, "would newly be")):
        for kind in kinds:
            whole = kind.startswith("complete ")
            name = kind.removeprefix("complete ")
            noun = name if calls == 1 and name != "feedback" else PLURALS.get(name, name)
            said.append(f"{calls:,} {noun} {would} {'complete' if whole else 'on record'} at that point")
    return f"; {', '.join(said)}" if said else ""


def count(n: int, what: str) -> str:
    """A number of things."""
    return f"{n:,} {what}{'' if n == 1 else 's'}"
