"""Groups of calls in words: what the callers did, what that reaches in the draft, and what is not on record then."""

from __future__ import annotations

from functools import partial

from ivr.call.case_kinds import COUNTED
from ivr.change.diff import wording
from ivr.change.impact.divergence import NOTE, RESULT
from ivr.change.impact.effects import Effect, EffectGroup
from ivr.messages.message import Message
from ivr.steps.kind import Kind, exit_words

ON_RECORD = {
    **COUNTED,
    f"{RESULT}accepted": "impact.counted.accepted",
    f"{RESULT}not_accepted": "impact.counted.not-accepted",
    f"{RESULT}unclear": "impact.counted.unclear",
    f"{RESULT}wrong_person": "impact.counted.wrong-person",
    f"{RESULT}later": "impact.counted.later",
    f"{RESULT}opted_out": "impact.counted.opted-out",
    f"{RESULT}machine": "impact.counted.machine",
    f"{RESULT}person": "impact.counted.person",
    NOTE: "impact.counted.note",
}
"""By what may be on record, the code of its count."""


def sentence(effect: Effect, group: EffectGroup, share: float, kind: Kind | None) -> Message:
    """A group in one sentence; `share` is of the calls replayed, `kind` that of the effect's step.

    It never says what callers do after the turn that differs.
    """
    said = partial(Message, n=group.calls, share=share)
    (before, after), _ = group.from_to.most_common(1)[0]
    match effect.how:
        case "words":
            return said("impact.group.words", words=_heard(effect))
        case "begins elsewhere":
            if not after:
                return said("impact.group.entry-gone", before=before)
            return said("impact.group.entry", before=before, now=after)
        case "moved key":
            return _moved(effect, group.calls, share, (before, after))
        case "no longer offered":
            return said("impact.group.not-offered", choice=effect.exit, place=place(effect))
        case "other record":
            return _with_cases(said("impact.group.record", who=_who(effect, kind)), effect, group.calls)
    others = len(group.from_to) - 1
    reached = Message("impact.reached.and-others", place=after, n=others) if others else after
    who = _who(effect, kind)
    if not before or before == after:
        return _with_cases(said("impact.group.reaches", who=who, now=reached), effect, group.calls)
    return _with_cases(said("impact.group.diverted", who=who, now=reached, before=before), effect, group.calls)


def _heard(effect: Effect) -> Message:
    if effect.step:
        return Message("impact.heard.step", place=place(effect))
    if effect.exit.startswith("prompts."):
        return Message("impact.heard.prompt", name=effect.exit.removeprefix("prompts."))
    return Message("impact.heard.hotline", name=effect.exit)


def _moved(effect: Effect, n: int, share: float, keys: tuple[str, str]) -> Message:
    """A choice on another key: what becomes of callers who press the old one by heart."""
    before, now = keys
    said = partial(
        Message, n=n, share=share, choice=effect.exit, place=place(effect), before=before, now=now,
    )  # fmt: skip
    if effect.old_key_action.startswith("shortcut "):
        return said("impact.group.moved-shortcut")
    if effect.old_key_action:
        return said("impact.group.moved-choice", other=effect.old_key_action)
    return said("impact.group.moved")


def _who(effect: Effect, kind: Kind | None) -> Message:
    """What the callers of a group did, as a clause that begins with who."""
    what, _, name = effect.exit.partition(" ")
    if not effect.step:
        match what:
            case "shortcut":
                return Message("impact.who.shortcut", key=name)
            case "hours":
                return Message("impact.who.hours", name=name)
            case "limit":
                return Message("impact.who.limit", name=name)
    where = place(effect)
    words = exit_words(kind, effect.exit)
    if words:
        return Message(words.callers, step=where)
    if effect.exit:
        return Message("impact.who.chose", choice=effect.exit, place=where)
    return Message("impact.who.passed", place=where)


def place(effect: Effect) -> Message:
    """The place of the edit, as people name it."""
    if effect.step:
        return wording.step_of(effect.step, effect.flow)
    if effect.flow:
        return wording.target(f"flow {effect.flow}")
    return Message("impact.place.defaults") if effect.exit else Message("impact.place.hotline")


def _with_cases(group: Message, effect: Effect, n: int) -> Message:
    """The sentence, with the cases that are not, or newly, on record in the turn that differs."""
    said = [
        Message(complete if kind.startswith("complete ") else on_record, n=n, cases=_counted(kind, n))
        for kinds, on_record, complete in (
            (effect.lost, "impact.case.not-on-record", "impact.case.not-complete"),
            (effect.gained, "impact.case.on-record", "impact.case.complete"),
        )
        for kind in kinds
    ]
    return Message("impact.group.with-cases", group=group, cases=tuple(said)) if said else group


def _counted(kind: str, n: int) -> Message:
    return Message(ON_RECORD[kind.removeprefix("complete ")], n=n)
