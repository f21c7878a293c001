"""Two versions of `hotline.yaml`: every difference as a change with a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ivr.change.diff import wording as say
from ivr.change.diff.change import Change, What
from ivr.change.diff.plain import Plain, tree
from ivr.change.diff.wording import Leaf
from ivr.flow.hotline import HotlineFields

LanguageNames = Mapping[str, str]
"""Names of languages by tag."""
WORDS = {
    "goodbye": "the goodbye",
    "trouble": "the last words when something fails",
    "confirm": "the confirmation of an entry",
    "consent": "the question before a recording",
    "connecting": "the words before a person is rung",
    "cannot_call": "the words for a number that cannot be called",
}
LISTENED_FOR = frozenset({"yes", "no", "wait", "gap", "listen"})
"""Fields of a language that decide how a caller is understood; the others are only heard."""
NAMED = {
    "languages": "the language {name}",
    "shortcuts": "key {name} in every question",
    "call": 'the value "{name}" of the whole call',
    "switches": 'the switch "{name}"',
    "hours": 'the hours "{name}"',
    "destinations": 'the desk "{name}"',
    "cases": "the kind of case {name}",
    "prompts": 'the shared prompt "{name}"',
}
EVERY = "in every question that does not set it itself,"


def hotline_tree(fields: HotlineFields) -> dict[str, Plain]:
    """The hotline's fields, and the orders that callers hear: of its languages and of its shortcuts."""
    found = tree(fields, without=frozenset({"promises"}))
    found["languages in order"] = " ".join(fields.languages)
    found["shortcuts in order"] = " ".join(fields.shortcuts)
    return found


def promise_changes(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> Iterator[Change]:
    """Promises that are new or gone, as written in the files; they change nothing for a caller."""
    for one, others, done in ((after, before, "new"), (before, after, "gone")):
        for promise in one:
            if promise not in others:
                sentence = f"a promise is {done}: {say.value(promise)}"
                yield Change(what="other", name="promises", changes_behavior=False, sentence=sentence)


def hotline_changes(before: HotlineFields, after: HotlineFields) -> Iterator[Change]:
    """All changes of the hotline itself but its promises."""
    names = {tag: language.name for tag, language in {**before.languages, **after.languages}.items()}
    old, new = hotline_tree(before), hotline_tree(after)
    for what in NAMED:
        for name in sorted((old.get(what) or {}).keys() ^ (new.get(what) or {}).keys()):
            yield _whole(names, what, name, (old.get(what, {}).pop(name, None), new.get(what, {}).pop(name, None)))
    for order in ("languages in order", "shortcuts in order"):
        if sorted(old[order].split()) != sorted(new[order].split()):
            del old[order], new[order]
    for leaf in say.leaves(old, new):
        yield CHANGES.get(leaf[0][0], _other)(names, leaf)


def _whole(names: LanguageNames, what: str, name: str, versions: tuple[Plain, Plain]) -> Change:
    """A named part that is new or gone, as one change."""
    old, new = versions
    about = new if old is None else old
    shown = NAMED[what].format(name=names.get(name, name))
    done = "is gone" if new is None else "is new"
    if what == "shortcuts":
        led = "it led" if new is None else "it leads"
        done += f"; {led} to {say.target(about['next'])}"
    kind: What = "shortcut" if what == "shortcuts" else "words" if what == "prompts" else "other"
    behavior = what not in ("prompts", "switches")
    return Change(what=kind, name=f"{what} {name}", changes_behavior=behavior, sentence=f"{shown} {done}")


def _change(what: What, sentence: str, leaf: Leaf, *, changes_behavior: bool = True) -> Change:
    path, old, new = leaf
    return Change(
        what=what, name=" ".join(path), changes_behavior=changes_behavior, sentence=sentence,
        before=say.text(old), after=say.text(new),
    )  # fmt: skip


def _now_and_before(leaf: Leaf) -> str:
    return f"{say.value(leaf[2])} (before: {say.value(leaf[1])})"


def _of(rest: Sequence[str]) -> str:
    return " ".join(rest).replace("_", " ") or "entry"


def _other(names: LanguageNames, leaf: Leaf) -> Change:
    """A part without a sentence of its own: every difference is reported."""
    return _change("other", f"its {_of(leaf[0])} is {_now_and_before(leaf)}", leaf)


def _title(names: LanguageNames, leaf: Leaf) -> Change:
    return _change("other", f"its title is {_now_and_before(leaf)}", leaf, changes_behavior=False)


def _number(names: LanguageNames, leaf: Leaf) -> Change:
    (_, number), old, new = leaf
    began = f'they began in the flow "{old}"' if old else "it was like any other number"
    begin = f'begin in the flow "{new}"' if new else "are like calls to any other number"
    return _change("entry", f"calls to {number} {begin} (before: {began})", leaf)


def _any_number(names: LanguageNames, leaf: Leaf) -> Change:
    _, old, new = leaf
    return _change("entry", f'calls to any other number begin in the flow "{new}" (before: "{old}")', leaf)


def _calls_to(names: LanguageNames, leaf: Leaf) -> Change:
    old, new = ("its own country" if part is None else ", ".join(part) or "no country" for part in leaf[1:])
    return _change("other", f"it phones numbers of {new} (before: {old})", leaf)


def _words(names: LanguageNames, leaf: Leaf) -> Change:
    (part, *rest), _, _ = leaf
    return _prompt(names, WORDS[part], rest, leaf)


def _shared(names: LanguageNames, leaf: Leaf) -> Change:
    (_, name, *rest), _, _ = leaf
    return _prompt(names, f'the shared prompt "{name}"', rest, leaf)


def _prompt(names: LanguageNames, what: str, rest: Sequence[str], leaf: Leaf) -> Change:
    where = f" in {names.get(rest[0], rest[0])}" if rest else ""
    done = "is new" if leaf[1] is None else "is gone" if leaf[2] is None else "changed"
    return _change("words", f"{what} {done}{where}", leaf, changes_behavior=False)


def _default(names: LanguageNames, leaf: Leaf) -> Change:
    (_, *rest), old, new = leaf
    why = "after silence" if rest[0] == "no_input" else "after an answer not understood"
    match rest:
        case [("confirm" | "consent" | "connecting" | "cannot_call") as part, *where]:
            return _prompt(names, WORDS[part], where, leaf)
        case ["no_input" | "no_match", "tries"]:
            return _change("default", f"{EVERY} {why} it asks {say.times(new)} in all (before: {say.times(old)})", leaf)
        case ["no_input" | "no_match", "next"]:
            sentence = f"{EVERY} giving up {why} leads to {say.target(new)} (before: {say.target(old)})"
            return _change("default", sentence, leaf)
        case ["no_input" | "no_match", ("say" | "unclear") as words]:
            after = "after speech not understood" if words == "unclear" else why
            return _change("words", f"{EVERY} the words {after} changed", leaf, changes_behavior=False)
        case [("wait" | "gap") as name]:
            what = "the wait for an answer" if name == "wait" else "the pause that ends an answer"
            sentence = f"{EVERY} {what} is {say.seconds(new)} (before: {say.seconds(old)})"
            return _change("time", sentence, leaf)
    return _change("default", f'{EVERY} "{_of(rest)}" is {_now_and_before(leaf)}', leaf)


def _shortcut(names: LanguageNames, leaf: Leaf) -> Change:
    (_, key, *rest), old, new = leaf
    match rest:
        case ["next"]:
            sentence = f"key {key} in every question leads to {say.target(new)} (before: {say.target(old)})"
            return _change("shortcut", sentence, leaf)
        case ["announce"]:
            sentence = f"whether key {key} is announced after a question: {_now_and_before(leaf)}"
            return _change("words", sentence, leaf, changes_behavior=False)
    language = f" in {names.get(rest[1], rest[1])}" if len(rest) > 1 and rest[1] else ""
    sentence = f"the name and words of key {key} in every question{language}: {_now_and_before(leaf)}"
    return _change("shortcut", sentence, leaf)


def _language(names: LanguageNames, leaf: Leaf) -> Change:
    (_, tag, *rest), _, _ = leaf
    behavior = not rest or rest[0] in LISTENED_FOR
    what: What = "time" if rest and rest[0] in ("wait", "gap") else "language"
    return _change(
        what, f"{names.get(tag, tag)}: its {_of(rest)} is {_now_and_before(leaf)}", leaf, changes_behavior=behavior
    )


def _languages_in_order(names: LanguageNames, leaf: Leaf) -> Change:
    return _change("language", f"its languages come in the order {_now_and_before(leaf)}", leaf)


def _shortcuts_in_order(names: LanguageNames, leaf: Leaf) -> Change:
    return _change("order", "the shortcut keys are announced in another order", leaf, changes_behavior=False)


def _destination(names: LanguageNames, leaf: Leaf) -> Change:
    (_, name, *rest), _, _ = leaf
    if rest == ["ring"]:
        _, old, new = leaf
        sentence = f'the desk "{name}" is rung for {say.seconds(new)} (before: {say.seconds(old)})'
        return _change("time", sentence, leaf)
    return _change("destination", f'the desk "{name}": its {_of(rest)} is {_now_and_before(leaf)}', leaf)


def _hours(names: LanguageNames, leaf: Leaf) -> Change:
    (_, name, *rest), _, _ = leaf
    return _change("hours", f'the hours "{name}": {_of(rest)} is {_now_and_before(leaf)}', leaf)


def _call_value(names: LanguageNames, leaf: Leaf) -> Change:
    (_, name, *rest), _, _ = leaf
    return _change("value", f'the value "{name}" of the whole call: its {_of(rest)} is {_now_and_before(leaf)}', leaf)


def _limit(names: LanguageNames, leaf: Leaf) -> Change:
    (_, name), old, new = leaf
    said = {"next": say.target, "call": say.seconds}.get(name, say.value)
    sentence = f'the limit of a call that goes round for ever: "{_of([name])}" is {said(new)} (before: {said(old)})'
    return _change("limit", sentence, leaf)


def _case(names: LanguageNames, leaf: Leaf) -> Change:
    (_, kind, *rest), _, _ = leaf
    return _change("case", f"a case of the kind {kind}: its {_of(rest)} is {_now_and_before(leaf)}", leaf)


def _waiver(names: LanguageNames, leaf: Leaf) -> Change:
    (_, promise, *flow), old, new = leaf
    promise += f'" in "{flow[0]}' if flow else ""
    now = f"is waived: {say.value(new)}" if new is not None else "is no longer waived"
    before = f" (before: {say.value(old)})" if old is not None else ""
    return _change("other", f'the promise "{promise}" {now}{before}', leaf, changes_behavior=False)


CHANGES: Mapping[str, Callable[[LanguageNames, Leaf], Change]] = {
    "hotline": _title, "numbers": _number, "default": _any_number, "languages": _language, "defaults": _default,
    "shortcuts": _shortcut, "destinations": _destination, "hours": _hours, "cases": _case, "limits": _limit,
    "prompts": _shared, "call": _call_value, "goodbye": _words, "trouble": _words,
    "waive": _waiver, "calls_to": _calls_to,
    "languages in order": _languages_in_order, "shortcuts in order": _shortcuts_in_order,
}  # fmt: skip
