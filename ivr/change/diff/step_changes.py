"""Two versions of one step: every difference between them as a change with a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ivr.change.diff import wording as say
from ivr.change.diff.change import Change, What
from ivr.change.diff.plain import Plain
from ivr.change.diff.wording import AFTER, Leaf
from ivr.messages.message import Message
from ivr.steps.reported import Reported
from ivr.steps.step import GIVE_UPS

BY_NAME = ("choices", "arms", "order")
"""Parts of a step's tree that are compared by name, not leaf by leaf."""


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
        self, what: What, sentence: Message, leaf: Leaf = ((), "", ""), *, name: str = "", changes_behavior: bool = True
    ) -> Change:
        """A change of this step; the old and the new value of the leaf are kept as text."""
        _, before, after = leaf
        return Change(
            flow=self.flow, step=self.step, what=what, name=name, changes_behavior=changes_behavior,
            sentence=sentence, before=say.text(before), after=say.text(after),
        )  # fmt: skip

    @property
    def named(self) -> Message:
        """The step as a sentence names it."""
        return say.step(self.kind, self.step)

    def language(self, tag: str) -> str:
        """A language by its name."""
        return self.languages.get(tag, tag)


def step_changes(at: ChangedStep, before: Mapping[str, Plain], after: Mapping[str, Plain]) -> Iterator[Change]:
    """All changes of a step whose old version already has the new names."""
    if before["kind"] != after["kind"]:
        was, now = say.kind(before["kind"]), say.kind(after["kind"])
        sentence = Message("diff.step.kind", step=at.named, now=now, before=was)
        yield at.change("kind", sentence, ((), before["kind"], after["kind"]))
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
        yield at.change("order", Message("diff.step.choices-order", step=at.named), changes_behavior=False)


def _leaf(at: ChangedStep, leaf: Leaf, after: Mapping[str, Plain]) -> Change:
    path, old, new = leaf
    match path:
        case ("exits", name):
            return _exit(at, name, leaf, after.get("choices") or {})
        case (how, "tries") if how in GIVE_UPS:
            return at.change("tries", _tries(at, how, old, new), leaf, name=how)
        case (how, ("say" | "unclear") as words) if how in GIVE_UPS:
            why = Message(AFTER["unclear" if words == "unclear" else how])
            sentence = Message("diff.step.words-after", step=at.named, after=why)
            return at.change("words", sentence, leaf, name=how, changes_behavior=False)
        case (part, language, *_) if part in at.fields and at.fields[part].words and language in at.languages:
            return _words_in(at, at.fields[part], language, leaf)
        case (part, *_) if part in at.fields:
            return _field(at, at.fields[part], leaf)
    field = " ".join(path)
    sentence = Message("diff.step.field", step=at.named, field=field, now=say.value(new), before=say.value(old))
    return at.change("other", sentence, leaf, name=path[0])


def _tries(at: ChangedStep, how: str, old: str | None, new: str | None) -> Message:
    after, before = Message(AFTER[how]), say.times(old) if old else Message("diff.inherited")
    if not new:
        return Message("diff.step.tries-inherited", step=at.named, after=after, before=before)
    return Message("diff.step.tries", step=at.named, after=after, now=say.times(new), before=before)


def _field(at: ChangedStep, field: Reported, leaf: Leaf) -> Change:
    """A change of a field in the words its kind declares."""
    path, old, new = leaf
    name = path[-1] if path != (at.kind,) else ""
    if field.what == "time":
        now, was = (say.seconds(value) if value else Message("diff.inherited") for value in (new, old))
    elif field.what == "words" and not field.literal:
        now, was = (_words(value) for value in (new, old))
    else:
        now, was = say.value(new), say.value(old)
    code = field.gone if new is None and field.gone else field.sentence
    sentence = Message(code, step=at.named, name=name, now=now, before=was)
    toggled = field.toggles and "no" in (old, new)
    words = field.what == "words" and not toggled
    return at.change("other" if toggled else field.what, sentence, leaf, name=name, changes_behavior=not words)


def _words(value: Any) -> Message:
    """Words by what they are: a shared prompt is named."""
    if isinstance(value, dict):
        return Message("diff.words.of-its-own")
    return Message("diff.words.shared", name=value) if value not in (None, "yes", "no") else say.value(value)


def _words_in(at: ChangedStep, field: Reported, language: str, leaf: Leaf) -> Change:
    """Other words in one language."""
    _, old, new = leaf
    code = "diff.step.words-new" if old is None else "diff.step.words-gone" if new is None else "diff.step.words"
    sentence = Message(code, step=at.named, words=Message(field.words), language=at.language(language))
    return at.change("words", sentence, leaf, name=language, changes_behavior=False)


def _exit(at: ChangedStep, name: str, leaf: Leaf, choices: Mapping[str, Plain]) -> Change:
    """An exit with another target."""
    _, old, new = leaf
    leaving = say.choice(name, choices[name]) if name in choices else say.leaving(at.kind, name)
    was = say.target(old) if old else Message("diff.inherited")
    if new is None:
        code = "diff.step.exit-inherited" if name in GIVE_UPS else "diff.step.exit-gone"
        sentence = Message(code, step=at.named, leaving=leaving, before=was)
    elif old is None and name not in GIVE_UPS:
        sentence = Message("diff.step.exit-new", step=at.named, leaving=leaving, now=say.target(new))
    else:
        sentence = Message("diff.step.exit", step=at.named, leaving=leaving, now=say.target(new), before=was)
    return at.change("exit", sentence, leaf, name=name)


def _choices(at: ChangedStep, before: Mapping[str, Plain], after: Mapping[str, Plain]) -> Iterator[Change]:
    """Every change of the choices themselves; where they lead is reported with the exits."""
    old, new = before.get("choices") or {}, after.get("choices") or {}
    for name, about in new.items():
        if name not in old:
            to = say.target(after["exits"][name]) if name in after["exits"] else Message("diff.target.others")
            sentence = Message("diff.choice.new", step=at.named, choice=say.choice(name, about), now=to)
            yield at.change("choice added", sentence, ((), None, about["key"]), name=name)
        else:
            for leaf in say.leaves(old[name], about):
                yield _choice(at, name, about, leaf)
    for name, about in old.items():
        if name not in new:
            sentence = Message("diff.choice.gone", step=at.named, choice=say.choice(name, about))
            yield at.change("choice removed", sentence, ((), about["key"], None), name=name)


def _choice(at: ChangedStep, name: str, about: Plain, leaf: Leaf) -> Change:
    path, was, now = leaf
    step, key, to, fro = at.named, about["key"], say.value(now), say.value(was)
    choice = say.choice(name, about)
    what: What = "other"
    match path:
        case ("key",):
            what = "choice moved"
            sentence = Message("diff.choice.moved", step=step, name=name, now=now, before=was)
        case ("label", tag):  # what is announced; a caller may say it, too
            what, language = "said for it", at.language(tag)
            sentence = Message("diff.choice.label", step=step, key=key, now=to, before=fro, language=language)
        case ("words", tag, *_) if tag:
            what, language = "said for it", at.language(tag)
            sentence = Message("diff.choice.words-in", step=step, choice=choice, now=to, before=fro, language=language)
        case ("words", *_):
            what = "said for it"
            sentence = Message("diff.choice.words", step=step, choice=choice, now=to, before=fro)
        case ("is",):
            what = "choice value"
            sentence = Message("diff.choice.value", step=step, choice=choice, now=to, before=fro)
        case ("languages",):
            what = "choice languages"
            to, fro = (say.value(value) if value else Message("diff.choice.every-language") for value in (now, was))
            sentence = Message("diff.choice.languages", step=step, choice=choice, now=to, before=fro)
        case _:
            field = " ".join(path)
            sentence = Message("diff.choice.field", step=step, choice=choice, field=field, now=to, before=fro)
    return at.change(what, sentence, leaf, name=name)


def _arms(at: ChangedStep, before: list[Any], after: list[Any]) -> Iterator[Change]:
    """Conditions with their targets. They are tried in order, so their order is a difference."""
    old, new = ({say.condition(when): target for _, when, target in arms} for arms in (before, after))
    step, was = at.named, list(old)
    replaced = set()
    for n, (shown, target) in enumerate(new.items()):
        to = say.target(target)
        if shown not in old and n < len(was) and was[n] not in new and old[was[n]] == target:
            replaced.add(was[n])
            sentence = Message("diff.arm.condition", step=step, now=shown, before=was[n], target=to)
            yield at.change("condition", sentence, ((), was[n], shown), name=shown)
        elif shown not in old:
            sentence = Message("diff.arm.new", step=step, condition=shown, target=to)
            yield at.change("condition", sentence, ((), None, target), name=shown)
        elif old[shown] != target:
            sentence = Message("diff.arm.target", step=step, condition=shown, now=to, before=say.target(old[shown]))
            yield at.change("exit", sentence, ((), old[shown], target), name=shown)
    for shown, target in old.items():
        if shown not in new and shown not in replaced:
            sentence = Message("diff.arm.gone", step=step, condition=shown, target=say.target(target))
            yield at.change("condition", sentence, ((), target, None), name=shown)
    if [when for when in new if when in old] != [when for when in old if when in new]:
        leaf: Leaf = ((), "; ".join(old), "; ".join(new))
        yield at.change("condition", Message("diff.arm.order", step=step), leaf)
