"""Choices of a menu: keys a shortcut already has, names and spoken words given twice, keys nobody is told of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ivr.errors import Finding
from ivr.flow.rules.survey import Survey
from ivr.flow.rules.written import Path
from ivr.steps.choosing import Choosing
from ivr.steps.spoken import digits_in, fold

Choices = Mapping[str, Mapping[str, Any]]


def menus(survey: Survey) -> Iterator[tuple[str, str, dict[str, Any], Choices]]:
    """Every step with choices by key: flow, step, the step as data, its choices."""
    for flow, step in survey.steps():
        data = survey.data(flow.name, step.name)
        if choices := data.get("choices"):
            yield flow.name, step.name, data, choices


def shortcut_key(survey: Survey) -> Iterable[Finding]:
    """`shortcut-key`: a choice on a shortcut's key is never heard (FLOWS 2.3)."""
    for flow, step, data, choices in menus(survey):
        for key in choices:
            shortcut = survey.release.shortcuts.get(key)
            if shortcut is None or (data.get("shortcuts") == "no" and key != "0"):
                continue
            message = f"key {key} is the shortcut to {shortcut.next} in every question: this choice is never taken."
            free = [n for n in "12345678" if n not in choices]
            hint = f"Put it on key {free[0]}." if free else "Split the menu in two."
            yield survey.at(flow, step, "shortcut-key", message, hint, path=("choices", key), at_key=True)


def same_choice(survey: Survey) -> Iterable[Finding]:
    """`same-choice`, `missing-is`: a choice has a name of its own, and a value where its menu saves one."""
    for flow, step, data, choices in menus(survey):
        names: dict[str, str] = {}
        for key, choice in choices.items():
            name = survey.choice_name(dict(choice))
            if name in names:
                message = f'choices {names[name]} and {key} are both called "{name}": both would lead the same way.'
                hint = "Give one of them another is, or another label."
                yield survey.at(flow, step, "same-choice", message, hint, path=("choices", key), at_key=True)
            names.setdefault(name, key)
            if "save" in data and "is" not in choice:
                message = f'the menu saves "{data["save"]}", and choice {key} says no value for it.'
                hint = "Add is: a word of small letters."
                yield survey.at(flow, step, "missing-is", message, hint, path=("choices", key), at_key=True)


def same_words(survey: Survey) -> Iterable[Finding]:
    """`same-words`: words that mean two choices, or a shortcut, choose neither (FLOWS 2.8; a warning: keys work)."""
    for flow, step, data, choices in menus(survey):
        choosing: Choosing | None = getattr(survey.release.flows[flow].steps[step], "choosing", None)
        told = set()
        for tag, words in choosing.words.items() if choosing is not None else ():
            taken = dict(_shortcut_words(survey, tag, data))
            for word, name in words:
                other = taken.setdefault(word, name)
                key = survey.choice_key(flow, step, name)
                if other != name and key is not None and (key, word) not in told:
                    told.add((key, word))
                    message = f'"{word}" is said for "{other}" and for "{name}", and so chooses neither.'
                    if other.startswith("shortcut "):
                        message = f'"{word}" is said for {other}, which is tried first: it never chooses "{name}".'
                    path = ("choices", key, *_word_path(choices[key], tag, word))
                    hint = "Leave it to one of them."
                    yield survey.at(flow, step, "same-words", message, hint, path=path, severity="warning")


def _shortcut_words(survey: Survey, tag: str, data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, shortcut in survey.release.shortcuts.items():
        if key == "0" or data.get("shortcuts") != "no":
            yield from ((word, f"shortcut {key}") for word, _ in shortcut.words.get(tag, ()))


def _word_path(choice: Mapping[str, Any], tag: str, word: str) -> Path:
    """Where a word of a choice stands, inside the choice."""
    words: Mapping[str, Sequence[str]] | Sequence[str] = choice.get("words", {})
    if isinstance(words, Mapping):
        places: list[tuple[Path, str]] = [(("words", tag, n), said) for n, said in enumerate(words.get(tag, ()))]
    else:
        places = [(("words", n), said) for n, said in enumerate(words)]
    places.append((("label", tag), choice.get("label", {}).get(tag, "")))
    return next((path for path, said in places if fold(said) == word), ())


def yes_or_no(survey: Survey) -> Iterable[Finding]:
    """`same-words`: a word that means both yes and no in a language."""
    for tag, language in survey.hotline.languages.items():
        for n, word in enumerate(language.no):
            if fold(word) in map(fold, language.yes):
                message = f'"{word}" is said for yes and for no, and so means neither.'
                path = ("languages", tag, "no", n)
                yield survey.source.finding("same-words", path, message, "Leave it to one.", severity="warning")


def key_not_said(survey: Survey) -> Iterable[Finding]:
    """`key-not-said`: with `announce: no` the prompt itself says each key (FLOWS 1.3; a warning)."""
    for flow, step, data, choices in menus(survey):
        said = data.get("menu")
        if data.get("announce") != "no" or not isinstance(said, dict):
            continue
        for tag, written in said.items():
            text = written if isinstance(written, str) else written["text"]
            for key in choices:
                if key.isdigit() and tag in choices[key].get("languages", survey.languages) and not _says(text, key):
                    message = f"the {tag} words do not say key {key}, and announce: no leaves it to them."
                    hint = f"Say {key} in the words, or take announce: no out."
                    yield survey.at(flow, step, "key-not-said", message, hint, path=("menu", tag), severity="warning")


def _says(text: str, key: str) -> bool:
    plain = fold(text)
    return any(digits_in(part) == key for part in (*plain.split(), *plain))


RULES = (shortcut_key, same_choice, same_words, yes_or_no, key_not_said)
