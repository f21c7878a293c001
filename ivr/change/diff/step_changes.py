"""Two versions of one step: every difference between them as a change with a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ivr.change.diff import wording as say
from ivr.change.diff.change import Change, What
from ivr.change.diff.plain import Plain
from ivr.change.diff.wording import Leaf
from ivr.steps.reported import Reported
from ivr.steps.step import GIVE_UPS

INHERITED = "as in the rest of the hotline"
BY_NAME = ("choices", "arms", "order")
"""Parts of a step's tree that are compared by name, not leaf by leaf."""
AFTER = {"no_input": "silence", "no_match": "an answer not understood"}


@dataclass(frozen=True, slots=True)
class ChangedStep:
    """A step whose changes are reported, each sentence with the step in front. `languages` has names by tag, `fields`
    what the kind declares of its fields."""

    flow: str
    step: str
    kind: str
    languages: Mapping[str, str]
    fields: Mapping[str, Reported]

    def change(
        self, what: What, sentence: str, leaf: Leaf = ((), "", ""), *, name: str = "", changes_behavior: bool = True
    ) -> Change:
        """A change of this step; the old and the new value of the leaf are kept as text."""
        _, before, after = leaf
        return Change(
            flow=self.flow, step=self.step, what=what, name=name, changes_behavior=changes_behavior,
            sentence=f"{say.step(self.kind, self.step)}: {sentence}",
            before=say.text(before), after=say.text(after),
        )  # fmt: skip

    def language(self, tag: str) -> str:
        """A language by its name."""
        return self.languages.get(tag, tag)


def step_changes(at: ChangedStep, before: Mapping[str, Plain], after: Mapping[str, Plain]) -> Iterator[Change]:
    """All changes of a step whose old version already has the new names."""
    if before["kind"] != after["kind"]:
        was, now = say.kind(before["kind"]), say.kind(after["kind"])
        yield at.change("kind", f"it is a {now} now; it was a {was}", ((), before["kind"], after["kind"]))
        return
    yield from _choices(at, before, after)
    yield from _arms(at, before.get("arms") or [], after.get("arms") or [])
    old, new = ({name: value for name, value in tree.items() if name not in BY_NAME} for tree in (before, after))
    alone = (before.get("choices") or {}).keys() ^ (after.get("choices") or {}).keys()
    for leaf in say.leaves(old, new):
        path = leaf[0]
        if not (path[0] == "exits" and path[1] in alone):  # a choice that is new or gone is reported with its target
            yield _leaf(at, leaf, after)
    if before.get("order") != after.get("order") and sorted(before.get("order", ())) == sorted(after.get("order", ())):
        yield at.change("order", "the choices are announced in another order", changes_behavior=False)


def _leaf(at: ChangedStep, leaf: Leaf, after: Mapping[str, Plain]) -> Change:
    path, old, new = leaf
    match path:
        case ("exits", name):
            return _exit(at, name, leaf, after.get("choices") or {})
        case (how, "tries") if how in GIVE_UPS:
            was, now = (say.times(count) if count else INHERITED for count in (old, new))
            return at.change("tries", f"after {AFTER[how]} it asks {now} in all (before: {was})", leaf, name=how)
        case (how, ("say" | "unclear") as words) if how in GIVE_UPS:
            why = "speech not understood" if words == "unclear" else AFTER[how]
            return at.change("words", f"the words after {why} changed", leaf, name=how, changes_behavior=False)
        case (part, language, *_) if part in at.fields and language in at.languages:
            return _words_in(at, at.fields[part], language, leaf)
        case (part, *_) if part in at.fields:
            return _field(at, at.fields[part], leaf)
    sentence = f'its "{" ".join(path)}" is now {say.value(new)} (before: {say.value(old)})'
    return at.change("other", sentence, leaf, name=path[0])


def _field(at: ChangedStep, field: Reported, leaf: Leaf) -> Change:
    """A change of a field in the words its kind declares."""
    path, old, new = leaf
    name = path[-1] if path != (at.kind,) else ""
    if field.what == "time":
        now, was = (say.seconds(value) if value else INHERITED for value in (new, old))
    elif field.what == "words" and not field.literal:
        now, was = (_words(value) for value in (new, old))
    else:
        now, was = say.value(new), say.value(old)
    subject, gone = (words.replace("{name}", name) for words in (field.subject, field.gone))
    sentence = f"{gone if new is None and gone else f'{subject} {field.verb} {now}'} (before: {was})"
    toggled = field.toggles and "no" in (old, new)
    words = field.what == "words" and not toggled
    return at.change("other" if toggled else field.what, sentence, leaf, name=name, changes_behavior=not words)


def _words(value: Any) -> str:
    """Words by what they are: a shared prompt is named."""
    if isinstance(value, dict):
        return "words of its own"
    return f'the shared prompt "{value}"' if value not in (None, "yes", "no") else say.value(value)


def _words_in(at: ChangedStep, field: Reported, language: str, leaf: Leaf) -> Change:
    """Other words in one language."""
    _, old, new = leaf
    done = f"{field.verb} new" if old is None else f"{field.verb} gone" if new is None else "changed"
    sentence = f"{field.subject} {done} in {at.language(language)}"
    return at.change("words", sentence, leaf, name=language, changes_behavior=False)


def _exit(at: ChangedStep, name: str, leaf: Leaf, choices: Mapping[str, Plain]) -> Change:
    """An exit with another target."""
    _, old, new = leaf
    leaving = say.choice(name, choices[name]) if name in choices else say.leaving(at.kind, name)
    was, now = (say.target(target) if target else INHERITED for target in (old, new))
    sentence = f"{leaving} now leads to {now} (before: {was})"
    if old is None and name not in GIVE_UPS:
        sentence = f"new: {leaving} leads to {now}"
    elif new is None and name not in GIVE_UPS:
        sentence = f"{leaving} no longer leads anywhere (before: {was})"
    return at.change("exit", sentence, leaf, name=name)


def _choices(at: ChangedStep, before: Mapping[str, Plain], after: Mapping[str, Plain]) -> Iterator[Change]:
    """Every change of the choices themselves; where they lead is reported with the exits."""
    old, new = before.get("choices") or {}, after.get("choices") or {}
    for name, about in new.items():
        if name not in old:
            to = say.target(after["exits"][name]) if name in after["exits"] else "the target of the others"
            sentence = f"new: {say.choice(name, about)} leads to {to}"
            yield at.change("choice added", sentence, ((), None, about["key"]), name=name)
        else:
            for leaf in say.leaves(old[name], about):
                yield _choice(at, name, about, leaf)
    for name, about in old.items():
        if name not in new:
            yield at.change("choice removed", f"{say.choice(name, about)} is gone", ((), about["key"], None), name=name)


def _choice(at: ChangedStep, name: str, about: Plain, leaf: Leaf) -> Change:
    path, was, now = leaf
    shown = say.choice(name, about)
    both = f"{say.value(now)} (before: {say.value(was)})"
    match path:
        case ("key",):
            return at.change("choice moved", f'"{name}" is on key {now} now (before: key {was})', leaf, name=name)
        case ("label", language):  # what is announced; a caller may say it, too
            called = f"the choice on key {about['key']} is called {say.value(now)} in {at.language(language)}"
            return at.change("said for it", f"{called} (before: {say.value(was)})", leaf, name=name)
        case ("words", *rest):
            where = f" in {at.language(rest[0])}" if rest and rest[0] else ""
            return at.change("said for it", f"what callers may say for {shown}{where} is now {both}", leaf, name=name)
        case ("is",):
            return at.change("choice value", f"{shown} is kept as {both}", leaf, name=name)
        case ("languages",):
            offered, before = (say.value(value) if value else "every language" for value in (now, was))
            sentence = f"{shown} is offered in {offered} (before: {before})"
            return at.change("choice languages", sentence, leaf, name=name)
    return at.change("other", f'{shown}: its "{" ".join(path)}" is now {both}', leaf, name=name)


def _arms(at: ChangedStep, before: list[Any], after: list[Any]) -> Iterator[Change]:
    """Conditions with their targets. They are tried in order, so their order is a difference."""
    old, new = ({say.condition(when): target for _, when, target in arms} for arms in (before, after))
    was = list(old)
    replaced = set()
    for n, (shown, target) in enumerate(new.items()):
        to = say.target(target)
        if shown not in old and n < len(was) and was[n] not in new and old[was[n]] == target:
            replaced.add(was[n])
            sentence = f"it asks whether {shown} (before: whether {was[n]}), which leads to {to}"
            yield at.change("condition", sentence, ((), was[n], shown), name=shown)
        elif shown not in old:
            yield at.change("condition", f"new: where {shown}, it leads to {to}", ((), None, target), name=shown)
        elif old[shown] != target:
            sentence = f"where {shown}, it now leads to {to} (before: {say.target(old[shown])})"
            yield at.change("exit", sentence, ((), old[shown], target), name=shown)
    for shown, target in old.items():
        if shown not in new and shown not in replaced:
            sentence = f"it no longer asks whether {shown} (that led to {say.target(target)})"
            yield at.change("condition", sentence, ((), target, None), name=shown)
    if [when for when in new if when in old] != [when for when in old if when in new]:
        leaf: Leaf = ((), "; ".join(old), "; ".join(new))
        yield at.change("condition", "its conditions are tried in another order", leaf)
