"""`yes-no-keys`: the sentence that announces yes and no in a language names other keys than 1 for yes and 2 for no.

It is said behind every yes/no question. A caller who presses what it says answers the opposite, or hears that there is
no such choice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ivr.errors import Finding, Problem
from ivr.flow.hotline import LanguageSettings
from ivr.lint.context import LintContext
from ivr.lint.menus.announce_without_key import PASSES
from ivr.lint.menus.key_not_said import says
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.steps.spoken import digits_in, fold, meant

KEYS = {"yes": "1", "no": "2"}
_USUAL = {
    "yes": ("yes", "correct", "right", "if so", "是", "对", "正确", "同意", "需要"),
    "no": ("no", "not", "not so", "not right", "not correct", "isn't right", "isn't correct", "otherwise", "incorrect",
           "wrong", "不是", "不对", "不正确", "不同意", "不需要", "否", "否则"),
}  # fmt: skip
"""Words the sentence may have that are not among those a caller may say."""
_CLAUSES = (
    re.compile(r"[.;。；!！]"),
    re.compile(r"[.;。；!！,，、]"),
    re.compile(r"[.;。；!！,，、]|\b(?:and|or)\b|或|和"),
)
_KEY = r"(?:[0-9零一二三四五六七八九]|\b(?:zero|one|two|three|four|five|six|seven|eight|nine)\b)"
_ASCII_KEY = re.compile(r"[0-9*#]")
FAILS = PASSES.replace("是，请按1；不是，请按2。", "是，请按2；不是，请按1。").replace(
    "press 1. For no, press 2.", "press 1."
)


def check(context: LintContext) -> Iterable[Finding]:
    """The sentence of each language, clause by clause."""
    for tag, language in context.hotline.languages.items():
        for message in dict.fromkeys(_wrong(tag, language)):
            path = ("languages", tag, "yes_no")
            hint = Message("lint.yes-no-keys.hint", example=_example(tag))
            yield context.source.finding(path, Problem("yes-no-keys", message, hint))


def _wrong(tag: str, language: LanguageSettings) -> Iterator[Message]:
    named = {answer: key for answer, key in _paired(language)}
    for answer, key in KEYS.items():
        found = named.get(answer, key)
        if found != key:
            yield Message("lint.yes-no-keys.wrong", language=tag, found=found, answer=answer, key=key)
        elif not says(language.yes_no, key):
            yield Message("lint.yes-no-keys.missing", language=tag, answer=answer, key=key)
    others = sorted({key for key in _keys(language.yes_no) if key not in KEYS.values()} - set(named.values()))
    if others:
        yield Message("lint.yes-no-keys.other", language=tag, keys=tuple(others))


def _paired(language: LanguageSettings) -> Iterator[tuple[str, str]]:
    """Which answer each key is said for, as far as a clause names one of each."""
    words = [(fold(word), answer) for answer in KEYS for word in getattr(language, answer)]
    words += [(fold(word), answer) for answer, usual in _USUAL.items() for word in usual]
    for clauses in _CLAUSES:
        found = []
        for clause in clauses.split(language.yes_no):
            answers, keys = meant(clause, words), _keys(clause)
            if len(answers) == 1 and len(keys) == 1:
                found.append((answers[0], keys[0]))
        if len({answer for answer, _ in found}) == 2:
            yield from found
            return
    yield from _in_turn(fold(language.yes_no), dict(words))


def _in_turn(text: str, words: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The same of a sentence without stops, where two answers and two keys take turns: "two for yes one for no"."""
    said = sorted(filter(None, words), key=len, reverse=True)
    parts = "|".join(rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word) for word in said)
    found = re.findall(rf"{parts}|{_KEY}", text)
    answers, keys = [words[part] for part in found if part in words], [part for part in found if part not in words]
    by_turns = len(found) == 4 and [part in words for part in found] in ([True, False] * 2, [False, True] * 2)
    if by_turns and set(answers) == set(KEYS):
        yield from zip(answers, map(digits_in, keys), strict=True)


def _keys(text: str) -> list[str]:
    """The keys a text names, in figures, else in words."""
    figures = _ASCII_KEY.findall(text)
    plain = fold(text)
    words = [digits_in(part) for part in plain.split()] + [digits_in(c) for c in plain if not c.isascii()]
    return list(dict.fromkeys(figures or [key for key in words if len(key) == 1]))


def _example(tag: str) -> str:
    chinese = tag.startswith(("zh", "yue", "cmn"))
    return "是，请按1；不是，请按2。" if chinese else "For yes, press 1. For no, press 2."


RULE = Rule(
    codes=("yes-no-keys",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="say 1 for yes and 2 for no.",
)  # fmt: skip
