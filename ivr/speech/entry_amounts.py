"""Numbers and amounts of money: exactly one in an utterance, and what says nothing beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ivr.speech.cardinals import RUN, cardinal, written
from ivr.speech.entry_tokens import Lexicon, Token, kinds_of

_NUMBER = re.compile(rf"[ ,]*(?:a ?(?![hk]))?({RUN}) ?q?[ ,]*")
_PART = re.compile(rf"({RUN})((?: ?[$d])+| ?s|)(?:[ ,]*(?:&(?=[ ,]*a?[nuetp]))?[ ,]*)")
_LEAD = re.compile(r"[ ,]*(?:a ?(?=n))?(?:\$[ ,]*)?")
_NUMERALS = frozenset("nueth")
_ROUND = 100
"""So much and a half may be a half of something larger."""
_HALF = (Token(".", "point"), Token("u", "five", 5))
_HALF_OF_ONE = (Token("u", "五", 5), Token("s", "角", 10))
_SINGULAR = frozenset(("dollar", "buck", "euro", "pound", "rupee", "franc"))
"""Before an amount these are one of them: "(a) dollar fifty"."""
_POINTING = frozenset(("this", "that", "the", "that is", "thats"))


class _Amount(NamedTuple):
    """A number, with the digits behind its decimal point."""

    whole: int
    fraction: str = ""


def number_said(tokens: Sequence[Token], lexicon: Lexicon) -> str:
    """The whole number an utterance says, empty where it says none or more than one."""
    tokens = _without_halves(tokens)
    found = _NUMBER.fullmatch(kinds_of(tokens))
    if found is None:
        return ""
    begin, end = found.span(1)
    if tokens[begin].said == "one" and end == begin + 1 and begin and tokens[begin - 1].said in _POINTING:
        return ""  # "that one"
    if end < len(tokens) and tokens[end].said == "打":
        return ""  # by the dozen
    if found[1][0] == "u" and not tokens[begin].value and found[1][1:2] not in ("", "p"):
        return ""
    amount = _amount(tokens[begin:end], comma=lexicon.comma)
    return "" if amount is None or amount.fraction else str(amount.whole)


def _without_halves(tokens: Sequence[Token]) -> Sequence[Token]:
    """A half as it is counted: "two and a half thousand" is 2.5 thousand, 一块半 one and five tenths; "a dollar" is
    one."""
    found: list[Token] = []
    for token, behind in zip(tokens, [*tokens[1:], Token("", "")], strict=False):
        before = found[-1].kind if found else ""
        if token.kind == "H" and before in ("n", "u", "e", "t") and behind.kind in ("k", "$"):
            found.extend(_HALF)
        elif token.kind == "H" and before in ("$", "d") and found[-2:-1] and found[-2].value < _ROUND:
            found.extend(_HALF_OF_ONE)
        elif token.kind == "a" and behind.kind == "$":
            found.append(Token("u", token.said, 1))
        else:
            found.append(token)
    return found


def money_said(tokens: Sequence[Token], lexicon: Lexicon) -> str:
    """The amount an utterance says: whole, or with two decimals where it has any."""
    tokens = _without_halves(tokens)
    kinds = kinds_of(tokens)
    lead = _LEAD.match(kinds)
    at = lead.end() if lead else 0
    if any(token.said in _SINGULAR for token in tokens[:at]):
        return ""
    parts: list[tuple[Sequence[Token], str, int]] = []
    while at < len(kinds):
        found = _PART.match(kinds, at)
        if found is None:
            return ""
        unit = found[2].strip()[:1].replace("d", "$")
        if not unit and not parts and lead and "$" in lead[0]:
            unit = "$"
        if parts and not unit and tokens[found.start(1) - 1].kind == "c":
            return ""  # "I owe 25 dollars, I will pay 20"
        parts.append((tokens[found.start(1) : found.end(1)], unit, tokens[found.end(2) - 1].value))
        at = found.end()
    return _paid(parts, comma=lexicon.comma) if parts else ""


def _paid(parts: Sequence[tuple[Sequence[Token], str, int]], *, comma: bool) -> str:
    """Parts as one amount: 12 dollars 50 cents, 十二块五毛三."""
    run, unit, _ = parts[0]
    if unit == "s":
        return _with_cents(0, parts, comma=comma)
    amount = _amount(run, comma=comma)
    if amount is None or (len(run) > 1 and run[0].kind == "u" and not run[0].value and run[1].kind != "."):
        return ""
    if len(parts) > 1:
        return _with_cents(amount.whole, parts[1:], comma=comma) if unit == "$" and not amount.fraction else ""
    if len(amount.fraction) > 2:
        return ""
    return _said(amount.whole, int(f"{amount.fraction}00"[:2]))


def _with_cents(whole: int, parts: Sequence[tuple[Sequence[Token], str, int]], *, comma: bool) -> str:
    """Parts behind the whole ones: 五毛三, "50 cents", and "fifty" or 五 without a word for it."""
    cents, room = 0, 100
    for run, unit, worth in parts:
        bare = run[1:] if len(run) > 1 and run[0].kind == "u" and not run[0].value else run  # 零五分
        amount = _amount(bare, comma=comma)
        if amount is None or amount.fraction or unit == "$" or (bare is not run and not unit):
            return ""
        if not unit:
            worth = room // 10 if amount.whole < 10 and len(run[0].said) == 1 == len(run) else 1 if room == 100 else 0
            again = amount.whole == whole  # "fifty dollars, fifty"
            if worth == 1 and room == 100 and (amount.whole < 10 or again):
                return ""
        cents += amount.whole * worth
        if not amount.whole or not worth or amount.whole * worth >= room:
            return ""
        room = worth
    return _said(whole, cents)


def _said(whole: int, cents: int) -> str:
    return f"{whole}.{cents:02d}" if cents else str(whole)


def _amount(run: Sequence[Token], *, comma: bool) -> _Amount | None:
    """A number of words and figures, with decimals and a scale behind them: 1.5万, "one point five million"."""
    kinds = "".join(token.kind for token in run)
    letters = [n for n, token in enumerate(run) if token.kind == "k" and len(token.said) == 1]
    if letters and (letters != [len(run) - 1] or kinds[-2:-1] not in _NUMERALS):
        return None  # "a b", "12k5"
    scaled = len(kinds) - len(kinds.rstrip("kb" if "." in kinds or kinds[0] == "n" else ""))
    base, scale = run[: len(run) - scaled], 1
    for token in run[len(run) - scaled :]:
        scale *= token.value
    found = _decimal(base, comma=comma)
    if found is None or not scaled:
        return _Amount(whole) if found is None and (whole := cardinal(run, comma=comma)) is not None else found
    value = int(f"{found.whole}{found.fraction}") * scale
    whole, beyond = divmod(value, 10 ** len(found.fraction))
    return None if beyond else _Amount(whole)


def _decimal(run: Sequence[Token], *, comma: bool) -> _Amount | None:
    """Figures or words with a decimal point."""
    kinds = "".join(token.kind for token in run)
    if kinds == "n":
        mark = "," if comma else "."
        before, point, after = run[0].said.partition(mark)
        whole = written(before, comma=comma) if before else 0
        return None if not point or whole is None or not after.isdigit() else _Amount(whole, after)
    if kinds.count(".") != 1:
        return None
    at = kinds.index(".")
    whole = cardinal(run[:at], comma=comma) if at else 0
    behind = run[at + 1 :]
    if whole is None or not behind or not re.fullmatch("u+|n", kinds[at + 1 :]):
        return None
    digits = "".join(str(token.value) if token.kind == "u" else token.said for token in behind)
    return _Amount(whole, digits) if digits.isdigit() else None
