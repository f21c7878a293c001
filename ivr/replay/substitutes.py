"""Substitutes in a fixture for what a caller gave: numbers that belong to nobody, words of the flows themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, islice

import phonenumbers

from ivr.call.case_number import case_number
from ivr.call.inputs import Digits, Input, Masked, Recording, ReplyRefused, Speech
from ivr.call.keys import written_key
from ivr.call.phone import is_number
from ivr.call.state import State
from ivr.flow.model import Release
from ivr.speech.net import Net, net
from ivr.steps.entry import Entry, keyed
from ivr.steps.step import Step

KEYS = "1234567890*#"
FICTITIOUS = {"CN": "+86215550{:04d}", "US": "+120255501{:02d}", "CA": "+120255501{:02d}"}
"""Numbers kept for stories; 100 of them a call."""
NEUTRAL = {"zh": ("示例内容", "天地玄黄"), "yue": ("示例內容", "天地玄黃"), "en": ("an example", "lorem ipsum")}
ANY = ("xyz", "example")


def neutral(language: str) -> Sequence[str]:
    """Words that say nothing, in a language."""
    return (*NEUTRAL.get(language.split("-")[0].lower(), ()), *ANY)


def fictitious_number(number: str, count: int) -> str:
    """The `count`-th number, from 1, that stands for one like `number`; empty for a withheld one."""
    if not number:
        return ""
    try:
        region = phonenumbers.region_code_for_number(phonenumbers.parse(number, None)) or "US"
    except phonenumbers.NumberParseException:
        region = "US"
    kept = FICTITIOUS.get(region)
    if kept is None:
        return _example(region, count)
    made = kept.format(100 + count if region == "CN" else count % 100)
    return made if made != number else fictitious_number(number, count + 50)


def _example(region: str, count: int) -> str:
    """The numbering plan's own example, its last digits counted on where the plan has such a number."""
    example = phonenumbers.example_number(region)
    if example is None:
        return FICTITIOUS["US"].format(count % 100)
    first = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
    made = f"{first[:-2]}{(int(first[-2:]) + count - 1) % 100:02d}"
    return made if is_number(made) else first


def substitutes(release: Release, state: State, came: Input, replaced: Mapping[str, str]) -> Iterator[Input]:
    """Inputs that may replace one at this state, the most similar first. Whoever takes one checks what comes of it."""
    step = release.flows[state.stack[-1].flow].steps[state.stack[-1].step] if state.stack else None
    entry = step.declared.entry if step is not None and state.phase == "asked" else None
    match came:
        case Digits(keys=keys):
            if len(keys) == 1 and (entry is None or _shortcut(release, keys)):
                yield came
            yield from (Digits(each) for each in _keyed(entry, keys, replaced))
            yield from (Digits(key) for key in KEYS)
        case Masked(length=length):
            if entry is not None:
                yield from (Digits(each) for each in _of_length(entry, length))
            yield Speech(neutral(state.language)[0], 0.01)
        case Speech(text=text, confidence=confidence):
            sure = 0.9 if confidence is None else max(1, int(confidence * 100 + 1e-6)) / 100
            here = words_here(release, state, step)
            spoken = (
                ()
                if entry is None or entry.type == "text"
                else _entries(entry, entry.said(text, state.language), replaced)
            )
            yield from (Speech(each, sure) for each in _spoken(here, spoken, state.language))
            yield from (Speech(each, sure) for each in _about(state, step))
        case Recording(seconds=seconds, key=key):
            yield Recording(f"RE{len(replaced):032d}", seconds, key)
        case ReplyRefused():
            yield ReplyRefused(12100)
        case _:
            yield came


def _shortcut(release: Release, keys: str) -> bool:
    return written_key(keys) in release.shortcuts


def _keyed(entry: Entry | None, keys: str, replaced: Mapping[str, str]) -> Iterator[str]:
    if entry is None:
        return
    if not keyed(keys):
        yield from ("1*", "*")
    yield from _entries(entry, keyed(keys), replaced)


def _spoken(here: Sequence[str], entered: Iterable[str], language: str) -> Iterator[str]:
    """Words that mean something here, entries in place of the one that was spoken, words that say nothing; and last
    several words that mean something, as a caller says who cannot decide."""
    yield from here
    yield from entered
    yield from neutral(language)
    for size in (2, 3):
        for several in combinations(here, size):
            yield ", ".join(several)


def _about(state: State, step: Step | None) -> Iterator[str]:
    """Examples of each topic that is listed here, and two of them together, as a caller says who cannot decide."""
    asked = step.declared.choices.values() if step is not None else ()
    known = [topics for choosing in asked if (topics := choosing.topics.get(state.language)) is not None]
    said = [sample.said for topics in known for sample in topics.every_sample()]
    yield from (each for examples in said for each in examples)
    for one, other in combinations([examples[0] for examples in said], 2):
        yield f"{one}, {other}"


def words_here(release: Release, state: State, step: Step | None) -> Sequence[str]:
    """What the flows themselves say may be said here: the first word of each choice and each shortcut, then all of
    them, and the keys, which may be said too."""
    pairs: list[tuple[str, str]] = []
    keys: list[str] = []
    for choosing in step.declared.choices.values() if step is not None else ():
        words = choosing.words.get(state.language)
        pairs += [(said, word.name) for word in (words.words if words else ()) for said in _sayable(word.net)]
        keys += [key for key in choosing.keys.get(state.language, ()) if key.isdigit()]
    for shortcut in release.shortcuts.values():
        pairs += [
            (said, shortcut.key) for word in shortcut.words.get(state.language, ()) for said in _sayable(net(word))
        ]
    first = {name: word for word, name in reversed(pairs)}
    return list(dict.fromkeys([*(word for word, name in pairs if first[name] == word), *(w for w, _ in pairs), *keys]))


def _sayable(one: Net) -> Iterator[str]:
    return islice(one.utterances(), 1)


def _entries(entry: Entry, given: str, replaced: Mapping[str, str]) -> Iterator[str]:
    """Entries that may replace one: its substitute so far, else one of its kind and length."""
    value = entry.judge(given)
    if value is not None and value in replaced:
        yield _as_keyed(entry, replaced[value])
    count = len(replaced) + 1
    if value is not None and entry.type == "phone":
        yield _as_keyed(entry, fictitious_number(value, count))
    if value is not None and entry.type == "date":
        yield f"200001{count % 28 + 1:02d}"
    if value is not None and entry.type == "case_number":
        yield str(case_number(5_000_000 + count, "complaint"))
    yield from (each for each in _of_length(entry, len(given), count) if each != given)
    if len(given) == 1:
        yield given


def _of_length(entry: Entry, length: int, count: int = 1) -> Iterator[str]:
    """Entries of a length, good and bad."""
    if entry.type == "phone":
        yield from (_as_keyed(entry, number) for number in entry.phoned.samples())
        yield from (_as_keyed(entry, fictitious_number(f"+{code}", 1)) for code in ("8621", "1202"))
    if entry.type == "date" and length == 8:
        yield "20000101"
    if entry.type == "case_number":
        yield str(case_number(5_000_000, "complaint"))
    for n in range(9):
        yield str((count + n - 1) % 9 + 1) * length
    yield f"1{'0' * (length - 1)}"


def _as_keyed(entry: Entry, value: str) -> str:
    """A value as a caller keys it: a number as one dials it in the hotline's own country."""
    if entry.type == "date":
        return value.replace("-", "")
    if not value.startswith("+"):
        return value
    number = phonenumbers.parse(value, None)
    national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    home = phonenumbers.region_code_for_number(number) == entry.country
    digits = national if home else phonenumbers.format_out_of_country_calling_number(number, entry.country)
    return "".join(c for c in digits if c.isdigit())
