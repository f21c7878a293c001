"""Whole numbers in words: "a hundred and twenty", 两万三, 3万4000. What is not one number by the rules is none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ivr.speech.entry_tokens import Token

RUN = r"(?:a(?=[hk])|[nuethkpb.])(?:[nuethkpb.]|&(?=a?[nuet])|a(?=[hk]))*"
"""The kinds of the words that one number is made of."""
_GROUPS = {False: re.compile(r"[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+"), True: re.compile(r"[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+")}
_MYRIADS = (10**12, 10**8, 10**4)
_JOINED = {(10**4, 10**4): 10**8, (10**4, 10**8): 10**12}
"""万万 and 万亿, where they stand together."""
_SPELLED_OUT = "u{3,}"
"""So many digits are a number read out digit by digit; fewer may be "three or four" (三四)."""


def written(figures: str, *, comma: bool) -> int | None:
    """A whole number in figures, in groups of three or in none."""
    if not _GROUPS[comma].fullmatch(figures):
        return None
    return int(re.sub("[.,]", "", figures))


def cardinal(run: Sequence[Token], *, comma: bool) -> int | None:
    """The number that words say."""
    kinds = "".join(token.kind for token in run)
    if re.fullmatch(_SPELLED_OUT, kinds) and run[0].value and not any(token.said == "两" for token in run):
        return int("".join(str(token.value) for token in run))
    if "p" in kinds or "b" in kinds:
        return _joined(_collapsed(run), comma) if re.fullmatch("[unpb]+", kinds) else None
    if re.fullmatch("u+", kinds):
        return run[0].value if len(run) == 1 else None
    if re.fullmatch("nn+", kinds):
        return _in_blanks([token.said for token in run])
    return _spaced(run, comma)


def _in_blanks(groups: Sequence[str]) -> int | None:
    """1 250 000"""
    if re.fullmatch(r"[1-9][0-9]{0,2}(?: [0-9]{3})+", " ".join(groups)):
        return int("".join(groups))
    return None


def _spaced(run: Sequence[Token], comma: bool) -> int | None:
    """English words, and figures among them: part by part up to a scale, each scale smaller than the one before."""
    total, part, scale, last = 0, 0, 10**15, ""
    for token in run:
        kind, value = token.kind, token.value
        if kind == "n":
            figures = written(token.said, comma=comma)
            if figures is None or last not in ("", "h", "k", "&") or (last and figures >= 1000):
                return None
            part, kind = part + figures, "u"
        elif kind in "uet":
            after_tens = last == "t" and kind == "u" and value
            if not after_tens and last not in ("", "h", "k", "&") or (kind == "u" and not value and last):
                return None
            part += value
        elif kind == "a":
            if last not in ("", "k", "&"):
                return None
            part, kind = part + 1, "u"
        elif kind == "h":
            if last not in ("u", "e", "t") or not 0 < part < 100:
                return None
            part *= 100
        elif kind == "k":
            if last not in ("u", "e", "t", "h") or not part or value >= scale:
                return None
            total, part, scale = total + part * value, 0, value
        elif kind != "&" or last not in ("h", "k"):
            return None
        last = kind
    return total + part if last not in ("", "&") and part < scale else None


def _collapsed(run: Sequence[Token]) -> Sequence[Token]:
    found: list[Token] = []
    for token in run:
        before = found[-1] if found else None
        if before is not None and before.kind == token.kind == "b" and (before.value, token.value) in _JOINED:
            found[-1] = Token("b", before.said + token.said, _JOINED[before.value, token.value])
        else:
            found.append(token)
    return found


def _joined(run: Sequence[Token], comma: bool, above: int = 0, *, last: bool = True) -> int | None:
    """Chinese numerals. `above`: the place right before, one tenth of which a last digit counts (两万三); `last`: no
    more follows."""
    for myriad in _MYRIADS:
        places = [n for n, token in enumerate(run) if (token.kind, token.value) == ("b", myriad)]
        if not places:
            continue
        if len(places) > 1 or not places[0]:
            return None
        before, after = run[: places[0]], run[places[0] + 1 :]
        many = _joined(before, comma, last=False)
        rest = _joined(after, comma, myriad if len(run[places[0]].said) == 1 else -1, last=last) if after else 0
        return None if not many or rest is None or rest >= myriad else many * myriad + rest
    return _section(run, comma, above, last=last)


def _section(run: Sequence[Token], comma: bool, above: int, *, last: bool) -> int | None:
    """Up to 9999, or more in figures."""
    total, place, many, zero = 0, 10**4, -1, False
    for n, token in enumerate(run):
        if token.kind == "p":
            # 十八 is eighteen, 百三 a hundred and thirty, 百万 a million; 百八十 is "a hundred or so".
            alone = not n and len(run) == (2 if last else 1)
            bare = (token.value == 10 and (zero or not n)) or alone
            if token.value >= place or not many or (many < 0 and not bare):
                return None
            total, place, many, zero = total + abs(many) * token.value, token.value, -1, False
        elif token.kind == "u" and not token.value and many < 0 and not zero:
            zero = True
        else:
            figures = token.value if token.kind == "u" else written(token.said, comma=comma)
            if many >= 0 or figures is None or token.kind == "b" or (token.kind == "u" and not token.value):
                return None
            many = figures
    if many < 0:
        return total if not zero or len(run) == 1 else None
    short = len(run[-1].said) == 1 and not zero and many
    unit = above if place == 10**4 else place
    if short and unit < 0:
        return None
    if short and unit >= 100 and (place < 10**4 or len(run) == 1):
        return total + many * unit // 10 if last else None
    return total + many if many < place or place == 10**4 else None
