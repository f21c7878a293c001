"""Two versions of `hotline.yaml`: every difference as a change with a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ivr.change.diff import wording as say
from ivr.change.diff.change import Change, What
from ivr.change.diff.plain import Plain, tree
from ivr.change.diff.wording import AFTER, Leaf
from ivr.flow.hotline import HotlineFields
from ivr.messages.message import Message

LanguageNames = Mapping[str, str]
"""Names of languages by tag."""
WORDS = {
    "goodbye": "diff.words.goodbye",
    "trouble": "diff.words.trouble",
    "confirm": "diff.words.confirm",
    "consent": "diff.words.consent",
    "connecting": "diff.words.connecting",
    "cannot_call": "diff.words.cannot-call",
}
OUTGOING_WORDS = {
    "name": "diff.words.outgoing-name",
    "goodbye": "diff.words.outgoing-goodbye",
    "message": "diff.words.outgoing-message",
}
LISTENED_FOR = frozenset({"yes", "no", "wait", "gap", "listen"})
"""Fields of a language that decide how a caller is understood; the others are only heard."""
NAMED = {
    "languages": "diff.part.language",
    "shortcuts": "diff.part.shortcut",
    "call": "diff.part.call",
    "switches": "diff.part.switch",
    "hours": "diff.part.hours",
    "destinations": "diff.part.destination",
    "cases": "diff.part.case",
    "outgoing": "diff.part.outgoing",
    "prompts": "diff.words.shared",
}


def hotline_tree(fields: HotlineFields) -> dict[str, Plain]:
    """The hotline's fields, and the orders that callers hear: of its languages and of its shortcuts."""
    found = tree(fields, without=frozenset({"promises"}))
    if fields.calls_to == []:
        found["calls_to"] = []  # no country, which is not the same as the hotline's own
    found["languages in order"] = " ".join(fields.languages)
    found["shortcuts in order"] = " ".join(fields.shortcuts)
    return found


def promise_changes(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> Iterator[Change]:
    """Promises that are new or gone, as written in the files; they change nothing for a caller."""
    for one, others, code in ((after, before, "diff.promise.new"), (before, after, "diff.promise.gone")):
        for promise in one:
            if promise not in others:
                sentence = Message(code, promise=say.value(promise))
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
    part = Message(NAMED[what], name=names.get(name, name))
    sentence = Message("diff.part.gone" if new is None else "diff.part.new", part=part)
    if what == "shortcuts":
        code = "diff.shortcut.gone" if new is None else "diff.shortcut.new"
        sentence = Message(code, part=part, target=say.target((new if old is None else old)["next"]))
    kind: What = "shortcut" if what == "shortcuts" else "words" if what == "prompts" else "other"
    behavior = what not in ("prompts", "switches")
    return Change(what=kind, name=f"{what} {name}", changes_behavior=behavior, sentence=sentence)


def _change(what: What, sentence: Message, leaf: Leaf, *, changes_behavior: bool = True) -> Change:
    path, old, new = leaf
    return Change(
        what=what, name=" ".join(path), changes_behavior=changes_behavior, sentence=sentence,
        before=say.text(old), after=say.text(new),
    )  # fmt: skip


def _other(names: LanguageNames, leaf: Leaf) -> Change:
    """A part without a sentence of its own: every difference is reported."""
    path, old, new = leaf
    sentence = Message("diff.hotline.field", field=" ".join(path), now=say.value(new), before=say.value(old))
    return _change("other", sentence, leaf)


def _field(what: What, part: Message, leaf: Leaf, *, changes_behavior: bool = True) -> Change:
    """A field of a named part, by its key."""
    (_, _, *rest), old, new = leaf
    now, before = say.value(new), say.value(old)
    sentence = Message("diff.part.field", part=part, field=" ".join(rest), now=now, before=before)
    return _change(what, sentence, leaf, changes_behavior=changes_behavior)


def _title(names: LanguageNames, leaf: Leaf) -> Change:
    sentence = Message("diff.hotline.title", now=say.value(leaf[2]), before=say.value(leaf[1]))
    return _change("other", sentence, leaf, changes_behavior=False)


def _number(names: LanguageNames, leaf: Leaf) -> Change:
    (_, number), old, new = leaf
    if new is None:
        sentence = Message("diff.number.gone", number=number, before=old)
    elif old is None:
        sentence = Message("diff.number.new", number=number, now=new)
    else:
        sentence = Message("diff.number.flow", number=number, now=new, before=old)
    return _change("entry", sentence, leaf)


def _any_number(names: LanguageNames, leaf: Leaf) -> Change:
    return _change("entry", Message("diff.number.any", now=leaf[2], before=leaf[1]), leaf)


def _calls_to(names: LanguageNames, leaf: Leaf) -> Change:
    now, before = (_countries(part) for part in (leaf[2], leaf[1]))
    return _change("other", Message("diff.hotline.calls-to", now=now, before=before), leaf)


def _countries(countries: Sequence[str] | None) -> Message:
    if countries is None:
        return Message("diff.countries.own")
    return Message("diff.countries.these", each=tuple(countries)) if countries else Message("diff.countries.none")


def _words(names: LanguageNames, leaf: Leaf) -> Change:
    (part, *rest), _, _ = leaf
    return _prompt(names, Message(WORDS[part]), rest, leaf)


def _shared(names: LanguageNames, leaf: Leaf) -> Change:
    (_, name, *rest), _, _ = leaf
    return _prompt(names, Message("diff.words.shared", name=name), rest, leaf)


def _prompt(names: LanguageNames, words: Message, rest: Sequence[str], leaf: Leaf) -> Change:
    """Words that are new, gone or others, in one language if they are written by language."""
    language = names.get(rest[0], rest[0]) if rest else ""
    if leaf[1] is None:
        code = "diff.words.new-in" if rest else "diff.words.new"
    elif leaf[2] is None:
        code = "diff.words.gone-in" if rest else "diff.words.gone"
    else:
        code = "diff.words.changed-in" if rest else "diff.words.changed"
    sentence = Message(code, words=words, language=language)
    return _change("words", sentence, leaf, changes_behavior=False)


def _default(names: LanguageNames, leaf: Leaf) -> Change:
    (_, *rest), old, new = leaf
    after = Message(AFTER.get(rest[0], AFTER["no_match"]))
    match rest:
        case [("confirm" | "consent" | "connecting" | "cannot_call") as part, *where]:
            return _prompt(names, Message(WORDS[part]), where, leaf)
        case ["no_input" | "no_match", "tries"]:
            sentence = Message("diff.defaults.tries", after=after, now=say.times(new), before=say.times(old))
            return _change("default", sentence, leaf)
        case ["no_input" | "no_match", "next"]:
            sentence = Message("diff.defaults.next", after=after, now=say.target(new), before=say.target(old))
            return _change("default", sentence, leaf)
        case ["no_input" | "no_match", ("say" | "unclear") as words]:
            after = Message(AFTER["unclear"]) if words == "unclear" else after
            return _change("words", Message("diff.defaults.words", after=after), leaf, changes_behavior=False)
        case ["wait"]:
            sentence = Message("diff.defaults.wait", now=say.seconds(new), before=say.seconds(old))
            return _change("time", sentence, leaf)
        case ["gap"]:
            sentence = Message("diff.defaults.gap", now=say.seconds(new), before=say.seconds(old))
            return _change("time", sentence, leaf)
    now, before = say.value(new), say.value(old)
    return _change("default", Message("diff.defaults.field", field=" ".join(rest), now=now, before=before), leaf)


def _shortcut(names: LanguageNames, leaf: Leaf) -> Change:
    (_, key, *rest), old, new = leaf
    part, now, before = Message(NAMED["shortcuts"], name=key), say.value(new), say.value(old)
    match rest:
        case ["next"]:
            sentence = Message("diff.shortcut.target", part=part, now=say.target(new), before=say.target(old))
            return _change("shortcut", sentence, leaf)
        case ["announce"]:
            sentence = Message("diff.shortcut.announce", part=part, now=now, before=before)
            return _change("words", sentence, leaf, changes_behavior=False)
        case [_, tag, *_] if tag:
            language = names.get(tag, tag)
            sentence = Message("diff.shortcut.words-in", part=part, language=language, now=now, before=before)
            return _change("shortcut", sentence, leaf)
    return _change("shortcut", Message("diff.shortcut.words", part=part, now=now, before=before), leaf)


def _language(names: LanguageNames, leaf: Leaf) -> Change:
    (_, tag, *rest), _, _ = leaf
    behavior = not rest or rest[0] in LISTENED_FOR
    what: What = "time" if rest and rest[0] in ("wait", "gap") else "language"
    part = Message(NAMED["languages"], name=names.get(tag, tag))
    return _field(what, part, leaf, changes_behavior=behavior)


def _languages_in_order(names: LanguageNames, leaf: Leaf) -> Change:
    now, before = (tuple(part.split()) for part in (leaf[2], leaf[1]))
    return _change("language", Message("diff.hotline.languages-order", now=now, before=before), leaf)


def _shortcuts_in_order(names: LanguageNames, leaf: Leaf) -> Change:
    return _change("order", Message("diff.hotline.shortcuts-order"), leaf, changes_behavior=False)


def _destination(names: LanguageNames, leaf: Leaf) -> Change:
    (_, name, *rest), old, new = leaf
    part = Message(NAMED["destinations"], name=name)
    if rest == ["ring"]:
        sentence = Message("diff.part.ring", part=part, now=say.seconds(new), before=say.seconds(old))
        return _change("time", sentence, leaf)
    return _field("destination", part, leaf)


def _hours(names: LanguageNames, leaf: Leaf) -> Change:
    return _field("hours", Message(NAMED["hours"], name=leaf[0][1]), leaf)


def _call_value(names: LanguageNames, leaf: Leaf) -> Change:
    return _field("value", Message(NAMED["call"], name=leaf[0][1]), leaf)


def _case(names: LanguageNames, leaf: Leaf) -> Change:
    return _field("case", Message(NAMED["cases"], name=leaf[0][1]), leaf)


def _outgoing(names: LanguageNames, leaf: Leaf) -> Change:
    (_, flow, what, *rest), old, new = leaf
    part = Message(NAMED["outgoing"], name=flow)
    if what in OUTGOING_WORDS:
        return _prompt(names, Message(OUTGOING_WORDS[what], name=flow), rest, leaf)
    if what in ("spacing", "pace"):
        now, before = say.seconds(new), say.seconds(old)
        return _change("time", Message("diff.part.field", part=part, field=what, now=now, before=before), leaf)
    return _field("other", part, leaf)


def _limit(names: LanguageNames, leaf: Leaf) -> Change:
    (_, name), old, new = leaf
    said = {"next": say.target, "call": say.seconds}.get(name, say.value)
    return _change("limit", Message("diff.hotline.limit", name=name, now=said(new), before=said(old)), leaf)


def _waiver(names: LanguageNames, leaf: Leaf) -> Change:
    (_, name, *flow), old, new = leaf
    promise = Message("diff.promise.named", name=name)
    if flow:
        promise = Message("diff.promise.of-flow", name=name, flow=flow[0])
    if new is None:
        sentence = Message("diff.promise.not-waived", promise=promise, before=say.value(old))
    elif old is None:
        sentence = Message("diff.promise.waived", promise=promise, why=say.value(new))
    else:
        sentence = Message("diff.promise.waiver", promise=promise, now=say.value(new), before=say.value(old))
    return _change("other", sentence, leaf, changes_behavior=False)


CHANGES: Mapping[str, Callable[[LanguageNames, Leaf], Change]] = {
    "hotline": _title, "numbers": _number, "default": _any_number, "languages": _language, "defaults": _default,
    "shortcuts": _shortcut, "destinations": _destination, "hours": _hours, "cases": _case, "limits": _limit,
    "prompts": _shared, "call": _call_value, "goodbye": _words, "trouble": _words,
    "waive": _waiver, "outgoing": _outgoing, "calls_to": _calls_to,
    "languages in order": _languages_in_order, "shortcuts in order": _shortcuts_in_order,
}  # fmt: skip
