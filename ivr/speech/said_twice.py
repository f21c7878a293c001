"""What a caller says twice to be sure, said once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from ivr.speech.entry_tokens import Token

Lengths = tuple[int, int]
_SURELY = 7
"""So many digits, and the same again, are said twice."""
_PERHAPS = 4
"""So many may be, without a pause between them, where they are not one digit alone (0000 0000)."""
_PARTS = 3


def said_once(digits: str, pauses: Collection[int], lengths: Lengths | None, *, known: bool) -> str:
    """Digits that are the same ones two or three times: whichever is so long as what is asked for, and nothing where
    either or neither may be. `known`: a number whose form is judged, which is no repetition of a short one."""
    for times in (2, 3):
        once = digits[: len(digits) // times]
        perhaps = len(once) in pauses or (len(once) >= _PERHAPS and len(set(once)) > 1)
        if len(once) < _PARTS or once * times != digits or not perhaps:
            continue
        if known:
            return once if len(once) >= _SURELY else digits
        fits = [said for said in (once, digits) if lengths and lengths[0] <= len(said) <= lengths[1]]
        return fits[0] if len(fits) == 1 else ""
    return digits


def the_same(tokens: Sequence[Token], read: Callable[[Sequence[Token]], str]) -> str:
    """What the parts of an utterance say, where each says the same: 三万五，对，三万五; "yesterday, Thursday"."""
    parts = parts_of(tokens)
    if not parts or any(_bare_digit(part) for part in parts):
        return ""
    said = {read(part) for part in parts}
    return said.pop() if len(said) == 1 else ""


def parts_of(tokens: Sequence[Token]) -> Sequence[Sequence[Token]]:
    """The parts of an utterance between marks and words that say nothing; none where there are more than a few."""
    found: list[Sequence[Token]] = []
    part: list[Token] = []
    for token in [*tokens, Token(",", "")]:
        if token.kind not in "c,R":
            part.append(token)
            continue
        if any(each.kind != "f" for each in part):
            found.append(part)
        part = []
    return found if 1 < len(found) <= _PARTS else []


def _bare_digit(part: Sequence[Token]) -> bool:
    """3, 3 may be 33."""
    return len(part) == 1 and len(part[0].said) == 1
