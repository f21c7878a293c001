"""The whole rule of turns, as one table: which request takes a turn and which is answered from the record.

k is the number of turns taken; n the turn the request names. Nothing else decides (docs/adr/0002).
"""

from __future__ import annotations

from typing import Literal

Decision = Literal["first turn", "next turn", "reply of k", "reply of n", "farewell"]


def decide(k: int | None, n: int, *, same_fingerprint: bool, erased: bool) -> Decision:
    """What to do with a request: `k` is None where no call is on record.

    no call, or k = 0         first turn, whatever n says: a caller is there
    n = k+1                   next turn
    n = k                     reply of k, whoever asks
    n < k, same fingerprint   reply of n, byte for byte
    n < k, another one        reply of k: a live caller who strayed is brought back
                              (a turn that keeps no fingerprint takes every request for its repeat)
    n > k+1                   reply of k: commits were lost
    erased                    farewell
    """
    if erased:
        return "farewell"
    if not k:
        return "first turn"
    if n == k + 1:
        return "next turn"
    if n < k and same_fingerprint:
        return "reply of n"
    return "reply of k"
