"""Strings of digits as they are read out: "one three eight double oh", 幺三八，三个零, "plus forty four …"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ivr.speech.entry_tokens import Lexicon, Token, kinds_of

_SHAPE = re.compile(r"([ ,(+j]*)([nuetxhkgp](?:.*[nuethkgp])?)[ ,.)]*")
_BETWEEN = frozenset(",-()/fj")
_LONG = 7
"""Two groups of so many digits are two numbers."""


def digit_string(text: str, lexicon: Lexicon, *, phone: bool) -> str:
    """The digits an utterance says and nothing else, "+" first for an international number; empty where it is more
    than one number, or anything besides."""
    tokens = lexicon.tokens(text)
    kinds = "".join("c" if token.kind == "c" else token.kind for token in tokens)
    shape = _SHAPE.fullmatch(kinds.replace("c", " ").replace("f", " "))
    if shape is None or shape[1].count("+") > int(phone):
        return ""
    begin, end = shape.span(2)
    said = _Reader(tokens[begin:end], phone=phone).read()
    return ("+" if "+" in shape[1] else "") + said if said else ""


class _Reader:
    """Words of one string of digits, from left to right."""

    def __init__(self, tokens: Sequence[Token], *, phone: bool) -> None:
        self.tokens, self.phone = tokens, phone
        self.kinds = kinds_of(tokens)
        self.found: list[str] = []
        self.times = 1

    def read(self) -> str:
        """The digits, empty where a word does not belong to them."""
        long = [token for token in self.tokens if token.kind == "n" and len(_figures(token.said)) >= _LONG]
        if len(long) > 1:
            return ""
        if not self.phone and re.fullmatch("[ut]?p?u?", self.kinds) and "p" in self.kinds:
            return self._tens()
        at = 0
        while at < len(self.tokens):
            step = self._take(at)
            if not step:
                return ""
            at += step
        return "".join(self.found) if self.times == 1 else ""

    def _tens(self) -> str:
        """A lone 二十一."""
        numerals = [token.value for token in self.tokens if token.kind == "u"]
        before = numerals[0] if self.kinds[0] == "u" else 1
        after = numerals[-1] if self.kinds[-1] == "u" else 0
        tens = next(token.value for token in self.tokens if token.kind == "p")
        return str(10 * before + after) if tens == 10 and before else ""

    def _take(self, at: int) -> int:
        """How many words were understood at a place."""
        token = self.tokens[at]
        match token.kind:
            case "n":
                return self._written(token.said)
            case "u":
                return self._put(str(token.value) * self.times)
            case "e" if self.times == 1:
                return self._put(str(token.value))
            case "t" if self.times == 1:
                joins = self._kind(at + 1) == "u" and self.tokens[at + 1].value > 0
                self._put(str(token.value + (self.tokens[at + 1].value if joins else 0)))
                return 1 + joins
            case "x" if self.times == 1:
                self.times = token.value
                return 1
            case "h" | "p" | "k" if token.value in (100, 1000) and self._rounds(at):
                return self._put("0" * (len(str(token.value)) - 1))
            case "g" if self._kind(at - 1) == self._kind(at + 1) == "u" and self.tokens[at - 1].value > 1:
                self.found[-1] = str(self.tokens[at + 1].value) * self.tokens[at - 1].value
                return 2
            case kind if kind in _BETWEEN and self.times == 1:
                return 1
        return 0

    def _kind(self, at: int) -> str:
        return self.tokens[at].kind if 0 <= at < len(self.tokens) else ""

    def _rounds(self, at: int) -> bool:
        """Whether "eight hundred" stands for 800 here: one digit before, a pause or two digits or more behind."""
        before = self.tokens[at - 1] if at else None
        if self.times > 1 or before is None or self._kind(at - 2) in ("t", "h", "p", "k"):
            return False
        if not (before.kind == "u" and before.value) and not (before.kind == "n" and len(before.said) == 1):
            return False
        behind = self._kind(at + 1), self._kind(at + 2)
        pause = behind[0] in ("", ",", "-", "j") or (behind[0] == "n" and len(self.tokens[at + 1].said) > 1)
        return pause or (behind[0] in ("u", "x") and behind[1] in ("u", "x"))

    def _written(self, said: str) -> int:
        digits = _figures(said)
        marks = set(said) - set("0123456789")
        if said.startswith(".") or (marks == {","} and not _grouped(said)):
            return 0
        if "." in marks and said.count(".") == 1 and not self.phone:
            return 0
        if "/" in marks and (said.count("/") > 1 or not self.phone):
            return 0
        return self._put(digits[0] * self.times + digits[1:])

    def _put(self, digits: str) -> int:
        self.found.append(digits)
        self.times = 1
        return 1


def _figures(said: str) -> str:
    return re.sub("[^0-9]", "", said)


def _grouped(said: str) -> bool:
    return re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9](?:,[0-9])+", said) is not None
