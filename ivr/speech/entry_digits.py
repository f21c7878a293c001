"""Strings of digits as they are read out: "one three eight double oh", 幺三八，三个零, "plus forty four …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ivr.speech.entry_tokens import Lexicon, Token, kinds_of
from ivr.speech.said_twice import Lengths, said_once

_SHAPE = re.compile(r"([ ,(+j]*)([nuetxhkgp](?:.*[nuethkgpX])?)[ ,.)]*")
_NOTHING = re.compile("[ ,j]*")
_BETWEEN = frozenset(",-()/fj")
_LONG = 7
"""Two groups of so many digits are two numbers."""
_TWO_WAYS = re.compile("(?<!t)utut")
"""Three forty two forty three: 340 243, or 3 42 43."""


def digit_string(text: str, lexicon: Lexicon, type_: str, lengths: Lengths | None) -> str:
    """The digits an utterance says and nothing else, "+" first for an international number; empty where it is more
    than one number, or anything besides. `lengths`: how few and how many are asked for, None where it is not known.
    So many decide whether "1234, 1234" is one number or the same one twice, and "ending in 1234" is the whole of an
    entry of four digits only."""
    tokens = [each for token in lexicon.tokens(text) for each in _groups(token)]
    said = {_one_string(part, type_, lengths) for part in _sayings(tokens)}
    found = said.pop() if len(said) == 1 else ""
    whole = (len(found), len(found)) == lengths or (lengths is None and type_ == "digits")
    return found if whole or not _only_the_end(tokens) else ""


def _sayings(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """The parts of an utterance between words that say nothing, or that it is said again."""
    part: list[Token] = []
    for token in [*tokens, Token("c", "")]:
        if token.kind not in "cER":
            part.append(token)
            continue
        if not _NOTHING.fullmatch(kinds_of(part)):
            yield part
        part = []


def _groups(token: Token) -> Iterator[Token]:
    """139,1234,5678 group by group."""
    if token.kind == "n" and set(token.said) - set("0123456789") == {","} and not _grouped(token.said):
        for n, group in enumerate(token.said.split(",")):
            yield from [Token(",", ",")] * bool(n)
            yield Token("n", group)
    else:
        yield token


def _only_the_end(tokens: Sequence[Token]) -> bool:
    """Whether it is said that these are the last digits only: "ending in", 后面是."""
    first = next((token for token in tokens if token.kind in "jnuetpx"), None)
    return any(token.kind == "E" for token in tokens) or (first is not None and first.said.startswith("后"))


def _one_string(tokens: Sequence[Token], type_: str, lengths: Lengths | None) -> str:
    """The digits of one saying."""
    phone = type_ == "phone"
    shape = _SHAPE.fullmatch("".join(token.kind for token in tokens).replace("f", " "))
    if shape is None or shape[1].count("+") > int(phone):
        return ""
    begin, end = shape.span(2)
    reader = _Reader(tokens[begin:end], phone=phone)
    said = said_once(reader.read(), reader.pauses, lengths if type_ == "digits" else None, known=type_ != "digits")
    long = [token for token in reader.tokens if token.kind == "n" and len(_figures(token.said)) >= _LONG]
    if len(long) > 1 and len(said) > len(_figures(long[0].said)):
        return ""
    return ("+" if "+" in shape[1] else "") + said if said else ""


class _Reader:
    """Words of one string of digits, from left to right. `pauses`: how many digits were said before each."""

    def __init__(self, tokens: Sequence[Token], *, phone: bool) -> None:
        self.tokens, self.phone = tokens, phone
        self.kinds = kinds_of(tokens)
        self.found: list[str] = []
        self.times = 1
        self.pauses: set[int] = set()

    def read(self) -> str:
        """The digits, empty where a word does not belong to them."""
        if not self.phone and re.fullmatch("[ut]?p?u?", self.kinds) and "p" in self.kinds:
            return self._tens()
        if any(self.tokens[found.start() + 2].value for found in _TWO_WAYS.finditer(self.kinds)):
            return ""
        at, digits, put = 0, 0, 0
        while at < len(self.tokens):
            if self.kinds[at] in ",j-" or (self.kinds[at] == "n" and self._kind(at - 1) == "n"):
                self.pauses.add(digits)
            step = self._take(at)
            if not step:
                return ""
            at += step
            digits, put = digits + sum(map(len, self.found[put:])), len(self.found)
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
            case "g" if (digit := self._digit(at + 1)) and self._many(at - 1):
                self.found[-1] = digit * self._many(at - 1)
                return 2
            case "X" if self._many(at - 1) > 1:
                self.found[-1] = str(token.value) * self._many(at - 1)
                return 1
            case kind if kind in _BETWEEN and self.times == 1:
                return 1
        return 0

    def _digit(self, at: int) -> str:
        """A single digit at a place, empty for none."""
        token = self.tokens[at] if 0 <= at < len(self.tokens) else Token("", "")
        return (
            str(token.value)
            if token.kind == "u"
            else token.said
            if re.fullmatch("n[0-9]", token.kind + token.said)
            else ""
        )

    def _many(self, at: int) -> int:
        """How often the digit behind is said: 三 of 三个八, 一 only beside others."""
        many = int(self._digit(at) or 0)
        return many if many > 1 or "g" in self.kinds[: max(0, at)] else 0

    def _kind(self, at: int) -> str:
        return self.tokens[at].kind if 0 <= at < len(self.tokens) else ""

    def _rounds(self, at: int) -> bool:
        """Whether "eight hundred" stands for 800 here: one digit before, a pause or two digits or more behind."""
        before = self.tokens[at - 1] if at else None
        if self.times > 1 or before is None or self._kind(at - 2) in ("t", "h", "p", "k"):
            return False
        if before.kind == "e":  # nineteen hundred
            return self._kind(at + 1) in ("", ",", "j")
        if not (before.kind == "u" and before.value) and not (before.kind == "n" and len(before.said) == 1):
            return False
        behind = self._kind(at + 1), self._kind(at + 2)
        pause = behind[0] in ("", ",", "-", "j") or (behind[0] == "n" and len(self.tokens[at + 1].said) > 1)
        return pause or (behind[0] in ("u", "x") and behind[1] in ("u", "x"))

    def _written(self, said: str) -> int:
        digits = _figures(said)
        marks = set(said) - set("0123456789")
        if said.startswith("."):
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
