"""The choices of a menu or language question: added, gone, moved to another key, called or worded otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ivr.change.diff import wording as say
from ivr.change.diff.change import Change
from ivr.change.diff.plain import Plain

if TYPE_CHECKING:
    from ivr.change.diff.steps import At


def choice_changes(at: At, before: Mapping[str, Plain], after: Mapping[str, Plain]) -> Iterator[Change]:
    """Every change of the choices themselves; where they lead is told with the exits."""
    old, new = before.get("choices") or {}, after.get("choices") or {}
    for name, about in new.items():
        if name not in old:
            to = say.target(after["exits"][name]) if name in after["exits"] else "where the others lead"
            sentence = f"new: {say.choice(name, about)} leads to {to}"
            yield at.change("choice added", sentence, name=name, after=about["key"])
        else:
            for path, was, now in say.leaves(old[name], about):
                yield _changed(at, name, about, path, (was, now))
    for name, about in old.items():
        if name not in new:
            yield at.change("choice removed", f"{say.choice(name, about)} is gone", name=name, before=about["key"])


def _changed(at: At, name: str, about: Plain, path: tuple[str, ...], values: tuple[Any, Any]) -> Change:
    was, now = values
    shown = say.choice(name, about)
    match path:
        case ("key",):
            sentence = f'"{name}" is on key {now} now (before: key {was})'
            return at.change("choice moved", sentence, name=name, before=was, after=now)
        case ("label", language):
            called = f"is called {say.value(now)} in {at.language(language)} (before: {say.value(was)})"
            sentence = f"the choice on key {about['key']} {called}"
            return at.change("said for it", sentence, name=name, before=was, after=now)  # a label may be said, too
        case ("words", *rest):
            where = f" in {at.language(rest[0])}" if rest and rest[0] else ""
            sentence = f"what may be said for {shown}{where} is now {say.value(now)} (before: {say.value(was)})"
            return at.change("said for it", sentence, name=name, before=say.value(was), after=say.value(now))
        case ("is",):
            sentence = f"{shown} is kept as {say.value(now)} (before: {say.value(was)})"
            return at.change("choice value", sentence, name=name, before=was, after=now)
        case ("languages",):
            everywhere = "every language"
            sentence = (
                f"{shown} is offered in {say.value(now) if now else everywhere} "
                f"(before: {say.value(was) if was else everywhere})"
            )
            return at.change("choice languages", sentence, name=name, before=say.value(was), after=say.value(now))
    sentence = f'{shown}: its "{" ".join(path)}" is now {say.value(now)} (before: {say.value(was)})'
    return at.change("other", sentence, name=name, before=was, after=now)
