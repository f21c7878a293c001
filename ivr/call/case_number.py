"""Case numbers: made from the call's own number, spoken digit by digit, with a check digit.

A case number is `check(scramble(ROOM * call + ordinal))`; the ordinal is the place of the case's kind, so a call has at
most one case of each kind. Scrambling keeps neighbours from looking alike; the check digit (Damm) catches every single
wrong digit and every swap of two neighbours, so a number keyed back is refused at once.
"""

from __future__ import annotations

import unicodedata

from ivr.call.case_kinds import CASE_KINDS, CaseKind

ROOM = 16
"""Room for so many kinds of case: the low four bits. It never changes, because callers have the numbers."""
_LOW = 10_000_000
_SIZE = 90_000_000
"""Eight digits, none beginning with 0; a larger input keeps its scrambled tail and puts more digits before it."""
_FACTOR = 54_321_467
_SHIFT = 31_415_927
_BACK = pow(_FACTOR, -1, _SIZE)
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2), (7, 0, 9, 2, 1, 5, 4, 8, 6, 3), (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6), (6, 1, 2, 3, 0, 4, 5, 9, 7, 8), (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4), (8, 9, 4, 5, 3, 6, 2, 0, 1, 7), (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)  # fmt: skip


def case_number(call: int, kind: CaseKind) -> int:
    """The number of the case of this kind of the call with this number (from 1).

    It has nine digits for the first five million calls, and grows by one then.
    """
    block, index = divmod(ROOM * call + CASE_KINDS.index(kind), _SIZE)
    scrambled = (index * _FACTOR + _SHIFT) % _SIZE + _LOW
    body = f"{block or ''}{scrambled}"
    return int(f"{body}{_check(body)}")


def parse_case_number(text: str) -> int | None:
    """The case number a text names (blanks, hyphens and full-width digits are fine), or None if it cannot be one."""
    plain = "".join(c for c in unicodedata.normalize("NFKC", text) if c not in " -\t")
    if not plain.isascii() or not plain.isdigit() or len(plain) < 9 or len(plain) > 20:
        return None
    if plain[0] == "0" or _check(plain) != 0 or int(plain[-9:-1]) < _LOW:
        return None
    return int(plain) if _behind(plain)[1] < len(CASE_KINDS) else None


def call_of(number: int) -> tuple[int, CaseKind]:
    """The call number and the kind behind a case number."""
    call, ordinal = _behind(str(number))
    return call, CASE_KINDS[ordinal]


def _behind(digits: str) -> tuple[int, int]:
    """The call number and the place of the kind, which may be one that there is no kind for."""
    index = (int(digits[-9:-1]) - _LOW - _SHIFT) * _BACK % _SIZE
    return divmod(int(digits[:-9] or 0) * _SIZE + index, ROOM)


def _check(digits: str) -> int:
    state = 0
    for digit in digits:
        state = _DAMM[state][int(digit)]
    return state
