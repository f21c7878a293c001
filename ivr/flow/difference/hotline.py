"""Two versions of `hotline.yaml`: every difference as a change with a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ivr.flow.difference import wording as say
from ivr.flow.difference.change import Change, What
from ivr.flow.difference.plain import Plain, tree
from ivr.flow.difference.wording import Leaf
from ivr.flow.hotline import HotlineFields

WORDS = {
    "goodbye": "the goodbye", "trouble": "the last words when something fails", "confirm": "the confirmation of an entry",
    "consent": "the question before a recording", "connecting": "the words before a person is rung",
}  # fmt: skip
WAY_OF_A_LANGUAGE = frozenset({"yes", "no", "wait", "gap", "listen"})


def hotline_tree(fields: HotlineFields) -> dict[str, Plain]:
    """The hotline's fields, and the orders that are heard: of its languages and of its shortcuts."""
    found = tree(fields)
    found["languages in order"] = " ".join(fields.languages)
    found["shortcuts in order"] = " ".join(fields.shortcuts)
    return found


def hotline_changes(before: HotlineFields, after: HotlineFields) -> Iterator[Change]:
    """All changes of the hotline itself."""
    names = {tag: language.name for tag, language in {**before.languages, **after.languages}.items()}
    for leaf in say.leaves(hotline_tree(before), hotline_tree(after)):
        yield _leaf(names, leaf)


def _change(what: What, sentence: str, leaf: Leaf, *, way: bool = True) -> Change:
    path, old, new = leaf
    return Change(
        what=what, name=" ".join(path), way=way, sentence=sentence,
        before="" if old is None else str(old), after="" if new is None else str(new),
    )  # fmt: skip


def _leaf(names: Mapping[str, str], leaf: Leaf) -> Change:
    path, old, new = leaf
    was, now = say.value(old), say.value(new)
    before = f"(before: {was})"
    match path:
        case ("numbers", number):
            began = f'began in the flow "{old}"' if old else "were calls to any other number"
            begin = f'begin in the flow "{new}"' if new else "are calls to any other number"
            return _change("entry", f"calls to {number} {begin} (before, they {began})", leaf)
        case ("default",):
            return _change("entry", f'calls to any other number begin in the flow "{new}" (before: "{old}")', leaf)
        case ("goodbye" | "trouble", *rest):
            return _words(names, WORDS[path[0]], tuple(rest), leaf)
        case ("defaults", ("confirm" | "consent" | "connecting") as part, *rest):
            return _words(names, WORDS[part], tuple(rest), leaf)
        case ("defaults", *_):
            return _default(leaf)
        case ("shortcuts", key, *rest):
            return _shortcut(names, key, tuple(rest), leaf)
        case ("prompts", name, *rest):
            return _words(names, f'the shared prompt "{name}"', tuple(rest), leaf)
        case ("languages", tag, *rest):
            return _language(names.get(tag, tag), tuple(rest), leaf)
        case ("destinations", name, *rest):
            what: What = "time" if rest == ["ring"] else "destination"
            return _change(what, f'the desk "{name}": its {_of(rest)} is {now} {before}', leaf)
        case ("hours", name, *rest):
            return _change("hours", f'the hours "{name}": {_of(rest)} is {now} {before}', leaf)
        case ("limits", name):
            shown = say.target(new) if name == "next" else now
            earlier = say.target(old) if name == "next" else was
            sentence = f'a call that goes round for ever: "{name.replace("_", " ")}" is {shown} (before: {earlier})'
            return _change("limit", sentence, leaf)
        case ("cases", kind, *rest):
            return _change("case", f"a case of the kind {kind}: its {_of(rest)} is {now} {before}", leaf)
        case ("hotline",):
            return _change("other", f"its title is {now} {before}", leaf, way=False)
        case ("languages in order",):
            return _change("language", f"its languages come in the order {now} {before}", leaf)
        case ("shortcuts in order",):
            return _change("order", "the shortcut keys are announced in another order", leaf, way=False)
    return _change("other", f"its {' '.join(path).replace('_', ' ')} is {now} {before}", leaf)


def _of(rest: Any) -> str:
    return " ".join(rest).replace("_", " ") or "entry"


def _words(names: Mapping[str, str], what: str, rest: tuple[str, ...], leaf: Leaf) -> Change:
    where = f" in {names.get(rest[0], rest[0])}" if rest else ""
    done = "is new" if leaf[1] is None else "is gone" if leaf[2] is None else "changed"
    return _change("words", f"{what} {done}{where}", leaf, way=False)


def _default(leaf: Leaf) -> Change:
    path, old, new = leaf
    every = "in every question that says nothing else,"
    why = "after silence" if "no_input" in path else "after an answer not understood"
    match path:
        case (_, "no_input" | "no_match", "tries"):
            return _change("default", f"{every} {why} it is asked {new} times in all (before: {old} times)", leaf)
        case (_, "no_input" | "no_match", "next"):
            sentence = f"{every} {why} at last it leads to {say.target(new)} (before: {say.target(old)})"
            return _change("default", sentence, leaf)
        case (_, "no_input" | "no_match", "say"):
            return _change("words", f"{every} what is said {why} changed", leaf, way=False)
        case (_, ("wait" | "gap") as name):
            what = "the wait for an answer" if name == "wait" else "the pause that ends an answer"
            return _change("time", f"{every} {what} is {say.seconds(new)} (before: {say.seconds(old)})", leaf)
    sentence = f'{every} "{" ".join(path[1:])}" is {say.value(new)} (before: {say.value(old)})'
    return _change("default", sentence, leaf)


def _shortcut(names: Mapping[str, str], key: str, rest: tuple[str, ...], leaf: Leaf) -> Change:
    _, old, new = leaf
    match rest:
        case ("next",) if old is None:
            return _change("shortcut", f"new: key {key} in every question leads to {say.target(new)}", leaf)
        case ("next",) if new is None:
            sentence = f"key {key} no longer means anything in every question (before: {say.target(old)})"
            return _change("shortcut", sentence, leaf)
        case ("next",):
            sentence = f"key {key} in every question leads to {say.target(new)} (before: {say.target(old)})"
            return _change("shortcut", sentence, leaf)
        case ("announce",):
            sentence = f"whether key {key} is announced after a question: {say.value(new)} (before: {say.value(old)})"
            return _change("words", sentence, leaf, way=False)
        case (_, *where):
            language = f" in {names.get(where[0], where[0])}" if where and where[0] else ""
            sentence = f"what is said for key {key} in every question{language} is {say.value(new)} (before: {say.value(old)})"
            return _change("shortcut", sentence, leaf)
    return _change("shortcut", f"key {key} in every question is {say.value(new)} (before: {say.value(old)})", leaf)


def _language(name: str, rest: tuple[str, ...], leaf: Leaf) -> Change:
    _, old, new = leaf
    way = not rest or rest[0] in WAY_OF_A_LANGUAGE
    what: What = "time" if rest and rest[0] in ("wait", "gap") else "language"
    sentence = f"{name}: its {_of(rest)} is {say.value(new)} (before: {say.value(old)})"
    return _change(what, sentence, leaf, way=way)
