"""Groups of calls in words: what the callers did, what that reaches in the draft, and what is not on record then."""

from __future__ import annotations

from ivr.call.case_kinds import PLURALS, SINGULARS
from ivr.change.impact.effects import Effect, EffectGroup
from ivr.steps.kind import Kind, exit_words


def sentence(effect: Effect, group: EffectGroup, share: float, kind: Kind | None) -> str:
    """A group in one sentence; `share` is of the calls replayed, `kind` that of the effect's step.

    It never says what callers do after the turn that differs.
    """
    one = group.calls == 1
    callers = f"{count(group.calls, 'caller')} ({share:.1%})"
    (before, after), _ = group.from_to.most_common(1)[0]
    match effect.how:
        case "words":
            return f"{callers} {'hears' if one else 'hear'} {_heard(effect)}"
        case "begins elsewhere":
            if not after:
                return f'{callers} {"was" if one else "were"} answered by the flow "{before}", which is gone'
            return f'{callers} {"is" if one else "are"} answered by the flow "{after}" (before: "{before}")'
        case "moved key":
            return f"{callers} {_moved(effect, before, after)}"
        case "no longer offered":
            return f'{callers} chose "{effect.exit}" at {place(effect)}, which is no longer offered'
        case "other record":
            return f"{callers} {_who(effect, kind)}: the case on record differs{_cases(effect, group.calls)}"
    others = len(group.from_to) - 1
    more = f" (and {count(others, 'other place')})" if others else ""
    was = f" (before: {before})" if before and before != after else ""
    who = _who(effect, kind).replace("who were ", "who was " if one else "who were ")
    return f"{callers} {who} {'reaches' if one else 'reach'} {after}{more}{was}{_cases(effect, group.calls)}"


def _heard(effect: Effect) -> str:
    if effect.step:
        return f"other words at {place(effect)}"
    if effect.exit.startswith("prompts."):
        return f'other words of the shared prompt "{effect.exit.removeprefix("prompts.")}"'
    return f"other words of the hotline itself ({effect.exit.replace('.', ' ').replace('_', ' ')})"


def _moved(effect: Effect, before: str, after: str) -> str:
    if effect.old_key_action.startswith("shortcut "):
        action = f"get what key {before} does in every question"
    elif effect.old_key_action:
        action = f'reach "{effect.old_key_action}"'
    else:
        action = "press a key without a meaning there"
    return (
        f'pressed {before} for "{effect.exit}" at {place(effect)}; it is on key {after} now. Callers who listen reach '
        f"the same place. Callers who press {before} by heart {action}"
    )


def _who(effect: Effect, kind: Kind | None) -> str:
    """What the callers of a group did, as a clause that begins with who."""
    what, _, name = effect.exit.partition(" ")
    if not effect.step:
        match what:
            case "shortcut":
                return f"who pressed key {name}, a shortcut,"
            case "hours":
                return f'who came to a step that asks the hours "{name}"'
            case "limit":
                return f"whose call met the limit of {name.replace('_', ' ')}"
    where = place(effect)
    words = exit_words(kind, effect.exit)
    if words:
        return f"who {words.callers.format(step=where)}"
    return f'who chose "{effect.exit}" at {where}' if effect.exit else f"who passed {where}"


def place(effect: Effect) -> str:
    """The place of the edit, as people name it."""
    if effect.step:
        return f'"{effect.step}" of "{effect.flow}"'
    if effect.flow:
        return f'the flow "{effect.flow}"'
    return "a question that follows the hotline's defaults" if effect.exit else "a part of the hotline itself"


def _cases(effect: Effect, calls: int) -> str:
    said = []
    for kinds, is_now in ((effect.lost, "not"), (effect.gained, "newly")):
        for kind in kinds:
            complete = kind.startswith("complete ")
            name = kind.removeprefix("complete ")
            noun = (SINGULARS if calls == 1 else PLURALS).get(name, name)
            state = "complete" if complete else "on record"
            said.append(f"{calls:,} {noun} {'is' if calls == 1 else 'are'} {is_now} {state} at that point")
    return f"; {', '.join(said)}" if said else ""


def count(n: int, what: str) -> str:
    """A number of things."""
    return f"{n:,} {what}{'' if n == 1 else 's'}"
