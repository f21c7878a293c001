"""Two versions of one step: every difference between them as a change with a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ivr.change.diff import wording as say
from ivr.change.diff.change import Change, What
from ivr.change.diff.choices import choice_changes
from ivr.change.diff.plain import Plain
from ivr.change.diff.wording import Leaf

TIMES = {
    "wait": "the wait for an answer",
    "gap": "the pause that ends an answer",
    "at_most": "the longest message",
}
OBJECTS: Mapping[str, tuple[What, str]] = {
    "transfer": ("destination", "it rings"),
    "run": ("entry", "it goes through"),
    "case": ("case", "the case is"),
    "hours": ("hours", "it asks the hours"),
}
"""Kinds whose first key names something that is no prompt."""
AS_IN_THE_HOTLINE = "as in the rest of the hotline"


@dataclass(frozen=True, slots=True)
class At:
    """Where changes are found: makes them, with the step named in front of each sentence."""

    flow: str
    step: str
    kind: str
    languages: Mapping[str, str]

    def change(
        self, what: What, sentence: str, *, name: str = "", way: bool = True, before: Any = "", after: Any = ""
    ) -> Change:
        """A change of this step; `before` and `after` are kept as text."""
        return Change(
            flow=self.flow, step=self.step, what=what, name=name, way=way,
            sentence=f"{say.step(self.kind, self.step)}: {sentence}",
            before="" if before is None else str(before), after="" if after is None else str(after),
        )  # fmt: skip

    def language(self, tag: str) -> str:
        """A language by its name."""
        return self.languages.get(tag, tag)


def step_changes(at: At, before: Mapping[str, Plain], after: Mapping[str, Plain]) -> Iterator[Change]:
    """All changes of a step whose old version already has the new names."""
    if before["kind"] != after["kind"]:
        was, now = say.kind(before["kind"]), say.kind(after["kind"])
        yield at.change("kind", f"it is a {now} now; it was a {was}", before=was, after=now)
        return
    yield from choice_changes(at, before, after)
    yield from _arms(at, before.get("arms") or [], after.get("arms") or [])
    apart = ("choices", "arms", "order")
    old = {name: value for name, value in before.items() if name not in apart}
    new = {name: value for name, value in after.items() if name not in apart}
    names = {*(before.get("choices") or {}), *(after.get("choices") or {})}
    both = (before.get("choices") or {}).keys() & (after.get("choices") or {}).keys()
    for leaf in say.leaves(old, new):
        path = leaf[0]
        if path[0] == "exits" and path[1] in names and path[1] not in both:
            continue  # told with the choice itself
        yield _leaf(at, leaf, after)
    if before.get("order") != after.get("order") and sorted(before.get("order", ())) == sorted(after.get("order", ())):
        yield at.change("order", "the choices are announced in another order", way=False)


def _leaf(at: At, leaf: Leaf, after: Mapping[str, Plain]) -> Change:
    path, old, new = leaf
    match path:
        case ("exits", name):
            return exit_change(at, name, old, new, after.get("choices"))
        case (("no_input" | "no_match") as how, "tries"):
            was, now = (_times(count) if count else AS_IN_THE_HOTLINE for count in (old, new))
            why = "silence" if how == "no_input" else "answers not understood"
            return at.change("tries", f"after {why} it is asked {now} in all (before: {was})", name=how,
                             before=old, after=new)  # fmt: skip
        case (("no_input" | "no_match") as how, "say"):
            why = "silence" if how == "no_input" else "an answer not understood"
            return at.change("words", f"what is said after {why} changed", name=how, way=False,
                             before=say.value(old), after=say.value(new))  # fmt: skip
        case ("save",):
            return at.change("value", f"the answer is kept as {say.value(new)} (before: {say.value(old)})",
                             name="save", before=old, after=new)  # fmt: skip
        case ("set", name):
            return at.change("value", f'"{name}" is set to {say.value(new)} (before: {say.value(old)})',
                             name=name, before=old, after=new)  # fmt: skip
        case ("with", name):
            sentence = f"it hands on {say.value(new)} as {name} (before: {say.value(old)})"
            if new is None:
                sentence = f'it no longer hands on "{name}" (before: {say.value(old)})'
            return at.change("case" if at.kind == "case" else "value", sentence, name=name, before=old, after=new)
        case (part, language, *_) if language in at.languages:
            return words_change(at, part, language, old, new)
    return _field(at, leaf)


def _times(count: str) -> str:
    return {"1": "once", "2": "twice"}.get(count, f"{count} times")


def _field(at: At, leaf: Leaf) -> Change:
    """A field without a sentence of its own: nothing goes untold."""
    path, old, new = leaf
    name = path[0]
    if name in TIMES:
        was = say.seconds(old) if old else AS_IN_THE_HOTLINE
        now = say.seconds(new) if new else AS_IN_THE_HOTLINE
        return at.change("time", f"{TIMES[name]} is {now} (before: {was})", name=name, before=old, after=new)
    if name == at.kind and at.kind in OBJECTS:
        what, does = OBJECTS[at.kind]
        return at.change(what, f"{does} {say.value(new)} (before: {say.value(old)})", before=old, after=new)
    if name in ("again", "confirm", "whisper", "interrupt", "announce", at.kind):
        shown = {"again": "the shorter words of a second asking", "confirm": "the confirmation", at.kind: "its words",
                 "whisper": "what the desk hears first", "interrupt": "whether it can be interrupted",
                 "announce": "whether the keys are announced"}  # fmt: skip
        way = name == "confirm" and "no" in (old, new)
        now, was = (say.value(value) if name == "whisper" else _words(value) for value in (new, old))
        sentence = f"{shown[name]}: now {now} (before: {was})"
        old, new = say.value(old), say.value(new)
        return at.change("other" if way else "words", sentence, name=name, way=way, before=old, after=new)
    sentence = f'its "{" ".join(path)}" is now {say.value(new)} (before: {say.value(old)})'
    return at.change("other", sentence, name=name, before=old, after=new)


def _words(value: Any) -> str:
    """Words by what they are: a shared prompt goes by its name."""
    if isinstance(value, dict):
        return "words of its own"
    return f'the shared prompt "{value}"' if value not in (None, "yes", "no") else say.value(value)


def exit_change(at: At, name: str, old: Any, new: Any, choices: Mapping[str, Plain] | None) -> Change:
    """An exit that leads elsewhere."""
    was = say.target(old) if old else AS_IN_THE_HOTLINE
    now = say.target(new) if new else AS_IN_THE_HOTLINE
    sentence = f"{say.exit(name, choices)} now leads to {now} (before: {was})"
    if old is None and name not in ("no_input", "no_match"):
        sentence = f"new: {say.exit(name, choices)} leads to {now}"
    elif new is None and name not in ("no_input", "no_match"):
        sentence = f"{say.exit(name, choices)} is no way out any more (before: to {was})"
    return at.change("exit", sentence, name=name, before=old, after=new)


def words_change(at: At, part: str, language: str, old: Any, new: Any) -> Change:
    """Other words in a language."""
    what = {"again": "the words of a second asking", "confirm": "the confirmation"}.get(part, "the words")
    done = "are new" if old is None else "are gone" if new is None else "changed"
    return at.change("words", f"{what} {done} in {at.language(language)}", name=language, way=False,
                     before=say.value(old) if isinstance(old, dict) else old,
                     after=say.value(new) if isinstance(new, dict) else new)  # fmt: skip


def _arms(at: At, before: list[Any], after: list[Any]) -> Iterator[Change]:
    """The arms of a branch. They are tried in order, so their order is a difference."""
    old, new = [when for when, _ in before], [when for when, _ in after]
    targets = {say.condition(when): target for when, target in before}
    kept = [when for when in new if when in old]
    told: list[Any] = []
    for n, (when, target) in enumerate(after):
        shown = say.condition(when)
        if when not in old and n < len(before) and old[n] not in new and before[n][1] == target:
            told.append(old[n])
            was = say.condition(old[n])
            sentence = f"it looks whether {shown} (before: whether {was}), which leads to {say.target(target)}"
            yield at.change("condition", sentence, name=shown, before=was, after=shown)
        elif when not in old:
            sentence = f"new: where {shown}, it leads to {say.target(target)}"
            yield at.change("condition", sentence, name=shown, after=target)
        elif targets[shown] != target:
            sentence = f"where {shown}, it now leads to {say.target(target)} (before: {say.target(targets[shown])})"
            yield at.change("exit", sentence, name=shown, before=targets[shown], after=target)
    for when, target in before:
        if when not in new and when not in told:
            shown = say.condition(when)
            sentence = f"it no longer looks whether {shown} (that led to {say.target(target)})"
            yield at.change("condition", sentence, name=shown, before=target)
    if kept != [when for when in old if when in new]:
        was = "; ".join(map(say.condition, old))
        yield at.change("condition", "its conditions are tried in another order", before=was,
                        after="; ".join(map(say.condition, new)))  # fmt: skip
